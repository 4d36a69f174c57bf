"""Pages of questions in eighteen languages: marked, worded without a mark, named and not."""

import pytest

from etl.config.models import FaqConfig
from etl.rules.base import Document
from etl.rules.faq import Faq
from etl.rules.page_names import ASCII_STEMS, FAQ_NAME, NAME_STEMS
from etl.text.parse import parse

# Of each language: the name of such a page, two questions, the first of them worded as one without its mark.
PAGES = {
    "en": ("FAQ", "How do I change my address?", "Do you deliver on Sundays?"),
    "de": ("Häufige Fragen", "Wie ändere ich meine Adresse?", "Liefern Sie auch sonntags?"),
    "fr": ("Questions fréquentes", "Comment changer d'adresse ?", "Livrez-vous le dimanche ?"),
    "es": ("Preguntas frecuentes", "¿Cómo cambio mi dirección?", "¿Entregan los domingos?"),
    "pt": ("Perguntas frequentes", "Como mudo o meu endereço?", "Posso receber aos domingos?"),
    "it": ("Domande frequenti", "Come cambio indirizzo?", "Quando consegnate la spesa?"),
    "nl": ("Veelgestelde vragen", "Hoe wijzig ik mijn adres?", "Bezorgen jullie op zondag?"),
    "ru": ("Часто задаваемые вопросы", "Как изменить адрес?", "Доставляете ли вы по воскресеньям?"),
    "tr": ("Sıkça Sorulan Sorular", "Adresimi nasıl değiştirebilirim?", "Pazar günleri teslimat var mı?"),
    "ar": ("الأسئلة الشائعة", "كيف أغير عنواني؟", "هل توصلون يوم الأحد؟"),
    "fa": ("پرسش‌های متداول", "چگونه نشانی خود را تغییر دهم؟", "آیا روزهای جمعه تحویل می‌دهید؟"),
    "zh": ("网站常见问题", "如何修改地址？", "周日送货吗？"),
    "ja": ("よくある質問", "住所はどのように変更しますか？", "日曜日も配達していますか。"),
    "ko": ("자주 묻는 질문", "주소를 어떻게 변경하나요?", "일요일에도 배송되나요?"),
    "hi": ("अक्सर पूछे जाने वाले प्रश्न", "मैं अपना पता कैसे बदलूँ?", "क्या आप रविवार को डिलीवरी करते हैं?"),
    "el": ("Συχνές ερωτήσεις", "Πώς αλλάζω τη διεύθυνσή μου;", "Παραδίδετε τις Κυριακές;"),
    "hy": ("FAQ", "Ինչպե՞ս փոխել հասցեն", "Կիրակի օրերին առաքո՞ւմ եք"),
    "am": ("FAQ", "አድራሻዬን እንዴት እቀይራለሁ፧", "እሁድ ታደርሳላችሁ፧"),
}
ANSWERS = ("Lorem ipsum dolor.", "Sit amet elit.")
OF_THE_PAGE = {
    "en": "Was this page helpful?",
    "de": "War diese Seite hilfreich?",
    "fr": "Cette page vous a-t-elle été utile ?",
    "es": "¿Te ha resultado útil esta página?",
    "pt": "Esta página foi útil?",
    "it": "Questa pagina è stata utile?",
    "nl": "Was deze pagina nuttig?",
    "ru": "Была ли эта страница полезна?",
    "tr": "Bu sayfa yardımcı oldu mu?",
    "ar": "هل كانت هذه الصفحة مفيدة؟",
    "fa": "آیا این صفحه مفید بود؟",
    "zh": "此页面有帮助吗？",
    "ja": "この記事は役に立ちましたか？",
    "ko": "이 문서가 도움이 되었나요?",
    "hi": "क्या यह पृष्ठ उपयोगी था?",
}


def pairs(text, format, lang):
    parsed = parse(text, format)
    rule = Faq(FaqConfig())
    return [(p.instruction, p.response) for p in rule(Document(parsed.text, parsed.blocks, parsed.title, lang))]


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("is_lang_known", [True, False])
def test_question_headings_are_answered(lang, is_lang_known):
    _, *questions = PAGES[lang]
    html = "".join(f"<h2>{q}</h2><p>{a}</p>" for q, a in zip(questions, ANSWERS, strict=True))
    assert pairs(html, "html", lang if is_lang_known else None) == list(zip(questions, ANSWERS, strict=True))


@pytest.mark.parametrize("lang", PAGES)
def test_plain_lines_of_a_named_page_are_answered(lang):
    name, *questions = PAGES[lang]
    text = f"{name}\n\n" + "\n\n".join(f"{q}\n\n{a}" for q, a in zip(questions, ANSWERS, strict=True))
    assert pairs(text, "text", lang) == list(zip(questions, ANSWERS, strict=True))


@pytest.mark.parametrize("lang", [lang for lang in PAGES if lang not in ("el", "hy", "am")])
def test_headings_of_a_named_page_need_no_mark(lang):
    name, question, _ = PAGES[lang]
    bare = question.strip("¿?？؟ ")
    html = f"<h1>{name}</h1><h2>{bare}</h2><p>{ANSWERS[0]}</p><h2>{bare} (2)</h2><p>{ANSWERS[1]}</p>"
    assert (bare, ANSWERS[0]) in pairs(html, "html", lang)


@pytest.mark.parametrize("lang", OF_THE_PAGE)
def test_what_the_page_asks_its_reader_is_no_question_and_ends_the_answer(lang):
    _, *questions = PAGES[lang]
    html = "".join(f"<h2>{q}</h2><p>{a}</p>" for q, a in zip(questions, ANSWERS, strict=True))
    html += f"<p>{OF_THE_PAGE[lang]}</p><p>1 2 3</p>"
    assert pairs(html, "html", lang) == list(zip(questions, ANSWERS, strict=True))


@pytest.mark.parametrize("name", sorted({page[0] for page in PAGES.values()}))
def test_the_quick_look_misses_no_name(name):
    assert FAQ_NAME.search(name)
    assert any(stem in name.lower() for stem in (ASCII_STEMS if name.isascii() else NAME_STEMS))
