"""Print the pairs that ``instructlake export --format jsonl`` wrote to a folder: the argument."""

import json
import sys
from pathlib import Path

# A line of a terminal or two of each text.
_SHOWN_CHARS = 240


def main() -> None:
    lines = [line for path in sorted(Path(sys.argv[1]).rglob("*.jsonl*")) for line in path.open(encoding="utf-8")]
    for line in lines:
        pair = json.loads(line)
        print(f"\nQ: {brief(pair['instruction'])}\nA: {brief(pair['response'])}")
    print(f"\n{len(lines)} pairs were written by the model.")


def brief(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN_CHARS else flat[:_SHOWN_CHARS] + " …"


if __name__ == "__main__":
    main()
