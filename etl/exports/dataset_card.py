"""The card of an exported data set: what Hugging Face reads to load it, and what people read before they do."""

from collections.abc import Mapping, Sequence
from typing import Final

import yaml

_OTHER: Final = "other"
_UNKNOWN: Final = "not stated"


def card_text(
    table: str,
    splits: Mapping[str, str],
    rows: Mapping[str, int],
    licenses: Sequence[tuple[str | None, int]],
    columns: Mapping[str, str],
) -> str:
    """Return the text of ``README.md``, with the splits as front matter.

    Args:
        table: The table that was exported.
        splits: For each split the pattern of its files.
        rows: Rows of each split.
        licenses: Licences and how many rows have each.
        columns: Columns and their types.
    """
    known = {license_ for license_, _ in licenses}
    only = next(iter(known)) if len(known) == 1 else None
    front = {
        "license": only.lower() if only is not None else _OTHER,
        "configs": [
            {
                "config_name": "default",
                "data_files": [{"split": split, "path": pattern} for split, pattern in splits.items()],
            }
        ],
    }
    lines = [
        "---",
        yaml.safe_dump(front, sort_keys=False, allow_unicode=True).rstrip(),
        "---",
        "",
        f"# {table}",
        "",
        f"The table `{table}`, exported by instructlake.",
        "",
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


def _cell(text: str) -> str:
    """Return a text from outside as one cell of a table."""
    return " ".join(text.replace("|", "\\|").split())[:200]
