"""Lists the files of a source: a file, a folder with all below it, or whatever a glob matches."""

import re
from collections.abc import Hashable, Iterator
from fnmatch import translate
from typing import Final, NamedTuple

from etl.config.models import SourceConfig
from etl.errors import ConfigError
from etl.readers.places import place_of
from etl.readers.trees import Entry, Tree, tree_of


class FileInfo(NamedTuple):
    """A file to read.

    Attributes:
        path: Absolute path, or URI.
        name: Its path below the folder, or the fixed part of the glob, it was found by; else its file name.
        size: Bytes.
        modified_ns: Nanoseconds since 1970; 0 where the store does not tell.
    """

    path: str
    name: str
    size: int
    modified_ns: int


def _with_compressed(*suffixes: str) -> tuple[str, ...]:
    return tuple(suffix + packed for suffix in suffixes for packed in ("", ".gz", ".zst"))


SUFFIXES: Final = {
    "jsonl": _with_compressed(".jsonl", ".json", ".ndjson"),
    "csv": _with_compressed(".csv", ".tsv"),
    "text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "parquet": (".parquet",),
    "wet": (".wet", ".wet.gz", ".warc.wet.gz"),
    "warc": (".warc", ".warc.gz"),
}
_MAGIC: Final = re.compile(r"[*?\[]")


def list_files(source: SourceConfig) -> list[FileInfo]:
    """The files of a source with a path, sorted by name.

    In a folder, at any depth, files count whose suffix is one of the format; those hidden or beginning with
    an underscore do not. A glob takes every file it matches, and a folder it matches as a folder; ``**``
    stands for any number of folders. Links are followed; a folder reached twice is listed once.

    Raises:
        ConfigError: Nothing was found, or a place cannot be listed.
    """
    if source.path is None or source.format not in SUFFIXES:
        raise ConfigError(f"source {source.name}: only files can be listed, not format: {source.format}")
    place = place_of(source.path)
    walk = _Walk(tree_of(place), SUFFIXES[source.format])
    files = sorted(walk.find(place.path), key=lambda file: (file.name, file.path))
    if not files:
        suffixes = ", ".join(SUFFIXES[source.format])
        raise ConfigError(
            f"source {source.name}: no {source.format} files at {source.path} "
            f"(that is {walk.tree.uri(place.path)}). Give a file, a glob such as folder/*, "
            f"or a folder with files that end in {suffixes}"
        )
    return files


class _Walk:
    def __init__(self, tree: Tree, suffixes: tuple[str, ...]) -> None:
        self.tree = tree
        self._suffixes = suffixes
        self._listed: set[Hashable] = set()
        self._taken: set[str] = set()

    def find(self, path: str) -> Iterator[FileInfo]:
        entry = self.tree.entry(path)
        if entry is not None and entry.is_folder:
            yield from self._below(entry, _start_of_names(path))
        elif entry is not None:
            yield _file(self.tree, entry, entry.path.rsplit("/", 1)[-1])
        elif _MAGIC.search(path):
            fixed, pattern = _cut_at_magic(path)
            for found in sorted(self._matches(fixed, pattern), key=lambda entry: entry.path):
                if found.is_folder:
                    yield from self._below(found, _start_of_names(fixed))
                elif found.path not in self._taken:
                    self._taken.add(found.path)
                    yield _file(self.tree, found, found.path[_start_of_names(fixed) :])

    def _below(self, folder: Entry, start: int) -> Iterator[FileInfo]:
        """The files of a folder; their names are their paths from `start` on."""
        waiting = [folder]
        while waiting:
            here = waiting.pop()
            if here.identity in self._listed:
                continue
            self._listed.add(here.identity)
            for name in self.tree.names(here.path):
                if name.startswith((".", "_")):
                    continue
                entry = self.tree.entry(_join(here.path, name))
                if entry is None:
                    continue
                if entry.is_folder:
                    waiting.append(entry)
                elif name.lower().endswith(self._suffixes) and entry.path not in self._taken:
                    self._taken.add(entry.path)
                    yield _file(self.tree, entry, entry.path[start:])

    def _matches(self, fixed: str, pattern: list[str]) -> list[Entry]:
        """The entries a glob matches below a folder."""
        base = self.tree.entry(fixed)
        found = [base] if base is not None and base.is_folder else []
        for index, segment in enumerate(pattern):
            folders = [entry for entry in found if entry.is_folder]
            if segment == "**":
                found = self._folders_below(folders)
                if index == len(pattern) - 1:
                    found = [entry for folder in found for entry in self._children(folder, "*")]
                continue
            found = [entry for folder in folders for entry in self._children(folder, segment)]
        return found

    def _folders_below(self, folders: list[Entry]) -> list[Entry]:
        """The folders themselves and all folders below, each once however many links lead to it."""
        seen: set[Hashable] = set()
        found = []
        waiting = folders[::-1]
        while waiting:
            here = waiting.pop()
            if here.identity in seen:
                continue
            seen.add(here.identity)
            found.append(here)
            waiting.extend(entry for entry in self._children(here, "*") if entry.is_folder)
        return found

    def _children(self, folder: Entry, segment: str) -> Iterator[Entry]:
        matches = re.compile(translate(segment)).match
        for name in self.tree.names(folder.path):
            # As in a shell, a wildcard does not stand for the dot that hides a file.
            if matches(name) and (not name.startswith(".") or segment.startswith(".")):
                entry = self.tree.entry(_join(folder.path, name))
                if entry is not None:
                    yield entry


def _cut_at_magic(path: str) -> tuple[str, list[str]]:
    segments = path.split("/")
    first = next(index for index, segment in enumerate(segments) if _MAGIC.search(segment))
    return "/".join(segments[:first]) or ("/" if path.startswith("/") else ""), segments[first:]


def _start_of_names(folder: str) -> int:
    return len(folder.rstrip("/")) + 1 if folder else 0


def _join(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}" if folder else name


def _file(tree: Tree, entry: Entry, name: str) -> FileInfo:
    try:
        name.encode()
    except UnicodeEncodeError:
        # Such a name cannot stand in a table, so neither can the ids made from it.
        raise ConfigError(f"{entry.path!r}: the name is not UTF-8; rename the file") from None
    return FileInfo(tree.uri(entry.path), name, entry.size, entry.modified_ns)
