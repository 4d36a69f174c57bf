"""The mixture holds the share asked for, to within one row, at any parallelism."""

import pytest

from etl.config.models import MixtureConfig
from etl.mixture.shares import shares_of
from etl.schemas import MIXTURE
from etl.stages.mix import mix, offer, plan, reject_chat_tokens, take, tally

pytestmark = pytest.mark.spark


def mixed(documents, pairs, config, seed=42):
    offered = offer(documents, pairs, config, seed)
    planned = plan(offered, config)
    taken = take(offered, planned)
    return mix(taken).collect(), tally(taken), planned


def shares(documents, pairs, config):
    _, tallied, planned = mixed(documents, pairs, config)
    rows = shares_of(tallied, planned.splits, config.unit)
    return {(row.split, row.stream): row for row in rows if row.source == "*"}


@pytest.fixture
def many_documents(parsed):
    return parsed(*({"n_tokens": 50 + number % 7, "source_id": f"{number}"} for number in range(200)))


@pytest.fixture
def many_pairs(candidates):
    return candidates(*({"n_tokens": 5 + number % 11, "doc_id": f"{number % 200:032x}"} for number in range(400)))


@pytest.mark.parametrize("ratio", [0.01, 0.05, 0.10])
@pytest.mark.parametrize("unit", ["tokens", "rows", "bytes"])
def test_the_share_is_met_to_within_one_row(many_documents, many_pairs, ratio, unit):
    config = MixtureConfig(ratio=ratio, unit=unit, splits={})
    row = shares(many_documents, many_pairs, config)[("train", "instruction")]
    assert abs(row.achieved - ratio) <= row.tolerance
    assert row.fallback == "none"


def test_a_ratio_of_zero_is_raw_text_only(many_documents, many_pairs):
    rows, _, _ = mixed(many_documents, many_pairs, MixtureConfig(ratio=0, allow_any_ratio=True, splits={}))
    assert {row["stream"] for row in rows} == {"raw"}
    assert len(rows) == 200


def test_a_ratio_of_one_is_pairs_only(many_documents, many_pairs):
    rows, _, _ = mixed(many_documents, many_pairs, MixtureConfig(ratio=1, allow_any_ratio=True, splits={}))
    assert {row["stream"] for row in rows} == {"instruction"}
    assert len(rows) == 400


def test_too_few_pairs_lower_the_ratio(many_documents, candidates):
    row = shares(many_documents, candidates({}), MixtureConfig(ratio=0.05, splits={}))[("train", "instruction")]
    assert (row.rows, row.fallback) == (1, "lower_ratio")


def test_too_few_pairs_drop_raw_text_when_told(many_documents, candidates):
    config = MixtureConfig(ratio=0.05, when_short="drop_raw", splits={})
    pairs = candidates(*({"n_tokens": 20} for _ in range(3)))
    row = shares(many_documents, pairs, config)[("train", "instruction")]
    assert (row.rows, row.fallback) == (3, "drop_raw")
    assert abs(row.achieved - 0.05) <= row.tolerance


def test_too_few_pairs_are_repeated_when_told_and_no_row_has_the_id_of_another(many_documents, candidates):
    config = MixtureConfig(ratio=0.05, when_short="repeat", max_repetition=3, splits={})
    rows, tallied, planned = mixed(many_documents, candidates({"n_tokens": 10}, {"n_tokens": 10}), config)
    instruction = [row for row in rows if row["stream"] == "instruction"]
    assert len(instruction) == 6
    assert len({row["row_id"] for row in rows}) == len(rows)
    assert planned.splits["train"].fallback == "repeat+lower_ratio"
    assert sum(row.rows for row in tallied if row.stream == "instruction") == 6


def test_pairs_are_in_the_split_of_their_document(many_documents, many_pairs):
    rows, _, _ = mixed(many_documents, many_pairs, MixtureConfig(ratio=0.10, splits={"validation": 0.2, "test": 0.1}))
    of_document = {row["doc_id"]: row["split"] for row in rows if row["stream"] == "raw"}
    assert set(of_document.values()) == {"train", "validation", "test"}
    assert all(of_document[row["doc_id"]] == row["split"] for row in rows if row["stream"] == "instruction")


def test_the_rows_do_not_depend_on_partitions(many_documents, many_pairs):
    config = MixtureConfig(ratio=0.05)
    found = [
        sorted(map(str, mixed(many_documents.repartition(n), many_pairs.repartition(n), config)[0])) for n in (1, 2, 8)
    ]
    assert found[0] == found[1] == found[2]


def test_another_seed_draws_other_rows(many_documents, many_pairs):
    config = MixtureConfig(ratio=0.05, splits={})
    one, other = ({row["row_id"] for row in mixed(many_documents, many_pairs, config, seed)[0]} for seed in (1, 2))
    assert one != other


def test_a_document_with_a_chat_token_is_not_mixed_but_rejected(parsed, candidates):
    documents = parsed({"text": "fine"}, {"text": "<|im_start|>", "has_chat_token": True})
    rows, _, _ = mixed(documents, candidates(), MixtureConfig(splits={}))
    assert [row["text"] for row in rows] == ["fine"]
    assert [(row["stage"], row["reason"]) for row in reject_chat_tokens(documents).collect()] == [("mix", "chat_token")]


def test_an_instruction_row_is_request_and_answer_and_its_columns_are_those_of_the_table(parsed, candidates):
    config = MixtureConfig(ratio=1, allow_any_ratio=True, splits={})
    offered = offer(parsed({}), candidates({"instruction": "Why?", "response": "Because.", "n_tokens": 4}), config, 1)
    frame = mix(take(offered, plan(offered, config)))
    assert set(frame.columns) == set(MIXTURE.columns) - {"run_id"}
    row = frame.first()
    assert row["text"] == "Why?\nBecause."
    assert (row["n_tokens"], row["raw_tokens"], row["instruction_tokens"]) == (4, 0, 4)
    assert row["pair_ids"] == [f"{0:032x}"]
