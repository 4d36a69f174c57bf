"""Secrets are found by their shape; what documentation shows in their place is none."""

from collections import Counter

import pytest

from etl.gates.scan import Scan
from etl.gates.secrets import find_secrets
from tests.unit.gates.planted import FALSE_FRIENDS, N, clean, in_text, secrets


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find_secrets(text, Scan(text))]


def test_of_a_hundred_planted_of_each_kind_at_least_99_are_caught() -> None:
    caught = Counter(kind for number, (kind, text) in enumerate(secrets()) if kind in kinds(in_text(number, text)))
    assert set(caught) == {"aws_key", "github_token", "slack_token", "private_key", "jwt", "password"}
    assert min(caught.values()) >= N * 99 // 100, caught


def test_of_clean_texts_at_most_one_in_a_hundred_gives_an_alarm() -> None:
    texts = list(clean())
    alarms = [(found, text) for text in texts if (found := kinds(text))]
    assert len(alarms) <= len(texts) // 100, alarms


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_false_friends_are_left_alone(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ghp_" + "x" * 36,
        "AKIA" + "A" * 16,
        "eyJ" + "q" * 30 + ".eyJ" + "q" * 30 + "." + "q" * 30,
        "password = getpass.getpass('Password1: ')",
        "password: correct horse battery staple",
        "postgres://user:password@host/db",
    ],
)
def test_a_placeholder_is_no_secret(text: str) -> None:
    assert kinds(text) == []
