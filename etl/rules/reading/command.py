"""Commands: a line typed at a prompt and what it printed, as a session in a block of code shows it."""

import re
from collections.abc import Iterator
from typing import Final

from etl.rules.base import Document, Pair, Span
from etl.rules.families import FAMILY_OF_RULE
from etl.rules.reading.draw import draw
from etl.rules.reading.places import HEAD_CHARS, block_index
from etl.rules.reading.requests import request
from etl.text.blocks import CODE

VERSION: Final = "1"

# A shell's prompt or that of Python, Ruby or Scala; "#" and ">" open comments and quotations far more often.
_PROMPT: Final = re.compile(r"^[ \t]{0,8}(?:[\w.@:~/-]{0,40}\$ |>>> |scala> |irb> |In \[\d+\]: )(?=\S)", re.MULTILINE)
_EXPRESSION: Final = (">>> ", "scala> ", "irb> ", "In [")
# What continues a command on the next line, or asks for input that the session does not show.
_UNFINISHED: Final = re.compile(r"(?:[\\|&({\[,:]|<<\s*['\"]?\w+['\"]?.*|\bcat > ?\S*)\s*\Z")
_CONTINUED: Final = re.compile(r"\A[ \t]*(?:\.\.\. |> |\| |--?\w)", re.MULTILINE)
# What authors put where they left output out, or beside it.
_ELIDED: Final = re.compile(
    r"^\s*(?:\.\.\.|…|\[\.\.\.\]|#|//|;|<\w|<\d+>|\(.*\)\s*$|\^[A-Z]|[%#>] )|\[\.\.+\]|^\.\.\.|<snip>|\$\s*\Z",
    re.MULTILINE,
)
_COMMENT: Final = re.compile(r"\s(?:#|//|<--|<\d+>)(?:\s|$)")
# What waits for an answer that the session does not show, or may not.
_ASKING: Final = re.compile(r"passw|passphrase|[yY]/[nN]|y\) Yes|\[[yYnN]/[yYnN]\]|\?\s*\Z", re.IGNORECASE)
# Commands that print nothing, or hand the terminal over; what stands below them is no output of theirs.
_SILENT: Final = re.compile(
    r"(?:sudo )?(?:cd|mkdir|export|rm|cp|mv|touch|vim?|nano|emacs|source|set|unset|alias|ssh|telnet|ftp"
    r"|su|chmod|chown|tar"
    r"|umask|kill|ln|import|from|def|class)\b|echo \$|\w{1,3}\Z|[^<>]*[^<>&2-]> ?\S+\Z|\w+ ?= ?[^=]"
)
# A line of the output that is a command itself, a fence, or a prompt of another program.
_NO_OUTPUT: Final = re.compile(
    r"^(?:sudo|gzip|cd|ls|cat|make|mkdir|git|curl|echo|export|docker|kubectl|npm|pip|apt|apt-get|tar|rm"
    r"|cp|mv|vim?|\./\S+) \S"
    r"|^\s*(?:~~~|```|\(\w[\w-]*\) \w|\w+> )|\$\(|\S \$ \S",
    re.MULTILINE,
)
_MAX_COMMAND: Final = 300
_MAX_OUTPUT: Final = 1500
_MAX_LINES: Final = 30
_MIN_OUTPUT: Final = 2


def find_commands(document: Document, lang: str, most: int) -> Iterator[Pair]:
    """Yield the request for the output of a command, the command as context, and the output the text shows."""
    text = document.text
    places = [
        found.end()
        for kind, start, end, *_ in document.blocks
        if kind == CODE and start < HEAD_CHARS
        for found in _PROMPT.finditer(text, start, min(end, HEAD_CHARS))
    ]
    yield from draw(text, places, lambda place: _pair(document, lang, place), most)


def _pair(document: Document, lang: str, place: int) -> Pair | None:
    text = document.text
    block = document.blocks[block_index(document.blocks, place)]
    line_end = text.find("\n", place, block.end)
    if line_end < 0 or line_end - place > _MAX_COMMAND:
        return None
    command = text[place:line_end].rstrip()
    following = _PROMPT.search(text, line_end + 1, min(block.end, line_end + 2 + _MAX_OUTPUT))
    end = following.start() if following else block.end
    if (
        _SILENT.match(command)
        or _UNFINISHED.search(command)
        or _COMMENT.search(command)
        or end - line_end > _MAX_OUTPUT + 1
    ):
        return None
    output = text[line_end + 1 : end].rstrip()
    if len(output.strip()) < _MIN_OUTPUT or output.count("\n") >= _MAX_LINES:
        return None
    if (
        _CONTINUED.match(output)
        or _ELIDED.search(output)
        or _ASKING.search(output)
        or _NO_OUTPUT.search(output)
        or output.lstrip().startswith(command)
    ):
        return None
    start = text.rfind("\n", block.start, place) + 1
    is_expression = text[max(start, block.start) : place].strip().startswith(tuple(p.strip() for p in _EXPRESSION))
    instruction = request("expression" if is_expression else "command", lang, command)
    if instruction is None:
        return None
    body = output.strip("\n")
    at = line_end + 1 + output.index(body)
    evidence = (Span(place, place + len(command)), Span(at, at + len(body)))
    return Pair(instruction, body, evidence, FAMILY_OF_RULE["reading_command"], context=command)
