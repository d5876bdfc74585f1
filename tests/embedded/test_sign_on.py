"""An institution's sign-on from the first page to the session, against an issuer of the suite's own."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from tests.issuer import Issuer, Lie

from .backends import ADMIN, METIER, PRINCIPAL, Backend

Start = Callable[..., Backend]


@pytest.fixture(scope="module")
def issuer() -> Iterator[Issuer]:
    with Issuer(auto="anna") as running:
        yield running


@pytest.fixture(autouse=True)
def _honest(issuer: Issuer) -> None:
    issuer.lie, issuer.auto, issuer.claims_in_token = Lie.NOTHING, "anna", True


@pytest.fixture(scope="module")
def site(issuer: Issuer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A backend that signs people on at the issuer."""
    from tests.backend_process import BackendProcess

    folder = tmp_path_factory.mktemp("site")
    process = BackendProcess()
    process.start(folder / "data", "--oidc-config", str(issuer.write_config(folder / "sign-on.toml")), demo=False)
    yield Backend(process, folder / "data")
    process.stop()
    assert process.errors == ""


@pytest.fixture
def browser(site: Backend) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.process.base_url, timeout=20) as client:
        yield client


def to_issuer(browser: httpx.Client) -> str:
    """Begin; where the browser is sent."""
    answer = browser.get("/auth/login")
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def back(browser: httpx.Client) -> str:
    """Begin and sign in at the issuer; the address it sends the browser back to."""
    answer = httpx.get(to_issuer(browser))
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def test_the_whole_way_ends_signed_in_with_the_mapped_role(site: Backend, browser: httpx.Client) -> None:
    answer = browser.get(back(browser))
    assert answer.status_code == 302
    assert answer.headers["location"] == site.process.base_url.removesuffix("/v1") + "/"
    cookies = {line.split("=")[0]: line for line in answer.headers.get_list("set-cookie")}
    assert set(cookies) == {"auth_token", "refresh_token", "session"}
    assert all("HttpOnly" in line and "SameSite=lax" in line for line in cookies.values())
    assert "Max-Age=0" in cookies["session"]
    user = browser.get("/session").json()
    assert (user["email"], user["display_name"], user["provider"]) == ("anna.keller@example.org", "Anna Keller", 1)
    assert user["institutional_id"] == "subject-anna"
    assert user["roles_raw"] == [{"role": ADMIN, "on": {"kind": "global"}}]
    assert browser.post("/year-configuration/2901").status_code == 201
    assert browser.post("/session").status_code == 200


def test_the_way_there_carries_all_that_protects_it(issuer: Issuer, browser: httpx.Client) -> None:
    there = urlsplit(to_issuer(browser))
    query = {key: values[0] for key, values in parse_qs(there.query).items()}
    assert f"{there.scheme}://{there.netloc}" == issuer.url
    assert query["response_type"] == "code"
    assert query["code_challenge_method"] == "S256"
    assert min(len(query["state"]), len(query["nonce"]), len(query["code_challenge"])) >= 43
    assert query["redirect_uri"].endswith("/v1/auth/callback")
    assert issuer.client_secret not in there.query


def test_the_state_cookie_is_signed_and_lives_a_minute(browser: httpx.Client) -> None:
    answer = browser.get("/auth/login")
    [cookie] = answer.headers.get_list("set-cookie")
    assert cookie.startswith("session=")
    assert all(part in cookie for part in ("Max-Age=60", "HttpOnly", "SameSite=lax", "Path=/"))
    assert "Secure" not in cookie  # plain http on this computer: a browser would not send it back
    claims = jwt.decode(browser.cookies["session"], options={"verify_signature": False})
    assert 50 < claims["exp"] - time.time() <= 60


def test_the_same_way_works_below_the_public_prefix(site: Backend) -> None:
    root = site.process.base_url.removesuffix("/v1")
    with httpx.Client(base_url=f"{root}/api/v1") as browser:
        address = back(browser)
        assert urlsplit(address).path == "/api/v1/auth/callback"
        assert browser.get(address).status_code == 302
        assert browser.get("/session").status_code == 200


@pytest.mark.parametrize(
    ("login", "roles"),
    [
        ("bruno", [{"role": METIER, "on": {"kind": "affiliation", "affiliation": "13030"}}]),
        ("chloe", [{"role": PRINCIPAL, "on": {"kind": "unit", "institutional_id": "13032"}}]),
        ("stranger", None),
        ("pretender", None),  # has an administrator's address, which the issuer has not verified
    ],
)
def test_rights_come_from_the_mapping_by_group_by_subject_or_not_at_all(
    issuer: Issuer, browser: httpx.Client, login: str, roles: object
) -> None:
    issuer.auto = login
    assert browser.get(back(browser)).status_code == 302
    user = browser.get("/session").json()
    assert user.get("roles_raw") == roles
    assert bool(user["permissions"]) == (roles is not None)
    assert browser.post("/year-configuration/2902").status_code == 403


def test_a_session_is_renewed_for_a_day_and_not_for_ever(site: Backend, browser: httpx.Client) -> None:
    assert browser.get(back(browser)).status_code == 302
    assert browser.post("/session").status_code == 200
    with sqlite3.connect(site.data_dir / "backend.sqlite", timeout=10) as db:
        past = "UPDATE users SET last_login = '2026-01-01 00:00:00.000000' WHERE institutional_id = 'subject-anna'"
        changed = db.execute(past)
        assert changed.rowcount == 1
    db.close()
    assert browser.post("/session").status_code == 401
    assert browser.get(back(browser)).status_code == 302
    assert browser.post("/session").status_code == 200


def test_an_issuer_that_tells_the_address_only_when_asked_is_asked(issuer: Issuer, browser: httpx.Client) -> None:
    issuer.claims_in_token = False
    assert browser.get(back(browser)).status_code == 302
    assert browser.get("/session").json()["email"] == "anna.keller@example.org"
    assert issuer.asked[-1] == "GET /userinfo"


def test_a_changed_key_of_the_issuer_is_fetched(issuer: Issuer, browser: httpx.Client) -> None:
    assert browser.get(back(browser)).status_code == 302
    issuer.change_key()
    deadline = time.monotonic() + 15
    while browser.get(back(browser)).status_code != 302:  # not looked for more often than every few seconds
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert browser.get("/session").status_code == 200


def _kept_out(browser: httpx.Client, answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert isinstance(answer.json()["detail"], str)
    assert not {"auth_token", "refresh_token"} & set(browser.cookies)
    assert browser.get("/session").status_code == 401


@pytest.mark.parametrize("lie", [lie for lie in Lie if lie not in (Lie.NOTHING, Lie.BROKEN)])
def test_an_identity_that_cannot_be_believed_is_401(issuer: Issuer, browser: httpx.Client, lie: Lie) -> None:
    issuer.auto, issuer.lie = "stranger", lie
    address = back(browser)
    answer = browser.get(address)
    _kept_out(browser, answer, 401)
    assert parse_qs(urlsplit(address).query)["code"][0] not in answer.text


def test_somebody_without_an_address_is_401(issuer: Issuer, browser: httpx.Client) -> None:
    issuer.auto = "nameless"
    _kept_out(browser, browser.get(back(browser)), 401)


def test_a_cancelled_sign_on_is_401(issuer: Issuer, browser: httpx.Client) -> None:
    issuer.auto = "nobody"
    _kept_out(browser, browser.get(back(browser)), 401)


def test_a_state_that_is_not_the_cookies_is_400(browser: httpx.Client) -> None:
    address = httpx.URL(back(browser))
    _kept_out(browser, browser.get(address.copy_set_param("state", "another")), 400)
    _kept_out(browser, browser.get(address.copy_remove_param("state")), 400)


def test_coming_back_without_the_cookie_is_400(browser: httpx.Client) -> None:
    address = back(browser)
    browser.cookies.clear()
    _kept_out(browser, browser.get(address), 400)


def test_coming_back_a_second_time_is_400(browser: httpx.Client) -> None:
    address = back(browser)
    assert browser.get(address).status_code == 302
    assert browser.get(address).status_code == 400


def test_a_cookie_older_than_a_minute_is_400(site: Backend, browser: httpx.Client) -> None:
    """Signed by the backend's own key, so that nothing but its age is wrong."""
    import hashlib
    import hmac

    address = back(browser)
    secret = (site.data_dir / "signing.key").read_bytes()
    key = hmac.new(secret, b"sign-on state", hashlib.sha256).digest()
    claims = jwt.decode(browser.cookies["session"], key, ["HS256"])
    for age, status in ((61, 400), (0, 302)):
        stale = jwt.encode({**claims, "exp": claims["exp"] - age}, key, "HS256")
        browser.cookies.clear()
        browser.cookies.set("session", stale)
        assert browser.get(address).status_code == status


def test_a_state_cookie_is_no_session_and_a_session_no_state(site: Backend, browser: httpx.Client) -> None:
    address = back(browser)
    state = browser.cookies["session"]
    assert httpx.get(site.process.base_url + "/session", cookies={"auth_token": state}).status_code == 401
    browser.get(address)
    session = browser.cookies["auth_token"]
    assert httpx.get(address, cookies={"session": session}).status_code == 400


def test_an_issuer_that_fails_is_503(issuer: Issuer, browser: httpx.Client) -> None:
    issuer.lie = Lie.BROKEN
    _kept_out(browser, browser.get(back(browser)), 503)


def test_an_issuer_that_is_gone_is_503_and_back_again_works(tmp_path: Path, fresh: Start) -> None:
    with Issuer(auto="anna") as gone:
        config = gone.write_config(tmp_path / "sign-on.toml")
    backend = fresh("--oidc-config", str(config), demo=False)
    with httpx.Client(base_url=backend.process.base_url, timeout=20) as browser:
        _kept_out(browser, browser.get("/auth/login"), 503)
        gone.start()
        address = back(browser)
        gone.stop()
        _kept_out(browser, browser.get(address), 503)
        gone.start()
        assert browser.get(back(browser)).status_code == 302
        gone.stop()
    assert backend.process.errors == ""


def test_nobody_signs_in_as_a_test_user_there(site: Backend, browser: httpx.Client) -> None:
    assert browser.get("/auth/login-test", params={"role": ADMIN}).status_code == 404
    assert browser.post("/auth/local", json={"token": "x"}).status_code == 404


def test_without_a_sign_on_file_there_is_no_such_way_in(backend: Backend) -> None:
    assert backend.client(None).get("/auth/login").status_code == 404
    assert backend.client(None).get("/auth/callback").status_code == 404


def test_a_changed_mapping_counts_from_the_next_sign_on(issuer: Issuer, tmp_path: Path, fresh: Start) -> None:
    text = (
        issuer.config().partition("[[roles]]")[0]
        + 'roles_file = "roles.toml"\nfrontend_url = "https://co2.example.org/"\n'
    )
    (tmp_path / "sign-on.toml").touch(mode=0o600)
    (tmp_path / "sign-on.toml").write_text(text, encoding="utf-8")
    roles = tmp_path / "roles.toml"
    roles.write_text("", encoding="utf-8")
    backend = fresh("--oidc-config", str(tmp_path / "sign-on.toml"), demo=False)
    with httpx.Client(base_url=backend.process.base_url) as browser:
        answer = browser.get(back(browser))
        assert answer.headers["location"] == "https://co2.example.org/"
        assert browser.get("/session").json()["permissions"] == {}
        roles.write_text(f'[[roles]]\nemail = "anna.keller@example.org"\nrole = "{ADMIN}"\n', encoding="utf-8")
        assert browser.get(back(browser)).status_code == 302
        assert "backoffice.configuration" in browser.get("/session").json()["permissions"]
        roles.write_text("nonsense", encoding="utf-8")
        assert browser.get(back(browser)).status_code == 503


def test_the_client_secret_is_nowhere_to_be_read(issuer: Issuer, site: Backend, browser: httpx.Client) -> None:
    assert browser.get(back(browser)).status_code == 302
    pid = site.process.process.pid
    for name in ("cmdline", "environ"):
        assert issuer.client_secret.encode() not in Path(f"/proc/{pid}/{name}").read_bytes()
    assert issuer.client_secret not in site.process.errors
    for path in site.data_dir.rglob("*"):
        if path.is_file():
            assert issuer.client_secret.encode() not in path.read_bytes()
