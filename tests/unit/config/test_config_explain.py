"""Messages: where, what is wrong, what would be valid; one line each, no jargon, no secrets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.config.explain import MAX_PROBLEMS
from etl.config.load import Loaded

Load = Callable[..., Loaded]
Problems = Callable[..., list[str]]

FILE = "../conf/pipeline.yaml"
SOURCE_KEYS = (
    "name, path, table, format, version_as_of, text_col, id_col, url_col, title_col, lang_col, license_col, "
    "format_col, text_format, license"
)
SEED = "a whole number from 0 to 9223372036854775807"


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("run.sed=1", "--set run.sed: unknown key; did you mean seed? valid keys: seed"),
        ("run.Seed=1", "--set run.Seed: unknown key; did you mean seed? valid keys: seed"),
        ("mixture.RATIO=1", "--set mixture.RATIO: unknown key; did you mean ratio?"),
        ("mixture.max-rep=1", "--set mixture.max-rep: unknown key; did you mean max_repetition?"),
        ("run={sed: 1}", "--set run: run.sed: unknown key; did you mean seed? valid keys: seed"),
        (
            "ratio=0.1",
            "--set ratio: unknown key; did you mean mixture.ratio? "
            "valid keys: run, input, output, rules, knowledge_base, templates, entities, models, generate, select, "
            "mixture, errors",
        ),
        ("input.sources.0.formt=x", f"did you mean format? valid keys: {SOURCE_KEYS}"),
        ("rules.fqa={}", "--set rules.fqa: unknown rule; did you mean faq? valid rules: markup, thread, faq, labelled"),
        ("rules.zzz={}", "--set rules.zzz: unknown rule; valid rules: markup, thread, faq, labelled_qa, howto"),
        ("run.seed='42'", f"--set run.seed: must be {SEED}, not the text '42'"),
        ("run.seed=1.0", f"must be {SEED}, not the number 1.0"),
        ("run.seed=true", f"must be {SEED}, not true"),
        ("run.seed=null", f"must be {SEED}, not null"),
        (f"run.seed={2**63}", f"must be {SEED}, not the number {2**63}"),
        ("run=3", "--set run: must be a mapping, not the number 3"),
        ("rules=null", "--set rules: must be a mapping, not null"),
        ("rules.faq=on", "--set rules.faq: must be a mapping, not the text 'on'"),
        ("rules={faq: }", "rules.faq: has no value; write {} for its defaults or null to switch it off"),
        ("input.keep_chrome=yes", "--set input.keep_chrome: must be true or false, not the text 'yes'"),
        ("mixture.ratio=1.5", "--set mixture.ratio: must be a number from 0 to 1, not the number 1.5"),
        ("mixture.ratio=.nan", "--set mixture.ratio: must be a number from 0 to 1, not the number nan"),
        ("mixture.unit=token", "one of tokens, rows, bytes, not the text 'token'; did you mean tokens?"),
        ("mixture.tokenizer=gpt2", "--set mixture.tokenizer: must be words, or a file that ends in .json, .model"),
        ("mixture.splits={a b: 0.1}", "mixture.splits.'a b': is no valid key; it must be a name of at"),
        ("input.sources={}", "must be a list of at least one entry, not an empty mapping"),
        ("input.sources=[]", "must be a list of at least one entry, not an empty list"),
        ("input.sources=[x]", "--set input.sources: input.sources.0: must be a mapping, not the text 'x'"),
        ("input.sources=[{name: a, path: b}]", "input.sources.0.format: is missing; it must be one of"),
        ("input.sources.0.path=''", "must be a text, not empty, no control characters, not the text ''"),
        ('input.sources.0.path="a\\0"', "not empty, no control characters, not the text 'a\\x00'"),
        ("input.sources.0.name=a/b", "must be a name of at most 100 letters"),
        ("models.embedder={model: x}", "models.embedder.engine: is missing; it must be one of"),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_would_be_valid(problems: Problems, argument: str, message: str) -> None:
    (line,) = problems(argument)
    assert message in line
    assert line.startswith(("--set ", FILE))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["mixture.ratio=0.5"], "--set mixture.ratio: 0.5 lies outside the customary 0.01 to 0.10; set"),
        (["mixture.ratio=0.009"], "--set mixture.ratio: 0.009 lies outside the customary 0.01 to 0.10"),
        (["mixture={stream: joined, unit: rows}"], "mixture.stream: joined needs unit: tokens, as a row holds both"),
        (["mixture.ratios={validation: 0.5}"], "--set mixture.ratios: mixture.ratios.validation: 0.5 lies outside"),
        (["mixture.ratios={test: 0.05}"], "mixture.ratios: there is no split 'test'; valid are train, validation"),
        (["mixture.source_weights={z: 2.0}"], "mixture.source_weights: there is no source 'z'; valid are a, b"),
        (["mixture.instruction_weights={z: 2.0}"], "mixture.instruction_weights: there is no source 'z'"),
        (["mixture.source_weights={a: 0.0, b: 0.0}"], "every source weighs 0; at least one must weigh more"),
        (["mixture.splits={train: 0.5}"], "mixture.splits: train is what the other splits leave over"),
        (["mixture.splits={a: 0.9, b: 0.2}"], "mixture.splits: the shares add up to more than 1"),
        (["output.schema=s"], "output: give either root or schema; an overlay unsets the other one"),
        (["output.root=null"], "output: give either root or schema"),
        (["output.catalog=c"], "--set output.catalog: needs schema"),
        (["input.sources.1.name=a"], "input.sources: names must be unique; used twice: a"),
        (["input.sources.0.table=t"], "input.sources.0: give either path or table"),
        (["input.sources=[{name: a, table: t, format: csv}]"], "a table is read with format: delta"),
        (["input.sources.0.version_as_of=1"], "version_as_of: needs format: delta, not jsonl"),
        (["input.sources.0={license: x, license_col: y}"], "license: give either license or license_col"),
        (["input.sources.0={text_format: html, format_col: y}"], "text_format: give either text_format or"),
        (["input.sources.1.id_col=x"], "1.id_col: format html has no fields; valid with jsonl, parquet"),
        (["input.instruction_sets=[{name: a, path: x, format: alpaca}]"], "names must be unique; used twice: a"),
        (["input.instruction_sets=[{name: c, format: alpaca}]"], "input.instruction_sets.0: give either path or table"),
        (["input.instruction_sets=[{name: c, path: x, format: alpaca, response_col: z}]"],
         "instruction_sets.0.response_col: format alpaca names its own fields; valid with columns"),
        (["rules.howto={min_steps: 9, max_steps: 3}"], "rules.howto.min_steps: 9 is more than max_steps, 3"),
    ],
)  # fmt: skip
def test_values_that_do_not_go_together_say_which(problems: Problems, arguments: list[str], message: str) -> None:
    (line,) = problems(*arguments)
    assert message in line


def test_customary_bounds_can_be_left_on_purpose(load: Load) -> None:
    assert load("mixture={ratio: 0.5, allow_any_ratio: true}").config.mixture.ratio == 0.5


def test_an_error_in_a_file_names_the_line_of_the_key(problems: Problems) -> None:
    text = "input:\n  sources:\n    - name: a\n      path: x\n      formt: text\nselect:\n  profile: strikt\n"
    assert problems(text=text) == [
        f"{FILE}:3: input.sources.0.format: is missing; it must be one of "
        "jsonl, parquet, delta, csv, text, html, markdown, wet, warc",
        f"{FILE}:5: input.sources.0.formt: unknown key; did you mean format? valid keys: {SOURCE_KEYS}",
        f"{FILE}:1: output: is missing; it must be a mapping",
        f"{FILE}:7: select.profile: must be one of pretrain, strict, not the text 'strikt'; did you mean strict?",
    ]


def test_a_section_whose_keys_are_all_commented_out_is_explained(conf: Path, problems: Problems) -> None:
    text = (conf / "pipeline.yaml").read_text() + "run:\n  # seed: 1\n"
    (line,) = problems(text=text)
    assert line.endswith("run: must be a mapping, not empty; leave the key out or write {} for its defaults")


def test_all_wrong_arguments_are_told_at_once(problems: Problems) -> None:
    assert len(problems("a", "mixture.ratio=", "input.sources.9.path=x", "input.sources.9.path=x")) == 3


def test_at_most_twenty_problems_are_listed_and_the_rest_counted(problems: Problems) -> None:
    lines = problems(*(f"wrong_{i}=1" for i in range(30)))
    assert len(lines) == MAX_PROBLEMS
    assert lines[-1] == "… and 11 more"
    lines = problems(*(f"wrong_{i}=1" for i in range(20)))
    assert len(lines) == MAX_PROBLEMS
    assert "wrong_19" in lines[-1]


@pytest.mark.parametrize(
    "argument",
    [
        "run.api_key=hunter2",
        "run={db_password: hunter2}",
        "models={secret: hunter2}",
        "models=hunter2://user:hunter2@host",
        "mixture.unit=s3://user:hunter2@host/x",
        "rules.faq={token: hunter2}",
        "select.profile.password=hunter2",
        "secret.key=hunter2\n: [",
    ],
)
def test_a_secret_is_never_repeated(problems: Problems, argument: str) -> None:
    assert "hunter2" not in "\n".join(problems(argument)).replace("hunter2://", "")


def test_a_value_under_a_key_that_looks_secret_is_hidden_wherever_it_is_shown(problems: Problems) -> None:
    (line,) = problems("mixture.splits={my_token: hunter2}")
    assert line.endswith("mixture.splits.my_token: must be a number from 0 to 1, not the value given (not shown)")


def test_no_message_uses_the_words_of_the_validation_library(problems: Problems) -> None:
    lines = problems("run=[]", "input=3", "output=x", "rules.faq=1", "mixture.ratio=x", "errors=null", "x=1")
    assert len(lines) == 7
    for word in ("Input should", "pydantic", "Extra inputs", "type=", "Value error", "valid dictionary"):
        assert word not in "\n".join(lines)


def test_a_message_is_one_line_whatever_stands_in_keys_and_values(problems: Problems) -> None:
    (line,) = problems('run={"a\\nb\\e[2J": 1}')
    assert "\\x1b" in line
    (line,) = problems('mixture.unit="a\\nb\\ud800"')
    assert line.endswith("not the text 'a\\nb\\ud800'")
    (line,) = problems(f"mixture.unit={'x' * 5000}")
    assert len(line) < 200
