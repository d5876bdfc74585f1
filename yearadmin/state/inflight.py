"""What is under way at this moment, sorted by what becomes of it when the program ends: a pure reading of the state."""

from __future__ import annotations

from dataclasses import dataclass

from yearadmin.state.model import AppState, Upload, UploadStage, Wish
from yearadmin.state.setup import SetupPhase, setup_of


@dataclass(frozen=True, slots=True)
class InFlight:
    """``sending`` is lost, ``unsure`` may or may not come about, ``working`` and ``setups`` are with the server."""

    sending: tuple[Upload, ...] = ()
    unsure: tuple[Upload, ...] = ()
    working: tuple[Upload, ...] = ()
    setups: tuple[int, ...] = ()  # years, newest first
    saving: tuple[tuple[int, Wish], ...] = ()  # year and wish of each write whose answer is awaited

    @property
    def is_empty(self) -> bool:
        """Whether nothing is under way."""
        return not (self.sending or self.unsure or self.working or self.setups or self.saving)

    @property
    def loses_nothing(self) -> bool:
        """Whether all of it goes on without this program."""
        return not (self.sending or self.unsure or self.saving)


def work_in_flight(state: AppState) -> InFlight:
    """What is under way now."""

    def uploads(*stages: UploadStage) -> tuple[Upload, ...]:
        return tuple(upload for upload in state.uploads if upload.stage in stages)

    years = sorted(state.scopes, reverse=True)
    running = [(year, setup_of(state, year)) for year in years]
    return InFlight(
        sending=uploads(UploadStage.WAITING, UploadStage.SENDING),
        unsure=uploads(UploadStage.STARTING, UploadStage.UNCERTAIN),
        working=uploads(UploadStage.FOLLOWING),
        setups=tuple(year for year, setup in running if setup.phase is SetupPhase.RUNNING and setup.as_of is None),
        saving=tuple((year, wish) for year in years for wish in sorted(state.scopes[year].busy)),
    )
