"""What makes two answers the same state: a digest over what they mean, not over how they were written.

Never changes an answer: what is kept is the server's text, whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping

from yearadmin.contract.enums import JobState, parse_enum

# Facts of the request, not of the year: when a row was last written says nothing about what it holds, and the pipeline
# is named only in the answer that made the year (contract sections 5.1.2 and 5.1.3).
_NOT_THE_YEAR = ("updated_at", "pipeline_id")
# While a job works, the server rewrites its message and its counters every second; its state and result stay.
_RESTLESS = ("meta", "status_message")
_UNORDERED = ("recalculation_status", "data_entry_types", "incomplete_reasons")


def year_digest(raw: str) -> bytes:
    """The content of a year's answer (contract section 5.1.2), the same for any order of keys."""
    return _digest(raw, _year_content)


def work_digest(raw: str) -> bytes:
    """The content of a pipeline's snapshot or of a job's message (contract sections 6.1 and 6.2)."""
    return _digest(raw, _work_content)


def _digest(raw: str, content: Callable[[dict[str, object]], object]) -> bytes:
    try:
        value = json.loads(raw, parse_float=_number)
        if isinstance(value, dict):
            value = content(value)
        text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    except (ValueError, RecursionError):
        text = raw  # no JSON: only the very same text is the same state
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _number(text: str) -> float | int:
    """One number for 1 and 1.0, which a database may exchange on the way."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _year_content(answer: dict[str, object]) -> object:
    return _settled({key: value for key, value in answer.items() if key not in _NOT_THE_YEAR})


def _settled(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: _settled(_job(item) if key.startswith("latest_") else _ordered(key, item))
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_settled(item) for item in value]
    return value


def _ordered(key: str, value: object) -> object:
    if key in _UNORDERED and isinstance(value, list):
        return sorted(value, key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _work_content(answer: dict[str, object]) -> object:
    settled = _job({key: value for key, value in answer.items() if key != "stream_closed"})
    if isinstance(settled, dict) and isinstance(settled.get("jobs"), list):
        return {**settled, "jobs": [_job(item) for item in settled["jobs"]]}
    return settled


def _job(value: object) -> object:
    if not isinstance(value, Mapping) or "state" not in value:
        return value
    if parse_enum(JobState, value["state"]) is JobState.FINISHED:
        return value
    return {key: item for key, item in value.items() if key not in _RESTLESS}
