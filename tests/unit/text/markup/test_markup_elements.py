import time

import pytest

from etl.text.markup.elements import read_elements
from etl.text.tokens import split_tags

N_CHARS = 200_000
MAX_SECONDS = 10.0


def read(html):
    return read_elements(split_tags(html))


def test_a_property_holds_the_html_of_its_element():
    (item,) = read(
        '<div itemscope itemtype="https://schema.org/Answer"><p itemprop=text>One <b>two</b>.</p>three</div>'
    )
    assert item.kinds == {"answer"}
    assert item.properties == {"text": ["One <b>two</b>."]}


def test_an_item_within_an_item_is_the_value_of_its_property():
    question, answer = read(
        '<div itemscope itemtype="http://schema.org/Question"><h2 itemprop="name">Why?</h2>'
        '<div itemprop="acceptedAnswer" itemscope itemtype="http://schema.org/Answer">'
        "<i itemprop=text>So.</i></div></div>"
    )
    assert question.properties == {"name": ["Why?"], "acceptedanswer": [answer]}
    assert answer.properties == {"text": ["So."]}


def test_an_attribute_states_what_the_element_does_not_show():
    (item,) = read(
        '<div itemscope><meta itemprop=name content="Why &amp; how?"><span itemprop=text content="a">b</span></div>'
    )
    assert item.properties == {"name": ["Why & how?"], "text": ["a"]}


def test_rdfa_reads_like_microdata():
    question, answer = read(
        '<div vocab="https://schema.org/" typeof="Question"><h2 property="name">Why?</h2>'
        '<div property="acceptedAnswer" typeof="Answer"><i property="text">So.</i></div></div>'
    )
    assert question.properties == {"name": ["Why?"], "acceptedanswer": [answer]}


def test_prefixes_of_schema_org_are_read_and_others_are_not():
    (item,) = read(
        '<body prefix="v: https://schema.org/ dc: http://purl.org/dc/terms/"><div typeof="v:Question">'
        '<b property="v:name">Why?</b><b property="dc:title">x</b></div><i typeof="foaf:Person">y</i>'
    )
    assert item.kinds == {"question"}
    assert item.properties == {"name": ["Why?"]}


def test_elements_without_end_tags_end_where_the_next_one_begins():
    (item,) = read("<ul itemscope><li itemprop=step>one<li itemprop=step><p>two<li itemprop=step>three</ul>")
    assert item.properties == {"step": ["one", "<p>two", "three"]}


def test_a_paragraph_ends_where_a_block_begins():
    (item,) = read("<div itemscope><p itemprop=text>one<div>two</div></div>")
    assert item.properties == {"text": ["one"]}


def test_a_step_without_properties_is_what_its_element_holds():
    (item,) = read('<li itemscope itemtype="http://schema.org/HowToStep"><p>Click OK.</p></li>')
    assert item.content == "<p>Click OK.</p>"


@pytest.mark.parametrize(
    "unit",
    [
        "<div itemscope itemprop=a>", "<p itemprop=text>x", "<b itemprop=text>", "<li itemprop=a>", "</div>",
        "<i itemscope itemtype=x/Answer>", "<div typeof=Question property=a>", "<meta itemprop=a content=b>", "<a><b>",
    ],
)  # fmt: skip
def test_one_thing_repeated_is_read_in_linear_time(unit):
    start = time.process_time()
    read("<div itemscope>" + unit * (N_CHARS // len(unit)))
    assert time.process_time() - start < MAX_SECONDS
