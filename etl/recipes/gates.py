"""Gates of generated pairs: what a pair must satisfy whichever recipe made it."""

from typing import Final

from etl.recipes.base import Draft, Outcome, ParseError, Refusal
from etl.recipes.outputs import declines, n_words, support

_MIN_INSTRUCTION_CHARS: Final = 8
_MAX_INSTRUCTION_WORDS: Final = 400
_MAX_RESPONSE_WORDS: Final = 4000
# A request that holds so long a piece of the answer as it stands gives the answer away.
_GIVEN_AWAY_CHARS: Final = 120

INSTRUCTION_TOO_SHORT: Final = "instruction_too_short"
INSTRUCTION_TOO_LONG: Final = "instruction_too_long"
RESPONSE_TOO_LONG: Final = "response_too_long"
EMPTY_RESPONSE: Final = "empty_response"
REPEATS_INSTRUCTION: Final = "response_repeats_instruction"
REFUSED_ANSWER: Final = "refused_answer"
UNSUPPORTED: Final = "unsupported_response"
OPEN_SLOT: Final = "open_slot"
GIVEN_AWAY: Final = "answer_given_away"
REPEATED: Final = "repeated_question"

# Left over from prompts and from markup that models were tuned on; it must never reach a pair.
_MARKERS: Final = ("<CON>", "</CON>", "<QUE>", "<ANS>", "</END>", "<fi>", "</fi>", "<excerpt>", "</excerpt>", "<...>")


def admitted(drafts: list[Draft], refusals: list[Refusal], passage: str, min_support: float) -> Outcome:
    """Return the drafts that pass, and the others with their reason; of questions that repeat one the first stays.

    Raises:
        ParseError: Nothing passes and there was only one thing to say why.
    """
    kept: list[Draft] = []
    refused = list(refusals)
    seen: set[str] = set()
    for draft in drafts:
        reason, detail = verdict(draft, passage, min_support)
        key = " ".join(draft.instruction.casefold().split())
        if not reason and key in seen:
            reason, detail = REPEATED, "an earlier pair of this output asks the same"
        if reason:
            refused.append(Refusal(reason, detail, f"{draft.instruction}\n{draft.response}"))
        else:
            seen.add(key)
            kept.append(draft)
    if not kept and len(refused) == 1:
        raise ParseError(refused[0].reason, refused[0].detail)
    return Outcome(tuple(kept), tuple(refused))


def verdict(draft: Draft, passage: str, min_support: float) -> tuple[str, str]:
    """Return reason and detail against a draft; both empty where there is none."""
    instruction, response = draft.instruction.strip(), draft.response.strip()
    if marker := next((each for each in _MARKERS if each in instruction or each in response), ""):
        return OPEN_SLOT, marker
    if len(instruction) < _MIN_INSTRUCTION_CHARS and n_words(instruction) < 3:
        return INSTRUCTION_TOO_SHORT, f"{len(instruction)} characters"
    if (words := n_words(instruction)) > _MAX_INSTRUCTION_WORDS:
        return INSTRUCTION_TOO_LONG, f"{words} words"
    if not response:
        return EMPTY_RESPONSE, ""
    if instruction.casefold() == response.casefold():
        return REPEATS_INSTRUCTION, ""
    if (words := n_words(response)) > _MAX_RESPONSE_WORDS:
        return RESPONSE_TOO_LONG, f"{words} words"
    if declines(response):
        return REFUSED_ANSWER, response[:80]
    if draft.response_source == "span":
        if len(response) >= _GIVEN_AWAY_CHARS and response[:_GIVEN_AWAY_CHARS] in instruction:
            return GIVEN_AWAY, "the request quotes the answer"
        return "", ""
    if passage and (share := support(response, passage)) < min_support:
        return UNSUPPORTED, f"{share:.0%} of the words stand in the passage, {min_support:.0%} are needed"
    return "", ""
