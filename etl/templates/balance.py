"""How many pairs a template, or an entity, may have so that none has more than its share of what is left."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

# How many templates, or entities, have so many pairs, by that number: small, however many pairs there are.
Sizes = Mapping[int, int]

_ROUNDS: Final = 10_000
# A billionth more, so that 0.1 * 30 is 3 and not 2.
_ROUNDING: Final = 1e-9


class Caps(NamedTuple):
    """The most pairs that a template may have, and an entity."""

    template: int
    filler: int


def caps_of(templates: Sizes, entities: Sizes, max_template_share: float, max_filler_share: float) -> Caps:
    """Return caps under which no template and no entity has more than its share of the pairs that stay.

    A pair has one template and may have several entities, so how many stay is only known to be at least what the caps
    leave of the templates less all that exceeds those of the entities; the largest caps that hold for so many are
    taken. Where too few templates or entities share the whole, no cap but zero would hold: there it is the share of
    all that was made.

    Args:
        templates: How many templates have made so many pairs.
        entities: How many entities stand in so many pairs.
        max_template_share: The largest share of a template.
        max_filler_share: The largest share of an entity.

    >>> caps_of({100: 1, 5: 19}, {}, 0.1, 1.0)
    Caps(template=10, filler=105)
    """
    made = sum(size * n for size, n in templates.items())
    for filler_share in (max_filler_share, 1.0):
        for template_share in (max_template_share, 1.0):
            found = _caps(made, templates, entities, template_share, filler_share)
            if found is not None:
                loose = (math.ceil(made * max_template_share), math.ceil(made * max_filler_share))
                return Caps(
                    found.template if template_share == max_template_share else loose[0],
                    found.filler if filler_share == max_filler_share else loose[1],
                )
    return Caps(0, 0)


def _caps(made: int, templates: Sizes, entities: Sizes, template_share: float, filler_share: float) -> Caps | None:
    stay = made
    for _ in range(_ROUNDS):
        caps = Caps(int(template_share * stay + _ROUNDING), int(filler_share * stay + _ROUNDING))
        beyond = sum(max(0, size - caps.filler) * n for size, n in entities.items())
        left = sum(min(size, caps.template) * n for size, n in templates.items()) - beyond
        if left >= stay:
            return caps
        stay = left
        if stay <= 0:
            return None
    return None
