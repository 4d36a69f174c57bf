"""Outputs in which each part stands behind its label, as prompts ask for: ``Question:`` and ``Answer:``."""

import re
from typing import Final

from etl.recipes.base import UNPARSABLE, ParseError
from etl.recipes.outputs import without_wrapping

# Possessive throughout: a line of blanks is read once, not once for every way to divide it.
_LABEL: Final = (
    r"^[ \t]*+(?:[-*•#>]++[ \t]*+)?+(?:\d{1,2}[.)][ \t]*+)?+(?:\*\*|__)?+[ \t]*+(%s)[ \t]*+(?:\*\*|__)?+"
    r"[ \t]*+[:\uff1a][ \t]*+(?:\*\*|__)?+"
)


def label_pattern(*labels: str) -> re.Pattern[str]:
    """Return a pattern for lines that begin with one of the labels, whatever Markdown stands around it.

    >>> bool(label_pattern("Question").match("- **Question:** why?"))
    True
    """
    return re.compile(_LABEL % "|".join(map(re.escape, labels)), re.IGNORECASE | re.MULTILINE)


def parts(text: str, *labels: str) -> dict[str, str]:
    r"""Return what stands behind each label, which must come once each and in this order.

    Raises:
        ParseError: A label is missing, comes twice or out of order, or nothing stands behind it.

    >>> parts("Question: why?\nAnswer: so.", "question", "answer")
    {'question': 'why?', 'answer': 'so.'}
    """
    found = list(label_pattern(*labels).finditer(text))
    said = [match.group(1).casefold() for match in found]
    if said != [label.casefold() for label in labels]:
        raise ParseError(
            UNPARSABLE, f"expected the labels {', '.join(labels)}, found {', '.join(said) or 'none'}"[:200]
        )
    ends = [*(match.start() for match in found[1:]), len(text)]
    values = [without_wrapping(text[match.end() : end]) for match, end in zip(found, ends, strict=True)]
    if empty := [label for label, value in zip(labels, values, strict=True) if not value]:
        raise ParseError(UNPARSABLE, f"nothing stands behind the label {empty[0]}")
    return dict(zip(labels, values, strict=True))
