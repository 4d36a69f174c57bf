"""Words that point to another place of the text, by language, and words of the page around a text."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# Words that point to another place of the text wherever they stand.
POINTERS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            *("this", "these", "those", "above", "below", "following", "aforementioned", "latter", "former", "herein"),
            *("previous", "preceding", "earlier", "figure", "table", "chapter", "section", "example", "click", "here"),
            *("therefore", "however", "respectively"),
        ),
        "de": (
            *("dieser", "diese", "dieses", "diesem", "diesen", "oben", "unten", "folgende", "folgenden", "folgender"),
            *(
                "folgendes",
                "obige",
                "obigen",
                "abbildung",
                "tabelle",
                "kapitel",
                "abschnitt",
                "siehe",
                "jedoch",
                "hier",
            ),
            *("daher", "deshalb", "dort", "dafür", "dazu", "damit"),
        ),
        "fr": (
            *("ce", "cet", "cette", "ces", "cela", "ceci", "suivant", "suivante", "suivants", "suivantes", "dessus"),
            *(
                "dessous",
                "précédent",
                "précédente",
                "figure",
                "chapitre",
                "section",
                "ici",
                "voir",
                "celui-ci",
                "tableau",
            ),
            *("ceux-ci", "celle-ci", "celles-ci", "là", "y", "cependant", "donc"),
        ),
        "es": (
            *("este", "esta", "estos", "estas", "esto", "ese", "esa", "eso", "esos", "siguiente", "siguientes"),
            *("anterior", "anteriores", "arriba", "abajo", "figura", "tabla", "capítulo", "sección", "aquí", "vea"),
            *("véase", "embargo", "dicho", "dicha", "dichos", "dichas"),
        ),
        "zh": (
            "这",
            "上述",
            "以下",
            "如下",
            "下面",
            "上面",
            "该",
            "此",
            "本节",
            "本章",
            "本文",
            "如图",
            "见",
            "上文",
            "下文",
        ),
    }
)
# What belongs to a page and not to its text.
BOILERPLATE: Final = (
    "all rights reserved",
    "copyright",
    "©",
    "click here",
    "cookie",
    "subscribe",
    "sign up for",
    "please log in",
    "privacy policy",
    "terms of use",
    "read more",
    "javascript",
    "newsletter",
    "free software foundation",
    "permission is granted",
    "http://",
    "https://",
    "www.",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos",
    "版权所有",
    "许可",
    "点击",
    "isbn",
)
