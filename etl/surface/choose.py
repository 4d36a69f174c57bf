"""Which wordings and layouts fit a pair, and the text that the chosen ones make of it.

A choice is a number drawn by hash modulo the number of what fits; the wording, the layout and whether a pair stays
plain are drawn apart, because one draw for all three would tie certain layouts to certain wordings.
"""

import re
from typing import Final, NamedTuple

from etl.rules.families import FAMILIES, HOW_TO
from etl.surface.models import (
    ANY,
    DEMAND,
    EITHER,
    FRAMES,
    LABELLED,
    OPEN,
    QUESTION,
    QUESTION_MARKS,
    SLOT_KINDS,
    TITLE,
    UNDETERMINED,
    Catalog,
    Demands,
    Layout,
    Wording,
)  # fmt: skip
from etl.surface.slots import Slotted

# A question mark may have quotes and brackets behind it.
ASKING_TAIL: Final = 4
# How much of an instruction's ends is searched for a demand; instructions may be megabytes.
DEMAND_REACH: Final = 80
BLANKS: Final = " \n\t"
_BARE: Final = Slotted("", "")
_CJK: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Case(NamedTuple):
    """What decides which wordings fit a pair; `rule` is empty where no wording names the pair's rule."""

    language: str
    family: str
    kind: str
    has_context: bool
    rule: str


class Frame(NamedTuple):
    """What decides which layouts fit a pair and its wording."""

    language: str
    frame: str
    kind: str
    is_one_line: bool


def starts_pattern(demands: Demands) -> str | None:
    """Return a pattern that finds a demand at the head of a lowered text; the same in Java and in Python."""
    if not demands.starts:
        return None
    words = (re.escape(word) + ("" if _CJK.search(word) else r"(?:[ \n:,.]|$)") for word in demands.starts)
    return f"^(?:{'|'.join(words)})"


def ends_pattern(demands: Demands) -> str | None:
    """Return a pattern that finds a demand at the tail of a lowered and stripped text; or None."""
    if not demands.ends:
        return None
    return f"(?:{'|'.join(map(re.escape, demands.ends))})[.!。！।:：]?$"


def kind_of(instruction: str, family: str, demands: Demands) -> str:
    """Return what an instruction is, one of `SLOT_KINDS`.

    A step of a how-to is worded like a demand and is none: its response says more about it instead of doing it.

    >>> kind_of("Summarize the text.", "summarization", Demands(starts=("summarize",)))
    'imperative'
    """
    text = instruction.strip(BLANKS)
    if any(mark in text[-ASKING_TAIL:] for mark in QUESTION_MARKS):
        return QUESTION
    if family == HOW_TO:
        return TITLE
    starts, ends = starts_pattern(demands), ends_pattern(demands)
    if starts and re.search(starts, text[:DEMAND_REACH].lower()):
        return DEMAND
    if ends and re.search(ends, text[-DEMAND_REACH:].lower()):
        return DEMAND
    return TITLE


def frame_of(wording: Wording) -> str:
    """Return which layouts a wording goes with, one of `FRAMES`."""
    if wording.introduces:
        return OPEN
    has_words = bool(wording.text.literal.strip())
    return EITHER if has_words or wording.takes in (QUESTION, DEMAND) else LABELLED


def cases(catalog: Catalog) -> dict[Case, tuple[Wording, ...]]:
    """Return the wordings that fit each case, in the order of their ids: every case has one at least."""
    fitting: dict[Case, tuple[Wording, ...]] = {}
    rules = ("", *sorted({rule for wording in catalog.wordings for rule in wording.rules}))
    for language in (*catalog.languages, UNDETERMINED):
        spoken = [wording for wording in catalog.wordings if wording.language == language]
        for kind in SLOT_KINDS:
            taking = [wording for wording in spoken if wording.takes == kind]
            for family in (ANY, *FAMILIES):
                near = [wording for wording in taking if wording.family in (ANY, family)]
                for has_context in (False, True):
                    for rule in rules:
                        fit = tuple(
                            wording
                            for wording in near
                            if wording.needs_context <= has_context and (not wording.rules or rule in wording.rules)
                        )
                        case = Case(language, family, kind, has_context, rule)
                        fitting[case] = fit or (bare(language, kind),)
    return fitting


def bare(language: str, kind: str) -> Wording:
    """Return the wording that adds nothing; its layout has to say that something is requested."""
    return Wording(f"{UNDETERMINED}.bare@1", language, ANY, kind, _BARE)


def frames(catalog: Catalog) -> dict[Frame, tuple[Layout, ...]]:
    """Return the layouts that fit each frame, in the order of their ids; empty where none does."""
    fitting: dict[Frame, tuple[Layout, ...]] = {}
    spoken = {layout.language for layout in catalog.layouts}
    for language in (*catalog.languages, UNDETERMINED):
        own = language if language in spoken else UNDETERMINED
        for layout in catalog.layouts:
            if layout.language not in (own, ANY):
                continue
            for frame in FRAMES:
                if (frame == OPEN and layout.is_labelled) or (frame == LABELLED and not layout.is_labelled):
                    continue
                for kind in layout.takes:
                    for is_one_line in (True, False) if not layout.one_line else (True,):
                        key = Frame(language, frame, kind, is_one_line)
                        fitting[key] = (*fitting.get(key, ()), layout)
    return fitting


def lay_out(wording: Wording, layout: Layout, instruction: str, response: str, context: str = "") -> str:
    """Return the text of a pair in a wording and a layout; instruction, response and context stand in it unchanged."""
    request = layout.request.fill(wording.text.fill(instruction))
    parts = [request, layout.response.fill(response)]
    if context:
        parts.insert(1 if layout.request_first else 0, layout.context.fill(context))
    return layout.gap.join(parts)
