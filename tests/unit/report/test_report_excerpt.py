import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.report.excerpt import make_excerpt

TEXTS = st.text(st.sampled_from("ab c.\n数é😀"), max_size=3000)
SPANS = st.lists(st.tuples(st.integers(-20, 3020), st.integers(-20, 3020)), max_size=60)


def shown(excerpt, highlights):
    return [excerpt[start:end] for start, end in highlights]


def test_a_short_text_is_shown_whole_with_its_evidence():
    excerpt, highlights = make_excerpt("What? That. End.", [(0, 5), (6, 11)])
    assert excerpt == "What? That. End."
    assert shown(excerpt, highlights) == ["What?", "That."]


def test_spans_far_apart_are_joined_by_an_ellipsis():
    text = "x " * 50 + "Why?" + " y" * 200 + " So." + " z" * 50
    why, so = text.index("Why?"), text.index("So.")
    excerpt, highlights = make_excerpt(text, [(why, why + 4), (so, so + 3)], margin=4)
    assert excerpt == "… x x Why? y y … y y So. z z …"
    assert shown(excerpt, highlights) == ["Why?", "So."]


def test_spans_near_each_other_share_one_piece():
    excerpt, highlights = make_excerpt(
        "a" * 100 + "Q?" + "b" * 10 + "A." + "c" * 100, [(100, 102), (112, 114)], margin=5
    )
    assert excerpt == "… aaaaaQ?bbbbbbbbbbA.ccccc …"
    assert shown(excerpt, highlights) == ["Q?", "A."]


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [([(3, 8), (0, 5)], ["abcdefgh"]), ([(-5, 2)], ["ab"]), ([(8, 99)], ["ij"]), ([(4, 4), (6, 2)], [])],
)
def test_overlapping_spans_merge_wrong_ones_are_clipped_and_empty_ones_ignored(evidence, expected):
    assert shown(*make_excerpt("abcdefghij", evidence)) == expected


def test_a_margin_does_not_cut_through_words():
    excerpt, _ = make_excerpt("unbelievable stories: Why? Because nobody looked", [(22, 26)], margin=15)
    assert excerpt == "… stories: Why? Because nobody …"


def test_the_longer_piece_is_cut_and_the_shorter_one_stays_whole():
    text = "Why? " + "x" * 500 + " " + "y" * 5000
    excerpt, highlights = make_excerpt(text, [(0, 4), (506, 5506)], margin=0, max_chars=200)
    assert shown(excerpt, highlights) == ["Why?", "y" * (200 - len("… Why? …  …"))]
    assert excerpt.startswith("Why? … yyy") and excerpt.endswith("y …")


def test_without_evidence_there_is_no_excerpt():
    assert make_excerpt("some text", []) == ("", [])


@pytest.mark.parametrize(("margin", "max_chars"), [(-1, 100), (0, 39)])
def test_impossible_bounds_are_refused(margin, max_chars):
    with pytest.raises(ValueError, match="at least"):
        make_excerpt("text", [(0, 1)], margin, max_chars)


@given(TEXTS, SPANS, st.integers(0, 200), st.integers(40, 1500))
def test_an_excerpt_is_bounded_and_marks_nothing_but_evidence(text, evidence, margin, max_chars):
    excerpt, highlights = make_excerpt(text, evidence, margin, max_chars)
    valid = [(max(0, a), min(b, len(text))) for a, b in evidence if max(0, a) < min(b, len(text))]
    assert len(excerpt) <= max_chars
    assert bool(highlights) == bool(valid)
    ends = [0, *(offset for span in highlights for offset in span), len(excerpt)]
    assert ends == sorted(ends)
    covered = {i for a, b in valid for i in range(a, b)}
    evidence_text = "".join(c if i in covered else "\0" for i, c in enumerate(text))
    assert all(start < end and excerpt[start:end] in evidence_text for start, end in highlights)


@given(TEXTS, SPANS)
def test_with_room_enough_all_evidence_is_marked(text, evidence):
    excerpt, highlights = make_excerpt(text, evidence, 10, 100_000)
    covered = sorted({i for a, b in evidence for i in range(max(0, a), min(b, len(text)))})
    assert "".join(shown(excerpt, highlights)) == "".join(text[i] for i in covered)
