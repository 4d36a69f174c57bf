"""A strict comparison of plain YAML data with dataclasses, the way the Databricks SDK declares its requests.

The SDK's own `from_dict` drops unknown keys and turns wrong enum values into None, so it proves nothing.
"""

import dataclasses
import sys
import types
import typing
from collections.abc import Mapping
from enum import Enum
from typing import Any

_SCALARS = (str, int, float, bool)


def unfitting(value: object, wanted: Any, where: str) -> list[str]:
    """Return what in `value` does not fit the type `wanted`: keys unknown or missing, types, enum values.

    A string that holds `${…}` fits everywhere: only the bundle's own tool knows what it stands for.
    """
    if isinstance(value, str) and "${" in value:
        return []
    options = [option for option in _options(wanted) if option is not types.NoneType]
    if len(options) != 1:
        return []  # a union of several types does not occur in job settings; Any fits all
    return _unfitting_one(value, options[0], where)


def _options(wanted: Any) -> tuple[Any, ...]:
    is_union = typing.get_origin(wanted) in (typing.Union, types.UnionType)
    return typing.get_args(wanted) if is_union else (wanted,)


def _unfitting_one(value: object, wanted: Any, where: str) -> list[str]:
    origin = typing.get_origin(wanted) or wanted
    if origin is list:
        if not isinstance(value, list):
            return [f"{where}: {value!r} is no list"]
        (item,) = typing.get_args(wanted)
        return [found for at, one in enumerate(value) for found in unfitting(one, item, f"{where}[{at}]")]
    if origin is dict:
        if not isinstance(value, Mapping):
            return [f"{where}: {value!r} is no mapping"]
        _, item = typing.get_args(wanted)
        return [found for key, one in value.items() for found in unfitting(one, item, f"{where}.{key}")]
    if dataclasses.is_dataclass(origin):
        return _unfitting_fields(value, typing.cast(type, origin), where)
    if isinstance(origin, type) and issubclass(origin, Enum):
        valid = [member.value for member in origin]
        return [] if value in valid else [f"{where}: {value!r} is none of {', '.join(map(str, valid))}"]
    if origin in _SCALARS:
        return [] if type(value) is origin else [f"{where}: {value!r} is no {origin.__name__}"]
    return []


def _unfitting_fields(value: object, wanted: type, where: str) -> list[str]:
    if not isinstance(value, Mapping):
        return [f"{where}: {value!r} is no mapping"]
    fields = {field.name: field for field in dataclasses.fields(wanted)}
    # One module as both scopes: or a field called compute hides the module compute that annotations name.
    scope = vars(sys.modules[wanted.__module__])
    hints = typing.get_type_hints(wanted, scope, scope)
    found = [f"{where}: unknown key {key}" for key in value if key not in fields]
    found += [
        f"{where}: {name} is missing"
        for name, field in fields.items()
        if name not in value and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    ]
    for name in fields:
        if name in value:
            found += unfitting(value[name], hints[name], f"{where}.{name}")
    return found
