"""Who can reach the backend: nobody but this computer, unless people have to sign in and nobody can read along."""

from __future__ import annotations

import argparse
import ssl
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.backend_process import BackendProcess, command
from tests.issuer import Issuer
from yearadmin.embedded.exposure import Exposure, ExposureError, add_options, read_exposure
from yearadmin.embedded.oidc_config import SignOnConfigError, read_config

Write = Callable[..., Path]
MINIMAL = 'issuer = "https://login.example.org"\nclient_id = "x"\n'
HTTPS = 'public_url = "https://co2.example.org/api/v1"\n'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file with a mode."""

    def one(text: str, name: str = "sign-on.toml", mode: int = 0o600) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    return one


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this computer that nobody else vouches for, and its key."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert, private


def wish(*args: object, demo: bool = False) -> Exposure:
    parser = argparse.ArgumentParser()
    add_options(parser)
    found = parser.parse_args([str(item) for item in args])
    found.demo = demo
    return read_exposure(found)


def refusal(*args: object, demo: bool = False) -> str:
    with pytest.raises(ExposureError) as refused:
        wish(*args, demo=demo)
    return str(refused.value)


def test_by_default_only_this_computer_reaches_it() -> None:
    exposure = wish()
    assert exposure.base_url(8123) == "http://127.0.0.1:8123/v1"
    assert not exposure.secure
    assert exposure.hosts == {"127.0.0.1", "localhost", "::1"}


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "", "co2.example.org", "127.0.0.1.example.org"])
def test_any_other_address_is_refused_without_a_sign_on(host: str) -> None:
    assert "--oidc-config" in refusal("--host", host)


def test_the_program_ends_with_a_sentence_and_listens_nowhere(tmp_path: Path) -> None:
    done = subprocess.run(
        command(tmp_path / "data", "--host", "0.0.0.0", "--demo"),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("yearadmin serve: Others could reach 0.0.0.0")
    assert not (tmp_path / "data").exists()


def test_a_shared_site_needs_https_and_has_no_other_way_in(write: Write, certificate: tuple[Path, Path]) -> None:
    shared = ("--host", "0.0.0.0", "--oidc-config")
    tls = ("--tls-cert", certificate[0], "--tls-key", certificate[1])
    plain = write(MINIMAL)
    assert "--tls-cert" in refusal(*shared, plain)
    assert wish(*shared, plain, *tls).secure
    proxied = write(MINIMAL + HTTPS + 'hosts = ["CO2.intra"]\n', "proxied.toml")
    exposure = wish(*shared, proxied)
    assert exposure.secure
    assert exposure.hosts >= {"co2.example.org", "co2.intra"}
    assert "0.0.0.0" not in exposure.hosts
    assert exposure.base_url(1) == "https://co2.example.org/api/v1"
    assert "--demo" in refusal(*shared, proxied, demo=True)
    assert "--token-from-input" in refusal(*shared, proxied, "--token-from-input")


def test_a_certificate_that_is_none_is_told_at_the_start(
    write: Write, certificate: tuple[Path, Path], tmp_path: Path
) -> None:
    assert "belong together" in refusal("--tls-cert", certificate[0])
    assert "can’t be used" in refusal("--tls-cert", tmp_path / "none.pem", "--tls-key", certificate[1])
    assert "can’t be used" in refusal("--tls-cert", write("nonsense", "x.pem"), "--tls-key", certificate[1])
    assert "can’t be used" in refusal("--tls-cert", certificate[0], "--tls-key", certificate[0])


def test_behind_tls_every_cookie_is_secure_and_browsers_are_told_to_stay(
    tmp_path: Path, certificate: tuple[Path, Path]
) -> None:
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    with Issuer(auto="anna") as issuer, BackendProcess() as process:
        config = issuer.write_config(tmp_path / "sign-on.toml")
        tls = ("--tls-cert", str(certificate[0]), "--tls-key", str(certificate[1]))
        base = process.start(tmp_path / "data", "--host", "localhost", "--oidc-config", str(config), *tls, demo=False)
        assert base.startswith("https://localhost:")
        with httpx.Client(base_url=base, verify=trust, timeout=20) as browser:
            begun = browser.get("/auth/login")
            assert begun.headers["strict-transport-security"] == "max-age=31536000"
            back = httpx.get(begun.headers["location"]).headers["location"]
            assert back.startswith("https://localhost:")
            answer = browser.get(back)
            assert answer.status_code == 302
            renewed, gone = browser.post("/session"), browser.delete("/session")
            for told in (begun, answer, renewed, gone):
                cookies = told.headers.get_list("set-cookie")
                assert cookies
                assert all(part in cookie for cookie in cookies for part in ("Secure", "HttpOnly", "SameSite=lax"))
        with pytest.raises(httpx.HTTPError):
            httpx.get(base.replace("https://", "http://") + "/session")
    assert process.errors == ""


# --- the file


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "issuer"),
        ("issuer = 5\nclient_id = 'x'", "issuer"),
        (MINIMAL.replace("https", "http"), "https"),
        (MINIMAL + "client_secrt = 'x'", "client_secrt"),
        (MINIMAL + "scopes = ['email']", "openid"),
        (MINIMAL + "client_secret = 'x'\nclient_secret_file = 'y'", "not both"),
        (MINIMAL + "public_url = 'co2.example.org'", "public_url"),
        (MINIMAL + "[[roles]]\nrole = 'calco2.backoffice.admin'", "exactly one"),
        (MINIMAL + "[[roles]]\nemail = 'a@b.c'\ngroup = 'g'\nrole = 'calco2.backoffice.admin'", "exactly one"),
        (MINIMAL + "[[roles]]\nemail = 'a@b.c'\nrole = 'root'", "role"),
        (MINIMAL + "[[roles]]\nemail = 'a@b.c'\nrole = 'calco2.backoffice.admin'\nunit = '1'", "unit"),
        (MINIMAL + "[[roles]]\nemail = 'a@b.c'\nrole = 'calco2.user.principal'", "unit"),
        (MINIMAL + "[[roles]]\nemail = 'a@b.c'\nrole = 'calco2.backoffice.metier'", "affiliation"),
        ("not = toml = at all", "TOML"),
        ("\x00", "TOML"),
    ],
)
def test_a_sign_on_file_that_is_wrong_is_told_without_repeating_it(write: Write, text: str, words: str) -> None:
    secret = "client_secret = 'very-secret'\n" if "client_secret =" not in text else ""
    with pytest.raises(SignOnConfigError) as wrong:
        read_config(write(secret + text))
    assert words in str(wrong.value)
    assert "very-secret" not in str(wrong.value)
    assert "login.example.org" not in str(wrong.value)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o666])
def test_a_file_others_can_reach_is_refused(write: Write, mode: int) -> None:
    with pytest.raises(SignOnConfigError, match="0600"):
        read_config(write(MINIMAL, mode=mode))


def test_the_secret_may_lie_in_a_file_of_its_own_and_the_mapping_too(write: Write) -> None:
    secret = write("from-a-file\n", "secret")
    roles = write('[[roles]]\ngroup = "g"\nrole = "calco2.backoffice.admin"\n', "roles.toml", 0o644)
    config = read_config(write(MINIMAL + f"client_secret_file = '{secret.name}'\nroles_file = '{roles.name}'\n"))
    assert config.secret == "from-a-file"
    assert "from-a-file" not in repr(config)
    secret.chmod(0o644)
    with pytest.raises(SignOnConfigError, match="0600"):
        read_config(secret.parent / "sign-on.toml")
    secret.chmod(0o600)
    roles.chmod(0o666)
    with pytest.raises(SignOnConfigError, match="others can change it"):
        read_config(secret.parent / "sign-on.toml")
    secret.unlink()
    with pytest.raises(SignOnConfigError, match="can’t be read"):
        read_config(secret.parent / "sign-on.toml")
