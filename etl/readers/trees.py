"""Folders and their entries, on local disk and in stores, seen the same way."""

import os
import stat
from collections.abc import Hashable
from pathlib import Path
from typing import NamedTuple, Protocol

from pyarrow import fs

from etl.errors import ConfigError
from etl.readers.places import Place, open_store


class Entry(NamedTuple):
    """A file or folder.

    Attributes:
        path: Where it is, in the form `Tree.entry` takes.
        is_folder: Else it is a file.
        size: Bytes of a file; 0 for a folder.
        modified_ns: Nanoseconds since 1970; 0 where the store does not tell.
        identity: Equal for two ways to the same folder; ends walks through links that lead in circles.
    """

    path: str
    is_folder: bool
    size: int
    modified_ns: int
    identity: Hashable


class Tree(Protocol):
    """What listing needs to know of a place."""

    def entry(self, path: str) -> Entry | None:
        """The file or folder at a path, or None where there is none, or none that can be read as a file."""

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted."""

    def uri(self, path: str) -> str:
        """The path as readers open it."""


class LocalTree:
    """Local disk; links are followed."""

    def entry(self, path: str) -> Entry | None:
        """See `Tree`.

        Raises:
            ConfigError: The path may not be looked at.
        """
        here = Path(path)
        try:
            found = here.stat()
        except OSError as error:
            if here.is_symlink():
                # It leads nowhere, or in a circle. As a file it becomes a reject that says so; were it left
                # out, nobody would miss the file it stood for.
                return Entry(path, False, 0, 0, path)
            if isinstance(error, FileNotFoundError | NotADirectoryError):
                return None
            raise ConfigError(f"{path}: cannot be looked at: {error.strerror}") from error
        is_folder = stat.S_ISDIR(found.st_mode)
        if not is_folder and not stat.S_ISREG(found.st_mode):
            return None
        size = 0 if is_folder else found.st_size
        return Entry(path, is_folder, size, found.st_mtime_ns, (found.st_dev, found.st_ino))

    def names(self, folder: str) -> list[str]:
        """See `Tree`."""
        try:
            return sorted(os.listdir(folder))  # noqa: PTH208 - names are all that is wanted
        except OSError as error:
            raise ConfigError(f"{folder}: cannot be listed: {error.strerror}") from error

    def uri(self, path: str) -> str:
        """See `Tree`."""
        return path


class StoreTree:
    """A store that `pyarrow.fs` can list; what a listing said is kept, since asking again costs a request."""

    def __init__(self, filesystem: fs.FileSystem, root: str, store: str) -> None:
        self._filesystem = filesystem
        self._root = root
        self._store = store
        self._known: dict[str, Entry] = {}

    def entry(self, path: str) -> Entry | None:
        """See `Tree`."""
        if path in self._known:
            return self._known[path]
        try:
            info = self._filesystem.get_file_info(f"{self._root}/{path}".rstrip("/"))
        except OSError as error:
            raise ConfigError(f"{self.uri(path)}: cannot be looked up: {error}") from error
        return self._entry(path, info)

    def names(self, folder: str) -> list[str]:
        """See `Tree`."""
        try:
            infos = self._filesystem.get_file_info(fs.FileSelector(f"{self._root}/{folder}".rstrip("/")))
        except OSError as error:
            raise ConfigError(f"{self.uri(folder)}: cannot be listed: {error}") from error
        names = []
        for info in infos:
            entry = self._entry(f"{folder}/{info.base_name}".lstrip("/"), info)
            if entry is not None:
                self._known[entry.path] = entry
                names.append(info.base_name)
        return sorted(names)

    def uri(self, path: str) -> str:
        """See `Tree`."""
        return f"{self._store}/{path}"

    def _entry(self, path: str, info: fs.FileInfo) -> Entry | None:
        if info.type not in (fs.FileType.File, fs.FileType.Directory):
            return None
        return Entry(path, info.type == fs.FileType.Directory, info.size or 0, info.mtime_ns or 0, path)


def tree_of(place: Place) -> Tree:
    """The tree a place stands in.

    Raises:
        ConfigError: Its store cannot be reached.
    """
    if place.store is None:
        return LocalTree()
    return StoreTree(*open_store(place.store), place.store)
