"""Rows of the shipped knowledge base about computers: formats, protocols, languages and systems, of our own table."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

OWN: Final = {"source": "instructlake", "license": "Apache-2.0"}
_FACTS: Final = ("extension", "media_type", "port", "number")
EXPANSION: Final = "expansion"


def technology(table: Iterable[Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    """Yield the entities of a table, and what their abbreviations stand for as entities of their own.

    >>> table = [{"type": "protocol", "key": "FTP", "en": "FTP", "zh": "FTP", "long_en": "File Transfer Protocol"}]
    >>> [row["names"] for row in technology(table)]
    [{'en': 'File Transfer Protocol'}, {'any': 'FTP'}]
    """
    for row in table:
        facts = {name: row[name] for name in _FACTS if row.get(name)}
        names = {"any": row["en"]} if row["en"] == row["zh"] else {"en": row["en"], "zh": row["zh"]}
        meant = {language: row[f"long_{language}"] for language in ("en", "zh") if row.get(f"long_{language}")}
        if meant:
            yield {"type": EXPANSION, "key": row["key"], "names": meant, **OWN}
            facts["long"] = f"@{EXPANSION}/{row['key']}"
        yield {"type": row["type"], "key": row["key"], "names": names, "facts": facts, **OWN}
