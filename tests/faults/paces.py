"""How patient the tests of faults are: short waits where a fault must be noticed, long ones where work must end."""

from __future__ import annotations

from dataclasses import dataclass

from yearadmin.contract.enums import RoleName
from yearadmin.remote.follow import FollowPace
from yearadmin.remote.transport import TransportPace
from yearadmin.state.core import CorePace

YEAR = 2026
TRANSPORT = TransportPace(connect=2.0, read=1.5, write_read=1.5, upload_stall=2.0, health=1.5, first_retry=0.02)
FOLLOW = FollowPace(first_retry=0.02, longest_retry=0.1, pipeline_silence=1.0, job_silence=1.0)
CORE = CorePace(
    first_retry=0.05,
    longest_retry=0.1,
    health_look=5.0,
    progress=0.01,
    lost_answer_wait=8.0,
    lost_answer_looks=(0.0, 0.05, 0.1),
    surely_gone=0.3,
    job_look=3.0,
)
PATIENT: dict[str, object] = {
    "transport_pace": TransportPace(),
    "follow_pace": FollowPace(first_retry=0.05, longest_retry=0.2),
    "pace": CORE,
}
QUICK: dict[str, object] = {"transport_pace": TRANSPORT, "follow_pace": FOLLOW, "pace": CORE}

HASTY: dict[str, object] = {  # where faults are many: none may cost much
    "transport_pace": TransportPace(
        connect=1.0, read=0.4, write_read=0.6, upload_stall=1.0, health=0.8, first_retry=0.01
    ),
    "follow_pace": FOLLOW,
    "pace": CORE,
}


@dataclass(frozen=True, slots=True)
class Site:
    """A running backend, and as whom to work there."""

    base_url: str
    role: RoleName
