"""Session cookies are in the system's keyring or nowhere but in this run, and the window can say which and why."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, NoKeyringError, PasswordDeleteError, PasswordSetError

from yearadmin.remote.secrets import Keeping, Secrets, Tokens

ACCESS, REFRESH = "eyJhbGciOi.access-secret.sig", "eyJhbGciOi.refresh-secret.sig"
TOKENS = Tokens(ACCESS, REFRESH)
USER = "operator@example.org"


class Memory(KeyringBackend):
    """A keyring in memory; ``trouble`` is called before each operation and may raise or wait."""

    priority = 1.0

    def __init__(self, trouble: Callable[[str], None] = lambda _: None) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}
        self.trouble = trouble
        self.calls: list[str] = []

    def _begin(self, call: str) -> None:
        self.calls.append(call)
        self.trouble(call)

    def get_password(self, service: str, username: str) -> str | None:
        self._begin("get")
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._begin("set")
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._begin("delete")
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("No such password!")


class Readable(Memory):
    """A keyring that would write secrets where everybody can read them."""

    priority = 0.5


class PromptDismissedException(Exception):  # noqa: N818 - secretstorage's own name
    """What secretstorage raises when the operator closes its question."""


@pytest.fixture(autouse=True)
def system() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def memory() -> Memory:
    made = Memory()
    keyring.set_keyring(made)
    return made


@pytest.fixture
def secrets() -> Iterator[Secrets]:
    made = Secrets(deadline=5.0)
    yield made
    made.close()


def always(error: Exception) -> Callable[[str], None]:
    def trouble(_: str) -> None:
        raise error

    return trouble


async def test_cookies_are_there_again_after_a_restart(memory: Memory, secrets: Secrets) -> None:
    assert await secrets.load("p", USER) is None
    assert await secrets.keep("p", USER, TOKENS) is Keeping.KEYRING
    assert await secrets.keep("p", "other", Tokens("a")) is Keeping.KEYRING
    again = Secrets()
    assert await again.users("p") == ("other", USER)
    assert await again.load("p", USER) == TOKENS
    assert await again.load("p", "other") == Tokens("a", "")
    assert await again.load("q", USER) is None
    assert await again.users("q") == ()
    again.close()


async def test_renewed_cookies_replace_those_before(memory: Memory, secrets: Secrets) -> None:
    await secrets.keep("p", USER, TOKENS)
    await secrets.keep("p", USER, Tokens("new"))
    again = Secrets()
    assert await again.load("p", USER) == Tokens("new", "")
    assert REFRESH not in memory.entries.values()
    again.close()


async def test_signing_out_leaves_nothing_of_that_user(memory: Memory, secrets: Secrets) -> None:
    await secrets.keep("p", USER, TOKENS)
    await secrets.keep("p", "other", Tokens("a"))
    assert await secrets.forget("p", USER)
    assert await secrets.load("p", USER) is None
    assert await secrets.users("p") == ("other",)
    assert {ACCESS, REFRESH}.isdisjoint(memory.entries.values())
    assert await secrets.forget("p", "nobody")


async def test_signing_out_everywhere_leaves_nothing_of_a_profile(memory: Memory, secrets: Secrets) -> None:
    await secrets.keep("p", USER, TOKENS)
    await secrets.keep("p", "other", TOKENS)
    await secrets.keep("q", USER, Tokens("kept"))
    again = Secrets()
    assert await again.forget_profile("p")
    assert await again.users("p") == ()
    assert await again.load("q", USER) == Tokens("kept")
    assert {ACCESS, REFRESH}.isdisjoint(memory.entries.values())
    again.close()


TROUBLES = [
    (NoKeyringError("none"), Keeping.NO_KEYRING),
    (InitError("Failed to create the collection: Prompt dismissed."), Keeping.LOCKED),
    (KeyringLocked("Failed to unlock the collection!"), Keeping.LOCKED),
    (PromptDismissedException("Prompt dismissed."), Keeping.LOCKED),
    (PasswordSetError(f"could not store {ACCESS}"), Keeping.FAILED),
    (OSError("gone"), Keeping.FAILED),
]


@pytest.mark.parametrize(("error", "status"), TROUBLES, ids=[type(error).__name__ for error, _ in TROUBLES])
async def test_with_a_keyring_in_trouble_cookies_are_kept_for_this_run_and_the_reason_is_known(
    error: Exception, status: Keeping, secrets: Secrets, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    broken = Memory(always(error))
    keyring.set_keyring(broken)
    told: list[Keeping] = []
    stop = secrets.subscribe(told.append)
    assert await secrets.keep("p", USER, TOKENS) is status
    assert await secrets.load("p", USER) == TOKENS
    assert await secrets.users("p") == (USER,)
    assert secrets.status is status
    assert not status.is_lasting
    assert told == [status]
    asked = len(broken.calls)
    await secrets.keep("p", USER, Tokens("renewed"))
    assert len(broken.calls) == asked, "a keyring in trouble is not asked with every renewed cookie"
    stop()
    assert ACCESS not in caplog.text
    assert REFRESH not in caplog.text


async def test_a_system_without_a_keyring_is_told_apart_from_one_that_does_not_keep_secrets(secrets: Secrets) -> None:
    for backend, status in ((fail.Keyring(), "no_keyring"), (null.Keyring(), "no_keyring"), (Readable(), "not_secure")):
        keyring.set_keyring(backend)
        fresh = Secrets()
        assert await fresh.keep("p", USER, TOKENS) == status
        assert await fresh.load("p", USER) == TOKENS
        assert await fresh.forget("p", USER), "there is nothing anywhere but in this run"
        fresh.close()


async def test_nothing_is_written_to_a_keyring_that_everybody_can_read(secrets: Secrets) -> None:
    readable = Readable()
    keyring.set_keyring(readable)
    await secrets.keep("p", USER, TOKENS)
    assert readable.entries == {}


class Chain(Memory):
    """Several back ends behind one, as keyring makes it when it finds several."""

    priority = 10.0

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


async def test_of_several_keyrings_the_strongest_decides(secrets: Secrets) -> None:
    keyring.set_keyring(Chain(Readable(), Readable()))
    assert await secrets.keep("p", USER, TOKENS) is Keeping.NOT_SECURE
    keyring.set_keyring(Chain(Memory(), Readable()))
    assert await secrets.retry() is Keeping.KEYRING


async def test_a_keyring_unlocked_later_takes_over_what_was_kept_for_this_run(memory: Memory, secrets: Secrets) -> None:
    memory.trouble = always(KeyringLocked("locked"))
    await secrets.keep("p", USER, TOKENS)
    assert await secrets.retry() is Keeping.LOCKED
    memory.trouble = lambda _: None
    assert await secrets.retry() is Keeping.KEYRING
    again = Secrets()
    assert await again.load("p", USER) == TOKENS
    again.close()


async def test_signing_out_with_a_locked_keyring_says_that_it_may_still_hold_the_cookies(
    memory: Memory, secrets: Secrets
) -> None:
    await secrets.keep("p", USER, TOKENS)
    memory.trouble = always(KeyringLocked("locked"))
    assert not await secrets.forget("p", USER)
    assert secrets.status is Keeping.LOCKED
    assert await secrets.load("p", USER) is None
    memory.trouble = lambda _: None
    assert await secrets.forget("p", USER)
    assert {ACCESS, REFRESH}.isdisjoint(memory.entries.values())


async def test_an_entry_that_will_not_go_is_not_called_deleted(memory: Memory, secrets: Secrets) -> None:
    def refuse(call: str) -> None:
        if call == "delete":
            raise PasswordDeleteError("not allowed")

    await secrets.keep("p", USER, TOKENS)
    memory.trouble = refuse
    assert not await secrets.forget("p", USER)
    assert secrets.status is Keeping.FAILED


async def test_a_silent_keyring_holds_nobody_up_and_may_answer_late() -> None:
    answer = threading.Event()

    def wait(_: str) -> None:
        answer.wait(10)

    slow = Memory(wait)
    keyring.set_keyring(slow)
    secrets = Secrets(deadline=0.05)
    assert await secrets.keep("p", USER, TOKENS) is Keeping.SILENT
    assert await secrets.load("p", USER) == TOKENS
    # Signed out before the keyring wakes up: what is written late is deleted after it.
    assert not await secrets.forget("p", USER)
    woken = asyncio.Event()
    secrets.subscribe(lambda status: woken.set() if status is Keeping.KEYRING else None)
    answer.set()
    await asyncio.wait_for(woken.wait(), 5)
    assert await secrets.users("p") == ()
    assert slow.entries == {}
    secrets.close()


async def test_the_loop_goes_on_while_the_keyring_thinks(secrets: Secrets) -> None:
    loop = threading.current_thread()
    threads: set[threading.Thread] = set()
    keyring.set_keyring(Memory(lambda _: threads.add(threading.current_thread())))
    await secrets.keep("p", USER, TOKENS)
    assert loop not in threads
    assert {thread.daemon for thread in threads} == {True}, "a keyring that never answers must not keep the program"


async def test_a_caller_who_gives_up_breaks_nothing(memory: Memory, secrets: Secrets) -> None:
    task = asyncio.create_task(secrets.keep("p", USER, TOKENS))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await secrets.load("p", USER) == TOKENS
    assert await secrets.keep("p", USER, TOKENS) is Keeping.KEYRING


async def test_a_damaged_list_of_users_is_begun_anew(memory: Memory, secrets: Secrets) -> None:
    await secrets.keep("p", USER, TOKENS)
    for text in ("{", "[1]", "{}"):
        memory.entries["yearadmin", "p//users"] = text
        again = Secrets()
        assert await again.users("p") == ()
        again.close()
    await secrets.keep("p", USER, TOKENS)
    again = Secrets()
    assert await again.users("p") == (USER,)
    again.close()


async def test_no_text_of_an_object_shows_a_cookie(memory: Memory, secrets: Secrets) -> None:
    await secrets.keep("p", USER, TOKENS)
    for shown in (repr(TOKENS), str(TOKENS), f"{TOKENS}", repr(secrets), repr(vars(secrets)), repr([TOKENS])):
        assert "access-secret" not in shown
        assert "refresh-secret" not in shown


async def test_odd_names_stay_apart(memory: Memory, secrets: Secrets) -> None:
    users = ["a/access", "a", "ü", "a b", "%61"]
    for number, user in enumerate(users):
        await secrets.keep("p", user, Tokens(f"t{number}"))
    again = Secrets()
    assert [await again.load("p", user) for user in users] == [Tokens(f"t{number}") for number in range(len(users))]
    again.close()


async def test_closing_twice_is_allowed(secrets: Secrets) -> None:
    secrets.close()
    secrets.close()
    assert await asyncio.wait_for(secrets.forget("p", USER), 5) in (True, False)
