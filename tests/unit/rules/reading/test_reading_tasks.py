import pytest

from etl.config.reading import ReadingConfig
from etl.rules.base import Document
from etl.rules.reading import build_reading
from etl.text.blocks import Block

CAUSE = "The old web server is very slow because its disk is full of logs."
COMMAND = "```\n$ uname -s\nLinux\n```"


@pytest.mark.parametrize(
    ("lang", "text", "question"),
    [
        ("en", "A kernel is a program that manages memory and processes.", "What is a kernel?"),
        ("en", "Kubernetes is a system for running containers on many machines.", "What is Kubernetes?"),
        ("en", "Ada Lovelace is a mathematician who wrote the first program.", "Who is Ada Lovelace?"),
        ("en", "Comets are bodies of ice that orbit the Sun on long paths.", "What are Comets?"),
        ("de", "Ein Kernel ist ein Programm, das Speicher und Prozesse verwaltet.", "Was ist ein Kernel?"),
        ("fr", "Un noyau est un programme qui gère la mémoire et les processus.", "Que désigne « noyau » ?"),
        ("es", "Un núcleo es un programa que gestiona la memoria y los procesos.", "¿Qué es un núcleo?"),
        ("zh", "内核是一种管理内存和进程的程序。", "什么是内核？"),
    ],
)
def test_a_sentence_that_says_what_a_term_is_defines_it(read, lang, text, question):
    assert read("definition", text, lang) == [(question, "", text)]


@pytest.mark.parametrize(
    "text",
    [
        "The file is a list that holds the names of all the users.",
        "This is a program that manages memory and all processes.",
        "A good backup is a must that no administrator should forget.",
        "Kubernetes is a great way of running containers on machines.",
        "The problem is a kernel that does not free its memory at all.",
        "Since comets are made of ice, they melt on the way to the Sun.",
        "Ada is a writer that lives here, and Bob is a reader that does not.",
        "In 1815 Ada was a child that liked to count all of the things.",
    ],
)
def test_a_remark_with_the_shape_of_a_definition_is_none(read, text):
    assert read("definition", text) == []


@pytest.mark.parametrize(
    ("lang", "text", "effect", "reason"),
    [
        ("en", CAUSE, "The old web server is very slow …", "because its disk is full of logs."),
        (
            "en",
            "The whole rack of servers went down due to a failure of the cooling.",
            "The whole rack of servers went down …",
            "due to a failure of the cooling.",
        ),
        (
            "de",
            "Der alte Webserver ist sehr langsam, weil seine Festplatte voll ist.",
            "Der alte Webserver ist sehr langsam …",
            "weil seine Festplatte voll ist.",
        ),
        (
            "fr",
            "Le vieux serveur est vraiment lent parce que son disque est plein.",
            "Le vieux serveur est vraiment lent …",
            "parce que son disque est plein.",
        ),
        (
            "es",
            "El viejo servidor es realmente lento porque su disco está lleno.",
            "El viejo servidor es realmente lento …",
            "porque su disco está lleno.",
        ),
    ],
)
def test_the_reason_of_a_statement_completes_it(read, lang, text, effect, reason):
    ((_, context, response),) = read("cause", text, lang)
    assert (context, response) == (effect, reason)


@pytest.mark.parametrize(
    "text",
    [
        "The old server is slow not because its disk is full of logs.",
        "The failure of the old server was due to a fault of the cooling.",
        "If the old server is slow because its disk is full, clean it up.",
        "It is slow because its disk is full of the logs of last year.",
        "The owner, who left because the disk was full, had no backup.",
    ],
)
def test_a_denied_open_or_partial_reason_is_none(read, text):
    assert read("cause", text) == []


def test_the_gap_between_two_sentences_takes_the_connective_of_the_text(read):
    text = "The old disk of the server is still very fast. However, the new one has failed twice this year."
    ((instruction, context, response),) = read("relation", text)
    assert response == "However"
    assert context == "The old disk of the server is still very fast. ___, the new one has failed twice this year."
    assert "“However”" in instruction and instruction.count("“") == 2


def test_evidence_in_the_first_and_the_last_sentence_is_found(read):
    first = "The old disk of the server is still very fast. However, the new one has failed twice already."
    last = "The backup of the whole server runs at night. Therefore, nobody is disturbed by its load."
    middle = "The machines stand in a cool room. The room has two doors."
    found = [response for *_, response in read("relation", f"{first} {middle} {last}")]
    assert found == ["However", "Therefore"]


def test_connectives_without_a_sentence_of_their_own_before_them_link_nothing(read):
    assert read("relation", "However, the second disk of the server has failed twice this year.") == []
    assert read("relation", "It is fast. However, the second disk of the server has failed twice.") == []


def test_other_words_for_a_sentence_lose_their_connective(read):
    text = "The join must yield one row for each target. In other words, a target must not join to two rows."
    ((_, context, response),) = read("paraphrase", text)
    assert context == "The join must yield one row for each target."
    assert response == "A target must not join to two rows."


@pytest.mark.parametrize(
    ("lang", "text", "title"),
    [
        ("en", "# Backups at Night\n\nThis guide explains how to run a backup when nobody works.", "Backups at Night"),
        (
            "de",
            "# Sicherung bei Nacht\n\nDiese Anleitung beschreibt die Sicherung, wenn niemand arbeitet.",
            "Sicherung",
        ),
        ("fr", "# Les sauvegardes\n\nCe guide décrit comment faire une sauvegarde pendant la nuit.", "Les sauvegardes"),
        ("es", "# Las copias\n\nEsta guía explica cómo hacer una copia durante la noche.", "Las copias"),
        ("zh", "# 夜间备份系统\n\n本文介绍如何在夜间备份服务器的数据。", "夜间备份系统"),
    ],
)
def test_the_sentence_in_which_a_text_says_its_subject_answers_for_its_title(read, lang, text, title):
    ((instruction, _, response),) = read("topic", text, lang)
    assert title in instruction
    assert response == text.split("\n\n")[1]


def test_a_section_speaks_for_the_heading_right_above_it_only(read):
    below = "# Backups at Night\n\n## Choosing Disks\n\nThis section explains which disks to buy for a backup."
    assert "Choosing Disks" in read("topic", below)[0][0]
    later = below.replace("\n\nThis", "\n\nDisks are cheap.\n\nThis")
    assert read("topic", later) == []


def test_keywords_ask_for_the_sentence_that_has_them(read):
    text = "The administrator documented the configuration of the replicated databases."
    ((instruction, _, response),) = read("keywords", text)
    assert response == text
    assert "administrator, documented, configuration" in instruction


ABSTRACT = (
    "Backups of a server should run at night, and a person should read their log in the morning, on every day of the "
    "year."
)
OPENING = (
    "Backups of a server run at night, when nobody works on it and the disks are idle. The copies of a whole week "
    "stay on a disk of their own. In the morning the administrator reads the log of the backup and checks that every "
    "file has been copied, "
    "since a backup that nobody reads is no backup at all."
)


def test_title_and_opening_ask_for_each_other(read):
    page = f"# Backups of a Server\n\n{OPENING}"
    ((_, context, title),) = read("title", page)
    ((instruction, _, opening),) = read("article", page)
    assert (context, title) == (OPENING, "Backups of a Server")
    assert ("“Backups of a Server”" in instruction, opening) == (True, OPENING)


@pytest.mark.parametrize(
    "page",
    [
        f"{OPENING}\n\n# Backups of a Server",
        f"# Introduction\n\n{OPENING}",
        f"# Growing Tomatoes\n\n{OPENING}",
        f"# Backups of a Server and the\n\n{OPENING}",
        f"# Backups of a Server\n\n## More\n\n{OPENING}",
        f"# Backups of a Server\n\nThese {OPENING[0].lower()}{OPENING[1:]}",
        OPENING,
    ],
)
def test_a_heading_that_is_no_title_of_what_follows_asks_for_nothing(read, page):
    assert read("title", page) == read("article", page) == []


def test_a_paragraph_is_cut_between_two_of_its_sentences(read):
    ((_, beginning, rest),) = read("completion", OPENING)
    assert f"{beginning} {rest}" == OPENING
    assert beginning.endswith(".") and rest[0].isupper()


def test_an_abstract_sums_up_the_text_behind_it(read):
    abstract = ABSTRACT
    page = f"# Backups of a Server\n\n## Abstract\n\n{abstract} It pays.\n\n## Why\n\n{OPENING}\n\n{OPENING}"
    ((_, context, response),) = read("summary", page)
    assert response == f"{abstract} It pays."
    assert OPENING in context and abstract not in context


def test_a_long_text_is_asked_for_by_its_title(read):
    abstract = ABSTRACT
    page = f"# Backups of a Server\n\nTL;DR: {abstract} It pays.\n\n" + "\n\n".join([OPENING] * 40)
    ((instruction, context, _),) = read("summary", page)
    assert "“Backups of a Server”" in instruction and context == ""


def test_a_command_asks_for_the_output_that_the_session_shows(read):
    ((_, command, output),) = read("command", COMMAND)
    assert (command, output) == ("uname -s", "Linux")
    ((instruction, expression, value),) = read("command", "```\n>>> sorted([2, 1])\n[1, 2]\n>>> x\n```")
    assert (expression, value) == ("sorted([2, 1])", "[1, 2]")
    assert "command" not in instruction


@pytest.mark.parametrize(
    "session",
    [
        "$ mkdir certs\ncerts are kept here",
        "$ make all \\\n  install",
        "$ cat <<EOF\ntext\nEOF",
        "$ ls\n...",
        "$ passwd\nNew password:",
        "$ tsdump > file.gob\ngzip file.gob",
        "$ ls",
        "# Not a prompt\nbut a comment",
        "$ echo $?\n0",
    ],
)
def test_what_stands_below_a_command_is_not_always_its_output(read, session):
    assert read("command", f"```\n{session}\n```") == []


def manual_page(top):
    specs = [
        ("paragraph", top, 0),
        ("heading", "NAME", 1),
        ("paragraph", "ls - list directory contents", 0),
        ("term", "-a, --all", 1),
        ("definition", "do not ignore entries starting with a dot", 1),
        ("term", "--help", 1),
        ("definition", "display this help text and exit", 1),
    ]
    text, blocks = "", []
    for kind, body, level in specs:
        text += "\n\n" if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(body), level))
        text += body
    return Document(text, blocks, None, "en")


def test_an_option_of_a_manual_page_asks_for_its_meaning():
    (rule,) = build_reading(ReadingConfig(tasks=["option"]))
    (pair,) = rule(manual_page("ls(1) User Commands ls(1)"))
    assert "-a, --all" in pair.instruction and "ls" in pair.instruction
    assert pair.response == "do not ignore entries starting with a dot"


def test_options_of_a_text_that_is_no_manual_page_have_no_command():
    (rule,) = build_reading(ReadingConfig(tasks=["option"]))
    assert list(rule(manual_page("Notes on listing files"))) == []
