"""Where the configuration that comes with the program is: in the checkout, or in the installed package."""

from pathlib import Path
from typing import Final

from etl.errors import ConfigError

NAME: Final = "pipeline.yaml"
_PACKAGE: Final = Path(__file__).resolve().parent.parent
_PACKAGED: Final = _PACKAGE / "conf"
_CHECKOUT: Final = _PACKAGE.parent / "conf"


def shipped_config() -> Path:
    """Return the absolute path of the shipped ``pipeline.yaml``.

    Raises:
        ConfigError: The program runs without it, for instance from an archive that Spark ships to a cluster.
    """
    # The packaged copy first: a folder conf beside an installed package belongs to somebody else.
    for folder in (_PACKAGED, _CHECKOUT):
        if (folder / NAME).is_file():
            return folder / NAME
    raise ConfigError(f"the shipped {NAME} is neither in {_PACKAGED} nor in {_CHECKOUT}; name one with --config FILE")


def output_folder(folder: Path, cwd: Path) -> Path:
    """Return the folder that an output is relative to when a configuration file in `folder` states it.

    It is `folder` itself; but the installed package is no place for output, so for a file of it the folder is
    what it would be if the package lay in `cwd`.
    """
    return cwd / folder.relative_to(_PACKAGE) if folder.is_relative_to(_PACKAGED) else folder
