import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.text.markup.locate import Page, wanted


def found(text, sought, **where):
    page = Page(text)
    stretch = page.find(wanted(sought), **where) or page.find_alike(wanted(sought))
    return None if stretch is None else text[slice(*page.extent(stretch, wanted(sought)))]


@pytest.mark.parametrize(
    ("text", "sought", "there"),
    [
        ("First.\n\nIs it   open?\n\nYes.", "Is it open?", "Is it   open?"),
        ("IS IT OPEN? Yes.", "Is it open?", "IS IT OPEN?"),
        ("He said “it is” twice.", '"It is"', "“it is”"),
        ("Yesterday: yes.", "Yes.", "yes."),
        ("Yesterday", "Yes.", None),
        ("点击设置，然后重启。", "然后重启。", "然后重启。"),
        ("Use --force here", "--force", "--force"),
        ("Straße", "STRASSE", None),
        ("İstanbul is far", "is far", "is far"),
        ("nothing", "?!", None),
        ("", "a", None),
    ],
)
def test_a_text_is_found_whatever_stands_between_its_letters(text, sought, there):
    assert found(text, sought) == there


def test_a_long_text_is_found_where_its_list_has_lost_the_numbers():
    shown = "Boil two litres of water.\nAdd the lentils and half a spoon of salt.\nCook it for half an hour."
    stated = "1. Boil two litres of water. 2. Add the lentils and half a spoon of salt. 3. Cook it for half an hour."
    assert found(f"Soup\n\n{shown}\n\nEnjoy.", stated) == shown


def test_a_long_text_that_says_something_else_between_its_ends_is_not_found():
    shown = "The shop opens its doors at nine o'clock on weekdays; on Sundays we bake bread for the neighbours all day."
    stated = (
        "The shop opens its doors at nine o'clock in summer while in winter we sleep more than the neighbours all day."
    )
    assert found(shown, stated) is None


@given(st.text(max_size=60), st.text(max_size=12), st.text(max_size=60))
def test_what_is_found_lies_in_the_text_and_has_the_letters_sought(before, sought, behind):
    text = f"{before} {sought} {behind}"
    page = Page(text)
    stretch = page.find(wanted(sought))
    if stretch is not None:
        start, end = page.extent(stretch, wanted(sought))
        assert 0 <= start < end <= len(text)
        assert wanted(text[start:end]).letters == wanted(sought).letters


def test_searching_for_what_is_nowhere_costs_no_more_than_the_page_allows():
    page = Page("word " * 1000)
    for _ in range(10_000):
        page.find(wanted("this text stands nowhere at all"))
    assert page.find(wanted("word")) is None or page.find(wanted("word")) == (0, 4)
