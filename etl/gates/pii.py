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
    emails.KIND: _Kind(emails.LOOK, emails.find_emails),
    phones.KIND: _Kind(phones.LOOK, phones.find_phones),
    accounts.CARD: _Kind(accounts.LOOK_CARD, accounts.find_cards),
    accounts.IBAN: _Kind(accounts.LOOK_IBAN, accounts.find_ibans),
    addresses.KIND: _Kind(addresses.LOOK, addresses.find_addresses),
    national_ids.KIND: _Kind(national_ids.LOOK, national_ids.find_national_ids),
}
KINDS: Final = tuple(_KINDS)


def look(kinds: Iterable[str]) -> str:
    """Return the pattern of the first look for all the kinds at once."""
    return "|".join(f"(?:{_KINDS[kind].look})" for kind in kinds)


def find_pii(text: str, scan: Scan, kinds: Sequence[str] = KINDS) -> list[Finding]:
    """Return the personal data of the given kinds, in the order of the text; of what overlaps the longest stays.

    >>> text = "Write to ann@acme.org or call +49 30 901820."
    >>> [text[found.start:found.end] for found in find_pii(text, Scan(text))]
    ['ann@acme.org', '+49 30 901820']
    """
    found = [finding for kind in kinds if scan.holds(_KINDS[kind].look) for finding in _KINDS[kind].find(text)]
    found.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept
