"""Numbers, moments, durations and sizes as the present language writes them, in the time zone of this computer.

Never rounds what is exact and never needs Qt.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from yearadmin.words.digits import NARROW, NO_BREAK, grouped
from yearadmin.words.translate import language, translate

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400  # seconds


def number(n: int | float | Decimal) -> str:
    """A number with all its digits: 1,234.5 in English, 1 234,5 in French."""
    return grouped(n, language())


def percent(share: float) -> str:
    """A share from 0 to 1 as a percentage, exact to the digit: 0.29 is 29 %, never 28.999."""
    digits = grouped(Decimal(repr(float(share))) * 100, language(), places=6)
    return digits + (NARROW + "%" if language() == "fr" else "%")


def kilograms(kg: float) -> str:
    """Emissions given in kg CO₂-eq, in kg."""
    return f"{number(kg)}{NO_BREAK}kg{NO_BREAK}CO₂-eq"


def tonnes(kg: float) -> str:
    """Emissions given in kg CO₂-eq, in tonnes, exact."""
    return f"{number(Decimal(repr(float(kg))) / 1000)}{NO_BREAK}t{NO_BREAK}CO₂-eq"


def clock(moment: datetime) -> str:
    """The time of day on this computer, hours and minutes. ``moment`` must carry its time zone."""
    return f"{_local(moment):%H:%M}"


def date(moment: datetime) -> str:
    """The day on this computer, the month as a word: no order to guess."""
    local = _local(moment)
    return f"{local.day}{NO_BREAK}{_months()[local.month - 1]} {local.year}"


def date_time(moment: datetime) -> str:
    """Day and time on this computer."""
    return translate("words.format", "{date}, {time}").format(date=date(moment), time=clock(moment))


def at_time(moment: datetime, now: datetime) -> str:
    """ "at 14:02" when ``moment`` is on the present day, else with its day."""
    if _is_today(moment, now):
        return translate("words.format", "at {time}").format(time=clock(moment))
    return translate("words.format", "on {date} at {time}").format(date=date(moment), time=clock(moment))


def since_time(moment: datetime, now: datetime) -> str:
    """ "since 14:02" when ``moment`` is on the present day, else with its day."""
    if _is_today(moment, now):
        return translate("words.format", "since {time}").format(time=clock(moment))
    return translate("words.format", "since {date}, {time}").format(date=date(moment), time=clock(moment))


def _is_today(moment: datetime, now: datetime) -> bool:
    return _local(moment).date() == _local(now).date()


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be told")
    return moment.astimezone()


def _months() -> tuple[str, ...]:
    return (
        translate("words.format", "Jan", "month"),
        translate("words.format", "Feb", "month"),
        translate("words.format", "Mar", "month"),
        translate("words.format", "Apr", "month"),
        translate("words.format", "May", "month"),
        translate("words.format", "Jun", "month"),
        translate("words.format", "Jul", "month"),
        translate("words.format", "Aug", "month"),
        translate("words.format", "Sep", "month"),
        translate("words.format", "Oct", "month"),
        translate("words.format", "Nov", "month"),
        translate("words.format", "Dec", "month"),
    )


def duration(seconds: float) -> str:
    """A length of time in its two largest units, cut rather than rounded; never negative."""
    whole = max(int(seconds), 0)
    if whole < _MINUTE:
        return _unit(whole, "s")
    if whole < _HOUR:
        return _pair(whole // _MINUTE, "min", whole % _MINUTE, "s")
    if whole < _DAY:
        return _pair(whole // _HOUR, "h", whole % _HOUR // _MINUTE, "min")
    return _pair(whole // _DAY, translate("words.format", "d", "days"), whole % _DAY // _HOUR, "h")


def _unit(count: int, unit: str) -> str:
    return f"{number(count)}{NO_BREAK}{unit}"


def _pair(large: int, large_unit: str, small: int, small_unit: str) -> str:
    return _unit(large, large_unit) + (f" {_unit(small, small_unit)}" if small else "")


def size(count: int) -> str:
    """A number of bytes in MB with one decimal, in kB below 1 MB, in bytes below 1 kB (decimal units)."""
    if count < 1_000:
        return translate("words.format", "%n byte(s)", "", count)
    if count < 999_500:
        return grouped(Decimal(count) / 1_000, language(), places=0) + NO_BREAK + translate("words.format", "kB")
    return grouped(Decimal(count) / 1_000_000, language(), places=1) + NO_BREAK + translate("words.format", "MB")


def listed(items: list[str]) -> str:
    """Several short things on one line."""
    return ", ".join(items)
