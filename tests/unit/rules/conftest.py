from collections.abc import Callable

import pytest

from etl.rules.base import Document
from etl.text.blocks import Block

Spec = tuple[str, str] | tuple[str, str, dict[str, object]]


def build(*specs: Spec, title: str | None = None, lang: str | None = None) -> Document:
    """Make a document of (kind, text, attributes) triples, as the parser lays them out."""
    text = ""
    blocks: list[Block] = []
    for kind, body, *rest in specs:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(body), **(rest[0] if rest else {})))
        text += body
    return Document(text, blocks, title, lang)


@pytest.fixture
def page() -> Callable[..., Document]:
    return build


@pytest.fixture
def spec() -> dict[str, Callable[..., Spec]]:
    """Short names for the blocks tests are made of."""
    return {
        "h": lambda body, level=2: ("heading", body, {"level": level}),
        "p": lambda body, level=0: ("paragraph", body, {"level": level}),
        "li": lambda body, level=1: ("item", body, {"level": level}),
        "n": lambda number, body, level=1: ("item", body, {"level": level, "number": number}),
    }
