"""Which of many candidates a task takes: an order by hash of their wording, and a cap."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar
from zlib import crc32

from etl.rules.base import Pair

# Candidates looked at in a document; hostile text offers millions.
MAX_TRIED: Final = 16
_KEY_CHARS: Final = 120

Candidate = TypeVar("Candidate")


def draw(
    text: str, places: Iterable[int], judge: Callable[[int], Pair | None], most: int, tried: int = MAX_TRIED
) -> Iterator[Pair]:
    """Yield at most `most` pairs, in the order of their places.

    The places are tried in the order of a hash of the wording that begins there, so the draw is spread over the
    document and depends on nothing but its text.

    Args:
        text: Canonical text.
        places: Code points where a candidate begins.
        judge: Makes a pair of a place, or None where it is none.
        most: The cap.
        tried: Places looked at.
    """
    # Written out, as is `hash_of`: a long text has thousands of places.
    ordered = sorted(
        {(crc32(text[place : place + _KEY_CHARS].encode("utf-8", "surrogatepass")), place) for place in places}
    )
    if not ordered:
        return
    made = ((place, judge(place)) for _, place in ordered[:tried])
    kept = islice(((place, pair) for place, pair in made if pair is not None), most)
    yield from (pair for _, pair in sorted(kept, key=lambda found: found[0]))


def hash_of(text: str) -> int:
    """Return a number from 0 to 2**32 - 1 that depends on the characters of `text` only."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def choose(options: tuple[Candidate, ...], text: str) -> Candidate:
    """Return one of the options, by hash of `text`."""
    return options[hash_of(text) // 7 % len(options)]
