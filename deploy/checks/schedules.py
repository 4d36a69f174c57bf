"""Cron texts and time zones; each check returns its findings."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_CRON_FIELDS = 5
_QUARTZ_FIELDS = (6, 7)


def check_cron(text: object, where: str) -> list[str]:
    """Return findings about a cron text of five fields, as Kubernetes and Airflow read it."""
    if not isinstance(text, str) or len(text.split()) != _CRON_FIELDS:
        return [f"{where}: {text!r} is no cron text of {_CRON_FIELDS} fields"]
    try:
        next(CronSim(text, _ANY_MOMENT))
    except (CronSimError, StopIteration):
        return [f"{where}: {text!r} is no valid cron text"]
    return []


def check_quartz(text: object, where: str) -> list[str]:
    """Return findings about a Quartz cron text, as Databricks reads it.

    Quartz puts seconds first, may end in a year, counts weekdays from 1 and wants `?` in exactly one of the
    two day fields; what is left after that is ordinary cron.
    """
    fields = text.split() if isinstance(text, str) else []
    if len(fields) not in _QUARTZ_FIELDS:
        return [f"{where}: {text!r} is no Quartz cron text of 6 or 7 fields"]
    seconds, days, weekdays = fields[0], fields[3], fields[5]
    if not seconds.isdecimal() or int(seconds) > 59:
        return [f"{where}: the seconds {seconds!r} are no number from 0 to 59"]
    if (days == "?") == (weekdays == "?"):
        return [f"{where}: exactly one of the day fields of {text!r} must be ?"]
    if weekdays.startswith("0"):
        return [f"{where}: Quartz counts weekdays from 1, not 0"]
    return check_cron(" ".join("*" if field == "?" else field for field in fields[1:6]), where)


def check_time_zone(name: object, where: str) -> list[str]:
    """Return a finding where `name` is no zone of the IANA data base."""
    try:
        ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return [f"{where}: {name!r} is no time zone"]
    return []
