"""Check digits: what tells a card or a national number from any other row of digits."""

from typing import Final

# Verhoeff (1969): the dihedral group D5 and the permutation that is applied once a place.
_D5: Final = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_PERMUTED: Final = (
    "0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip


def luhn(digits: str) -> bool:
    """Return whether the last digit is the check digit of ISO/IEC 7812-1, annex B.

    >>> luhn("79927398713"), luhn("79927398710")
    (True, False)
    """
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (doubled + sum(map(int, digits[-1::-2]))) % 10 == 0


def mod97(text: str) -> bool:
    """Return whether the two check digits of ISO 7064 MOD 97-10 hold; letters count as 10 to 35.

    >>> mod97("3214282912345698765432161182")
    True
    """
    return int("".join(str(int(sign, 36)) for sign in text)) % 97 == 1


def mod11_10(digits: str) -> bool:
    """Return whether the last digit is the check digit of ISO 7064 MOD 11,10.

    >>> mod11_10("86095742719")
    True
    """
    product = 10
    for digit in digits[:-1]:
        product = 2 * ((int(digit) + product) % 10 or 10) % 11
    return (11 - product) % 10 == int(digits[-1])


def verhoeff(digits: str) -> bool:
    """Return whether the last digit is a check digit of Verhoeff's.

    >>> verhoeff("2363"), verhoeff("2364")
    (True, False)
    """
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = int(_D5[check][int(_PERMUTED[place % 8][int(digit)])])
    return check == 0


def weighted(digits: str, weights: tuple[int, ...]) -> int:
    """Return the sum of digits times weights.

    >>> weighted("123", (3, 2, 1))
    10
    """
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
