"""Which run to go on with, and what a run is known by."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import __version__, runs
from etl.errors import ConfigError
from etl.runs import FAILED, FINISHED, RUNNING, Run, choose, code_version, new_run_id

NOW = datetime(2025, 11, 22, 2, 41, 3, 123456, tzinfo=UTC)


def run(run_id: str, *, hours_ago: int = 0, status: str = RUNNING, **fields: Any) -> Run:
    """A run of the same work as any other, unless `fields` say otherwise."""
    whole: dict[str, Any] = {
        "run_id": run_id,
        "run_date": date(2025, 11, 22),
        "status": status,
        "config": "{}",
        "config_hash": "c1",
        "code_version": "0.1.0+abc",
        "package_versions": {},
        "input_versions": {"web": "3 files"},
        "started_at": NOW - timedelta(hours=hours_ago),
        "output_versions": {},
    }
    return Run(**(whole | fields))


PLANNED = run("planned")
OTHER: dict[str, Any] = {"config_hash": "c2"}


def chosen(*earlier: Run, run_id: str | None = None, resume: bool = True) -> Run:
    """What is chosen, the same whatever the order in which runs are read."""
    forth = choose(PLANNED, list(earlier), run_id=run_id, resume=resume)
    assert choose(PLANNED, list(reversed(earlier)), run_id=run_id, resume=resume) == forth
    return forth


# --- without a run id -------------------------------------------------------------------------------------------


def test_the_first_run_of_an_output_begins() -> None:
    assert chosen() is PLANNED


def test_work_that_the_newest_run_finished_is_not_done_again() -> None:
    finished = run("b", hours_ago=1, status=FINISHED)
    assert chosen(run("a", hours_ago=2, status=FINISHED), finished) is finished


@pytest.mark.parametrize("change", [OTHER, {"code_version": "0.1.0+def"}, {"input_versions": {"web": "4 files"}}])
def test_work_is_done_again_where_configuration_code_or_input_changed(change: dict[str, Any]) -> None:
    for status in (RUNNING, FINISHED):
        assert chosen(run("a", hours_ago=1, status=status, **change)) is PLANNED


def test_work_is_done_again_where_a_later_run_put_other_work_in_its_place() -> None:
    assert chosen(run("a", hours_ago=2, status=FINISHED), run("b", hours_ago=1, status=FINISHED, **OTHER)) is PLANNED


def test_an_unfinished_run_of_the_same_work_goes_on() -> None:
    unfinished = run("b", hours_ago=1)
    assert chosen(run("a", hours_ago=2, status=FINISHED, **OTHER), unfinished) is unfinished


def test_of_unfinished_runs_of_the_same_work_the_newest_goes_on() -> None:
    unfinished = run("a", hours_ago=1)
    assert chosen(run("b", hours_ago=2), unfinished, run("c", hours_ago=3)) is unfinished


def test_of_runs_that_began_at_the_same_moment_the_greater_id_is_the_newer() -> None:
    later = run("b", hours_ago=1)
    assert chosen(run("a", hours_ago=1), later) is later


def test_unfinished_work_that_was_finished_since_is_done() -> None:
    finished = run("b", hours_ago=1, status=FINISHED)
    assert chosen(run("a", hours_ago=2), finished) is finished


@pytest.mark.parametrize("status", [RUNNING, FINISHED])
def test_an_unfinished_run_that_another_followed_goes_on_and_publishes_every_table_again(status: str) -> None:
    unfinished = run("a", hours_ago=2)
    found = chosen(unfinished, run("b", hours_ago=1, status=status, **OTHER))
    assert (found.run_id, found.started_at) == (unfinished.run_id, unfinished.started_at)
    assert found.transaction != unfinished.transaction


@pytest.mark.parametrize("status", [RUNNING, FINISHED])
def test_a_later_run_that_failed_published_nothing_and_changes_nothing(status: str) -> None:
    same = run("a", hours_ago=2, status=status)
    assert chosen(same, run("b", hours_ago=1, status=FAILED, **OTHER)).run_id == "a"


def test_a_run_that_failed_does_not_go_on() -> None:
    assert chosen(run("a", hours_ago=1, status=FAILED)) is PLANNED


@pytest.mark.parametrize("status", [RUNNING, FINISHED, FAILED])
def test_who_wants_to_begin_anew_does(status: str) -> None:
    assert chosen(run("a", hours_ago=1, status=status), resume=False) is PLANNED


# --- with a run id ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("resume", [True, False])
def test_an_id_that_is_new_names_the_planned_run(resume: bool) -> None:
    assert chosen(run("a", hours_ago=1), run_id="mine", resume=resume) == replace(PLANNED, run_id="mine")


@pytest.mark.parametrize("status", [RUNNING, FINISHED, FAILED])
def test_an_id_of_the_same_work_names_that_run(status: str) -> None:
    named = run("mine", hours_ago=1, status=status)
    assert chosen(named, run("a", hours_ago=2), run_id="mine") is named


def test_an_id_of_the_same_work_is_begun_anew_when_asked_for() -> None:
    anew = chosen(run("mine", hours_ago=1, status=FINISHED), run_id="mine", resume=False)
    assert anew == replace(PLANNED, run_id="mine")


def test_an_unfinished_run_that_is_named_goes_on_though_another_followed() -> None:
    named = run("mine", hours_ago=2)
    found = chosen(named, run("b", hours_ago=1, status=FINISHED, **OTHER), run_id="mine")
    assert found.run_id == "mine"
    assert found.transaction != named.transaction


@pytest.mark.parametrize("resume", [True, False])
def test_an_id_of_other_work_is_refused(resume: bool) -> None:
    with pytest.raises(ConfigError, match=r"--run-id mine: a run of that id did other work .*; give another id"):
        chosen(run("mine", status=FINISHED, **OTHER), run_id="mine", resume=resume)


# --- what a run is known by -------------------------------------------------------------------------------------


def test_the_same_work_has_the_same_configuration_code_and_input_whatever_else_differs() -> None:
    later = run("x", hours_ago=9, status=FAILED, run_date=date(2000, 1, 1), package_versions={"pandas": "2"})
    assert PLANNED.is_same_work(later)
    assert later.is_same_work(PLANNED)


def test_a_run_begun_anew_under_its_old_id_is_another_transaction() -> None:
    assert run("mine").transaction == "mine@2025-11-22T02:41:03.123456+00:00"
    assert run("mine").transaction != run("mine", hours_ago=1).transaction


def test_its_commits_say_run_configuration_and_code() -> None:
    assert run("mine").note == {"run_id": "mine", "config_hash": "c1", "code_version": "0.1.0+abc"}


def test_an_id_is_the_time_to_the_millisecond_and_eight_digits_of_the_work() -> None:
    assert new_run_id(PLANNED) == "20251122T024103123-" + new_run_id(PLANNED)[-8:]
    assert int(new_run_id(PLANNED)[-8:], 16) >= 0


@given(st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1)), st.integers(1, 10**12))
def test_ids_sort_by_time(first: datetime, milliseconds: int) -> None:
    later = first + timedelta(milliseconds=milliseconds)
    assert new_run_id(replace(PLANNED, started_at=first)) < new_run_id(replace(PLANNED, started_at=later))


@pytest.mark.parametrize("change", [OTHER, {"code_version": "0.1.0+def"}, {"input_versions": {"web": "4 files"}}])
def test_ids_of_other_work_at_the_same_moment_differ(change: dict[str, Any]) -> None:
    assert new_run_id(replace(PLANNED, **change)) != new_run_id(PLANNED)


def test_an_id_does_not_depend_on_the_order_of_inputs() -> None:
    forth, back = ({"a": "1", "b": "2"}, {"b": "2", "a": "1"})
    assert new_run_id(run("", input_versions=forth)) == new_run_id(run("", input_versions=back))


# --- the version of the code ------------------------------------------------------------------------------------


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program of two modules, whose version is asked for."""
    for file, code in {"etl/runs.py": "a = 1\n", "udfs/models/fake.py": "b = 1\n"}.items():
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(code)
    monkeypatch.setattr(runs, "__file__", str(tmp_path / "etl" / "runs.py"))
    return tmp_path


def test_the_version_of_the_code_is_that_of_the_program_and_twelve_digits(program: Path) -> None:
    version, digits = code_version().split("+")
    assert version == __version__
    assert len(digits) == 12
    assert int(digits, 16) >= 0


@pytest.mark.parametrize(
    ("file", "code"),
    [("etl/runs.py", "a = 2\n"), ("udfs/models/fake.py", "b = 2\n"), ("etl/deep/down/new.py", ""), ("udfs/new.py", "")],
)
def test_any_changed_or_new_module_makes_another_version(program: Path, file: str, code: str) -> None:
    before = code_version()
    (program / file).parent.mkdir(parents=True, exist_ok=True)
    (program / file).write_text(code)
    assert code_version() != before


def test_a_module_that_is_renamed_makes_another_version(program: Path) -> None:
    before = code_version()
    (program / "etl" / "runs.py").rename(program / "etl" / "walks.py")
    assert code_version() != before


@pytest.mark.parametrize("file", ["etl/notes.md", "etl/__pycache__/runs.cpython-311.pyc", "elsewhere/etl.py"])
def test_what_is_no_module_of_the_program_does_not(program: Path, file: str) -> None:
    before = code_version()
    (program / file).parent.mkdir(exist_ok=True)
    (program / file).write_text("a = 2\n")
    assert code_version() == before


def test_the_version_does_not_depend_on_where_the_program_lies(
    program: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_version()
    moved = program.rename(tmp_path_factory.mktemp("elsewhere") / "program")
    monkeypatch.setattr(runs, "__file__", str(moved / "etl" / "runs.py"))
    assert code_version() == before
