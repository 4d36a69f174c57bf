"""The words that open a question, language by language, and the signs that end one. Data only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Greek ends a question with a semicolon, Armenian puts its sign inside the last word: both need a look at
# script.
QUESTION_MARKS: Final = "?？؟⁇⸮፧"
GREEK_MARK: Final = ";"
ARMENIAN_MARK: Final = "՞"

# Openers that make a question even without a mark. An entry of several words must match all of them; where
# a word also opens statements or titles ("when", "which", "wer"), only its unmistakable continuations are
# listed.
OPENERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        language: tuple(words.split("|"))
        for language, words in {
            "en": (
                "how|why|what|what's|where|where's|who|who's|whose|when to|when do|when does|"
                "when should|when will|when can|when is|when are|which is|which are|which one|"
                "does|am i|are we|can my|can the|can they|will my|would i|have i|what if|"
                "can i|can we|can you|could i|could you|do i|do you|do we|does it|does the|"
                "did you|is it|is there|is this|is my|are there|are you|should i|should we|"
                "will i|will you|may i|must i|have you"
            ),
            "de": (
                "wie|warum|weshalb|wieso|was|wo finde|wo kann|wo ist|wo sind|wo bekomme|woher|"
                "wohin|womit|wozu|wofür|wann kann|wann muss|wann wird|wann ist|wer ist|wer kann|"
                "wer sind|welche|welcher|welches|welchen|kann ich|kann man|muss ich|darf ich|"
                "gibt es|ist es|habe ich"
            ),
            "fr": (
                "comment|pourquoi|combien|quand|qui|que|"
                "qu'est-ce|qu’est-ce|est-ce|où|quel|quelle|quels|quelles|puis-je|peut-on|"
                "dois-je|faut-il|y a-t-il|à quoi"
            ),
            "es": (
                "cómo|como puedo|como se|que es|que son|cual es|donde puedo|de qué|con qué|en qué|por qué|"
                "qué|cuál|cuáles|cuánto|cuánta|cuántos|cuántas|cuándo|"
                "dónde|quién|quiénes|para qué|puedo|se puede|es posible|¿"
            ),
            "pt": (
                "como|por que|por quê|porquê|o que|para que|qual|quais|quanto|quantos|quantas|"
                "quando devo|quando posso|onde|quem|posso|é possível"
            ),
            "it": (
                "come|perché|perchè|cosa|che cosa|che tipo|che differenza|a cosa|"
                "cos'è|cos’è|qual è|quali|quale|quanto|quanti|"
                "quando devo|quando posso|dove|chi è|chi può|posso|è possibile"
            ),
            "nl": (
                "hoe|waarom|wat|waar kan|waar vind|"
                "waar is|wanneer kan|wanneer moet|wie is|wie kan|welke|welk|kan ik|kun je|"
                "mag ik|moet ik|is het|is er|zijn er"
            ),
            "ru": (
                "как|почему|зачем|что|чем|где|куда|откуда|когда|"
                "кто|какой|какая|какое|какие|каков|какова|каковы|сколько|можно ли|могу ли|"
                "нужно ли|есть ли"
            ),
            "pl": "jak|dlaczego|co to|czym jest|gdzie|kiedy|kto|ile|czy|jaki|jaka|jakie",
            "cs": "jak|proč|co je|co jsou|kde|kdy|kdo|kolik|jaký|jaká|jaké|mohu|lze",
            "tr": "nasıl|neden|niçin|ne zaman|nerede|nereden|kim|kaç|hangi|ne kadar|nedir",
            "ar": "كيف|لماذا|ما هو|ما هي|ما معنى|ما الفرق|ماذا|متى|أين|من أين|من هو|من هي|كم|هل|أي",
            "fa": "چگونه|چطور|چرا|چه|کی|کجا|کدام|چند|آیا|چیست",
            "hi": "क्या|कैसे|क्यों|कब|कहाँ|कहां|कौन|कितना|कितने|कितनी|किस",
            "el": "πώς|πως|γιατί|τι|πού|πότε|ποιος|ποια|ποιο|πόσο|μπορώ",
        }.items()
    }
)

# Verbs that open a question only where a question mark ends it, and words that may stand before any opener.
_POLAR_OPENERS: Final = (
    "is are was were am do does did can could should will would shall may might must has have had isn't"
    " aren't don't doesn't didn't can't couldn't won't wouldn't shouldn't hasn't haven't any which when if"
    " ist sind war hat haben kann können muss müssen darf soll sollte wird werden gibt wer wann wo est"
    " sont es a avez avez-vous peut pouvez puis-je dois faut-il que qui quand son hay tiene puede pueden"
    " debo debe está están existe é são há tem pode podem devo è sono ci si può posso ha hanno zijn heeft"
    " kan kunnen moet mag er wie wat waar wanneer что чем есть нужно можно может будет ли czy są jest je"
    " jsou má může lze mogę mi mı mu mü var"
)
POLAR_OPENERS: Final = frozenset(_POLAR_OPENERS.split())
_LEAD_INS: Final = "and so or okay ok but hey und et mais y e a и а но"
LEAD_INS: Final = frozenset(_LEAD_INS.split())
_FIRST_PERSON: Final = (
    "i i'm i’m i've i’ve i'd i’d my we we're we’re our ich wir mein meine je j'ai j’ai nous mon ma yo mi"
    " tengo he eu meu minha io ho mio ik wij mijn я мы мой моя у ja mój mám můj ben benim"
)
FIRST_PERSON: Final = frozenset(_FIRST_PERSON.split())

# Chinese, Japanese and Korean put no spaces or no fixed order: what opens, and what ends, such a question.
CJK_OPENERS: Final = (
    *(
        "如何",
        "怎么",
        "怎样",
        "怎麼",
        "怎樣",
        "为什么",
        "为何",
        "為什麼",
        "為何",
        "什么是",
        "什麼是",
        "什么时候",
    ),
    *("哪里", "哪裡", "哪些", "哪个", "谁", "是否", "能否", "可否", "多少", "何时", "何謂", "何为"),
    *(
        "なぜ",
        "どうして",
        "どうやって",
        "どのように",
        "どうすれば",
        "何が",
        "何を",
        "いつ",
        "どこ",
        "だれ",
        "誰",
    ),
    *("어떻게", "왜", "무엇", "언제", "어디", "누가", "누구", "얼마나", "어떤"),
)
CJK_ENDINGS: Final = (
    *("吗", "嗎", "呢", "什么", "什麼", "为什么", "為什麼", "怎么办", "怎麼辦"),
    *("ですか", "ますか", "でしょうか", "ませんか", "ましたか", "のか", "とは", "するには", "方法", "やり方"),
    *("나요", "가요", "까요", "습니까", "입니까", "합니까", "인가", "는가", "하려면", "방법"),
)
