"""What a failure nobody planned for means to the user: a sentence, and whether a retry may help."""

import errno
import re
from typing import Final

from etl.errors import ConfigError, InstructlakeError, TransientError

# What Spark, Delta and Hadoop say when something outside failed and may be well again later.
_TRANSIENT_MARKS: Final = (
    "ConcurrentModificationException",
    "ConcurrentAppendException",
    "ConcurrentDeleteDeleteException",
    "ConcurrentDeleteReadException",
    "ConcurrentTransactionException",
    "ConcurrentWriteException",
    "MetadataChangedException",
    "ProtocolChangedException",
    "ExecutorLostFailure",
    "No space left on device",
    "Connection refused",
    "Connection reset",
    "SocketTimeoutException",
    "Address already in use",
)
_TRANSIENT_ERRNOS: Final = (errno.ENOSPC, errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT, errno.EAGAIN)
# The first table is the first thing a run writes: where its folder cannot be made, the output is the wrong place.
_NO_FOLDER: Final = re.compile(r"\[DELTA_CANNOT_CREATE_LOG_PATH\] Cannot create (\S+)/_delta_log")
_MAX_CHARS: Final = 600


def explain(error: BaseException) -> tuple[str, int]:
    """Return a sentence about an unexpected error and the exit code it ends the program with."""
    text = f"{type(error).__name__}: {_message(error)}"
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    shown = " ".join(lines)[:_MAX_CHARS]
    if found := _NO_FOLDER.search(text):
        return f"output: {found[1]} cannot be made; give a place that this user may write to", ConfigError.exit_code
    number = getattr(error, "errno", None)
    if number in _TRANSIENT_ERRNOS or any(mark in text for mark in _TRANSIENT_MARKS):
        return f"{shown} (this may pass: the same command tries again and goes on)", TransientError.exit_code
    return f"{shown} (--log-level DEBUG shows the trace)", InstructlakeError.exit_code


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # errors of Java ask their JVM for the message, and it may be what died
        return "its message is lost"
