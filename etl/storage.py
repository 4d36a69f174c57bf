"""Files beside the tables: reports, exports, and folders of staged tables that are done with."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyarrow import fs

from etl.errors import ConfigError, TransientError
from etl.readers.places import open_store, place_of


def write_text(path: str, text: str) -> None:
    """Write a text file, whole, making the folders it needs; `path` is local or a URI."""
    # Before anything is opened: a text that cannot be encoded must not leave an empty file.
    write_bytes(path, text.encode())


def write_bytes(path: str, data: bytes) -> None:
    """Write a file, whole, making the folders it needs; `path` is local or a URI."""
    place = place_of(path)
    if place.store is None:
        target = Path(place.path)
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(target.name + ".part")
        half.write_bytes(data)
        half.replace(target)
        return
    store, root = open_store(place.store)
    with store.open_output_stream(f"{root}/{place.path}") as stream:
        stream.write(data)


def is_there(path: str) -> bool:
    """Return whether there is a file or folder; `path` is local or a URI."""
    place = place_of(path)
    if place.store is None:
        return Path(place.path).exists()
    store, root = open_store(place.store)
    return bool(store.get_file_info(f"{root}/{place.path}").type != fs.FileType.NotFound)


def read_text(path: str) -> str | None:
    """Return what a text file holds, or None where there is none; `path` is local or a URI."""
    place = place_of(path)
    try:
        if place.store is None:
            return Path(place.path).read_text(encoding="utf-8")
        store, root = open_store(place.store)
        with store.open_input_stream(f"{root}/{place.path}") as stream:
            return bytes(stream.read()).decode("utf-8")
    except FileNotFoundError:
        return None


def list_names(path: str) -> list[str]:
    """Return the names of what a folder holds, in no order; none where there is no folder."""
    place = place_of(path)
    if place.store is None:
        try:
            return os.listdir(place.path)  # noqa: PTH208 - a name is all that is wanted
        except FileNotFoundError:
            return []
    store, root = open_store(place.store)
    found = store.get_file_info(fs.FileSelector(f"{root}/{place.path}", allow_not_found=True))
    return [each.base_name for each in found]


def remove_folder(path: str) -> None:
    """Delete a folder and all in it; one that is not there is fine. `path` is local or a URI."""
    place = place_of(path)
    if place.store is None:
        shutil.rmtree(place.path, ignore_errors=True)
        return
    store, root = open_store(place.store)
    target = f"{root}/{place.path}"
    if store.get_file_info(target).type == fs.FileType.Directory:
        store.delete_dir(target)


@contextmanager
def held(path: str) -> Iterator[None]:
    """Keep other processes that hold the same folder out, making it if need be; who is killed lets go of it.

    Object stores cannot be held, nor can file systems without locks: there this does nothing.

    Raises:
        ConfigError: The folder cannot be made.
        TransientError: Another process holds it.
    """
    place = place_of(path)
    if place.store is not None:
        yield
        return
    try:
        Path(place.path).mkdir(parents=True, exist_ok=True)
        folder = os.open(place.path, os.O_RDONLY)
    except OSError as error:
        raise ConfigError(
            f"output: {path} cannot be made: {error.strerror}; give a place that this user may write to"
        ) from None
    try:
        _lock(folder, path)
        yield
    finally:
        os.close(folder)


def _lock(folder: int, path: str) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise TransientError(f"{path}: another process is writing there; let it finish, or stop it") from None
    except OSError:
        return  # a file system without locks
