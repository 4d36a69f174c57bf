"""Counts tokens as a trainer's tokenizer does. The libraries are optional: the extra ``[tokenizers]`` brings them."""

import base64
import binascii
import importlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, Final, NamedTuple, Protocol

from etl.errors import ConfigError

# What a file is, by its suffix: of the library tokenizers, of SentencePiece, and the ranks of tiktoken.
LIBRARIES: Final = {".json": "tokenizers", ".model": "sentencepiece", ".tiktoken": "tiktoken"}
# How the encoding cl100k_base splits a text before it merges; a file of ranks does not say it.
DEFAULT_PATTERN: Final = (
    r"'(?i:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?+\p{L}++|\p{N}{1,3}+"
    r"| ?[^\s\p{L}\p{N}]++[\r\n]*+|\s++$|\s*[\r\n]|\s+(?!\S)|\s"
)
# Merging is more than linear in the length of a stretch without a break, so long texts are counted in pieces; a
# piece ends before a blank where there is one, which is where tokenizers split anyway.
_PIECE_CHARS: Final = 20_000
_BLANKS: Final = ("\n", " ")


class Tokenizer(NamedTuple):
    """A tokenizer as it lies in a file: workers get the content, so they need no access to its place.

    Attributes:
        name: The name of the file; its suffix says what it is.
        content: The bytes of the file.
        pattern: With ranks of tiktoken, how a text is split before merging.
    """

    name: str
    content: bytes
    pattern: str


class Counter(Protocol):
    """Counts the tokens of texts."""

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Return the number of tokens of each text; tokens that a tokenizer adds around a text do not count."""


def library_of(name: str) -> str:
    """Return the library that reads a file of this name.

    Raises:
        ConfigError: None does.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in LIBRARIES:
        raise ConfigError(
            f"mixture.tokenizer: {name}: valid are words, or a file that ends in .json (tokenizers), "
            ".model (SentencePiece) or .tiktoken (ranks)"
        )
    return LIBRARIES[suffix]


def load_counter(tokenizer: Tokenizer) -> Counter:
    """Return what counts the tokens of texts in one call of the library a batch.

    Raises:
        ConfigError: The library is not installed, or the file is none of its kind.
    """
    library = library_of(tokenizer.name)
    try:
        module = importlib.import_module(library)
    except ImportError as error:
        raise ConfigError(
            f"mixture.tokenizer: {tokenizer.name} needs {library}: pip install 'instructlake[tokenizers]'"
        ) from error
    try:
        encode = _ENCODERS[library](module, tokenizer)
        # An empty SentencePiece model is loaded without a word and fails here.
        encode(["a"])
    # Each library raises errors of its own: Rust panics, RuntimeError, ValueError.
    except Exception as error:
        said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise ConfigError(f"mixture.tokenizer: {tokenizer.name} is no file of {library}: {said}") from error

    def count(texts: Sequence[str]) -> list[int]:
        pieces: list[str] = []
        ends = []
        for text in texts:
            pieces.extend(split_long(text))
            ends.append(len(pieces))
        lengths = encode(pieces)
        starts = [0, *ends[:-1]]
        return [sum(lengths[start:end]) for start, end in zip(starts, ends, strict=True)]

    return count


def split_long(text: str) -> Iterator[str]:
    """Yield a text in pieces of at most 20,000 characters, cut before a line end or a blank where there is one."""
    start = 0
    while len(text) - start > _PIECE_CHARS:
        end = start + _PIECE_CHARS
        cut = next((at for blank in _BLANKS if (at := text.rfind(blank, start + 1, end)) > 0), end)
        yield text[start:cut]
        start = cut
    yield text[start:]


def _of_tokenizers(module: Any, tokenizer: Tokenizer) -> Any:
    loaded = module.Tokenizer.from_buffer(tokenizer.content)
    loaded.no_truncation()
    loaded.no_padding()
    # The fast variant keeps no offsets; older releases have only the other one.
    encode = getattr(loaded, "encode_batch_fast", loaded.encode_batch)
    return lambda texts: [len(each) for each in encode(texts, add_special_tokens=False)]


def _of_sentencepiece(module: Any, tokenizer: Tokenizer) -> Any:
    loaded = module.SentencePieceProcessor(model_proto=tokenizer.content)
    return lambda texts: [len(each) for each in loaded.encode(list(texts), out_type=int, num_threads=1)]


def _of_tiktoken(module: Any, tokenizer: Tokenizer) -> Any:
    ranks = {}
    for line in tokenizer.content.splitlines():
        if line:
            token, rank = line.split()
            ranks[base64.b64decode(token, validate=True)] = int(rank)
    if not ranks:
        raise binascii.Error("it is empty")
    encoding = module.Encoding(name=tokenizer.name, pat_str=tokenizer.pattern, mergeable_ranks=ranks, special_tokens={})
    # Its batches go through a pool of threads, of which one that counts alone has only the cost.
    return lambda texts: [len(encoding.encode_ordinary(text)) for text in texts]


_ENCODERS: Final = {"tokenizers": _of_tokenizers, "sentencepiece": _of_sentencepiece, "tiktoken": _of_tiktoken}
