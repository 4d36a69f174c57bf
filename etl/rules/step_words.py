"""The words by which instructions are known, language by language. Data only."""

import re
from typing import Final

# Words that number a step of their own: "Step 3: ...", "第3步", "3단계".
_STEP: Final = (
    *(
        "step",
        "schritt",
        "étape",
        "etape",
        "paso",
        "passo",
        "passaggio",
        "fase",
        "stap",
        "шаг",
        "крок",
        "krok",
        "adım",
    ),
    *(
        "langkah",
        "bước",
        "steg",
        "trin",
        "trinn",
        "vaihe",
        "lépés",
        "pasul",
        "pas",
        "βήμα",
        "الخطوة",
        "خطوة",
        "گام",
    ),
    *("चरण", "步骤", "步驟", "ステップ", "手順", "단계"),
)
STEP_LABEL: Final = re.compile(
    r"(?:(?:" + "|".join(_STEP) + r")[ \t\u00a0]{0,2}(\d{1,2})(?!\d)|第[ ]?(\d{1,2}|[一二三四五六七八九十])[ ]?步|"
    r"(\d{1,2})[ ]?(?:단계|\. ?(?:lépés|adım)))[ \t]{0,2}(?:[:：.)）、\-–—]{1,2}|(?=[ \t\n])|$)[ \t\u3000\u00a0]*",
    re.IGNORECASE,
)
STEP_INITIALS: Final = frozenset("第0123456789").union(*((word[0].lower(), word[0].upper()) for word in _STEP))
"""The characters such a label can start with: a cheap look that nearly every block fails."""

# A line with one of these, right before a numbered list, announces steps.
ANNOUNCES_STEPS: Final = re.compile(
    r"\b(?:steps?|procedures?|instructions|(?<!to )(?<!can )(?<!could )do (?:the following|this)"
    r"|follow these|proceed as follows|how to)\b"
    r"|\b(?:schritte|schritten|gehen sie|vorgehensweise|anleitung)\b|\b(?:étapes|procédure|procédez"
    r"|marche à suivre)\b"
    r"|\b(?:pasos|procedimiento|passos|procedimento|passaggi|procedura|stappen|procedure)\b"
    r"|шаг(?:и|ов)\b|действия|выполните|\bkroki|\bkroků?\b|\badım|langkah|các bước"
    r"|خطوات|الخطوات|مراحل|गर्नुहोस्|चरण|步骤|步驟|操作如下|手順|次のように|단계|순서",
    re.IGNORECASE,
)

# Titles that ask for a way to do something.
ASKS_FOR_A_WAY: Final = re.compile(
    r"(?:how (?:to|do|can|should)\b|to \w+ (?:an?|the|your|this|all|new|\w+s)\b|steps (?:to|for)\b"
    r"|procedure\b|tutorial\b"
    r"|walkthrough\b|setting up\b|getting started\b|installation\b|usage\b|instructions\b"
    r"|so \w+ (?:sie|du|geht)\b|wie (?:man|sie|du|kann)\b|anleitung\b|um .{3,80} zu \w+"
    r"|comment (?:\w+(?:er|ir|re)\b|puis-je|faire)|pour \w+(?:er|ir|re)\b|cómo (?:\w+(?:ar|er|ir|arse|erse)\b|puedo|se)"
    r"|para \w+(?:ar|er|ir)\b|como (?:\w+(?:ar|er|ir)\b|posso|faço)|come (?:\w+(?:are|ere|ire|rsi)\b|posso|si)"
    r"|per \w+(?:are|ere|ire)\b|hoe (?:kan|moet|\w+ (?:ik|je|u|men))\b|om .{3,80} te \w+|как \w+(?:ть|ти|чь|ться)\b"
    r"|инструкция|чтобы\b|jak\b|nasıl\b|كيف|چگونه|کیسے|如何|怎么|怎样|怎麼|.{1,40}(?:方法|步骤|教程)"
    r"|.{1,40}(?:するには|する方法|手順|の使い方)|.{1,40}(?:하는 방법|하기|하려면)|.{1,60}(?:कैसे|करने के लिए))",
    re.IGNORECASE,
)

# A first step that says so: what follows has an order.
OPENS_AN_ORDER: Final = re.compile(
    r"(?:first|firstly|to start|start by|zuerst|zunächst|als erstes|d['’]abord|tout d['’]abord|primero|en primer lugar"
    r"|primeiro|em primeiro lugar|prima|innanzitutto|eerst|najpierw|сначала|сперва|önce|ilk olarak)\b"
    r"|首先|まず|最初に|먼저",
    re.IGNORECASE,
)

# Titles that name an activity: "Creating shortcuts".
NAMES_AN_ACTIVITY: Final = re.compile(r"\w{2,}ing \w")

# Numbered lists under such titles are anything but instructions.
NO_HOWTO: Final = re.compile(
    r"\b(?:references?|bibliography|citations?|footnotes|notes|contents|index|changes|changelog"
    r"|change log|history"
    r"|release|releases|released|announcing|news|what[’']s new|versions?|fixed|bug ?fix(?:es)?|terms"
    r"|conditions|licen[cs]e|legal"
    r"|policy|agreement|definitions|glossary|acknowledge?ments|credits|agenda|minutes|questions|results|faq"
    r"|before you (?:begin|start)|prerequisites?|what you(?:[’']ll)? need|ingredients|voraussetzungen|prérequis"
    r"|requisitos|prerequisiti|comments|reasons|rules|rights|related (?:links|content|pages|resources|topics)|see also"
    r"|quiz|solutions?$|answers?$|further reading|learn more|additional resources"
    r"|siehe auch|weiterführend\w*|voir aussi|véase también"
    r"|vedi anche|veja também|zie ook|см\. также"
    r"|literatur|quellen|inhalt(?:sverzeichnis)?|références|bibliographie|sommaire|referencias"
    r"|bibliografía|índice"
    r"|referências|bibliografia|riferimenti|indice|литература|ссылки|содержание|оглавление)\b"
    r"|参见|相关链接|関連項目|参考文献|目录|目錄|参考资料|更新日志|目次|変更履歴|참고|목차|\bv?\d+\.\d+\.\d+\b|\b(?:19|20)\d\d-\d\d",
    re.IGNORECASE,
)

# Under such titles the parts of a numbered list have no order.
ADVISES: Final = re.compile(
    r"\b(?:tips?|tricks|best practices?|principles?|guidelines?|guidance|recommendations?|strategies|ways to|lessons"
    r"|considerations|advice|do[’']?s and don[’']?ts|checklist|ideas|mistakes|benefits|advantages|requirements|part \d"
    r"|tipps|empfehlungen|grundsätze|conseils|bonnes pratiques|recommandations|consejos|buenas prácticas|principios"
    r"|recomendaciones|dicas|boas práticas|consigli|советы|рекомендации|принципы|porady|ipuçları)\b"
    r"|技巧|最佳实践|原则|建议|注意事项|ヒント|ベストプラクティス|원칙|팁",
    re.IGNORECASE,
)

CAPTION: Final = re.compile(
    r"(?:figure|fig\.|table|example|listing|abbildung|tabelle|tableau|figura|tabla|рис\.|图|圖|表"
    r"|図)[ \u00a0]?\d",
    re.IGNORECASE,
)
# Lines that parsers may take for headings, and that name nothing.
NO_TITLE: Final = re.compile(
    CAPTION.pattern + r"|(?:notes?|tips?|warning|caution|important|examples?|hint|hinweis|achtung|warnung|tipp"
    r"|beispiele?|remarque|attention|exemples?|nota|consejo|aviso|atención|advertencia|ejemplos?|dica|atenção"
    r"|observação|exemplo|suggerimento|attenzione|avvertenza|esempio|opmerking|let op|waarschuwing|voorbeeld|uwaga"
    r"|примечание|внимание|предупреждение|совет|пример|注意|警告|提示|备注|注|例|メモ|ヒント|주의|참고|예)[:：.!]?$",
    re.IGNORECASE,
)
