"""A folder is taken once; what a killed export left is written again, what is whole or foreign is left alone."""

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.exports.claim import Request, claim, finish

REQUEST = Request("mixture", 3, "jsonl", "text", None, "split = 'train'", 4)


def test_what_a_killed_export_left_is_removed_and_the_folder_taken_anew(tmp_path: Path) -> None:
    out = tmp_path / "out"
    claim(str(out), REQUEST)
    (out / "part-0.json").write_text("half")
    claim(str(out), REQUEST)
    assert [file.name for file in out.iterdir()] == ["_EXPORT"]


@pytest.mark.parametrize("other", [REQUEST._replace(version=4), REQUEST._replace(where=None)])
def test_an_export_of_other_rows_does_not_go_on_there(tmp_path: Path, other: Request) -> None:
    claim(str(tmp_path / "out"), REQUEST)
    with pytest.raises(ConfigError, match="it exists already"):
        claim(str(tmp_path / "out"), other)


def test_a_whole_export_and_a_folder_of_something_else_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    claim(str(out), REQUEST)
    (out / "part-0.json").write_text("whole")
    finish(str(out), REQUEST)
    with pytest.raises(ConfigError, match="it exists already"):
        claim(str(out), REQUEST)
    assert (out / "part-0.json").read_text() == "whole"
    with pytest.raises(ConfigError, match="it exists already"):
        claim(str(tmp_path), REQUEST)
