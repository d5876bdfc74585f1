"""Digits as each language writes them: the separators, and no rounding that was not asked for.

Pure: the language is an argument, so that the translation of plurals and the formats share one rule.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"  # narrow no-break space
NO_BREAK = "\u00a0"

_GROUP = {"fr": NARROW}
_POINT = {"fr": ","}


def grouped(value: int | float | Decimal, language: str, places: int | None = None) -> str:
    """``value`` with the language's separators: all its digits, or rounded half up to at most ``places`` decimals.

    A float is read as it is written (0.1 is 0.1, not 0.1000000000000000055). Raises ValueError when it is not finite.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value) if isinstance(value, float) else value)
    if not exact.is_finite():
        raise ValueError(f"not a number that can be written: {value!r}")
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{exact:,f}"
    whole, _, decimals = text.partition(".")
    decimals = decimals.rstrip("0")
    whole = whole.replace(",", _GROUP.get(language, ","))
    text = whole + (_POINT.get(language, ".") + decimals if decimals else "")
    return text.removeprefix("-") if text == "-0" else text
