"""Session cookies in the system's keyring, per profile and user; the only file that knows the keyring.

Where there is none, or it is locked or silent, they are kept for this run only and ``status`` says so. Never blocks the
event loop; never writes a secret into a log, an exception or the text of an object.
"""

from __future__ import annotations

import asyncio
import json
import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

if TYPE_CHECKING:  # importing keyring costs 80 ms: the window paints first
    from keyring.backend import KeyringBackend

logger = logging.getLogger(__name__)

_SERVICE = "yearadmin"
_SECURE_FROM = 1  # keyring's own measure: below it are back ends that keep secrets readable, or not at all
_DISMISSED = ("LockedException", "PromptDismissedException")  # of secretstorage, which keyring passes through

_BEHIND_SILENCE = 2.0  # seconds
_PLACES = ""  # no profile: its list names the profiles

T = TypeVar("T")
Listener = Callable[["Keeping"], None]
Key = tuple[str, str]  # profile id, user


class Keeping(StrEnum):
    """Where session cookies are kept, and if not in the keyring, why not."""

    UNKNOWN = "unknown"  # the keyring has not been asked yet
    KEYRING = "keyring"
    NO_KEYRING = "no_keyring"  # this system has none
    NOT_SECURE = "not_secure"  # it has one that would keep them readable for everybody: not used
    LOCKED = "locked"  # it is locked, or its question was dismissed
    SILENT = "silent"  # it did not answer in time: perhaps it asks a question nobody sees
    FAILED = "failed"

    @property
    def is_lasting(self) -> bool:
        """Whether a sign-in outlives this run."""
        return self is Keeping.KEYRING


@dataclass(frozen=True, slots=True)
class Tokens:
    """The two cookies of a session (contract section 1.2). Its text shows neither."""

    access: str = field(repr=False)
    refresh: str = field(default="", repr=False)


class _Worker:
    """One thread for all calls, in their order: a late write can't overtake the deletion asked for after it.

    The thread never keeps the program from ending, even when the keyring waits for an answer for ever.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, job: Callable[[], T]) -> asyncio.Future[T]:
        """Run ``job`` after those before it."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def deliver(result: T) -> None:
            if not future.done():
                future.set_result(result)

        def work() -> None:
            result = job()
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(deliver, result)

        self._jobs.put(work)
        if self._thread is None:
            self._thread = threading.Thread(target=_work, args=(self._jobs,), name="keyring", daemon=True)
            self._thread.start()
        return future

    def stop(self) -> None:
        """End the thread once it has nothing left to do."""
        self._jobs.put(None)
        self._jobs = queue.SimpleQueue()
        self._thread = None


def _work(jobs: queue.SimpleQueue[Callable[[], None] | None]) -> None:
    while (job := jobs.get()) is not None:
        job()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What became of a call; ``found`` and ``users`` are what a read found."""

    keeping: Keeping
    found: Tokens | None = None
    users: tuple[str, ...] = ()


class Secrets:
    """The session cookies of every profile. ``deadline`` is how long (s) a call may wait for the keyring.

    After a locked, silent or failing keyring it is left in peace until :meth:`retry`: a prompt that was dismissed does
    not come back with every renewed cookie. Deletions are tried all the same.
    """

    def __init__(self, *, deadline: float = 30.0, service: str = _SERVICE) -> None:
        self.status = Keeping.UNKNOWN
        self._deadline = deadline
        self._service = service
        self._worker = _Worker()
        self._held: dict[Key, Tokens] = {}
        self._unsaved: set[Key] = set()
        self._listeners: list[Listener] = []

    def __repr__(self) -> str:
        return f"Secrets({self.status})"

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` whenever ``status`` changes, until the function returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    async def load(self, profile: str, user: str) -> Tokens | None:
        """The cookies of a user of a profile, or None."""
        key = (profile, user)
        if key not in self._held and self._may_ask:
            answer = await self._ask(lambda backend: _Answer(Keeping.KEYRING, found=self._read(backend, key)))
            if answer is not None and answer.found is not None:
                self._held.setdefault(key, answer.found)
        return self._held.get(key)

    async def users(self, profile: str) -> tuple[str, ...]:
        """The users with cookies for a profile, the last one signed in first."""
        held = [user for known, user in reversed(self._held) if known == profile]
        if self._may_ask:
            answer = await self._ask(lambda backend: _Answer(Keeping.KEYRING, users=self._list(backend, profile)))
            held += answer.users if answer is not None else ()
        return tuple(dict.fromkeys(held))

    async def places(self) -> tuple[str, ...]:
        """The profiles with cookies of anybody, the one used last first."""
        held = [profile for profile, _ in reversed(self._held)]
        if self._may_ask:
            answer = await self._ask(lambda backend: _Answer(Keeping.KEYRING, users=self._list(backend, _PLACES)))
            held += answer.users if answer is not None else ()
        return tuple(dict.fromkeys(held))

    async def keep(self, profile: str, user: str, tokens: Tokens) -> Keeping:
        """Keep cookies in place of those before; says where. Never raises for what the keyring does."""
        key = (profile, user)
        self._held.pop(key, None)
        self._held[key] = tokens
        self._unsaved.add(key)
        if self._may_ask:
            await self._ask(self._saving(key, tokens))
        return self.status

    async def forget(self, profile: str, user: str) -> bool:
        """Delete the cookies of a user; False when the keyring could not be asked and may still hold them."""
        self._held.pop((profile, user), None)
        self._unsaved.discard((profile, user))
        return await self._delete(profile, (user,))

    async def forget_profile(self, profile: str) -> bool:
        """Delete the cookies of every user of a profile; False when the keyring may still hold some."""
        keys = [key for key in self._held if key[0] == profile]
        for key in keys:
            del self._held[key]
            self._unsaved.discard(key)
        return await self._delete(profile, tuple(user for _, user in keys), others=True)

    async def retry(self) -> Keeping:
        """Ask the keyring again, with its question if it has one, and hand over what was kept for this run only."""
        self._set(Keeping.UNKNOWN)
        await self._ask(lambda backend: _Answer(Keeping.KEYRING, users=self._list(backend, _PLACES)), look_again=True)
        for key in tuple(self._unsaved):
            if self._may_ask:
                await self._ask(self._saving(key, self._held[key]))
        return self.status

    def close(self) -> None:
        """Forget what was kept for this run and end the thread; may be called twice."""
        self._held.clear()
        self._unsaved.clear()
        self._worker.stop()

    @property
    def _may_ask(self) -> bool:
        return self.status in (Keeping.UNKNOWN, Keeping.KEYRING)

    def _saving(self, key: Key, tokens: Tokens) -> Callable[[KeyringBackend], _Answer]:
        def save(backend: KeyringBackend) -> _Answer:
            self._write(backend, key, tokens)
            return _Answer(Keeping.KEYRING, found=tokens)

        return save

    async def _delete(self, profile: str, users: tuple[str, ...], *, others: bool = False) -> bool:
        def delete(backend: KeyringBackend) -> _Answer:
            known = self._list(backend, profile)
            gone = {*users, *known} if others else {*users}
            for user in gone:
                for part in ("access", "refresh"):
                    _drop(backend, self._service, _account(profile, user, part))
            left = tuple(user for user in known if user not in gone)
            self._list_again(backend, profile, known, left)
            places = self._list(backend, _PLACES)
            if not left and profile in places:
                self._list_again(backend, _PLACES, places, tuple(name for name in places if name != profile))
            return _Answer(Keeping.KEYRING)

        answer = await self._ask(delete)
        # Without a keyring there is nothing anywhere but in this program.
        return answer is not None and answer.keeping in (Keeping.KEYRING, Keeping.NO_KEYRING, Keeping.NOT_SECURE)

    async def _ask(self, call: Callable[[KeyringBackend], _Answer], *, look_again: bool = False) -> _Answer | None:
        """Do ``call`` on the worker; None when it did not answer in time. What it answers later still counts."""
        # Behind a call that hangs there is no point in waiting as long again.
        patience = min(self._deadline, _BEHIND_SILENCE) if self.status is Keeping.SILENT else self._deadline
        future = self._worker.submit(lambda: _guarded(call, look_again=look_again))
        future.add_done_callback(self._answered)
        try:
            return await asyncio.wait_for(asyncio.shield(future), patience)
        except TimeoutError:
            self._set(Keeping.SILENT)
            return None

    def _answered(self, future: asyncio.Future[_Answer]) -> None:
        if future.cancelled():
            return
        answer = future.result()
        for key in [key for key in self._unsaved if answer.found is not None and self._held.get(key) is answer.found]:
            self._unsaved.discard(key)
        self._set(answer.keeping)

    def _set(self, status: Keeping) -> None:
        if status is not self.status:
            self.status = status
            for listener in tuple(self._listeners):
                listener(status)

    # What follows runs on the worker's thread.

    def _read(self, backend: KeyringBackend, key: Key) -> Tokens | None:
        access, refresh = (backend.get_password(self._service, _account(*key, part)) for part in ("access", "refresh"))
        return Tokens(access or "", refresh or "") if access or refresh else None

    def _write(self, backend: KeyringBackend, key: Key, tokens: Tokens) -> None:
        # One entry per cookie: Windows takes no more than 1,280 characters.
        for part, value in (("access", tokens.access), ("refresh", tokens.refresh)):
            if value:
                backend.set_password(self._service, _account(*key, part), value)
            else:
                _drop(backend, self._service, _account(*key, part))
        profile, user = key
        known = self._list(backend, profile)
        self._list_again(backend, profile, known, (user, *(name for name in known if name != user)))
        places = self._list(backend, _PLACES)
        self._list_again(backend, _PLACES, places, (profile, *(name for name in places if name != profile)))

    def _list(self, backend: KeyringBackend, profile: str) -> tuple[str, ...]:
        """A keyring can't be asked what it holds, so an entry of our own lists the users."""
        text = backend.get_password(self._service, _account(profile, "", "users"))
        try:
            names = json.loads(text or "[]")
        except ValueError:
            return ()
        return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()

    def _list_again(
        self, backend: KeyringBackend, profile: str, known: tuple[str, ...], names: tuple[str, ...]
    ) -> None:
        account = _account(profile, "", "users")
        if not names:
            _drop(backend, self._service, account)
        elif names != known:
            backend.set_password(self._service, account, json.dumps(names))


def _account(profile: str, user: str, part: str) -> str:
    return "/".join((quote(profile, safe=""), quote(user, safe="@"), part))


def _drop(backend: KeyringBackend, service: str, account: str) -> None:
    """Delete an entry, if there is one. Raises when it is still there afterwards."""
    from keyring.errors import PasswordDeleteError

    if backend.get_password(service, account) is None:
        return
    try:
        backend.delete_password(service, account)
    except PasswordDeleteError:
        if backend.get_password(service, account) is not None:
            raise


def _guarded(call: Callable[[KeyringBackend], _Answer], *, look_again: bool) -> _Answer:
    """Do ``call`` with the system's keyring; whatever goes wrong becomes a status. Its text is not looked at.

    A back end's message may hold what it was given.
    """
    try:
        import keyring
        from keyring.errors import InitError, KeyringLocked, NoKeyringError
    except Exception as error:  # a broken back end breaks the import, too
        logger.info("the keyring can't be loaded: %s", type(error).__name__)
        return _Answer(Keeping.FAILED)
    try:
        backend = keyring.get_keyring()
        unusable = _why_not(backend)
        if unusable is not None and look_again:
            keyring.core.init_backend()  # it may have been started since
            backend = keyring.get_keyring()
            unusable = _why_not(backend)
        return call(backend) if unusable is None else _Answer(unusable)
    except NoKeyringError:
        return _Answer(Keeping.NO_KEYRING)
    except (InitError, KeyringLocked):
        return _Answer(Keeping.LOCKED)
    except Exception as error:
        if type(error).__name__ in _DISMISSED:
            return _Answer(Keeping.LOCKED)
        logger.info("the keyring failed: %s", type(error).__name__)
        return _Answer(Keeping.FAILED)


def _why_not(backend: KeyringBackend) -> Keeping | None:
    """Whether a back end keeps secrets, and keeps them secret."""
    chained = getattr(backend, "backends", None)
    strengths = [float(item.priority) for item in chained] if chained else [float(backend.priority)]
    strongest = max(strengths)  # a chain asks its strongest first
    if strongest >= _SECURE_FROM:
        return None
    return Keeping.NOT_SECURE if strongest > 0 else Keeping.NO_KEYRING
