"""The servers an operator works with: name, address, colour and whether to be careful there.

Kept as one small file in the platform's place for settings. Never holds a password, a cookie or a token.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

_VERSION = 1
_MAX_BYTES = 1024 * 1024
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


class ProfileKind(StrEnum):
    """Where a profile's server runs."""

    EMBEDDED = "embedded"  # on this computer, started by this program: its address is known only then
    REMOTE = "remote"


class ProfileFault(StrEnum):
    """What is wrong with a profile an operator has typed."""

    NAME_MISSING = "name_missing"
    NAME_TAKEN = "name_taken"
    ADDRESS_MISSING = "address_missing"
    ADDRESS_UNUSABLE = "address_unusable"
    NOT_ENCRYPTED = "not_encrypted"  # http to another computer
    HAS_CREDENTIALS = "has_credentials"  # a user name or password in the address
    HAS_QUERY = "has_query"  # something after ? or #, which may be a secret too
    COLOUR_UNUSABLE = "colour_unusable"
    CA_UNUSABLE = "ca_unusable"  # not the full path of a file


class ProfilesNotice(StrEnum):
    """What the operator should know about the file."""

    NONE = "none"
    SET_ASIDE = "set_aside"  # it was damaged: kept under another name, begun anew
    NEWER = "newer"  # a later version of this program wrote it: left alone, changes are for this run only
    READ_ONLY = "read_only"  # it can't be read or written: changes are for this run only


class ProfileError(Exception):
    """A profile that can't be taken over; ``faults`` says why."""

    def __init__(self, faults: tuple[ProfileFault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Profile:
    """One server. ``base_url`` includes the version prefix and is empty for the embedded backend.

    ``colour`` is ``#rrggbb``; on a ``careful`` profile opening and closing a year ask for the year's number.
    ``ca_file`` is the full path of certificates that are trusted there besides the system's; it may be empty.
    """

    id: str
    name: str
    base_url: str = ""
    colour: str = "#2e6f9e"
    careful: bool = False
    kind: ProfileKind = ProfileKind.REMOTE
    ca_file: str = ""

    @property
    def authority(self) -> Path | None:
        """Whom to trust there besides the system's authorities."""
        return Path(self.ca_file) if self.ca_file else None


UNSAVED_COLOUR = "#5b6770"  # of a server that was named for one run: no colour of its own
EMBEDDED = Profile("embedded", "", "", "#4a7c59", kind=ProfileKind.EMBEDDED)


@dataclass(frozen=True, slots=True)
class Profiles:
    """All profiles in the operator's order, and the one used last. Changes give a new value."""

    items: tuple[Profile, ...] = (EMBEDDED,)
    last_used: str | None = None

    def get(self, profile_id: str) -> Profile | None:
        """The profile of that id, or None."""
        return next((item for item in self.items if item.id == profile_id), None)

    def named(self, name: str) -> Profile | None:
        """The profile of that name (capitals do not count) or id, or None."""
        wanted = _folded(name)
        return next((item for item in self.items if _folded(item.name) == wanted), None) or self.get(name)

    @property
    def last(self) -> Profile | None:
        """The profile used last; None on the first start, when the operator has to choose."""
        return None if self.last_used is None else self.get(self.last_used)

    def faults(self, profile: Profile) -> tuple[ProfileFault, ...]:
        """What keeps ``profile`` from being added, or from replacing the one of its id; empty when nothing does."""
        found = [*_name_faults(profile, self.items), *_address_faults(profile)]
        if not _COLOUR.match(profile.colour):
            found.append(ProfileFault.COLOUR_UNUSABLE)
        # Whether it is there is seen when it is used: a file on a share that is away just now damages no list.
        if profile.ca_file and ("\0" in profile.ca_file or not Path(profile.ca_file).is_absolute()):
            found.append(ProfileFault.CA_UNUSABLE)
        return tuple(found)

    def add(self, profile: Profile) -> Profiles:
        """With ``profile`` at the end. Raises ProfileError."""
        checked = self._checked(profile)
        return replace(self, items=(*(item for item in self.items if item.id != profile.id), checked))

    def change(self, profile: Profile) -> Profiles:
        """With ``profile`` in place of the one of its id. Raises ProfileError, KeyError when there is none."""
        if self.get(profile.id) is None:
            raise KeyError(profile.id)
        checked = self._checked(profile)
        return replace(self, items=tuple(checked if item.id == profile.id else item for item in self.items))

    def remove(self, profile_id: str) -> Profiles:
        """Without that profile."""
        last = None if self.last_used == profile_id else self.last_used
        return Profiles(tuple(item for item in self.items if item.id != profile_id), last)

    def order(self, ids: Iterable[str]) -> Profiles:
        """In the order of ``ids``; profiles not named follow as they were."""
        place = {profile_id: number for number, profile_id in enumerate(ids)}
        return replace(self, items=tuple(sorted(self.items, key=lambda item: place.get(item.id, len(place)))))

    def use(self, profile_id: str) -> Profiles:
        """With that profile as the one used last. Raises KeyError when there is none."""
        if self.get(profile_id) is None:
            raise KeyError(profile_id)
        return replace(self, last_used=profile_id)

    def _checked(self, profile: Profile) -> Profile:
        faults = self.faults(profile)
        if faults:
            raise ProfileError(faults)
        return replace(profile, name=profile.name.strip(), base_url=tidy_address(profile.base_url))


def new_profile(
    name: str, base_url: str, *, colour: str = "#2e6f9e", careful: bool = False, ca_file: str = ""
) -> Profile:
    """A profile of a remote server with an id of its own, not yet checked."""
    return Profile(uuid4().hex[:12], name, base_url, colour, careful, ca_file=ca_file)


def profile_of_run(base_url: str, profiles: Profiles) -> Profile:
    """The saved profile of that address, or one for this run only, which has no id and no name."""
    wanted = tidy_address(base_url)
    saved = (item for item in profiles.items if item.kind is ProfileKind.REMOTE and item.base_url == wanted)
    return next(saved, Profile("", "", wanted, UNSAVED_COLOUR))


def tidy_address(address: str) -> str:
    """An address as it is kept: scheme and host in small letters, no slash at the end."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return urlunsplit(parts._replace(netloc=parts.netloc.lower())).rstrip("/") if parts.netloc else address


@dataclass
class ProfileFile:
    """The file of :class:`Profiles`. Small and local: both calls block for a moment. ``notice`` is what to tell."""

    path: Path
    notice: ProfilesNotice = field(default=ProfilesNotice.NONE, init=False)
    _held: Profiles = field(default_factory=Profiles, init=False)

    def load(self) -> Profiles:
        """What the file holds; the embedded backend alone when there is none or it is unusable. Never raises."""
        if self.notice in (ProfilesNotice.NEWER, ProfilesNotice.READ_ONLY):
            return self._held
        try:
            self._held = self._read()
        except FileNotFoundError:
            self._held = Profiles()
        except OSError:
            self.notice = ProfilesNotice.READ_ONLY
        return self._held

    def save(self, profiles: Profiles) -> ProfilesNotice:
        """Write the file whole or not at all; what can't be written is kept for this run. Never raises."""
        self._held = profiles
        if self.notice is ProfilesNotice.NEWER:
            return self.notice
        document = {"version": _VERSION, "last_used": profiles.last_used, "profiles": list(map(asdict, profiles.items))}
        try:
            _write_private(self.path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        except OSError:
            self.notice = ProfilesNotice.READ_ONLY
        else:
            if self.notice is ProfilesNotice.READ_ONLY:
                self.notice = ProfilesNotice.NONE
        return self.notice

    def update(self, change: Callable[[Profiles], Profiles]) -> Profiles:
        """Read, change and write: what another window has saved meanwhile is not lost. Raises what ``change`` does."""
        changed = change(self.load())
        self.save(changed)
        return changed

    def _read(self) -> Profiles:
        with self.path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        try:
            document = json.loads(content.decode("utf-8"))
            version = document["version"]
            if isinstance(version, int) and version > _VERSION:
                self.notice = ProfilesNotice.NEWER
                return _lenient(document)
            return _profiles(document)
        except (ValueError, KeyError, TypeError, RecursionError):
            self._set_aside()
            return Profiles()

    def _set_aside(self) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        self.path.replace(self.path.with_name(f"{self.path.name}.damaged-{stamp}"))
        self.notice = ProfilesNotice.SET_ASIDE


def _lenient(document: object) -> Profiles:
    """What a later version's file says in words this version knows."""
    try:
        return _profiles(document)
    except (ValueError, KeyError, TypeError):
        return Profiles()


def _profiles(document: object) -> Profiles:
    """Read a document. Raises ValueError, KeyError, TypeError when it is not one of ours."""
    if not isinstance(document, dict) or not isinstance(document["profiles"], list):
        raise TypeError("not a list of profiles")
    found = Profiles(())
    for item in document["profiles"]:
        if not all(isinstance(item[name], str) for name in ("id", "name", "base_url", "colour")) or not item["id"]:
            raise TypeError("not a profile")
        if not isinstance(item["careful"], bool) or found.get(item["id"]) is not None:
            raise TypeError("not a profile")
        ca_file = item.get("ca_file", "")  # older files have none
        if not isinstance(ca_file, str):
            raise TypeError("not a profile")
        kind = ProfileKind(item["kind"])
        profile = Profile(item["id"], item["name"], item["base_url"], item["colour"], item["careful"], kind, ca_file)
        try:
            found = found.add(profile)
        except ProfileError as error:
            raise ValueError("a profile this program would not have taken") from error
    last = document.get("last_used")
    return replace(found, last_used=last if isinstance(last, str) and found.get(last) is not None else None)


def _name_faults(profile: Profile, others: Iterable[Profile]) -> Iterable[ProfileFault]:
    name = _folded(profile.name)
    # The embedded backend needs no name of its own: the window has a word for it in each language.
    if not name and profile.kind is ProfileKind.REMOTE:
        yield ProfileFault.NAME_MISSING
    if name and any(_folded(other.name) == name for other in others if other.id != profile.id):
        yield ProfileFault.NAME_TAKEN


def _address_faults(profile: Profile) -> Iterable[ProfileFault]:
    address = profile.base_url.strip()
    if profile.kind is ProfileKind.EMBEDDED:
        if address:
            yield ProfileFault.ADDRESS_UNUSABLE
        return
    if not address:
        yield ProfileFault.ADDRESS_MISSING
        return
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        yield ProfileFault.ADDRESS_UNUSABLE
        return
    spaced = any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in address)
    if parts.scheme not in ("http", "https") or not host or port == 0 or spaced:
        yield ProfileFault.ADDRESS_UNUSABLE
        return
    if "@" in parts.netloc:
        yield ProfileFault.HAS_CREDENTIALS
    if "?" in address or "#" in address:
        yield ProfileFault.HAS_QUERY
    if parts.scheme == "http" and not is_loopback(host):
        yield ProfileFault.NOT_ENCRYPTED


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this very computer: what is sent there leaves no wire to listen to."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _write_private(path: Path, text: str) -> None:
    """Write ``text`` under a name of its own, readable by this user alone, then put it in place."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
