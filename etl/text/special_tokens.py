r"""Special tokens: what tokenizers and chat formats reserve for themselves, as it may stand in a text by mistake.

In a training text they would be read as what they control. The patterns are written for RE2, and mean the same to
Java; to Python the full-width bar has to be given as itself, see `in_python`. Nothing in them looks around.
"""

from typing import Final

# <|im_start|> and all of its kind, of any name: Llama 3, Qwen, Phi, GPT, StarCoder, Whisper, Command.
_BARRED: Final = r"\|[A-Za-z0-9_][A-Za-z0-9_.:-]{0,40}\|>"
# The same with the full-width bars of DeepSeek.
_FULL_WIDTH: Final = r"\x{FF5C}[^<>\n]{1,40}\x{FF5C}>"
_NAMED: Final = (
    # Llama 2, Gemma, SentencePiece, BERT and its kin
    r"</?SYS>>", r"/?s>", r"(?:start|end)_of_(?:turn|image)>", r"(?:bos|eos|pad|unk|cls|sep|mask)>",
    # T5, Gemma, Baichuan, Mistral: numbered places that are kept free
    r"(?:extra_id_|unused|reserved_|SPECIAL_)\d{1,5}>",
    # StarCoder and CodeGemma, ChatGLM, Qwen and DeepSeek
    r"fim_(?:prefix|middle|suffix|pad)>", r"file_sep>", r"(?:sop|eop)>", r"/?(?:think|tool_call|tool_response)>",
)  # fmt: skip
_BRACKETED: Final = (
    r"/?INST\]", r"(?:BOS|EOS|PAD|UNK|CLS|SEP|MASK|[gs]MASK)\]",
    r"TOOL_CALLS\]", r"/?(?:AVAILABLE_TOOLS|TOOL_RESULTS|SYSTEM_PROMPT)\]",
)  # fmt: skip

# What follows an opening angle and an opening square bracket.
BEHIND_ANGLE: Final = "|".join((_BARRED, _FULL_WIDTH, *_NAMED))
BEHIND_SQUARE: Final = "|".join(_BRACKETED)
SPECIAL_TOKEN: Final = rf"<(?:{BEHIND_ANGLE})|\[(?:{BEHIND_SQUARE})"


def in_python(pattern: str) -> str:
    r"""Return a pattern written for RE2 as Python reads it.

    >>> import re
    >>> re.findall(in_python(SPECIAL_TOKEN), "<|im_end|> [install] [/INST] <p> <unused7>")
    ['<|im_end|>', '[/INST]', '<unused7>']
    """
    return pattern.replace(r"\x{FF5C}", "\uff5c")
