"""What an instruction asks for, told by the word it begins with: a small lexicon of several languages.

The patterns mean the same to Python and to Java and have no nested repetition.
"""

from typing import Final

QUESTION: Final = "question"
OTHER: Final = "other"
# A request may open politely; what counts is the verb behind.
_POLITE: Final = (
    "please", "kindly", "can you", "could you", "would you", "bitte", "por favor", "s'il vous plaît", "veuillez",
    "per favore", "пожалуйста",
)  # fmt: skip
_POLITE_UNSPACED: Final = ("请你", "请帮我", "请", "請")

# Class to stems: a stem that ends in "-" stands for all words that begin so.
VERBS: Final[dict[str, tuple[str, ...]]] = {
    "explain": (
        "explain", "describe", "define", "clarify", "discuss", "tell me about", "elaborate", "illustrate",
        "erklär-", "beschreib-", "erläuter-", "definier-", "expliqu-", "décri-", "défini-", "explica-", "explique",
        "describ-", "defin-", "spieg-", "descriv-", "объясни-", "опиши-", "расскажи-",
    ),
    "list": (
        "list", "name", "enumerate", "give examples", "give me examples", "provide examples", "give a list",
        "liste", "listez", "nenn-", "zähl-", "énumér-", "cite-", "enumer-", "lista", "elenca-", "nombra-",
        "перечисли-", "назови-",
    ),
    "translate": (
        "translate", "übersetz-", "tradui-", "traduc-", "traduz-", "переведи-", "vertaal", "çevir-",
    ),
    "classify": (
        "classify", "categorize", "categorise", "label", "sort", "group", "identify whether", "decide whether",
        "klassifizier-", "ordne", "classe", "classez", "catégoris-", "clasific-", "categoriz-", "classific-",
        "классифицируй-",
    ),
    "summarize": (
        "summarize", "summarise", "sum up", "shorten", "condense", "give a summary", "write a summary",
        "fass", "fasse", "zusammenfass-", "résum-", "resum-", "riassum-", "sintetiz-", "кратко", "обобщи-",
    ),
}  # fmt: skip
_UNSPACED: Final[dict[str, tuple[str, ...]]] = {
    "explain": ("解释", "解釋", "说明", "說明", "描述", "介绍", "介紹", "阐述", "定义", "説明"),
    "list": ("列出", "列举", "列舉", "举例", "舉例", "举出", "列挙"),
    "translate": ("翻译", "翻譯", "翻訳"),
    "classify": ("分类", "分類", "归类", "判断", "判斷"),
    "summarize": ("总结", "總結", "概括", "摘要", "归纳", "要約"),
}
_QUESTION_WORDS: Final = (
    "what", "who", "whom", "whose", "which", "when", "where", "why", "how", "is", "are", "was", "were", "do", "does",
    "did", "can", "could", "should", "will", "would", "may", "has", "have",
    "was", "wer", "wie", "warum", "wo", "wann", "welche-", "qui", "que", "quel-", "comment", "pourquoi", "où", "quand",
    "qué", "quién", "cómo", "cuál-", "cuándo", "dónde", "che", "chi", "come", "perché", "quando", "dove",
    "что", "кто", "как", "почему", "где", "когда",
)  # fmt: skip
# Spelled out, because a word character is another thing to Python than to Java.
_WORD_END: Final = "(?![A-Za-z0-9_\u00c0-\u024f\u0400-\u04ff])"
_OPENING: Final = "[\\s\"'(\u00bf\u00a1\u00ab\u201c\u201e]{0,4}"


def patterns() -> dict[str, str]:
    """Return a regular expression for each class, to be searched in the instruction in lower case, in this order."""
    polite = f"(?:(?:{'|'.join(_POLITE)})[\\s,]+){{0,2}}"
    polite_unspaced = f"(?:{'|'.join(_POLITE_UNSPACED)})?"
    found = {
        name: rf"^{_OPENING}(?:{polite}{_words(stems)}|{polite_unspaced}(?:{'|'.join(_UNSPACED[name])}))"
        for name, stems in VERBS.items()
    }
    return {
        **found,
        QUESTION: rf"^{_OPENING}{_words(_QUESTION_WORDS)}|[?？؟]\s*$|(?:什么|为什么|如何|怎么|ですか|か[。?])",
    }


def _words(stems: tuple[str, ...]) -> str:
    whole = [stem for stem in stems if not stem.endswith("-")]
    begun = [stem.removesuffix("-") for stem in stems if stem.endswith("-")]
    return rf"(?:(?:{'|'.join(whole)}){_WORD_END}" + (rf"|(?:{'|'.join(begun)})" if begun else "") + ")"
