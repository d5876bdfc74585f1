"""What an operator is told when the network or the server misbehaves, and that nothing is sent twice."""

from __future__ import annotations

import asyncio
import logging
import socket
import subprocess
import sys
from collections.abc import Awaitable
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.remote.api import Api
from yearadmin.remote.failures import Reply, failure_of, retry_after_of
from yearadmin.remote.transport import Transport

from .conftest import FAST
from .lines import SIGNED_IN, Line, ScriptedServer, answer, hang_up, reset, said, silence

YEAR = "/v1/year-configuration/2026"
BODY = {"year": 2026, "is_started": False, "configuration_completed": None, "updated_at": "2026-07-01T08:00:00"}
HTML = "<!doctype html><title>Bad gateway</title>"


async def problem_of(action: Awaitable[object]) -> Problem:
    with pytest.raises(ProblemError) as caught:
        await action
    return caught.value.problem


ANSWERS = [
    (said({"detail": "no such year"}, 404), ProblemCode.NOT_FOUND, "no such year"),
    (said({"detail": "there already"}, 409), ProblemCode.CONFLICT, "there already"),
    (said({"detail": "not you"}, 403), ProblemCode.FORBIDDEN, "not you"),
    (said({"detail": "not a csv"}, 415), ProblemCode.NOT_CSV, "not a csv"),
    (said({"detail": "bad goal"}, 400), ProblemCode.REFUSED, "bad goal"),
    (said({"detail": {"errors": ["Row 2", "Row 3"]}}, 422), ProblemCode.REFUSED, "Row 2\nRow 3"),
    (answer(500, "Internal Server Error", "text/plain"), ProblemCode.SERVER_ERROR, "Internal Server Error"),
    (said({"detail": "it broke"}, 500), ProblemCode.SERVER_ERROR, "it broke"),
    (answer(413, HTML, "text/html"), ProblemCode.TOO_LARGE, HTML),
    (answer(503, HTML, "text/html"), ProblemCode.BUSY, HTML),
    (answer(504, HTML, "text/html"), ProblemCode.SERVER_ERROR, HTML),
    (answer(200, HTML, "text/html"), ProblemCode.NOT_THE_SERVER, HTML),
    (answer(404, HTML, "text/html"), ProblemCode.NOT_THE_SERVER, HTML),
    (answer(404, "404 page not found", "text/plain"), ProblemCode.NOT_THE_SERVER, "404 page not found"),
    (answer(302, "", None, {"Location": "http://elsewhere/login"}), ProblemCode.NOT_THE_SERVER, ""),
    (answer(200, '{"year": "x"}'), ProblemCode.UNREADABLE, '{"year": "x"}'),
    (answer(200, '{"year": 20'), ProblemCode.UNREADABLE, '{"year": 20'),
    (answer(200, ""), ProblemCode.UNREADABLE, ""),
]


@pytest.mark.parametrize(("sent", "code", "words"), ANSWERS)
async def test_every_bad_answer_to_a_save_has_its_own_name_and_keeps_the_servers_words(
    server: ScriptedServer, api: Api, sent: bytes, code: ProblemCode, words: str
) -> None:
    server.on(f"PATCH {YEAR}", sent)
    problem = await problem_of(api.patch_year(2026, {"is_started": True}))
    assert (problem.code, problem.server_words) == (code, words)
    assert problem.request == f"PATCH {YEAR}"
    assert problem.request_id == server.seen[0].headers["x-request-id"]
    assert server.count(f"PATCH {YEAR}") == 1


async def test_a_list_of_complaints_is_readable_line_by_line(server: ScriptedServer, api: Api) -> None:
    detail = [
        {"type": "value_error", "loc": ["body", "config", "modules", "1"], "msg": "Value error, no threshold here"},
        {"type": "missing", "loc": [], "msg": "Field required"},
        "odd",
    ]
    server.on(f"PATCH {YEAR}", said({"detail": detail}, 422))
    problem = await problem_of(api.patch_year(2026, {}))
    assert problem.errors == ("body.config.modules.1: Value error, no threshold here", "Field required", "odd")


async def test_a_traceback_of_any_length_is_trimmed_but_never_dropped(server: ScriptedServer, api: Api) -> None:
    server.on(f"PATCH {YEAR}", answer(500, "é" * 9000, "text/plain; charset=utf-8"))
    assert (await problem_of(api.patch_year(2026, {}))).server_words == "é" * 4000


async def test_unknown_fields_and_an_absent_completion_are_read_without_complaint(
    server: ScriptedServer, api: Api
) -> None:
    server.on(f"GET {YEAR}", said({"year": 2026, "new": {"x": 1}, "config": {"modules": {"1": {"odd": 1}}}}))
    got = await api.get_year(2026)
    assert got.value.provisioned == "unknown"
    assert got.raw.startswith('{"year": 2026, "new"')
    assert abs((datetime.now(UTC) - got.fetched_at).total_seconds()) < 60


@pytest.mark.parametrize(("state", "result"), [("FINISHED", "WARNING"), (3, 1), ("3", "1")])
async def test_states_are_read_as_names_or_as_numbers(
    server: ScriptedServer, api: Api, state: object, result: object
) -> None:
    job = {"job_id": 1, "state": state, "result": result}
    server.on("GET /v1/sync/pipelines/p", said({"pipeline_id": None, "jobs": [job]}))
    (got,) = (await api.pipeline("p")).jobs
    assert (got.state, got.result) == (3, 1)


async def test_a_server_that_is_not_there_is_unreachable_and_a_save_is_tried_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = Api(Transport(f"http://127.0.0.1:{port}/v1", pace=FAST))
    try:
        assert (await problem_of(api.get_year(2026))).code is ProblemCode.UNREACHABLE
        assert (await problem_of(api.create_year(2026))).code is ProblemCode.UNREACHABLE
        assert await api.healthy() is False
    finally:
        await api.aclose()


@pytest.mark.parametrize(
    "url", ["", "example.org/v1", "ftp://x/v1", "http:///v1", "http://x:99999/v1", "http://a:s@x/"]
)
def test_an_address_that_cannot_be_one_is_refused_at_once_without_its_password(url: str) -> None:
    with pytest.raises(ProblemError) as caught:
        Transport(url)
    assert caught.value.problem.code is ProblemCode.UNREACHABLE
    assert "a:s" not in caught.value.problem.subject


@pytest.mark.parametrize(
    "broken",
    [
        hang_up,
        reset,
        silence,
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{",
        b"?",
    ],
)
async def test_a_save_whose_answer_is_lost_says_so_and_is_never_sent_again(
    server: ScriptedServer, api: Api, broken: bytes
) -> None:
    async def cut(line: Line) -> None:
        await line.send(broken)
        line.hang_up()

    server.on(f"POST {YEAR}", cut if isinstance(broken, bytes) else broken)
    problem = await problem_of(api.create_year(2026))
    assert problem.code is ProblemCode.LOST_ANSWER
    assert problem.may_have_acted
    assert server.count(f"POST {YEAR}") == 1


async def test_a_read_on_a_connection_reset_before_its_answer_succeeds_unnoticed(
    server: ScriptedServer, api: Api
) -> None:
    server.on(f"GET {YEAR}", said(BODY), reset, said(BODY))
    await api.get_year(2026)
    assert (await api.get_year(2026)).value.year == 2026
    assert server.count(f"GET {YEAR}") == 3


async def test_a_save_on_a_kept_connection_that_is_reset_is_a_lost_answer(server: ScriptedServer, api: Api) -> None:
    server.on(f"GET {YEAR}", said(BODY))
    server.on(f"PATCH {YEAR}", reset)
    await api.get_year(2026)
    assert (await problem_of(api.patch_year(2026, {}))).code is ProblemCode.LOST_ANSWER
    assert server.count(f"PATCH {YEAR}") == 1
    assert server.connections == 1


async def test_a_read_that_gets_no_answer_times_out_once(server: ScriptedServer, api: Api) -> None:
    server.on(f"GET {YEAR}", silence)
    assert (await problem_of(api.get_year(2026))).code is ProblemCode.TIMED_OUT
    assert server.count(f"GET {YEAR}") == 1


async def test_something_that_speaks_no_http_is_not_the_server(server: ScriptedServer, api: Api) -> None:
    server.on(f"GET {YEAR}", b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    assert (await problem_of(api.get_year(2026))).code is ProblemCode.NOT_THE_SERVER


@pytest.mark.parametrize(("status", "asked"), [(429, 3), (502, 3), (503, 3), (504, 3), (500, 1), (501, 1), (409, 1)])
async def test_only_a_busy_server_is_asked_again_and_at_most_twice(
    server: ScriptedServer, api: Api, status: int, asked: int
) -> None:
    server.on(f"GET {YEAR}", said({"detail": "later"}, status))
    await problem_of(api.get_year(2026))
    assert server.count(f"GET {YEAR}") == asked


async def test_a_busy_server_may_say_when_to_come_back(server: ScriptedServer, api: Api) -> None:
    server.on(f"GET {YEAR}", said({"detail": "x"}, 503, {"Retry-After": "1"}), said(BODY))
    server.on(f"POST {YEAR}", said({"detail": "x"}, 429, {"Retry-After": "7200"}))
    loop = asyncio.get_running_loop()
    began = loop.time()
    assert (await api.get_year(2026)).value.year == 2026
    assert loop.time() - began >= 0.95
    problem = await problem_of(api.create_year(2026))
    assert (problem.code, problem.retry_after) == (ProblemCode.BUSY, 60.0)
    assert server.count(f"POST {YEAR}") == 1


def test_a_time_to_come_back_is_read_as_seconds_or_as_a_date() -> None:
    now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
    late = format_datetime(datetime(2026, 7, 1, 12, 0, 20, tzinfo=UTC), usegmt=True)
    past = format_datetime(datetime(2026, 7, 1, 11, 0, tzinfo=UTC), usegmt=True)
    given = ["5", late, past, "soon", "", None, "-3", "9" * 40]
    assert [retry_after_of(value, now) for value in given] == [5.0, 20.0, 0.0, None, None, None, None, 60.0]


async def test_five_requests_refused_at_once_share_one_renewal(server: ScriptedServer, signed_in: Api) -> None:
    renewed = False

    async def year(line: Line) -> None:
        fresh = "auth_token=a2" in line.request.headers.get("cookie", "")
        await line.send(said(BODY) if fresh else said({"detail": "expired"}, 401))

    async def renew(line: Line) -> None:
        nonlocal renewed
        assert not renewed
        renewed = True
        await asyncio.sleep(0.05)  # so that the others are refused meanwhile
        await line.send(said({"message": "ok"}, headers={"Set-Cookie": "auth_token=a2; Path=/"}))

    server.on(f"GET {YEAR}", year)
    server.on("POST /v1/session", renew)
    got = await asyncio.gather(*(signed_in.get_year(2026) for _ in range(5)))
    assert [item.value.year for item in got] == [2026] * 5
    assert server.count("POST /v1/session") == 1
    assert server.count(f"GET {YEAR}") == 10
    assert signed_in.era == "july"


async def test_a_save_refused_for_an_expired_session_is_sent_once_more_after_the_renewal(
    server: ScriptedServer, signed_in: Api
) -> None:
    server.on(f"POST {YEAR}", said({"detail": "expired"}, 401), said(BODY, 201))
    server.on("POST /v1/session", said({"message": "ok"}))
    assert (await signed_in.create_year(2026)).value.year == 2026
    assert server.count(f"POST {YEAR}") == 2
    assert server.seen[-1].json == {"is_started": False}


async def test_a_second_refusal_or_a_failed_renewal_asks_to_sign_in_again(
    server: ScriptedServer, signed_in: Api
) -> None:
    server.on(f"PATCH {YEAR}", said({"detail": "expired"}, 401))
    server.on("POST /v1/session", said({"message": "ok"}), said({"detail": "expired too"}, 401))
    for asked in (2, 3):
        assert (await problem_of(signed_in.patch_year(2026, {}))).code is ProblemCode.NOT_SIGNED_IN
        assert server.count(f"PATCH {YEAR}") == asked


async def test_failed_renewal_is_shared_by_all_who_waited(server: ScriptedServer, signed_in: Api) -> None:
    server.on(f"GET {YEAR}", said({"detail": "expired"}, 401))
    server.on("POST /v1/session", said({"detail": "expired too"}, 401))
    got = await asyncio.gather(*(problem_of(signed_in.get_year(2026)) for _ in range(5)))
    assert {item.code for item in got} == {ProblemCode.NOT_SIGNED_IN}
    assert server.count("POST /v1/session") == 1


async def test_a_server_of_may_is_renewed_by_its_own_path(server: ScriptedServer, signed_in: Api) -> None:
    server.on(f"GET {YEAR}", said({"detail": "expired"}, 401), said(BODY))
    server.on("POST /v1/auth/refresh", said({"message": "ok"}))
    assert (await signed_in.get_year(2026)).value.year == 2026
    assert signed_in.era == "may"


@pytest.mark.parametrize("broken", [hang_up, answer(500, "oops", "text/plain")])
async def test_a_save_whose_renewal_breaks_was_surely_not_carried_out(
    server: ScriptedServer, signed_in: Api, broken: bytes
) -> None:
    server.on(f"POST {YEAR}", said({"detail": "expired"}, 401))
    server.on("POST /v1/session", broken)
    assert not (await problem_of(signed_in.create_year(2026))).may_have_acted
    assert server.count(f"POST {YEAR}") == 1


async def test_without_any_cookie_no_renewal_is_tried(server: ScriptedServer, api: Api) -> None:
    server.on(f"GET {YEAR}", said({"detail": "who?"}, 401))
    assert (await problem_of(api.get_year(2026))).code is ProblemCode.NOT_SIGNED_IN
    assert len(server.seen) == 1


async def test_an_error_caused_by_an_unreadable_cookie_asks_to_sign_in_again(
    server: ScriptedServer, signed_in: Api
) -> None:
    server.on(f"GET {YEAR}", answer(500, "Internal Server Error", "text/plain"))
    server.on("GET /v1/session", said({"detail": "bad cookie"}, 401), said({"id": 1, "permissions": {}}))
    assert (await problem_of(signed_in.get_year(2026))).code is ProblemCode.NOT_SIGNED_IN
    assert (await problem_of(signed_in.get_year(2026))).code is ProblemCode.SERVER_ERROR
    assert server.count("GET /v1/session") == 2


async def test_a_proxys_own_sign_in_page_renews_nothing(server: ScriptedServer, signed_in: Api) -> None:
    server.on(f"GET {YEAR}", answer(401, HTML, "text/html"))
    assert (await problem_of(signed_in.get_year(2026))).code is ProblemCode.NOT_THE_SERVER
    assert server.count("POST /v1/session") == 0


async def test_cookies_and_query_secrets_stay_out_of_logs_and_errors(
    server: ScriptedServer, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.on("GET /v1/auth/login-test", answer(302, headers=SIGNED_IN))
    server.on(f"GET {YEAR}", answer(500, "oops", "text/plain", {"Set-Cookie": "auth_token=s3cret; Path=/"}))
    await api.login_test("a-role")
    problem = await problem_of(api.get_year(2026))
    everything = caplog.text + repr(problem) + str(ProblemError(problem))
    assert "s3cret" not in everything
    assert "a-role" not in everything
    assert "auth_token=a1" not in everything


async def test_a_closed_client_asks_nothing_more(server: ScriptedServer, api: Api) -> None:
    await api.aclose()
    await api.aclose()
    assert (await problem_of(api.get_year(2026))).code is ProblemCode.CANCELLED
    assert server.seen == []


async def test_the_program_names_itself(server: ScriptedServer, api: Api) -> None:
    server.on(f"GET {YEAR}", said(BODY))
    await api.get_year(2026)
    assert server.seen[0].headers["user-agent"].startswith("yearadmin/")


def test_the_network_floor_loads_without_the_http_library() -> None:
    code = "import sys, yearadmin.remote.api, yearadmin.remote.follow; print('httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_answer_without_a_media_type_is_judged_by_its_body() -> None:
    reply = Reply(404, "", '{"detail": "x"}', "GET /x", "1", datetime.now(UTC))
    failure = failure_of(reply)
    assert failure is not None
    assert failure.problem.code is ProblemCode.NOT_FOUND
