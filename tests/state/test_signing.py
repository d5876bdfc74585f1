"""A session outlives the program in the keyring, ends with a reason, and no upload is lost by it."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest

from tests.remote.lines import SIGNED_IN, answer, said
from tests.remote.test_secrets import Memory
from yearadmin.contract.problems import ProblemCode
from yearadmin.remote.secrets import Keeping, Secrets, Tokens
from yearadmin.state.core import Core
from yearadmin.state.model import ConnectionPhase, NoticeCode, UploadStage
from yearadmin.state.signing import read_cookies, sign_in_of, sign_out_everywhere

from . import builders as b
from .scripted import YearServer, a_core, told, until
from .uploading import DISPATCH, PLANE, TEMP, accepts, csv, ready, started, steps

Phase = ConnectionPhase
WHO, RENEW, TEST_USER = "GET /v1/session", "POST /v1/session", "GET /v1/auth/login-test"
REFUSED = said({"detail": "no"}, 401)
PASTED = Tokens("a9", "r9")


def word(expires: float) -> str:
    """A token that says when it runs out; only its middle matters here."""
    claims = base64.urlsafe_b64encode(json.dumps({"exp": int(time.time() + expires)}).encode()).decode().rstrip("=")
    return f"h.{claims}.s"


@pytest.fixture
def memory() -> Iterator[Memory]:
    """A keyring in memory in place of the system's."""
    before = keyring.get_keyring()
    made = Memory()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def secrets(memory: Memory) -> Iterator[Secrets]:
    made = Secrets(deadline=2.0)
    yield made
    made.close()


def cookies_of(server: YearServer, route: str) -> list[str]:
    return [item.headers.get("cookie", "") for item in server.seen if f"{item.method} {item.path}" == route]


async def test_a_session_that_was_pasted_is_checked_kept_and_found_by_the_next_start(
    server: YearServer, tmp_path: Path, secrets: Secrets
) -> None:
    server.on(WHO, REFUSED, said(b.ADMIN))
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        assert await core.connected() is Phase.SIGNED_OUT
        assert (await core.sign_in_with(PASTED)).ok
        assert (await until(core, lambda s: s.keeping is not None)).keeping is Keeping.KEYRING
    assert await secrets.places() == (server.base,)
    other = Secrets(deadline=2.0)
    server.seen.clear()
    async with a_core(server.base, tmp_path, secrets=other) as core:
        assert await core.connected() is Phase.LIVE
    other.close()
    assert cookies_of(server, WHO)[0] == "auth_token=a9; refresh_token=r9"


async def test_a_pasted_session_that_is_refused_leaves_the_one_in_use_alone(
    server: YearServer, tmp_path: Path, secrets: Secrets
) -> None:
    server.on(TEST_USER, answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        await core.connected()
        await core.sign_in_as("calco2.backoffice.admin")
        server.on(WHO, REFUSED)
        server.on(RENEW, REFUSED)
        ended = await core.sign_in_with(PASTED)
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.NOT_SIGNED_IN
        assert core.store.state.is_live
        server.on(WHO, said(b.ADMIN))
        core.retry_now()
        await core.listed()
    assert cookies_of(server, "GET /v1/year-configuration/")[-1] == "auth_token=a1; refresh_token=r1"


async def test_a_renewed_pair_takes_the_place_of_the_one_kept(
    server: YearServer, tmp_path: Path, secrets: Secrets
) -> None:
    await secrets.keep(server.base, "1/operator", PASTED)
    server.on(WHO, REFUSED, said(b.ADMIN))
    server.on(RENEW, answer(200, "{}", headers=SIGNED_IN))
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        assert await core.connected() is Phase.LIVE
        user = core._ground.user_key
    assert await secrets.load(server.base, user) == Tokens("a1", "r1")


@pytest.mark.parametrize(
    ("left", "code"),
    [(-3600, ProblemCode.SESSION_EXPIRED), (3600, ProblemCode.SESSION_ENDED)],
    ids=["ran out", "ended"],
)
async def test_why_a_kept_session_is_no_longer_good_is_told_and_it_is_forgotten(
    server: YearServer, tmp_path: Path, secrets: Secrets, memory: Memory, left: float, code: ProblemCode
) -> None:
    await secrets.keep(server.base, "someone", Tokens(word(-7200), word(left)))
    server.on(WHO, REFUSED)
    server.on(RENEW, REFUSED)
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        assert await core.connected() is Phase.SIGNED_OUT
        problem = core.store.state.connection.problem
        assert problem is not None
        assert problem.code is code
    assert memory.entries == {}


async def test_who_never_signed_in_is_not_told_of_a_session(
    server: YearServer, tmp_path: Path, secrets: Secrets
) -> None:
    server.on(WHO, REFUSED)
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        assert await core.connected() is Phase.SIGNED_OUT
        problem = core.store.state.connection.problem
        assert problem is not None
        assert problem.code is ProblemCode.NOT_SIGNED_IN
    assert server.count(RENEW) == 0


async def test_signing_out_forgets_the_session(
    server: YearServer, tmp_path: Path, secrets: Secrets, memory: Memory
) -> None:
    await secrets.keep(server.base, "someone", PASTED)
    server.on("DELETE /v1/session", said({"message": "bye"}))
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        await core.connected()
        await until(core, lambda s: s.keeping is Keeping.KEYRING)
        server.on(WHO, REFUSED)
        assert (await core.sign_out()).ok
        state = core.store.state
        assert (state.connection.phase, state.keeping) == (Phase.SIGNED_OUT, None)
        assert state.user is not None, "what is known stays readable"
    assert memory.entries == {}


async def test_a_role_of_this_run_is_neither_kept_nor_mistaken_for_a_kept_session(
    server: YearServer, tmp_path: Path, secrets: Secrets, memory: Memory
) -> None:
    await secrets.keep("another", "someone", PASTED)
    before = dict(memory.entries)
    server.on(WHO, REFUSED, said(b.ADMIN))
    server.on(TEST_USER, answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    async with a_core(server.base, tmp_path, secrets=secrets, role="calco2.backoffice.admin") as core:
        assert await core.connected() is Phase.LIVE
    assert memory.entries == before


async def test_a_locked_keyring_is_said_and_asked_again_only_on_request(
    server: YearServer, tmp_path: Path, memory: Memory, secrets: Secrets
) -> None:
    from keyring.errors import KeyringLocked

    def locked(call: str) -> None:
        raise KeyringLocked

    memory.trouble = locked
    server.on(WHO, REFUSED, said(b.ADMIN))
    async with a_core(server.base, tmp_path, secrets=secrets) as core:
        await core.connected()
        assert (await core.sign_in_with(PASTED)).ok
        assert (await until(core, lambda s: s.keeping is not None)).keeping is Keeping.LOCKED
        calls = len(memory.calls)
        memory.trouble = lambda _: None
        await core.listed()
        assert len(memory.calls) == calls
        await core.keep_session()
        assert core.store.state.keeping is Keeping.KEYRING
    assert await Secrets().places() == (server.base,)


# --- work that meets a lost session


async def lost(core: Core, path: Path) -> None:
    """An upload has met a lost session, and the window is signed out."""
    core.spawn(core.upload(2026, PLANE, path))
    state = await until(core, lambda s: s.connection.phase is Phase.SIGNED_OUT and bool(s.uploads))
    assert state.uploads[0].stage is UploadStage.WAITING
    assert told(core) == []


@pytest.mark.parametrize("where", [TEMP, DISPATCH])
async def test_an_upload_that_met_a_lost_session_goes_on_after_the_sign_in_and_is_sent_once(
    server: YearServer, tmp_path: Path, where: str
) -> None:
    server.year(2026, b.year(2026))
    accepts(server, started(41))
    good = server.scripts[where][0]
    server.on(where, REFUSED)
    server.pipeline(b.P1, steps(b.P1, 41)[-1], *steps(b.P1, 41), end="close")
    async with a_core(server.base, tmp_path, waits_for_sign_in=True) as core:
        await ready(core)
        server.on(WHO, REFUSED)
        server.on(RENEW, REFUSED)
        await lost(core, csv(tmp_path))
        server.on(where, good)
        server.on(WHO, said(b.ADMIN))
        assert (await core.sign_in_with(PASTED)).ok
        await until(core, lambda s: s.uploads[0].stage is UploadStage.ENDED)
        assert NoticeCode.UPLOAD_REFUSED not in told(core)
    # Asked twice, and taken once: what was answered 401 was surely not done.
    assert server.count(where) == 2
    assert server.count(DISPATCH if where == TEMP else TEMP) == 1


async def test_an_upload_that_waits_can_be_cancelled_and_sends_nothing_more(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, started(41))
    server.on(DISPATCH, REFUSED)
    async with a_core(server.base, tmp_path, waits_for_sign_in=True) as core:
        await ready(core)
        server.on(WHO, REFUSED)
        await lost(core, csv(tmp_path))
        core.cancel_upload(core.store.state.uploads[0].key)
        server.on(WHO, said(b.ADMIN))
        assert (await core.sign_in_with(PASTED)).ok
        await core.loaded(2026)
        assert core.store.state.uploads[0].stage is UploadStage.CANCELLED
        assert await core._keeper.work() == ()
    assert server.count(DISPATCH) == 1


async def test_another_person_does_not_send_what_the_first_one_left(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    accepts(server, started(41))
    server.on(TEMP, REFUSED)
    async with a_core(server.base, tmp_path, waits_for_sign_in=True) as core:
        await ready(core)
        server.on(WHO, REFUSED)
        await lost(core, csv(tmp_path))
        server.on(WHO, said({**b.ADMIN, "institutional_id": "another", "id": 99, "email": "other@example.org"}))
        assert (await core.sign_in_with(PASTED)).ok
        await core.loaded(2026)
        assert core.store.state.uploads == ()
    assert server.count(TEMP) == 1


async def test_where_nobody_can_sign_in_again_the_upload_is_refused(server: YearServer, tmp_path: Path) -> None:
    server.year(2026, b.year(2026))
    server.on(TEMP, REFUSED)
    async with a_core(server.base, tmp_path) as core:
        await ready(core)
        server.on(WHO, REFUSED)
        ended = await core.upload(2026, PLANE, csv(tmp_path))
        assert ended.problem is not None
        assert ended.problem.code is ProblemCode.NOT_SIGNED_IN


# --- without a window


async def test_sign_out_everywhere_tells_each_server_and_forgets_all(
    server: YearServer, secrets: Secrets, memory: Memory
) -> None:
    server.on(WHO, said(b.ADMIN))
    server.on("DELETE /v1/session", said({"message": "bye"}))
    assert (await sign_in_of(secrets, "stage", server.base, tokens=PASTED)).email
    await secrets.keep("gone", "someone", PASTED)
    left = await sign_out_everywhere(secrets, {"stage": server.base, "gone": "http://127.0.0.1:9/v1", "empty": ""})
    by_place = {item.place: item for item in left}
    assert (by_place["stage"].users, by_place["stage"].problem) == (1, None)
    assert by_place["gone"].problem is not None
    assert all(item.forgotten for item in left)
    assert cookies_of(server, "DELETE /v1/session") == ["auth_token=a9; refresh_token=r9"]
    assert memory.entries == {}
    assert await secrets.places() == ()


async def test_a_server_of_may_is_signed_out_of_by_its_own_path(server: YearServer, secrets: Secrets) -> None:
    del server.scripts[WHO]
    server.on("POST /v1/auth/logout", said({"message": "bye"}))
    await secrets.keep(server.base, "someone", PASTED)
    left = await sign_out_everywhere(secrets, {})
    assert [(item.users, item.problem) for item in left] == [(1, None)]
    assert server.count("POST /v1/auth/logout") == 1


@pytest.mark.parametrize(
    "text",
    [
        "auth_token=a9; refresh_token=r9",
        "Cookie: other=1; auth_token=a9; refresh_token=r9; theme=dark",
        "Set-Cookie: auth_token=a9; HttpOnly; Path=/\nSet-Cookie: refresh_token=r9; HttpOnly",
        "auth_token=a9\r\nrefresh_token=r9\r\n",
        "auth_token: a9\nrefresh_token: r9",
        'auth_token\t"a9"\t127.0.0.1\t/\nrefresh_token\t"r9"\t127.0.0.1\t/',
        '[{"name": "auth_token", "value": "a9"}, {"name": "refresh_token", "value": "r9"}]',
        '{"auth_token": "a9", "refresh_token": "r9"}',
    ],
)
def test_a_session_is_read_from_what_people_copy(text: str) -> None:
    assert read_cookies(text) == PASTED


@pytest.mark.parametrize(
    "text", ["", "hello", "refresh_token=r9", "auth_token=", "auth_token: a b", "{", "[1]", "=" * 99]
)
def test_what_holds_no_session_gives_none(text: str) -> None:
    assert read_cookies(text) is None
