"""From the tags of a page to drafts of blocks: a stack of open elements and what each of them changes."""

from dataclasses import dataclass, field

from etl.text.blocks import CODE, DEFINITION, HEADING, ITEM, PARAGRAPH, QUOTE, STRONG, SUMMARY, TERM
from etl.text.characters import join_wrapped, trim_lines
from etl.text.drafts import Draft
from etl.text.html_elements import Elements
from etl.text.html_table import Table
from etl.text.inline import BOLD_ON, LAST_SIGN, LINK_ON, read_code, read_lines

_KINDS = {"li": ITEM, "dt": TERM, "dd": DEFINITION}
_MEANT = frozenset({*_KINDS, "ul", "ol", "dl", "td", "table", "pre", "blockquote", "summary"})


@dataclass(slots=True)
class OpenList:
    """A list that is being read: the ordinal of its next item, and what its open item still lacks."""

    is_ordered: bool
    next_number: int = 1
    open_item: str = ""
    pending: str = ""  # the kind that the next block gets; empty once the item has its block
    number: int | None = None


@dataclass(slots=True)
class Builder:
    """Takes the tags and texts of a page in their order; `drafts` is what came of them.

    Attributes:
        elements: The open elements.
        has_signs: Whether the source itself may hold characters that are signs here.
        drafts: The blocks so far; a draft of region ``n`` stands in what `elements.regions` says.
        pieces: Text and signs of the block that is being read.
        in_bold: Whether a bold element is open.
        in_link: Whether a link is open.
        heading: The level of the open heading, or 0.
        is_summary: Whether a ``summary`` is open.
        is_title: Whether the ``title`` of the page is open.
        title: What the page states as its title.
        lists: The open lists, outermost first.
        tables: The open tables, outermost first.
    """

    elements: Elements
    has_signs: bool = False
    drafts: list[Draft] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    in_bold: bool = False
    in_link: bool = False
    heading: int = 0
    is_summary: bool = False
    is_title: bool = False
    title: str | None = None
    lists: list[OpenList] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _in_pre: bool = False
    _quotes: int = 0
    _n_lists: int = 0

    def flush(self) -> None:
        """End the block that is being read, if there is one."""
        pieces = self.pieces
        if not pieces:
            return
        if self._in_pre:
            if not pieces[-1].endswith("\n"):
                pieces.append("\n")
            return
        first = pieces[0]
        is_one = len(pieces) == 1
        if is_one and first.isspace():
            pass
        elif is_one and not self.has_signs and first[0] > LAST_SIGN and "&" not in first:
            # Most blocks are one text and nothing else.
            self._add_text(join_wrapped(first), SUMMARY if self.is_summary else "")
            self.in_bold = False
        else:
            for lines, mark in read_lines(pieces, split_questions=not self.heading and not self.is_summary):
                self._add_text("\n".join(lines), SUMMARY if self.is_summary else mark)
                # Bold that began within a block and is not closed there was forgotten: it does not go on.
                self.in_bold = self.in_bold and mark == STRONG
        pieces.clear()
        if self.in_bold:
            pieces.append(BOLD_ON)
        if self.in_link:
            pieces.append(LINK_ON)

    def leave_heading(self) -> None:
        """Close a heading that has its text but no end tag."""
        if self.heading and self.drafts and self.drafts[-1].kind == HEADING:
            self.heading = 0

    def push(self, tag: str, attributes: str) -> None:
        """Open an element that stands apart from the text before it and after it."""
        if self.pieces:
            self.flush()
        self.elements.push(tag, attributes)

    def pop(self, tag: str) -> None:
        """Close the innermost open element of this name and all within it; if none is open, end the block."""
        if self.pieces:
            self.flush()
        if self.elements.is_open(tag):
            self.in_bold = False
            self.heading = 0
            if not self._in_pre:
                self.pieces.clear()
            self._unwind(tag)

    def pop_hidden(self, tag: str) -> None:
        """Close the innermost open element of this name, if there is one, without ending the block."""
        if self.elements.is_open(tag):
            self._unwind(tag)

    def push_list(self, tag: str, attributes: str, first_number: int) -> None:
        """Open a list; `first_number` is the ordinal of its first item if it is ordered."""
        self.push(tag, attributes)
        if not self.lists:
            self._n_lists += 1
        self.lists.append(OpenList(tag == "ol", first_number))

    def push_item(self, tag: str, number: int | None) -> None:
        """Open an item, a term or a definition and close the one before; `number` is its stated ordinal."""
        if self.pieces:
            self.flush()
        if not self.lists:
            self.push_list("ul", "", 1)
        innermost = self.lists[-1]
        if innermost.open_item and self.elements.is_open(innermost.open_item):
            self.pop(innermost.open_item)
        self.push(tag, "")
        innermost.open_item = tag
        innermost.pending = _KINDS[tag]
        innermost.number = None
        if innermost.is_ordered and tag == "li":
            innermost.number = innermost.next_number if number is None else number
            innermost.next_number = innermost.number + 1

    def pop_item(self, tag: str) -> None:
        """Close the open item of the innermost list."""
        if self.pieces:
            self.flush()
        if self.lists and self.lists[-1].open_item == tag:
            self.pop(tag)

    def push_code(self, tag: str, attributes: str) -> None:
        """Open preformatted text."""
        self.push(tag, attributes)
        self._in_pre = True

    def push_quote(self, tag: str, attributes: str) -> None:
        """Open a quotation."""
        self.push(tag, attributes)
        self._quotes += 1

    def push_table(self, attributes: str) -> None:
        """Open a table."""
        self.flush()
        self.leave_heading()
        self.push("table", attributes)
        self.tables.append(Table())

    def push_row(self) -> None:
        """Begin a row of the innermost table."""
        self.pop_cell()
        if self.tables:
            self.tables[-1].rows.append([])

    def push_cell(self, attributes: str, *, is_header: bool) -> None:
        """Begin a cell of the innermost table."""
        self.pop_cell()
        if not self.tables:
            return
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        table.rows[-1].append(len(self.drafts))
        table.cell_is_open = True
        table.has_header |= is_header
        self.elements.push_cell(attributes)

    def pop_cell(self) -> None:
        """End the open cell of the innermost table."""
        self.flush()
        if self.tables and self.tables[-1].cell_is_open:
            self.in_bold = False
            self.heading = 0
            self._unwind("td")

    def pop_table(self) -> None:
        """Close the innermost table."""
        self.pop_cell()
        if self.tables:
            self.pop("table")

    def finish(self) -> None:
        """Close whatever is open still."""
        self.flush()
        while self.elements:
            self._leave(self.elements.pop())
        self._in_pre = self.in_bold = self.in_link = False
        self.flush()

    def _add_text(self, text: str, mark: str) -> None:
        if self.heading:
            self._add(HEADING, text, mark, level=self.heading)
        elif self.lists and self.lists[-1].pending:
            self._add(self.lists[-1].pending, text, mark, number=self.lists[-1].number)
        else:
            self._add(QUOTE if self._quotes else PARAGRAPH, text, mark)

    def _add(self, kind: str, text: str, mark: str = "", *, level: int = 0, number: int | None = None) -> None:
        depth = len(self.lists)
        if depth:
            self.lists[-1].pending = ""
        list_id = self._n_lists if depth else 0
        # The constructor of a named tuple costs three times as much.
        draft = tuple.__new__(Draft, (kind, text, level or depth, number, mark, list_id, self.elements.region))
        self.drafts.append(draft)

    def _unwind(self, tag: str) -> None:
        while True:
            top = self.elements.pop()
            # To leave any other element changes nothing here.
            if top in _MEANT:
                self._leave(top)
            if top == tag:
                return

    def _leave(self, tag: str) -> None:
        if tag in _KINDS:
            self.lists[-1].open_item = self.lists[-1].pending = ""
        elif tag in ("ul", "ol", "dl"):
            self.lists.pop()
        elif tag == "td":
            self.tables[-1].cell_is_open = False
        elif tag == "table":
            self.tables.pop().close(self.drafts)
            if self.tables:
                self.tables[-1].is_layout = True
        elif tag == "pre":
            self._leave_code()
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag == "summary":
            self.is_summary = False

    def _leave_code(self) -> None:
        self._in_pre = False
        text = trim_lines(read_code(self.pieces))
        self.pieces.clear()
        if text and not text.isspace():
            self._add(CODE, text)
