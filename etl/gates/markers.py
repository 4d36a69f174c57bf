"""Marks that leaked: chat formats, prompt layouts, open slots of templates."""

import re
from typing import Final

from etl.gates.base import Refusal
from etl.text.special_tokens import SPECIAL_TOKEN, in_python

LEAKED_MARKER: Final = "leaked_marker"

# Written for RE2, for the first look, and as nothing in it looks around, Python decides by the same.
PROMPT: Final = (
    r"(?:^|\n)###? ?(?:Instruction|Response|Human|Assistant|System) ?:|</?(?:excerpt|instruction|response|answer)>|"
    r"(?:^|\n)(?:Human|Assistant|USER|ASSISTANT): [^\n]*\n+(?:Human|Assistant|USER|ASSISTANT): |"
    r"(?i:as an ai language model|as a large language model|i am an ai assistant)"
)
SLOT: Final = r"\{\{ ?[a-z_]{2,40} ?\}\}|<fi>[^<\n]{0,80}</fi>"
# Documentation of templates is full of open slots, so a document may hold them; a pair may not.
IN_DOCUMENT: Final = f"{SPECIAL_TOKEN}|{PROMPT}"
IN_PAIR: Final = f"{IN_DOCUMENT}|{SLOT}"

_DOCUMENT: Final = re.compile(in_python(IN_DOCUMENT))
_PAIR: Final = re.compile(in_python(IN_PAIR))


def refuse_markers(text: str, *, pair: bool = False) -> Refusal | None:
    """Return the first mark that leaked into a text, or None.

    >>> refuse_markers("Well.<|im_end|>")
    Refusal(reason='leaked_marker', detail="'<|im_end|>' at 5")
    """
    found = (_PAIR if pair else _DOCUMENT).search(text)
    return None if found is None else Refusal(LEAKED_MARKER, f"{found[0].strip()[:60]!r} at {found.start()}")
