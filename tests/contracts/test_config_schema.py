"""The committed schema, table of keys and shipped configuration agree with the models."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from etl.config.keys import expected, key_table, schema_at
from etl.config.load import load_config
from etl.config.models import Config
from etl.config.schema import json_schema, main, schema_text, with_keys
from etl.config.shipped import shipped_config

CONF = Path(__file__).resolve().parents[2] / "conf"
RENEW = "run: python -m etl.config.schema --write conf"


def test_the_committed_schema_is_the_generated_one() -> None:
    assert (CONF / "pipeline.schema.json").read_text(encoding="utf-8") == schema_text(), RENEW


def test_the_table_of_keys_is_the_generated_one() -> None:
    readme = (CONF / "README.md").read_text(encoding="utf-8")
    assert readme == with_keys(readme), RENEW


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())


def test_the_shipped_configuration_names_its_schema_and_fits_it() -> None:
    text = shipped_config().read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=pipeline.schema.json\n")
    jsonschema.validate(yaml.safe_load(text), json_schema())


def test_the_shipped_configuration_is_the_contract(tmp_path: Path) -> None:
    config = load_config(None, env=None, overrides=(), cwd=tmp_path).config
    (source,) = config.input.sources
    assert (source.name, source.format, source.text_col, source.id_col) == ("sample", "jsonl", "text", "id")
    assert source.path == str(CONF / "sample" / "*.jsonl.gz")
    assert config.output.root == str(CONF.parent / "lake")
    assert None not in (config.rules.faq, config.rules.labelled_qa, config.rules.howto)
    assert (config.mixture.ratio, config.mixture.splits) == (0.05, {"validation": 0.01})


@pytest.mark.parametrize("env", sorted(path.stem for path in (CONF / "env").glob("*.yaml")))
def test_every_shipped_overlay_loads_and_changes_something(env: str, tmp_path: Path) -> None:
    overlaid = load_config(None, env=env, overrides=(), cwd=tmp_path)
    assert overlaid.sha != load_config(None, env=None, overrides=(), cwd=tmp_path).sha


def test_production_is_strict_and_writes_to_a_catalog(tmp_path: Path) -> None:
    config = load_config(None, env="prod", overrides=(), cwd=tmp_path).config
    assert (config.output.root, config.output.catalog, config.output.schema_) == (
        None,
        "main",
        "instructlake",
    )
    assert config.select.profile == "strict"


def test_every_key_is_described_and_in_the_table() -> None:
    rows = key_table(json_schema()).splitlines()[2:]
    assert len(rows) == len({row.split(" | ")[0] for row in rows})
    for row in rows:
        key, value, default, meaning = row.strip("| ").split(" | ")
        assert meaning.endswith("."), key
        assert default
        assert "of the form" not in value, f"{key}: its pattern needs words in etl.config.keys"
    for key in (
        "run.seed",
        "input.sources.N.path",
        "output.schema",
        "rules.howto.min_steps",
        "mixture.splits",
    ):
        assert any(row.startswith(f"| `{key}` |") for row in rows)


def test_what_is_valid_at_a_key_is_said_in_words() -> None:
    schema = json_schema()
    said = {
        key: expected(schema_at(schema, key.split(".")) or {})
        for key in ("mixture.ratio", "rules.faq", "models.judge.engine")
    }
    assert said == {
        "mixture.ratio": "a number from 0 to 1",
        "rules.faq": "a mapping",
        "models.judge.engine": "one of openai_server, vllm, transformers, fake",
    }
    assert schema_at(schema, ["input", "sources", 3, "nothing"]) is None


def test_what_stands_beside_a_reference_wins_over_what_it_refers_to() -> None:
    beside = {"$ref": "#/$defs/A", "description": "its own"}
    schema = {"$defs": {"A": {"type": "object", "description": "shared"}}, "properties": {"x": beside}}
    assert schema_at(schema, ["x"]) == {"type": "object", "description": "its own"}


def test_the_command_prints_the_schema_or_renews_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert json.loads(capsys.readouterr().out) == json_schema()
    readme = tmp_path / "README.md"
    readme.write_text(with_keys((CONF / "README.md").read_text(encoding="utf-8")).replace("`run.seed`", "`old`"))
    main(["--write", str(tmp_path)])
    assert readme.read_text(encoding="utf-8") == (CONF / "README.md").read_text(encoding="utf-8")
    assert (tmp_path / "pipeline.schema.json").read_text(encoding="utf-8") == schema_text()


def test_a_readme_without_the_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="needs the lines"):
        with_keys("# Configuration\n")


ODD = st.sampled_from([None, True, -1, 0, 0.5, 2, 2**63, "", "x", "tokens", [], ["x"], {}, {"a": 0.1}])
SECTIONS = st.fixed_dictionaries(
    {"input": st.fixed_dictionaries({"sources": st.just([{"name": "a", "path": "b", "format": "csv"}])},
                                    optional={"max_chars": ODD, "keep_chrome": ODD, "instruction_sets": ODD}),
     "output": st.just({"root": "/l"})},
    optional={
        "run": st.fixed_dictionaries({}, optional={"seed": ODD}),
        "rules": st.dictionaries(st.sampled_from(["faq", "howto", "other"]), ODD),
        "models": ODD,
        "select": st.fixed_dictionaries({}, optional={"profile": ODD}),
        "mixture": st.fixed_dictionaries({}, optional={"unit": ODD, "splits": ODD, "max_repetition": ODD}),
    },
)  # fmt: skip


@settings(deadline=None)
@given(SECTIONS)
def test_an_editor_and_the_program_agree_on_single_values(content: dict[str, Any]) -> None:
    try:
        Config.model_validate(content)
    except ValidationError:
        valid = False
    else:
        valid = True
    assert jsonschema.Draft202012Validator(json_schema()).is_valid(content) == valid
