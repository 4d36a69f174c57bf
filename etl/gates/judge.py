"""Judge: all gates of a document in order, and those of a pair that no Spark expression can try."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from etl.config.gates import GatesConfig
from etl.gates import pii, secrets
from etl.gates.answer_language import refuse_answer_language
from etl.gates.base import Finding, Refusal, Verdict
from etl.gates.boilerplate import refuse_boilerplate
from etl.gates.harm import refuse_harm, which_may_harm
from etl.gates.language import Language, base_language, identify, refuse_language
from etl.gates.license import refuse_license
from etl.gates.markers import IN_DOCUMENT, IN_PAIR, refuse_markers
from etl.gates.mask import mask
from etl.gates.pii import find_pii
from etl.gates.quality import judge_quality
from etl.gates.scan import NOTHING, Scan, which_hold
from etl.gates.secrets import find_secrets

PII: Final = "pii"
SECRET: Final = "secret"  # noqa: S105 (the name of a reason)

_OF_PAIRS: Final = {"copies", "answer_language", "contradiction"}
# As much of a refused text as a reject shows, and a margin, so that nothing found is cut in two.
_HEAD_CHARS: Final = 2000
_MARGIN: Final = 2000


class _Found(NamedTuple):
    """What stands in a text: all of it, and the part of it that is to be masked."""

    refusal: Refusal | None
    masked: list[Finding]
    tags: tuple[str, ...]


_NOTHING_FOUND: Final = _Found(None, [], ())


class Looked(NamedTuple):
    """A pair that is looked at together with others."""

    instruction: str | None
    response: str | None
    context: str | None
    lang: str | None


class Seen(NamedTuple):
    """What a look at many pairs showed of one: whether it may hold a mark, a secret or the like, and whether harm."""

    may_hold: bool
    may_harm: bool


_UNSEEN: Final = Seen(True, True)


class PairVerdict(NamedTuple):
    """What the gates say of a pair; its texts are masked as configured, each as long as it was."""

    reason: str | None
    detail: str | None
    instruction: str
    response: str
    context: str | None = None


class Judge:
    """The configured gates of one profile; immutable, the same answer for the same text wherever it runs."""

    def __init__(self, config: GatesConfig, profile: str) -> None:
        self.config = config
        self.profile = profile
        looks = [secrets.LOOK] if config.secrets else []
        looks += [look] if config.pii and (look := pii.look(config.pii.entities)) else []
        # One pass over the text for everything that may have to be masked: most texts end here. Marks are looked for
        # in the same pass, which costs no more.
        self._look = "|".join(looks) or NOTHING
        self._look_at_document = "|".join([*looks, IN_DOCUMENT]) if config.markers else self._look
        self._look_at_pair = "|".join([*looks, IN_PAIR]) if config.markers else self._look

    def document(
        self, text: str, lang: str | None = None, license_: str | None = None, source: str | None = None
    ) -> Verdict:
        """Return what the gates say of a document's canonical text, cheap gates first.

        Args:
            text: The canonical text, before rules read it.
            lang: The language its source declares.
            license_: Its licence, as the source has it.
            source: The name of its source.
        """
        config = self.config
        refusal = refuse_license(license_, source, config.license, self.profile) if config.license else None
        spoken = lang
        if refusal is None and config.language:
            language = identify(text, lang, config.language.sample_chars)
            spoken = _spoken(lang, language, config.language.min_score)
            refusal = refuse_language(language, config.language.allowed, config.language)
        found = _NOTHING_FOUND
        if refusal is None:
            scan = Scan(text)
            rest = scan.behind(self._look_at_document)
            refusal = self._refuse_content(text, scan, rest, base_language(spoken))
            if refusal is None:
                found = self._find(text, rest)
                refusal = found.refusal
        if refusal is not None:
            return Verdict(*refusal, self.head(text), spoken, found.tags)
        return Verdict(None, None, mask(text, found.masked) if found.masked else text, spoken, found.tags)

    def pair(
        self,
        instruction: str,
        response: str,
        family: str | None = None,
        context: str | None = None,
        lang: str | None = None,
        *,
        seen: Seen = _UNSEEN,
    ) -> PairVerdict:
        """Return what the gates say of an instruction, its response and the context it refers to.

        Args:
            instruction: What is asked.
            response: The answer.
            family: The kind of task.
            context: The text the instruction refers to.
            lang: The language of the pair.
            seen: What a look at many pairs showed already.
        """
        config = self.config
        texts = (instruction, response) if context is None else (instruction, response, context)
        rests = [Scan(text).behind(self._look_at_pair) for text in texts] if seen.may_hold else []
        refusal: Refusal | None = None
        if config.markers:
            for text, rest in zip(texts, rests, strict=False):
                if refusal is None and rest is not None and rest.holds(IN_PAIR):
                    refusal = refuse_markers(text, pair=True)
        if refusal is None and config.harm and seen.may_harm:
            refusal = refuse_harm(f"{instruction}\n{response}", base_language(lang), config.harm)
        if refusal is None and config.answer_language:
            refusal = refuse_answer_language(instruction, response, family, config.answer_language, self.profile)
        found = [self._find(text, rest) for text, rest in zip(texts, rests, strict=False)]
        refusal = refusal or next((each.refusal for each in found if each.refusal), None)
        if not seen.may_hold:
            reason, detail = refusal or (None, None)
            return PairVerdict(reason, detail, instruction, response, context)
        if refusal is not None:
            return PairVerdict(*refusal, *map(self.masked, texts))
        masked = [mask(text, each.masked) for text, each in zip(texts, found, strict=True)]
        return PairVerdict(None, None, *masked)

    def look(self, pairs: Sequence[Looked]) -> list[Seen]:
        """Return what one look at many pairs shows of each, cheaper than a look at each; for `pair`."""
        texts = ["\n".join(filter(None, each[:3])) for each in pairs]
        kinds = self.config.pii.entities if self.config.pii else ()
        hold = which_hold(texts, self._look_at_pair)
        hold.update(number for number, text in enumerate(texts) if pii.may_hold_email(text, kinds))
        harm = set[int]()
        if self.config.harm:
            languages = [base_language(each.lang) for each in pairs]
            for lang in set(languages):
                numbers = [number for number, each in enumerate(languages) if each == lang]
                found = which_may_harm([texts[number] for number in numbers], lang, self.config.harm)
                harm.update(numbers[at] for at in found)
        return [Seen(number in hold, number in harm) for number in range(len(texts))]

    def masked(self, text: str, seen: Seen = _UNSEEN) -> str:
        """Return a text with all personal data and secrets masked that the configuration names, whatever its action."""
        if not seen.may_hold:
            return text
        held, personal = self._all_in(text, Scan(text).behind(self._look))
        return mask(text, [*held, *personal])

    def head(self, text: str) -> str:
        """Return the head of a text as a reject may show it, everything found in it masked."""
        return self.masked(text[: _HEAD_CHARS + _MARGIN])[:_HEAD_CHARS]

    def _refuse_content(self, text: str, scan: Scan, rest: Scan | None, lang: str | None) -> Refusal | None:
        config = self.config
        refusal: Refusal | None = None
        if config.markers and rest is not None and rest.holds(IN_DOCUMENT):
            refusal = refuse_markers(text)
        if refusal is None and config.boilerplate:
            refusal = refuse_boilerplate(text, config.boilerplate)
        if refusal is None and config.quality:
            refusal = judge_quality(text, lang, config.quality, self.profile)
        if refusal is None and config.harm:
            refusal = refuse_harm(text, lang, config.harm, scan)
        return refusal

    def _all_in(self, text: str, rest: Scan | None) -> tuple[list[Finding], list[Finding]]:
        """Return the secrets and the personal data of a text, of which `rest` is what may hold any but e-mail."""
        kinds = self.config.pii.entities if self.config.pii else ()
        held = find_secrets(text, rest) if self.config.secrets and rest is not None else []
        return held, find_pii(text, rest, kinds) if kinds else []

    def _find(self, text: str, rest: Scan | None) -> _Found:
        config = self.config
        held, personal = self._all_in(text, rest)
        if not held and not personal:
            return _NOTHING_FOUND
        refusal = None
        if held and config.secrets and config.secrets.action == "drop":
            refusal = _refusal(SECRET, held)
        if refusal is None and personal and config.pii and config.pii.action == "drop":
            refusal = _refusal(PII, personal)
        masked = held if config.secrets and config.secrets.action == "mask" else []
        masked = masked + (personal if config.pii and config.pii.action == "mask" else [])
        tags = {f"{SECRET}_{finding.kind}" for finding in held} | {f"{PII}_{finding.kind}" for finding in personal}
        return _Found(refusal, masked, tuple(sorted(tags)))


def build_judge(config: GatesConfig, profile: str) -> Judge | None:
    """Return the judge of documents, or None where none of their gates is on."""
    on = {name for name in GatesConfig.model_fields if getattr(config, name) is not None}
    return Judge(config, profile) if on - _OF_PAIRS else None


def _refusal(reason: str, findings: list[Finding]) -> Refusal:
    """Name the first finding as the reason, and say how many of which kind there are, but not what they are."""
    kinds = [finding.kind for finding in findings]
    counted = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
    return Refusal(f"{reason}_{kinds[0]}", f"{counted}; the first at {findings[0].start}")


def _spoken(declared: str | None, found: Language | None, min_score: float) -> str | None:
    if declared is not None or found is None or found.score < min_score:
        return declared
    return found.code
