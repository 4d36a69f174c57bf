"""The card of an exported data set: what Hugging Face reads to load it, and what people read before they do."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import yaml

_OTHER: Final = "other"
_UNKNOWN: Final = "not stated"
_CODE: Final = re.compile(r"[a-z]{2,3}")
_SIZES: Final = (
    (10**3, "1K"), (10**4, "10K"), (10**5, "100K"), (10**6, "1M"), (10**7, "10M"), (10**8, "100M"), (10**9, "1B"),
    (10**10, "10B"), (10**11, "100B"), (10**12, "1T"),
)  # fmt: skip


def card_text(
    table: str,
    splits: Mapping[str, str],
    rows: Mapping[str, int],
    licenses: Sequence[tuple[str | None, int]],
    columns: Mapping[str, str],
    *,
    languages: Sequence[str] = (),
    facts: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the text of ``README.md``, with the splits as front matter.

    Args:
        table: The table that was exported.
        splits: For each split the pattern of its files.
        rows: Rows of each split.
        licenses: Licences and how many rows have each.
        columns: Columns and their types.
        languages: Codes of the languages of the rows.
        facts: What else there is to say, a line each: by which run it was made, with which code.
    """
    known = {license_ for license_, _ in licenses}
    only = next(iter(known)) if len(known) == 1 else None
    front: dict[str, Any] = {
        "pretty_name": table,
        "license": only.lower() if only is not None else _OTHER,
        # Only what the hub knows as a code is a language there.
        "language": sorted({code for code in languages if _CODE.fullmatch(code)}),
        "task_categories": ["text-generation"],
        "size_categories": [_size(sum(rows.values()))],
        "tags": ["instructlake"],
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": pattern} for split, pattern in splits.items()],
            }
        ],
    }
    if not front["language"]:
        del front["language"]
    lines = [
        "---",
        yaml.safe_dump(front, sort_keys=False, allow_unicode=True).rstrip(),
        "---",
        "",
        f"# {table}",
        "",
        f"The table `{table}`, exported by instructlake.",
        "",
        *([*_table(("", "How it was made"), "|---|---|", facts), ""] if facts else []),
        "| Split | Rows |",
        "|---|---:|",
        *[f"| {split} | {n:,} |" for split, n in rows.items()],
        "",
        "| Column | Type |",
        "|---|---|",
        *[f"| `{name}` | {kind} |" for name, kind in columns.items()],
    ]
    if licenses:
        ordered = sorted(licenses, key=lambda each: (-each[1], each[0] or ""))
        lines += ["", "| Licence | Rows |", "|---|---:|"]
        lines += [f"| {_cell(license_ or _UNKNOWN)} | {n:,} |" for license_, n in ordered]
    return "\n".join(lines) + "\n"


def _table(heads: tuple[str, str], rule: str, rows: Mapping[str, str]) -> list[str]:
    return [
        f"| {heads[0]} | {heads[1]} |",
        rule,
        *(f"| {_cell(name)} | {_cell(said)} |" for name, said in rows.items()),
    ]


def _size(rows: int) -> str:
    """Return the hub's word for a number of rows."""
    least, last = "n", 0
    for most, name in _SIZES:
        if rows < most:
            return f"n<{name}" if not last else f"{least}<n<{name}"
        least, last = name, most
    return f"n>{least}"


def _cell(text: str) -> str:
    """Return a text from outside as one cell of a table."""
    return " ".join(text.replace("|", "\\|").split())[:200]
