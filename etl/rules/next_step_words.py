"""How to ask, in each language, for the next step, or at the last one for its task or the first; and in which language.

``{step}`` stands for the step as found, ``{title}`` for what the steps are for. Every question ends in its mark, so
that nothing takes it for a title.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

NEXT: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "{title}\n{step}\nWhat is the next step?",
            "{title}\nI have done this step: {step}\nWhat comes next?",
            "{title}\n{step}\nAnd then?",
        ),
        "de": (
            "{title}\n{step}\nWas ist der nächste Schritt?",
            "{title}\nDiesen Schritt habe ich gemacht: {step}\nWas kommt als nächster Schritt?",
        ),
        "fr": (
            "{title}\n{step}\nQuelle est l'étape suivante ?",
            "{title}\nJ'ai terminé cette étape : {step}\nQuelle est la prochaine étape ?",
        ),
        "es": (
            "{title}\n{step}\n¿Cuál es el paso siguiente?",
            "{title}\nYa he hecho este paso: {step}\n¿Qué viene después?",
        ),
        "pt": (
            "{title}\n{step}\nQual é o próximo passo?",
            "{title}\nJá fiz este passo: {step}\nO que vem a seguir?",
        ),
        "it": (
            "{title}\n{step}\nQual è il passaggio successivo?",
            "{title}\nHo completato questo passaggio: {step}\nChe cosa viene dopo?",
        ),
        "nl": (
            "{title}\n{step}\nWat is de volgende stap?",
            "{title}\nDeze stap heb ik gedaan: {step}\nWat komt daarna?",
        ),
        "pl": (
            "{title}\n{step}\nJaki jest następny krok?",
            "{title}\nTen krok jest już zrobiony: {step}\nCo dalej?",
        ),
        "ru": (
            "{title}\n{step}\nКакой следующий шаг?",
            "{title}\nЭтот шаг выполнен: {step}\nЧто делать дальше?",
        ),
        "tr": (
            "{title}\n{step}\nBir sonraki adım nedir?",
            "{title}\nBu adımı tamamladım: {step}\nSırada ne var?",
        ),
        "zh": (
            "{title}\n{step}\n下一步是什么？",
            "{title}\n我已完成这一步：{step}\n接下来做什么？",
        ),
        "ja": (
            "{title}\n{step}\n次の手順は何ですか？",
            "{title}\nこの手順は終わりました：{step}\n次は何をしますか？",
        ),
        "ko": (
            "{title}\n{step}\n다음 단계는 무엇인가요?",
            "{title}\n이 단계를 마쳤습니다: {step}\n다음은 무엇인가요?",
        ),
    }
)

GOAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "{step}\nWhich task ends with this step?",
            "{step}\nWhich task is finished with this step?",
        ),
        "de": ("{step}\nWelche Aufgabe endet mit diesem Schritt?",),
        "fr": ("{step}\nQuelle tâche se termine par cette étape ?",),
        "es": ("{step}\n¿Qué tarea termina con este paso?",),
        "pt": ("{step}\nQue tarefa termina com este passo?",),
        "it": ("{step}\nQuale operazione si conclude con questo passaggio?",),
        "nl": ("{step}\nWelke taak eindigt met deze stap?",),
        "pl": ("{step}\nJakie zadanie kończy się tym krokiem?",),
        "ru": ("{step}\nКакая задача завершается этим шагом?",),
        "tr": ("{step}\nHangi iş bu adımla biter?",),
        "zh": ("{step}\n哪项任务以这一步结束？",),
        "ja": ("{step}\nこの手順で終わる作業は何ですか？",),
        "ko": ("{step}\n이 단계로 끝나는 작업은 무엇인가요?",),
    }
)

FIRST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "{title}\nThe last step is: {step}\nWhat is the first step?",
            "{title}\nThis step comes last: {step}\nWhich step comes first?",
        ),
        "de": ("{title}\nDer letzte Schritt lautet: {step}\nWie lautet der erste Schritt?",),
        "fr": ("{title}\nVoici la dernière étape : {step}\nQuelle est la première étape ?",),
        "es": ("{title}\nEl último paso es este: {step}\n¿Cuál es el primer paso?",),
        "pt": ("{title}\nO último passo é este: {step}\nQual é o primeiro passo?",),
        "it": ("{title}\nL'ultimo passaggio è questo: {step}\nQual è il primo passaggio?",),
        "nl": ("{title}\nDit is de laatste stap: {step}\nWat is de eerste stap?",),
        "pl": ("{title}\nOstatni krok to: {step}\nJaki jest pierwszy krok?",),
        "ru": ("{title}\nПоследний шаг: {step}\nКакой шаг первый?",),
        "tr": ("{title}\nSon adım şudur: {step}\nİlk adım nedir?",),
        "zh": ("{title}\n最后一步是：{step}\n第一步是什么？",),
        "ja": ("{title}\n最後の手順はこれです：{step}\n最初の手順は何ですか？",),
        "ko": ("{title}\n마지막 단계는 다음과 같습니다: {step}\n첫 번째 단계는 무엇인가요?",),
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
# The Chinese words are written in simplified characters.
_TRADITIONAL: Final = frozenset(("hant", "tw", "hk", "mo"))
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
        tag, *subtags = stated.lower().replace("_", "-").split("-")
        if tag == "zh" and not _TRADITIONAL.isdisjoint(subtags):
            return None
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
