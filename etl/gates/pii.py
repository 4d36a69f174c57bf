"""Personal data in a text: where it stands and what it is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from etl.gates import accounts, addresses, emails, national_ids, phones
from etl.gates.base import Finding
from etl.gates.scan import Scan


class _Kind(NamedTuple):
    """A kind of personal data: what to look for first, and what finds it."""

    look: str
    find: Callable[[str], Iterator[Finding]]


_KINDS: Final = {
    phones.KIND: _Kind(phones.LOOK, phones.find_phones),
    accounts.CARD: _Kind(accounts.LOOK_CARD, accounts.find_cards),
    accounts.IBAN: _Kind(accounts.LOOK_IBAN, accounts.find_ibans),
    addresses.KIND: _Kind(addresses.LOOK, addresses.find_addresses),
    national_ids.KIND: _Kind(national_ids.LOOK, national_ids.find_national_ids),
}
KINDS: Final = (emails.KIND, *_KINDS)


def look(kinds: Iterable[str]) -> str:
    """Return the pattern of the first look for all the kinds at once, but for e-mail, which needs none."""
    return "|".join(f"(?:{_KINDS[kind].look})" for kind in kinds if kind in _KINDS)


def may_hold_email(text: str, kinds: Sequence[str]) -> bool:
    """Return whether e-mail is among the kinds and may stand in the text."""
    return emails.KIND in kinds and emails.SIGN in text


def find_pii(text: str, scan: Scan | None, kinds: Sequence[str] = KINDS) -> list[Finding]:
    """Return the personal data of the given kinds, in the order of the text; of what overlaps the longest stays.

    Args:
        text: A text.
        scan: What of it may hold any of the kinds but e-mail; None: nothing.
        kinds: What is looked for.

    >>> text = "Write to ann@acme.org or call +49 30 901820."
    >>> [text[found.start:found.end] for found in find_pii(text, Scan(text))]
    ['ann@acme.org', '+49 30 901820']
    """
    found = list(emails.find_emails(text)) if may_hold_email(text, kinds) else []
    if scan is not None and (others := look(kinds)) and scan.holds(others):
        for kind in kinds:
            if kind in _KINDS and scan.holds(_KINDS[kind].look):
                found += _KINDS[kind].find(text)
    found.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
