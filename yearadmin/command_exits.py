"""How a command ended, as the exit code says it: one rule for all commands.

Never prints anything; the words are said elsewhere.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from yearadmin.contract.problems import Problem, ProblemCode

if TYPE_CHECKING:
    from yearadmin.state.core import Ended


class Exit(IntEnum):
    """What the exit code says."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    NOT_PERMITTED = 4
    NOT_REACHABLE = 5


def exit_of(ended: Ended) -> Exit:
    """The exit code for how a wish ended."""
    from yearadmin.state.permits import Refusal

    if ended.refused is not None:
        reasons = set(ended.refused.refusals)
        if reasons & {Refusal.NO_RIGHT, Refusal.SIGNED_OUT}:
            return Exit.NOT_PERMITTED
        if reasons & {Refusal.OFFLINE, Refusal.STARTING}:
            return Exit.NOT_REACHABLE
        return Exit.REFUSED
    if ended.problem is not None:
        return exit_of_problem(ended.problem)
    if ended.conflict is not None:
        return Exit.REFUSED
    return Exit.DONE if ended.ok else Exit.FAILED


_PROBLEM_EXITS = {
    ProblemCode.UNREACHABLE: Exit.NOT_REACHABLE,
    ProblemCode.CERTIFICATE: Exit.NOT_REACHABLE,
    ProblemCode.TIMED_OUT: Exit.NOT_REACHABLE,
    ProblemCode.LOST_ANSWER: Exit.NOT_REACHABLE,
    ProblemCode.NOT_THE_SERVER: Exit.NOT_REACHABLE,
    ProblemCode.BACKEND_FAILED: Exit.NOT_REACHABLE,
    ProblemCode.NOT_SIGNED_IN: Exit.NOT_PERMITTED,
    ProblemCode.SESSION_EXPIRED: Exit.NOT_PERMITTED,
    ProblemCode.SESSION_ENDED: Exit.NOT_PERMITTED,
    ProblemCode.FORBIDDEN: Exit.NOT_PERMITTED,
    ProblemCode.FILE_MISSING: Exit.USAGE,
    ProblemCode.FILE_EMPTY: Exit.USAGE,
    ProblemCode.FILE_TOO_LARGE: Exit.USAGE,
    ProblemCode.FILE_NOT_CSV: Exit.USAGE,
}


def exit_of_problem(problem: Problem) -> Exit:
    """The exit code for what went wrong."""
    return _PROBLEM_EXITS.get(problem.code, Exit.FAILED)
