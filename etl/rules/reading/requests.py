"""How the tasks are asked for, by language: wordings as data, one of which is chosen by hash.

A task without a wording in a language makes no pair of a document in it.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from etl.rules.reading.draw import choose

_SLOT: Final = re.compile(r"\{(\w+)\}")
_WORDINGS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = MappingProxyType(
    {
        "cause": {
            "en": (
                "Complete the sentence with its reason.",
                "Give the reason that completes the sentence.",
                "Why? Finish the sentence.",
            ),
            "de": ("Vervollständige den Satz mit der Begründung.", "Warum? Beende den Satz."),
            "fr": ("Complétez la phrase par sa raison.", "Pourquoi ? Terminez la phrase."),
            "es": ("Completa la frase con su causa.", "¿Por qué? Termina la frase."),
            "zh": ("请用原因补全句子。",),
        },
        "relation": {
            "en": (
                "Which connective fits the gap: {options}?",
                "Fill the gap with the right connective: {options}.",
                "Choose the word that links the two sentences: {options}.",
            ),
            "de": ("Welches Bindewort passt in die Lücke: {options}?", "Fülle die Lücke: {options}?"),
            "fr": ("Quel connecteur convient : {options} ?", "Complétez avec le bon connecteur : {options}."),
            "es": ("¿Qué conector encaja en el hueco: {options}?", "Completa el hueco: ¿{options}?"),
        },
        "paraphrase": {
            "en": ("Say this in other words.", "Rephrase the sentence.", "Put the statement differently."),
            "de": ("Sage dies mit anderen Worten.", "Formuliere den Satz um."),
            "fr": ("Dites-le autrement.", "Reformulez la phrase."),
            "es": ("Dilo con otras palabras.", "Reformula la frase."),
            "zh": ("请换一种说法。",),
        },
        "keywords": {
            "en": (
                "Write a sentence with these words: {words}.",
                "Use these words in one sentence: {words}.",
                "Make a sentence that contains {words}.",
            ),
            "de": ("Schreibe einen Satz mit diesen Wörtern: {words}.", "Bilde einen Satz, der {words} enthält."),
            "fr": ("Écrivez une phrase avec ces mots : {words}.", "Formez une phrase qui contient {words}."),
            "es": ("Escribe una frase con estas palabras: {words}.", "Forma una frase que contenga {words}."),
        },
        "title": {
            "en": (
                "Give the text a title.",
                "What would be a good title for this text?",
                "Write a headline for the text.",
            ),
            "de": ("Gib dem Text einen Titel.", "Welcher Titel passt zu diesem Text?"),
            "fr": ("Donnez un titre à ce texte.", "Quel titre convient à ce texte ?"),
            "es": ("Pon un título al texto.", "¿Qué título le va bien a este texto?"),
            "zh": ("请给这段文字拟一个标题。", "这段文字适合什么标题？"),
        },
        "article": {
            "en": (
                "Write the opening of a text titled “{title}”.",
                "How could a text with the title “{title}” begin?",
                "Write a first paragraph under the headline “{title}”.",
            ),
            "de": (
                "Schreibe den Anfang eines Textes mit dem Titel „{title}“.",
                "Wie könnte ein Text mit dem Titel „{title}“ beginnen?",
            ),
            "fr": (
                "Écrivez le début d'un texte intitulé « {title} ».",
                "Comment pourrait commencer un texte intitulé « {title} » ?",
            ),
            "es": (
                "Escribe el comienzo de un texto titulado «{title}».",
                "¿Cómo podría empezar un texto titulado «{title}»?",
            ),
            "zh": ("请以“{title}”为题写一个开头。",),
        },
        "completion": {
            "en": ("Continue the text.", "Complete the paragraph.", "How does the paragraph go on?"),
            "de": ("Setze den Text fort.", "Wie geht der Absatz weiter?"),
            "fr": ("Continuez le texte.", "Comment se poursuit ce paragraphe ?"),
            "es": ("Continúa el texto.", "¿Cómo sigue el párrafo?"),
            "zh": ("请续写这段文字。", "这段文字接下来怎么写？"),
        },
        "summary": {
            "en": ("Summarise the text.", "Write a summary of the text.", "What does the text say, in short?"),
            "de": ("Fasse den Text zusammen.", "Schreibe eine Zusammenfassung des Textes."),
            "fr": ("Résumez le texte.", "Écrivez un résumé du texte."),
            "es": ("Resume el texto.", "Escribe un resumen del texto."),
            "zh": ("请总结这段文字。", "请写出这段文字的摘要。"),
        },
        "abstract": {
            "en": (
                "Summarise “{title}”.",
                "Write a summary of “{title}”.",
                "Write an abstract for a text titled “{title}”.",
            ),
            "de": ("Fasse „{title}“ zusammen.", "Schreibe eine Zusammenfassung von „{title}“."),
            "fr": ("Résumez « {title} ».", "Écrivez un résumé de « {title} »."),
            "es": ("Resume «{title}».", "Escribe un resumen de «{title}»."),
            "zh": ("请为“{title}”写一段摘要。",),
        },
        "topic": {
            "en": (
                "What is “{title}” about?",
                "Say in one sentence what “{title}” is about.",
                "What does “{title}” cover?",
            ),
            "de": ("Wovon handelt „{title}“?", "Worum geht es in „{title}“?"),
            "fr": ("De quoi parle « {title} » ?", "Quel est le sujet de « {title} » ?"),
            "es": ("¿De qué trata «{title}»?", "¿Cuál es el tema de «{title}»?"),
            "zh": ("“{title}”讲的是什么？", "“{title}”的主题是什么？"),
        },
        "option": {
            "en": ("What does the option {option} of {program} do?", "Explain the option {option} of {program}."),
            "de": ("Was bewirkt die Option {option} von {program}?", "Erkläre die Option {option} von {program}."),
            "fr": ("Que fait l'option {option} de {program} ?", "Expliquez l'option {option} de {program}."),
            "es": ("¿Qué hace la opción {option} de {program}?", "Explica la opción {option} de {program}."),
            "ja": (
                "{program} のオプション {option} は何をしますか？",
                "{program} のオプション {option} を説明してください。",
            ),
        },
        "command": {
            "en": ("What does this command print?", "Give the output of the command.", "Show what the command prints."),
            "de": ("Was gibt dieser Befehl aus?", "Zeige die Ausgabe des Befehls."),
            "fr": ("Qu'affiche cette commande ?", "Donnez la sortie de la commande."),
            "es": ("¿Qué muestra esta orden?", "Muestra la salida de la orden."),
            "zh": ("这条命令输出什么？", "请给出该命令的输出。"),
            "ja": ("このコマンドは何を出力しますか？",),
        },
        "expression": {
            "en": ("What does this expression give?", "What is the result of this code?", "Evaluate the expression."),
            "de": ("Was ergibt dieser Ausdruck?",),
            "fr": ("Que donne cette expression ?",),
            "es": ("¿Qué da esta expresión?",),
            "zh": ("这个表达式的结果是什么？",),
            "ja": ("この式の結果は何ですか？",),
        },
        "years": {
            "en": (
                "Which years does the text name?",
                "List the years that the text mentions.",
                "What years are mentioned in the text?",
            ),
            "de": ("Welche Jahre nennt der Text?", "Nenne die Jahre, die im Text vorkommen."),
            "fr": ("Quelles années le texte mentionne-t-il ?", "Relevez les années que cite le texte."),
            "es": ("¿Qué años menciona el texto?", "Enumera los años que nombra el texto."),
            "zh": ("文中提到了哪些年份？", "请列出文中提到的年份。"),
        },
        "options": {
            "en": (
                "Which options does the text name?",
                "List the command-line options that the text mentions.",
                "What options are mentioned in the text?",
            ),
            "de": ("Welche Optionen nennt der Text?", "Nenne die Optionen, die im Text vorkommen."),
            "fr": ("Quelles options le texte mentionne-t-il ?", "Relevez les options que cite le texte."),
            "es": ("¿Qué opciones menciona el texto?", "Enumera las opciones que nombra el texto."),
            "zh": ("文中提到了哪些选项？", "请列出文中提到的选项。"),
        },
        "paths": {
            "en": (
                "Which absolute paths does the text name?",
                "List the absolute paths that the text mentions.",
                "What absolute paths are mentioned in the text?",
            ),
            "de": ("Welche absoluten Pfade nennt der Text?", "Nenne die absoluten Pfade, die im Text vorkommen."),
            "fr": ("Quels chemins absolus le texte mentionne-t-il ?", "Relevez les chemins absolus que cite le texte."),
            "es": ("¿Qué rutas absolutas menciona el texto?", "Enumera las rutas absolutas que nombra el texto."),
            "zh": ("文中提到了哪些绝对路径？", "请列出文中提到的绝对路径。"),
        },
        "examples": {
            "en": (
                "Which {category} does the text give as examples?",
                "List the {category} that the text names as examples.",
                "What {category} does the text mention as examples?",
            ),
            "fr": (
                "{which} {category} le texte donne-t-il en exemple ?",
                "{which} {category} le texte cite-t-il en exemple ?",
            ),
            "es": ("¿Qué {category} menciona el texto como ejemplos?", "¿Qué {category} pone de ejemplo el texto?"),
        },
    }
)


def request(task: str, lang: str, seed: str, **parts: str) -> str | None:
    """Return the request of a task in a language, filled with `parts`; None where it has no wording.

    The wording is chosen by hash of `seed`, the text that the pair is made of.
    """
    wordings = _WORDINGS[task].get(lang)
    if wordings is None:
        return None
    # One pass: a brace in a part is text, and is not filled.
    return _SLOT.sub(lambda slot: parts[slot.group(1)], choose(wordings, seed))
