import pytest

from etl.rules.steps_table import with_rows_as_items
from etl.text.blocks import Block

TABLE = "Step | Action | Result\n1 | Switch it off. | The lamp goes out.\n2. | Hold the button. |"


def cells(text):
    return [
        (block.kind, block.number, text[block.start : block.end])
        for block in with_rows_as_items(text, [Block("table", 0, len(text))])
    ]


def test_rows_that_count_become_the_items_of_a_list():
    assert cells(TABLE) == [
        ("item", 1, "Switch it off."),
        ("paragraph", None, "The lamp goes out."),
        ("item", 2, "Hold the button."),
    ]


@pytest.mark.parametrize(
    "text",
    ["1 | one row only", "Model | Price\nSmall | 1 | 2", "2 | Open\n3 | Close", "1 | Open\n1 | Close", "1 | \n2 | "],
)
def test_any_other_table_stays_a_table(text):
    assert [kind for kind, _, _ in cells(text)] == ["table"]


def test_a_document_without_such_a_table_keeps_its_blocks():
    blocks = [Block("paragraph", 0, 4)]
    assert with_rows_as_items("Open", blocks) is blocks
