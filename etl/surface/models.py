"""What a wording and a layout are, and the words for what they fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from etl.surface.slots import Slotted

# What a bare instruction is, and so what a wording can take. A step of a how-to counts as a title: it is named, not
# asked for. A demand is a request in the imperative: "Summarize the text."
QUESTION: Final = "question"
TITLE: Final = "title"
DEMAND: Final = "imperative"
SLOT_KINDS: Final = (QUESTION, TITLE, DEMAND)

ANY: Final = "any"
# Code of pairs in a language without wordings, or in none that is known; as in BCP 47.
UNDETERMINED: Final = "und"

# What a wording asks of its layout: no label before the request, since it brings one or introduces the request with a
# colon; any layout; or a label, since nothing else says that something is requested.
OPEN: Final = "open"
EITHER: Final = "either"
LABELLED: Final = "labelled"
FRAMES: Final = (OPEN, EITHER, LABELLED)

COLONS: Final = (":", "：")
QUESTION_MARKS: Final = "?？؟\u037e"


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to put a request.

    Attributes:
        id: Language, family, number and version, such as ``en.qa.q17@1``; a changed text has another version.
        language: Code of its language.
        family: The family of pairs it fits, or ``any``.
        takes: The kind of instruction its slot takes, one of `SLOT_KINDS`.
        text: The wording around the bare instruction.
        needs_context: Whether it speaks of the text that the request refers to.
        rules: The rules whose pairs it fits; empty for all.
    """

    id: str
    language: str
    family: str
    takes: str
    text: Slotted
    needs_context: bool = False
    rules: tuple[str, ...] = ()

    @property
    def introduces(self) -> bool:
        """Whether the request follows a colon, and so needs no label of the layout."""
        return self.text.before.rstrip().endswith(COLONS)

    @property
    def lines(self) -> int:
        """How many lines it makes of a request of one line."""
        return 1 + self.text.literal.count("\n")


@dataclass(frozen=True, slots=True)
class Layout:
    """One way to put context, request and response together as plain text.

    Attributes:
        id: Language, name and version, such as ``de.frage@1``.
        language: Code of the language of its words, ``any`` without words, ``und`` for languages that have
            no layout of their own.
        takes: The kinds of instruction it fits.
        context, request, response: The parts; the first is left out where a pair has no context.
        gap: What stands between two parts; begins with a line break.
        request_first: Whether the request stands before the context.
        one_line: Whether it fits only a request and a response of one line each.
    """

    id: str
    language: str
    takes: tuple[str, ...]
    context: Slotted
    request: Slotted
    response: Slotted
    gap: str = "\n"
    request_first: bool = False
    one_line: bool = False

    @property
    def is_labelled(self) -> bool:
        """Whether a word or a letter before the request names it."""
        return any(sign.isalpha() for sign in self.request.before)


@dataclass(frozen=True, slots=True)
class Demands:
    """How a language demands: words a demand begins with, and endings it ends with; lower case."""

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalog:
    """Every wording and layout, in the order of their ids, and how each language demands."""

    languages: Mapping[str, Demands]
    wordings: tuple[Wording, ...]
    layouts: tuple[Layout, ...]
