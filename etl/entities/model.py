"""The model of a NER annotator: a folder that is read by Spark NLP, looked at before a run begins."""

import hashlib
from pathlib import Path
from typing import Final

from etl.errors import ConfigError

MODEL: Final = "model.onnx"
VOCABULARY: Final = "assets/vocab.txt"
LABELS: Final = "assets/labels.txt"
FILES: Final = (MODEL, VOCABULARY, LABELS)
_CHUNK: Final = 1 << 20


def check_folder(folder: str) -> Path:
    """Return the folder of a model.

    Raises:
        ConfigError: It lacks a file.
    """
    place = Path(folder)
    missing = [name for name in FILES if not (place / name).is_file()]
    if missing:
        raise ConfigError(f"entities.ner_path: {folder}: has no {', '.join(missing)}; valid: {', '.join(FILES)}")
    return place


def model_version(folder: str) -> str:
    """Return a hash of what a model is: 16 hex digits that depend on its files only.

    Raises:
        ConfigError: A file is missing or cannot be read.
    """
    place = check_folder(folder)
    digest = hashlib.sha256()
    try:
        for name in FILES:
            with (place / name).open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
            digest.update(b"\0")
    except OSError as error:
        raise ConfigError(f"entities.ner_path: {folder}: cannot be read: {error.strerror or error}") from None
    return digest.hexdigest()[:16]


def is_cased(vocabulary: str) -> bool:
    r"""Return whether a vocabulary, a token a line, tells capitals from small letters.

    >>> is_cased("[CLS]\nthe\nPeru"), is_cased("[CLS]\n[unused1]\nthe\nperu")
    (True, False)
    """
    return any(token != token.lower() for token in vocabulary.splitlines() if not token.startswith("["))
