"""Steps that pages state in their HowTo microdata, against what the rule finds on the pages without it.

The documents are not part of the repository: set ``INSTRUCTLAKE_DATA`` to the folder that holds ``corpus``.
"""

import gzip
import json
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from zlib import crc32

import pytest

from etl.config.howto import HowtoConfig
from etl.rules.base import Document
from etl.rules.howto import Howto
from etl.rules.sentences import lead_end
from etl.text.parse import parse

DATA = os.environ.get("INSTRUCTLAKE_DATA")
# One document in so many is read: the test takes seconds, and the figures move by two hundredths.
EVERY = 3
MARKUP = re.compile(r'\s(?:itemprop|itemtype|itemscope|itemid)(?:="[^"]*")?')
NO_WORD = re.compile(r"[\W_]+")
LIST_TAGS = ("ol", "ul", "li")
FLOOR = {"steps in an instruction": 0.79, "steps in any field": 0.89, "whole lists": 0.87}

pytestmark = pytest.mark.skipif(DATA is None, reason="INSTRUCTLAKE_DATA is not set: no pages with HowTo markup")


class StatedLists(HTMLParser):
    """Collects the steps of each HowToSection, in order."""

    def __init__(self):
        super().__init__()
        self.lists, self._open, self._tags = [], [], []

    def handle_starttag(self, tag, attrs):
        if tag not in LIST_TAGS:
            return
        kind = (dict(attrs).get("itemtype") or "").rpartition("/")[2]
        if kind == "HowToSection":
            self._open.append([])
            self.lists.append(self._open[-1])
        elif kind == "HowToStep" and self._open:
            self._open[-1].append("")
        self._tags.append(kind)

    def handle_endtag(self, tag):
        if tag in LIST_TAGS and self._tags and self._tags.pop() == "HowToSection":
            self._open.pop()

    def handle_data(self, data):
        if self._open and self._open[-1] and "HowToStep" in self._tags:
            self._open[-1][-1] += data


def words(text):
    return " ".join(NO_WORD.sub(" ", text.lower()).split())


def first_sentences(steps, page):
    """Return the first sentence of each step that the page shows as stated."""
    bare = (" ".join(step.split()) for step in steps)
    leads = (words(step[: lead_end(step)]) for step in bare)
    return [lead for lead in leads if lead and lead in page]


@pytest.fixture(scope="module")
def figures():
    found = dict.fromkeys(FLOOR, 0)
    n_steps = n_lists = 0
    for path in sorted((Path(DATA) / "corpus").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                if "HowToSection" not in line:
                    continue
                record = json.loads(line)
                if record["format"] != "html" or crc32(record["id"].encode()) % EVERY:
                    continue
                stated = StatedLists()
                stated.feed(record["text"])
                parsed = parse(MARKUP.sub("", record["text"]), "html")
                pairs = list(Howto(HowtoConfig())(Document(parsed.text, parsed.blocks, parsed.title, record["lang"])))
                instructions = " | ".join(words(pair.instruction) for pair in pairs)
                responses = [words(pair.response) for pair in pairs]
                for steps in stated.lists:
                    leads = first_sentences(steps, words(parsed.text))
                    if len(leads) < 2:
                        continue
                    n_lists += 1
                    n_steps += len(leads)
                    for lead in leads:
                        quoted = lead in instructions
                        found["steps in an instruction"] += quoted
                        found["steps in any field"] += quoted or any(lead in response for response in responses)
                    found["whole lists"] += any(
                        sum(lead in response for lead in leads) >= 0.8 * len(leads) for response in responses
                    )
    totals = {name: n_lists if name == "whole lists" else n_steps for name in FLOOR}
    return {name: found[name] / totals[name] for name in FLOOR}


@pytest.mark.parametrize("name", FLOOR)
def test_what_markup_states_is_found_without_the_markup(figures, name):
    assert figures[name] >= FLOOR[name], figures
