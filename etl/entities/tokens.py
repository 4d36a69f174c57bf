"""Tokens: how texts and names are cut alike for a matcher that compares whole tokens, so that no name is missed.

Spark NLP's EntityRuler is of no use here: it loses a name where the next character begins another one, as in every
script without spaces, and dies of characters that are not in its alphabet. Its TextMatcher is an Aho-Corasick automaton
over tokens. A token is a run of word characters, or any other character alone; as a name begins and ends where a word
does, the tokens of a name are tokens of every text that holds it.
"""

import re
from collections.abc import Iterable
from typing import Final

# Word characters of scripts with spaces. It may hold fewer than there are, as a character alone is a token too; it
# must hold none that is no word character. Written out, because Python and Java know different versions of Unicode.
RUN: Final = (
    r"0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0300-\u036f"
    r"\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u0481\u048a-\u052f"
)
# What is no token; written out as well, because a blank is not the same to both either.
_BLANK: Final = r" \t\n\x0b\f\r"
# Where a text is cut, for Java: at blanks, and on both sides of whatever is alone.
CUT: Final = rf"[{_BLANK}]+|(?<=[^{RUN}{_BLANK}])|(?=[^{RUN}{_BLANK}])"
# Java counts a character beyond the first 65,536 as two. One that counts as one stands for all of them, so offsets are
# those of Python; what is found is compared with the text itself afterwards, so it may be taken for any of them.
BEYOND: Final = r"[\x{10000}-\x{10ffff}]"
STAND_IN: Final = "\ue000"

_TOKEN: Final = re.compile(rf"[{RUN}]+|[^{RUN}{_BLANK}]")
_BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")


def cut(name: str) -> list[str]:
    """Return the tokens of a name.

    >>> cut("New York"), cut("中国"), cut("Côte d’Ivoire")
    (['New', 'York'], ['中', '国'], ['Côte', 'd', '’', 'Ivoire'])
    """
    return _TOKEN.findall(_BEYOND.sub(STAND_IN, name))


def lines(names: Iterable[str]) -> Iterable[str]:
    """Yield each name as a line of the file that TextMatcher reads: its tokens with a blank between them."""
    for name in names:
        if tokens := cut(name):
            yield " ".join(tokens)
