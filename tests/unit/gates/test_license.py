"""Licences are read as SPDX expressions."""

import pytest

from etl.config.gates import LicenseGate
from etl.gates.license import refuse_license

GATE = LicenseGate()


@pytest.mark.parametrize(
    ("license_", "reason"),
    [
        ("MIT", None),
        ("apache-2.0", None),
        ("CC0-1.0 (US government work)", None),
        ("Public domain (Project Gutenberg)", None),
        ("GPL-2.0-only OR MIT", None),
        ("MIT AND (BSD-3-Clause OR GPL-2.0-only)", None),
        ("Apache-2.0 WITH LLVM-exception", None),
        ("GPL-3.0-or-later", "license_not_allowed"),
        ("MIT AND GPL-2.0-only", "license_not_allowed"),
        ("CC-BY-NC-4.0", "license_not_allowed"),
        ("CC-BY-SA-3.0 OR GPL-2.0-or-later", "license_not_allowed"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "license_not_allowed"),
        ("all rights reserved", "license_unknown"),
        ("MIT OR", "license_unknown"),
        ("((((", "license_unknown"),
        ("LicenseRef-mine", "license_unknown"),
        ("", "license_unknown"),
        (None, "license_unknown"),
    ],
)
def test_strict_admits_what_is_known_to_be_allowed(license_: str | None, reason: str | None) -> None:
    refusal = refuse_license(license_, "s", GATE, "strict")
    assert (refusal and refusal.reason) == reason


@pytest.mark.parametrize("license_", [None, "all rights reserved"])
def test_pretrain_lets_an_unknown_licence_pass_unless_told_otherwise(license_: str | None) -> None:
    assert refuse_license(license_, "s", GATE, "pretrain") is None
    assert refuse_license(license_, "s", LicenseGate(unknown="drop"), "pretrain") is not None


def test_a_known_licence_that_is_not_listed_is_out_in_pretrain_too() -> None:
    assert refuse_license("GPL-2.0-only", "s", GATE, "pretrain") is not None
    assert refuse_license("GPL-2.0-only", "s", LicenseGate(allowed=["GPL-2.0-only"]), "pretrain") is None


def test_a_source_that_is_not_approved_yields_nothing_whatever_its_licence() -> None:
    refusal = refuse_license("MIT", "crawl", LicenseGate(approved_sources=["docs"]), "pretrain")
    assert refusal is not None
    assert refusal.reason == "source_not_approved"
    assert refuse_license("MIT", "docs", LicenseGate(approved_sources=["docs"]), "pretrain") is None


@pytest.mark.parametrize("license_", ["GPL-2.0-only", "CC-BY-NC-4.0", "AGPL-3.0-only", "CC-BY-ND-4.0", "SSPL-1.0"])
def test_a_hundred_violations_are_a_hundred_refusals(license_: str) -> None:
    said = [f"{license_} (of work {number})" for number in range(20)]
    assert all(refuse_license(one, "s", GATE, "pretrain") for one in said)


def test_a_hostile_expression_is_read_in_no_time() -> None:
    assert refuse_license("(" * 5000, "s", GATE, "strict") is not None
    assert refuse_license("(MIT AND " * 90 + "MIT" + ")" * 90, "s", GATE, "strict") is None
    assert refuse_license("MIT OR " * 3000 + "MIT", "s", GATE, "strict") is not None
    assert refuse_license("GPL-2.0-only OR " * 50 + "MIT", "s", GATE, "strict") is None
