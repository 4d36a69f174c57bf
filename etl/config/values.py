"""What the values of a configuration are made of: names, shares, and the rules all its models share."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

# Names become folder names, table names and literals in SQL: letters, digits and a few safe signs only.
NAME_PATTERN: Final = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"
IDENTIFIER_PATTERN: Final = r"^[A-Za-z0-9_-]{1,100}$"
# Control characters break listings, manifests and the terminal; no path or column needs them.
LINE_PATTERN: Final = r"^[^\x00-\x1f\x7f]+$"
# No user and password in an address: what stands in a configuration is recorded with the run.
ADDRESS_PATTERN: Final = r"^https?://[^\s/@?#]+(/[^\s@?#]*)?$"
VARIABLE_PATTERN: Final = r"^[A-Za-z_][A-Za-z0-9_]{0,99}$"

Share = Annotated[float, Field(ge=0, le=1)]
Name = Annotated[str, Field(pattern=NAME_PATTERN)]
Identifier = Annotated[str, Field(pattern=IDENTIFIER_PATTERN)]
Line = Annotated[str, Field(pattern=LINE_PATTERN)]
Column = Annotated[str, Field(pattern=LINE_PATTERN, max_length=255)]


class ImpossibleError(ValueError):
    """Values that are valid one by one and not together; `key`, dotted, is the one to look at, empty for the whole."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class Model(BaseModel):
    """Base of all models: strict types, no unknown keys, immutable."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
