"""Multiple choice: options are read, put in an order by hash, and the answer is said by its label.

Generators favour the first and the third option, so the order of the options must not be theirs.
"""

import re
from typing import Final, NamedTuple

from etl.recipes.base import ParseError
from etl.recipes.draws import shuffled
from etl.recipes.outputs import without_wrapping

NO_SUCH_OPTION: Final = "answer_matches_no_option"
REPEATED_OPTION: Final = "repeated_option"
LABELS: Final = "ABCDEFGHIJ"
_MIN_OPTIONS: Final = 2
_HEADER: Final = re.compile(r"^[ \t]*+(?:options|choices)[ \t]*+:[ \t]*+$", re.IGNORECASE)
_LABELLED: Final = re.compile(r"^[ \t]*+[-*]?+[ \t]*+\(?([A-Ja-j1-9])[.):][ \t]++(\S.*)$")
_BULLET: Final = re.compile(r"^[ \t]*+[-*•][ \t]++(\S.*)$")
# "B", "(B)", "B.", "B) Paris", "Option B", "The answer is B."
_ANSWER_LABEL: Final = re.compile(
    r"^(?:the )?(?:correct )?(?:answer|option)?(?: is)?[ :]*+\(?([A-J1-9])(?:[).:](?:[ ].*)?)?$", re.IGNORECASE
)
_LAST_SENTENCE: Final = re.compile(r"(?:the answer is|answer:)[ ]*+(.+)$", re.IGNORECASE)


class Choice(NamedTuple):
    """A question with its options; the place of the right one; and what was said before it, or nothing."""

    question: str
    options: tuple[str, ...]
    right: int
    reasoning: str = ""


def read_choice(question: str, answer: str) -> Choice | None:
    """Return a question with options as a choice; None for a question without options.

    Raises:
        ParseError: Two options are the same, or the answer is none of them.
    """
    lines = question.strip().splitlines()
    first = next((n for n in range(1, len(lines)) if _option(lines[n]) or _HEADER.match(lines[n])), None)
    if first is None:
        return None
    body = lines[first + 1 :] if _HEADER.match(lines[first]) else lines[first:]
    found = [_option(line) for line in body if line.strip()]
    options = [option for option in found if option is not None]
    if len(options) < _MIN_OPTIONS or len(options) < len(found) or len(options) > len(LABELS):
        return None
    texts = tuple(text for _, text in options)
    if len({_plain(text) for text in texts}) < len(texts):
        raise ParseError(REPEATED_OPTION, "two options are the same")
    labels = [label or LABELS[place] for place, (label, _) in enumerate(options)]
    reasoning, said = _split(answer)
    return Choice("\n".join(lines[:first]).strip(), texts, _place(said, texts, labels), reasoning)


def written(choice: Choice, item_id: str) -> tuple[str, str]:
    """Return question and answer of a choice with its options in an order that depends on the id only."""
    order = shuffled(range(len(choice.options)), f"{item_id}\0{choice.question}", "options")
    options = [f"{LABELS[place]}. {choice.options[number]}" for place, number in enumerate(order)]
    right = order.index(choice.right)
    answer = f"{LABELS[right]}. {choice.options[choice.right]}"
    reasoned = f"{choice.reasoning}\nThe answer is {answer}" if choice.reasoning else answer
    return "\n".join([choice.question, *options]), reasoned


def _option(line: str) -> tuple[str, str] | None:
    if found := _LABELLED.match(line):
        return found.group(1).upper(), found.group(2).strip()
    if found := _BULLET.match(line):
        return "", found.group(1).strip()
    return None


def _split(answer: str) -> tuple[str, str]:
    """Return what leads to an answer, and the answer itself, which then stands at the end of its last line."""
    head, _, last = answer.strip().rpartition("\n")
    found = _LAST_SENTENCE.search(last)
    if found is None:
        return ("", answer.strip()) if not head else (head.strip(), last.strip())
    before = f"{head}\n{last[: found.start()]}".strip().removesuffix("Therefore,").removesuffix("So").strip()
    return before, found.group(1).strip()


def _place(said: str, texts: tuple[str, ...], labels: list[str]) -> int:
    plain = _plain(said)
    for place, text in enumerate(texts):
        if plain == _plain(text):
            return place
    found = _ANSWER_LABEL.match(without_wrapping(said).rstrip("."))
    if found and found.group(1).upper() in labels:
        return labels.index(found.group(1).upper())
    for place, text in enumerate(texts):
        if _option(said) and plain.endswith(_plain(text)):
            return place
    raise ParseError(NO_SUCH_OPTION, said[:120])


def _plain(text: str) -> str:
    return " ".join(without_wrapping(text).casefold().rstrip(".").split())
