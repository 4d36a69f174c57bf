"""The text of an HTML page from its bytes: UTF-8, else what the page declares, else what a detector finds."""

import re
from typing import Final

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

# Pages of these encodings are ASCII bytes only, hence also UTF-8; the escape tells them apart.
_ISO_2022: Final = "iso2022_jp"
_ESCAPE: Final = b"\x1b"
_BOMS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_META: Final = re.compile(rb"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
# How far into a page browsers look for its declaration.
_META_WITHIN: Final = 1024
_NON_ASCII: Final = re.compile(r"[^\x00-\x7f]")
_BAD: Final = "\ufffd"
# Python takes these names by the letter; browsers, and so pages, mean the larger sets of the same family.
_WIDER: Final = {"shift_jis": "cp932", "euc_kr": "cp949", "gbk": "gb18030", "big5": "big5hkscs"}
# One wrong character in a thousand is a damaged page in the right encoding; more is the wrong encoding.
_MAX_BAD: Final = 0.001
# Bytes that look like UTF-8 without being it are rare: a tenth of wrong ones is a damaged UTF-8 page.
_MAX_BAD_UTF8: Final = 0.1


def decode_html(data: bytes, declared: str | None = None) -> str | None:
    """The text of a page, with U+FFFD for single damaged characters, or None where no encoding fits.

    Args:
        data: The page.
        declared: The encoding its HTTP header names.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding)
    named = _known(declared) or _known(_in_meta(data))
    if named != _ISO_2022 or _ESCAPE not in data:
        text = data.decode("utf-8-sig", "replace")
        bad = text.count(_BAD)
        if not bad or bad <= _MAX_BAD_UTF8 * (len(_NON_ASCII.findall(text)) - bad):
            return text
    if named is not None and named != "utf-8" and (named_text := _decode(data, named)) is not None:
        return named_text
    found = _known(detect_encoding(data, from_html_meta=False))
    return None if found is None or found == "utf-8" else _decode(data, found)


def _in_meta(data: bytes) -> str | None:
    found = _META.search(data, 0, _META_WITHIN)
    return found[1].decode("ascii") if found else None


def _known(encoding: str | None) -> str | None:
    """The Python codec browsers would use for an encoding, in lower case; None for what is none."""
    name = map_encoding_to_html5(encoding, fallback_utf8=False) if encoding else None
    return name.lower() if name else None


def _decode(data: bytes, encoding: str) -> str | None:
    text = data.decode(_WIDER.get(encoding, encoding), "replace")
    return text if text.count(_BAD) <= _MAX_BAD * len(text) else None
