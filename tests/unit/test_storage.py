"""Files beside the tables: written whole, removed whole, on local disk and in a store."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyarrow import fs

from etl import storage
from etl.errors import ConfigError, TransientError
from etl.storage import held, remove_folder, write_text

TEXT = "Ärger – 数\nline two\r\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that stands for ``s3://lake``."""
    folder = tmp_path / "store"
    folder.mkdir()
    opened: list[str] = []

    def open_store(uri: str) -> tuple[fs.FileSystem, str]:
        opened.append(uri)
        return fs.LocalFileSystem(), str(folder)

    monkeypatch.setattr(storage, "open_store", open_store)
    yield folder
    assert set(opened) == {"s3://lake"}


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# --- local disk -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["", "file:", "file://"])
def test_a_file_is_written_as_it_is_with_the_folders_it_needs(tmp_path: Path, scheme: str) -> None:
    write_text(f"{scheme}{tmp_path}/a/b/report.html", TEXT)
    assert (tmp_path / "a/b/report.html").read_bytes() == TEXT.encode()
    assert files(tmp_path) == ["a", "a/b", "a/b/report.html"]


def test_a_relative_path_is_under_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_text("report.html", TEXT)
    assert files(tmp_path) == ["report.html"]


def test_a_file_takes_the_place_of_a_longer_one(tmp_path: Path) -> None:
    for text in ("old " * 1000, "new"):
        write_text(f"{tmp_path}/report.html", text)
    assert (tmp_path / "report.html").read_text() == "new"
    assert files(tmp_path) == ["report.html"]


def test_a_write_that_fails_leaves_the_file_that_was_there_and_nothing_else(tmp_path: Path) -> None:
    write_text(f"{tmp_path}/report.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_text(f"{tmp_path}/report.html", "half of it \ud800")
    assert (tmp_path / "report.html").read_text() == "old"
    assert files(tmp_path) == ["report.html"]


def test_nobody_ever_sees_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str | None] = []
    target = tmp_path / "report.html"
    replace = Path.replace

    def look_and_replace(self: Path, to: Path) -> Path:
        seen.extend([target.read_text(), self.read_text()])
        return replace(self, to)

    write_text(str(target), "old")
    monkeypatch.setattr(Path, "replace", look_and_replace)
    write_text(str(target), "new")
    assert seen == ["old", "new"]
    assert target.read_text() == "new"


def test_a_place_that_cannot_be_is_an_error_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(OSError, match="file"):
        write_text(f"{tmp_path}/file/report.html", TEXT)
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("scheme", ["", "file:"])
def test_a_folder_is_removed_with_all_that_is_in_it_and_nothing_beside_it(tmp_path: Path, scheme: str) -> None:
    write_text(f"{tmp_path}/staged/run/table/part", TEXT)
    write_text(f"{tmp_path}/staged2/part", TEXT)
    remove_folder(f"{scheme}{tmp_path}/staged")
    assert files(tmp_path) == ["staged2", "staged2/part"]


def test_a_folder_that_is_not_there_is_fine(tmp_path: Path) -> None:
    remove_folder(f"{tmp_path}/none")
    assert files(tmp_path) == []


def test_what_a_link_in_a_folder_leads_to_stays(tmp_path: Path) -> None:
    write_text(f"{tmp_path}/mine/file", TEXT)
    (tmp_path / "staged").mkdir()
    (tmp_path / "staged" / "link").symlink_to(tmp_path / "mine")
    remove_folder(f"{tmp_path}/staged")
    assert files(tmp_path) == ["mine", "mine/file"]


# --- one writer at a time ---------------------------------------------------------------------------------------


def test_a_folder_is_held_by_one_at_a_time_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    lake = str(tmp_path / "new" / "lake")
    with held(lake):
        with (
            pytest.raises(TransientError, match="lake: another process is writing there; let it"),
            held(f"file:{lake}"),
        ):
            pass
        with held(f"{tmp_path}/other"):
            pass
    with held(lake):
        assert files(tmp_path) == ["new", "new/lake", "other"]


def test_a_process_that_is_killed_lets_go_of_its_folder(tmp_path: Path) -> None:
    program = "import sys, time; from etl.storage import held"
    program += "\nwith held(sys.argv[1]): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(TransientError), held(str(tmp_path)):
            pass
        holder.kill()
    with held(str(tmp_path)):
        pass


def test_a_folder_that_cannot_be_made_is_a_mistake_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ConfigError, match="file/lake cannot be made: Not a dir"), held(f"{tmp_path}/file/lake"):
        pass


# --- a store ----------------------------------------------------------------------------------------------------


def test_a_file_is_written_to_a_store(store: Path) -> None:
    for text in ("old " * 1000, TEXT):
        write_text("s3a://lake/report.html", text)
    assert (store / "report.html").read_bytes() == TEXT.encode()


def test_a_write_that_fails_leaves_the_file_in_a_store_that_was_there(store: Path) -> None:
    write_text("s3a://lake/report.html", "old")
    with pytest.raises(UnicodeEncodeError):
        write_text("s3a://lake/report.html", "half of it \ud800")
    assert (store / "report.html").read_text() == "old"


def test_a_folder_of_a_store_is_removed_and_one_that_is_not_there_is_fine(store: Path) -> None:
    (store / "staged/run").mkdir(parents=True)
    (store / "staged/run/part").write_text(TEXT)
    (store / "other").write_text("mine")
    for _ in range(2):
        remove_folder("s3a://lake/staged")
    remove_folder("s3a://lake/other")
    assert files(store) == ["other"]


def test_a_kind_of_store_that_nobody_knows_is_a_wrong_configuration() -> None:
    with pytest.raises(ConfigError, match="cannot be read from ftp://"):
        write_text("ftp://host/report.html", TEXT)
    with pytest.raises(ConfigError, match="cannot be read from ftp://"):
        remove_folder("ftp://host/staged")


def test_an_object_store_is_not_held(tmp_path: Path) -> None:
    with held("s3://lake/out"), held("s3://lake/out"):
        assert files(tmp_path) == []
