"""How much of what has ended stays in the state: a program that runs for weeks must not grow with each upload.

Never lets go of anything that is not over, nor of the newest.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from yearadmin.state.model import FollowedJob, FollowedPipeline, Upload
from yearadmin.state.pipelines import is_job_over, is_over

MOST_ENDED = 400  # of each: more than all slots of two years
_SLACK = 100  # so that not every event has to look


K = TypeVar("K", int, str)
V = TypeVar("V")


def bounded_pipelines(items: Mapping[str, FollowedPipeline]) -> Mapping[str, FollowedPipeline]:
    """Without the oldest of those that are over."""
    if len(items) <= MOST_ENDED + _SLACK:
        return items
    return _without(items, [key for key, item in items.items() if is_over(item)])


def bounded_jobs(items: Mapping[int, FollowedJob]) -> Mapping[int, FollowedJob]:
    """Without the oldest of those that are over."""
    if len(items) <= MOST_ENDED + _SLACK:
        return items
    return _without(items, [key for key, item in items.items() if is_job_over(item)])


def bounded_uploads(items: tuple[Upload, ...]) -> tuple[Upload, ...]:
    """Without the oldest of those that have ended."""
    if len(items) <= MOST_ENDED + _SLACK:
        return items
    ended = [item.key for item in items if not item.is_active]
    gone = set(ended[: max(0, len(ended) - MOST_ENDED)])
    return tuple(item for item in items if item.key not in gone)


def _without(items: Mapping[K, V], ended: list[K]) -> Mapping[K, V]:
    gone = set(ended[: max(0, len(ended) - MOST_ENDED)])
    return MappingProxyType({key: item for key, item in items.items() if key not in gone})
