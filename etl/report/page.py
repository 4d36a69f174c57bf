"""The report of a run as one HTML page that needs nothing else: no script, no request, no other file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from etl.report import figures
from etl.report.facts import ALL_SOURCES, INSTRUCTION, MixtureRow, Report, RuleRow, SamplePair, StageRow

_TEMPLATE: Final = "report.html.jinja2"
# A page is for reading: of a longer text the beginning tells enough.
MAX_TEXT_CHARS: Final = 3000
_MAX_URL_CHARS: Final = 2000
# The only addresses that become links. Browsers drop line breaks and leading blanks before they look at the
# scheme, so an address with any blank or control character in it stays text.
_LINK: Final = re.compile(r"https?://[^\s\x00-\x20\x7f]+", re.IGNORECASE)
# Control characters have no place in HTML, lone surrogates none in UTF-8, and direction overrides could make
# a text look like another one.
_UNSHOWABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Headline(NamedTuple):
    """One of the large figures on top of the page."""

    figure: str
    label: str


class SplitRows(NamedTuple):
    """The mixture of one split; `scale` is the largest share of each stream, which fills its bar."""

    split: str
    rows: Sequence[MixtureRow]
    scale: Mapping[str, float]


def render_page(report: Report) -> str:
    """Return the page as HTML text, to be written as UTF-8.

    Whatever comes from a corpus is escaped, cut to `MAX_TEXT_CHARS` code points, and linked only where it is
    an address with ``http`` or ``https``.
    """
    return (
        _environment()
        .get_template(_TEMPLATE)
        .render(
            report=report,
            run=report.run,
            headlines=_headlines(report),
            families=sorted(report.families.items(), key=lambda item: (-item[1], item[0])),
            rules=_by_yield(report.rules),
            splits=_by_split(report.mixture),
        )
    )


@cache
def _environment() -> Environment:
    """Return the templates; whatever they print is escaped unless it is markup of their own."""
    environment = Environment(
        loader=PackageLoader("etl.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_showable,
    )
    environment.filters.update(
        count=figures.count,
        share=figures.share,
        points=figures.points,
        duration=figures.duration,
        moment=figures.moment,
        percent=_percent,
        cut=_cut,
        marked=_marked,
        link=_link,
    )
    environment.globals.update(ALL_SOURCES=ALL_SOURCES)
    return environment


def _showable(value: Any) -> Any:
    """Replace what must not stand in a page; anything but plain text passes through untouched."""
    return _UNSHOWABLE.sub("\ufffd", value) if type(value) is str else value


def _percent(part: float, whole: float = 1.0) -> str:
    """Return a length for SVG, between ``0%`` and ``100%``."""
    return f"{100 * min(max(part / whole, 0.0), 1.0):.3f}%" if whole > 0 else "0%"


def _cut(text: str) -> str:
    """Return the beginning of a long text, and how long it is."""
    if len(text) <= MAX_TEXT_CHARS:
        return text
    return f"{text[:MAX_TEXT_CHARS]}… ({figures.count(len(text))} characters)"


def _marked(pair: SamplePair) -> Iterator[tuple[str, bool]]:
    """Yield the excerpt of a pair in pieces, each with whether it is evidence."""
    done = 0
    for start, end in pair.highlights:
        yield pair.excerpt[done:start], False
        yield pair.excerpt[start:end], True
        done = end
    yield pair.excerpt[done:], False


def _link(url: str) -> str:
    """Return the address where it is safe to follow, else an empty text."""
    return url if len(url) <= _MAX_URL_CHARS and _LINK.fullmatch(url) else ""


def _headlines(report: Report) -> list[Headline]:
    """Return the few figures that say how the run went."""
    first: list[StageRow] = list(report.stages[:1])
    shown = [Headline(figures.count(row.rows_in), f"{row.unit} read") for row in first]
    shown.append(Headline(figures.count(sum(row.admitted for row in report.rules)), "pairs admitted"))
    whole = [row for row in report.mixture if row.source == ALL_SOURCES]
    if whole:
        shown.append(Headline(figures.count(sum(row.rows for row in whole)), "rows in the mixture"))
    for row in whole:
        if row.stream == INSTRUCTION and row.split == whole[0].split:
            label = f"of {row.split} {row.unit} are instructions; planned {figures.share(row.planned)}"
            shown.append(Headline(figures.share(row.achieved), label))
    return shown


def _by_yield(rules: Sequence[RuleRow]) -> list[RuleRow]:
    return sorted(rules, key=lambda row: (-row.admitted, row.rule, row.family))


def _by_split(mixture: Sequence[MixtureRow]) -> list[SplitRows]:
    """Group rows by split, in their order."""
    groups: dict[str, list[MixtureRow]] = {}
    for row in mixture:
        groups.setdefault(row.split, []).append(row)
    return [SplitRows(split, rows, _scale(rows)) for split, rows in groups.items()]


def _scale(rows: Sequence[MixtureRow]) -> dict[str, float]:
    scale: dict[str, float] = {}
    for row in rows:
        scale[row.stream] = max(scale.get(row.stream, 0.0), row.planned, row.achieved)
    return scale
