"""What several rules ask of one document is found once."""

from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import TypeVar, TypeVarTuple

from etl.rules.base import Document

Result = TypeVar("Result")
Rest = TypeVarTuple("Rest")


def once(find: Callable[[Document, *Rest], Result]) -> Callable[[Document, *Rest], Result]:
    """Return `find` with its last result kept for whoever asks again about the same document.

    Rules run one after the other over one document, so one result is enough. A document is the same where its parts
    are the same objects: nothing is compared at length, and nothing held longer than until the next document. The
    result is shared, so nobody may change it.
    """
    last: tuple[Document, tuple[*Rest], Result] | None = None

    @wraps(find)
    def found(document: Document, /, *rest: *Rest) -> Result:
        nonlocal last
        held = last
        if held is not None and held[1] == rest and all(map(is_, held[0], document)):
            return held[2]
        result = find(document, *rest)
        last = (document, rest, result)
        return result

    return found
