"""What pages of questions call themselves, language by language. Data only."""

import re
from typing import Final

_SHORT_NAMES: Final = (r"f\.?a\.?q\.?(?:[’']?s)?", "q ?& ?a", "q and a", "чзв", "чаво")
_NAMES: Final = (
    *("frequently[ -]asked(?: questions)?", "common(?:ly asked)? questions", "questions (?:and|&) answers"),
    *("questions? fréquentes", "foire aux questions", "questions fréquemment posées", "questions courantes"),
    *("häufig(?:e|(?: gestellte)) fragen", "häufige fragen", "fragen und antworten"),
    *("preguntas frecuentes", "preguntas más frecuentes", "preguntas y respuestas"),
    *("perguntas (?:mais )?fr[eé]quentes", "perguntas e respostas", "d[uú]vidas frequentes"),
    *("domande frequenti", "domande e risposte", "veelgestelde vragen", "vragen en antwoorden"),
    *("част[оы] задаваемые вопросы", "частые вопросы", "вопросы и ответы", "поширені запитання"),
    *("najczęściej zadawane pytania", "často kladené (?:otázky|dotazy)", "časté (?:otázky|dotazy)"),
    *("gyakran ismételt kérdések", "vanliga frågor", "ofte stillede spørgsmål", "ofte stilte spørsmål"),
    *("usein kysytyt kysymykset", "întrebări frecvente", "pyetje të shpeshta", "често задавани въпроси"),
    *(
        "preguntes freqüents",
        "câu hỏi thường gặp",
        "pertanyaan (?:yang )?(?:umum|sering)[a-z ]*",
        "soalan lazim",
    ),
    *("sıkça sorulan sorular", "sık sorulan sorular", "συχνές ερωτήσεις", "συχνες ερωτησεις"),
    *("الأسئلة (?:الشائعة|المتكررة|المتداولة)", "أسئلة (?:شائعة|متكررة)", "سوالات متداول", "پرسش‌های متداول"),
    *("पूछे जाने वाले (?:प्रश्न|सवाल)", "常见问题(?:解答)?", "常見問題(?:解答)?", "常见问答", "問答集", "问与答"),
    *("よくある(?:ご)?質問", "よくあるお問い合わせ", "質問と回答", "자주 (?:묻는|하는) 질문", "질문과 답변"),
)

_EDGES: Final = (r"(?<![^\W_])(?:", r")(?![^\W_])")

FAQ_NAME: Final = re.compile("|".join((*_SHORT_NAMES, *_NAMES)).join(_EDGES), re.IGNORECASE)
"""Finds the name of a page of questions as words of their own."""

FAQ_PHRASE: Final = re.compile("|".join(_NAMES).join(_EDGES), re.IGNORECASE)
"""Finds such a name spelled out: an introduction says it of its own page, the short forms of any other."""
