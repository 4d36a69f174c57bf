"""A mask overwrites in shape: nothing moves, nothing is left, and masking twice is masking once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.gates.base import Finding
from etl.gates.mask import mask
from etl.gates.pii import KINDS, find_pii
from etl.gates.scan import Scan
from etl.gates.secrets import find_secrets
from tests.unit.gates.planted import PII, in_text, secrets

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted), max_size=6)


@given(st.text(max_size=30), spans)
def test_the_text_keeps_its_length_and_everything_outside_the_findings(text: str, places: list[list[int]]) -> None:
    findings = [Finding("email", start, min(end, len(text))) for start, end in places]
    masked = mask(text, findings)
    inside = {at for finding in findings for at in range(finding.start, finding.end)}
    assert len(masked) == len(text)
    assert all(masked[at] == text[at] for at in range(len(text)) if at not in inside)


def test_overlapping_findings_are_masked_once() -> None:
    assert mask("abcdef 12", [Finding("a", 0, 4), Finding("b", 2, 6)]) == "xxxxxx 12"


@pytest.mark.parametrize("kind", KINDS)
def test_masked_personal_data_is_found_no_more(kind: str) -> None:
    for number, planted in enumerate(PII[kind]()):
        text = in_text(number, planted)
        masked = mask(text, find_pii(text, Scan(text)))
        assert find_pii(masked, Scan(masked)) == [], (text, masked)


def test_masked_secrets_are_found_no_more() -> None:
    for _, text in secrets():
        masked = mask(text, find_secrets(text, Scan(text)))
        assert masked != text
        assert find_secrets(masked, Scan(masked)) == [], (text, masked)
