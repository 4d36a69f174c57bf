"""Near-duplicates, decontamination and diversity: what is on, what is possible, where benchmarks are looked for."""

import pytest


def test_all_are_off_unless_named(load):
    select = load().config.select
    assert select.near_duplicates.documents is None
    assert select.near_duplicates.instructions is None
    assert select.decontamination is None
    assert select.diversity is None


def test_an_empty_mapping_switches_on_with_defaults(load):
    select = load(
        "select.near_duplicates.documents={}", "select.near_duplicates.instructions={}", "select.diversity={}"
    ).config.select
    assert (select.near_duplicates.documents.ngram_size, select.near_duplicates.instructions.ngram_size) == (5, 3)
    assert select.diversity.single_turn


def test_the_path_of_a_benchmark_is_relative_to_where_it_is_written(load, tmp_path):
    benchmark = "{name: gsm8k, path: items.jsonl, format: jsonl, columns: [question]}"
    config = load(f"select.decontamination.benchmarks=[{benchmark}]").config
    assert config.select.decontamination.benchmarks[0].path == str(tmp_path / "here" / "items.jsonl")


EMBEDDER = "models.embedder={engine: fake, model: words}"


def test_what_needs_vectors_needs_an_embedder_and_nothing_else(load, problems):
    for asked in ("select.semantic_duplicates={}", "select.diversity.topic={count: 20}"):
        assert load(EMBEDDER, asked).config.models.embedder.engine == "fake"
        key = asked.split("=")[0]
        assert f"{key}: needs models.embedder, the model that makes vectors, such as" in "\n".join(problems(asked))


def test_an_embedder_that_nothing_asks_is_a_mistake(problems):
    assert "select.semantic_duplicates" in "\n".join(problems(EMBEDDER))


def test_a_topic_has_a_largest_share_only(load):
    diversity = load(EMBEDDER, "select.diversity.topic={max_share: 0.1}").config.select.diversity
    assert (diversity.topic.count, diversity.shares_of("topic").max_share) == (50, 0.1)
    assert diversity.shares_of("source") is None


@pytest.mark.parametrize(
    ("override", "said"),
    [
        ("select.near_duplicates.documents={num_hashes: 100, num_bands: 30}", "100 is no multiple of num_bands, 30"),
        (
            "select.near_duplicates.documents={num_hashes: 260, num_bands: 20, jaccard_threshold: 0.7}",
            "20 bands of 13 hashes find only 18% of the pairs at jaccard_threshold 0.7",
        ),
        ("select.near_duplicates.pairs={}", "instructions"),
        ("select.decontamination={}", "benchmarks"),
        ("select.diversity.source={max_share: 0}", "must be a number greater than 0 and at most 1, not the number 0"),
        ("select.diversity.family={min_shares: {a: 0.8, b: 0.7}}", "the smallest shares add up to 1.5"),
        ("select.gates.quality={mean_word_chars: [10, 3]}", "the smallest mean length comes first"),
        ("select.gates.quality={mean_word_chars: [3]}", "a list of 2 entries"),
        ("select.gates.license={allowed: []}", "a list of at least one entry"),
        ("select.gates.license={approved_sources: [nosuch]}", "there is no source 'nosuch'; valid are"),
        ("select.gates.contradiction={pairs: some}", "must be one of knowledge_base, all"),
        ("select.gates.harm={classifier: {min_share: 0}}", "greater than 0"),
        ("select.diversity.max_pairs_per_document=0", "max_pairs_per_document"),
        ("select.semantic_duplicates={threshold: 0.2}", "threshold"),
        ("select.diversity.topic={count: 1}", "count"),
    ],
)
def test_what_is_impossible_is_said(problems, override, said):
    assert said in "\n".join(problems(override))


def test_two_benchmarks_of_one_name_are_refused(problems):
    benchmark = "{name: gsm8k, path: a.jsonl, format: jsonl, columns: [question]}"
    assert "used twice: gsm8k" in "\n".join(problems(f"select.decontamination.benchmarks=[{benchmark}, {benchmark}]"))
