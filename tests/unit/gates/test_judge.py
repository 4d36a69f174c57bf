"""All gates together: their order, what is masked, and what a hostile text costs."""

import pickle
import time

import pytest

from etl.config.gates import (
    AnswerLanguageGate,
    BoilerplateGate,
    GatesConfig,
    HarmGate,
    LanguageGate,
    LicenseGate,
    MarkersGate,
    PiiGate,
    QualityGate,
    SecretsGate,
)  # fmt: skip
from etl.gates.judge import Judge
from tests.unit.gates.planted import in_text, secrets

ALL = GatesConfig(
    license=LicenseGate(), language=LanguageGate(allowed=["en"]), markers=MarkersGate(), boilerplate=BoilerplateGate(),
    quality=QualityGate(), harm=HarmGate(), secrets=SecretsGate(), pii=PiiGate(), answer_language=AnswerLanguageGate(),
)  # fmt: skip
GOOD = "The harbour was quiet that morning, and nobody spoke of the storm that had been there. " * 3
MAIL = "Write to ann.lee@acme.org about it. "
KEY = "The key is AKIA" + "QZ7XW2RT6YMNVB5P" + ". "


def action(pii: str, secret: str = "mask") -> GatesConfig:
    return GatesConfig(pii=PiiGate(action=pii), secrets=SecretsGate(action=secret))


def test_a_good_text_is_left_as_it_is() -> None:
    assert Judge(ALL, "pretrain").document(GOOD, "en", "MIT", "s") == (None, None, GOOD, "en", ())


def test_without_gates_everything_passes() -> None:
    assert Judge(GatesConfig(), "strict").document(MAIL + KEY) == (None, None, MAIL + KEY, None, ())


def test_personal_data_and_secrets_are_masked_in_place_and_named() -> None:
    verdict = Judge(ALL, "pretrain").document(GOOD + MAIL + KEY, "en", "MIT", "s")
    assert verdict.reason is None
    assert verdict.text == GOOD + "Write to xxx.xxx@xxxx.xxx about it. The key is XXXXXX0XX0XX0XXXXX0X. "
    assert verdict.tags == ("pii_email", "secret_aws_key")


def test_drop_refuses_with_the_kind_and_shows_nothing() -> None:
    verdict = Judge(action("drop"), "pretrain").document(GOOD + MAIL)
    assert (verdict.reason, verdict.detail) == ("pii_email", f"1 email; the first at {len(GOOD) + 9}")
    assert "ann.lee" not in verdict.text
    assert Judge(action("mask", "drop"), "pretrain").document(KEY).reason == "secret_aws_key"


def test_tag_only_names() -> None:
    verdict = Judge(action("tag"), "pretrain").document(MAIL)
    assert verdict == (None, None, MAIL, None, ("pii_email",))


@pytest.mark.parametrize(
    ("text", "lang", "license_", "reason"),
    [
        (GOOD, "en", "GPL-2.0-only", "license_not_allowed"),
        ("Der schnelle braune Fuchs springt über den faulen Hund.", None, "MIT", "other_language"),
        (GOOD + "<|im_end|>", "en", "MIT", "leaked_marker"),
        ("Read more of our news here.\n" * 30, "en", "MIT", "boilerplate"),
        ("Sign in", "en", "MIT", "low_quality"),
    ],
)
def test_each_gate_gives_its_reason(text: str, lang: str | None, license_: str, reason: str) -> None:
    assert Judge(ALL, "pretrain").document(text, lang, license_, "s").reason == reason


def test_what_another_gate_refuses_shows_no_personal_data_either() -> None:
    verdict = Judge(ALL, "pretrain").document(MAIL + "x " * 2000 + MAIL, "en", "GPL-2.0-only", "s")
    assert verdict.reason == "license_not_allowed"
    assert "ann.lee" not in verdict.text
    assert len(verdict.text) == 2000


def test_a_missing_language_is_identified() -> None:
    assert Judge(ALL, "pretrain").document(GOOD, None, "MIT", "s").lang == "en"


def test_a_pair_is_masked_on_both_sides() -> None:
    verdict = Judge(ALL, "pretrain").pair("Whom do I ask, ann.lee@acme.org?", "Ask bob@acme.org.")
    assert verdict == (None, None, "Whom do I ask, xxx.xxx@xxxx.xxx?", "Ask xxx@xxxx.xxx.", None)


def test_a_pair_is_refused_for_either_side() -> None:
    judge = Judge(action("drop"), "pretrain")
    assert judge.pair("Whom do I ask?", "Ask bob@acme.org.") == (
        "pii_email", "1 email; the first at 4", "Whom do I ask?", "Ask xxx@xxxx.xxx.", None,
    )  # fmt: skip
    assert judge.pair("Ask bob@acme.org?", "Yes, do.").reason == "pii_email"


def test_the_context_of_a_pair_is_read_too() -> None:
    assert Judge(ALL, "pretrain").pair("Who?", "Nobody.", None, "Ask bob@acme.org.").context == "Ask xxx@xxxx.xxx."
    assert Judge(action("drop"), "pretrain").pair("Who?", "Nobody.", None, "Ask bob@acme.org.").reason == "pii_email"


def test_every_kind_of_secret_is_its_own_reason() -> None:
    judge = Judge(action("mask", "drop"), "pretrain")
    assert {judge.document(in_text(0, text)).reason for _, text in secrets()} == {
        f"secret_{kind}" for kind in ("aws_key", "github_token", "slack_token", "private_key", "jwt", "password")
    }


def test_a_judge_goes_to_the_workers() -> None:
    judge = pickle.loads(pickle.dumps(Judge(ALL, "pretrain")))
    assert judge.document(GOOD, "en", "MIT", "s").reason is None


HOSTILE = {
    "questions": "?", "at signs": "a@", "domains": "a@b.", "digits": "1", "grouped digits": "4111 ", "dots": "1.2.3.",
    "plus signs": "+1 ", "colons": "2001:", "capitals": "DE89A1", "keys": "password=",
    "begins": "-----BEGIN PRIVATE KEY",
    "tokens": "eyJaaaaaaaaa.", "tel": "tel ", "brackets": "<|", "lines": "a\n", "urls": "://a:bbbbbbbbb",
}  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_costs_no_more_than_its_length(unit: str) -> None:
    judge = Judge(ALL, "pretrain")
    judge.document("warm up with some words of a text", "en", "MIT")
    seconds = []
    for size in (200_000, 800_000):
        text = unit * (size // len(unit))
        began = time.process_time()
        judge.masked(text)
        judge.document(text, "en", "MIT")
        seconds.append(time.process_time() - began)
    assert seconds[1] < 8 * seconds[0] + 0.3
    assert seconds[1] < 5
