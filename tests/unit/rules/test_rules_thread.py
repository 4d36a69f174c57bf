import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.config.markup import ThreadConfig
from etl.rules.base import Document
from etl.rules.thread import Thread
from etl.rules.thread_words import (
    ACCEPTED,
    ANSWER,
    ASKED,
    COMMENTS,
    COUNT,
    END,
    MAX_MARK_CHARS,
    SIGNED,
    VOTES,
)
from etl.text.parse import parse

HEAD = "# Why is it blue?\n\nI always wondered.\n\n"
MAX_SECONDS = 10.0


def pairs_of(markdown, **config):
    parsed = parse(markdown, "markdown")
    return list(Thread(ThreadConfig(**config))(Document(parsed.text, parsed.blocks, parsed.title)))


def test_marks_of_answers_keep_which_one_was_accepted():
    pairs = pairs_of(f"{HEAD}## Answer 1\n\nIt reflects the sea.\n\n## Accepted answer\n\nAir scatters the light.")
    assert [(pair.response, pair.accepted) for pair in pairs] == [
        ("It reflects the sea.", None),
        ("Air scatters the light.", True),
    ]
    assert {(pair.instruction, pair.context) for pair in pairs} == {("Why is it blue?", "I always wondered.")}


def test_votes_above_an_answer_are_its_votes():
    pairs = pairs_of(
        f"{HEAD}## 2 Answers\n\n12\n\nAir scatters.\n\nanswered May 4 at 7:15\n\n-3\n\nIt is not.", min_votes=-9
    )
    assert [(pair.response, pair.votes) for pair in pairs] == [("Air scatters.", 12), ("It is not.", -3)]


def test_comments_are_no_part_of_an_answer_nor_of_the_question():
    page = (
        "# Why is it blue?\n\nI always wondered.\n\n1 comment\n\nSo did I.\n\n## 1 Answer\n\nAir scatters.\n\n"
        "2 comments\n\nThanks!\n\nVery clear.\n\n## Your Answer\n\nType here."
    )
    (pair,) = pairs_of(page)
    assert (pair.context, pair.response) == ("I always wondered.", "Air scatters.")


def test_one_answer_that_nothing_else_marks_is_all_that_follows():
    (pair,) = pairs_of(f"{HEAD}## 1 Answer\n\nAir scatters.\n\nBlue most of all.")
    assert pair.response == "Air scatters.\n\nBlue most of all."


@pytest.mark.parametrize(
    "page",
    [
        "# Light\n\nIt is fast.\n\n## Answer\n\nYes.",  # an exercise: the title asks nothing
        f"{HEAD}## 3 Answers\n\nAir.\n\nThe sea.\n\nNobody knows.",  # nothing tells the three apart
        f"{HEAD}## 1 Answer\n\nann replied on 3 May\n\nAir.\n\nben replied on 4 May\n\nSea.",  # more than it says
        f"{HEAD}## 0 Answers\n\nBe the first to answer.",
        f"{HEAD}The answer is simple.\n\n3 comments\n\nann replied on 3 May\n\nThe sea.",
        "# Why is it blue?\n\nBecause.\n\n# Why is it wet?\n\n## Answer\n\nIt rains.",
        "No title at all.\n\n**Best answer**\n\nYes.",
        "",
    ],
)
def test_what_is_not_surely_a_thread_gives_no_pair(page):
    assert pairs_of(page) == []


def test_the_best_answers_are_taken_and_long_ones_left_out():
    answers = "## Answer 1 (2 votes)\n\nThe sea.\n\n## Answer 2\n\nNobody.\n\n## Best answer\n\nAir scatters the light."
    page = HEAD + answers
    assert [pair.votes for pair in pairs_of(page)] == [2, None, None]
    assert [pair.response for pair in pairs_of(page, max_answers=1)] == ["Air scatters the light."]
    assert [pair.response for pair in pairs_of(page, max_answer_chars=20)] == ["The sea.", "Nobody."]
    assert pairs_of(page, max_question_chars=10) == []
    assert {pair.context for pair in pairs_of(page, max_body_chars=5)} == {""}


@pytest.mark.parametrize("pattern", [COUNT, ANSWER, ACCEPTED, SIGNED, ASKED, VOTES, COMMENTS, END])
def test_no_mark_takes_long_to_refuse_a_block(pattern):
    start = time.process_time()
    for unit in ("1", "a ", "answer ", "by ", "(", "✓", "-", "asked 1", "edited "):
        for _ in range(200):
            pattern.fullmatch((unit * MAX_MARK_CHARS)[:MAX_MARK_CHARS])
    assert time.process_time() - start < MAX_SECONDS


LINES = st.sampled_from(
    [
        *("# Why?", "## 2 Answers", "## Answer", "**Best answer**", "12", "-1 votes", "✓", "Text.", "Is it?"),
        *("answered May 3", "ann replied today", "3 comments", "Your answer", "Asked today", "Marked as solution"),
    ]
)


@given(st.lists(LINES, max_size=20))
@settings(max_examples=300, deadline=None)
def test_any_lines_give_pairs_whose_evidence_lies_in_the_text(lines):
    parsed = parse("\n\n".join(lines), "markdown")
    for pair in Thread(ThreadConfig())(Document(parsed.text, parsed.blocks)):
        assert pair.instruction and pair.response
        assert all(0 <= span.start < span.end <= len(parsed.text) for span in pair.evidence)
