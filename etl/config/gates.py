"""Configuration of the gates: what is fit for training. One key a gate; a gate that is absent is off."""

from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from etl.config.values import ImpossibleError, Line, Model, Name, Share

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
Action = Literal["mask", "drop", "tag"]
PiiKind = Literal["email", "phone", "card", "iban", "ip", "national_id"]
HarmLanguage = Literal["de", "en", "es", "fr", "it", "ja", "nl", "pt", "ru", "zh"]

_ACTION: Final = "mask overwrites with as many characters, drop rejects the text, tag only names it."
# Permissive and attribution licences. Share-alike and copyleft ones are a decision of whoever trains.
ALLOWED_LICENSES: Final = (
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0",
    "CC-BY-4.0", "CC-PDDC", "CC0-1.0", "ISC", "MIT", "MIT-0", "ODC-By-1.0", "PDDL-1.0", "PostgreSQL",
    "Public domain", "Python-2.0", "Unlicense", "Zlib",
)  # fmt: skip


class LanguageGate(Model):
    """Documents in languages that are wanted."""

    allowed: list[Language] = Field(
        default=[], description="Codes such as en or zh; a document in another language is a reject. Empty: any."
    )
    min_score: Share = Field(default=0.5, description="A less certain identification says nothing and lets pass.")
    sample_chars: Annotated[int, Field(ge=100, le=100_000)] = Field(
        default=1000, description="Characters from the start of a text that are looked at."
    )


class QualityGate(Model):
    """The measures of Gopher and C4 on the start of a text; what is null is the profile's."""

    min_words: Annotated[int, Field(ge=0)] | None = Field(default=None, description="Fewer words are no text.")
    mean_word_chars: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="Smallest and largest mean length of a word; not for unspaced scripts."
    )
    max_symbol_share: Share | None = Field(default=None, description="Hash signs and ellipses, per word.")
    max_bullet_share: Share | None = Field(default=None, description="Lines that begin with a bullet.")
    max_ellipsis_share: Share | None = Field(default=None, description="Lines that end with an ellipsis.")
    min_letter_share: Share | None = Field(default=None, description="Words that hold a letter.")
    min_stop_words: Annotated[int, Field(ge=0, le=8)] | None = Field(
        default=None, description="Of English texts: how many of the be to of and that have with occur."
    )
    sample_chars: Annotated[int, Field(ge=100, le=1_000_000)] = Field(
        default=4000, description="Characters from the start of a text that are measured."
    )

    @model_validator(mode="after")
    def _in_order(self) -> "QualityGate":
        if self.mean_word_chars is not None and self.mean_word_chars[0] > self.mean_word_chars[1]:
            raise ImpossibleError("the smallest mean length comes first, then the largest", "mean_word_chars")
        return self


class BoilerplateGate(Model):
    """Pages that are furniture: repeated lines, error pages, filler text."""

    max_repeated: Share = Field(
        default=0.65, description="Share of the characters in lines that repeat an earlier one."
    )
    max_page_chars: Annotated[int, Field(ge=0)] = Field(
        default=600, description="Up to this length an error or consent phrase makes a text a page of furniture."
    )


class PiiGate(Model):
    """Personal data: e-mail, phone, card, bank account, network address, national number."""

    action: Action = Field(default="mask", description=_ACTION)
    entities: Annotated[list[PiiKind], Field(min_length=1)] = Field(
        default=["email", "phone", "card", "iban", "ip", "national_id"], description="What counts as personal data."
    )


class SecretsGate(Model):
    """Keys, tokens and passwords."""

    action: Action = Field(default="mask", description=_ACTION)


class HarmClassifier(Model):
    """English texts full of insults, slurs and obscenity, by a linear model of their words."""

    threshold: Share = Field(
        default=0.9,
        description="From which probability a part of a text is offensive; lower ones mistake names of groups for it.",
    )
    min_share: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.2, description="Share of offensive parts, of 1,000 characters each, from which a text is out."
    )


class HarmGate(Model):
    """Obscene texts, by C4's lists of words; offensive ones, by a classifier; pairs that models.judge finds harmful."""

    languages: Annotated[list[HarmLanguage], Field(min_length=1)] = Field(
        default=["en"], description="Whose lists are searched; a text of a known other language passes."
    )
    min_words: Annotated[int, Field(ge=1)] = Field(default=3, description="Different listed words a text must hold.")
    min_share: Share = Field(default=0.02, description="Share of listed words in all words, from which a text is out.")
    classifier: HarmClassifier | None = Field(
        default=None, description="A classifier beside the lists, for texts that are known to be English; absent: off."
    )


class LicenseGate(Model):
    """Documents whose licence allows training, read as an SPDX expression."""

    allowed: Annotated[list[Line], Field(min_length=1)] = Field(
        default=[*ALLOWED_LICENSES], description="SPDX ids; of A OR B one is enough."
    )
    unknown: Literal["keep", "drop"] | None = Field(
        default=None,
        description="What becomes of a licence that is absent or no SPDX expression; null: keep in pretrain, drop in "
        "strict.",
    )
    approved_sources: list[Name] | None = Field(
        default=None, description="Only documents of these sources are admitted; null: of all."
    )


class MarkersGate(Model):
    """Marks of chat formats, prompts and templates that leaked into a text."""


class CopiesGate(Model):
    """Long verbatim copies between instruction and response, and of one response in many pairs."""

    min_chars: Annotated[int, Field(ge=10)] = Field(default=80, description="A shorter copy is no copy.")
    max_share: Share = Field(default=0.5, description="Share of the response that may be the request itself.")
    max_uses: Annotated[int, Field(ge=1)] = Field(default=3, description="Pairs in which one long response may stand.")


class AnswerLanguageGate(Model):
    """Response and instruction in the same script, and in strict in the same language; not for translations."""

    min_letters: Annotated[int, Field(ge=1)] = Field(default=20, description="Fewer letters say nothing.")
    min_score: Share = Field(default=0.9, description="How certain both languages must be, in strict.")


class ContradictionGate(Model):
    """Pairs that say of a thing what the knowledge base knows otherwise, of facts that have one value."""

    pairs: Literal["knowledge_base", "all"] = Field(
        default="all", description="Which pairs are compared: those made from the knowledge base alone, or all."
    )


class GatesConfig(Model):
    """Gates of documents and of pairs; pii, secrets and markers hold for both."""

    license: LicenseGate | None = None
    language: LanguageGate | None = None
    markers: MarkersGate | None = None
    boilerplate: BoilerplateGate | None = None
    quality: QualityGate | None = None
    harm: HarmGate | None = None
    secrets: SecretsGate | None = None
    pii: PiiGate | None = None
    copies: CopiesGate | None = None
    answer_language: AnswerLanguageGate | None = None
    contradiction: ContradictionGate | None = None


def check_approved(gates: GatesConfig, names: Iterable[str]) -> None:
    """Check that every approved source is one there is.

    Raises:
        ImpossibleError: One is not, so nothing of it could ever be admitted.
    """
    known = sorted(names)
    approved = gates.license.approved_sources if gates.license else None
    for name in approved or ():
        if name not in known:
            where = "select.gates.license.approved_sources"
            raise ImpossibleError(f"there is no source {name!r}; valid are {', '.join(known)}", where)
