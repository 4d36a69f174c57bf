"""A file of templates, as `etl.templates.read` reads it."""

import json
from collections.abc import Iterable
from itertools import groupby

from etl.templates.models import Grammar
from etl.templates.queries import MinedTemplate


def file_text(templates: Iterable[MinedTemplate], language: str, license_: str, grammar: Grammar) -> str:
    """Return templates as YAML; a comment says how many queries each of them stands for."""
    said = json.dumps
    lines = [
        f"language: {language}",
        f"license: {said(license_, ensure_ascii=False)}",
        f"comma: {said(grammar.comma, ensure_ascii=False)}",
        f"last: {said(grammar.last, ensure_ascii=False)}",
        f"colon: {said(grammar.colon, ensure_ascii=False)}",
        f"placeholder: {said(grammar.placeholder, ensure_ascii=False)}",
        "templates:",
    ]
    for kind, group in groupby(sorted(templates, key=lambda each: (each.kind, each.name)), lambda each: each.kind):
        lines.append(f"  {kind}:")
        for each in group:
            slots = ", ".join(f"{name}: {typed}" for name, typed in each.slots.items())
            lines += [
                f"    {each.name}:  # {each.queries} {'query' if each.queries == 1 else 'queries'}",
                f"      request: {said(each.request, ensure_ascii=False)}",
                f"      slots: {{{slots}}}",
                "      response: model",
            ]
    return "\n".join(lines) + "\n"
