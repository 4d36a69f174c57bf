"""Joined rows hold a text and its pairs; what is taken, and the share, are those of separate rows."""

import pytest

from etl.config.mixture import MixtureConfig
from etl.config.surface import SurfaceConfig
from etl.schemas import MIXTURE
from etl.stages.join_pairs import join_pairs
from etl.stages.mix import mix, offer, plan, take

pytestmark = pytest.mark.spark
BARE = SurfaceConfig(plain_share=1.0)


def joined(documents, pairs, **fields):
    config = MixtureConfig(allow_any_ratio=True, splits={}, stream="joined", surface=BARE, **fields)
    offered = offer(documents, pairs, config, 42)
    taken = take(offered, plan(offered, config))
    frame = mix(join_pairs(taken))
    assert set(frame.columns) == set(MIXTURE.columns) - {"run_id"}
    return frame.collect(), mix(taken).collect()


def test_pairs_stand_behind_their_text_in_its_order_and_all_tokens_are_there(parsed, candidates):
    documents = parsed({"text": "One two.", "n_tokens": 3}, {"text": "No pairs here.", "n_tokens": 4})
    pairs = candidates(
        {"doc_id": f"{0:032x}", "instruction": "Two?", "response": "Two.", "evidence": [(4, 7)], "n_tokens": 4},
        {"doc_id": f"{0:032x}", "instruction": "One?", "response": "One.", "evidence": [(0, 3)], "n_tokens": 4},
        {"doc_id": None, "instruction": "None?", "response": "None.", "evidence": [], "n_tokens": 4},
    )
    rows, separate = joined(documents, pairs, ratio=0.9)
    found = {row["text"]: row for row in rows}
    text = "One two.\n\nOne?\nOne.\n\nTwo?\nTwo."
    assert set(found) == {text, "No pairs here.", "None?\nNone."}
    assert found[text]["layout"] == "plain"
    assert [found[each]["stream"] for each in (text, "No pairs here.", "None?\nNone.")] == [
        "joined", "raw", "instruction",
    ]  # fmt: skip
    assert found[text]["pair_ids"] == [f"{1:032x}", f"{0:032x}"]
    assert tuple(found[text][name] for name in ("n_tokens", "raw_tokens", "instruction_tokens")) == (11, 3, 8)
    for kind in ("n_tokens", "raw_tokens", "instruction_tokens"):
        assert sum(row[kind] for row in rows) == sum(row[kind] for row in separate)
    assert len({row["row_id"] for row in rows}) == len(rows)


def test_a_repeated_pair_stands_with_its_text_once(parsed, candidates):
    documents = parsed({"n_tokens": 100})
    pairs = candidates({"instruction": "Why?", "response": "It is the number of all."})
    rows, separate = joined(documents, pairs, ratio=0.22, when_short="repeat", max_repetition=3)
    assert sorted(row["stream"] for row in rows) == ["instruction", "instruction", "joined"]
    assert sum(row["instruction_tokens"] for row in rows) == sum(row["instruction_tokens"] for row in separate) == 27
    assert len({row["row_id"] for row in rows}) == 3


def test_a_pair_whose_text_is_not_taken_stays_alone(parsed, candidates):
    documents = parsed({"text": "<|im_start|>", "has_chat_token": True}, {"n_tokens": 100})
    rows, _ = joined(documents, candidates({"instruction": "Why?", "response": "It is the number of all."}), ratio=0.09)
    assert sorted(row["stream"] for row in rows) == ["instruction", "raw"]
