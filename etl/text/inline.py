"""The text of one block of HTML while it is put together: signs for what tags said, and how they are read.

The signs are control characters, which `clean` has taken out of every document.
"""

import re
from collections.abc import Iterator

from etl.text.blocks import LINK, STRONG
from etl.text.characters import join_wrapped
from etl.text.tokens import resolve

BREAK = "\x00"
BOLD_ON = "\x01"
BOLD_OFF = "\x02"
LINK_ON = "\x03"
LINK_OFF = "\x04"
SELF_LINK_ON = "\x05"  # in a heading, to the heading itself
LAST_SIGN = SELF_LINK_ON
SIGNS = (BREAK, BOLD_ON, BOLD_OFF, LINK_ON, LINK_OFF, SELF_LINK_ON)

_SIGN = re.compile("[\x01-\x05]")
_BOLD = re.compile("\x01[^\x02]*+\x02?")
_LINK = re.compile("\x03[^\x04]*+\x04?")
# A bold question at the start of a line, a number or a bullet before it, and the answer running on behind it.
_BOLD_QUESTION = re.compile(
    "(?:^|(?<=\x00))[\\s\x03\x040-9.)•*–-]{0,12}+\x01([^\x00\x01\x02]{3,300}+)\x02(?=[\\s:–—-]{0,5}+[^\x00\\s])"
)
_QUESTION_ENDS = ("?", "？", "؟")
_PERMALINK = re.compile("[\x03\x05][\\s\x01\x02]*[¶#§🔗]?[\\s\x01\x02]*\x04")
# What may stand beside bold text or a link and leave the block bold or a link: numbers, bullets, a full stop.
# A link may stand behind a label such as ``Q:`` as well.
_MAX_LABEL = 1
_BESIDE = " \n\t\xa0\u3000.,:;)(*•·›»>|-–—0123456789\x01\x02\x03\x04\x05"


def read_lines(pieces: list[str], *, split_questions: bool = False) -> Iterator[tuple[list[str], str]]:
    """Yield the paragraphs that `pieces` hold: their lines, and the mark of the whole.

    One ``<br>`` ends a line, two a paragraph. A line that is all bold is a paragraph of its own: that
    is how pages without headings set them.

    Args:
        pieces: Text and signs of one block.
        split_questions: Take a bold question that a line begins with for a line of its own.
    """
    joined = resolve("".join(pieces))
    if split_questions and BOLD_ON in joined and any(mark in joined for mark in _QUESTION_ENDS):
        joined = _BOLD_QUESTION.sub(_end_line, joined)
    if BREAK not in joined:
        text, mark = _read(joined)
        if text:
            yield [text], mark
        return
    whole = LINK if LINK_ON in joined and _is_link(joined.replace(BREAK, "\n")) else ""
    lines: list[str] = []
    for piece in joined.split(BREAK):
        text, mark = _read(piece)
        if text and mark != STRONG:
            lines.append(text)
            continue
        if lines:
            yield lines, whole
            lines = []
        if text:
            yield [text], mark
    if lines:
        yield lines, whole


def _end_line(found: re.Match[str]) -> str:
    asks = found[1].rstrip().endswith(_QUESTION_ENDS)
    return f"{found[0]}{BREAK}" if asks else found[0]


def read_code(pieces: list[str]) -> str:
    """Return the text of `pieces` as it stands, with ``<br>`` as line ends."""
    joined = resolve("".join(pieces)).replace(BREAK, "\n").replace("\r", "\n")
    return _SIGN.sub("", joined)


def _read(piece: str) -> tuple[str, str]:
    if _SIGN.search(piece) is None:
        return join_wrapped(piece), ""
    if LINK_OFF in piece:
        piece = _PERMALINK.sub("", piece)
    mark = ""
    if LINK_ON in piece and _is_link(piece):
        mark = LINK
    elif BOLD_ON in piece and not _BOLD.sub("", piece).strip(_BESIDE):
        mark = STRONG
    return join_wrapped(_SIGN.sub("", piece)), mark


def _is_link(piece: str) -> bool:
    return len(_LINK.sub("", piece, count=1).strip(_BESIDE)) <= _MAX_LABEL
