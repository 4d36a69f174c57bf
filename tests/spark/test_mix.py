"""The mixture holds the share asked for, to within one row, at any parallelism."""

import pytest

from etl.config.models import MixtureConfig
from etl.mixture.shares import shares_of
from etl.schemas import MIXTURE
from etl.stages.count_tokens import count_tokens, read_tokenizer
from etl.stages.mix import mix, offer, plan, reject_chat_tokens, take, tally
from etl.stages.twins import raw_only, without_pairs

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


@pytest.fixture
def two_sources(parsed, candidates):
    """Documents and pairs of two sources, the same number of each."""
    documents = parsed(*({"source": "ab"[n % 2], "n_tokens": 50} for n in range(400)))
    pairs = candidates(*({"source": "ab"[n % 2], "doc_id": f"{n:032x}", "n_tokens": 10} for n in range(400)))
    return documents, pairs


def counts(rows):
    return {
        (stream, source): sum(row["stream"] == stream and row["source"] == source for row in rows)
        for stream in ("raw", "instruction")
        for source in "ab"
    }


def test_a_source_of_twice_the_weight_gives_twice_the_text_and_pairs(two_sources):
    config = MixtureConfig(ratio=0.05, splits={}, source_weights={"a": 2.0, "b": 1.0})
    rows, tallied, planned = mixed(*two_sources, config)
    found = counts(rows)
    assert found[("raw", "a")] == 200
    assert 80 < found[("raw", "b")] < 120
    assert 1.4 < found[("instruction", "a")] / found[("instruction", "b")] < 2.8
    share = next(
        row for row in shares_of(tallied, planned.splits, "tokens") if row[:3] == ("train", "*", "instruction")
    )
    assert abs(share.achieved - 0.05) <= share.tolerance


def test_scaling_all_weights_changes_nothing(two_sources):
    drawn = [
        sorted(
            row["row_id"]
            for row in mixed(*two_sources, MixtureConfig(ratio=0.05, splits={}, source_weights={"a": a, "b": b}))[0]
        )
        for a, b in ((2.0, 1.0), (0.5, 0.25), (100.0, 50.0))
    ]
    assert drawn[0] == drawn[1] == drawn[2]


def test_a_source_of_weight_zero_is_left_out(two_sources):
    rows, _, _ = mixed(*two_sources, MixtureConfig(ratio=0.05, splits={}, source_weights={"b": 0.0}))
    assert {row["source"] for row in rows} == {"a"}


def test_pairs_can_have_weights_of_their_own(two_sources):
    rows, _, _ = mixed(*two_sources, MixtureConfig(ratio=0.05, splits={}, instruction_weights={"b": 0.0}))
    found = counts(rows)
    assert (found[("raw", "a")], found[("raw", "b")], found[("instruction", "b")]) == (200, 200, 0)
    assert found[("instruction", "a")] > 0


@pytest.mark.parametrize("unit", ["tokens", "rows", "bytes"])
def test_pairs_take_the_place_of_raw_text_within_a_total(many_documents, many_pairs, unit):
    total = {"tokens": 5000, "rows": 100, "bytes": 800}[unit]
    config = MixtureConfig(ratio=0.10, unit=unit, total=total, splits={})
    found = shares(many_documents, many_pairs, config)
    units = [found[("train", stream)].units for stream in ("raw", "instruction")]
    assert units == [pytest.approx(total * 0.9, abs=60), pytest.approx(total * 0.1, abs=60)]
    assert {row.fallback for row in found.values()} == {"none"}


def test_a_split_can_have_a_ratio_of_its_own(many_documents, many_pairs):
    config = MixtureConfig(ratio=0.05, ratios={"validation": 0.0}, splits={"validation": 0.3})
    found = shares(many_documents, many_pairs, config)
    assert found[("validation", "instruction")].rows == 0
    assert found[("train", "instruction")].rows > 0
    assert found[("validation", "instruction")].planned == 0


def test_a_draw_that_is_not_exact_needs_no_rows_and_comes_near(many_documents, many_pairs):
    config = MixtureConfig(ratio=0.05, exact=False, splits={})
    row = shares(many_documents, many_pairs, config)[("train", "instruction")]
    assert abs(row.achieved - 0.05) < 0.01


def test_a_bucket_of_many_rows_is_cut_in_finer_buckets_to_the_same_rows(many_documents, many_pairs, monkeypatch):
    config = MixtureConfig(ratio=0.05, splits={})
    expected = sorted(row["row_id"] for row in mixed(many_documents, many_pairs, config)[0])
    monkeypatch.setattr("etl.stages.draws._FEW_ROWS", 0)
    assert sorted(row["row_id"] for row in mixed(many_documents, many_pairs, config)[0]) == expected


def test_pairs_without_raw_text_are_not_mixed_and_the_report_says_why(parsed, many_pairs):
    row = shares(parsed(), many_pairs, MixtureConfig(splits={}))[("train", "instruction")]
    assert (row.rows, row.fallback) == (0, "no_raw")


@pytest.mark.parametrize("total", [None, 5000], ids=["added_to_raw", "within_a_total"])
def test_twins_hold_the_raw_rows_of_the_mixture_and_the_second_is_as_large(many_documents, many_pairs, total):
    config = MixtureConfig(ratio=0.10, total=total, splits={"validation": 0.2}, twins=True)
    offered = offer(many_documents, many_pairs, config, 42)
    planned = plan(offered, config)
    taken = take(offered, planned)
    mixture = mix(taken).collect()
    raw = {row["row_id"] for row in mixture if row["stream"] == "raw"}
    assert {row["row_id"] for row in without_pairs(taken).collect()} == raw
    large = raw_only(offered, planned, tally(taken), config).collect()
    assert {row["stream"] for row in large} == {"raw"}
    assert raw <= {row["row_id"] for row in large}
    assert len({row["row_id"] for row in large}) == len(large)
    # Where all raw text is in the mixture, some of it comes twice; within a total there is more of it.
    assert (len({row["doc_id"] for row in large}) == len(large)) == (total is not None)
    for split in ("train", "validation"):
        units = [sum(row["n_tokens"] for row in rows if row["split"] == split) for rows in (mixture, large)]
        assert abs(units[0] - units[1]) <= 56


def test_the_ratio_counts_the_tokens_of_the_trainers_tokenizer(many_documents, many_pairs, tmp_path):
    library = pytest.importorskip("tokenizers")
    # One token a character: what words count is no longer what counts.
    tokenizer = library.Tokenizer(library.models.BPE(vocab={"[UNK]": 0}, merges=[], unk_token="[UNK]"))
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    config = MixtureConfig(ratio=0.05, splits={}, tokenizer=str(tmp_path / "tokenizer.json"))
    offered = count_tokens(offer(many_documents, many_pairs, config, 42), read_tokenizer(config), config)
    planned = plan(offered, config)
    taken = take(offered, planned)
    rows = mix(taken).collect()
    assert all(row["n_tokens"] == len(row["text"]) for row in rows)
    assert all(row["instruction_tokens"] == (row["n_tokens"] if row["stream"] == "instruction" else 0) for row in rows)
    found = next(
        row
        for row in shares_of(tally(taken), planned.splits, "tokens")
        if (row.source, row.stream) == ("*", "instruction")
    )
    assert abs(found.achieved - 0.05) <= found.tolerance
