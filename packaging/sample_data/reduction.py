"""The three files of the reduction objectives: past footprint, expected population and paths of reduction.

Never more than a sketch of a plan: the figures are invented.
"""

from __future__ import annotations

from sample_data.dice import Dice
from sample_data.sheet import Sheet

# Category and tonnes CO₂-eq in the first year.
_CATEGORIES = {
    "energy": 6_200,
    "professional_travel": 12_900,
    "commuting": 4_300,
    "food": 2_450,
    "purchase": 21_400,
    "equipment": 3_650,
    "external_cloud_and_ai": 610,
    "process_emissions": 880,
    "research_facilities": 1_720,
    "waste": 190,
}
_SCENARIOS = {"trend": (0, 12), "agreed plan": (0, 45), "ambitious": (0, 62), "sobriété": (0, 75)}
_FIRST, _LAST = 2019, 2040


def sheets() -> list[Sheet]:
    """Footprint (type 0), population (type 1) and scenarios (type 2)."""
    dice = Dice("reduction objectives")
    footprint = []
    for year in range(_FIRST, 2026):
        # Travel and food nearly stopped for two years.
        closed = year in (2020, 2021)
        for category, tonnes in _CATEGORIES.items():
            level = 0.35 if closed and category in ("professional_travel", "commuting", "food") else 1.0
            level -= 0.015 * (year - _FIRST)
            footprint.append([str(year), category, dice.between(tonnes * level * 0.96, tonnes * level * 1.04, 1)])
    population = [[str(year), str(16_400 + 210 * (year - _FIRST))] for year in range(_FIRST, _LAST + 1)]
    scenarios = [
        [scenario, str(year), f"{(start + (goal - start) * (year - 2024) / (_LAST - 2024)) / 100:.4f}"]
        for scenario, (start, goal) in _SCENARIOS.items()
        for year in range(2025, _LAST + 1)
    ]
    return [
        Sheet("reduction_footprint.csv", "reduction", None, 0, ("year", "category", "co2"), footprint),
        Sheet("reduction_population.csv", "reduction", None, 1, ("year", "pop"), population),
        Sheet("reduction_scenarios.csv", "reduction", None, 2, ("scenario", "year", "reduction_percentage"), scenarios),
    ]
