"""Treatment: what is done to a document while its text is in memory: parse, gates, rules, signatures."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from etl.config.duplicates import NearDuplicatesOfConfig
from etl.config.models import Config
from etl.gates.judge import Judge, build_judge
from etl.readers.record import Failure, Record
from etl.rules import build_rules
from etl.rules.base import Document, Rule
from etl.stages.candidates import content_id
from etl.stages.extract import found_in
from etl.stages.fill import filled_in
from etl.templates.offered import Filler
from etl.text.blocks import Parsed, encode
from etl.text.parse import parse

NO_TEXT: Final = "no_text"
_PAYLOAD_CHARS: Final = 2_000

Row = Mapping[str, Any]


class Treatment(NamedTuple):
    """What is done to each document.

    Attributes:
        rules: The rules that look for pairs, in order.
        judge: The gates it must pass, or None.
        compared: How it is compared with others, or None.
        filler: What fills templates with its passages, or None.
        seed: What the draws of the filler depend on.
        keep_chrome: Keep page chrome as blocks of its own.
    """

    rules: tuple[Rule, ...] = ()
    judge: Judge | None = None
    compared: NearDuplicatesOfConfig | None = None
    keep_chrome: bool = False
    filler: Filler | None = None
    seed: int = 0


def treatment_of(config: Config, filler: Filler | None = None) -> Treatment:
    """Return what a configuration does to documents, with what fills templates."""
    select = config.select
    return Treatment(
        rules=build_rules(config.rules),
        judge=build_judge(select.gates, select.profile),
        compared=select.near_duplicates.documents,
        keep_chrome=config.input.keep_chrome,
        filler=filler,
        seed=config.run.seed,
    )


def treat(source: str, record: Record | Failure, treatment: Treatment) -> Row:
    """Return the row of one record by column; a column that is not there is null.

    The gates come before the rules: what they mask no rule sees, and as a mask is as long as what it covers, blocks
    and evidence are those of the text that is kept.
    """
    if isinstance(record, Failure):
        failed = {"source": source, "source_id": record.source_id, "detail": record.detail, "payload": record.payload}
        return {**failed, "stage": "ingest", "reason": record.reason}
    doc_id = content_id(record.format, record.text)
    parsed = parse(record.text, record.format, keep_chrome=treatment.keep_chrome)
    described = {
        "doc_id": doc_id,
        "source": source,
        "source_id": record.source_id or doc_id,
        "url": record.url,
        "title": record.title or parsed.title,
        "lang": record.lang,
        "license": record.license,
        "format": record.format,
    }
    if not parsed.text:
        said = f"nothing is left of {len(record.text)} characters of {record.format} but markup and page chrome"
        left = record.text[:_PAYLOAD_CHARS] if treatment.judge is None else treatment.judge.head(record.text)
        return {**described, "stage": "parse", "reason": NO_TEXT, "detail": said, "payload": left}
    if treatment.judge is None:
        return _document(described, parsed.text, parsed, treatment)
    verdict = treatment.judge.document(parsed.text, record.lang, record.license, source)
    title = described["title"] and treatment.judge.masked(described["title"])
    described = {**described, "title": title, "lang": verdict.lang}
    if verdict.reason is not None:
        refused = {"stage": "parse", "reason": verdict.reason, "detail": verdict.detail, "payload": verdict.text}
        return {**described, **refused}
    return {**_document(described, verdict.text, parsed, treatment), "tags": verdict.tags or None}


def _document(described: dict[str, Any], text: str, parsed: Parsed, treatment: Treatment) -> dict[str, Any]:
    document = Document(text, parsed.blocks, described["title"], described["lang"], parsed.markup)
    found = found_in(described["doc_id"], document, treatment.rules)
    return {
        **described,
        "text": text,
        "content_hash": content_id(text),
        "n_chars": len(text),
        "n_chrome": parsed.n_chrome,
        "n_markup": parsed.n_markup,
        "blocks": encode(parsed.blocks),
        "found": found,
        "n_found": len(found),
        "filled": filled_in(described["doc_id"], document, treatment.filler, treatment.seed, found),
    }
