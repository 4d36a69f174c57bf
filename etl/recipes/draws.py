"""Draws of recipes: hashes of an id and a purpose, the same in every run."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def number(item_id: str, purpose: str, below: int) -> int:
    """Return a number from 0 to `below` - 1."""
    digest = hashlib.sha256(f"{purpose}\0{item_id}".encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) % below


def shuffled(values: Sequence[T], item_id: str, purpose: str) -> list[T]:
    """Return the values in an order that depends on id and purpose only."""
    keys = [
        hashlib.sha256(f"{purpose}\0{item_id}\0{n}".encode("utf-8", "surrogatepass")).digest()
        for n in range(len(values))
    ]
    return [values[place] for place in sorted(range(len(values)), key=lambda place: keys[place])]
