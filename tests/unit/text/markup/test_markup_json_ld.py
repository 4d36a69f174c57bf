import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.text.markup.json_ld import as_html, read_json, read_json_ld

N_CHARS = 400_000
MAX_SECONDS = 10.0


def script(source):
    return f'<script type="application/ld+json">{source}</script>'


@pytest.mark.parametrize(
    ("source", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": [1, 2,], "b": {"c": 3,},}', [{"a": [1, 2], "b": {"c": 3}}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('/*<![CDATA[*/ {"a": 1} /*]]>*/', [{"a": 1}]),
        ('{"a": "two\nlines"}', [{"a": "two\nlines"}]),
        ('{"a": "it\\\'s"}', [{"a": "it's"}]),
        ('{"a": 1} // said once\n', [{"a": 1}]),
        ('{"a": "http://b.example/c,]"} /* end */', [{"a": "http://b.example/c,]"}]),
        ('{"a": 1};', [{"a": 1}]),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ("{&quot;a&quot;: 1}", [{"a": 1}]),
        ('{"a": 1} {"b": ', [{"a": 1}]),
        ('{"a": "cut of', []),
        ("var a = 1;", []),
        ("", []),
    ],
)
def test_faulty_json_is_read_as_it_was_meant(source, values):
    assert list(read_json(source)) == values


def test_a_script_that_is_commented_out_states_nothing():
    assert read_json_ld("<!-- " + script('{"@type": "Question"}') + " -->") == []


def test_a_script_of_another_type_states_nothing():
    assert read_json_ld('<script>var a = {"@type": "Question", "b": "ld+json"}</script>') == []


def test_types_and_names_lose_their_vocabulary():
    (item,) = read_json_ld(script('{"@type": ["http://schema.org/Question", "x:FAQ"], "schema:name": "Why?"}'))
    assert item.kinds == {"question", "faq"}
    assert item.properties == {"name": ["Why?"]}


def test_references_by_id_are_resolved_wherever_the_item_stands():
    items = read_json_ld(
        script('{"@graph": [{"@type": "FAQPage", "mainEntity": [{"@id": "#q"}]}, {"@id": "#q", "@type": "Question"}]}')
    )
    page = next(item for item in items if "faqpage" in item.kinds)
    assert [value.kinds for value in page.properties["mainentity"]] == [{"question"}]


def test_an_item_that_refers_to_itself_is_read_once():
    items = read_json_ld(script('{"@id": "#q", "@type": "Question", "about": {"@id": "#q"}}'))
    assert len(items) == 1


def test_values_with_a_language_and_lists_are_values():
    (item,) = read_json_ld(
        script('{"@type": "Question", "name": {"@value": "Why?", "@language": "en"}, "a": {"@list": ["b", 3]}}')
    )
    assert item.properties == {"name": ["Why?"], "a": ["b", "3"]}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b", "a &lt; b"),
        ("Vec<T> holds T", "Vec&lt;T&gt; holds T"),
        ("one\ntwo", "one<br>two"),
        ("<p>one</p>\n<p>two</p>", "<p>one</p>\n<p>two</p>"),
        ("&lt;p&gt;one&lt;/p&gt;", "<p>one</p>"),
        ("Q&amp;A", "Q&amp;A"),
        ("it&#8217;s", "it’s"),
    ],
)
def test_a_text_is_html_where_it_holds_elements(text, html):
    assert as_html(text) == html


@pytest.mark.parametrize(
    "unit",
    ["[", "{", '{"a":', '"', '\\"', '"\\', ",", ", ", "/*", "//", "<!--", "<script ", "]", '{"@id":"#a"},', "1", ";"],
)
def test_one_thing_repeated_is_read_in_linear_time(unit):
    start = time.process_time()
    read_json_ld(script(unit * (N_CHARS // len(unit))))
    read_json_ld('<script type="ld+json">' + unit * (N_CHARS // len(unit)))
    assert time.process_time() - start < MAX_SECONDS


@given(st.text(alphabet='{}[]",:@ \\/*<!->ab1tru\n', max_size=60))
def test_no_script_raises(source):
    read_json_ld(script(source))
