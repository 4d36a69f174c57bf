"""What makes a question wherever it stands in it: particles, endings, verbs before their subject. Data only."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Words that make a question of a short heading without a mark, in languages that do not open with them.
ANYWHERE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        language: frozenset(words.split())
        for language, words in {
            "tr": (
                "nasıl nedir nelerdir neler neden niçin niye hangi kaç nerede nereden nereye ne kim mı mi mu mü mıdır"
                " midir mudur müdür mıyım miyim muyum müyüm mısınız misiniz musunuz müsünüz"
            ),
            "hi": "क्या कैसे क्यों कब कहाँ कहां कौन कौनसा कितना कितने कितनी किस किसे किन",
            "fa": "چگونه چطور چرا چه کجا کجاست کدام چند چقدر آیا چیست کیست",
            "ru": "ли",
        }.items()
    }
)
_UNMISTAKABLE_TURKISH: Final = "nasıl nedir nelerdir niçin hangi mıdır midir"
ANYWHERE_UNKNOWN: Final = ANYWHERE["hi"] | ANYWHERE["fa"] | ANYWHERE["ru"] | frozenset(_UNMISTAKABLE_TURKISH.split())
"""The same where the language is not known: words that mean nothing else in another one."""

# Chinese, Japanese and Korean: what ends a spoken question so plainly that a full stop is as good as a mark.
FINAL_PARTICLE: Final = re.compile(
    r"(?:(?:です|ます|ました|でした|ません|でしょう|ましょう)か|[吗嗎]"
    r"|(?:나요|까요|니까|인가요|한가요|는가요|은가요|던가요|건가요))[。．.]?$"
)
FINAL_LETTERS: Final = "か吗嗎요까"
"""The letters that `FINAL_PARTICLE` can end in."""

# What asks in a short heading of these languages wherever it stands.
CJK_ANYWHERE: Final = re.compile(
    "怎[么麼样樣]|如何|为什么|為什麼|什么时候|什麼時候|哪些|哪里|哪裡|哪个|哪個|是否|能否|可否"
    "|有没有|有沒有|多久|多少|어떻게|무엇|얼마나|왜 |어디서|언제"
)

# A verb before its subject, by the pronoun that is the second word of the clause: German, Dutch, Danish,
# Norwegian, Swedish.
_SUBJECTS: Final = "sie ich man ihr wir du es er je jullie u ik we wij men jeg vi ni jag"
SUBJECTS: Final = frozenset(_SUBJECTS.split())
# "Livrez-vous", "Puis-je", "Y a-t-il".
INVERSION: Final = re.compile(r"\w-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce)\b", re.IGNORECASE)
