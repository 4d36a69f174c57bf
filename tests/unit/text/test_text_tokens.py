"""Tags as the HTML standard delimits them."""

import pytest

from etl.text.tokens import read_attributes, resolve, split_tags


@pytest.mark.parametrize(
    ("html", "tags"),
    [
        ("<p>x</p>", ["p", "/p"]),
        ("a < b <3 </ >", []),
        ("<a title='>' b=\">\" c>x", ["a"]),
        ("<p don't>x</p>", ["p", "/p"]),
        ('<a b=c"d>x</a>', ["a", "/a"]),
        ("<br/><x-y>", ["br", "x-y"]),
        ("<!DOCTYPE html><?xml?><!-- <p> --><p>", ["p"]),
        ("<script>'<p>'</script ><p>", ["p"]),
        ("<SCRIPT>x</script><scripted>", ["scripted"]),
        ("<p <b>", ["p"]),
    ],
)
def test_tags_are_found(html: str, tags: list[str]) -> None:
    assert [tag for tag in split_tags(html)[2::4] if tag is not None] == tags


@pytest.mark.parametrize("html", ["<!-- <p>", "<script><p>", "<a b='<p>", '<a b="<p>'])
def test_what_never_ends_takes_the_rest_of_the_page(html: str) -> None:
    assert split_tags("x" + html)[-1] == ""


def test_attributes_are_read_once_in_lower_case() -> None:
    assert read_attributes("A=1 a=2 b='x &amp; y' c") == {"a": "1", "b": "x & y", "c": ""}


def test_a_reference_of_endless_digits_is_no_character() -> None:
    assert resolve("&#" + "9" * 10_000 + ";") == "\ufffd"
