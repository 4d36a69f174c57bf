"""The tasks whose answer is a list of what stands in the passage: years, mentions, examples."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.config.reading import ReadingConfig
from etl.rules.base import Document
from etl.rules.ledger import EVIDENCE_SOLD, find_pairs
from etl.rules.reading import build_reading
from etl.rules.reading.mentions import mentions_of
from etl.rules.reading.years import years_of
from etl.text.blocks import PARAGRAPH, Block

LISTS = ("years", "mentions", "examples")
FILL = {
    "en": "The old mill stands at the river near the town, and nobody who lives near it knows who the builder was. "
    "Its wheel was made of oak and turned two stones that ground the corn of the whole valley for the farmers.",
    "de": "Eine alte Mühle steht am Fluss unterhalb der Stadt, und niemand aus der Gegend weiß, wer der Erbauer war. "
    "Das Rad ist aus Eiche und trieb zwei Steine, die das Korn des ganzen Tals für die Bauern der Gegend mahlten.",
    "fr": "Le vieux moulin se dresse au bord de la rivière et personne dans la vallée ne sait qui est le constructeur. "
    "La roue est en chêne et entraînait deux pierres qui ont moulu le grain de la vallée pour les paysans du bourg.",
    "es": "El viejo molino está junto al río y nadie en el valle sabe con certeza quién es el constructor del mismo. "
    "La rueda es de roble y movía las dos piedras que molían el grano de toda la región para los campesinos del lugar.",
}
ZH_FILL = "旧磨坊位于城下的河边，附近的居民都不知道它是谁建造的，水轮用橡木制成，带动两块磨石为整个山谷的农民磨谷物。"


def pairs_of(task, text, lang="en"):
    (rule,) = build_reading(ReadingConfig(tasks=[task], max_per_task=10))
    return list(rule(Document(text, [Block(PARAGRAPH, 0, len(text))], None, lang)))


def passage(sentence, lang="en"):
    return f"{FILL[lang]} {sentence} {FILL[lang]}"


@pytest.mark.parametrize(
    ("lang", "sentence", "years"),
    [
        ("en", "It was built in 1890, sold in May 1912 and sold again on July 4, 1920.", "1890, 1912, 1920"),
        ("en", "From 1914 to 1918 it stood still, as it had in 1914 (1890–1891, too).", "1914, 1918, 1890, 1891"),
        ("de", "Sie wurde im Jahr 1890 gebaut und von 1912 bis 1920 an die Stadt vermietet.", "1890, 1912, 1920"),
        ("fr", "Il est construit en 1890 et vendu entre mai 1912 et 1920.", "1890, 1912, 1920"),
        ("es", "Fue construido en 1890 y vendido en mayo de 1912.", "1890, 1912"),
    ],
)
def test_the_years_of_a_passage_are_listed_in_its_order(lang, sentence, years):
    text = passage(sentence, lang)
    (pair,) = pairs_of("years", text, lang)
    assert (pair.response, pair.context, pair.family) == (years, text, "extraction")
    assert ", ".join(text[start:end] for start, end in pair.evidence[1:]) == years


def test_years_in_chinese_end_in_their_sign():
    text = f"{ZH_FILL[:-1]}。磨坊建于1890年，1912年出售。{ZH_FILL}"
    (pair,) = pairs_of("years", text, "zh")
    assert pair.response == "1890年、1912年"


@pytest.mark.parametrize(
    "sentence",
    [
        "It was built in 1890 for 1500 guilders and sold in May 1912.",
        "It was built in the 1890s and sold in May 1912 and in 1913.",
        "It stood still from 1914–18 and was sold in May 1920 and in 1921.",
        "It was built in 1890, ran on port 8080 and was sold in May 1912.",
        "It was built in 300 BC, rebuilt in 1890 and sold in May 1912.",
        "It was built in 1890 and sold with its 1912 sacks in May 1913.",
        "It was built in 1890 and never sold.",
    ],
)
def test_a_passage_whose_years_are_doubtful_makes_no_pair(sentence):
    assert pairs_of("years", passage(sentence)) == []


@pytest.mark.parametrize(
    ("lang", "sentence", "mentions"),
    [
        ("en", "Call it with --wheel or -w, and with “--stone”, but never with --wheel alone.", "--wheel, -w, --stone"),
        ("en", "The plan is in /etc/mill.conf (see /usr/share/doc/mill/).", "/etc/mill.conf, /usr/share/doc/mill/"),
        ("de", "Die Optionen »--rad« und -s gelten für das Korn.", "--rad, -s"),
        ("fr", "Le plan est dans /etc/moulin et dans /var/lib/moulin.", "/etc/moulin, /var/lib/moulin"),
        ("es", "Las opciones «--rueda» y --piedra son para el grano.", "--rueda, --piedra"),
    ],
)
def test_the_options_or_paths_of_a_passage_are_listed_in_its_order(lang, sentence, mentions):
    text = passage(sentence, lang)
    (pair,) = pairs_of("mentions", text, lang)
    assert (pair.response, pair.context, pair.family) == (mentions, text, "extraction")


def test_paths_end_where_the_words_of_another_script_begin():
    text = f"{ZH_FILL}设置位于/etc/mill.conf中，数据位于/var/lib/mill。{ZH_FILL}"
    (pair,) = pairs_of("mentions", text, "zh")
    assert pair.response == "/etc/mill.conf、/var/lib/mill"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("options", "Use --wheel=oak and --stone."),
        ("options", "Use --wheel or +stone or -s."),
        ("options", "Use -B20% and --stone and -s."),
        ("options", "The »--rad« und das »:«-Zeichen und -s."),
        ("options", "The up- and down-river mills use --wheel and --stone."),
        ("options", "Use --wheel."),
        ("paths", "See /etc/mill and ~/mill and /usr."),
        ("paths", "See /etc/mill and and/or and /usr."),
        ("paths", "See /etc/mill, http://mill.example/etc and /usr."),
        ("paths", "See /etc/mill.d/* and /usr."),
        ("paths", "Die /var-Partition und /usr."),
        ("paths", "See /etc/mill-%i and /usr and /home/josé."),
        ("paths", " ".join(f"/mill/{letter}" for letter in "abcdefghijklm")),
    ],
)
def test_what_the_pattern_may_have_missed_makes_no_list(kind, text):
    assert mentions_of(text, kind) is None


@pytest.mark.parametrize(
    ("sentence", "category", "examples"),
    [
        ("Nobody knew crops such as rye, oats, and spelt.", "crops", "rye, oats, spelt"),
        ("Ann paid for the repair of local mills such as Oak Mill and Elm Mill.", "local mills", "Oak Mill, Elm Mill"),
        ("Ann bought tools such as a saw, a plane or an axe, which rusted.", "tools", "a saw, a plane, an axe"),
    ],
)
def test_what_a_noun_is_said_to_have_such_as_are_its_examples(sentence, category, examples):
    (pair,) = pairs_of("examples", passage(sentence))
    assert (pair.response, pair.family) == (examples, "extraction")
    assert f" {category} " in pair.instruction


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody knew crops, such as rye and oats.",
        "Nobody knew crops such as rye, oats and spelt that were sown in spring.",
        "Nobody knew crops such as rye, oats and others.",
        "Nobody knew crops such as rye.",
        "Nobody knew crops such as rye and winter barley.",
        "Nobody knew crops such as growing rye and milling oats.",
        "Nobody knew the farmers and crops such as rye and oats.",
        "Nobody knew crops such as rye and oats, and crops were few.",
        "Nobody knew crops such as rye and oats, or tools like saws.",
        "Nobody waited for years such as leap years and war years.",
    ],
)
def test_a_list_whose_ends_or_noun_are_doubtful_makes_no_pair(sentence):
    assert pairs_of("examples", passage(sentence)) == []


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        ("years", "It was built in 1890 and sold in May 1912."),
        ("mentions", "The plans of it are in /etc/mill and /usr/mill."),
        ("examples", "Nobody knew crops such as rye, oats and spelt."),
    ],
)
def test_a_passage_opens_and_ends_as_one(task, sentence):
    whole = passage(sentence)
    assert len(pairs_of(task, whole)) == 1
    for cut in (f"However, {whole}", f"These are facts. {whole}", whole[:-1], whole[1:], whole.replace("two", "{2}")):
        assert pairs_of(task, cut) == []
    assert pairs_of(task, whole, "de") == []


def test_what_was_sold_as_an_answer_is_not_sold_again_as_a_list():
    last = "Nobody except two enthusiastic brothers wanted it in 1890, and neighbouring merchants bought it in 1912."
    text = f"{FILL['en']} {FILL['en']} {last}"
    document = Document(text, [Block(PARAGRAPH, 0, len(text))], None, "en")
    found = list(find_pairs(document, build_reading(ReadingConfig(tasks=["completion", "years"]))))
    assert [(each.rule.name, each.reason) for each in found] == [
        ("reading_completion", None),
        ("reading_years", EVIDENCE_SOLD),
    ]


@given(st.text("In 1920,to the -–(年) /etc--ab.\"'", max_size=300))
def test_what_is_listed_stands_in_the_passage_once_each(text):
    for places in (years_of(text, "en"), mentions_of(text, "options"), mentions_of(text, "paths")):
        bodies = [text[start:end] for start, end in places or ()]
        assert len(bodies) == len(set(bodies)) and all(body and " " not in body for body in bodies)


@pytest.mark.parametrize("piece", ["1999 ", "in 1999, ", "-a", "--", " /a", "/a/", "a-", " such as a, ", "a, ", "?"])
@pytest.mark.parametrize("task", LISTS)
def test_hostile_documents_take_time_in_proportion_to_their_length(task, piece):
    body = (piece * 1000)[:1000]
    text = "\n\n".join([body] * 1000)
    blocks = [Block(PARAGRAPH, start, start + len(body)) for start in range(0, len(text), len(body) + 2)]
    (rule,) = build_reading(ReadingConfig(tasks=[task]))
    began = time.process_time()
    list(rule(Document(text, blocks, None, "en")))
    assert time.process_time() - began < 1
