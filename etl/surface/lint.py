"""What a catalog must satisfy: every text it makes asks for something, and holds nothing a trainer would misread."""

import re
from collections.abc import Iterator
from typing import Final

from etl.surface.choose import Frame, cases, frame_of, frames
from etl.surface.models import (
    COLONS,
    DEMAND,
    LABELLED,
    QUESTION,
    QUESTION_MARKS,
    TITLE,
    Catalog,
    Demands,
    Layout,
    Wording,
)  # fmt: skip
from etl.surface.slots import Slotted

# The signals of a request, by which a reader knows that something is asked for.
MARK_SIGNAL: Final = "question mark"
DEMAND_SIGNAL: Final = "imperative"
LABEL_SIGNAL: Final = "label"

# Without these signs no literal can complete a control token of a tokenizer, whatever a document brings.
_TOKEN_SIGNS: Final = frozenset("<>[]|｜")
# Speakers of a chat; a base model must not learn that text is a dialogue.
_SPEAKERS: Final = re.compile(
    r"(?:^|[\s#*])(?:user|assistant|human|system|bot|ai|gpt|customer|agent|instruction|response)\s*[:：]", re.IGNORECASE
)
_CLOSING: Final = ("\n", *"\"'”»」』)）“,，、", *COLONS)
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def signal(wording: Wording, layout: Layout, demands: Demands) -> str | None:
    """Return by what a reader of a laid-out text knows that something is asked for; None where nothing says so."""
    return LABEL_SIGNAL if layout.is_labelled else own_signal(wording, demands)


def own_signal(wording: Wording, demands: Demands) -> str | None:
    """Return by what a wording says that something is asked for, in any layout; None where it does not."""
    if wording.introduces:
        return LABEL_SIGNAL
    if wording.takes == QUESTION or set(QUESTION_MARKS) & set(wording.text.literal):
        return MARK_SIGNAL
    said = wording.text.literal.lower()
    demanded = any(word in said for word in (*demands.starts, *demands.ends))
    return DEMAND_SIGNAL if demanded or wording.takes == DEMAND else None


def problems(catalog: Catalog) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with a catalog: which entry, what, and what would be valid."""
    yield from _used_twice(catalog)
    for wording in catalog.wordings:
        for problem in (*_literal(wording.text), *_ends(wording)):
            yield f"wording {wording.id}: {problem}"
    for layout in catalog.layouts:
        for part in (layout.context, layout.request, layout.response):
            for problem in _literal(part):
                yield f"layout {layout.id}: {problem}"
    yield from _without_signal(catalog)


def _used_twice(catalog: Catalog) -> Iterator[str]:
    for kind, entries in (("wording", catalog.wordings), ("layout", catalog.layouts)):
        seen: set[str] = set()
        for entry in entries:
            key = entry.id.rpartition("@")[0]
            if key in seen:
                yield f"{kind} {entry.id}: the name is used twice; valid: a name of its own, in one version"
            seen.add(key)
    texts: dict[tuple[str, str, str, Slotted, tuple[str, ...]], str] = {}
    for wording in catalog.wordings:
        said = (wording.language, wording.family, wording.takes, wording.text, wording.rules)
        if said in texts:
            yield f"wording {wording.id}: says what {texts[said]} says; valid: one of them"
        texts.setdefault(said, wording.id)


def _literal(part: Slotted) -> Iterator[str]:
    literal = part.literal
    if signs := sorted(_TOKEN_SIGNS & set(literal)):
        yield f"holds {signs[0]}, which could complete a control token; valid: other signs, such as ( and )"
    if found := _SPEAKERS.search(literal):
        yield f"{found[0].strip()!r} names the speaker of a chat; valid: a label such as Question:"
    if _CONTROL.search(literal):
        yield "holds a control character or a tab; valid: printed signs, blanks and line breaks"
    if part.before != part.before.lstrip() or part.after != part.after.rstrip():
        yield "begins or ends with a blank; valid: blanks only inside"


def _ends(wording: Wording) -> Iterator[str]:
    """What follows a title or a demand must not run on from it, since it may end with a full stop or without one."""
    after = wording.text.after
    if wording.takes != QUESTION and after and not after.lstrip(" ").startswith(_CLOSING):
        yield "goes on behind the slot; valid there: a line break, a closing quote or bracket, a comma or a colon"
    if wording.takes == TITLE and not wording.text.literal.strip():
        yield "adds nothing to a title, which asks for nothing; valid: words that ask"


def _without_signal(catalog: Catalog) -> Iterator[str]:
    fitting = frames(catalog)
    used = {(case.language, wording): None for case, wordings in cases(catalog).items() for wording in wordings}
    for language, wording in used:
        frame = frame_of(wording)
        asks = own_signal(wording, catalog.languages.get(language, Demands())) is not None
        for is_one_line in (True, False):
            layouts = fitting.get(Frame(language, frame, wording.takes, is_one_line), ())
            if not layouts:
                needed = "with a label before the request" if frame == LABELLED else "without one"
                lines = "" if is_one_line else " over several lines"
                yield (
                    f"wording {wording.id}: no layout of {language} or any takes {wording.takes} {needed}{lines}; "
                    f"valid: add one to layouts.yaml"
                )
            silent = [layout.id for layout in layouts if not (asks or layout.is_labelled)]
            if silent and is_one_line:
                yield (
                    f"wording {wording.id} in layout {silent[0]}: nothing says that something is asked; "
                    "valid: a question mark, a colon before the slot, or a word of demand_starts or demand_ends"
                )
