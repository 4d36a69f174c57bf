"""Marks that leaked: chat formats, prompt layouts, open slots of templates."""

import re
from typing import Final

from etl.gates.base import Refusal

LEAKED_MARKER: Final = "leaked_marker"

# For the first look and, as none of it needs to look around, for the whole decision: RE2 and Python read it alike.
CHAT: Final = (
    r"<\|[A-Za-z_][A-Za-z0-9_]{0,40}\|>|<\x{FF5C}[^<>\n]{1,40}\x{FF5C}>|<</?SYS>>|\[/?INST\]|"
    r"<(?:start|end)_of_turn>|</?s>|<(?:bos|eos|pad|unk)>|\[(?:BOS|EOS|PAD|UNK|CLS|SEP|MASK)\]"
)
PROMPT: Final = (
    r"(?:^|\n)###? ?(?:Instruction|Response|Human|Assistant|System) ?:|</?(?:excerpt|instruction|response|answer)>|"
    r"(?:^|\n)(?:Human|Assistant|USER|ASSISTANT): [^\n]*\n+(?:Human|Assistant|USER|ASSISTANT): |"
    r"(?i:as an ai language model|as a large language model|i am an ai assistant)"
)
SLOT: Final = r"\{\{ ?[a-z_]{2,40} ?\}\}|<fi>[^<\n]{0,80}</fi>"
# Documentation of templates is full of open slots, so a document may hold them; a pair may not.
IN_DOCUMENT: Final = f"{CHAT}|{PROMPT}"
IN_PAIR: Final = f"{CHAT}|{PROMPT}|{SLOT}"

_DOCUMENT: Final = re.compile(IN_DOCUMENT.replace(r"\x{FF5C}", "\uff5c"))
_PAIR: Final = re.compile(IN_PAIR.replace(r"\x{FF5C}", "\uff5c"))


def refuse_markers(text: str, *, pair: bool = False) -> Refusal | None:
    """Return the first mark that leaked into a text, or None.

    >>> refuse_markers("Well.<|im_end|>")
    Refusal(reason='leaked_marker', detail="'<|im_end|>' at 5")
    """
    found = (_PAIR if pair else _DOCUMENT).search(text)
    return None if found is None else Refusal(LEAKED_MARKER, f"{found[0].strip()[:60]!r} at {found.start()}")
