"""The unit directory: a CSV of units and their principals (contract section 9), read and checked as a whole.

Never writes; a directory that can't be trusted is refused with a sentence instead of being read by half.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

COLUMNS = (
    "institutional_id",
    "name",
    "level",
    "parent_institutional_id",
    "principal_email",
    "principal_name",
    "principal_institutional_id",
)
LEVELS = (2, 3, 4)


class DirectoryError(Exception):
    """The unit directory is missing or wrong; the text is a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The person answering for a unit."""

    institutional_id: str
    email: str
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the institution; levels run from 2 (school) to 4 (group)."""

    institutional_id: str
    name: str
    level: int
    parent: str | None
    principal: Principal | None


def read_units(path: Path) -> list[Unit]:
    """All units of the directory. Raises :class:`DirectoryError`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise DirectoryError(f"The unit directory {path.name} lacks the columns {', '.join(missing)}.")
            found = [_unit(path, number, row) for number, row in enumerate(reader, start=2)]
    except OSError as error:
        raise DirectoryError(f"The unit directory {path} can't be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise DirectoryError(f"The unit directory {path.name} is not UTF-8 text.") from error
    except csv.Error as error:
        raise DirectoryError(f"The unit directory {path.name} is not a CSV file: {error}.") from error
    if not found:
        raise DirectoryError(f"The unit directory {path.name} lists no unit.")
    seen: set[str] = set()
    for unit in found:
        if unit.institutional_id in seen:
            raise DirectoryError(f"The unit directory {path.name} lists unit {unit.institutional_id} twice.")
        seen.add(unit.institutional_id)
    return found


def _unit(path: Path, line: int, row: dict[str, str | None]) -> Unit:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not cells["institutional_id"] or not cells["name"]:
        raise DirectoryError(f"Line {line} of the unit directory {path.name} has no number or no name.")
    if cells["level"] not in {str(level) for level in LEVELS}:
        raise DirectoryError(f"Line {line} of the unit directory {path.name} has no level from 2 to 4.")
    number, email = cells["principal_institutional_id"], cells["principal_email"]
    principal = Principal(number, email, cells["principal_name"] or email) if number and email else None
    parent = cells["parent_institutional_id"] or None
    return Unit(cells["institutional_id"], cells["name"], int(cells["level"]), parent, principal)
