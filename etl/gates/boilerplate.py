"""Boilerplate: pages that repeat themselves, and pages that are nothing but an error, a consent or filler."""

import re
from typing import Final

from etl.config.gates import BoilerplateGate
from etl.gates.base import Refusal
from etl.gates.scan import Scan

BOILERPLATE: Final = "boilerplate"

# Fewer lines repeat by chance.
_MIN_LINES: Final = 8
# A share is rounded to it before it is compared.
_ROUNDING: Final = 0.0001
# Written for RE2 as well.
_SAYINGS: Final = (
    r"lorem ipsum dolor|(?:enable|requires?) javascript|javascript is (?:disabled|required)|"
    r"page (?:not|cannot be) found|"
    r"404 error|error 404|403 forbidden|access denied|under construction|default (?:web|start) page|domain is for sale|"
    r"we use cookies|accept (?:all )?cookies|are you a (?:robot|human)|verify you are human|captcha|"
    r"(?:log|sign) in to (?:continue|view)|has been moved (?:to|permanently)|this page (?:is|was) intentionally"
)
_FURNITURE: Final = re.compile(_SAYINGS, re.I)
_LOOK: Final = f"(?i){_SAYINGS}"


def repeated_share(text: str) -> float:
    r"""Return which share of the characters stands in lines that repeat an earlier one; 0 for fewer than eight lines.

    Characters, not lines: code and tables repeat short lines and are no furniture (Gopher measures both).

    >>> repeated_share("read more\n" * 10 + "the text.")
    0.8182
    """
    if text.count("\n") < _MIN_LINES - 1:
        return 0.0
    lines = list(filter(None, map(str.strip, text.split("\n"))))
    if len(lines) < _MIN_LINES:
        return 0.0
    unique = set(lines)
    # Joined, as one long text is measured at once and each line by a call.
    return round(1 - len("".join(unique)) / len("".join(lines)), 4) if len(unique) < len(lines) else 0.0


def refuse_boilerplate(text: str, gate: BoilerplateGate) -> Refusal | None:
    """Return why a text is page furniture, or None."""
    if not _surely_varies(text, gate.max_repeated) and (share := repeated_share(text)) > gate.max_repeated:
        return Refusal(BOILERPLATE, f"{share:.2f} of the text repeats earlier lines, more than {gate.max_repeated:g}")
    if len(text) <= gate.max_page_chars and _may_say(text) and (found := _FURNITURE.search(text)):
        return Refusal(BOILERPLATE, f"a page of {len(text)} characters with {found[0].lower()!r}")
    return None


def _may_say(text: str) -> bool:
    # To Python more letters are an i, a k or an s than to RE2, none of them ASCII.
    return not text.isascii() or Scan(text).holds(_LOOK)


def _surely_varies(text: str, max_repeated: float) -> bool:
    """Whether the first half of a text alone has lines enough that differ; most texts need no look at the other."""
    lines = text[: len(text) // 2].split("\n")[:-1]
    varied = len("".join(set(map(str.strip, lines))))
    return varied >= (1 - max_repeated + _ROUNDING) * len(text)
