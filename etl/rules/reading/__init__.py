"""The reading tasks: pairs mined from plain text by patterns (AdaptLLM, arXiv 2309.09530, section 3.1), one file each.

Unlike the source they work on a list of sentences in any script instead of regular expressions that eat their text,
so evidence at the edges is found; what one task sold no other sells again (`etl.rules.ledger`).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Final

from etl.config.reading import TASKS, ReadingConfig, Task
from etl.rules.base import Document, Pair, Rule
from etl.rules.reading import (
    article,
    cause,
    command,
    completion,
    definition,
    examples,
    keywords,
    mentions,
    option,
    paraphrase,
    relation,
    summary,
    title,
    topic,
    translation,
    years,
)
from etl.rules.reading.language import language_of, languages_of

_FINDERS: Final[Mapping[Task, tuple[Callable[[Document, str, int], Iterator[Pair]], str]]] = MappingProxyType(
    {
        "translation": (translation.find_translations, translation.VERSION),
        "paraphrase": (paraphrase.find_paraphrases, paraphrase.VERSION),
        "summary": (summary.find_summaries, summary.VERSION),
        "topic": (topic.find_topics, topic.VERSION),
        "definition": (definition.find_definitions, definition.VERSION),
        "option": (option.find_options, option.VERSION),
        "command": (command.find_commands, command.VERSION),
        "cause": (cause.find_causes, cause.VERSION),
        "relation": (relation.find_relations, relation.VERSION),
        "keywords": (keywords.find_keywords, keywords.VERSION),
        "title": (title.find_titles, title.VERSION),
        "article": (article.find_articles, article.VERSION),
        "completion": (completion.find_completions, completion.VERSION),
        "years": (years.find_years, years.VERSION),
        "mentions": (mentions.find_mentions, mentions.VERSION),
        "examples": (examples.find_examples, examples.VERSION),
    }
)
# Tasks that look for the words of a language, so that each language of a mixed page can be tried.
_BY_BLOCK: Final = frozenset({"paraphrase", "topic", "definition", "cause", "relation"})
READING_RULES: Final = tuple(f"reading_{task}" for task in TASKS)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading task; see `etl.rules.base.Rule`."""

    task: Task
    max_per_task: int

    @property
    def name(self) -> str:
        """The task with the prefix ``reading_``."""
        return f"reading_{self.task}"

    @property
    def version(self) -> str:
        """The version of the task's output."""
        return _FINDERS[self.task][1]

    def __call__(self, document: Document) -> Iterator[Pair]:
        """Yield the pairs of the document in order, at most `max_per_task`."""
        if not document.blocks:
            return
        finder, _ = _FINDERS[self.task]
        languages = languages_of(document) if self.task in _BY_BLOCK else (language_of(document),)
        if len(languages) == 1:
            yield from finder(document, languages[0], self.max_per_task)
            return
        found = (pair for lang in languages for pair in finder(document, lang, self.max_per_task))
        yield from sorted(islice(found, self.max_per_task), key=_place)


def build_reading(config: ReadingConfig) -> tuple[Rule, ...]:
    """Return the rules of the tasks that are on, in the order of `etl.config.reading.TASKS`."""
    return tuple(Reading(task, config.max_per_task) for task in TASKS if task in config.tasks)


def _place(pair: Pair) -> int:
    return pair.evidence[0].start
