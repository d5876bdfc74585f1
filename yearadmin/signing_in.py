"""The sessions of all servers of this person on this computer: one keyring, and the list of servers that names them.

Used by the window and the command line alike; never asks the keyring before somebody needs a session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yearadmin.state.signing import Left, Secrets, sign_out_everywhere
from yearadmin.words.servers import profile_name

if TYPE_CHECKING:
    from yearadmin.profiles import Profile, ProfileFile


class KeptSessions:
    """``file`` is the list of servers; an address that is not in it is a place of its own."""

    def __init__(self, file: ProfileFile) -> None:
        self._file = file
        self.secrets = Secrets()

    def place_of(self, profile: Profile | None) -> str:
        """What the sessions of a server are kept under; empty for its address."""
        return profile.id if profile is not None and self._file.load().get(profile.id) is not None else ""

    async def everywhere(self) -> tuple[Left, ...]:
        """Sign out everywhere; what became of each server's sessions."""
        profiles = self._file.load().items
        addresses = {profile.id: profile.base_url for profile in profiles}
        authorities = {profile.id: profile.authority for profile in profiles}
        return await sign_out_everywhere(self.secrets, addresses, authorities)

    def names(self) -> dict[str, str]:
        """What the operator calls the places."""
        return {profile.id: profile_name(profile) for profile in self._file.load().items}

    def close(self) -> None:
        """Forget what was kept for this run only."""
        self.secrets.close()
