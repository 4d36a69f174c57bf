"""Which kind of template a request is, by its words. The first kind of which a word is found is it."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_EN: Final = (
    ("translation", r"translat\w+|convert .* into (?:english|chinese|french|german|spanish)"),
    ("summary", r"summar\w+|sum up|gist|in one sentence|tl;dr|abstract|headline|title"),
    ("sentiment", r"sentiment|tones?|mood|feelings?|positive or negative"),
    ("classification", r"classif\w+|categor\w+|genre|spam|label|which of the"),
    ("extraction", r"extract\w*|find all|pick out|highlight|identify"),
    ("difference", r"differences?|differ|distinguish"),
    ("comparison", r"compar\w+|better|versus|vs"),
    ("examples", r"examples?|list|name|suggest\w*|recommend\w*|ideas|give (?:me )?(?:some|a few|several)"),
    ("definition", r"defin\w+|what (?:is|are)|meaning|explain"),
    ("reasoning", r"why|how many|how much|calculat\w+|solve|verify|order|prove|correctness"),
    ("creative", r"write|create|compose|design|draft|imagine|story|poem|invent|generate|make up"),
)
_ZH: Final = (
    ("translation", "翻译|译成|译为"),
    ("summary", "总结|概括|摘要|归纳|标题"),
    ("sentiment", "情感|语气|情绪"),
    ("classification", "分类|归类|类别|属于哪"),
    ("extraction", "提取|找出|抽取"),
    ("difference", "区别|不同|差异"),
    ("comparison", "比较|对比"),
    ("examples", "举|列出|列举|推荐|例子"),
    ("definition", "什么是|是什么|定义|解释|含义"),
    ("reasoning", "为什么|多少|计算|证明|排序"),
    ("creative", "写|创作|编|设计|想象"),
)
_KINDS: Final[Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]] = MappingProxyType(
    {
        "en": tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _EN),
        "zh": tuple((kind, re.compile(words)) for kind, words in _ZH),
    }
)
OTHER: Final = "command"


def kind_of(request: str, language: str) -> str:
    """Return the kind of template a request is: one of `etl.config.knowledge.KINDS`.

    >>> kind_of("Summarize the article.", "en"), kind_of("请比较两者。", "zh"), kind_of("Reply to the mail.", "en")
    ('summary', 'comparison', 'command')
    """
    return next((kind for kind, words in _KINDS.get(language, ()) if words.search(request)), OTHER)
