"""Licences: whether a document may be trained on, by its SPDX expression and the sources that are approved."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, Final

from license_expression import ExpressionError, LicenseWithExceptionSymbol, get_spdx_licensing

from etl.config.gates import LicenseGate
from etl.gates.base import Refusal

LICENSE_UNKNOWN: Final = "license_unknown"
LICENSE_NOT_ALLOWED: Final = "license_not_allowed"
SOURCE_NOT_APPROVED: Final = "source_not_approved"

# A remark behind the id, as in "CC0-1.0 (US government work)"; in an expression brackets hold another one.
_REMARK: Final = re.compile(r"\s+\((?![^()]*\b(?:AND|OR|WITH)\b)[^()]*\)$")
# No expression of a real work is longer; a page that is, is text in the wrong column.
_MAX_CHARS: Final = 1000


def refuse_license(license_: str | None, source: str | None, gate: LicenseGate, profile: str) -> Refusal | None:
    """Return why a document with this licence, of this source, may not be trained on, or None."""
    if gate.approved_sources is not None and source not in gate.approved_sources:
        listed = ", ".join(gate.approved_sources) or "none"
        return Refusal(SOURCE_NOT_APPROVED, f"source {source}; approved: {listed}")
    allowed = is_allowed(license_ or "", tuple(gate.allowed))
    if allowed:
        return None
    if allowed is None:
        drops = gate.unknown == "drop" or (gate.unknown is None and profile == "strict")
        return Refusal(LICENSE_UNKNOWN, f"no SPDX licence: {license_ or 'none'}") if drops else None
    return Refusal(LICENSE_NOT_ALLOWED, f"{license_} is not among the licences of select.gates.license.allowed")


@lru_cache(maxsize=4096)
def is_allowed(license_: str, allowed: Sequence[str]) -> bool | None:
    """Return whether one of the ways to read a licence is allowed; None where it is no SPDX expression.

    Of ``A OR B`` one is enough, of ``A AND B`` both are needed; an exception (``WITH``) only grants more.

    >>> is_allowed("GPL-2.0-only OR MIT", ("MIT",)), is_allowed("MIT AND GPL-2.0-only", ("MIT",))
    (True, False)
    >>> is_allowed("all rights reserved", ("MIT",)) is None
    True
    """
    plain = _REMARK.sub("", license_.strip())
    listed = {name.casefold() for name in allowed}
    if len(plain) > _MAX_CHARS:
        return None
    if plain.casefold() in listed:
        return True
    licensing = _licensing()
    try:
        parsed = licensing.parse(plain)
        known = parsed is not None and not licensing.unknown_license_keys(parsed)
    except (ExpressionError, RecursionError):
        return None
    return _holds(parsed, listed) if known else None


@cache
def _licensing() -> Any:
    # Reads the list of SPDX, which takes some hundredths of a second.
    return get_spdx_licensing()


def _holds(expression: Any, listed: set[str]) -> bool:
    if isinstance(expression, LicenseWithExceptionSymbol):
        return str(expression.license_symbol.key).casefold() in listed
    if not expression.args:
        return str(expression.key).casefold() in listed
    way = any if expression.operator.strip() == "OR" else all
    return way(_holds(part, listed) for part in expression.args)
