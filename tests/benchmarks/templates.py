"""The price of templates, as a ratio measured in one run: ``python -m tests.benchmarks.templates``.

- `times_extraction`: CPU seconds that templates take of the documents of a corpus, and of the knowledge base, against
  those that all rules of the shipped configuration take of the same documents, the passes taking turns.
- `shares`: the largest share of a template and of an entity among the pairs that stay.
"""

import argparse
import json
import os
import re
import time
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

from etl.config.knowledge import TemplatesConfig
from etl.config.load import load_config
from etl.knowledge.load import load_knowledge
from etl.rules import build_rules
from etl.rules.base import Document
from etl.stages.extract import found_in
from etl.stages.fill import filled_in
from etl.templates.balance import caps_of
from etl.templates.fill import fill_from_knowledge
from etl.templates.load import load_templates
from etl.templates.offers.base import PLACE
from etl.templates.passages import build_filler
from etl.text.parse import parse
from tests.benchmarks.extraction import drawn
from tests.benchmarks.whole_job import SHIPPED

FLOORS = {"times_extraction": 2.0, "template_share": 0.02, "filler_share": 0.01}
SEED = 42
# A pass takes so many documents, so that what slows the machine down slows both.
TURN = 250


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("INSTRUCTLAKE_DATA")
    parser.add_argument("--corpus", default=f"{default}/corpus/*-of-*.jsonl.gz" if default else None)
    parser.add_argument("--documents", type=int, default=100_000, help="size of the sample, drawn by hash")
    arguments = parser.parse_args()
    if arguments.corpus is None:
        parser.error("name the files with --corpus, or their folder with INSTRUCTLAKE_DATA")
    loaded = load_config(SHIPPED, env=None, overrides=[f"input.sources.0.path={arguments.corpus}"], cwd=Path.cwd())
    rules, config = build_rules(loaded.config.rules), TemplatesConfig()
    knowledge = load_knowledge()
    templates = load_templates(knowledge)
    filler = build_filler(templates, knowledge, config)
    sample = drawn(arguments.corpus, arguments.documents)
    spent, made = {"extraction": 0.0, "templates": 0.0, "knowledge base": 0.0}, []
    matches = 0
    for at in range(0, len(sample), TURN):
        turn = [(each["id"], _document(each)) for each in sample[at : at + TURN]]
        start = time.process_time()
        found = [found_in(doc_id, document, rules) for doc_id, document in turn]
        between = time.process_time()
        for (doc_id, document), sold in zip(turn, found, strict=True):
            matched = filled_in(doc_id, document, filler, SEED, sold) or []
            matches += len(matched)
            # By hash, as where all slot counts are as frequent as they should be.
            made += sorted(matched, key=lambda pair: str(pair["pair_id"]))[: config.per_document]
        spent["extraction"] += between - start
        spent["templates"] += time.process_time() - between
    start = time.process_time()
    alone = list(fill_from_knowledge(templates, knowledge, config, SEED))
    spent["knowledge base"] = time.process_time() - start
    pairs = [(pair["template_id"], pair["fillers"]) for pair in made]
    pairs += [(pair.template.id, pair.fillers) for pair in alone]
    ratio = (spent["templates"] + spent["knowledge base"]) / spent["extraction"]
    figures = {
        "documents": len(sample),
        "cpu_seconds": {name: round(seconds, 1) for name, seconds in spent.items()},
        "times_extraction": round(ratio, 2),
        "matches": matches,
        "pairs": {"of documents": len(made), "of the knowledge base": len(alone)},
        "shares": _shares(pairs, config),
        "floors": FLOORS,
        "load_average": os.getloadavg()[0],
    }
    print(json.dumps(figures, indent=2))


def _document(row: dict[str, Any]) -> Document:
    parsed = parse(row["text"], row["format"])
    return Document(parsed.text, parsed.blocks, parsed.title, row["lang"], parsed.markup)


def _shares(pairs: list[tuple[str, Any]], config: TemplatesConfig) -> dict[str, float]:
    """Return the largest shares of what stays when the pairs behind the caps are gone, as the stage has it."""
    templates: Counter[str] = Counter(name for name, _ in pairs)
    entities: Counter[str] = Counter(entity for _, fillers in pairs for entity in _entities(fillers))
    sizes, named = Counter(templates.values()), Counter(entities.values())
    caps = caps_of(sizes, named, config.max_template_share, config.max_filler_share)
    by_hash = sorted(pairs, key=lambda pair: sha256(repr(pair).encode()).digest())
    of_template: Counter[str] = Counter()
    of_entity: Counter[str] = Counter()
    stay = []
    for name, fillers in by_hash:
        of_template[name] += 1
        of_entity.update(_entities(fillers))
        if of_template[name] <= caps.template and all(of_entity[each] <= caps.filler for each in _entities(fillers)):
            stay.append((name, fillers))
    most = Counter(name for name, _ in stay).most_common(1)[0][1]
    filler = Counter(entity for _, fillers in stay for entity in _entities(fillers)).most_common(1)[0][1]
    return {"stay": len(stay), "template": round(most / len(stay), 4), "filler": round(filler / len(stay), 4)}


def _entities(fillers: Any) -> set[str]:
    return {re.sub(PLACE, "", filler) for filler in fillers} - {""}


if __name__ == "__main__":
    main()
