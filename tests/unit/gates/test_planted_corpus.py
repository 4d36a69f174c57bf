"""A corpus with a hundred of each thing planted in it: nearly all are caught, each for its reason, and little else."""

import gzip
import json
from collections import Counter
from itertools import chain, islice
from pathlib import Path

import pytest
from license_expression import get_spdx_licensing

from etl.benchmarks.index import BenchmarkIndex
from etl.benchmarks.items import Item
from etl.config.gates import ALLOWED_LICENSES, GatesConfig, LicenseGate, MarkersGate, PiiGate, SecretsGate
from etl.gates.judge import Judge
from etl.text.parse import parse
from tests.unit.gates.planted import FALSE_FRIENDS, PII, clean, in_text
from tests.unit.gates.planted_secrets import KINDS, mixed_secrets
from tests.unit.gates.planted_tokens import LOOK_ALIKES, SPECIAL_TOKENS

N = 100
CAUGHT, FALSE = 0.99, 0.01
SAMPLE = Path(__file__).parents[3] / "conf" / "sample"
JUDGE = Judge(
    GatesConfig(
        license=LicenseGate(),
        markers=MarkersGate(),
        secrets=SecretsGate(action="drop"),
        pii=PiiGate(action="drop"),
    ),
    "pretrain",
)  # fmt: skip
# Addresses that really stand in the sample, of offices and projects.
REAL = ("gsa.gov", "cloud.gov", "omb.eop.gov", "idyll.org", "866-606-8220", "334-206-7828")


def reason(text: str, license_: str | None = "MIT") -> str | None:
    return JUDGE.document(text, "en", license_, "s").reason


def spread(text: str, number: int) -> str:
    """The text somewhere in a page of clean sentences: at its head, in its middle, at its end."""
    before = " ".join(sentence.format("") for sentence in FALSE_FRIENDS[: number % 5])
    return f"{before}\n{in_text(number, text)}\n" + "The rest of the page speaks of something else. " * (number % 7)


def share(caught: list[bool]) -> float:
    assert len(caught) == N
    return sum(caught) / N


def test_personal_data_of_any_kind_is_caught_with_its_kind_as_the_reason() -> None:
    rounds = zip(*(make() for make in PII.values()), strict=True)
    mixed = chain.from_iterable(zip(PII, texts, strict=True) for texts in rounds)
    found = [(kind, reason(spread(text, n))) for n, (kind, text) in enumerate(islice(mixed, N))]
    assert share([why == f"pii_{kind}" for kind, why in found]) >= CAUGHT, found


def test_secrets_of_any_kind_are_caught_with_their_kind_as_the_reason() -> None:
    found = [(kind, reason(spread(text, n))) for n, (kind, text) in enumerate(mixed_secrets(N))]
    missed = [each for each in found if each[1] != f"secret_{each[0]}"]
    assert {kind for kind, _ in found} == set(KINDS)
    assert share([each not in missed for each in found]) >= CAUGHT, missed


def test_special_tokens_of_known_vocabularies_are_caught() -> None:
    tokens = SPECIAL_TOKENS[:N]
    missed = [token for n, token in enumerate(tokens) if reason(spread(token, n)) != "leaked_marker"]
    assert share([token not in missed for token in tokens]) >= CAUGHT, missed
    assert [token for token in SPECIAL_TOKENS if reason(token) != "leaked_marker"] == []


def violations() -> list[str]:
    """SPDX ids that nobody allowed, alone and in expressions that hold only where all of them may be used."""
    allowed = {name.casefold() for name in ALLOWED_LICENSES}
    keys = sorted(key for key, symbol in get_spdx_licensing().known_symbols.items() if not symbol.is_exception)
    foreign = [key for key in keys if key.casefold() not in allowed]
    shapes = ("{0}", "MIT AND {0}", "{0} OR {1}", "{0} (of work 7)", "({0} OR {1}) AND Apache-2.0")
    return [shapes[n % 5].format(foreign[n * 5], foreign[n * 5 + 1]) for n in range(N)]


def test_licences_that_are_not_allowed_are_caught() -> None:
    text = "Nothing is wrong with this text but the licence that it is under."
    missed = [each for each in violations() if reason(text, each) != "license_not_allowed"]
    assert share([each not in missed for each in violations()]) >= CAUGHT, missed
    forms = ("{}", "{} (of work 7)", "{} OR GPL-2.0-only", "{} AND MIT")
    allowed = [form.format(each) for each in ALLOWED_LICENSES if " " not in each for form in forms]
    assert [each for each in allowed if reason(text, each) is not None] == []


def item_text(number: int) -> str:
    if number % 4 == 3:
        return "".join(chr(0x4E00 + (number * 97 + place * place * 31) % 20_000) for place in range(40))
    words = " ".join(f"topic{number}x{(place * place + 3) % 89}" for place in range(25))
    return f"{words} {('?', '!', '.')[number % 3]}"


@pytest.mark.parametrize("is_instruction", [True, False])
def test_benchmark_items_in_any_script_are_caught_and_named(is_instruction: bool) -> None:
    items = [Item("made_up", n + 1, "question", item_text(n)) for n in range(N)]
    index = BenchmarkIndex(items, 13, 0.5)
    wrap = ("{}", "Before it stands this. {} And that behind it.", "{}\n\nAnswer:", "Q: {}")
    planted = [wrap[n % 4].format((str, str.upper, str.title)[n % 3](item_text(n))) for n in range(N)]
    found = index.find(planted, is_instruction=is_instruction)
    assert share([hit is not None and hit.item.row == n + 1 for n, hit in enumerate(found)]) >= CAUGHT
    assert [hit for hit in index.find(list(clean()), is_instruction=is_instruction) if hit] == []


def test_false_friends_in_clean_texts_raise_no_alarm() -> None:
    texts = [*clean(), *(in_text(n, mark) for n, mark in enumerate(LOOK_ALIKES * 10))]
    alarms = [(found, text) for text in texts if (found := reason(text))]
    assert len(alarms) <= FALSE * len(texts), alarms


def test_of_the_sample_corpus_only_what_really_stands_there_is_named() -> None:
    files = sorted(SAMPLE.glob("*.jsonl.gz"))
    lines = [line for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
    reasons: Counter[str] = Counter()
    for line in lines:
        record = json.loads(line)
        text = parse(record["text"], record["format"]).text
        if not any(real in text for real in REAL):
            reasons.update(filter(None, [reason(text, record["license"])]))
    assert len(lines) > 200
    assert sum(reasons.values()) <= FALSE * len(lines), reasons
