"""What the look of a line of plain text says: list markers, labels, underlines, code, titles."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.text.characters import CJK
from etl.text.plain_lines import Line

_BULLETS = "-*+•·‣▪●○◦■□►▶✓✔–—"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKERS = frozenset(_BULLETS + _CIRCLED + "0123456789((（oabcdefghijABCDEFGHIJ")
_MARKER = re.compile(
    rf"(?:(?P<bullet>[{re.escape(_BULLETS)}]|o[ ])[ \t]"
    r"|[(（]?(?P<number>\d{1,3})(?:[.)）][ \t]|[、．）])"
    rf"|(?P<circled>[{_CIRCLED}])"
    r"|[(（]?(?P<letter>[a-j])[)）][ \t]|(?P<capital>[A-J])\)[ \t])[ \t]{0,20}(?=\S)"
)
# A letter is a marker before a bracket only, and the letter that stands for a bullet before a space.
_LETTERS = frozenset("oabcdefghijABCDEFGHIJ")
_BEHIND_LETTERS = frozenset(")） ")
_LABEL = re.compile(
    r"(?:Q|A|F|R|P|V|O|Question|Answer|Frage|Antwort|Réponse|Pregunta|Respuesta|Domanda|Risposta|Pergunta|Resposta"
    r"|Vraag|Antwoord|Pytanie|Odpowiedź|Вопрос|Ответ|В|О|问题?|問題?|答案?|质疑|質問|回答|解答|질문|답변?|문|س|ج|سؤال|جواب)"
    r"[ ]?(?:\d{1,3}|\.)?[ ]?[:：](?!//)",
    re.IGNORECASE,
)
_LABEL_INITIALS = frozenset("QAFRPVODqafrpvod问問答质質回解ВОво질답문سج")
_UNDERLINE = re.compile(r"=+|-+|~+|_+|\*+|\^+|#+|\"+|([=\-~_*#] ?){3,}", re.ASCII)
_UNDERLINE_CHARS = frozenset('=-~_*^#"')
_FRAMES = frozenset("=-~*#")
_UNDERLINE_LEVELS = {"=": 1, "*": 1, "#": 1, "-": 2, "~": 3, "^": 4, "_": 2, '"': 4}
_SECTION = re.compile(r"(\d{1,3}(?:\.\d{1,3}){0,4})[.:)]?[ \t]{1,8}(?=\S)")
_FINAL = ".!;,:。！；，：…、।۔؟?？"
_QUESTION = "?？؟"
_CJK = re.compile(f"[{CJK}]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SYMBOL = re.compile(r"[{}\[\]<>=;|\\$#%@_+&^~`]|--|::|->|\(\)|[ ]{3}\S|^[/.]\S")
_CODE_ENDS = "{}\\"
_CODE_STARTS = ("<?", "</", "<!", "{", "}", "//", "/*", "#!", "$", "--")
_MAX_TITLE = 100

PROMPTS: Final = ("$ ", "C:\\>")
"""What lines to be typed at a command line begin with."""


class Marker(NamedTuple):
    """A list marker: the characters it takes, and the ordinal it states; None for a bullet."""

    width: int
    number: int | None


def read_marker(text: str) -> Marker | None:
    """Return the list marker that `text` begins with, if there is one.

    >>> read_marker("12) twelve"), read_marker("- a dash"), read_marker("-a option")
    (Marker(width=4, number=12), Marker(width=2, number=None), None)
    """
    first = text[0]
    if first not in _MARKERS or (first in _LETTERS and text[1:2] not in _BEHIND_LETTERS):
        return None
    found = _MARKER.match(text)
    if found is None:
        return None
    number = None
    if found["number"]:
        number = int(found["number"])
    elif found["circled"]:
        number = _CIRCLED.index(found["circled"]) + 1
    elif found["letter"] or found["capital"]:
        number = ord((found["letter"] or found["capital"]).lower()) - ord("a") + 1
    return Marker(found.end(), number)


def has_label(text: str) -> bool:
    """Tell whether `text` begins with the label of a question or an answer.

    >>> has_label("Q: Why?"), has_label("答：是"), has_label("Quite: so")
    (True, True, False)
    """
    return text[0] in _LABEL_INITIALS and _LABEL.match(text) is not None


def underline_level(text: str) -> int:
    """Return the level of heading that a line underlines, 0 if `text` is no line of one repeated sign."""
    if text[:1] not in _UNDERLINE_CHARS or len(text) < 3 or _UNDERLINE.fullmatch(text) is None:
        return 0
    return _UNDERLINE_LEVELS[text[0]]


def section_depth(text: str) -> int:
    """Return how many numbers the section number has that `text` begins with, 0 if it begins with none.

    >>> section_depth("1.2 Title"), section_depth("3. Which?"), section_depth("3 apples")
    (2, 1, 0)
    """
    if not "0" <= text[0] <= "9":
        return 0
    found = _SECTION.match(text)
    if found is None or ("." not in found[0] and ")" not in found[0] and ":" not in found[0]):
        return 0
    return found[1].count(".") + 1


def ends_open(text: str) -> bool:
    """Tell whether `text` ends as a title does, without a punctuation mark."""
    return text[-1] not in _FINAL


def asks(text: str) -> bool:
    """Tell whether `text` ends with a question mark."""
    return text[-1] in _QUESTION


def is_title_like(text: str) -> bool:
    """Tell whether `text` may be a title: short, with no final mark but a question mark, not in lower case."""
    return (
        len(text) <= _MAX_TITLE
        and (ends_open(text) or asks(text))
        and not text[0].islower()
        and not is_code_line(text)
        and _has_letter(text)
    )


def is_code_line(text: str) -> bool:
    """Tell whether `text` is one line of code by its ends: a tag, a brace, an assignment.

    >>> is_code_line("<br />"), is_code_line("if (x) {"), is_code_line("What is <b>?")
    (True, True, False)
    """
    return (text[0] == "<" and text[-1] == ">") or text[-1] in _CODE_ENDS or text.startswith(_CODE_STARTS)


def framed_title(text: str) -> tuple[int, str] | None:
    """Return the level and the text of a title between signs on one line, or None.

    >>> framed_title("== Title =="), framed_title("*** Title ***"), framed_title("--flag--")
    ((2, 'Title'), (2, 'Title'), None)
    """
    sign = text[0]
    if sign not in _FRAMES or text[-1] != sign or text[1:2] != sign:
        return None
    bare = text.strip(sign)
    if len(bare) < 3 or bare[0] != " " or bare[-1] != " " or not _has_letter(bare):
        return None
    width = len(text) - len(text.lstrip(sign))
    return (min(width, 6) if sign == "=" else 2), " ".join(bare.split())


def looks_like_code(lines: Sequence[Line], *, is_wrapped: bool) -> bool:
    """Tell whether indented lines are code or a drawing rather than sentences.

    Args:
        lines: The lines, none of them blank.
        is_wrapped: Whether the text has hard-wrapped paragraphs; if not, indented sentences are rare.
    """
    if lines[0].text.startswith(PROMPTS):
        return True
    n_words = n_symbols = n_cjk = n_chars = 0
    for line in lines:
        n_chars += len(line.text)
        n_words += len(_WORD.findall(line.text))
        n_symbols += len(_SYMBOL.findall(line.text))
        if not line.text.isascii():
            n_cjk += len(_CJK.findall(line.text))
    if n_cjk * 3 > n_chars:
        return n_symbols * 8 > n_chars
    # Sentences have a word every six characters and hardly a sign; commands have short lines and signs.
    if n_symbols * 25 > n_chars:
        return True
    if not is_wrapped:
        return n_words < 9 * len(lines) and lines[-1].text[-1] not in _FINAL
    return n_words < 3 * len(lines) and not asks(lines[-1].text) and lines[-1].text[-1] != "."


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))
