"""What gates say: that a text is refused, or where in it something stands that must not stay."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """Why a text is not fit: a short constant for the table of rejects, and what was found, in a sentence."""

    reason: str
    detail: str


class Finding(NamedTuple):
    """Code points ``text[start:end]`` that are of a `kind`, such as ``email`` or ``aws_key``."""

    kind: str
    start: int
    end: int


class Verdict(NamedTuple):
    """What the gates say of one text.

    Attributes:
        reason: Why it is refused, or None.
        detail: What was found, in a sentence, without what was found itself; None where it is not refused.
        text: The text, with personal data and secrets masked as configured. It is as long as it was and every other
            character stands where it stood, so offsets hold in both. Of a refused text it is the head, with
            everything found masked: what a reject may show.
        lang: The language: the source's own word for it, or what was identified where it gives none; None: unknown.
        tags: What was found and left, or masked, such as ``pii_email``; sorted, without repetition.
    """

    reason: str | None
    detail: str | None
    text: str
    lang: str | None = None
    tags: tuple[str, ...] = ()
