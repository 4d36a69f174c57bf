"""A first look is quick and misses nothing that the gate behind it would find."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.gates import BoilerplateGate, GatesConfig, HarmGate, MarkersGate, PiiGate, SecretsGate
from etl.gates import national_ids
from etl.gates.addresses import LOOK, find_addresses
from etl.gates.base import Finding
from etl.gates.boilerplate import refuse_boilerplate
from etl.gates.judge import Judge, Looked
from etl.gates.national_ids import find_national_ids
from etl.gates.scan import Scan, which_hold

PART = st.one_of(st.integers(0, 260), st.integers(160, 175), st.integers(0, 40), st.sampled_from((10, 127, 172, 192)))
BEFORE = st.sampled_from(("", " ", "\n", "v", "ip ", "IP: ", "host=", "clıent (", "İp ", "(", "- ", "1.", "é", "from "))
BEHIND = st.sampled_from(("", " ", ".", ".3", ",", "/24", "-", "a", "é", "\n", ":80"))


@given(BEFORE, st.tuples(PART, PART, PART, PART), BEHIND)
def test_the_first_look_at_addresses_misses_none(before: str, parts: tuple[int, ...], behind: str) -> None:
    text = before + ".".join(map(str, parts)) + behind
    assert Scan(text).holds(LOOK) or not list(find_addresses(text))


@given(st.text(alphabet="23:aF0fe .,x", max_size=40))
def test_the_first_look_at_long_addresses_misses_none(text: str) -> None:
    assert Scan(text).holds(LOOK) or not list(find_addresses(text))


NATIONAL = st.sampled_from((
    "123-45-6789", "SSN: 123 45 6789", "AB 12 34 56 C", "12345678Z", "X1234567L", "11010519491231002X",
    "529.982.247-25", "RSSMRA85T10A562S", "2 55 08 14 168 025 38", "800101-1234561", "cpf 52998224725",
    "2341 2341 2346",
))  # fmt: skip


@given(BEFORE, NATIONAL, BEHIND)
def test_the_first_look_at_national_numbers_misses_none(before: str, number: str, behind: str) -> None:
    text = before + number + behind
    assert list(find_national_ids(text)) == list(_slowly(text))


def _slowly(text: str) -> Iterator[Finding]:
    for number in national_ids._NUMBERS:
        for match in number.shape.finditer(text):
            announced = number.word is None or number.word.search(text[max(0, match.start() - 48) : match.start()])
            if announced and number.holds(re.sub(r"[ .\-]", "", match[0])):
                yield Finding("national_id", match.start(), match.end())


@pytest.mark.parametrize("text", ["127.0.0.1", "192.168.178.20", "172.31.0.1", "255.255.255.0", "10.1.2.3", "2.10.0.4"])
def test_what_no_machine_has_costs_no_second_look(text: str) -> None:
    assert not Scan(f"See {text}.").holds(LOOK)


def test_the_rest_of_a_text_begins_with_the_first_match_and_knows_what_stands_before() -> None:
    rest = Scan("a1 é b2 c").behind(r"b\d")
    assert rest is not None
    assert not rest.holds("a1") and rest.holds("c")
    assert not rest.holds("^b") and rest.holds(r"\bb2\b")
    assert list(rest.starts("[bc]")) == [5, 8]
    assert rest.count("[a-z]", 9) == 2
    assert Scan("a").behind("b") is None


def test_a_mark_before_and_behind_personal_data_is_seen() -> None:
    judge = Judge(GatesConfig(markers=MarkersGate(), pii=PiiGate(), secrets=SecretsGate()), "pretrain")
    for text in ("<|im_start|> call +49 30 901820", "call +49 30 901820 <|im_start|>"):
        assert judge.document(text).reason == "leaked_marker"
        assert judge.pair("Why?", text).reason == "leaked_marker"
    assert judge.document("call +49 30 901820, then ann@acme.org").tags == ("pii_email", "pii_phone")
    assert judge.document("<div> ann@acme.org").tags == ("pii_email",)


SAID = (
    "", "Call +49 30 901820", "1.2.3.4", "see 85.214.132.117", "85.214.132.117", "<|im_end|>", "Human: a\n", "Human: b",
    "4111 1111 1111 1111", "fuck cock", "cock", "it is ann@acme.org", "é", "\ud800",
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(SAID), st.sampled_from(SAID), st.sampled_from(SAID)), max_size=8))
def test_a_look_at_many_pairs_changes_no_verdict(pairs: list[tuple[str, str, str]]) -> None:
    gates = GatesConfig(
        markers=MarkersGate(), pii=PiiGate(), secrets=SecretsGate(), harm=HarmGate(min_words=2, classifier={})
    )
    judge = Judge(gates, "pretrain")
    seen = judge.look([Looked(*texts, lang) for lang, texts in zip(("en", None) * 4, pairs, strict=False)])
    for lang, (asked, answered, context), each in zip(("en", None) * 4, pairs, seen, strict=False):
        alone = judge.pair(asked, answered, None, context, lang)
        assert judge.pair(asked, answered, None, context, lang, seen=each) == alone


def test_a_look_at_many_texts_names_those_it_matches() -> None:
    texts = ["10.0.0.1", "85.214.132.117", "", "none", "85.214.132.117 and", "is 85.214.132.117"]
    assert which_hold(texts, LOOK) == {1, 4, 5}
    assert which_hold([], "a") == set()


@pytest.mark.parametrize("said", ["PAGE NOT FOUND", "page not found", "Page Not Found – é", "we use cooKies"])
def test_furniture_is_found_whatever_its_letters(said: str) -> None:
    refusal = refuse_boilerplate(said, BoilerplateGate())
    assert refusal is not None and refusal.reason == "boilerplate"
