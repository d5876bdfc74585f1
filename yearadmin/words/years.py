"""The state of a year in a word or two, for the selector, the chip and the line about what users see.

Never decides which state it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from yearadmin.state.yearlist import YearMark
from yearadmin.words.format import listed
from yearadmin.words.translate import translate

_MARKS: Mapping[YearMark, Callable[[], str]] = {
    YearMark.UNKNOWN: lambda: translate("words.years", "not known yet"),
    YearMark.NOT_CONFIGURED: lambda: translate("words.years", "not configured"),
    YearMark.BEING_SET_UP: lambda: translate("words.years", "being set up"),
    YearMark.WAS_BEING_SET_UP: lambda: translate("words.years", "was being set up"),
    YearMark.SETUP_FAILED: lambda: translate("words.years", "set-up failed"),
    YearMark.READY: lambda: translate("words.years", "ready"),
    YearMark.OPEN: lambda: translate("words.years", "open"),
}


def year_mark(mark: YearMark) -> str:
    """The word beside a year in the selector."""
    return _MARKS[mark]()


def chip_text(is_started: bool) -> str:
    """Whether users see the year, as the chip says it."""
    if is_started:
        return translate("data_management_year_is_open", "Open to users")
    return translate("data_management_year_is_not_open", "Not yet open")


def users_see(years: Sequence[int]) -> str:
    """Which years users see at present, in the given order."""
    if not years:
        return translate("words.years", "Users see no year at present")
    return translate("words.years", "Users see {years}").format(years=listed([str(year) for year in years]))
