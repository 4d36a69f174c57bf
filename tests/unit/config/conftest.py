"""A small configuration on disk, and what loading it says."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.config.load import Loaded, load_config
from etl.errors import ConfigError

BASE = """\
input:
  sources:
    - {name: a, path: data/*.jsonl, format: jsonl}
    - {name: b, path: /abs/b.html, format: html}
output: {root: ../lake}
rules:
  faq: {}
mixture:
  ratio: 0.05
  splits: {validation: 0.01}
"""

Load = Callable[..., Loaded]
Problems = Callable[..., list[str]]


@pytest.fixture
def conf(tmp_path: Path) -> Path:
    """A folder with pipeline.yaml; the current directory of the tests is its sibling `here`."""
    folder = tmp_path / "conf"
    (folder / "env").mkdir(parents=True)
    (tmp_path / "here").mkdir()
    (folder / "pipeline.yaml").write_text(BASE)
    return folder


@pytest.fixture
def load(conf: Path, tmp_path: Path) -> Load:
    def run(*overrides: str, env: str | None = None, text: str | None = None) -> Loaded:
        if text is not None:
            (conf / "pipeline.yaml").write_text(text)
        path = Path("../conf/pipeline.yaml")
        return load_config(path, env=env, overrides=overrides, cwd=tmp_path / "here")

    return run


@pytest.fixture
def problems(load: Load) -> Problems:
    def run(*overrides: str, env: str | None = None, text: str | None = None) -> list[str]:
        with pytest.raises(ConfigError) as caught:
            load(*overrides, env=env, text=text)
        return str(caught.value).splitlines()

    return run
