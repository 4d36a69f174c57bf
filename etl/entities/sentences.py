"""Which sentences are looked at: expressions for Java, and how much of a document is read."""

from typing import Final

from etl.text.blocks import DEFINITION, ITEM, KINDS, PARAGRAPH, QUOTE

# Blocks of prose, as numbers of `KINDS`.
PROSE: Final = tuple(KINDS.index(kind) for kind in (PARAGRAPH, QUOTE, ITEM, DEFINITION))
# What is read of a document and of one passage, in code points, so that a book costs no more than a chapter.
HEAD_CHARS: Final = 200_000
PASSAGE_CHARS: Final = 4_000
# Passages that are cut into sentences for each sentence that is wanted.
PASSAGES_PER_SENTENCE: Final = 2
MIN_CHARS: Final = 4
# What is read of a document to guess its language where nothing states it.
LANGUAGE_CHARS: Final = 4_000

_CLOSING: Final = r"[\"'”’)\]]"
# Behind a full stop only where a long word stands before it: "St. Lucia" must stay whole, and two sentences in one do
# no harm. The blank belongs to the sentence before, so that no character is lost.
END: Final = (
    rf"(?<=\s)(?<=[\p{{L}}\p{{N}}%)]{{4}}[.!?]{_CLOSING}{{0,2}}\s)(?=\S)"
    r"|(?<=[。！？])(?![。！？」』”）])|(?<=[。！？][」』”）])(?![。！？」』”）])"
)
# A capital, a digit, or a letter of a script that has no capitals: without one hardly anything has a name.
CANDIDATE: Final = r"[\p{Lu}\p{Lt}\p{Lo}\p{N}]"
