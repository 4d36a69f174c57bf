"""The tags of an HTML page, found by one regular expression that follows the tokeniser of the HTML standard.

A tree parser is not used on purpose: those at hand look up the stack of open elements at every tag and so are
quadratic in the depth of nesting, which a page may choose. Here every branch goes forward: an attribute value,
a comment or a script that never ends takes the rest of the page, as in a browser.
"""

import re
from html import unescape

_VALUE = r"\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))?+"
_ATTRIBUTES = rf"(?:[^>=]++|={_VALUE})*+(?:>|\Z)"
_RAW = "script|style|textarea|xmp|iframe|noembed|noframes"
# Groups: the name of a tag with the slash of an end tag, and its attributes. Anything else found is left out.
_TAG = re.compile(
    rf"<(?:(?i:({_RAW})(?=[\s/>])){_ATTRIBUTES}(?s:.*?)(?:</(?i:\1)(?=[\s/>]){_ATTRIBUTES}|\Z)"
    r"|!--(?s:.*?)(?:--!?>|\Z)|[!?][^>]*+(?:>|\Z)"
    rf"|(/?[a-zA-Z][^\s/>]*+)((?:[^>=]++|={_VALUE})*+)(?:>|\Z))"
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
# An attribute list longer than this is cut: what this program reads of it stands in the first few names.
MAX_ATTRIBUTES = 4000
# `unescape` reads decimal numbers of any length, and Python refuses those with thousands of digits.
_ENDLESS_REFERENCE = re.compile(r"&#[xX]?[0-9a-fA-F]{16,};?")


def split_tags(html: str) -> list[str | None]:
    """Return text, raw element, tag, attributes, text, raw element, tag, attributes, ..., text.

    The tag keeps the slash of an end tag; it is None where a comment or a script was left out.
    """
    return _TAG.split(html)


def read_attributes(attributes: str, max_chars: int = MAX_ATTRIBUTES) -> dict[str, str]:
    """Return names in lower case and their values, character references resolved; the first of a name counts.

    >>> read_attributes(' ID=top class="a b" hidden')
    {'id': 'top', 'class': 'a b', 'hidden': ''}
    """
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(attributes[:max_chars]):
        found.setdefault(name.lower(), resolve(double or single or bare))
    return found


def resolve(text: str) -> str:
    r"""Return `text` with its character references resolved; those that name no character become U+FFFD.

    >>> resolve("a &lt; b &amp; c&nbsp;d")
    'a < b & c\xa0d'
    """
    if "&" not in text:
        return text
    return unescape(_ENDLESS_REFERENCE.sub("\ufffd", text))
