"""Makes the shipped knowledge base: ``python -m etl.knowledge.build`` writes ``data/*.jsonl`` again.

Names come from the Unicode Common Locale Data Repository by way of the package Babel, which only this command needs;
capitals, continents and chemical elements from the tables in ``sources/``.
"""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies

from etl.knowledge.models import FUNCTIONAL, KIND
from etl.knowledge.rows import SEPARATOR
from etl.knowledge.technology import OWN, technology

HERE: Final = Path(__file__).parent
# The languages that have wordings.
LANGUAGES: Final = ("en", "zh", "de", "fr", "es", "pt", "it", "nl", "ru", "tr", "ja", "ko", "ar", "fa", "hi")
CLDR: Final = {"source": "Unicode CLDR", "license": "Unicode-3.0"}
CONTINENTS: Final = {"AF": "002", "AS": "142", "EU": "150", "NA": "003", "SA": "005", "OC": "009"}
# Where CLDR's name is made for lists, not for sentences.
NAMES: Final = {
    "CD": {"en": "Democratic Republic of the Congo", "zh": "刚果民主共和国"},
    "CG": {"en": "Republic of the Congo", "zh": "刚果共和国"},
    "MM": {"en": "Myanmar"},
    "VC": {"en": "Saint Vincent and the Grenadines"},
}
THE: Final = ("AE", "BS", "CD", "CF", "CG", "DO", "GB", "GM", "KM", "MH", "MV", "NL", "PH", "SB", "US")
ALIASES: Final = {
    "US": ("USA", "U.S.", "U.S.A.", "United States of America", "美利坚合众国"),
    "GB": ("UK", "U.K.", "联合王国"),
    "AE": ("UAE", "阿联酋"),
    "CZ": ("Czech Republic", "捷克共和国"),
    "TR": ("Turkey",),
    "CI": ("Ivory Coast",),
    "CV": ("Cabo Verde",),
    "CN": ("中华人民共和国", "People’s Republic of China"),
}  # fmt: skip
# Names of persons, of other places or common words; and names that stand inside frequent other words.
AMBIGUOUS: Final = frozenset(
    (
        "Georgia", "Jordan", "Chad", "Turkey", "Guinea", "Niger", "Dominica", "Grenada", "Samoa", "Micronesia",
        "Ireland", "Luxembourg", "Singapore", "Panama", "Monaco", "Washington", "Georgetown", "Kingston", "Santiago",
        "Lima", "Wellington", "Roseau", "Praia", "Apia", "Bridgetown", "Nassau", "Malé", "Manila", "Vienna",
        "马里", "约旦", "乍得", "阿曼", "多米尼克", "帕劳", "汤加", "印度", "黑山", "爱尔兰", "巴拿马",
        "摩纳哥", "多哥", "海地", "也门",
        "蒙古", "加纳", "苏丹", "不丹", "智利", "朝鲜", "华盛顿", "惠灵顿", "金边",
        "河内", "万象", "里加", "帝力", "罗马", "维也纳",
        "大马士革", "太子港", "突尼斯", "安曼", "多哈", "苏瓦",
    )
)  # fmt: skip
# No states, or no longer, or not undisputed: who asks for states must not be answered from a text that names them.
OTHER_PLACES: Final = (
    "England", "Scotland", "Wales", "Northern Ireland", "Great Britain", "Britain", "Holland", "New Mexico", "Korea",
    "Congo", "America", "Burma", "Macedonia", "Swaziland", "Soviet Union", "USSR", "Yugoslavia", "Czechoslovakia",
    "East Germany", "West Germany", "Palestine", "Hong Kong", "Macau", "Macao", "Abkhazia", "South Ossetia",
    "Somaliland", "Republic of China", "Persia", "Siam", "Prussia", "Czech", "US", "Catalonia", "Tibet", "Crimea",
    "Kurdistan", "South China Sea", "East China Sea", "Gulf of Mexico", "Papua", "New South Wales",
    "British Columbia", "Lanka",
    "South Vietnam", "North Vietnam", "North Yemen", "South Yemen", "New France", "New Spain",
    "Bern", "Berne", "Jakarta", "Cape Town", "Pretoria", "Bloemfontein", "La Paz", "Sucre",
    "Jerusalem", "Tel Aviv", "The Hague", "Colombo", "Malabo", "Gitega", "Bujumbura", "Mbabane", "Kuwait City",
    "Panama City", "Luxembourg City", "Real Madrid", "Saint-Germain", "Paris St", "Mexico Beach",
    "伯尔尼", "雅加达", "开普敦", "比勒陀利亚", "拉巴斯", "耶路撒冷", "特拉维夫", "海牙", "科伦坡", "马拉博", "内蒙古",
    "台湾", "香港", "澳门", "英格兰", "苏格兰", "威尔士", "北爱尔兰", "苏联", "南斯拉夫", "捷克斯洛伐克", "巴勒斯坦",
    "印度洋",
)  # fmt: skip
# Bulgaria has had the euro since 2026, which the release of CLDR does not know yet.
CURRENCIES: Final = {"BG": "EUR"}
GROUPS: Final = {
    "noble_gas": ("noble gas", "稀有气体"),
    "halogen": ("halogen", "卤素"),
    "alkali_metal": ("alkali metal", "碱金属"),
    "alkaline_earth_metal": ("alkaline earth metal", "碱土金属"),
    "lanthanide": ("lanthanide", "镧系元素"),
    "actinide": ("actinide", "锕系元素"),
}
SPOKEN: Final = (
    "en", "zh", "de", "fr", "es", "pt", "it", "nl", "ru", "tr", "ja", "ko", "ar", "fa", "hi", "sv", "da", "fi", "el",
    "pl", "cs", "hu", "ro", "bg", "uk", "he", "th", "vi", "id", "bn", "ta", "te", "ur", "sw", "la",
)  # fmt: skip


def build() -> dict[str, str]:
    """Return the content of each file of the knowledge base, by name."""
    rows = {
        "countries": [*_countries()],
        "elements": [*_elements()],
        "facts": [*_functional_facts()],
        "kinds": [*_kinds(), *_numbers()],
        "technology": [*technology(_table("technology.csv"))],
        "words": [*_languages(), *_currencies()],
    }
    return {
        f"{name}.jsonl": "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
        for name, found in rows.items()
    }


def _countries() -> Iterator[dict[str, Any]]:
    territories = {language: _locale(language).territories for language in LANGUAGES}
    for key, code in CONTINENTS.items():
        names = {language: known[code] for language, known in territories.items()}
        yield {"type": "continent", "key": key, "names": names, **CLDR}
    listed = _table("countries.csv")
    for row in listed:
        code = row["code"]
        names = {language: _plain(known[code]) for language, known in territories.items()} | NAMES.get(code, {})
        spent = [CURRENCIES[code]] if code in CURRENCIES else get_territory_currencies(code)
        facts = {
            "code": code,
            "continent": f"@continent/{row['continent']}" if row["continent"] else "",
            "currency": f"@currency/{spent[0]}" if len(spent) == 1 else "",
            "capital": f"@capital/{code}" if row["capital_en"] else "",
        }
        yield {
            "type": "country",
            "key": code,
            "names": names,
            "phrases": {"en": f"the {names['en']}"} if code in THE else {},
            "aliases": ALIASES.get(code, ()),
            "ambiguous": sorted(AMBIGUOUS & {*names.values(), *ALIASES.get(code, ())}),
            "facts": {name: value for name, value in facts.items() if value},
            **CLDR,
        }
    for row in listed:
        if row["capital_en"]:
            names = {"en": row["capital_en"], "zh": row["capital_zh"]}
            facts = {"country": f"@country/{row['code']}"}
            unsure = sorted(AMBIGUOUS & {*names.values()})
            yield {
                "type": "capital", "key": row["code"], "names": names, "ambiguous": unsure, "facts": facts, **OWN,
            }  # fmt: skip
    states = {row["code"] for row in listed}
    for code in sorted(set(territories["en"]) - states):
        if code.isalpha() and len(code) == 2 and code not in ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB"):
            names = {language: _plain(known[code]) for language, known in territories.items() if code in known}
            yield {"type": "place", "key": code, "names": names, "ambiguous": sorted({*names.values()}), **CLDR}
    for name in dict.fromkeys(OTHER_PLACES):
        yield {"type": "place", "key": name, "names": {"any": name}, "ambiguous": [name], **OWN}


def _kinds() -> Iterator[dict[str, Any]]:
    for row in _table("kinds.csv"):
        names = {"en": row["en"], "zh": row["zh"]}
        yield {"type": KIND, "key": row["type"], "names": names, "phrases": {"en": row["phrase_en"]}, **OWN}


def _functional_facts() -> Iterator[dict[str, Any]]:
    for row in _table("facts.csv"):
        names, aliases = {"en": row["en"], "zh": row["zh"]}, row["aliases"].split(SEPARATOR) if row["aliases"] else []
        yield {"type": FUNCTIONAL, "key": f"{row['type']}.{row['fact']}", "names": names, "aliases": aliases, **OWN}


def _numbers() -> Iterator[dict[str, Any]]:
    for number in range(2, 101):
        yield {"type": "number", "key": str(number), "names": {"any": str(number)}, **OWN}


def _elements() -> Iterator[dict[str, Any]]:
    for key, (english, chinese) in GROUPS.items():
        names, article = {"en": english, "zh": chinese}, "an" if english[0] in "aeiou" else "a"
        yield {"type": "element_group", "key": key, "names": names, "phrases": {"en": f"{article} {english}"}, **OWN}
    for row in _table("elements.csv"):
        facts = {"symbol": row["symbol"], "number": row["number"]}
        if row["group"]:
            facts["group"] = f"@element_group/{row['group']}"
        names = {"en": row["en"], "zh": row["zh"]}
        yield {"type": "element", "key": row["symbol"], "names": names, "facts": facts, **OWN}


def _languages() -> Iterator[dict[str, Any]]:
    known = {language: _locale(language).languages for language in LANGUAGES}
    for code in SPOKEN:
        names = {language: spoken[code] for language, spoken in known.items() if code in spoken}
        yield {"type": "language", "key": code, "names": names, "facts": {"code": code}, **CLDR}


def _currencies() -> Iterator[dict[str, Any]]:
    used = {code for row in _table("countries.csv") for code in get_territory_currencies(row["code"])}
    for code in sorted(used):
        names = {language: get_currency_name(code, locale=language) for language in LANGUAGES}
        names["en"] = get_currency_name(code, count=1, locale="en")
        names = {language: name for language, name in names.items() if name != code}
        if "en" in names:
            phrases = {"en": f"the {names['en']}"}
            yield {"type": "currency", "key": code, "names": names, "phrases": phrases, "facts": {"code": code}, **CLDR}


def _locale(language: str) -> Any:
    return Locale.parse(language)


def _plain(name: str) -> str:
    return name.replace(" & ", " and ").replace("St. ", "Saint ")


def _table(name: str) -> list[dict[str, str]]:
    with (HERE / "sources" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    for file_name, content in build().items():
        (HERE / "data" / file_name).write_text(content, encoding="utf-8")
