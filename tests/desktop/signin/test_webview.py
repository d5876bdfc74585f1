"""The sign-on page in the web engine itself: from the server's door to its two cookies, and every way it can fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytestqt.qtbot import QtBot

from tests.backend_process import BackendProcess
from tests.issuer import Issuer, Lie
from yearadmin.desktop.signin.webview import End, SignOnView
from yearadmin.state.signing import Tokens

ViewOf = Callable[..., SignOnView]


@pytest.fixture
def view_of(qtbot: QtBot) -> Iterator[ViewOf]:
    views: list[SignOnView] = []

    def make(base: str, **more: Any) -> SignOnView:
        view = SignOnView(base, **more)
        views.append(view)
        view.resize(500, 400)
        view.show()
        return view

    yield make
    for view in views:
        view.end()
        with qtbot.waitSignal(view.profile.destroyed, timeout=5000):
            pass
        view.close()
        view.deleteLater()


def at_the_issuer(qtbot: QtBot, view: SignOnView, issuer: Issuer) -> None:
    """Begin, and wait for the page that asks who one is."""
    with qtbot.waitSignal(view.page.loadFinished, timeout=15000):
        view.begin()
    assert view.page.url().toString().startswith(f"{issuer.url}/authorize")


def choose(view: SignOnView, who: str) -> None:
    view.page.runJavaScript(f"document.getElementById('{who}').click()")


def ended(qtbot: QtBot, view: SignOnView, do: Callable[[], None]) -> tuple[End, str]:
    with qtbot.waitSignal(view.failed, timeout=15000) as heard:
        do()
    assert heard.args is not None
    return heard.args[0], heard.args[1]


def test_who_signs_on_has_a_session_the_server_knows(qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer) -> None:
    view = view_of(site)
    places: list[str] = []
    view.moved.connect(places.append)
    at_the_issuer(qtbot, view, issuer)
    with qtbot.waitSignal(view.signed_on, timeout=15000) as heard:
        choose(view, "anna")
    assert heard.args is not None
    tokens = heard.args[0]
    assert isinstance(tokens, Tokens)
    assert "ey" not in repr(tokens)
    who = httpx.get(f"{site}/session", cookies={"auth_token": tokens.access}).json()
    assert who["email"] == "anna.keller@example.org"
    assert httpx.post(f"{site}/session", cookies={"refresh_token": tokens.refresh}).status_code == 200
    assert not any("front" in place for place in places), "the front end must not be loaded"


def certificates(folder: Path) -> tuple[Path, Path, Path]:
    """An authority of an institution's own, a server's certificate it has signed, and its key."""
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]) for name in ("Our authority", "a server")]
    made = [
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(names[0])
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=own is keys[0], path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(keys[0], hashes.SHA256())
        for name, own in zip(names, keys, strict=True)
    ]
    paths = folder / "authority.pem", folder / "server.pem", folder / "server.key"
    for path, one in zip(paths, made, strict=False):
        path.write_bytes(one.public_bytes(serialization.Encoding.PEM))
    paths[2].touch(mode=0o600)
    form = serialization.PrivateFormat.PKCS8
    secret = keys[1].private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    paths[2].write_bytes(secret)
    return paths


def test_a_server_with_certificates_of_its_own_is_signed_on_to_by_their_file_alone(
    qtbot: QtBot, view_of: ViewOf, issuer: Issuer, tmp_path: Path
) -> None:
    config = issuer.write_config(tmp_path / "sign-on.toml", frontend_url="http://127.0.0.1:9/front")
    authority, certificate, key = certificates(tmp_path)
    tls = ("--tls-cert", str(certificate), "--tls-key", str(key))
    with BackendProcess() as process:
        site = process.start(tmp_path / "data", "--oidc-config", str(config), *tls, demo=False)
        stranger = view_of(site)
        end, words = ended(qtbot, stranger, stranger.begin)
        assert (end, words) == (End.CERTIFICATE, "127.0.0.1")
        view = view_of(site, authority=authority)
        assert view.profile.isOffTheRecord()
        at_the_issuer(qtbot, view, issuer)
        with qtbot.waitSignal(view.signed_on, timeout=15000):
            choose(view, "anna")


def test_a_state_cookie_that_has_run_out_is_told_as_too_late_and_beginning_again_works(
    qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer
) -> None:
    view = view_of(site)
    at_the_issuer(qtbot, view, issuer)
    view.profile.cookieStore().deleteAllCookies()  # what a browser does with it after a minute
    end, words = ended(qtbot, view, lambda: choose(view, "anna"))
    assert end is End.TOO_LATE
    assert "minute" in words
    at_the_issuer(qtbot, view, issuer)
    with qtbot.waitSignal(view.signed_on, timeout=15000):
        choose(view, "anna")


def test_after_the_minute_it_says_so_while_the_page_still_waits(
    qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer
) -> None:
    view = view_of(site, state_seconds=0.3)
    with qtbot.waitSignal(view.time_up, timeout=5000):
        view.begin()


@pytest.mark.parametrize("who", ["nobody", "nameless"])
def test_a_refusal_of_the_issuer_is_told_in_the_servers_words(
    qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer, who: str
) -> None:
    view = view_of(site)
    at_the_issuer(qtbot, view, issuer)
    end, words = ended(qtbot, view, lambda: choose(view, who))
    assert end is End.REFUSED
    assert words


@pytest.mark.expects_log
def test_an_issuer_that_breaks_is_told_as_unavailable(qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer) -> None:
    view = view_of(site)
    at_the_issuer(qtbot, view, issuer)
    issuer.lie = Lie.BROKEN
    end, _ = ended(qtbot, view, lambda: choose(view, "anna"))
    assert end in (End.UNAVAILABLE, End.REFUSED)


def test_no_unencrypted_page_of_another_computer_is_gone_to(
    qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer
) -> None:
    view = view_of(site)
    at_the_issuer(qtbot, view, issuer)
    end, host = ended(qtbot, view, lambda: view.page.runJavaScript("location.href = 'http://192.0.2.1/login'"))
    assert (end, host) == (End.NOT_ENCRYPTED, "192.0.2.1")


def test_a_page_opens_no_window_and_downloads_nothing(qtbot: QtBot, view_of: ViewOf, site: str, issuer: Issuer) -> None:
    view = view_of(site)
    at_the_issuer(qtbot, view, issuer)
    answers: list[object] = []
    view.page.runJavaScript("window.open('about:blank') === null", 0, answers.append)
    qtbot.waitUntil(lambda: answers == [True], timeout=5000)
    with qtbot.waitSignal(view.profile.downloadRequested, timeout=5000) as heard:
        view.page.runJavaScript(
            "const a = document.createElement('a'); a.href = 'data:text/csv,1'; a.download = 'a.csv'; a.click()"
        )
    assert heard.args is not None
    request = heard.args[0]
    qtbot.waitUntil(lambda: request.state() is request.DownloadState.DownloadCancelled, timeout=5000)


def test_a_server_that_is_not_there_is_told(qtbot: QtBot, view_of: ViewOf) -> None:
    view = view_of("http://127.0.0.1:9/v1")
    end, _ = ended(qtbot, view, view.begin)
    assert end is End.NOT_REACHED
