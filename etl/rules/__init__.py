"""The rules that make pairs out of documents, one pure file each, and the table that builds them.

The key ``reading`` of the configuration builds a rule for each of its tasks.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from etl.config.models import RulesConfig
from etl.rules.base import Rule
from etl.rules.faq import Faq
from etl.rules.howto import Howto
from etl.rules.labelled_qa import LabelledQa
from etl.rules.markup import Markup
from etl.rules.reading import READING_RULES, build_reading
from etl.rules.thread import Thread

_RULES: Final[Mapping[str, Callable[[Any], Rule]]] = {
    # What a page states about itself outranks what rules see in it.
    "markup": Markup,
    # A thread is one question: what looks like others within it belongs to it.
    "thread": Thread,
    "labelled_qa": LabelledQa,
    "faq": Faq,
    "howto": Howto,
}

RULE_NAMES: Final = (*_RULES, *READING_RULES)


def build_rules(config: RulesConfig) -> tuple[Rule, ...]:
    """Return the rules that the configuration switches on, in the order of `RULE_NAMES`, which is the ledger's."""
    parameters = ((name, getattr(config, name)) for name in _RULES)
    extracting = (_RULES[name](given) for name, given in parameters if given is not None)
    return (*extracting, *(build_reading(config.reading) if config.reading is not None else ()))
