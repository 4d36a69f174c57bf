"""An excerpt is exactly one place of the document, or the answer is refused."""

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.matching.excerpts import ExcerptError, expand

TEXT = "The keeper lights the lamp. The keeper puts it\nout at dawn. Nobody else climbs the tower."


@pytest.mark.parametrize(
    ("answer", "expanded"),
    [
        ("No excerpt at all.", "No excerpt at all."),
        ("<excerpt>Nobody else climbs</excerpt>", "Nobody else climbs"),
        ("He says: <excerpt>Nobody<...>tower.</excerpt> Really.", "He says: Nobody else climbs the tower. Really."),
        ("<excerpt>The keeper puts<...>dawn.</excerpt>", "The keeper puts it\nout at dawn."),
        ("<excerpt>puts it out</excerpt>", "puts it\nout"),
        ("<excerpt>The keeper lights<...>tower.</excerpt>", TEXT),
        ("<excerpt>the tower.</excerpt><excerpt>The keeper lights</excerpt>", "the tower.The keeper lights"),
    ],
    ids=["none", "whole", "omission", "line break", "blank for line break", "start to end", "two in a row"],
)
def test_an_excerpt_is_the_documents_own_text(answer: str, expanded: str) -> None:
    assert expand(answer, TEXT) == expanded


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("<excerpt>The keeper<...>dawn.</excerpt>", "excerpt_ambiguous"),
        ("<excerpt>A keeper<...>dawn.</excerpt>", "excerpt_not_found"),
        ("<excerpt>Nobody else<...>lamp.</excerpt>", "excerpt_not_found"),
        ("<excerpt>Nobody<...></excerpt>", "excerpt_malformed"),
        ("<excerpt></excerpt>", "excerpt_malformed"),
        ("<excerpt>Nobody<...>climbs<...>tower.</excerpt>", "excerpt_malformed"),
        ("<excerpt>Nobody <excerpt>else</excerpt></excerpt>", "excerpt_malformed"),
        ("<excerpt>Nobody else", "excerpt_malformed"),
        ("Nobody else</excerpt>", "excerpt_malformed"),
        ("</excerpt><excerpt>Nobody else</excerpt>", "excerpt_malformed"),
    ],
)
def test_what_is_no_single_place_is_refused(answer: str, reason: str) -> None:
    with pytest.raises(ExcerptError) as raised:
        expand(answer, TEXT)
    assert raised.value.reason == reason


def test_a_beginning_that_recurs_behind_the_end_is_not_ambiguous() -> None:
    assert expand("<excerpt>The<...>lamp.</excerpt>", TEXT) == "The keeper lights the lamp."


@given(st.text(alphabet="ab <>.", max_size=30), st.text(alphabet="ab <>.", max_size=30))
def test_an_excerpt_never_yields_text_that_the_document_lacks(opening: str, closing: str) -> None:
    try:
        found = expand(f"<excerpt>{opening}<...>{closing}</excerpt>", TEXT + " aabbab b.a")
    except ExcerptError:
        return
    assert found in TEXT + " aabbab b.a"


@pytest.mark.parametrize(
    "answer", ["<excerpt>" * 6_000, "<excerpt>e<...>zz</excerpt>" * 1, "</excerpt>" * 6_000, "<...>" * 12_000]
)
def test_hostile_answers_take_linear_time(answer: str) -> None:
    began = time.process_time()
    with suppress(ExcerptError):
        expand(answer, "e" * 200_000)
    assert time.process_time() - began < 1
