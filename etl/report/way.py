"""The way of one document in words: raw, blocks, pairs, rejects, mixture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from etl.text.blocks import Block

_SHOWN: Final = 160
_RAW_SHOWN: Final = 600
_MAX_BLOCKS: Final = 60
_MAX_PAIRS: Final = 40

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Way:
    """All that the tables and the source hold of one document.

    Attributes:
        document: Its row in ``documents``, or None where it never became one.
        raw: Its text as the source has it, or None where the source is not to be read any more.
        blocks: Its blocks.
        pairs: Its rows in ``pairs``.
        rejects: What was dropped of it: its own row, or rows of pairs made from it.
        mixture: Its rows in ``mixture``.
    """

    document: Row | None
    raw: str | None
    blocks: Sequence[Block]
    pairs: Sequence[Row]
    rejects: Sequence[Row]
    mixture: Sequence[Row]


def way_text(way: Way) -> str:
    """Return the way as lines of text."""
    lines: list[str] = []
    if way.document is not None:
        lines += _document_lines(way.document)
    lines += ["", "raw"]
    lines += ["  the source cannot be read any more"] if way.raw is None else _indented(way.raw, _RAW_SHOWN)
    if way.document is not None:
        lines += _block_lines(way.document["text"], way.blocks)
        lines += _pair_lines(way.document["text"], way.pairs)
    lines += _reject_lines(way.rejects)
    lines += _mixture_lines(way.mixture, way.document is not None)
    return "\n".join(lines) + "\n"


def _document_lines(row: Row) -> list[str]:
    shown = ("doc_id", "source", "source_id", "url", "title", "lang", "license", "format")
    lines = [f"{name:<10} {_short(str(row[name]))}" for name in shown if row[name] is not None]
    size = f"{row['n_chars']:,} characters, {row['n_chrome']:,} of page chrome left out"
    appended = f", {row['n_markup']:,} that only its markup states" if row["n_markup"] else ""
    return [*lines, f"{'size':<10} {size}{appended}"]


def _block_lines(text: str, blocks: Sequence[Block]) -> list[str]:
    lines = ["", f"blocks: {len(blocks)}"]
    for block in blocks[:_MAX_BLOCKS]:
        level = f" {block.level}" if block.level else ""
        number = f" #{block.number}" if block.number is not None else ""
        mark = f" ({block.mark})" if block.mark else ""
        place = f"{block.start}–{block.end}"
        lines.append(f"  {place:>15}  {block.kind}{level}{number}{mark}: {_short(text[block.start : block.end])}")
    return lines + _more(len(blocks) - _MAX_BLOCKS)


def _pair_lines(text: str, pairs: Sequence[Row]) -> list[str]:
    lines = ["", f"pairs: {len(pairs)}"]
    for pair in pairs[:_MAX_PAIRS]:
        lines.append(
            f"  {pair['pair_id']}  {pair['rule']} {pair['rule_version']}, {pair['family']}, "
            f"grounding {pair['grounding']:.3f}"
        )
        lines.append(f"    instruction  {_short(pair['instruction'])}")
        lines.append(f"    response     {_short(pair['response'])}")
        for span in pair["evidence"]:
            lines.append(f"    evidence     {span['start']}–{span['end']}: {_short(text[span['start'] : span['end']])}")
    return lines + _more(len(pairs) - _MAX_PAIRS)


def _reject_lines(rejects: Sequence[Row]) -> list[str]:
    lines = ["", f"rejects: {len(rejects)}"]
    for row in rejects[:_MAX_PAIRS]:
        detail = f": {_short(row['detail'])}" if row["detail"] else ""
        lines.append(f"  {row['stage']}, {row['reason']}{detail}")
        if row["payload"]:
            lines.append(f"    {_short(row['payload'])}")
    return lines + _more(len(rejects) - _MAX_PAIRS)


def _mixture_lines(rows: Sequence[Row], is_document: bool) -> list[str]:
    lines = ["", f"mixture: {len(rows)} rows"]
    for row in rows[:_MAX_PAIRS]:
        lines.append(
            f"  {row['row_id']}  {row['stream']}, {row['split']}, {row['n_tokens']:,} tokens: {_short(row['text'])}"
        )
    if is_document and not any(row["stream"] == "raw" for row in rows):
        lines.append("  its raw text was not drawn")
    return lines + _more(len(rows) - _MAX_PAIRS)


def _more(left: int) -> list[str]:
    return [f"  … and {left:,} more"] if left > 0 else []


def _indented(text: str, limit: int) -> list[str]:
    cut = text[:limit]
    lines = ["  " + _printable(line) for line in cut.splitlines()]
    return lines + ([f"  … {len(text):,} characters in all"] if len(text) > limit else [])


def _short(text: str) -> str:
    one_line = " ⏎ ".join(_printable(line) for line in text[: _SHOWN * 2].splitlines())
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"


def _printable(line: str) -> str:
    # A corpus may hold escape sequences; none may reach the terminal.
    return "".join(char if char.isprintable() else " " for char in line)
