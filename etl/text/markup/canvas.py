"""The canonical text of a page while its markup is placed in it: what stands there, and what is put at its end."""

from typing import Final

from etl.text.blocks import HEADING, ITEM, Block, Parsed
from etl.text.drafts import assemble
from etl.text.html_reader import read_html
from etl.text.markup.locate import Page
from etl.text.markup.statements import Extent

# An appended heading stands above whatever the page was about.
TOP_LEVEL: Final = 1
_GAP: Final = "\n\n"
# All texts of the markup together may be this many times as long as the page itself: items may be referred to, and
# elements may contain each other, as often as the page likes.
_MAX_REPEATED: Final = 4
_FREE_CHARS: Final = 10_000
_NOTHING: Final = Parsed("", [], None, 0)


class Canvas:
    """A page that is being added to.

    Attributes:
        page: The letters of the page without what is added.
        reached: How many of them lie before the end of what was found last.
        blocks: The blocks, those of what was added included.
    """

    def __init__(self, parsed: Parsed, n_chars: int) -> None:
        self.page = Page(parsed.text)
        self.reached = 0
        self.blocks = list(parsed.blocks)
        self._pieces = [parsed.text]
        self._length = len(parsed.text)
        self._budget = _MAX_REPEATED * n_chars + _FREE_CHARS

    @property
    def text(self) -> str:
        """The canonical text with what was added."""
        return "".join(self._pieces)

    def read(self, html: str) -> Parsed:
        """Return the parse of a text of the markup; an empty one where the markup repeats itself without end."""
        self._budget -= len(html)
        if not html or self._budget < 0:
            return _NOTHING
        return assemble(read_html(html, find_chrome=False).drafts, None)

    def append_heading(self, parsed: Parsed, level: int = TOP_LEVEL) -> Extent:
        """Put a text at the end, as one heading."""
        line = " ".join(parsed.text.split())
        return self.append(Parsed(line, [Block(HEADING, 0, len(line), level)], None, 0))

    def append_step(self, parsed: Parsed, number: int) -> Extent:
        """Put a text at the end, as an item of that number."""
        first, *others = parsed.blocks
        numbered = first._replace(kind=ITEM, level=1, number=number)
        return self.append(parsed._replace(blocks=[numbered, *(_deeper(block) for block in others)]))

    def append_below_step(self, parsed: Parsed) -> Extent:
        """Put a text at the end, as the continuation of the item before it."""
        return self.append(parsed._replace(blocks=[_deeper(block) for block in parsed.blocks]))

    def append(self, parsed: Parsed) -> Extent:
        """Put a text at the end, as the blocks it has."""
        gap = _GAP if self._length else ""
        start = self._length + len(gap)
        self._pieces += [gap, parsed.text]
        self._length = start + len(parsed.text)
        self.blocks += [block._replace(start=block.start + start, end=block.end + start) for block in parsed.blocks]
        return Extent(start, self._length)


def _deeper(block: Block) -> Block:
    return block if block.kind == HEADING else block._replace(level=block.level + 1)
