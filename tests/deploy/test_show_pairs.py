"""What make run-models ends with: the pairs of the model, and why there are not more."""

import json
from pathlib import Path

import pytest

from deploy import show_pairs


def written(folder: Path, *rows: dict[str, str | None]) -> str:
    """Write rows as Spark does: a part, and a file that says that all parts are there."""
    folder.mkdir()
    (folder / "_SUCCESS").touch()
    (folder / "part-00000-1f0c-c000.json").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(folder)


def test_pairs_are_shown_and_what_was_turned_down_is_counted_by_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = written(tmp_path / "pairs", {"instruction": "Who lights\nthe lamp?", "response": "The keeper " * 50})
    cut = {"reason": "truncated_output", "detail": None, "payload": "And then"}
    rejects = written(tmp_path / "rejects", cut, {"reason": "empty_output", "detail": "nothing", "payload": None}, cut)
    monkeypatch.setattr("sys.argv", ["show_pairs.py", pairs, rejects])
    show_pairs.main()
    said = capsys.readouterr().out
    assert "Q: Who lights the lamp?\nA: The keeper The keeper" in said
    assert "Pairs by the model: 1. Turned down of what it wrote: 3." in said
    assert "  2 truncated_output, such as: And then\n    1 empty_output, such as: nothing\n" in said
    assert max(map(len, said.splitlines())) < 260
