"""The catalog: what is shipped in the package, and what a user's folder adds."""

import hashlib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from etl.config.explain import one_each
from etl.config.read import MAX_BYTES, parse
from etl.config.tree import Node, Place
from etl.errors import ConfigError
from etl.surface.lint import problems
from etl.surface.models import Catalog, Demands, Layout, Wording
from etl.surface.read import read_layouts, read_wordings

LAYOUTS_FILE: Final = "layouts.yaml"
_MAX_FILES: Final = 200
_SUFFIX: Final = ".yaml"


def load_catalog(folder: str | None = None) -> Catalog:
    """Return the shipped wordings and layouts with those of a folder added, all checked.

    Args:
        folder: A folder on this machine with a file ``<language>.yaml`` for each language and, if layouts are added,
            ``layouts.yaml``; None for the shipped ones alone.

    Raises:
        ConfigError: A file is unreadable, or something in it is wrong; a line for each problem, 20 at most.
    """
    return _catalog(_files(folder))


def fingerprint(folder: str) -> str:
    """Return number and hash of the files of a user's folder: what a run records of them.

    Raises:
        ConfigError: The folder or a file in it cannot be read.
    """
    given = _given(folder)
    # Names without their folder: the same files elsewhere are the same wordings.
    digest = hashlib.sha256(repr([(Path(path).name, text) for path, text in given]).encode()).hexdigest()
    return f"{len(given)} files, {digest[:16]}"


def _files(folder: str | None) -> tuple[tuple[str, str], ...]:
    data = files("etl.surface") / "data"
    shipped = [(data / LAYOUTS_FILE).name, *sorted(entry.name for entry in (data / "wordings").iterdir())]
    texts = [(name, _shipped(data, name)) for name in shipped if name.endswith(_SUFFIX)]
    return (*texts, *(() if folder is None else _given(folder)))


def _shipped(data: Traversable, name: str) -> str:
    place = data / name if name == LAYOUTS_FILE else data / "wordings" / name
    return place.read_text(encoding="utf-8")


def _given(folder: str) -> tuple[tuple[str, str], ...]:
    """Return path and text of the files of a user's folder, by name."""
    where = f"mixture.surface.wordings: {folder}"
    root = Path(folder)
    if not root.is_dir():
        raise ConfigError(f"{where}: there is no such folder on this machine; valid: a folder of files such as en.yaml")
    found = sorted(path for path in root.iterdir() if path.suffix == _SUFFIX)
    if not 0 < len(found) <= _MAX_FILES:
        raise ConfigError(f"{where}: holds {len(found)} files *.yaml; valid: 1 to {_MAX_FILES}, such as en.yaml")
    return tuple((str(path), _read(path)) for path in found)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ConfigError(f"{path}: is larger than {MAX_BYTES} bytes; valid: several files of the same language")
        return data.decode("utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}; valid: a YAML file") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8; save the file as UTF-8") from None


# The plan of a mixture asks for the catalog as often as its frame is built; reading it takes a second.
@lru_cache(maxsize=4)
def _catalog(texts: tuple[tuple[str, str], ...]) -> Catalog:
    languages: dict[str, Demands] = {}
    wordings: list[Wording] = []
    layouts: list[Layout] = []
    for label, text in texts:
        tree = _tree(label, text)
        if Path(label).name == LAYOUTS_FILE:
            layouts += read_layouts(tree)
            continue
        language, demands, read = read_wordings(tree)
        earlier = languages.get(language, Demands())
        languages[language] = Demands(earlier.starts + demands.starts, earlier.ends + demands.ends)
        wordings += read
    catalog = Catalog(
        languages,
        tuple(sorted(wordings, key=lambda wording: wording.id)),
        tuple(sorted(layouts, key=lambda layout: layout.id)),
    )
    if found := list(problems(catalog)):
        raise ConfigError(one_each(found))
    return catalog


def _tree(label: str, text: str) -> Node:
    return parse(text, Place(label, inputs=Path(), outputs=Path(), line=1))
