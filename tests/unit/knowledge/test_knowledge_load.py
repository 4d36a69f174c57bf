"""A knowledge base is read whole or refused with a sentence for each mistake."""

import pytest

from etl.config.knowledge import KnowledgeBaseConfig
from etl.errors import ConfigError
from etl.knowledge import build
from etl.knowledge.load import fingerprint, load_knowledge
from etl.knowledge.models import Entity

JAPAN = '{"type": "state", "key": "JP", "names": {"en": "Japan"}, "source": "me", "license": "MIT"}\n'


def load(tmp_path, text, name="kb.jsonl", file_format="jsonl", shipped=False):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return load_knowledge(KnowledgeBaseConfig(path=str(path), format=file_format, shipped=shipped))


def test_a_line_of_json_is_an_entity(tmp_path):
    known = load(tmp_path, JAPAN)
    assert known.entities == (Entity("state", "JP", {"en": "Japan"}, "me", "MIT"),)
    assert known.by_id["state/JP"].name("en") == "Japan"
    assert known.by_id["state/JP"].name("de") is None


def test_a_row_of_csv_is_the_same_entity(tmp_path):
    table = "type,key,names.en,aliases,facts.capital,source,license\nstate,JP,Japan,Nippon|Nihon,Tokyo,me,MIT\n"
    found = load(tmp_path, table, "kb.csv", "csv").entities[0]
    assert found.aliases == ("Nippon", "Nihon")
    assert found.facts == {"capital": "Tokyo"}


def test_a_name_without_language_is_one_of_every_language(tmp_path):
    line = '{"type": "api", "name": "Cat Facts", "source": "me", "license": "MIT", "facts": {"n": 3}}'
    found = load(tmp_path, line).entities[0]
    assert (found.id, found.name("ja"), found.facts) == ("api/Cat Facts", "Cat Facts", {"n": "3"})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("no json", "this is no JSON"),
        ("[1]", "this is no object"),
        ('{"type": "State"}', "type 'State'"),
        ('{"type": "s", "source": "a", "license": "b"}', "there is no name"),
        ('{"type": "s", "names": {"en": "x"}, "source": "a"}', "license is no text"),
        ('{"type": "s", "names": {"English": "x"}, "source": "a", "license": "b"}', "the language 'English'"),
        ('{"type": "s", "names": {"en": "a\\nb"}, "source": "a", "license": "b"}', "names.en is no text"),
        ('{"type": "s", "names": {"en": "\\ud800"}, "source": "a", "license": "b"}', "names.en is no text"),
        ('{"type": "s", "nam": "x"}', "the key 'nam'"),
        ("[" * 100_000, "this is no JSON"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_what_would_be_valid(tmp_path, line, said):
    with pytest.raises(ConfigError) as error:
        load(tmp_path, JAPAN + line + "\n")
    assert f"kb.jsonl:2: {said}" in str(error.value)
    assert "valid: " in str(error.value)
    assert error.value.exit_code == 2


def test_ids_are_unique_and_references_lead_somewhere(tmp_path):
    lost = JAPAN.replace('"JP"', '"KR"').replace('"license"', '"facts": {"capital": "@city/1"}, "license"')
    with pytest.raises(ConfigError) as error:
        load(tmp_path, JAPAN + JAPAN + lost)
    assert "state/JP is there twice" in str(error.value)
    assert "capital refers to city/1, which is not there" in str(error.value)


def test_a_missing_file_and_a_file_in_no_utf_8_are_sentences(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        load_knowledge(KnowledgeBaseConfig(path=str(tmp_path / "none.jsonl")))
    (tmp_path / "latin.jsonl").write_bytes(b'{"type": "\xe9"}')
    with pytest.raises(ConfigError, match="not UTF-8"):
        load_knowledge(KnowledgeBaseConfig(path=str(tmp_path / "latin.jsonl")))


@pytest.mark.parametrize(("name", "content"), [("kb.jsonl", "\n"), ("kb.csv", "type;key;name\n")])
def test_a_file_without_an_entity_is_a_sentence(tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(ConfigError, match=r"holds no entity; valid: .*one entity a line"):
        load_knowledge(KnowledgeBaseConfig(path=str(tmp_path / name), format=name.removeprefix("kb.")))


def test_the_shipped_files_are_what_the_command_makes():
    for name, content in build.build().items():
        assert (build.HERE / "data" / name).read_text(encoding="utf-8") == content, name


def test_every_shipped_entity_says_where_it_is_from_and_under_which_licence():
    known = load_knowledge()
    assert {entity.license for entity in known.entities} == {"Unicode-3.0", "Apache-2.0"}
    assert fingerprint(known).startswith(f"{len(known.entities)} entities, ")
    assert known.by_id["country/JP"].name("zh") == "日本"
    assert known.by_id["country/NL"].phrase("en") == "the Netherlands"


def test_what_an_export_does_not_know_is_left_out(tmp_path):
    stated = '"aliases": ["", "y"], "facts": {"a": "", "b": null, "c": 1}'
    line = f'{{"type": "s", "name": "x", {stated}, "source": "a", "license": "b"}}'
    found = load(tmp_path, line).entities[0]
    assert (found.aliases, found.facts) == (("y",), {"c": "1"})


def test_two_things_of_one_name_without_keys_are_two(tmp_path):
    rows = [
        f'{{"type": "city", "name": "Suzhou", "facts": {{"n": {n}}}, "source": "a", "license": "b"}}' for n in (1, 2)
    ]
    one, two = (entity.id for entity in load(tmp_path, "\n".join(rows)).entities)
    assert one == "city/Suzhou"
    assert two.startswith("city/Suzhou (")
    assert load(tmp_path, "\n".join(rows)).by_id[two].facts == {"n": "2"}


def test_only_the_types_that_are_named_are_read(tmp_path):
    path = tmp_path / "kb.jsonl"
    path.write_text(JAPAN + JAPAN.replace("state", "land"), encoding="utf-8")
    known = load_knowledge(KnowledgeBaseConfig(path=str(path), types=["land"], shipped=False))
    assert list(known.by_id) == ["land/JP"]
    with pytest.raises(ConfigError, match=r"no entity of type lad; valid: land, state"):
        load_knowledge(KnowledgeBaseConfig(path=str(path), types=["lad"], shipped=False))


@pytest.mark.parametrize("options", [{"shipped": False}, {"path": "x", "table": "a.b"}], ids=["nothing", "both"])
def test_a_knowledge_base_is_one_file_or_one_table(options):
    with pytest.raises(ValueError, match="path"):
        KnowledgeBaseConfig(**options)
