"""Texts with something planted in them, and texts with what merely looks like it; all made by rule, none stored."""

from collections.abc import Callable, Iterator

from etl.gates.checksums import luhn, mod11_10, mod97, verhoeff

N = 100
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SIGNS = "7Kq2Zp9Xw4Rt6Ym1Vb8Ns3Hd5Gf0JcLPQAeUiOToCSEkBDlWu"
SENTENCES = (
    "The committee met on Tuesday and agreed on the plan for the new bridge. {} Everyone was asked to read it.",
    "Open the settings, choose the second entry and press the button. {} Then wait until the light turns green.",
    "{} That is all there is to say about the matter, and the rest of the story is well known.",
    "Nach der Sitzung wurde das Protokoll verteilt. {} Danach gingen alle nach Hause.",
)


def digits(number: int, length: int) -> str:
    """A row of digits that depends on the number and looks like none."""
    return "".join(
        str((number * 7919 + place * place * 31 + 17 * place + number // (place + 1)) % 10) for place in range(length)
    )


def signs(number: int, length: int) -> str:
    return "".join(SIGNS[(number * 13 + place * (6, 8, 9, 11, 13)[number % 5]) % len(SIGNS)] for place in range(length))


def with_check(body: str, holds: Callable[[str], bool], check_digits: int = 1) -> str:
    """The body with the check digits that make it hold."""
    return next(
        body + tail for tail in (f"{n:0{check_digits}d}" for n in range(10**check_digits)) if holds(body + tail)
    )


def in_text(number: int, planted: str) -> str:
    return SENTENCES[number % len(SENTENCES)].format(planted)


def emails() -> Iterator[str]:
    for n in range(N):
        name = LETTERS[n % 26] + LETTERS[n * 7 % 26] + LETTERS[n * 3 % 26]
        shape = ("{0}.lee@mail{1}.org", "{0}@sub.{0}corp.co.uk", "{0}_{1}+news@{0}mail.com", "{0}{1}@uni-{0}.de")[n % 4]
        yield ("Write to {}.", "({})", "<{}>", "Kontakt: {};")[n % 3].format(shape.format(name, n))


def phones() -> Iterator[str]:
    for n in range(N):
        four, three = digits(n, 4), "2" + digits(n + 1, 2)
        yield (
            f"Call +1 202 {three} {four}.",
            f"Call (415) {three}-{four} now.",
            f"Reach us at 312-{three}-{four}.",
            f"Tel.: 030 {digits(n, 3)}1{digits(n, 4)}2",
            f"Ruf an: +49 30 90{digits(n + 2, 4)}2",
            f"Phone number: 020 7946 0{digits(n, 3)}",
            f"It is +44 20 7946 0{digits(n, 3)} in London.",
            f"Téléphone : 01 42 68 {digits(n, 2)} {digits(n + 3, 2)}",
            f"电话：010-6552{four}",
            f"It is +86 138 0013 {four} in the daytime.",
        )[n % 10]


def cards() -> Iterator[str]:
    for n in range(N):
        prefix, length = (("4", 16), ("53", 16), ("37", 15), ("6011", 16), ("3530", 16))[n % 5]
        card = with_check((prefix + digits(n, 16))[: length - 1], luhn)
        groups = (4, 6, 5) if length == 15 else (4, 4, 4, 4)
        by = ("", " ", "-")[n % 3]
        starts = [sum(groups[:place]) for place in range(len(groups))]
        yield "Pay with " + by.join(card[at : at + size] for at, size in zip(starts, groups, strict=True))


def ibans() -> Iterator[str]:
    for n in range(N):
        country, length = (("DE", 22), ("FR", 27), ("NL", 18), ("GB", 22), ("ES", 24))[n % 5]
        body = {"NL": "ABNA", "GB": "WEST"}.get(country, "")
        body += digits(n, length - 4 - len(body))
        check = next(f"{c:02d}" for c in range(2, 99) if mod97(f"{body}{country}{c:02d}"))
        plain = f"{country}{check}{body}"
        yield "Account " + (plain if n % 2 else " ".join(plain[at : at + 4] for at in range(0, length, 4))) + "."


def ips() -> Iterator[str]:
    for n in range(N):
        if n % 5 == 4:
            yield f"It came from 2a02:8{n:02x}0:4{n:02x}1::{n + 1:x}."
        else:
            yield f"It came from {(52, 85, 91, 185)[n % 4]}.{60 + n}.{n}.{200 - n} at night."


def national_ids() -> Iterator[str]:
    for n in range(N):
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        chinese = f"11010519{50 + n % 50:02d}{1 + n % 12:02d}{1 + n % 28:02d}{digits(n, 3)}"
        spanish = f"{(n + 3) * 712_345 % 10**8:08d}"
        cpf = "1" + digits(n, 8)
        first = sum(int(d) * w for d, w in zip(cpf, range(10, 1, -1), strict=True)) * 10 % 11 % 10
        second = sum(int(d) * w for d, w in zip(f"{cpf}{first}", range(11, 1, -1), strict=True)) * 10 % 11 % 10
        aadhaar = with_check("3" + digits(n, 10), verhoeff)
        yield (
            f"SSN {101 + n}-{10 + n % 80}-{1000 + n}",
            f"his number is {212 + n}-{12 + n % 80}-{2000 + n}",
            f"NI number AB{digits(n, 6)}C",
            "身份证 " + chinese + "10X98765432"[sum(int(d) * w for d, w in zip(chinese, weights, strict=True)) % 11],
            "DNI " + spanish + "TRWAGMYFPDXBNJZSQVHLCKE"[int(spanish) % 23],
            f"CPF {cpf[:3]}.{cpf[3:6]}.{cpf[6:]}-{first}{second}",
            f"Aadhaar {aadhaar[:4]} {aadhaar[4:8]} {aadhaar[8:]}",
            "Steuer-ID: " + with_check("6" + digits(n, 9), mod11_10),
        )[n % 8]


PII = {
    "email": emails,
    "phone": phones,
    "card": cards,
    "iban": ibans,
    "ip": ips,
    "national_id": national_ids,
}


def secrets() -> Iterator[tuple[str, str]]:
    """Kind and text."""
    header, claims = "eyJ" + "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJ" + "zdWIiOiIxMjM0"
    for n in range(N):
        yield "aws_key", "aws_access_key_id = AKIA" + "".join(sign.upper() for sign in signs(n, 16))
        yield "github_token", f"git clone with ghp_{signs(n, 36)} please"
        yield "slack_token", f"token: xoxb-{digits(n, 11)}1-{digits(n + 1, 12)}-{signs(n, 24)}"
        yield (
            "private_key",
            f"-----BEGIN RSA PRIVATE KEY-----\n{signs(n, 64)}\n{signs(n + 1, 64)}\n-----END RSA PRIVATE KEY-----",
        )
        yield "jwt", f"Authorization: Bearer {header}.{claims}{signs(n, 20)}.{signs(n + 1, 43)}"
        yield (
            "password",
            (f'password = "{signs(n, 6)}4k"', f"DB_PASSWORD={signs(n, 9)}7x", f"api_key: '{signs(n, 24)}9z'")[n % 3],
        )


FALSE_FRIENDS = (
    "Version 1.2.3.4 replaces 1.2.3.3; see section 10.2.1.4 and release 4.18.0.305.",
    "ISBN 978-3-16-148410-0 and ISBN 0-306-40615-2 are on the list, so is 9783161484100.",
    "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "commit 4242424242424242424242424242424242424242 by the author",
    "commit da39a3ee5e6b4b0d3255bfef95601890afd80709 fixed it",
    "id 123e4567-e89b-12d3-a456-426614174000 is a UUID, and so is 41111111-1111-4111-8111-111111111111",
    "Order 4111111111111111 was shipped; tracking number 9400110200881234567890.",
    "Write to user@example.com, admin@example.org or root@localhost.",
    "It listens on 127.0.0.1:8080, 10.0.0.5, 192.168.1.1 and 0.0.0.0; the mask is 255.255.255.0.",
    "Documentation uses 192.0.2.10, 198.51.100.7, 203.0.113.9 and 2001:db8::1.",
    "git clone git@github.com:owner/name.git, then open logo@2x.png",
    "The window is 1920x1080, the price 1,234,567.89, the date 2024-01-31 12:34:56.",
    "It ran from 2019-2024 and cost 3.1415926535 per 1000000000 units.",
    "std::vector<dead::beef> holds fe80::1 and ::1.",
    "password: <your-password>, password = \"changeme1\", API_KEY=${API_KEY}, token = os.environ['T0KEN_NAME']",
    "AWS shows AKIAIOSFODNN7EXAMPLE and wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY in its pages.",
    "-----BEGIN PUBLIC KEY----- is public; -----BEGIN PRIVATE KEY----- stands at the head of a private one.",
    "The call ended after 200 300 4000 steps; phone support is open 24/7.",
    "Mobile first: 10 tips. Telephone was invented in 1876, telnet in 1969.",
    "Chrome/91.0.4472.124 and Firefox 115.0.2 on 20240131T",
    "ratio 16:9, scale 1:25000, MAC 00:1a:2b:3c:4d:5e, time 12:30:45",
    "Give your address as you@domain.com, webgirl@www.example.dom or username@domain.tld; listen on 111.22.33.44.",
    "node 12EayRS2V1kEsWESU9QMRseFhdxYxKicsiFmxrsLZHeLUtdps3S@us1.storj.io:7777",
    "@decorator and npm i left-pad@1.3.0; foo@bar without a dot",
)


def clean() -> Iterator[str]:
    """Texts without anything personal: each false friend in each sentence, with other numbers around."""
    for n in range(len(FALSE_FRIENDS) * 10):
        order = f" Order no. {digits(n, 16)}, part {digits(n, 9)}, {signs(n, 7)}-{n}, {digits(n + 5, 6)} pieces."
        yield in_text(n, FALSE_FRIENDS[n % len(FALSE_FRIENDS)]) + order
