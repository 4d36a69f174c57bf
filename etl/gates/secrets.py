"""Secrets in a text: keys and tokens by the shape their issuers give them, and passwords that are assigned.

The shapes are those the issuers publish. What documentation shows in their place (EXAMPLE, xxxx, <your-key>) is none.
"""

import base64
import binascii
import json
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from etl.gates.base import Finding
from etl.gates.scan import Scan

PASSWORD: Final = "password"  # noqa: S105 (the name of a kind)
PRIVATE_KEY: Final = "private_key"
JWT: Final = "jwt"


class _Token(NamedTuple):
    """A kind of token: what is always in it, for the first look, and its whole shape, the secret in group 1."""

    kind: str
    look: str
    shape: re.Pattern[str]


def _token(kind: str, look: str, shape: str) -> _Token:
    return _Token(kind, look, re.compile(rf"(?<![A-Za-z0-9_])({shape})(?![A-Za-z0-9_])"))


_TOKENS: Final = (
    _token("aws_key", r"A[KS]IA[A-Z0-9]{16}", r"(?:AKIA|ASIA)[A-Z0-9]{16}"),
    _token(
        "github_token",
        r"gh[oprsu]_[A-Za-z0-9]{16}|github_pat_",
        r"gh[oprsu]_[A-Za-z0-9]{30,255}|github_pat_\w{40,255}",
    ),
    _token("gitlab_token", r"glpat-", r"glpat-[\w-]{20,64}"),
    _token("slack_token", r"xox[abeoprs]-", r"xox[abeoprs]-(?:\d{6,15}-){0,3}[A-Za-z0-9]{10,64}"),
    _token("slack_webhook", r"hooks\.slack\.com/", r"hooks\.slack\.com/services/T\w{6,14}/B\w{6,14}/\w{16,40}"),
    _token("google_key", r"AIza", r"AIza[\w-]{35}"),
    _token("stripe_key", r"[rs]k_live_", r"[rs]k_live_[A-Za-z0-9]{16,247}"),
    _token("npm_token", r"npm_[A-Za-z0-9]{16}", r"npm_[A-Za-z0-9]{36}"),
    _token("pypi_token", r"pypi-AgE", r"pypi-AgE[\w-]{50,500}"),
    _token("sendgrid_key", r"SG\.[\w-]{16}", r"SG\.[\w-]{16,32}\.[\w-]{16,64}"),
    _token("openai_key", r"sk-[A-Za-z0-9_-]{16}", r"sk-(?:proj-|ant-|svcacct-)?[\w-]{32,200}"),
    _token("huggingface_token", r"hf_[A-Za-z]{16}", r"hf_[A-Za-z0-9]{30,40}"),
)
_AWS_SECRET: Final = re.compile(
    r"(?i:aws.?secret(?:.?access)?.?key)"
    r"[\"']?[ \t]{0,4}[:=]{1,2}>?[ \t]{0,4}[\"']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])"
)
_PRIVATE_KEY: Final = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----([^-]{40,20000})(?:-----END [A-Z0-9 ]{3,40}-----)?"
)
# A line of the key itself; what stands between the two marks in prose about keys has none.
_KEY_LINE: Final = re.compile(r"[A-Za-z0-9+/=]{32}")
_JWT: Final = re.compile(r"(?<![\w-])(eyJ[\w-]{8,2000}\.eyJ[\w-]{8,8000}\.[\w-]{16,1000})(?![\w-])")
# A quoted value, or one that fills the rest of its word as in .env files and connection strings.
_PASSWORD: Final = re.compile(
    r"(?i:pass(?:word|wd|phrase)|(?<![a-z])pwd|api[_-]?key|(?:secret|access|auth)[_-]?(?:key|token)|client[_-]?secret)"
    r"[\"']?[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}(?:\"([^\"\s]{8,128})\"|'([^'\s]{8,128})'|([^\s\"'`,;<>(){}\[\]]{8,128}))"
)
_URL_LOGIN: Final = re.compile(r"(?<=://)[\w.%+-]{1,64}:([^\s:@/<>{}$\"'\[\]]{8,64})@[\w.-]")

_LOOKS: Final = {
    **{token.kind: token.look for token in _TOKENS},
    "aws_secret": r"(?i:aws.?secret)",
    PRIVATE_KEY: r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY",
    JWT: r"eyJ[\w-]{8,}\.eyJ",
    PASSWORD: r"(?i:pass(?:word|wd|phrase)|pwd|api[_-]?key|(?:secret|access|auth)[_-]?(?:key|token)|client[_-]?secret)"
    r"[\"']?[ \t]{0,4}[:=]",
    "url_login": r"://[\w.%+-]{1,64}:[^\s:@/]{8,64}@",
}
LOOK: Final = "|".join(f"(?:{look})" for look in _LOOKS.values())
KINDS: Final = tuple(_LOOKS)

_PLACEHOLDER: Final = re.compile(r"example|xxxx|\.\.\.|placeholder|your|0000000|1234567890", re.I)
# A short word is in many a random token by chance, and in no password that someone took care to make up.
_PASSWORD_PLACEHOLDER: Final = re.compile(
    r"example|sample|dummy|fake|placeholder|changeme|change[_-]me|your|xxxx|\.\.\.|\*\*\*|redacted|todo|test|demo|"
    r"\$\{|\{\{|%\(|<|os\.|env|process\.|config|getpass|null|none|0000000|1234567890",
    re.I,
)
# Fewer different signs than this is a row of x, not a key; a random one of 16 signs has more.
_MIN_SIGNS: Final = 8
_MIN_PASSWORD_SIGNS: Final = 5


def find_secrets(text: str, scan: Scan) -> list[Finding]:
    """Return the secrets in the order of the text; of what overlaps the first and longest stays.

    >>> text = "https://ann:S3cr3t-9fK2q@db.acme.org/"
    >>> find_secrets(text, Scan(text))
    [Finding(kind='url_login', start=12, end=24)]
    """
    if not scan.holds(LOOK):
        return []
    found = [finding for kind, look in _LOOKS.items() if scan.holds(look) for finding in _FINDERS[kind](text)]
    found.sort(key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def _tokens(token: _Token) -> Callable[[str], Iterator[Finding]]:
    def find(text: str) -> Iterator[Finding]:
        for match in token.shape.finditer(text):
            if _is_random(match[1]):
                yield Finding(token.kind, match.start(1), match.end(1))

    return find


def _aws_secrets(text: str) -> Iterator[Finding]:
    for match in _AWS_SECRET.finditer(text):
        if _is_random(match[1]):
            yield Finding("aws_secret", match.start(1), match.end(1))


def _private_keys(text: str) -> Iterator[Finding]:
    for match in _PRIVATE_KEY.finditer(text):
        if _KEY_LINE.search(match[1]) and len(set(match[1])) >= 2 * _MIN_SIGNS and "..." not in match[1]:
            yield Finding(PRIVATE_KEY, match.start(1), match.end(1))


def _jwts(text: str) -> Iterator[Finding]:
    for match in _JWT.finditer(text):
        header = match[1].partition(".")[0]
        try:
            fields = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
        except (binascii.Error, ValueError, RecursionError):
            continue
        if isinstance(fields, dict) and "alg" in fields and len(set(match[1])) > 2 * _MIN_SIGNS:
            yield Finding(JWT, match.start(1), match.end(1))


def _passwords(text: str) -> Iterator[Finding]:
    for start in Scan(text).starts(_LOOKS[PASSWORD]):
        match = _PASSWORD.match(text, start)
        group = match.lastindex if match else None
        if match and group and _is_password(match[group]):
            yield Finding(PASSWORD, match.start(group), match.end(group))


def _url_logins(text: str) -> Iterator[Finding]:
    for match in _URL_LOGIN.finditer(text):
        if _is_password(match[1]):
            yield Finding("url_login", match.start(1), match.end(1))


def _is_random(token: str) -> bool:
    body = token.rpartition("_")[2]
    return len(set(body)) >= _MIN_SIGNS and not _PLACEHOLDER.search(token)


def _is_password(value: str) -> bool:
    """Whether a value was made up by someone: letters and digits, and neither a reference nor a placeholder."""
    mixed = any(sign.isdigit() for sign in value) and any(sign.isalpha() for sign in value)
    return mixed and len(set(value)) >= _MIN_PASSWORD_SIGNS and not _PASSWORD_PLACEHOLDER.search(value)


_FINDERS: Final[dict[str, Callable[[str], Iterator[Finding]]]] = {
    **{token.kind: _tokens(token) for token in _TOKENS},
    "aws_secret": _aws_secrets,
    PRIVATE_KEY: _private_keys,
    JWT: _jwts,
    PASSWORD: _passwords,
    "url_login": _url_logins,
}
SECRET_KINDS: Final = tuple(_FINDERS)
