"""E-mail addresses."""

import re
import string
from collections.abc import Iterator
from typing import Final

from etl.gates.base import Finding

KIND: Final = "email"
# What is in each: to look for one sign is so quick that no pattern is needed for a first look.
SIGN: Final = "@"

# Read from the sign in both directions, so that a long row of letters is never tried twice.
_LOCAL_BACKWARDS: Final = re.compile(r"[A-Za-z0-9._%+\-]{1,64}")
_LOCAL: Final = frozenset(string.ascii_letters + string.digits + "._%+-")
_DOMAIN: Final = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,8}[A-Za-z]{2,24}")
# RFC 2606 and RFC 6761 keep these for documentation and for machines without a name; the last two are what manuals
# write for a domain of one's own.
_RESERVED: Final = ("example", "test", "invalid", "localhost", "local", "localdomain", "internal", "lan", "dom", "tld")
_EXAMPLES: Final = (
    "example.com", "example.net", "example.org", "example.edu", "domain.com", "yourdomain.com", "mydomain.com",
)  # fmt: skip
# An address ends in none of these; a file such as logo@2x.png does.
_SUFFIXES: Final = frozenset(
    (
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "ts", "jsx", "tsx", "json", "md", "html", "htm",
        "yaml", "yml", "toml", "py", "rb", "sh", "txt", "pdf", "service", "socket", "timer", "target", "mount", "path",
        "conf", "so", "exe",
    )
)  # fmt: skip
# Not a person: the login of code hosts, as in git@github.com:owner/name.git.
_LOGINS: Final = frozenset({"git", "hg", "svn"})
_MAX_LOCAL: Final = 64
# A name this long without a break, in letters of both cases and digits, is that of a node or a key, not of a person.
_MIN_MADE_UP: Final = 40


def find_emails(text: str) -> Iterator[Finding]:
    """Yield the e-mail addresses that may be someone's: none of a reserved domain, a file name or a masked one."""
    at = -1
    while (at := text.find(SIGN, at + 1)) >= 0:
        if text[at - 1 : at] not in _LOCAL:
            continue
        local = _LOCAL_BACKWARDS.match(text[max(0, at - _MAX_LOCAL) : at][::-1])
        domain = _DOMAIN.match(text, at + 1)
        if local is None or domain is None:
            continue
        name = local[0][::-1].lstrip(".%+-")
        if name and not _is_made_up(name) and _is_personal(name.lower(), domain[0].lower()):
            yield Finding(KIND, at - len(name), domain.end())


def _is_made_up(name: str) -> bool:
    signs = (str.isdigit, str.islower, str.isupper)
    return len(name) >= _MIN_MADE_UP and name.isalnum() and all(any(map(kind, name)) for kind in signs)


def _is_personal(name: str, domain: str) -> bool:
    top = domain.rpartition(".")[2]
    if top in _RESERVED or top in _SUFFIXES or name in _LOGINS:
        return False
    if domain in _EXAMPLES or domain.endswith(tuple(f".{example}" for example in _EXAMPLES)):
        return False
    return not set(name) <= set("x0.%+-_")
