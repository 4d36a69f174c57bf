"""Which elements of a page are hidden and which are page chrome: navigation, footers, cookie lines."""

import re
from collections.abc import Iterable
from typing import Final

CONTENT: Final = 0
HIDDEN: Final = 1
CHROME_BY_NAME: Final = 2  # only a word of its class or id says so: given up where it holds the main content
CHROME: Final = 3  # the element or its role says so
MAIN: Final = 4  # the main content: chrome by name around it was none

_CHROME_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menubar", "menu", "toolbar"})
# Whole words of a class or an id, that is what stands between hyphens, underscores and capitals.
_CHROME_WORDS = frozenset(
    {
        "nav", "navbar", "navigation", "navheader", "navfooter", "navi", "subnav", "topnav", "menu",
        "submenu", "breadcrumb", "breadcrumbs", "crumbs", "sidebar", "sidenav", "footer", "cookie", "cookies",
        "consent", "gdpr",
        "share", "sharing", "social", "toc", "pagination", "pager", "paging", "skip", "skiplink", "skipnav",
        "related", "newsletter", "advert", "advertisement", "sponsor", "masthead", "topbar", "toolbar",
        "lang", "langs", "language", "languages",
    }
)  # fmt: skip
# Words that make a class speak of a layout around a menu, not of the menu.
_LAYOUT_WORDS = frozenset(
    {"has", "with", "without", "no", "not", "is", "layout", "wrapper", "container", "page", "body", "main",
     "open", "collapsed", "off", "source", "code", "highlight", "content"}
)  # fmt: skip
_MAX_WORDS = 3
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+|\d+")
_HINTS = re.compile(r"class|id|role|hidden|style|CLASS|ID|itemprop")
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Panels that open on a click are hidden in the source and are content.
_PANEL = re.compile(
    r"accordion|collaps|panel|answer|faq|content|tab\b|toggle|expand|region|labelledby|detail|drawer|hidden-until",
    re.IGNORECASE,
)
_REFERENCE_CLASSES = frozenset(
    {"footnote-reference", "footnote-ref", "footnoteref", "footnote-definition-label", "reference", "noteref"}
)
_PAGE_ONLY = frozenset({"header", "footer", "aside"})
ALWAYS_JUDGED: Final = frozenset({"nav", "main"}) | _PAGE_ONLY
"""Elements that say what they are without any attribute."""

_NEVER_BY_NAME = frozenset(
    {"html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "td", "p", "dt", "pre"}
)


def has_hints(attributes: str) -> bool:
    """Tell whether attributes as written may say anything that `judge` reads."""
    return _HINTS.search(attributes) is not None


def judge(tag: str, attributes: dict[str, str], *, in_article: bool) -> int:
    """Return what an element is: one of the constants of this module.

    Args:
        tag: Its name, in lower case.
        attributes: Its attributes, names in lower case.
        in_article: Whether it stands in an ``article``, whose own header and footer are content.
    """
    role = attributes.get("role", "").lower()
    if is_hidden(attributes):
        return HIDDEN
    if tag == "nav" or role in _CHROME_ROLES:
        return CHROME
    if tag in _PAGE_ONLY:
        return CONTENT if in_article else CHROME
    if tag == "main" or role == "main" or attributes.get("itemprop") == "articleBody":
        return MAIN
    if tag in _NEVER_BY_NAME:
        return CONTENT
    names = attributes.get("class", "").split()
    names.append(attributes.get("id", ""))
    return CHROME_BY_NAME if _is_chrome_name(names) else CONTENT


def is_hidden(attributes: dict[str, str]) -> bool:
    """Tell whether an element is never shown; a panel that opens on a click is."""
    hidden = (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or _INVISIBLE.search(attributes.get("style", "")) is not None
    )
    if not hidden:
        return False
    told = " ".join((attributes.get("class", ""), attributes.get("id", ""), attributes.get("role", "")))
    return "aria-labelledby" not in attributes and _PANEL.search(told) is None


def is_skip_link(attributes: dict[str, str]) -> bool:
    """Tell whether a link only leads past the navigation; most pages do not show it."""
    return "skip" in _WORD.findall(attributes.get("class", "").lower())


def is_reference(attributes: dict[str, str]) -> bool:
    """Tell whether an element is the number of a footnote."""
    return not _REFERENCE_CLASSES.isdisjoint(attributes.get("class", "").lower().split())


def _is_chrome_name(names: Iterable[str]) -> bool:
    for name in names:
        words = [word.lower() for word in _WORD.findall(name)]
        if len(words) <= _MAX_WORDS and not _CHROME_WORDS.isdisjoint(words) and _LAYOUT_WORDS.isdisjoint(words):
            return True
    return False
