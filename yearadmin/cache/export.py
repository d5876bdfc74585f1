"""A year's history as one JSON document or one CSV table, for reading outside this program.

Pure: gets what was kept and returns text; writes no file.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from yearadmin.cache.compare import Difference, Value, compare
from yearadmin.cache.files import SentFile
from yearadmin.cache.history import KeptText

if TYPE_CHECKING:
    from yearadmin.contract.years import YearConfiguration

CSV_COLUMNS = (
    "first_seen",
    "last_seen",
    "year",
    "change",
    "area",
    "module",
    "submodule",
    "part",
    "fact",
    "old",
    "new",
)


def parse_year(raw: str) -> YearConfiguration | None:
    """A kept answer as a year's configuration; None when it is not one."""
    from yearadmin.contract.years import YearConfiguration

    try:
        return YearConfiguration.model_validate_json(raw)
    except ValueError:
        return None


def history_json(
    server: str,
    year: int,
    states: Iterable[KeptText],
    *,
    files: Sequence[SentFile] = (),
    pipelines: Sequence[KeptText] = (),
) -> str:
    """Every state whole, the files sent and the pipelines seen; times in UTC, sizes in bytes."""
    document = {
        "format": "yearadmin-history-1",
        "server": server,
        "year": year,
        "states": [_state(text) for text in states],
        "files": [{**asdict(file), "sent_at": _time(file.sent_at), "ended_at": _time(file.ended_at)} for file in files],
        "pipelines": [{"pipeline_id": text.state.id, **_state(text)} for text in pipelines],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode() + "\n"


def history_csv(states: Iterable[KeptText]) -> str:
    """One row per fact that changed, the first state as additions; write it as UTF-8 without changing line ends.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(CSV_COLUMNS)
    before: YearConfiguration | None = None
    for text in states:
        config = parse_year(text.raw)
        if config is None:
            continue
        seen = (_time(text.state.first_seen), _time(text.state.last_seen), config.year)
        table.writerows((*seen, *row) for row in map(_row, compare(before, config)))
        before = config
    return out.getvalue().encode("utf-8", "replace").decode()


def differences_csv(differences: Iterable[Difference]) -> str:
    """The differences between two states or years, one row each."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(CSV_COLUMNS[3:])
    table.writerows(map(_row, differences))
    return out.getvalue().encode("utf-8", "replace").decode()


def differences_json(differences: Iterable[Difference]) -> str:
    """The same as JSON."""
    rows = [{"change": item.change, **asdict(item.place), "old": item.old, "new": item.new} for item in differences]
    return json.dumps(rows, ensure_ascii=False, indent=2).encode("utf-8", "replace").decode() + "\n"


def _row(item: Difference) -> tuple[Value, ...]:
    place = item.place
    return (
        str(item.change),
        str(place.area),
        place.module,
        place.submodule,
        _cell(place.part),
        str(place.fact),
        _cell(item.old),
        _cell(item.new),
    )


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r", "\n")):
        return f"'{value}"
    return value


def _state(text: KeptText) -> dict[str, object]:
    try:
        answer: object = json.loads(text.raw)
    except (ValueError, RecursionError):
        answer = text.raw
    return {
        "first_seen": _time(text.state.first_seen),
        "last_seen": _time(text.state.last_seen),
        "answer": answer,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
