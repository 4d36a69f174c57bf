"""Claim: a folder of an export says what is written there, so that one that was killed can be written again."""

import json
from typing import Final, NamedTuple

from etl.errors import ConfigError
from etl.storage import is_there, read_text, remove_folder, write_text

# Readers of data pass by what begins with an underscore.
_MARK: Final = "_EXPORT"


class Request(NamedTuple):
    """What an export is: of which rows it consists and in which files."""

    table: str
    version: int
    format: str
    form: str
    columns: str | None
    where: str | None
    shards: int | None
    pack: int | None = None


def claim(out: str, request: Request) -> None:
    """Take a folder for an export; what a killed export of the same kind left there is removed.

    Raises:
        ConfigError: There is something else.
    """
    if is_there(out):
        if read_text(_mark(out)) != _said(request, finished=False):
            raise ConfigError(f"--out {out}: it exists already; name a folder that does not")
        remove_folder(out)
    write_text(_mark(out), _said(request, finished=False))


def finish(out: str, request: Request) -> None:
    """Note that the export is whole."""
    write_text(_mark(out), _said(request, finished=True))


def _mark(out: str) -> str:
    return f"{out.rstrip('/')}/{_MARK}"


def _said(request: Request, *, finished: bool) -> str:
    return json.dumps({**request._asdict(), "finished": finished}, ensure_ascii=False, indent=1) + "\n"
