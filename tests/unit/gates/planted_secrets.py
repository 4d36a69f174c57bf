"""A hundred secrets of all kinds, made by rule. None is stored: what guards the repository would find it."""

from collections.abc import Iterator

from tests.unit.gates.planted import digits, signs

_SHAPES = {
    "aws_key": lambda n: "AKIA" + signs(n, 16).upper(),
    "aws_secret": lambda n: f"aws_secret_access_key = {signs(n, 40)}",
    "github_token": lambda n: ("ghp_" + signs(n, 36), "github_pat_" + signs(n, 22) + "_" + signs(n + 1, 59))[n % 2],
    "gitlab_token": lambda n: "glpat-" + signs(n, 20),
    "slack_token": lambda n: f"xoxb-{digits(n, 11)}-{digits(n + 1, 12)}-{signs(n, 24)}",
    "slack_webhook": lambda n: (
        f"https://hooks.slack.com/services/T{signs(n, 8).upper()}/B{signs(n + 1, 8).upper()}/{signs(n, 24)}"
    ),
    "google_key": lambda n: "AIza" + signs(n, 35),
    "stripe_key": lambda n: ("sk_", "rk_")[n % 2] + "live_" + signs(n, 24),
    "npm_token": lambda n: "npm_" + signs(n, 36),
    "pypi_token": lambda n: "pypi-" + "AgEIcHlwaS5vcmc" + signs(n, 80),
    "sendgrid_key": lambda n: "SG." + signs(n, 22) + "." + signs(n + 1, 43),
    "openai_key": lambda n: ("sk-", "sk-proj-", "sk-ant-")[n % 3] + signs(n, 48),
    "huggingface_token": lambda n: "hf_" + "".join(filter(str.isalpha, signs(n, 60)))[:34],
    "private_key": lambda n: (
        f"-----BEGIN {('', 'RSA ', 'EC ', 'OPENSSH ')[n % 4]}PRIVATE KEY-----\n{signs(n, 64)}\n{signs(n + 1, 64)}\n"
        f"-----END {('', 'RSA ', 'EC ', 'OPENSSH ')[n % 4]}PRIVATE KEY-----"
    ),
    "jwt": lambda n: "eyJ" + "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ".eyJ" + f"zdWIi{signs(n, 30)}.{signs(n + 1, 43)}",
    "password": lambda n: (
        f'password = "{signs(n, 8)}4k"',
        f"DB_PASSWORD={signs(n, 9)}7x",
        f"client_secret: '{signs(n, 24)}9z'",
    )[n % 3],
    "url_login": lambda n: f"postgres://app:{signs(n, 11)}7q@db{n}.acme.org/main",
}
KINDS = tuple(_SHAPES)


def mixed_secrets(count: int = 100) -> Iterator[tuple[str, str]]:
    """Yield kind and text, the kinds in turn."""
    for n in range(count):
        kind = KINDS[n % len(KINDS)]
        yield kind, _SHAPES[kind](n)
