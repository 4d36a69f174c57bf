from etl.rules.base import Document
from etl.rules.once import once
from etl.text.blocks import HEADING, Block

PAGE = Document("Title", [Block(HEADING, 0, 5, 1)], "Title", "en")


def test_a_second_question_about_the_same_document_is_answered_without_a_search():
    asked = []

    @once
    def find(document: Document, least: int) -> list[str]:
        asked.append(least)
        return [document.text]

    assert find(PAGE, 3) is find(PAGE._replace(), 3)
    assert asked == [3]


def test_another_document_another_argument_or_other_blocks_are_looked_at_anew():
    asked = []

    @once
    def find(document: Document, least: int) -> str:
        asked.append((document.text, least))
        return document.text

    assert [find(PAGE, 3), find(PAGE, 4), find(PAGE._replace(text="Other"), 4)] == ["Title", "Title", "Other"]
    find(PAGE._replace(blocks=list(PAGE.blocks)), 4)
    find(PAGE, 4)
    assert asked == [("Title", 3), ("Title", 4), ("Other", 4), ("Title", 4), ("Title", 4)]
