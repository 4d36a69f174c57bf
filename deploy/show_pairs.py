"""Print the pairs that a model wrote, and how much of what it wrote was turned down and why.

``python deploy/show_pairs.py PAIRS REJECTS``: two folders that ``instructlake export --format jsonl`` wrote.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

# A line of a terminal or two of each text.
_SHOWN_CHARS = 240


def main() -> None:
    pairs, rejects = (rows(Path(folder)) for folder in sys.argv[1:])
    for pair in pairs:
        print(f"\nQ: {brief(pair['instruction'])}\nA: {brief(pair['response'])}")
    print(f"\nPairs by the model: {len(pairs)}. Turned down of what it wrote: {len(rejects)}.")
    for reason, n in Counter(row["reason"] for row in rejects).most_common():
        example = next(row for row in rejects if row["reason"] == reason)
        print(f"  {n:>3} {reason}, such as: {brief(example['detail'] or example['payload'] or '')}")
    print(
        "\nSo small a model shows the way, not what a good one writes; conf/env/models.yaml names another in two lines."
    )


def rows(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for path in sorted(folder.rglob("part-*")) for line in path.open(encoding="utf-8")]


def brief(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARS else flat[:_SHOWN_CHARS] + " …"


if __name__ == "__main__":
    main()
