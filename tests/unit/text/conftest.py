"""What the tests of `etl.text` share: a document as its blocks read."""

from collections.abc import Callable

import pytest

from etl.text.blocks import Parsed
from etl.text.parse import parse

Rows = list[tuple[str, str]]


@pytest.fixture
def rows() -> Callable[..., Rows]:
    """Return a function that gives the kind and the text of each block of a document."""

    def read(raw: str, format: str, *, keep_chrome: bool = False) -> Rows:
        return kinds_and_texts(parse(raw, format, keep_chrome=keep_chrome))

    return read


def kinds_and_texts(parsed: Parsed) -> Rows:
    return [(block.kind, parsed.text[block.start : block.end]) for block in parsed.blocks]
