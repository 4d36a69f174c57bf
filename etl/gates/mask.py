"""Mask: what was found is overwritten in its own shape, so nothing else moves."""

import re
from collections.abc import Iterable
from typing import Final

from etl.gates.base import Finding

_LOWER: Final = re.compile(r"[^\W\d_A-Z]")
_UPPER: Final = re.compile(r"[A-Z]")
_DIGIT: Final = re.compile(r"\d")


def mask(text: str, findings: Iterable[Finding]) -> str:
    """Return the text with each finding overwritten: letters by x, capitals by X, digits by 0, the rest as it is.

    The result has as many code points as the text, so evidence and blocks keep their offsets. What is masked no
    longer looks like what it was to the gates: masking twice is masking once.

    >>> mask("to Ann.Lee@acme.org, now", [Finding("email", 3, 19)])
    'to Xxx.Xxx@xxxx.xxx, now'
    """
    pieces: list[str] = []
    at = 0
    for finding in sorted(findings, key=lambda found: (found.start, found.end)):
        start = max(at, finding.start)
        if finding.end <= start:
            continue
        shape = _DIGIT.sub("0", _LOWER.sub("x", _UPPER.sub("X", text[start : finding.end])))
        pieces += (text[at:start], shape)
        at = finding.end
    return "".join((*pieces, text[at:])) if pieces else text
