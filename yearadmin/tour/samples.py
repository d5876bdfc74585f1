"""The sample files and the slots they go to, as their manifests say."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from yearadmin import places
from yearadmin.catalogue.modules import Slot, SlotKind, is_mandatory


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample file."""

    path: Path
    slot: Slot


def samples(folder: str = "") -> list[Sample]:
    """The good files in the order to upload them, or those of the folder ``bad``."""
    base = places.resources_dir() / "sample"
    with (base / folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Sample(base / row["file"], _slot(row)) for row in rows]


def mandatory() -> list[Sample]:
    """Those a year cannot open without."""
    return [sample for sample in samples() if is_mandatory(sample.slot)]


def sample_for(slot: Slot) -> Sample:
    """The good file for one slot."""
    return next(sample for sample in samples() if sample.slot == slot)


def _slot(row: dict[str, str]) -> Slot:
    return Slot(_number(row["module"]), _number(row["submodule"]), SlotKind(row["kind"]))


def _number(text: str) -> int | None:
    return int(text) if text else None
