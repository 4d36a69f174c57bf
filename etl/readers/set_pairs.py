"""From a row of an instruction set to a pair: what each format calls request, context and answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from etl.config.instruction_sets import InstructionSetConfig
from etl.readers.fields import MAX_FIELD
from etl.readers.reasons import FIELD_TOO_LONG, MISSING_FIELD, MULTI_TURN, TEXT_TOO_LONG, WRONG_TYPE
from etl.text.characters import clean, compose

# The words that sets use for the three parts of a conversation.
_ROLES: Final = {
    "system": "system",
    "user": "user",
    "human": "user",
    "prompter": "user",
    "assistant": "assistant",
    "gpt": "assistant",
    "model": "assistant",
}
_ROLE_KEYS: Final = ("role", "from")
_TEXT_KEYS: Final = ("content", "value")
_TURN: Final = ("user", "assistant")


class ImportedPair(NamedTuple):
    """A pair of a set, its texts cleaned; a gate of select judges whether they say anything."""

    source_id: str
    instruction: str
    response: str
    context: str | None
    lang: str | None
    license: str | None


class NoPairError(Exception):
    """A row that is no pair, with the reason and a sentence of what was found."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def pair_of_row(values: Mapping[str, Any], config: InstructionSetConfig, max_chars: int, place: str) -> ImportedPair:
    """Return the pair that a row of a set describes.

    Args:
        values: The fields of the row; those the set does not name are ignored.
        config: Says which fields hold what.
        max_chars: Code points that each text may have.
        place: The id of the row where the set names no `id_col`.

    Raises:
        NoPairError: A field is missing or of another type, a text too long, or the row has several turns.
    """
    match config.format:
        case "alpaca":
            texts = [_text(values, name, needed=name != "input") for name in ("instruction", "output", "input")]
        case "messages":
            texts = _single_turn(values.get(config.messages_col), config.messages_col)
        case _:
            texts = [_text(values, config.instruction_col), _text(values, config.response_col)]
            texts.append("" if config.context_col is None else _text(values, config.context_col, needed=False))
    for text in texts:
        if len(text) > max_chars:
            raise NoPairError(
                TEXT_TOO_LONG, f"a text has {len(text):,} code points; input.max_chars allows {max_chars:,}"
            )
    instruction, response, context = (compose(clean(text)).strip() for text in texts)
    return ImportedPair(
        source_id=place if config.id_col is None else _named(values, config.id_col) or place,
        instruction=instruction,
        response=response,
        context=context or None,
        lang=config.lang or _named(values, config.lang_col),
        license=config.license or _named(values, config.license_col),
    )


def _single_turn(messages: Any, column: str) -> list[str]:
    """Return request, answer and context: a system message is the text that the request refers to."""
    if messages is None:
        raise NoPairError(MISSING_FIELD, f"field {column!r} is missing or null")
    if not isinstance(messages, Sequence) or isinstance(messages, str | bytes):
        raise NoPairError(WRONG_TYPE, f"field {column!r} is no list of messages")
    turns = [_message(message, column) for message in messages[: len(_TURN) + 2]]
    context = turns.pop(0)[1] if turns and turns[0][0] == "system" else ""
    roles = tuple(role for role, _ in turns)
    if roles[: len(_TURN)] == _TURN and len(roles) > len(_TURN):
        raise NoPairError(MULTI_TURN, f"field {column!r} holds {len(messages)} messages; single turns are read")
    if roles != _TURN:
        found = ", ".join(roles) or "none"
        raise NoPairError(MISSING_FIELD, f"field {column!r} holds messages of {found}; user, assistant are read")
    return [turns[0][1], turns[1][1], context]


def _message(message: Any, column: str) -> tuple[str, str]:
    if not isinstance(message, Mapping):
        raise NoPairError(WRONG_TYPE, f"field {column!r} holds something other than messages")
    role = next((message[key] for key in _ROLE_KEYS if isinstance(message.get(key), str)), "")
    text = next((message[key] for key in _TEXT_KEYS if isinstance(message.get(key), str)), None)
    if text is None:
        raise NoPairError(WRONG_TYPE, f"a message in field {column!r} holds no text")
    return _ROLES.get(role.strip().lower(), repr(role[:40])), text


def _text(values: Mapping[str, Any], column: str, *, needed: bool = True) -> str:
    found = values.get(column)
    if found is None:
        if needed:
            raise NoPairError(MISSING_FIELD, f"field {column!r} is {'null' if column in values else 'missing'}")
        return ""
    if not isinstance(found, str):
        raise NoPairError(WRONG_TYPE, f"field {column!r} holds a value of type {type(found).__name__}, not a string")
    return found


def _named(values: Mapping[str, Any], column: str | None) -> str | None:
    found = None if column is None else values.get(column)
    if found is None:
        return None
    if isinstance(found, int) and not isinstance(found, bool):
        found = str(found)
    if not isinstance(found, str):
        raise NoPairError(WRONG_TYPE, f"field {column!r} holds a value of type {type(found).__name__}, not a string")
    if len(found) > MAX_FIELD:
        raise NoPairError(
            FIELD_TOO_LONG, f"field {column!r} has {len(found):,} code points; at most {MAX_FIELD:,} are read"
        )
    return found or None
