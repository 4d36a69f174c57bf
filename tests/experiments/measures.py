"""What a trained model knows of questions and answers, and of raw text."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import torch
from torch.nn import functional as F

from tests.experiments.data import Pair
from tests.experiments.model import ByteModel

# An answer that goes on for longer than this has not ended.
_MOST_ANSWER_BYTES: Final = 80
# Each byte of an answer is a pass of its own, so fewer questions are answered than are measured.
_MOST_ANSWERED: Final = 50
_NEW_LINE: Final = ord("\n")


class Measures(NamedTuple):
    """The figures of one run; see README.md."""

    answer_nats: float
    question_gain: float
    format_accuracy: float
    raw_nats: float


@torch.no_grad()
def measure(model: ByteModel, pairs: Sequence[Pair], raw: Sequence[bytes]) -> Measures:
    """Return the figures of a model on held-out pairs and held-out raw text."""
    own = [_nats(model, pair.asked, pair.answer) for pair in pairs]
    # Each pair's neighbour lends its question: a fixed one, as the order of pairs is that of their ids.
    other = [_nats(model, pairs[n - 1].asked, pair.answer) for n, pair in enumerate(pairs)]
    answers = sum(len(pair.answer) for pair in pairs)
    chunks = [text[at : at + model.context] for text in raw for at in range(0, len(text), model.context)]
    losses = [(_nats(model, chunk[:1], chunk[1:]), len(chunk) - 1) for chunk in chunks if len(chunk) > 1]
    answered = pairs[:_MOST_ANSWERED]
    return Measures(
        answer_nats=sum(own) / answers,
        question_gain=(sum(other) - sum(own)) / answers,
        format_accuracy=sum(_is_answered(model, pair) for pair in answered) / len(answered),
        raw_nats=sum(loss for loss, _ in losses) / sum(length for _, length in losses),
    )


def _nats(model: ByteModel, given: bytes, text: bytes) -> float:
    """Return the loss of a text behind what is given, of which the end is kept where both are too long."""
    text = text[: model.context - 1]
    given = given[-(model.context - len(text)) :]
    data = given + text
    logits = model.read(data[:-1])
    losses = F.cross_entropy(logits, torch.tensor(list(data[1:]), device=logits.device), reduction="none")
    return float(losses[len(given) - 1 :].sum())


def _is_answered(model: ByteModel, pair: Pair) -> bool:
    said = bytearray()
    while len(said) < _MOST_ANSWER_BYTES:
        seen = (pair.asked + bytes(said))[-model.context :]
        following = int(model.read(seen)[-1].argmax())
        if following == _NEW_LINE and said.strip():
            break
        said.append(following)
    line = bytes(said).strip()
    return len(said) < _MOST_ANSWER_BYTES and not line.endswith(b"?") and line not in pair.asked
