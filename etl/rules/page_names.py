"""What pages of questions call themselves, language by language. Data only."""

import re
from typing import Final

_SHORT_NAMES: Final = (r"f\.?a\.?q\.?(?:[’']?s)?", "q ?[&＆] ?a", "q and a", "чзв", "чаво")
_NAMES: Final = (
    *("frequently[ -]asked(?: questions)?", "common(?:ly asked)? questions", "questions (?:and|&) answers"),
    *("questions? fréquentes", "foire aux questions", "questions fréquemment posées", "questions courantes"),
    *("questions les plus fréquentes", "questions(?: et |[-/ ]+)réponses"),
    *("häufig(?:e|(?: gestellte)) fragen", "häufige fragen", "fragen (?:und|&) antworten", "oft gestellte fragen"),
    *("preguntas frecuentes", "preguntas más frecuentes", "preguntas y respuestas", "preguntas habituales"),
    *("perguntas (?:mais )?(?:fr[eé]quentes|comuns)", "perguntas e respostas", "(?:d[uú]vidas|questões) frequentes"),
    *("domande (?:più )?frequenti", "domande e risposte", "domande comuni"),
    *("veel ?gestelde vragen", "meest gestelde vragen", "vragen en antwoorden", "vraag en antwoord"),
    *("част[оы] задаваемые вопросы", "частые вопросы", "вопросы и ответы", "вопрос[ы]?[-–]ответ[ы]?"),
    *("поширені (?:за)?питання", "najczęściej zadawane pytania", "często zadawane pytania", "pytania i odpowiedzi"),
    *("často kladené (?:otázky|dotazy)", "časté (?:otázky|dotazy)"),
    *("gyakran ismételt kérdések", "vanliga frågor", "ofte stillede spørgsmål", "ofte stilte spørsmål"),
    *("usein kysytyt kysymykset", "întrebări frecvente", "pyetje të shpeshta", "често задавани въпроси"),
    *("preguntes freqüents", "câu hỏi thường gặp", "pertanyaan (?:yang )?(?:umum|sering)[a-z ]*", "soalan lazim"),
    *("sıkça sorulan(?:lar| sorular)", "sık sorulan(?:lar| sorular)", "soru(?:lar)? ve cevap(?:lar)?"),
    *("συχνές ερωτήσεις", "συχνες ερωτησεις", "ερωτήσεις (?:και|&) απαντήσεις"),
    *("الأسئلة (?:الشائعة|المتكررة|المتداولة)", "أسئلة (?:شائعة|متكررة)", "أسئلة وأجوبة", "سؤال وجواب"),
    *("س[وؤ]الات (?:متداول|رایج)", "پرسش‌?(?:\u200c| )?های (?:متداول|رایج|پرتکرار)", "پرسش و پاسخ"),
    *("पूछे जाने वाले (?:प्रश्न|सवाल)", "सवाल[- ]जवाब", "प्रश्न और उत्तर"),
)
# Written without spaces, so that no edge can be asked for.
_CJK_NAMES: Final = (
    *("常见问题(?:解答)?", "常見問題(?:解答)?", "常见问答", "常見問答", "常问问题", "問答集", "问答集", "问与答"),
    *("よくある(?:ご)?質問", "よくあるお問い?合わ?せ", "質問と回答", "Ｑ＆Ａ"),
    *("자주 ?(?:묻는|하는) ?질문", "질문과 (?:답변|대답)", "질의 ?응답"),
)
# A short title of this form names a page of questions where no word makes exercises of them.
_EXERCISES: Final = (
    r"\b(?:review|thought|chapter|problem|self|guiding|essential|discussion|study|practice|exam|test|quiz|essay"
    r"|thinking|research|comprehension|reflection|homework"
    r"|interview|survey|sample|trivia|open|unanswered)\b"
)
_PLURAL: Final = (
    rf"(?!.{{0,40}}{_EXERCISES})(?:[\w&'’/-]+ ){{0,3}}(?:questions|fragen|preguntas|perguntas|domande|vragen|вопросы"
    r"|pytania|sorular)"
)

_EDGES: Final = (r"(?<![^\W_])(?:", r")(?![^\W_])")


def _pattern(*names: str) -> re.Pattern[str]:
    return re.compile("|".join((*_CJK_NAMES, "|".join(names).join(_EDGES))), re.IGNORECASE)


FAQ_NAME: Final = _pattern(*_SHORT_NAMES, *_NAMES)
"""Finds the name of a page of questions as words of their own."""

FAQ_PHRASE: Final = _pattern(*_NAMES)
"""Finds such a name spelled out: an introduction says it of its own page, the short forms of any other."""

QUESTIONS_TITLE: Final = re.compile(_PLURAL, re.IGNORECASE)
"""Matches all of a short title such as "Billing questions"."""

_PLAIN_STEMS: Final = "q frage pregunt pergunta domand vra pytania pertanyaan soalan soru pyetje kysym"
_OTHER_STEMS: Final = (
    "ｑ чзв чаво вопрос въпрос питан otázk dotaz kérdés frågor spørsmål spørgsmål întreb hỏi ερωτήσ ερωτησ أسئلة"
    " سؤال سوال سؤالات پرسش पूछे सवाल प्रश्न 问 問 質問 질문 질의 dúvidas 常见"
)
ASCII_STEMS: Final = tuple(_PLAIN_STEMS.split())
"""Every name in ASCII holds one of these, in lower case: a quick look before the patterns."""

NAME_STEMS: Final = (*ASCII_STEMS, *_OTHER_STEMS.split())
"""Every name holds one of these."""
