"""Caps hold for what stays, not for what was made."""

from hypothesis import given
from hypothesis import strategies as st

from etl.templates.balance import Caps, caps_of


def test_the_cap_of_a_template_is_its_share_of_what_stays():
    caps = caps_of({100: 1, 1: 90}, {}, 0.1, 1.0)
    assert caps.template == 10
    assert caps.template <= 0.1 * (90 + caps.template)


def test_where_too_few_templates_share_the_whole_the_cap_is_a_share_of_all():
    assert caps_of({10: 3}, {5: 6}, 0.02, 0.5) == Caps(1, 15)


def test_nothing_made_has_no_caps():
    assert caps_of({}, {}, 0.02, 0.01) == Caps(0, 0)


@given(
    st.lists(st.integers(1, 300), min_size=60, max_size=90),
    st.lists(st.integers(1, 50), min_size=150, max_size=200),
)
def test_no_template_and_no_entity_exceeds_its_share(templates, entities):
    sizes = {size: templates.count(size) for size in templates}
    named = {size: entities.count(size) for size in entities}
    caps = caps_of(sizes, named, 0.05, 0.05)
    left = sum(min(size, caps.template) for size in templates)
    left -= sum(max(0, size - caps.filler) for size in entities)
    assert caps.template <= 0.05 * left + 1e-6 or caps.template == -(-sum(templates) * 5 // 100)
