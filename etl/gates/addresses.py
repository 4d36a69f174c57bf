"""Network addresses of one machine: not ranges, not private or documentation ones, not version numbers."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

from etl.gates.base import Finding
from etl.gates.scan import Scan

KIND: Final = "ip"
_LOOK_IPV4: Final = r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}"
_LOOK_IPV6: Final = r"[23][0-9a-fA-F]{3}:[0-9a-fA-F:]{1,33}:[0-9a-fA-F]"
# Manuals are full of private networks, masks and versions. So the first look passes over numbers no machine has, and
# over those whose parts are all small, but where a word announces an address.
_PART: Final = r"\d{1,3}"
_LARGE_PART: Final = r"(?:3[2-9]|[4-9]\d|[12]\d\d)"
# Neither 10, 127 nor multicast; 172 and 192 have private parts.
_SMALL_FIRST: Final = r"(?:[1-9]|1[1-9]|2\d|3[01])"
_LARGE_FIRST: Final = (
    r"(?:(?:3[2-9]|[4-9]\d|1[013-68]\d|12[0-689]|17[013-9]|19[013-9]|2[0-2]\d)\.\d{1,3}"
    r"|172\.(?:\d|1[0-5]|3[2-9]|[4-9]\d|\d{3})|192\.(?:\d\d?|1[0-57-9]\d|16[0-79]|[02-9]\d\d))"
)
_PUBLIC: Final = (
    rf"{_LARGE_FIRST}\.{_PART}\.{_PART}|{_SMALL_FIRST}\.(?:{_LARGE_PART}\.{_PART}\.{_PART}|"
    rf"{_PART}\.(?:{_LARGE_PART}\.{_PART}|{_PART}\.{_LARGE_PART}))"
)
# Python takes two more letters for an i than RE2 does.
_WORDS: Final = r"(?:(?:i|\x{130}|\x{131})p|addr|address|host|server|from|cl(?:i|\x{130}|\x{131})ent)"
LOOK: Final = (
    rf"(?:^|[^0-9A-Za-z_.\-])(?:{_PUBLIC})(?:$|[^0-9A-Za-z_\-])|(?i:{_WORDS})[^0-9A-Za-z_]{{1,8}}{_LOOK_IPV4}"
    rf"|(?:^|[^0-9A-Za-z_:.]){_LOOK_IPV6}"
)

_IPV4: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}(?![\w\-]|\.\d|/\d)")
_NOT_BEFORE: Final = re.compile(r"[\w.\-]")
# Global unicast is 2000::/3 (RFC 4291, IANA): everything else is link-local, private or a name in code with colons.
_IPV6: Final = re.compile(r"[23][0-9a-fA-F]{3}:[0-9a-fA-F:]{2,34}[0-9a-fA-F](?![\w:]|/\d)")
# 1.2.3.4 is a section or a version far more often than a machine; so is any number after such a word. At the head of
# a line sections reach higher.
_LARGE: Final = 32
_LARGE_AT_HEAD: Final = 64
# Resolvers that everyone uses, and addresses that stand for any: manuals are full of them.
_NOBODYS: Final = frozenset(
    (
        "1.1.1.1", "1.0.0.1", "8.8.8.8", "8.8.4.4", "9.9.9.9", "1.2.3.4", "5.6.7.8", "11.22.33.44", "12.34.56.78",
        "111.22.33.44", "111.111.111.111", "123.45.67.89", "123.123.123.123",
    )
)  # fmt: skip
_VERSION_BEFORE: Final = re.compile(r"(?:version|release|ver|chapter|section|[A-Za-z]/|\bv|[=<>~^]=?)\W{0,2}$", re.I)
_ADDRESS_BEFORE: Final = re.compile(r"(?:\bip\b|addr|address|host|server|from|client)\W{0,8}$", re.I)
_BEFORE: Final = 24


def find_addresses(text: str) -> Iterator[Finding]:
    """Yield the addresses of single machines that can be reached from anywhere."""
    scan = Scan(text)
    for start in scan.starts(_LOOK_IPV4):
        match = _IPV4.match(text, start)
        if match is None:
            continue
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if match[0] in _NOBODYS or _NOT_BEFORE.match(before[-1:]):
            continue
        announced = _ADDRESS_BEFORE.search(before) is not None
        if not announced and (_is_small(match[0], before) or _VERSION_BEFORE.search(before)):
            continue
        if _is_global(match[0]):
            yield Finding(KIND, match.start(), match.end())
    for start in scan.starts(_LOOK_IPV6):
        match = _IPV6.match(text, start)
        if match is None:
            continue
        if not re.match(r"[\w:.]", text[match.start() - 1 : match.start()]) and _is_global(match[0]):
            yield Finding(KIND, match.start(), match.end())


def _is_small(written: str, before: str) -> bool:
    bound = _LARGE_AT_HEAD if before.rstrip(" [(")[-1:] in ("", "\n") else _LARGE
    return all(int(part) < bound for part in written.split("."))


def _is_global(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    return address.is_global and not address.is_multicast
