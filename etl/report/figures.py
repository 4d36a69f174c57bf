"""How figures are written, the same in the summary, the page and the lines of progress."""

from datetime import datetime


def count(number: int) -> str:
    """Return a number with thousands separators.

    >>> count(1234567)
    '1,234,567'
    """
    return f"{number:,}"


def share(part: float) -> str:
    """Return a share as per cent: three decimals below 10%, two from there on.

    >>> share(0.05), share(0.95)
    ('5.000%', '95.00%')
    """
    percent = 100 * part
    return f"{percent:.3f}%" if abs(percent) < 10 else f"{percent:.2f}%"


def points(difference: float) -> str:
    """Return a difference of two shares in percentage points, with its sign.

    >>> points(-0.0003), points(0.0)
    ('−0.030', '0.000')
    """
    written = f"{100 * abs(difference):.3f}"
    if float(written) == 0:
        return written
    return ("−" if difference < 0 else "+") + written


def duration(seconds: float) -> str:
    """Return a time span in the two largest units that say something.

    >>> duration(4.25), duration(187), duration(7500)
    ('4.2 s', '3 min 7 s', '2 h 5 min')
    """
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    minutes = round(whole / 60)
    return f"{minutes // 60:,} h {minutes % 60} min"


def moment(when: datetime) -> str:
    """Return a date and time of day to the second, with the time zone where it is known.

    >>> moment(datetime(2025, 11, 22, 2, 41, 3))
    '2025-11-22 02:41:03'
    """
    return f"{when:%Y-%m-%d %H:%M:%S %Z}".rstrip()
