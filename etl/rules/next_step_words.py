"""How to ask, in each language, which step follows another or what a last step is for; which language to ask in.

``{step}`` stands for the step as found.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NEXT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "What is the next step after this one?\n{step}",
            "I have done this step: {step}\nWhat comes next?",
            "{step}\nAnd then?",
        ),
        "de": (
            "Was ist der nächste Schritt nach diesem?\n{step}",
            "Diesen Schritt habe ich gemacht: {step}\nWas kommt als Nächstes?",
        ),
        "fr": (
            "Quelle est l'étape suivante après celle-ci ?\n{step}",
            "J'ai terminé cette étape : {step}\nQue faut-il faire ensuite ?",
        ),
        "es": (
            "¿Cuál es el paso siguiente a este?\n{step}",
            "Ya he hecho este paso: {step}\n¿Qué viene después?",
        ),
        "pt": (
            "Qual é o próximo passo depois deste?\n{step}",
            "Já fiz este passo: {step}\nO que vem a seguir?",
        ),
        "it": (
            "Qual è il passaggio successivo a questo?\n{step}",
            "Ho completato questo passaggio: {step}\nChe cosa viene dopo?",
        ),
        "nl": (
            "Wat is de volgende stap na deze?\n{step}",
            "Deze stap heb ik gedaan: {step}\nWat komt daarna?",
        ),
        "pl": (
            "Jaki jest następny krok po tym?\n{step}",
            "Ten krok jest już zrobiony: {step}\nCo dalej?",
        ),
        "ru": (
            "Какой шаг следует за этим?\n{step}",
            "Этот шаг выполнен: {step}\nЧто делать дальше?",
        ),
        "tr": (
            "Bu adımdan sonraki adım nedir?\n{step}",
            "Bu adımı tamamladım: {step}\nSırada ne var?",
        ),
        "zh": ("这一步之后的下一步是什么？\n{step}", "我已完成这一步：{step}\n接下来做什么？"),
        "ja": ("この手順の次の手順は何ですか。\n{step}", "この手順は終わりました：{step}\n次は何をしますか。"),
        "ko": ("이 단계의 다음 단계는 무엇인가요?\n{step}", "이 단계를 마쳤습니다: {step}\n다음은 무엇인가요?"),
    }
)

GOAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": ("Which task ends with this step?\n{step}", "Which task is finished with this step?\n{step}"),
        "de": ("Welche Aufgabe endet mit diesem Schritt?\n{step}",),
        "fr": ("Quelle tâche se termine par cette étape ?\n{step}",),
        "es": ("¿Qué tarea termina con este paso?\n{step}",),
        "pt": ("Que tarefa termina com este passo?\n{step}",),
        "it": ("Quale operazione si conclude con questo passaggio?\n{step}",),
        "nl": ("Welke taak eindigt met deze stap?\n{step}",),
        "pl": ("Jakie zadanie kończy się tym krokiem?\n{step}",),
        "ru": ("Какая задача завершается этим шагом?\n{step}",),
        "tr": ("Hangi iş bu adımla biter?\n{step}",),
        "zh": ("哪项任务以这一步结束？\n{step}",),
        "ja": ("この手順で終わる作業は何ですか。\n{step}",),
        "ko": ("이 단계로 끝나는 작업은 무엇인가요?\n{step}",),
    }
)

# Words that hardly any text in these languages does without, and that the others lack.
_WORDS: Final = {
    "en": "the and of your with this you it for is",
    "de": "der die das und sie auf den dem ein eine mit ist",
    "fr": "le les et du des une dans sur pour vous est",
    "es": "el los las y en una con su para por",
    "pt": "o os as e um uma em no na do da com seu",
    "it": "il gli di che e una nel della con per è",
    "nl": "het een van en op de je met voor is",
    "pl": "i w z na do się oraz jest aby nie",
    "ru": "и для это что вы если или при чтобы",
    "tr": "ve bir bu için ile olarak veya da",
}
_FUNCTION_WORDS: Final = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_LOOK: Final = 1200
_MIN_WORDS: Final = 2
_MIN_SCRIPT_SHARE: Final = 0.2


def language_of(stated: str | None, sample: str) -> str | None:
    """Return the key of `NEXT` for the language of a text; None where the table lacks it or it cannot be told.

    Args:
        stated: Language of the document as stated, a BCP 47 tag, or None; it is believed.
        sample: Text of the document, looked at where no language is stated.

    >>> language_of("pt-BR", ""), language_of(None, "Open the lid and pour."), language_of("cy", "the and")
    ('pt', 'en', None)
    """
    if stated:
        tag = stated.lower().replace("_", "-").split("-")[0]
        return tag if tag in NEXT else None
    head = sample[:_LOOK]
    if not head.isascii():
        least = _MIN_SCRIPT_SHARE * len(head)
        if sum("\u3040" <= sign <= "\u30ff" for sign in head) >= least / 2:
            return "ja"
        for language, first, last in (("zh", "\u3400", "\u9fff"), ("ko", "\uac00", "\ud7af")):
            if sum(first <= sign <= last for sign in head) >= least:
                return language
    words = head.lower().split()
    counts = {language: sum(word in known for word in words) for language, known in _FUNCTION_WORDS.items()}
    best = max(counts, key=lambda language: counts[language])
    others = max(count for language, count in counts.items() if language != best)
    return best if counts[best] >= _MIN_WORDS and counts[best] > others else None
