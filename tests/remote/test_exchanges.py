"""Every exchange is told once with its facts, and the session's cookies can be taken out and put in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.logbook import Activity
from yearadmin.remote.api import Api
from yearadmin.remote.eventstream import ServerEvent
from yearadmin.remote.secrets import Tokens
from yearadmin.remote.transport import Transport

from .conftest import FAST
from .lines import SIGNED_IN, ScriptedServer, answer, events, hang_up, said

LIST = "GET /v1/year-configuration/"


async def test_each_exchange_is_told_with_its_facts(server: ScriptedServer, tmp_path: Path) -> None:
    told: list[Activity] = []
    api = Api(Transport(server.base, pace=FAST, on_exchange=told.append))
    server.on(LIST, said([]))
    server.on("PATCH /v1/year-configuration/2026", said({"detail": "bad goal"}, 422))
    server.on("POST /v1/year-configuration/2027", hang_up)
    server.on("POST /v1/files/temp-upload", said([{"name": "a.csv", "path": "tmp/1/a.csv", "is_file": True}]))
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 1000)
    try:
        await api.list_years()
        with pytest.raises(ProblemError):
            await api.patch_year(2026, {"is_started": True})
        with pytest.raises(ProblemError):
            await api.create_year(2027)
        await api.temp_upload(path, "a.csv", lambda sent, size: None)
    finally:
        await api.aclose()
    assert [(item.method, item.path, item.status, item.failure) for item in told] == [
        ("GET", "/v1/year-configuration/", 200, ""),
        ("PATCH", "/v1/year-configuration/2026", 422, "refused"),
        ("POST", "/v1/year-configuration/2027", None, "lost_answer"),
        ("POST", "/v1/files/temp-upload", 200, ""),
    ]
    assert told[1].words == "bad goal"
    assert told[1].sent == len(server.seen[1].body)
    assert told[0].received == 2
    assert told[3].sent == server.seen[3].size > 4000
    assert [item.request_id for item in told] == [seen.headers["x-request-id"] for seen in server.seen]
    assert all(item.milliseconds is not None and 0 < item.milliseconds < 5000 for item in told)


async def test_a_stream_is_told_when_it_opens_and_when_it_breaks(server: ScriptedServer) -> None:
    told: list[Activity] = []
    api = Api(Transport(server.base, pace=FAST, on_exchange=told.append))
    server.on("GET /v1/s", events(b"data: 1\n\n", end="cut"))
    seen: list[ServerEvent] = []

    async def follow() -> None:
        async for event in api.stream("/s"):
            assert event.data == "1"
            seen.append(event)

    try:
        with pytest.raises(ProblemError):
            await follow()
    finally:
        await api.aclose()
    assert len(seen) == 1
    assert [(item.status, item.failure, item.received) for item in told] == [(200, "", 0), (200, "stream_lost", 9)]


async def test_a_query_is_never_told(server: ScriptedServer) -> None:
    told: list[Activity] = []
    transport = Transport(server.base, pace=FAST, on_exchange=told.append)
    await transport.sign_in("/auth/login-test", {"role": "secret"})
    await transport.aclose()
    assert [item.path for item in told] == ["/v1/auth/login-test"]
    assert "secret" not in str(told)


@pytest.mark.parametrize("early", [True, False])
async def test_a_session_kept_elsewhere_is_used_and_its_renewal_told(server: ScriptedServer, early: bool) -> None:
    kept: list[Tokens | None] = []
    transport = Transport(server.base, pace=FAST, on_tokens=kept.append)
    api = Api(transport)
    server.on(LIST, said([]), said({"detail": "expired"}, 401), said([]))
    renewed = {"Set-Cookie": "auth_token=a2; Path=/; HttpOnly\r\nSet-Cookie: refresh_token=r2; Path=/; HttpOnly"}
    server.on("POST /v1/session", said({"message": "ok"}, headers=renewed))
    try:
        assert transport.tokens() is None
        if not early:
            await api.list_years()
        transport.take(Tokens("a1", "r1"))
        assert transport.tokens() == Tokens("a1", "r1")
        if early:
            await api.list_years()
        await api.list_years()
        assert transport.tokens() == Tokens("a2", "r2")
        assert kept == [Tokens("a2", "r2")]
        cookies = [seen.headers.get("cookie") for seen in server.seen]
        assert cookies[-1] == "auth_token=a2; refresh_token=r2"  # the new pair alone
        assert cookies[-2] == "auth_token=a1; refresh_token=r1"
        transport.forget_session()
        assert transport.tokens() is None
        assert kept[-1] is None
    finally:
        await api.aclose()


async def test_signing_in_tells_the_pair(server: ScriptedServer) -> None:
    kept: list[Tokens | None] = []
    api = Api(Transport(server.base, pace=FAST, on_tokens=kept.append))
    server.on("GET /v1/auth/login-test", answer(302, headers={"Location": "http://elsewhere/", **SIGNED_IN}))
    await api.login_test("calco2.backoffice.admin")
    await api.aclose()
    assert kept == [Tokens("a1", "r1")]
    assert "a1" not in repr(kept)


async def test_a_new_session_put_in_meanwhile_is_worth_the_second_try(server: ScriptedServer) -> None:
    transport = Transport(server.base, pace=FAST)
    api = Api(transport)
    server.on("POST /v1/session", said({"detail": "no"}, 401))
    server.on(LIST, said({"detail": "expired"}, 401), said([]))
    try:
        transport.take(Tokens("old", "old"))
        with pytest.raises(ProblemError) as caught:
            await api.list_years()
        assert caught.value.problem.code is ProblemCode.NOT_SIGNED_IN
        transport.take(Tokens("new", "new"))
        await api.list_years()
        await asyncio.sleep(0)
    finally:
        await api.aclose()
