"""The fourteen steps of the story, in order: each does what an operator does and checks what an operator sees.

A step that fails ends the story: what follows stands on it.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from time import monotonic

from yearadmin.tour import filling, opening, setting_up
from yearadmin.tour.stage import Stage, StepError

Step = Callable[[Stage], Awaitable[None]]

STEPS: tuple[tuple[str, str, Step], ...] = (
    ("launch", "The window paints at once, then the years appear", setting_up.launch),
    ("no-year", "A year that is not configured is an empty page with one button", setting_up.no_such_year),
    ("create", "One click creates the year and shows its set-up", setting_up.create),
    ("gated", "Meanwhile its panels can be read but not used; another year can be used", setting_up.gated),
    ("rehydrate", "Closed and started again in the middle, it finds the set-up and follows it to its end",
     setting_up.rehydrate),
    ("failed-setup", "A failed set-up says why, and one click tries again", setting_up.failed_setup),
    ("panels", "Every module and every slot says what is missing", filling.panels),
    ("bad-file", "A bad file leaves its failure on its slot", filling.bad_file),
    ("uploads", "Files are dropped or chosen, many at once, and followed to their end", filling.uploads),
    ("warnings", "Rows left out are told row by row", filling.warnings),
    ("goals", "Reduction files and a goal", filling.goals),
    ("readiness", "Nothing is missing any more", filling.readiness),
    ("open", "Opening asks once, and the year is open to users", opening.open_year),
    ("close", "It can be closed again, and opened again", opening.close_and_open_again),
    ("users", "What a user sees: the open years, and nothing to change", opening.users_view),
    ("offline", "Without the server everything stays readable, dated, and nothing can be changed", opening.offline),
    ("start-offline", "Started without the server it shows the last known state, and becomes live by itself",
     opening.start_offline),
    ("french", "Another language, live, without losing what is typed", opening.language),
)  # fmt: skip


async def tell(stage: Stage) -> int:
    """Play all steps, say how each went and how long it took; 0 when all went well."""
    begun = monotonic()
    failed = False
    try:
        await stage.backend.ensure()
        for number, (name, title, step) in enumerate(STEPS, start=1):
            label = f"{number:02}-{name}"
            stage.begin(label)
            failed = not await _play(stage, step, f"{number:2}  {title}")
            if failed:
                break
    finally:
        if stage.is_running:
            await stage.quit()
    _say(f"{'Failed' if failed else 'Done'} after {monotonic() - begun:.1f} s; pictures in {stage.out}")
    return 1 if failed else 0


async def _play(stage: Stage, step: Step, line: str) -> bool:
    begun = monotonic()
    try:
        await step(stage)
        if stage.errors:
            raise StepError(f"an error nobody caught: {stage.errors[0]!r}")
    except Exception as error:
        reason = str(error) if isinstance(error, StepError) else f"{type(error).__name__}: {error}"
        _say(f"✗ {line}  {monotonic() - begun:.1f} s\n      {reason}")
        if stage.is_running:
            await stage.picture("failed")
        return False
    _say(f"✓ {line}  {monotonic() - begun:.1f} s  {_names(stage.pictures)}")
    return True


def _names(pictures: list[Path]) -> str:
    return ", ".join(path.name for path in pictures)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
