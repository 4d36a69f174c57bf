"""Labels that say what a piece of text is: a question or an answer, in the languages of the table."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# One row a pair of labels: what stands before questions, what stands before their answers.
_ROWS: Final = (
    (("Q", "Question", "Ques"), ("A", "Answer", "Ans")),
    (("问", "問", "提问", "问题", "問題", "Q", "Ｑ"), ("答", "回答", "答案", "解答", "A", "Ａ")),
    (("質問", "ご質問"), ("回答", "答え", "お答え")),
    (("질문", "문"), ("답변", "답", "대답")),
    (("Frage", "F"), ("Antwort", "A")),
    (("Question", "Q"), ("Réponse", "Reponse", "R")),
    (("Pregunta", "P"), ("Respuesta", "R")),
    (("Pergunta", "P"), ("Resposta", "R")),
    (("Domanda", "D"), ("Risposta", "R")),
    (("Vraag", "V"), ("Antwoord", "A")),
    (("Вопрос", "В"), ("Ответ", "О")),
    (("Питання", "Запитання", "П"), ("Відповідь", "В")),
    (("Pytanie", "P"), ("Odpowiedź", "O")),
    (("Otázka", "Dotaz", "O"), ("Odpověď", "Odpoveď")),
    (("Soru", "S"), ("Cevap", "Yanıt", "C")),
    (("Fråga", "Spørsmål", "Spørgsmål"), ("Svar",)),
    (("Kysymys", "K"), ("Vastaus", "V")),
    (("Kérdés", "K"), ("Válasz", "V")),
    (("Ερώτηση", "Ε"), ("Απάντηση", "Α")),
    (("Întrebare", "Intrebare"), ("Răspuns", "Raspuns")),
    (("Pertanyaan", "Tanya", "T"), ("Jawaban", "Jawab", "J")),
    (("Câu hỏi", "Hỏi"), ("Trả lời", "Đáp")),
    (("سؤال", "السؤال", "س"), ("جواب", "الجواب", "الإجابة", "إجابة", "ج")),
    (("پرسش", "سوال"), ("پاسخ", "جواب")),
    (("שאלה", "ש"), ("תשובה", "ת")),
    (("प्रश्न", "सवाल"), ("उत्तर", "जवाब")),
)
# What may follow a label. A letter or a word and a full stop also opens list items and abbreviations, so only
# Q and A, or a word with a number, may be followed by one.
_COLONS: Final = ":："
_WORD: Final = r"[^\s\d:：.,;!?？。()（）\[\]【】]{1,14}"
_LABEL: Final = re.compile(
    rf"[\[【(（]?({_WORD}(?: {_WORD})?)[ \t]?(?:[#№]?[ \t]?(\d{{1,4}}))?"
    r"[ \t]?[\]】)）]?[ \t]?([:：.．)]|(?<=】))[ \t\u3000]*"
)
_INLINE: Final = re.compile(rf"(?<=[\s?？。！!؟।]){_LABEL.pattern}")
_BEFORE_INLINE: Final = frozenset('?？.。!！؟।…;"”』」)）')


class Label(NamedTuple):
    """A label in a text.

    Attributes:
        start: Where the label itself starts.
        end: Where what it labels starts.
        asks: Rows of the table in which the word stands before questions.
        answers: Rows of the table in which it stands before answers.
        doubtful: Whether it is a single letter that stands before much else, such as R or D.
        dotted: Whether no colon follows it.
        number: The number it carries, or None.
    """

    start: int
    end: int
    asks: frozenset[int]
    answers: frozenset[int]
    doubtful: bool
    dotted: bool
    number: int | None


def label_at(text: str, start: int, end: int) -> Label | None:
    """Return the label that stands at `start`, if any; it and what follows it end by `end`."""
    # Nearly all blocks end here: the pattern is tried only behind letters that some label starts with.
    opening = text[start : start + 2]
    if opening[0] not in INITIALS:
        return None
    if opening[1:].isalpha() and opening.lower() not in _OPENINGS and opening[0] not in _BRACKETS:
        return None
    if _SIGN.search(text, start, min(end, start + _MAX_CHARS)) is None:
        return None
    found = _LABEL.match(text, start, end)
    return _label(found) if found else None


def labels_within(text: str, start: int, end: int) -> Iterator[Label]:
    """Yield the labels behind the first character of a block: after a line break or the end of a sentence."""
    for found in _INLINE.finditer(text, start + 1, end):
        before = text[max(start, found.start() - _MAX_GAP) : found.start()].rstrip(" \t\u3000")
        if before and (before[-1] == "\n" or before[-1] in _BEFORE_INLINE):
            label = _label(found)
            if label is not None and not label.dotted:
                yield label


def _label(found: re.Match[str]) -> Label | None:
    word, number, sign = found.groups()
    key = word if len(word) == 1 else word.lower()
    asks = _ASKING.get(key, _NOWHERE)
    answers = _ANSWERING.get(key, _NOWHERE)
    if not asks and not answers:
        return None
    dotted = sign not in _COLONS and sign != ""
    if dotted and not number and word not in _PLAIN:
        return None
    doubtful = len(word) == 1 and word not in _PLAIN
    return Label(found.start(), found.end(), asks, answers, doubtful, dotted, int(number) if number else None)


def _rows_of(side: int) -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for i, row in enumerate(_ROWS):
        for word in row[side]:
            rows.setdefault(word if len(word) == 1 else word.lower(), set()).add(i)
    return {word: frozenset(numbers) for word, numbers in rows.items()}


_NOWHERE: Final[frozenset[int]] = frozenset()
_MAX_GAP: Final = 8
_SIGN: Final = re.compile("[:：.．)】]")
_MAX_CHARS: Final = 40
_PLAIN: Final = frozenset("QAＱＡ问問答문답")
_ASKING: Final = _rows_of(0)
_ANSWERING: Final = _rows_of(1)
INITIALS: Final = frozenset("[【(（").union(
    *((word[0].lower(), word[0].upper()) for words in (_ASKING, _ANSWERING) for word in words)
)
_BRACKETS: Final = "[【(（"
# The first two letters of labels that have two, in small letters; behind a bracket any letter may follow.
_OPENINGS: Final = frozenset(word[:2] for words in (_ASKING, _ANSWERING) for word in words if len(word) > 1)
