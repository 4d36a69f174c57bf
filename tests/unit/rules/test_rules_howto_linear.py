"""Time on hostile text grows no faster than the text; CPU seconds of one size against those of four times the size."""

import time

import pytest

from etl.config.howto import HowtoConfig
from etl.rules.base import Document
from etl.rules.howto import Howto
from etl.text.parse import parse

LEAST_SECONDS = 0.05
MOST = 9.0
HOSTILE = {
    "items": ("markdown", lambda n: "# How to\n\n" + "\n".join(f"{i}. Click OK." for i in range(1, n))),
    "lines": ("text", lambda n: "How to brew\n" + "Click the button now.\n" * n),
    "lists": ("markdown", lambda n: "\n\n".join(f"## How to {i}\n\n1. Click A.\n2. Click B." for i in range(n // 4))),
    "one title": ("markdown", lambda n: "# How to\n\n" + "Do this:\n\n1. Click A.\n2. Click B.\n\n" * (n // 4)),
    "labels": ("text", lambda n: "\n".join(f"Step {i % 99}: click it" for i in range(n))),
    "headings": ("markdown", lambda n: "\n\n".join(f"# {i % 9}. Click it" for i in range(n))),
    "nested": ("html", lambda n: "<ol><li>Click it<li>Click it" * (n // 8)),
    "announced": ("markdown", lambda n: "Follow these steps:\n\n" * n),
}


def seconds(format, text):
    parsed = parse(text, format)
    document = Document(parsed.text, parsed.blocks, parsed.title, "en")
    start = time.process_time()
    for _ in Howto(HowtoConfig())(document):
        pass
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_four_times_the_text_takes_about_four_times_as_long(name):
    format, make = HOSTILE[name]
    small = max(LEAST_SECONDS, *(seconds(format, make(4_000)) for _ in range(3)))
    # The best of three: what else the machine does slows one, not all.
    assert min(seconds(format, make(16_000)) for _ in range(3)) < MOST * small
