"""Files of wordings: what a good one adds, and what is said of a bad one."""

from pathlib import Path

import pytest

from etl.errors import ConfigError
from etl.surface.load import fingerprint, load_catalog
from etl.surface.models import Demands

HEAD = "language: en\nwordings:\n  any:\n    question:\n"


def wrong(folder: Path, text: str, name: str = "en.yaml") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_catalog(str(folder))
    return str(caught.value).replace(f"{folder}/", "")


def test_a_folder_adds_to_what_is_shipped(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(HEAD + '      own.q1@2: "Our readers ask: {instruction}"\n', encoding="utf-8")
    (tmp_path / "layouts.yaml").write_text(
        'layouts:\n  en:\n    own@1: {request: "We ask: {request}", response: "{response}"}\n', encoding="utf-8"
    )
    shipped, catalog = load_catalog(), load_catalog(str(tmp_path))
    assert {wording.id for wording in catalog.wordings} - {wording.id for wording in shipped.wordings} == {
        "en.own.q1@2"
    }
    assert {layout.id for layout in catalog.layouts} - {layout.id for layout in shipped.layouts} == {"en.own@1"}


def test_a_new_language_says_how_it_demands(tmp_path: Path) -> None:
    head = "language: eo\ndemand_starts: [klarigu]\nwordings:\n  any:\n    title:\n"
    (tmp_path / "eo.yaml").write_text(head + '      a.t1@1: "Klarigu: {instruction}"\n', encoding="utf-8")
    assert load_catalog(str(tmp_path)).languages["eo"] == Demands(("klarigu",), ())


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('a.q1@1: "No slot"', "en.yaml:5: a.q1@1: 'No slot'; valid: a text of at most 400 characters"),
        ('a.q1@1: "{instruction} {instruction}"', "with {instruction} in it once and no other brace"),
        ('a.q1@1: "{instruction.__class__}"', "with {instruction} in it once and no other brace"),
        ('a.q1@1: "{{instruction}}"', "with {instruction} in it once and no other brace"),
        ('a.q1@1: ""', "en.yaml:5: a.q1@1 is no text"),
        ("a.q1@1: 12", "en.yaml:5: a.q1@1 is no text"),
        ('a.q1: "Why: {instruction}"', "the name 'a.q1'; valid: a name such as qa.q17@1"),
        ('A.q1@1: "Why: {instruction}"', "the name 'A.q1@1'; valid: a name such as qa.q17@1"),
        ('a.q1@1: {wording: "Why: {instruction}"}', "the key 'wording'; valid: text, needs_context, rules"),
        ('a.q1@1: {text: "Why: {instruction}", rules: faq}', "rules is no list"),
        ('a.q1@1: {text: "Why: {instruction}", needs_context: 1}', "needs_context is neither true nor false"),
        ('a.q1@1: "<|user|> {instruction}"', "wording en.a.q1@1: holds <, which could complete a control token"),
        ('a.q1@1: "User: {instruction}"', "wording en.a.q1@1: 'User:' names the speaker of a chat"),
        ('a.q1@1: "Why?\\t{instruction}"', "wording en.a.q1@1: holds a control character"),
        ('a.q1@1: " Why: {instruction}"', "wording en.a.q1@1: begins or ends with a blank"),
        ('any.q02@7: "Why: {instruction}"', "wording en.any.q02@7: the name is used twice"),
        ('a.q1@1: "Question: {instruction}"', "wording en.any.q02@1: says what en.a.q1@1 says"),
        ('a.q1@1: !!python/object:os.system "{instruction}"', "is not allowed; write plain values"),
        (f'a.q1@1: "{"x" * 500}: {{instruction}}"', "a text of at most 400 characters"),
    ],
)  # fmt: skip
def test_a_bad_wording_is_named(tmp_path: Path, line: str, said: str) -> None:
    assert said in wrong(tmp_path, f"{HEAD}      {line}\n")


@pytest.mark.parametrize(
    ("takes", "text", "said"),
    [
        ("title", "{instruction} is what?", "wording en.a.t1@1: goes on behind the slot"),
        ("title", "{instruction}", "wording en.a.t1@1: adds nothing to a title"),
        (
            "title",
            "About {instruction}",
            "wording en.a.t1@1 in layout any.arrow@1: nothing says that",
        ),
        ("riddle", "Guess: {instruction}", "the key 'riddle'; valid: question, title, imperative"),
    ],
)
def test_a_wording_that_does_not_fit_its_slot_is_named(tmp_path: Path, takes: str, text: str, said: str) -> None:
    assert said in wrong(tmp_path, f'language: en\nwordings:\n  any:\n    {takes}:\n      a.t1@1: "{text}"\n')


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ('{request: "{request}"}', "layouts.yaml:3: own@1 has no response"),
        ('{request: "{request}", response: "Human: {response}"}', "layout en.own@1: 'Human:' names the speaker"),
        ('{request: "{request}", response: "[INST] {response}"}', "layout en.own@1: holds [, which could complete"),
        ('{request: "{request}", response: "{response}", gap: " "}', "own@1: gap ' '; valid: a line break"),
        ('{request: "{request}", response: "{response}", takes: [riddle]}', "takes 'riddle'; valid: question, title"),
        ('{request: "{instruction}", response: "{response}"}', "with {request} in it once"),
    ],
)
def test_a_bad_layout_is_named(tmp_path: Path, layout: str, said: str) -> None:
    assert said in wrong(tmp_path, f"layouts:\n  en:\n    own@1: {layout}\n", "layouts.yaml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "en.yaml:1: this is no mapping"),
        ("language: English\n", "language 'English'; valid: a code of two or three small letters"),
        ("language: en\nwordings:\n  poetry: {}\n", "the key 'poetry'; valid: any, question_answering"),
        ("language: en\nprompts: {}\n", "the key 'prompts'; valid: language, demand_starts, demand_ends, wordings"),
        ("language: [\n", "is not valid YAML"),
        ("#" * 1_000_001, "is larger than 1000000 bytes"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in wrong(tmp_path, text)


def test_a_folder_that_is_none_or_holds_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such folder on this machine"):
        load_catalog(str(tmp_path / "absent"))
    with pytest.raises(ConfigError, match=r"holds 0 files \*\.yaml; valid: 1 to 200"):
        load_catalog(str(tmp_path))
    (tmp_path / "en.yaml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match=r"en\.yaml: is not UTF-8"):
        load_catalog(str(tmp_path))


def test_a_run_knows_other_wordings_from_the_same_elsewhere(tmp_path: Path) -> None:
    for folder, text in (("one", "a"), ("two", "a"), ("three", "b")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "en.yaml").write_text(text, encoding="utf-8")
    one, two, three = (fingerprint(str(tmp_path / folder)) for folder in ("one", "two", "three"))
    assert one == two != three
    assert one.startswith("1 files, ")
