"""Words by which a definition is known from a remark that has its shape, by language."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


def _of(patterns: dict[str, str], flags: int = re.IGNORECASE) -> Mapping[str, re.Pattern[str]]:
    return MappingProxyType({lang: re.compile(pattern, flags) for lang, pattern in patterns.items()})


# A predicate that opens like this judges or relates; it does not say what a thing is.
NO_PREDICATES: Final = _of(
    {
        "en": r"(?:\w+ed|\w+ly|\w+ing|written|similar|one|known|seen|found|like|attractive|very|really"
        r"|quite|pretty|rather|more|most|less|good|great|bad|better|best|nice|perfect|huge|big|major"
        r"|minor|must|bit|lot|little|few|long|short|shame|pity|matter|problem|mistake|pain|sign|result|risk|challenge"
        r"|chance|need|way|ways|part|number|series|list|step|question|reason|example|useful|common|critical|key|simple"
        r"|significant|valuable|crucial|essential|vital|fundamental|important|excellent|powerful|reminder|testament"
        r"|good|helpful|worthwhile|convenient|non-trivial|difficult|hard|easy|case|copy|summary|rough"
        r"|variation|single|muscle|graduated"
        r"|complete|partial|possible|member|component|feature|prime|priority|no|not|also|now|just|an?|any|all|often|"
        r"usually|always|never|only|still|already|currently|the|available|used|required|recommended|allowed|supported"
        r"|expected|based|made|given|set|ignored|defined|being|able|likely|when|where|how|why|to|in|on"
        r"|at|by|from|with)\b",
        "de": r"(?:sehr|gut\w*|schlecht\w*|wichtig\w*|wesentlich\w*|einfach\w*|groß\w*|klein\w*"
        r"|häufig\w*|gängig\w*|Frage"
        r"|Beispiel|Problem|Fehler|Teil|Möglichkeit|Weg|Reihe|Liste|weiter\w*|andere\w*|ander\w*"
        r"|sinnvoll\w*|nützlich\w*"
        r"|Grund|Voraussetzung|Vorteil|Nachteil|hervorragend\w*|\w+beispiel)\b",
        "fr": r"(?:très|bon|bonne|mauvais\w*|grand\w*|petit\w*|important\w*|simple|excellent\w*|exemple"
        r"|problème|erreur|partie"
        r"|moyen|façon|question|raison|autre|des|élément|étape|bonne|véritable|vrai\w*|belle|beau|atout|défi|plus)\b",
        "es": r"(?:muy|buen\w*|mal\w*|gran\w*|importante|simple|excelente|ejemplo|problema|error|parte"
        r"|forma|manera|cuestión"
        r"|razón|otr[oa]|paso|lista|serie|posibilidad|buena|tarea|más)\b",
        "zh": "(?:很|非常|好|重要|不错|常见|例子|问题|错误|部分|步|大|更)",
    }
)
# What tells a definition: the clause or purpose that sets the thing apart from others of its kind.
CLAUSES: Final = _of(
    {
        "en": r"\b(?:that|which|who|whose|used|designed|intended|in which|where|for \w+ing|consisting"
        r"|made of|responsible"
        r"|containing|between|by which|based|written|developed|of)\b",
        "de": r",? (?:der|die|das|dem|deren|dessen|in dem|mit dem|mit der|mit denen|zum|zur|für|um)\b",
        "fr": r"\b(?:qui|que|dont|permettant|permet|utilisé\w*|destiné\w*|conçu\w*|pour|laquelle|lequel|de)\b",
        "es": r"\b(?:que|cuy[oa]s?|utilizad[oa]|usad[oa]|diseñad[oa]|destinad[oa]|para|donde|en el que|en la que|de)\b",
        "zh": "(?:的|用于|用来)",
    }
)
# A subject with one of these words is no term but a thing of the sentences before, a remark or a whole clause.
NO_TERMS: Final = _of(
    {
        "en": r"\b(?:this|that|these|those|it|there|what|which|who|whom|where|when|why|how|if|to|here"
        r"|one|another|each|every"
        r"|everyone|everything|someone|something|anyone|anything|nothing|nobody|people|you|we|they|he|she|i|your|our|my"
        r"|their|his|her|its|problem|problems|reason|reasons|idea|ideas|result|results|goal|goals|point|points|thing"
        r"|things|key|first|second|third|next|last|step|steps|following|default|defaults|question|questions|answer"
        r"|answers|example|examples|option|options|solution|solutions|approach|way|ways|being|having|doing|using|not"
        r"|no|is|are|was|were|be|has|have|can|will|and|or|but|as|in|on|at|for|with|by|from|because|today|now|only|most"
        r"|many|some|all|both|other|others|such|same|more|less|changes|part|parts|values|value|exceptions?|case|cases"
        r"|purpose|name|names|advantage|disadvantage|benefit|drawback|difference|lesson|author|none|several|two|three"
        r"|four|five|patches|there|users|items|links|words|things|files|names|entries|images|also"
        r"|however|tip|topic|since|while|although|though|once|unless|whereas|after|before|until"
        r"|during|among|under)\b",
        "de": r"\b(?:dies\w*|das|es|er|sie|was|wer|wenn|wie|ob|hier|dort|ziel|problem|grund|ergebnis"
        r"|frage|antwort|beispiel"
        r"|lösung|vorteil|nachteil|punkt|schritt|teil|weg|möglichkeit|ist|und|oder|als|nicht|kein\w*|jede\w*|alle\w*"
        r"|mein\w*|unser\w*|ihr\w*|sein\w*|voreinstellung|vorgabe|folgende\w*|nächste\w*|erste\w*"
        r"|zweite\w*|man|wir|ich)\b",
        "fr": r"\b(?:ce|cela|ceci|c['’]|il|elle|on|qui|que|quoi|où|si|ici|là|but|problème|raison"
        r"|résultat|question|réponse"
        r"|exemple|solution|avantage|inconvénient|point|étape|partie|moyen|est|et|ou|ne|pas|chaque|tout\w*|mon|ma|notre"
        r"|votre|leur|son|sa|ses|suivant\w*|premier|première|second\w*|autre|objectif|idée|nous|vous|je)\b",
        "es": r"\b(?:esto|eso|ello|él|ella|que|quien|donde|si|aquí|objetivo|problema|razón|resultado|pregunta|respuesta"
        r"|ejemplo|solución|ventaja|desventaja|punto|paso|parte|forma|es|y|o|no|cada|tod[oa]s?|mi|nuestr[oa]|su|sus|lo"
        r"|siguiente|primer[oa]?|segund[oa]|otr[oa]|idea|este|esta|usted|nosotros|yo)\b",
        "zh": "[这那它他她其此该我你您们谁哪]|什么|如果|因为|所以|问题|原因|目的|结果|答案|例子|方法|一般|通常"
        "|本|以下|上述|就|都|也|不|有|的",
    }
)
PEOPLE: Final = _of(
    {
        "en": r"\bis an? (?:[\w-]+ ){0,4}?(?:who|researcher|writer|developer|designer|professor|director"
        r"|manager|engineer"
        r"|journalist|specialist|officer|lead|fellow|student|member|author|editor|scientist|actor|artist|lawyer|analyst"
        r"|consultant|strategist|librarian|historian|singer|musician|teacher|doctor|politician|player|leader|expert"
        r"|advisor|coordinator|programmer|contractor|founder|veteran|graduate|attorney|woman|man|person"
        r"|novelist|\w+ologist|chemist|economist|president|secretary|administrator|architect"
        r"|executive|chief|senior)\b",
        "de": r"\bist eine? (?:\w+ ){0,3}?(?:\w*(?:forscher|autor|entwickler|ingenieur|professor|leiter"
        r"|künstler)(?:in)?)\b",
        "fr": r"\best une? (?:\w+ ){0,3}?(?:\w*(?:chercheu|auteu|développeu|ingénieu|professeu|directeu"
        r"|acteu|chanteu)\w+)\b",
        "es": r"\bes una? (?:\w+ ){0,3}?(?:\w*(?:investigador|autor|desarrollador|ingenier|profesor"
        r"|director|actor)\w*)\b",
        "zh": "是一[位名]",
    }
)
