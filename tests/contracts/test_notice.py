"""Whatever the repository ships of others stands in NOTICE, with a licence that allows it."""

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
ALLOWED = {
    "Apache-2.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CC0-1.0 (US government work)",
    "MIT",
    "Public domain (Project Gutenberg)",
}


def sample() -> Counter[tuple[str, str]]:
    """Documents of the sample corpus by source and licence."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted((ROOT / "conf" / "sample").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found.update((row["source"], row["license"]) for row in map(json.loads, lines))
    return found


def stated() -> dict[tuple[str, str], tuple[int, str]]:
    """Documents and attribution of each work that NOTICE lists, by source and licence."""
    found = {}
    for section in NOTICE.split("\nLicence: ")[1:]:
        licence, works = section.split("\n", 1)
        for source, number, credit in re.findall(r"^    Source: (\S+)\n    Documents: (\d+)\n    (.+)$", works, re.M):
            found[source, licence] = (int(number), credit)
    return found


def test_every_source_of_the_sample_stands_there_with_its_licence_and_number() -> None:
    assert sample()
    assert {work: number for work, (number, _) in stated().items()} == dict(sample())
    assert f"\n{sum(sample().values())} documents." in NOTICE


@pytest.mark.parametrize("licence", sorted({licence for _, licence in sample()}))
def test_every_licence_of_the_sample_allows_redistribution(licence: str) -> None:
    assert licence in ALLOWED


@pytest.mark.parametrize("source", sorted({source for source, _ in sample()}))
def test_every_source_can_be_found_again(source: str) -> None:
    # The two books have a repository each, of a book that does not change.
    assert re.fullmatch(r"github:[\w.-]+/[\w.-]+@[0-9a-f]{12}|github:GITenberg/\S+_\d+|debian:[\w.-]+", source)


def test_works_with_a_right_to_be_named_are_credited() -> None:
    for (source, licence), (_, credit) in stated().items():
        assert credit.startswith(("Copyright ", "By ")), source
        assert licence != "MIT" or credit.startswith("Copyright "), source


def test_the_terms_that_must_come_along_do() -> None:
    assert "https://creativecommons.org/licenses/by/4.0/" in NOTICE
    assert "The above copyright notice and this permission notice shall be included" in NOTICE
    assert "Changes: " in NOTICE
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_foreign_files_of_the_tests_stand_there_too() -> None:
    foreign = ROOT / "tests" / "deploy" / "schemas"
    shipped = sorted(path.name for path in foreign.iterdir())
    assert shipped == ["LICENSE", "README.md", "scheduledsparkapplication_v1beta2.json"]
    for said in (
        "tests/deploy/schemas/scheduledsparkapplication_v1beta2.json",
        "kubeflow/spark-operator",
        "Apache-2.0",
    ):
        assert said in NOTICE.split("\n2. ")[1]


def test_it_goes_into_the_package() -> None:
    assert 'license_files=["LICENSE", "NOTICE"]' in (ROOT / "setup.py").read_text(encoding="utf-8")
