"""Pairs become text in a wording and a layout of their language, drawn by hash and the same at any parallelism."""

from collections import Counter

import pytest
from pyspark.sql import functions as F

from etl.config.mixture import MixtureConfig
from etl.config.surface import SurfaceConfig
from etl.mixture.shares import INSTRUCTION
from etl.stages.expressions import count_words, has_chat_token
from etl.stages.mix import offer
from etl.stages.surface import PLAIN, lay_out
from etl.surface import choose
from etl.surface.load import load_catalog
from etl.surface.models import Demands

pytestmark = pytest.mark.spark

HOSTILE = [
    "What is {instruction}?", r"Why \1 and $1?", "Is it {response} or {context}?", "How does C:\\new\\table work?",
    "A ${jndi:x} question?", "What is \U0001f600?", "Two\nlines?", "{{{{?", "'\"`?", "%s %d {0}?",
]  # fmt: skip
TITLES = [
    "Installing the printer",
    "Summarize the text.",
    "Open the settings",
    "Fasse den Text zusammen.",
    "安装打印机",
]
LANGUAGES = ["en", "de-AT", "zh-CN", "zh_TW", "ja", None, "xx", "pt-BR", "ENG", "not a code", "ar"]


@pytest.fixture
def varied(candidates):
    wordings = [*HOSTILE, *TITLES]
    return candidates(
        *(
            {
                "instruction": wordings[number % len(wordings)],
                "response": ["One line.", "Two\nlines {response} $0 \\"][number % 2],
                "context": [None, "", "A text.\n{context}"][number % 3],
                "lang": LANGUAGES[number % len(LANGUAGES)],
                "family": ["question_answering", "how_to", "summarization", "definition"][number % 4],
            }
            for number in range(600)
        )
    )


def described(row):
    return (row["pair_id"], row["text"], row["layout"], row["instruction_tokens"])


def test_a_pair_stands_unchanged_in_its_text(varied):
    for row in lay_out(varied, SurfaceConfig(), 42).collect():
        assert row["instruction"] in row["text"]
        assert row["response"] in row["text"]
        assert (row["context"] or "") in row["text"]
        assert row["text"].index(row["instruction"]) + len(row["instruction"]) <= row["text"].rindex(row["response"])


def test_no_pair_is_lost_and_no_column(varied):
    laid = lay_out(varied, SurfaceConfig(), 42)
    assert laid.columns == [*varied.columns, "text", "layout", "instruction_tokens"]
    assert sorted(row["pair_id"] for row in laid.collect()) == sorted(row["pair_id"] for row in varied.collect())


def test_the_tokens_are_those_of_the_whole_text(varied):
    laid = lay_out(varied, SurfaceConfig(), 42)
    assert laid.filter(F.col("instruction_tokens") != count_words(F.col("text"))).count() == 0


def test_the_text_is_what_the_pure_function_makes_of_the_wording_and_layout_it_names(varied):
    catalog = load_catalog()
    wordings = {wording.id: wording for wording in catalog.wordings}
    layouts = {layout.id: layout for layout in catalog.layouts}
    seen = set()
    for row in lay_out(varied, SurfaceConfig(), 42).collect():
        if row["layout"] == PLAIN:
            parts = [row["context"], row["instruction"], row["response"]]
            assert row["text"] == "\n".join(part for part in parts if part)
            continue
        wording_id, layout_id = row["layout"].split("+")
        layout = layouts[layout_id]
        wording = wordings.get(wording_id) or choose.bare("und", "title")
        kind = choose.kind_of(row["instruction"], row["family"], catalog.languages.get(wording.language, Demands()))
        seen.add(kind)
        if wording_id in wordings:
            assert kind == wording.takes
            assert wording.family in ("any", row["family"])
        assert kind in layout.takes
        assert row["text"] == choose.lay_out(wording, layout, row["instruction"], row["response"], row["context"] or "")
        assert not (layout.one_line and "\n" in row["instruction"] + row["response"])
    assert seen == {"question", "title", "imperative"}


@pytest.mark.parametrize(
    ("lang", "wording"),
    [("en", "en"), ("EN-us", "en"), ("deu", "de"), ("zh_Hans", "zh"), ("zh-CN", "zh"), ("pt-BR", "pt"),
     ("zh-TW", "und"), ("xx", "und"), ("English", "und"), (None, "und")],
)  # fmt: skip
def test_a_wording_has_the_language_of_its_pair(candidates, lang, wording):
    pairs = candidates(*({"lang": lang} for _ in range(40)))
    found = {row["layout"].split(".")[0] for row in lay_out(pairs, SurfaceConfig(plain_share=0), 42).collect()}
    assert found == {wording}


def test_a_pair_in_another_language_gets_no_words(candidates):
    pairs = candidates({"lang": "eo", "instruction": "Instalado de la programo", "response": "Jes."})
    row = lay_out(pairs, SurfaceConfig(), 42).first()
    assert set(row["text"].replace("Instalado de la programo", "").replace("Jes.", "")) <= set("QA:.# \n")
    assert "Q" in row["text"]


def test_a_title_is_never_left_plain_since_it_asks_for_nothing(candidates):
    pairs = candidates(*({"instruction": "Installing the printer", "family": "how_to"} for _ in range(100)))
    layouts = {row["layout"] for row in lay_out(pairs, SurfaceConfig(plain_share=1), 42).collect()}
    assert PLAIN not in layouts
    assert len(layouts) > 50


def test_the_plain_share_is_met(candidates):
    pairs = candidates(*({} for _ in range(2000)))
    laid = lay_out(pairs, SurfaceConfig(plain_share=0.25), 42)
    assert 430 <= laid.filter(F.col("layout") == PLAIN).count() <= 570
    assert lay_out(pairs, SurfaceConfig(plain_share=1), 42).filter(F.col("layout") != PLAIN).count() == 0


def test_no_wording_and_no_layout_has_three_times_its_share(candidates):
    pairs = candidates(*({"lang": "de"} for _ in range(6000)))
    rows = [row["layout"].split("+") for row in lay_out(pairs, SurfaceConfig(plain_share=0), 42).collect()]
    for ids in zip(*rows, strict=True):
        counts = Counter(ids)
        assert max(counts.values()) <= 3 * len(rows) / len(counts)
        assert len(counts) >= 10


def test_the_same_rows_at_any_parallelism(varied):
    found = [sorted(map(described, lay_out(varied.repartition(n), SurfaceConfig(), 42).collect())) for n in (1, 7)]
    assert found[0] == found[1]


def test_another_seed_chooses_otherwise(varied):
    one, other = (set(map(described, lay_out(varied, SurfaceConfig(), seed).collect())) for seed in (1, 2))
    assert len(one & other) < 0.2 * len(one)


def test_no_chat_token_comes_in(varied):
    laid = lay_out(varied, SurfaceConfig(plain_share=0), 42)
    assert laid.filter(has_chat_token(F.col("text"))).count() == 0


def test_a_wording_of_the_users_folder_is_used_for_the_rule_it_names(candidates, tmp_path):
    head = "language: eo\nwordings:\n  any:\n    question:\n"
    named = '      own.q1@3: {text: "Demando: {instruction}", rules: [faq]}\n'
    (tmp_path / "eo.yaml").write_text(head + named, encoding="utf-8")
    config = SurfaceConfig(wordings=str(tmp_path), plain_share=0)
    pairs = candidates({"lang": "eo", "rule": "faq"}, {"lang": "eo", "rule": "howto"})
    named, other = sorted(row["layout"].split("+")[0] for row in lay_out(pairs, config, 42).collect())
    assert (named, other) == ("eo.own.q1@3", "und.bare@1")


def test_a_very_long_instruction_is_laid_out_in_no_time(candidates):
    pairs = candidates(*({"instruction": sign * 1_000_000} for sign in ("?", " ?", "a ", "explain")))
    assert all(len(row["text"]) > 1_000_000 for row in lay_out(pairs, SurfaceConfig(), 42).collect())


def test_a_row_of_the_mixture_counts_its_whole_text(parsed, candidates):
    config = MixtureConfig(splits={}, surface=SurfaceConfig(plain_share=0))
    offered = offer(parsed({}), candidates({"n_tokens": 1}), config, 42).filter(F.col("stream") == INSTRUCTION)
    row = offered.withColumn("counted", count_words(F.col("text"))).first()
    assert row["n_tokens"] == row["instruction_tokens"] == row["units"] == row["counted"]
    assert row["layout"].startswith("en.")
