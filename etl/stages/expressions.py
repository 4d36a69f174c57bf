"""Spark expressions that more than one stage needs: ids, words, draws by hash."""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from pyspark.sql import Column
from pyspark.sql import functions as F

from etl.text.special_tokens import BEHIND_ANGLE, BEHIND_SQUARE
from etl.text.words import CJK

_CJK: Final = "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in CJK)
# ASCII comes first because it is most of most corpora and a class of ranges is three times as fast as \p{L}; blanks
# are taken along so that no match has to begin at one in vain.
_WORD: Final = (
    r"[ \n]*+(?:"
    rf"[a-zA-Z0-9]++[\p{{L}}\p{{M}}\p{{N}}&&[^{_CJK}]]*+"
    rf"|[{_CJK}]"
    rf"|[\p{{L}}\p{{M}}\p{{N}}&&[^{_CJK}]]++"
    r"|[^\s\p{Z}\p{L}\p{M}\p{N}]++)"
)
# A draw is a whole number below it.
HASHES: Final = 2.0**63
# One class of two characters comes first: with the alternatives in front the same search takes three times as long.
_CHAT_TOKENS: Final = rf"[<\[](?:(?<=<)(?:{BEHIND_ANGLE})|(?<=\[)(?:{BEHIND_SQUARE}))"


def count_words(text: Column) -> Column:
    """Return the number of words, CJK characters and runs of punctuation of a text, as an int."""
    return F.coalesce(F.regexp_count(text, F.lit(_WORD)), F.lit(0)).cast("int")


def has_chat_token(text: Column) -> Column:
    """Return whether a text holds a chat marker or a control token of a tokenizer."""
    return F.coalesce(text.rlike(_CHAT_TOKENS), F.lit(False))


def hash_id(*parts: Column) -> Column:
    """Return an id of 32 hex digits made from the given values; nulls count as empty."""
    texts = [F.coalesce(part.cast("string"), F.lit("")) for part in parts]
    return F.substring(F.sha2(F.concat_ws("\u0000", *texts), 256), 1, 32)


def draw(seed: int, salt: str, key: Column) -> Column:
    """Return a number from 0 to 2**63-1 that depends on seed, salt and key only: the order of every draw."""
    return F.xxhash64(F.lit(seed), F.lit(salt), key).bitwiseAND(F.lit(2**63 - 1))


def weighted_draw(seed: int, salt: str, key: Column, weights: Mapping[int, float], bins: Column) -> Column:
    """Return the place of a row in a weighted draw without replacement, the largest first: 0 or less.

    Efraimidis and Spirakis (2006), Information Processing Letters 97(5): of the keys u ** (1 / weight) the largest win.
    The logarithm of these has the same order and no underflow.

    Args:
        seed: The seed of the run.
        salt: What is drawn.
        key: The id of the row.
        weights: The weight of each bin.
        bins: The bin of the row, one of those.
    """
    weight = F.create_map(*map(F.lit, chain.from_iterable(weights.items())))[bins]
    return F.log((draw(seed, salt, key).cast("double") + 1.0) / F.lit(HASHES)) / weight


def cut(text: Column, length: int) -> Column:
    """Return the head of a text: what is kept of it in a reject."""
    return F.substring(text, 1, length)
