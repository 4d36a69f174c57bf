"""The elements of a page that are open, and what being in them means: hidden, or in page chrome."""

from dataclasses import dataclass, field

from etl.text.chrome import ALWAYS_JUDGED, CHROME_BY_NAME, CONTENT, HIDDEN, MAIN, has_hints, judge
from etl.text.tokens import read_attributes


@dataclass(slots=True)
class Elements:
    """A stack of the open elements that matter, innermost last.

    Attributes:
        find_chrome: Whether to look for page chrome.
        is_hidden: Whether text is left out at the moment.
        region: The region of page chrome that is open, counted from 1, or 0.
        regions: What each region of page chrome is: `CHROME` or `CHROME_BY_NAME`.
    """

    find_chrome: bool
    is_hidden: bool = False
    region: int = 0
    regions: list[int] = field(default_factory=list)
    _stack: list[str] = field(default_factory=list)
    # Open elements by name, within the innermost table cell: an end tag in a cell closes nothing outside of it.
    _open: dict[str, int] = field(default_factory=dict)
    _outer: list[dict[str, int]] = field(default_factory=list)
    _n_articles: int = 0
    _hidden_at: int = 0
    _chrome_at: int = 0
    _verdicts: dict[tuple[str, str, bool], int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self._stack)

    def is_open(self, tag: str) -> bool:
        """Tell whether an element of this name is open in the innermost table cell."""
        return self._open.get(tag, 0) > 0

    def push(self, tag: str, attributes: str) -> None:
        """Open an element and mind what it says of itself."""
        self._stack.append(tag)
        self._open[tag] = self._open.get(tag, 0) + 1
        if tag == "article":
            self._n_articles += 1
        if attributes or tag in ALWAYS_JUDGED:
            self._mind(self._judge(tag, attributes))

    def push_hidden(self, tag: str) -> None:
        """Open an element whose text is left out."""
        self._stack.append(tag)
        self._open[tag] = self._open.get(tag, 0) + 1
        self._mind(HIDDEN)

    def push_cell(self, attributes: str) -> None:
        """Open a table cell, the element ``td``."""
        self.push("td", attributes)
        self._outer.append(self._open)
        self._open = {}

    def pop(self) -> str:
        """Close the innermost element and return its name."""
        tag = self._stack.pop()
        if tag == "td":
            self._open = self._outer.pop()
        elif tag == "article":
            self._n_articles -= 1
        self._open[tag] -= 1
        height = len(self._stack)
        if self._hidden_at > height:
            self._hidden_at = 0
            self.is_hidden = False
        if self._chrome_at > height:
            self._chrome_at = self.region = 0
        return tag

    def _judge(self, tag: str, attributes: str) -> int:
        key = (tag, attributes, self._n_articles > 0)
        verdict = self._verdicts.get(key)
        if verdict is None:
            known = read_attributes(attributes) if has_hints(attributes) else {}
            verdict = self._verdicts[key] = judge(tag, known, in_article=self._n_articles > 0)
        return verdict

    def _mind(self, verdict: int) -> None:
        if verdict == CONTENT or self._hidden_at:
            return
        if verdict == HIDDEN:
            self._hidden_at = len(self._stack)
            self.is_hidden = True
        elif verdict == MAIN:
            if self.region and self.regions[self.region - 1] == CHROME_BY_NAME:
                self._chrome_at = self.region = 0
        elif not self._chrome_at and self.find_chrome:
            self.regions.append(verdict)
            self.region = len(self.regions)
            self._chrome_at = len(self._stack)
