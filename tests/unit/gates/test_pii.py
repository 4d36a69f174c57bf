"""Personal data is found where it stands, and what merely looks like it is left alone."""

import pytest

from etl.gates.pii import KINDS, find_pii
from etl.gates.scan import Scan
from tests.unit.gates.planted import FALSE_FRIENDS, PII, N, clean, in_text


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find_pii(text, Scan(text))]


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_hundred_planted_at_least_99_are_caught(kind: str) -> None:
    texts = [in_text(number, planted) for number, planted in enumerate(PII[kind]())]
    missed = [text for text in texts if kind not in kinds(text)]
    assert len(texts) == N
    assert len(missed) <= N // 100, missed


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_planted_is_called_nothing_else(kind: str) -> None:
    others = [(text, found) for text in PII[kind]() if (found := kinds(text)) and set(found) != {kind}]
    assert len(others) <= N // 100, others


def test_of_clean_texts_at_most_one_in_a_hundred_gives_an_alarm() -> None:
    texts = list(clean())
    alarms = [(found, text) for text in texts if (found := kinds(text))]
    assert len(alarms) <= len(texts) // 100, alarms


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_false_friends_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mail (ann@acme.org).", "ann@acme.org"),
        ("card 4539 1488 0343 6467, valid", "4539 1488 0343 6467"),
        ("IBAN DE89 3704 0044 0532 0130 00 BIC COBADEFF", "DE89 3704 0044 0532 0130 00"),
        ("call (212) 555-0123 x", "(212) 555-0123"),
    ],
)
def test_a_finding_is_no_longer_than_what_was_found(text: str, found: str) -> None:
    assert [text[at.start : at.end] for at in find_pii(text, Scan(text))] == [found]


def test_only_the_kinds_asked_for_are_looked_for() -> None:
    text = "ann@acme.org, 185.60.1.7"
    assert [finding.kind for finding in find_pii(text, Scan(text), ("ip",))] == ["ip"]
