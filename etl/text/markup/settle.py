"""From what markup says to places in the canonical text; what stands nowhere on the page is put at its end.

Most markup repeats what the page shows, so its texts are looked for there, each near those before it. Some says
what the page hides behind a click or only tells to search engines. That is appended: the question or the name as a
heading, the answer or the steps below it, as the page would show them. So evidence is always a span of the text.
"""

from collections.abc import Iterable

from etl.text.blocks import Parsed
from etl.text.markup.canvas import Canvas
from etl.text.markup.settle_howto import HowtoSettler
from etl.text.markup.settle_question import QuestionSettler
from etl.text.markup.statements import StatedQuestion, Statement
from etl.text.markup.wording import Worded, WordedQuestion


def settle(parsed: Parsed, worded: Iterable[Worded], n_chars: int) -> Parsed:
    """Return the parse with `markup`, in the order of the text, each statement once, and `n_markup`.

    Args:
        parsed: The page without its markup.
        worded: What the markup says.
        n_chars: Length of the page; bounds how much of its markup is read.
    """
    canvas = Canvas(parsed, n_chars)
    questions, howtos = QuestionSettler(canvas), HowtoSettler(canvas)
    statements: list[Statement] = []
    for said in worded:
        found = questions.settle(said) if isinstance(said, WordedQuestion) else howtos.settle(said)
        if found is not None:
            statements.append(found)
    statements.sort(key=_place)
    text = canvas.text
    n_markup = len(text) - len(parsed.text)
    return parsed._replace(text=text, blocks=canvas.blocks, markup=tuple(statements), n_markup=n_markup)


def _place(statement: Statement) -> tuple[int, int]:
    if isinstance(statement, StatedQuestion):
        return statement.extent
    step = statement.sections[0].steps[0]
    return statement.name or step.name or step.directions[0]
