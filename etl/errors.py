"""Every error a user can meet, each with the exit code the program ends with.

A message says what is wrong, where, and what would be valid; no stack trace is needed to act on it.
"""


class InstructlakeError(Exception):
    """Base of all errors this program raises on purpose; ends with exit code 1."""

    exit_code = 1


class ConfigError(InstructlakeError):
    """The configuration or the environment is wrong; nothing was written."""

    exit_code = 2


class TransientError(InstructlakeError):
    """Something outside failed in a way that a retry may cure (a lock, a lost executor, a full disk)."""

    exit_code = 3


class ErrorRateExceededError(InstructlakeError):
    """More records were rejected at input than ``errors.max_error_rate`` allows; nothing was published."""


class GenerationFailedError(InstructlakeError):
    """A model gave no answer, or none that can be read, too often; what it did answer is kept."""


class SchemaError(InstructlakeError):
    """A frame does not fit the declared schema of its table."""
