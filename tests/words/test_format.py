"""Numbers, dates, durations and sizes as each language writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearadmin.words.digits import grouped
from yearadmin.words.format import (
    at_time,
    clock,
    date_time,
    duration,
    kilograms,
    number,
    percent,
    since_time,
    size,
    tonnes,
)

NNBSP, NBSP = "\u202f", "\u00a0"
WINTER = datetime(2026, 11, 25, 23, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1234, "1,234", f"1{NNBSP}234"),
        (-1234567, "-1,234,567", f"-1{NNBSP}234{NNBSP}567"),
        (0.1, "0.1", "0,1"),
        (1234.5, "1,234.5", f"1{NNBSP}234,5"),
        (100.0, "100", "100"),
        (1e-7, "0.0000001", "0,0000001"),
    ],
)
def test_numbers_keep_all_their_digits(value: float, english: str, french: str, language: str) -> None:
    assert number(value) == (english if language == "en" else french)


@pytest.mark.parametrize(
    ("share", "digits"), [(0.29, "29"), (0.07, "7"), (0.575, "57.5"), (0.0, "0"), (1.0, "100"), (0.1 + 0.2, "30")]
)
def test_a_percentage_is_exact_to_the_digit(share: float, digits: str, language: str) -> None:
    assert percent(share) == (f"{digits}%" if language == "en" else digits.replace(".", ",") + f"{NNBSP}%")


@given(st.integers(0, 10_000))
def test_every_hundredth_of_a_percent_reads_as_it_was_typed(hundredths: int) -> None:
    assert float(percent(hundredths / 10_000).removesuffix("%")) == hundredths / 100


@given(st.integers())
def test_grouping_loses_no_digit(value: int) -> None:
    assert int(grouped(value, "en").replace(",", "")) == value


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_not_written(value: float) -> None:
    with pytest.raises(ValueError, match="not a number"):
        grouped(value, "en")


def test_emissions_are_told_in_kilograms_and_exactly_in_tonnes(language: str) -> None:
    assert kilograms(1500) == {"en": f"1,500{NBSP}kg{NBSP}CO₂-eq", "fr": f"1{NNBSP}500{NBSP}kg{NBSP}CO₂-eq"}[language]
    assert tonnes(500) == {"en": f"0.5{NBSP}t{NBSP}CO₂-eq", "fr": f"0,5{NBSP}t{NBSP}CO₂-eq"}[language]


def test_moments_are_told_in_the_time_of_this_computer(zurich: None, language: str) -> None:
    assert clock(WINTER) == "00:05"
    assert clock(SUMMER) == "14:00"
    assert date_time(WINTER) == {"en": f"26{NBSP}Nov 2026, 00:05", "fr": f"26{NBSP}nov. 2026 à 00:05"}[language]


def test_a_moment_of_another_day_is_told_with_its_day(zurich: None, language: str) -> None:
    assert at_time(SUMMER, SUMMER) == {"en": "at 14:00", "fr": "à 14:00"}[language]
    assert (
        at_time(SUMMER, WINTER)
        == {
            "en": f"on 1{NBSP}Jul 2026 at 14:00",
            "fr": f"le 1{NBSP}juil. 2026 à 14:00",
        }[language]
    )
    assert (
        since_time(SUMMER, WINTER)
        == {
            "en": f"since 1{NBSP}Jul 2026, 14:00",
            "fr": f"depuis le 1{NBSP}juil. 2026 à 14:00",
        }[language]
    )


def test_a_moment_without_its_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock(datetime(2026, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("seconds", "english"),
    [
        (-3, "0 s"),
        (0.9, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (125, "2 min 5 s"),
        (3720, "1 h 2 min"),
        (90000, "1 d 1 h"),
    ],
)
def test_durations_have_their_two_largest_units(seconds: float, english: str, language: str) -> None:
    text = duration(seconds).replace(NBSP, " ")
    assert text == (english if language == "en" else english.replace(" d", " j"))


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (1, "1 byte", "1 octet"),
        (512, "512 bytes", "512 octets"),
        (12_345, "12 kB", "12 ko"),
        (999_500, "1 MB", "1 Mo"),
        (1_250_000, "1.3 MB", "1,3 Mo"),
        (200_000_000, "200 MB", "200 Mo"),
    ],
)
def test_sizes_are_told_in_megabytes(count: int, english: str, french: str, language: str) -> None:
    assert size(count).replace(NBSP, " ") == (english if language == "en" else french)
