"""Which characters a canonical text holds, and how its lines join. Everything here is linear in its input."""

import re
import unicodedata
from functools import cache

# Unicode's own limit for text that can be normalised in a buffer; longer runs of marks carry no meaning.
MAX_MARKS = 30
_FIRST_MARK = 0x300
_LAST_MARK = 0x1E94A

# Controls but tab and line feed, surrogates, and the characters that only hint where a line may break.
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF
_SURROGATES = f"{chr(_FIRST_SURROGATE)}-{chr(_LAST_SURROGATE)}"
_UNWANTED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u2028\u2029\ufeff{_SURROGATES}]")
_LINE_ENDS = frozenset("\x0b\x0c\r\x85\u2028\u2029")

# Scripts set without spaces between words: kana, Han, their punctuation and full-width forms; not Hangul.
CJK = "\u2e80-\u312f\u31a0-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
_CJK_JOINT = re.compile(f"(?<=[{CJK}])\n(?=[{CJK}])")


def clean(raw: str) -> str:
    r"""Return `raw` with ``\n`` line ends, U+FFFD for lone surrogates and no other control characters.

    >>> clean("a\r\nb\x00")
    'a\nb'
    """
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n")
    if _UNWANTED.search(raw) is None:
        return raw
    return _UNWANTED.sub(_replacement, raw)


def _replacement(match: re.Match[str]) -> str:
    char = match[0]
    if char in _LINE_ENDS:
        return "\n"
    return "\ufffd" if _FIRST_SURROGATE <= ord(char) <= _LAST_SURROGATE else ""


def join_wrapped(text: str) -> str:
    r"""Return `text` as one line: white space becomes one space.

    Where a line ended between CJK characters there is none.

    >>> join_wrapped(" hard \n wrapped "), join_wrapped("中文\n换行")
    ('hard wrapped', '中文换行')
    """
    if text.isascii() or "\n" not in text:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    joined = "\n".join(line for line in lines if line)
    return _CJK_JOINT.sub("", joined).replace("\n", " ")


def trim_lines(text: str) -> str:
    """Return `text` without blanks at line ends and without blank lines at either end."""
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def compose(text: str) -> str:
    """Return `text` in NFC; of a run of combining marks only the first `MAX_MARKS` are kept.

    Putting marks in canonical order is quadratic in the length of a run, hence the limit.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _long_runs().sub(r"\1", text))


@cache
def _long_runs() -> re.Pattern[str]:
    marks = "".join(char for char in map(chr, range(_FIRST_MARK, _LAST_MARK + 1)) if unicodedata.combining(char))
    return re.compile(f"([{marks}]{{{MAX_MARKS}}})[{marks}]++")
