"""The configuration of a year as data (contract sections 5.1.4 and 8.2): its default, merging, and what is refused.

Pure: reads and writes nothing. Where the production server stores what it later chokes on (sections 12 and 13), this
refuses it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeGuard

from yearadmin.catalogue.modules import MODULES
from yearadmin.contract.enums import ModuleType, ReductionObjectiveType

Config = dict[str, Any]

MAX_DEPTH = 20  # objects within objects
INJECTED_SUBMODULE = (
    "latest_data_job",
    "latest_factor_job",
    "latest_reference_job",
    "latest_api_data_job",
    "incomplete",
    "incomplete_reasons",
)
INJECTED_MODULE = ("latest_common_data_job", "latest_common_factor_job", "incomplete")


class ConfigError(Exception):
    """A configuration that must not be stored: where it is wrong, why, and the refused value."""

    def __init__(self, path: tuple[str | int, ...], words: str, given: object) -> None:
        super().__init__(words)
        self.path = path
        self.given = given


class ThresholdError(ConfigError):
    """A threshold that breaks a rule, in a configuration that could be told back as it was sent."""


class GoalError(Exception):
    """A reduction goal out of range (400 by the contract); the text is a sentence."""


def default_config() -> Config:
    """The configuration of a fresh year, modules and submodules by ascending id (section 8.2)."""
    return {
        "modules": {
            str(int(spec.id)): {
                "enabled": True,
                "uncertainty_tag": "medium",
                "submodules": {
                    str(number): {"enabled": True, "threshold": None}
                    for number in sorted(int(sub.id) for sub in spec.submodules)
                },
            }
            for spec in sorted(MODULES, key=lambda spec: spec.id)
        },
        "reduction_objectives": {
            **{kind.key: [] for kind in ReductionObjectiveType},
            "files": {kind.key: None for kind in ReductionObjectiveType},
            "goals": [],
        },
    }


def merged(stored: Mapping[str, Any], change: Mapping[str, Any]) -> Config:
    """Objects merge, everything else replaces; nothing is ever removed."""
    result = dict(stored)
    for key, value in change.items():
        before = result.get(key)
        if isinstance(value, Mapping):
            result[key] = merged(before if isinstance(before, Mapping) else {}, value)
        else:
            result[key] = value
    return result


def check_goals(config: object, year: int) -> None:
    """The ranges of reduction goals, which are refused before anything else is looked at. Raises :class:`GoalError`."""
    objectives = config.get("reduction_objectives") if isinstance(config, Mapping) else None
    goals = objectives.get("goals") if isinstance(objectives, Mapping) else None
    for goal in goals if isinstance(goals, list) else []:
        if not isinstance(goal, Mapping):
            continue
        target, share = goal.get("target_year"), goal.get("reduction_percentage")
        if _is_number(target) and target <= year:
            raise GoalError(f"The target year of a goal must be after {year}.")
        if _is_number(share) and not 0 <= share <= 1:
            raise GoalError("The reduction of a goal must be between 0 and 1.")


def cleaned(config: Mapping[str, Any]) -> Config:
    """The configuration to store: checked, and without the keys each answer injects. Raises :class:`ConfigError`."""
    check_plain(config, ())
    result = dict(config)
    if "modules" in result:
        modules = _object(result["modules"], ("modules",))
        result["modules"] = {key: _module(key, value) for key, value in modules.items()}
    if "reduction_objectives" in result:
        _check_objectives(_object(result["reduction_objectives"], ("reduction_objectives",)))
    return result


def _module(number: str, given: object) -> Config:
    path = ("modules", number)
    module = {key: value for key, value in _object(given, path).items() if key not in INJECTED_MODULE}
    _check_bool(module, "enabled", path)
    if "uncertainty_tag" in module and not isinstance(module["uncertainty_tag"], str):
        raise ConfigError((*path, "uncertainty_tag"), "Must be a text", module["uncertainty_tag"])
    if "submodules" in module:
        submodules = _object(module["submodules"], (*path, "submodules"))
        module["submodules"] = {key: _submodule(number, key, value) for key, value in submodules.items()}
    return module


def _submodule(module: str, number: str, given: object) -> Config:
    path = ("modules", module, "submodules", number)
    submodule = {key: value for key, value in _object(given, path).items() if key not in INJECTED_SUBMODULE}
    _check_bool(submodule, "enabled", path)
    _check_bool(submodule, "inputs_deactivated", path)
    threshold = submodule.get("threshold")
    if threshold is not None:
        if module == str(int(ModuleType.HEADCOUNT)):
            raise ThresholdError((*path, "threshold"), "Headcount has no threshold", threshold)
        if not _is_number(threshold) or threshold < 0:
            raise ThresholdError((*path, "threshold"), "Must be a number, 0 or more, or null", threshold)
    return submodule


def _check_objectives(objectives: Mapping[str, Any]) -> None:
    path = ("reduction_objectives",)
    if "goals" in objectives:
        goals = objectives["goals"]
        if not isinstance(goals, list):
            raise ConfigError((*path, "goals"), "Must be a list", goals)
        for index, goal in enumerate(goals):
            _check_goal(_object(goal, (*path, "goals", index)), (*path, "goals", index))
    if "files" in objectives:
        for key, file in _object(objectives["files"], (*path, "files")).items():
            if file is not None:
                _object(file, (*path, "files", key))
    for kind in ReductionObjectiveType:
        if kind.key in objectives and not isinstance(objectives[kind.key], list):
            raise ConfigError((*path, kind.key), "Must be a list", objectives[kind.key])


def _check_goal(goal: Mapping[str, Any], path: tuple[str | int, ...]) -> None:
    for key, needed in (("target_year", True), ("reduction_percentage", True), ("reference_year", False)):
        value = goal.get(key)
        if value is None and not needed:
            continue
        whole = key != "reduction_percentage"
        if not _is_number(value) or (whole and value != int(value)):
            kind = "a whole number" if whole else "a number"
            raise ConfigError((*path, key), f"Must be {kind}", value)


def _check_bool(owner: Mapping[str, Any], key: str, path: tuple[str | int, ...]) -> None:
    if key in owner and not isinstance(owner[key], bool):
        raise ConfigError((*path, key), "Must be true or false", owner[key])


def _object(value: object, path: tuple[str | int, ...]) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError(path, "Must be an object", value)
    return value


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def check_plain(value: object, path: tuple[str | int, ...] = ()) -> None:
    """Refuse what JSON or a text column could not give back. Raises :class:`ConfigError`."""
    if len(path) > MAX_DEPTH:
        raise ConfigError(path[:3], f"Nested more than {MAX_DEPTH} deep", "…")
    if isinstance(value, float) and not math.isfinite(value):
        raise ConfigError(path, "Must be a finite number", str(value))
    if isinstance(value, str):
        _check_text(value, path)
    for key, item in _items(value):
        if isinstance(key, str):
            _check_text(key, path)
        check_plain(item, (*path, key))


def _items(value: object) -> Iterator[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _check_text(text: str, path: tuple[str | int, ...]) -> None:
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ConfigError(path[:3], "Holds a character that is no text", repr(text)[:80])
