"""load_config: the layers, what paths are relative to, and the hash."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.config import shipped
from etl.config.load import Loaded, load_config
from etl.errors import ConfigError

Load = Callable[..., Loaded]
Problems = Callable[..., list[str]]


def test_defaults_fill_what_the_file_leaves_out(load: Load) -> None:
    config = load().config
    assert (config.run.seed, config.select.profile, config.mixture.unit) == (42, "pretrain", "tokens")
    assert config.rules.faq is not None
    assert config.rules.howto is None


def test_file_overlay_and_set_are_laid_on_in_this_order(conf: Path, load: Load) -> None:
    (conf / "env" / "dev.yaml").write_text("mixture: {ratio: 0.06, unit: rows, splits: {test: 0.2}}\nrun: {seed: 6}\n")
    config = load("run.seed=7", "run.seed=8", env="dev").config
    assert (config.mixture.ratio, config.mixture.unit, config.run.seed) == (0.06, "rows", 8)
    assert config.mixture.splits == {"validation": 0.01, "test": 0.2}


def test_the_files_read_are_listed_absolute_and_in_order(conf: Path, load: Load) -> None:
    (conf / "env" / "dev.yaml").write_text("run: {seed: 6}\n")
    assert load().files == (conf / "pipeline.yaml",)
    assert load(env="dev").files == (conf / "pipeline.yaml", conf / "env" / "dev.yaml")


def test_paths_of_a_file_are_relative_to_that_file(conf: Path, load: Load, tmp_path: Path) -> None:
    config = load().config
    assert [source.path for source in config.input.sources] == [f"{conf}/data/*.jsonl", "/abs/b.html"]
    assert config.output.root == f"{tmp_path}/lake"
    (conf / "env" / "dev.yaml").write_text("output: {root: lake}\n")
    assert load(env="dev").config.output.root == f"{conf}/env/lake"


def test_paths_of_the_command_line_are_relative_to_the_current_directory(load: Load, tmp_path: Path) -> None:
    here = tmp_path / "here"
    config = load("input.sources.1.path=x/*.html", "output={root: lake}").config
    assert config.input.sources[1].path == f"{here}/x/*.html"
    assert config.output.root == f"{here}/lake"
    nested = load("input.sources=[{name: n, path: ../y, format: text}, {name: m, path: 's3a://b/*', format: text}]")
    assert [source.path for source in nested.config.input.sources] == [f"{tmp_path}/y", "s3a://b/*"]


def test_a_linked_folder_is_the_folder_and_a_linked_file_stays_where_it_is(conf: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(conf, target_is_directory=True)
    (tmp_path / "mounted.yaml").symlink_to(conf / "pipeline.yaml")
    through = load_config(Path("link/pipeline.yaml"), env=None, overrides=(), cwd=tmp_path)
    assert through.sha == load_config(Path("conf/pipeline.yaml"), env=None, overrides=(), cwd=tmp_path).sha
    mounted = load_config(Path("mounted.yaml"), env=None, overrides=(), cwd=tmp_path)
    assert mounted.config.input.sources[0].path == f"{tmp_path}/data/*.jsonl"


def test_the_hash_is_independent_of_key_order_spelling_and_defaults(load: Load) -> None:
    first = load(text="input: {sources: [{name: a, path: /x, format: text}]}\noutput: {root: /l}\n")
    second = load(
        text="# other words\noutput:\n  root: /l/../l\nerrors: {max_error_rate: 1e-2}\n"
        "input: {sources: [{format: 'text', path: /x, name: a, license: null}]}\nrules: {faq: null}\n"
    )
    assert first.sha == second.sha
    assert len(first.sha) == 64


def test_the_hash_is_independent_of_the_order_of_free_keys(load: Load) -> None:
    assert load("mixture.splits={a: 0.1, b: 0.2}").sha == load("mixture.splits={b: 0.2, a: 0.1}").sha


@pytest.mark.parametrize(
    "change",
    ["run.seed=43", "mixture.ratio=0.06", "rules.howto={}", "output.root=/other", "input.sources.0.name=z"],
)
def test_the_hash_changes_with_any_value(load: Load, change: str) -> None:
    assert load(change).sha != load().sha


LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "run.seed": st.integers(0, 2**63 - 1),
    "input.max_chars": st.integers(1, 10**8),
    "input.keep_chrome": st.booleans(),
    "mixture.ratio": st.floats(0.01, 0.10),
    "mixture.unit": st.sampled_from(["tokens", "rows", "bytes"]),
    "errors.max_error_rate": st.floats(0, 1),
    "select.profile": st.sampled_from(["pretrain", "strict"]),
    "input.sources.0.license": st.none()
    | st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"]), min_size=1),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(values=st.fixed_dictionaries({}, optional=LEAVES), data=st.data())
def test_a_value_is_the_same_from_a_file_and_from_set(
    conf: Path, load: Load, values: dict[str, Any], data: st.DataObject
) -> None:
    assignments = [f"{key}={json.dumps(value)}" for key, value in values.items()]
    shuffled = data.draw(st.permutations(assignments))
    overlay: dict[str, Any] = {}
    for key, value in values.items():
        section, _, name = key.partition(".")
        if name != "sources.0.license":
            overlay.setdefault(section, {})[name] = value
    (conf / "env" / "all.yaml").write_text(json.dumps(overlay))
    by_file = load(*(a for a in assignments if a.startswith("input.sources")), env="all")
    by_set = load(*shuffled)
    assert by_file.config == by_set.config
    assert by_file.sha == by_set.sha
    assert by_set.config.run.seed == values.get("run.seed", 42)
    assert by_set.config.mixture.ratio == values.get("mixture.ratio", 0.05)


def test_an_unknown_overlay_lists_those_that_exist(conf: Path, problems: Problems) -> None:
    missing = "--env 'x': there is no such overlay in ../conf/env; "
    assert problems(env="x") == [missing + "there is none in ../conf/env"]
    for name in ("prod", "dev", ".hidden", "no yaml"):
        (conf / "env" / f"{name}.yaml").write_text("run: {seed: 1}\n")
    assert problems(env="x") == [missing + "valid here: dev, prod"]


@pytest.mark.parametrize("name", ["../pipeline", "", "a/b", ".", "a\nb", "dev.yaml", "-x", "é", "x" * 65])
def test_an_overlay_name_cannot_leave_its_folder(conf: Path, problems: Problems, name: str) -> None:
    (conf / "env" / "dev.yaml").write_text("run: {seed: 1}\n")
    (line,) = problems(env=name)
    assert line.startswith("--env ")
    assert line.endswith("valid here: dev")


def test_an_error_in_an_overlay_names_the_overlay(conf: Path, problems: Problems) -> None:
    (conf / "env" / "dev.yaml").write_text("run:\n  seed: -1\n")
    assert problems(env="dev") == [
        "../conf/env/dev.yaml:2: run.seed: must be a whole number from 0 to 9223372036854775807, not the number -1"
    ]


def test_without_a_file_the_shipped_one_is_read(tmp_path: Path) -> None:
    loaded = load_config(None, env=None, overrides=(), cwd=tmp_path)
    assert loaded.files == (shipped.shipped_config(),)
    assert loaded.config.output.root == str(shipped.shipped_config().parent.parent / "lake")


@pytest.fixture
def packaged(tmp_path: Path, conf: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package: its folder conf holds the configuration, and there is no checkout around it."""
    package = tmp_path / "site-packages" / "etl"
    package.mkdir(parents=True)
    conf.rename(package / "conf")
    (package / "conf" / "env" / "dev.yaml").write_text("output: {root: ../../lake-dev}\n")
    (package / "conf" / "env" / "prod.yaml").write_text("output: {root: null, schema: s}\n")
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    monkeypatch.setattr(shipped, "_PACKAGED", package / "conf")
    monkeypatch.setattr(shipped, "_CHECKOUT", package.parent / "conf")
    return package / "conf"


def test_the_packaged_configuration_writes_into_the_current_directory(packaged: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"

    def load(*overrides: str, env: str | None = None, path: Path | None = None) -> Any:
        return load_config(path, env=env, overrides=overrides, cwd=here).config

    assert load().output.root == f"{here}/lake"
    assert load().input.sources[0].path == f"{packaged}/data/*.jsonl"
    assert load(path=packaged / "pipeline.yaml").output.root == f"{here}/lake"
    assert load("output.root=mine").output.root == f"{here}/mine"
    assert load("output.root=/mine").output.root == "/mine"
    assert load(env="dev").output.root == f"{here}/lake-dev"
    assert load(env="prod").output.root is None


def test_the_packaged_copy_comes_before_a_strange_folder_beside_the_package(packaged: Path) -> None:
    strange = packaged.parent.parent / "conf"
    strange.mkdir()
    (strange / "pipeline.yaml").write_text("{}")
    assert shipped.shipped_config() == packaged / "pipeline.yaml"


def test_a_program_without_its_configuration_asks_for_one(packaged: Path) -> None:
    (packaged / "pipeline.yaml").unlink()
    with pytest.raises(ConfigError, match="name one with --config FILE"):
        shipped.shipped_config()
