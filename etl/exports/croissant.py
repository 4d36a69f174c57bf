"""The Croissant file of an exported data set: JSON-LD that search engines and loaders read (MLCommons, version 1.0)."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

CROISSANT: Final = "croissant.json"

# As the specification prints it, section "Namespaces"; a reader may compare it word for word.
_CONTEXT: Final = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
_CONFORMS_TO: Final = "http://mlcommons.org/croissant/1.0"
_PARQUET: Final = "application/x-parquet"
_SPDX: Final = "https://spdx.org/licenses/"
_SPDX_ID: Final = re.compile(r"[A-Za-z0-9.+-]{1,64}")
# What Spark calls a type; a list of one of these is a repeated field, and of nested types Croissant has no word here.
_TYPES: Final = {
    "string": "sc:Text", "boolean": "sc:Boolean", "tinyint": "sc:Integer", "smallint": "sc:Integer",
    "int": "sc:Integer", "bigint": "sc:Integer", "float": "sc:Float", "double": "sc:Float", "date": "sc:Date",
    "timestamp": "sc:DateTime",
}  # fmt: skip
_ARRAY: Final = re.compile(r"array<(\w+)>")


def croissant_text(
    name: str,
    description: str,
    splits: Mapping[str, str],
    columns: Mapping[str, str],
    licenses: Sequence[str],
) -> str:
    """Return the text of ``croissant.json``: a set of files and a set of records for each split.

    Args:
        name: The name of the data set.
        description: What it is, in a sentence.
        splits: For each split the pattern of its Parquet files, relative to the folder.
        columns: Columns and their types, as Spark names these; nested ones are left out.
        licenses: The licences, as SPDX ids where they are such.
    """
    tree: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": _CONFORMS_TO,
        "name": name,
        "description": description,
        "license": [_license(license_) for license_ in licenses],
        "distribution": [_files(split, pattern) for split, pattern in splits.items()],
        "recordSet": [_records(split, columns) for split in splits],
    }
    return json.dumps({key: value for key, value in tree.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _license(license_: str) -> str:
    return f"{_SPDX}{license_}" if _SPDX_ID.fullmatch(license_) else license_


def _files(split: str, pattern: str) -> dict[str, Any]:
    named = _name_of(split)
    return {"@type": "cr:FileSet", "@id": named, "name": named, "encodingFormat": _PARQUET, "includes": pattern}


def _name_of(split: str) -> str:
    # Readers take no blank in an id.
    return f"files-{split}"


def _records(split: str, columns: Mapping[str, str]) -> dict[str, Any]:
    fields = [_field(split, name, kind) for name, kind in columns.items() if _kind(kind) is not None]
    return {"@type": "cr:RecordSet", "@id": split, "name": split, "field": fields}


def _field(split: str, column: str, kind: str) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{split}/{column}",
        "name": column,
        "dataType": _kind(kind),
        "source": {"fileSet": {"@id": _name_of(split)}, "extract": {"column": column}},
    }
    return {**field, "repeated": True} if _ARRAY.fullmatch(kind) else field


def _kind(kind: str) -> str | None:
    listed = _ARRAY.fullmatch(kind)
    return _TYPES.get(listed[1] if listed else kind)
