"""A reduction goal as typed text, and back: exact decimals, so that 29 % is 0.29 and nothing else.

Knows no widget. What is wrong with a goal is decided in ``state``; here only whether the text is a number at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING

from yearadmin.state.permits import GoalFault, goal_faults
from yearadmin.words.refusals import goal_fault
from yearadmin.words.translate import language, translate

if TYPE_CHECKING:
    from yearadmin.contract.years import Goal


class Field(StrEnum):
    """The three fields of a goal."""

    TARGET = "target_year"
    PERCENT = "percent"
    REFERENCE = "reference_year"


@dataclass(frozen=True, slots=True)
class GoalText:
    """One row as typed."""

    target: str = ""
    percent: str = ""
    reference: str = ""

    def of(self, field: Field) -> str:
        """The text of one field, without space around it."""
        match field:
            case Field.TARGET:
                return self.target.strip()
            case Field.PERCENT:
                return self.percent.strip()
            case _:
                return self.reference.strip()

    @property
    def is_empty(self) -> bool:
        """Nothing typed."""
        return not any(self.of(field) for field in Field)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in which field; ``code`` None when the text is no number at all."""

    field: Field
    code: GoalFault | None = None


def text_of(goal: Goal) -> GoalText:
    """A goal of the server as text; the share 0.29 is shown as 29."""
    share = goal.reduction_percentage
    return GoalText(
        "" if goal.target_year is None else str(goal.target_year),
        "" if share is None else _percent_text(share),
        "" if goal.reference_year is None else str(goal.reference_year),
    )


def _percent_text(share: float) -> str:
    # repr is the shortest text that reads back as the same number: 0.29, never 0.28999999999999998.
    percent = (Decimal(repr(share)) * 100).normalize()
    text = f"{percent:f}"
    return text.replace(".", ",") if language() == "fr" else text


def parse_year(text: str) -> int | None:
    """A year as a whole number; None when it is not one. Raises ValueError on text that is no number."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise ValueError(text)
    return int(text)


def parse_percent(text: str) -> float | None:
    """A percentage as the share 0 to 1 (not checked here). Raises ValueError on text that is no number.

    Point and comma both separate decimals, and a percent sign does no harm.
    """
    text = text.strip().removesuffix("%").strip().replace(",", ".")
    if not text:
        return None
    plain = text.removeprefix("-")
    if not plain.isascii() or not plain.replace(".", "", 1).isdigit():
        raise ValueError(text)  # Decimal would take "1e3", "NaN" and "Infinity" too
    try:
        return float(Decimal(text) / 100)
    except InvalidOperation as error:
        raise ValueError(text) from error


def goal_of(text: GoalText) -> Goal:
    """The goal that was typed. Raises ValueError when a field is no number."""
    from yearadmin.contract.years import Goal  # pydantic: not before someone looks at goals

    return Goal(
        target_year=parse_year(text.target),
        reduction_percentage=parse_percent(text.percent),
        reference_year=parse_year(text.reference),
    )


_PARSERS = {Field.TARGET: parse_year, Field.PERCENT: parse_percent, Field.REFERENCE: parse_year}


def faults_of(text: GoalText, year: int) -> tuple[Fault, ...]:
    """What is wrong with a row of ``year``, each at the field to correct; nothing for an empty row."""
    unreadable: list[Fault] = []
    for field, parse in _PARSERS.items():
        try:
            parse(text.of(field))
        except ValueError:
            unreadable.append(Fault(field))
    if unreadable:
        return tuple(unreadable)
    return tuple(Fault(_field_of(code, text), code) for code in goal_faults(year, goal_of(text)))


def _field_of(code: GoalFault, text: GoalText) -> Field:
    match code:
        case GoalFault.HALF_FILLED:
            return next((field for field in Field if not text.of(field)), Field.TARGET)
        case GoalFault.TARGET_NOT_AFTER_YEAR:
            return Field.TARGET
        case GoalFault.PERCENT_OUT_OF_RANGE:
            return Field.PERCENT
        case _:
            return Field.REFERENCE


def fault_text(fault: Fault, year: int) -> str:
    """The fault as a sentence that says how it must be."""
    if fault.code is not None:
        return goal_fault(fault.code, year)
    if fault.field is Field.PERCENT:
        return translate("desktop.panels", "Type the reduction as a number from 0 to 100, for example 29 or 12.5.")
    return translate("desktop.panels", "Type the year with digits only, for example 2030.")
