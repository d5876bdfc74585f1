"""The log says what happened and gives nothing away: no cookie, no token, no person, wherever they stand."""

from __future__ import annotations

import json
import logging
import os
import stat
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yearadmin import logbook as module
from yearadmin import places
from yearadmin.logbook import Activity, ActivityList, Logbook, as_line, copy_text, diagnostics, open_logbook
from yearadmin.redaction import HIDDEN, PERSONAL, Redactor

log = logging.getLogger("yearadmin.tests")
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl-_x"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Logbook]:
    opened = open_logbook(tmp_path / "log")
    yield opened
    opened.close()


def lines(book: Logbook) -> list[dict[str, object]]:
    assert book.path is not None
    return [json.loads(line) for line in book.path.read_text(encoding="utf-8").splitlines()]


def test_each_line_is_one_object_with_the_time_in_utc_and_the_request_id(book: Logbook) -> None:
    log.info("read\n%s in %d ms", "a year", 12, extra={"request_id": "0123456789ab"})
    (line,) = lines(book)
    at = datetime.fromisoformat(str(line.pop("at")))
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)
    assert line == {
        "level": "INFO",
        "logger": "yearadmin.tests",
        "message": "read\na year in 12 ms",
        "with": {"request_id": "0123456789ab"},
    }


def test_an_error_is_logged_with_its_cause_and_without_its_secret(book: Logbook) -> None:
    try:
        try:
            raise ValueError(f"token={JWT}")
        except ValueError as error:
            raise RuntimeError("sign-in failed") from error
    except RuntimeError:
        log.info("trouble", exc_info=True)
    (line,) = lines(book)
    assert "sign-in failed" in str(line["error"])
    assert "ValueError" in str(line["error"])
    assert JWT not in json.dumps(line)


def test_arguments_that_do_not_fit_do_not_stop_the_log(book: Logbook, capsys: pytest.CaptureFixture[str]) -> None:
    class Odd:
        def __str__(self) -> str:
            raise OSError(JWT)

    assert book._handler is not None
    for item in (record("%d rows", "many"), record("odd", odd=Odd()), record("after")):
        book._handler.handle(item)
    assert [line["message"] for line in lines(book)] == ["%d rows (arguments left out)", "after"]
    assert book.lines_lost == 1
    assert capsys.readouterr().err == ""


def test_other_libraries_are_heard_only_when_they_warn(book: Logbook) -> None:
    other = logging.getLogger("some.library")
    before, other.level = other.level, logging.DEBUG
    other.info("chatter")
    other.warning("careful")
    log.debug("detail")
    other.setLevel(before)
    assert [line["message"] for line in lines(book)] == ["careful"]


def test_the_log_turns_over_and_keeps_a_bounded_number_of_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FILE_BYTES", 2000)
    book = open_logbook(tmp_path / "log")
    for number in range(200):
        log.info("line %d", number)
    book.close()
    files = sorted((tmp_path / "log").iterdir())
    assert len(files) == module.FILES == len(book.files())
    assert all(path.stat().st_size <= 2000 for path in files)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "log").stat().st_mode) == 0o700
    assert "line 199" in book.files()[0].read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_leaves_a_program_without_a_log_file(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("in the way")
    book = open_logbook(tmp_path / "log")
    log.info("still running")
    book.activity.add(Activity(NOON, "GET", "/v1/session"))
    assert book.path is None
    assert book.files() == ()
    assert len(book.activity.items) == 1
    book.close()


def test_a_full_disk_loses_lines_and_nothing_else(book: Logbook, capsys: pytest.CaptureFixture[str]) -> None:
    assert book._handler is not None
    former = book._handler.setStream(os.fdopen(os.open("/dev/full", os.O_WRONLY), "w", buffering=1))
    assert former is not None
    former.close()
    log.info("lost")
    assert book.lines_lost == 1
    assert capsys.readouterr().err == ""
    book.close()


def test_closing_gives_back_what_was_changed(tmp_path: Path) -> None:
    before = (logging.getLogger("yearadmin").level, list(logging.getLogger().handlers))
    book = open_logbook(tmp_path)
    book.close()
    book.close()
    assert (logging.getLogger("yearadmin").level, list(logging.getLogger().handlers)) == before
    log.info("nobody listens")
    assert lines(book) == []


def test_the_log_lives_where_the_platform_keeps_logs(own_home: Path) -> None:
    book = open_logbook(places.log_dir(), name="window")
    assert book.path is not None
    assert own_home in book.path.parents
    assert book.path.name == "window.log"
    book.close()


# What is hidden.

SECRETS_IN_TEXT = [
    "Cookie: auth_token={0}; refresh_token={0}",
    "set-cookie: auth_token={0}; HttpOnly; Path=/",
    "{{'cookie': 'a={0}; b={0}', 'accept': '*/*'}}",
    "('authorization', 'Bearer {0}')",
    "(b'cookie', b'auth_token={0}')",
    "Authorization: Basic {0}",
    "sent bearer {0} to it",
    "GET /v1/auth/callback?code={0}&state={0}",
    "https://me:{0}@host.example.org/v1",
    "/v1/x?access_token={0}#id_token={0}",
    '{{"refresh_token": "{0}", "year": 2026}}',
    '{{"outer": {{"api_key": "{0}"}}}}',
    'body was "{{\\"password\\": \\"{0}\\"}}"',
    "password={0}",
    "client_secret: {0}",
    "my-session-token = '{0}'",
    "redirect%3Ftoken%3D{0}",
    "{{'auth_token': {{'value': ['{0}']}}}}",
    "a-very-long-name-that-holds-a-token-somewhere-in-it-and-goes-on={0}",
    "X-Api-Key: {0}",
]
# What a cookie value may hold, less what could not be told from the words around it.
OPAQUE = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.~", min_size=12, max_size=90).filter(
    lambda text: text[0].isalnum() and any(sign.isdigit() for sign in text)
)
URL_SAFE = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=8, max_size=200)
TOKENS = st.builds("eyJ{}.eyJ{}.{}".format, URL_SAFE, URL_SAFE, URL_SAFE)
ANY_SECRET = st.text(min_size=8, max_size=60).filter(lambda text: text not in HIDDEN + PERSONAL)


def record(message: object, *args: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("yearadmin.x", logging.INFO, "x.py", 1, message, args, None)
    vars(made).update(extra)
    return made


def written(redactor: Redactor, item: logging.LogRecord) -> str:
    return module._Lines(redactor).format(item)


@pytest.mark.parametrize("sentence", SECRETS_IN_TEXT)
@given(secret=st.one_of(OPAQUE, TOKENS))
@settings(max_examples=40, deadline=None)
def test_a_secret_with_its_name_survives_in_no_sentence(sentence: str, secret: str) -> None:
    said = sentence.format(secret)
    redactor = Redactor()
    for item in (record(said), record("got %s", said), record("x", body=said), record("x", deep=[{"in": (said,)}])):
        assert secret not in written(redactor, item)
        assert secret[:12] not in written(redactor, item)


NAMES = st.sampled_from(
    ["Cookie", "set-cookie", "Authorization", "auth_token", "refreshToken", "access_token", "password", "X-Api-Key"]
)


def placed(secret: st.SearchStrategy[str]) -> st.SearchStrategy[object]:
    """Structures that hold a secret under a name that says so, at any depth, beside anything else."""
    named = st.tuples(NAMES, secret)
    holders = st.one_of(
        named.map(lambda pair: {pair[0]: pair[1]}),
        named.map(list),
        named.map(lambda pair: [pair[0].encode(), pair[1].encode()]),
        named.map(lambda pair: json.dumps({"n": 1, pair[0]: pair[1]})),
        named.map(lambda pair: {pair[0]: {"value": [pair[1]]}}),
    )
    return st.recursive(
        holders,
        lambda inner: st.one_of(
            st.tuples(inner, st.integers()).map(list),
            st.tuples(st.text(max_size=5), inner).map(lambda pair: {pair[0]: pair[1], "other": None}),
        ),
        max_leaves=4,
    )


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_secret_survives_in_no_structure(data: st.DataObject) -> None:
    secret = data.draw(st.one_of(OPAQUE, TOKENS))
    where = data.draw(placed(st.just(secret)))
    redactor = Redactor()
    for item in (record("x", body=where), record("got %s", where), record(where)):
        assert secret not in written(redactor, item)
    noted = ActivityList(redactor).add(
        Activity(NOON, "GET", f"/v1/x?token={secret}", words=json.dumps(where, default=str))
    )
    assert secret not in repr(noted)


@given(secret=TOKENS, before=st.text(max_size=8), after=st.text(max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_signed_token_is_known_by_its_looks_wherever_it_stands(secret: str, before: str, after: str) -> None:
    said = f"{before} {secret} {after}"
    redactor = Redactor()
    for item in (record(said), record("%s", said), record("x", a=said), record("x", a={secret: [said]})):
        shown = written(redactor, item)
        assert secret not in shown
        assert f".{secret.split('.')[2]}" not in shown


@given(secret=ANY_SECRET, around=st.text(max_size=10))
@settings(max_examples=200, deadline=None)
def test_a_secret_in_use_survives_nowhere_in_no_spelling(secret: str, around: str) -> None:
    redactor = Redactor()
    redactor.learn(secret)
    said = f"{around}{secret}{around}"
    error = ValueError(said)
    items = [
        record(said),
        record("%s and %r", said, said),
        record("x", body={"k": [said], said: 1}),
        record("x", body=json.dumps({"k": said})),
        record("x", body=json.dumps(json.dumps(said))),
        record(f"/v1/x?q={quote(secret, safe='')}"),
    ]
    items[0].exc_info = (ValueError, error, None)
    for item in items:
        shown = written(redactor, item)
        assert secret not in json.dumps(json.loads(shown), ensure_ascii=False) or secret in HIDDEN
        for text in texts(json.loads(shown)):
            assert secret not in text
            assert quote(secret, safe="") not in text or quote(secret, safe="") in HIDDEN


def texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def test_people_are_left_out_of_bodies() -> None:
    body = {
        "id": 4,
        "email": "ann.smith@example.org",
        "display_name": "Ann Smith",
        "institutional_id": "123456",
        "roles_raw": [{"role": "calco2.backoffice.admin"}],
        "created_by": {"user_id": 4, "name": "Ann Smith"},
        "job": {"meta": {"created_by": {"name": "Ann Smith"}}, "name": "equipment.csv"},
        "people": [{"user_id": 5, "name": "Ann Smith"}],
    }
    redactor = Redactor()
    for shown in (
        json.dumps(redactor.value(body)),
        json.dumps(redactor.value(json.dumps(body))),
        redactor.text(f"the answer was {json.dumps(body)}"),
        redactor.text("asked for ann.smith@example.org, ann.smith%40example.org, display_name='Ann Smith'"),
    ):
        assert "ann.smith" not in shown.lower()
        assert "123456" not in shown
    assert redactor.value({"name": "equipment.csv", "rows": 3}) == {"name": "equipment.csv", "rows": 3}
    assert "Ann" not in json.dumps(redactor.value(body))


@pytest.mark.parametrize(
    "said",
    [
        "GET /v1/year-configuration/2026 200 in 12 ms",
        "/v1/sync/jobs?state=FINISHED&year=2026&limit=20",
        "6a1d0d5e-6a5b-4c5d-9f10-0123456789ab RUNNING to FINISHED",
        "Row 3: unit 10208 is not known",
        "POST /v1/session 401 a1b2c3d4e5f6",
        "GET /v1/sessions 200",
        "author: nobody; authors are many",
        "https://calculator.example.org/api/v1",
    ],
)
def test_what_is_no_secret_stays_readable(said: str) -> None:
    assert Redactor().text(said) == said


def test_the_name_of_the_operators_home_is_left_out(own_home: Path) -> None:
    assert Redactor().text(f"{own_home}/data/cache.sqlite") == "~/data/cache.sqlite"


def test_a_redactor_does_not_show_what_it_knows() -> None:
    redactor = Redactor()
    redactor.learn("a very secret word", "short")
    assert "secret" not in repr(redactor)
    assert redactor.text("a very secret word, in short") == f"{HIDDEN}, in short"


def test_huge_and_odd_values_are_cut_short() -> None:
    redactor = Redactor()
    endless: list[object] = []
    endless.append(endless)
    assert len(json.dumps(redactor.value(endless))) < 100
    assert len(redactor.text("ab " * 100_000)) < 10_000
    assert redactor.value(b"\x00" * 500) == "(500 bytes)"
    assert redactor.value([1, 2.5, True, None, {3}]) == [1, 2.5, True, None, [3]]


@pytest.mark.parametrize(
    "piece", ["a", "a-", "a.", "token", "token=", "&a", "://a", "a@", '"', "\\", "cookie ", "eyJa", "x='"]
)
def test_no_text_takes_long(piece: str) -> None:
    begun = time.thread_time()
    Redactor().text(piece * (200_000 // len(piece)))
    assert time.thread_time() - begun < 1.0


# The activity list.


def exchange(number: int, **more: object) -> Activity:
    fields = {"status": 200, "milliseconds": 12.4, "received": 345, "request_id": f"id{number}", **more}
    return Activity(NOON + timedelta(seconds=number), "GET", f"/v1/year-configuration/{2000 + number}", **fields)  # type: ignore[arg-type]


def test_the_activity_list_holds_the_latest_exchanges_and_tells_whoever_listens() -> None:
    activity = ActivityList(Redactor(), most=3)
    heard: list[Activity] = []
    stop = activity.subscribe(heard.append)
    for number in range(5):
        activity.add(exchange(number))
    stop()
    stop()
    activity.add(exchange(5))
    assert [item.request_id for item in activity.items] == ["id3", "id4", "id5"]
    assert [item.request_id for item in heard] == ["id0", "id1", "id2", "id3", "id4"]
    activity.clear()
    assert activity.items == ()


def test_the_activity_list_can_be_searched_and_copied() -> None:
    activity = ActivityList(Redactor())
    activity.add(exchange(1))
    activity.add(exchange(2, status=None, failure="lost_answer"))
    activity.add(exchange(3, status=409, words="Year\nexists"))
    assert [item.request_id for item in activity.matching("")] == ["id1", "id2", "id3"]
    assert [item.request_id for item in activity.matching("get LOST")] == ["id2"]
    assert [item.request_id for item in activity.matching("2003 409")] == ["id3"]
    assert as_line(activity.items[0]) == (
        "2026-07-01T12:00:01.000Z\tGET\t/v1/year-configuration/2001\t200\t12 ms\t345 B\tid1"
    )
    assert copy_text(activity.items).count("\n") == 3


def test_each_exchange_is_in_the_log_too(book: Logbook) -> None:
    book.activity.add(exchange(1, sent=7))
    (line,) = lines(book)
    assert line["message"] == "GET /v1/year-configuration/2001 200"
    assert line["with"] == {
        "method": "GET",
        "path": "/v1/year-configuration/2001",
        "status": 200,
        "milliseconds": 12.4,
        "sent": 7,
        "received": 345,
        "request_id": "id1",
    }


# Diagnostics.


def test_a_bundle_shows_what_is_in_it_and_writes_just_that(book: Logbook, tmp_path: Path) -> None:
    log.info("begun")
    book.activity.add(exchange(1))
    bundle = diagnostics(book, {"language": "fr", "profiles": [{"name": "Stage", "careful": True}]}, now=NOON)
    parts = {part.name: part for part in bundle.parts}
    assert list(parts) == ["about.json", "settings.json", "activity.txt", "log/yearadmin.log"]
    about = json.loads(parts["about.json"].text)
    assert about["made_at"] == "2026-07-01T12:00:00.000Z"
    assert {"yearadmin", "python", "system", "libraries"} <= set(about)
    assert "httpx" in about["libraries"]
    assert json.loads(parts["settings.json"].text)["profiles"] == [{"name": "Stage", "careful": True}]
    assert "begun" in parts["log/yearadmin.log"].text
    assert list(tmp_path.glob("*.zip")) == []
    target = tmp_path / "diagnostics.zip"
    bundle.write(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            part.name: part.content for part in bundle.parts
        }
        assert [info.file_size for info in archive.infolist()] == [part.size for part in bundle.parts]


def test_a_bundle_hides_what_was_not_known_to_be_secret_when_it_was_logged(book: Logbook) -> None:
    log.info("the word is xyzzy-plugh", extra={"more": "xyzzy-plugh"})
    assert "xyzzy-plugh" in json.dumps(lines(book))
    assert book.path is not None
    with book.path.open("a", encoding="utf-8") as file:
        file.write("{ a line cut short: xyzzy-plugh")
    book.redactor.learn("xyzzy-plugh")
    bundle = diagnostics(book, {"note": "xyzzy-plugh", "token": "abc"}, now=NOON)
    whole = b"".join(part.content for part in bundle.parts)
    assert b"xyzzy" not in whole
    assert b'"token": "abc"' not in whole


def test_a_bundle_that_cannot_be_written_leaves_nothing_behind(book: Logbook, tmp_path: Path) -> None:
    bundle = diagnostics(book, {}, now=NOON)
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match="taken"):
        bundle.write(tmp_path / "taken")
    assert sorted(os.listdir(tmp_path)) == ["log", "taken"]
