"""Saved servers on the command line: listed, added, removed, chosen by name, and careful where they are marked so."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.backend_process import BackendProcess
from yearadmin.app import parse
from yearadmin.command_exits import Exit
from yearadmin.commands import main
from yearadmin.contract.enums import RoleName
from yearadmin.options import NoSuchProfileError, first_profile
from yearadmin.places import profiles_file
from yearadmin.profiles import EMBEDDED, ProfileFile, Profiles, new_profile

Run = Callable[..., tuple[int, str, str]]
TLS = Path(__file__).resolve().parent.parent / "data" / "tls"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: str) -> tuple[int, str, str]:
        try:
            code = main([words[0], "--lang", "en", *words[1:]])
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with BackendProcess() as process:
        yield process.start(tmp_path_factory.mktemp("backend"))


def test_servers_are_added_listed_chosen_and_removed(run: Run) -> None:
    code, out, _ = run("profiles")
    assert (code, out) == (0, "This computer  started with this program\n")
    code, out, _ = run("profiles", "add", "Stage", "https://stage.example.org/api/v1/", "--colour", "#6F4BA3")
    assert code == 0
    code, out, _ = run("profiles", "add", "Live", "https://co2.example.org/api/v1", "--careful")
    assert "Live           https://co2.example.org/api/v1  (careful)" in out.splitlines()
    code, out, _ = run("profiles", "use", "stage")
    assert code == 0
    assert "(used last)" in out
    code, out, _ = run("profiles", "--json")
    listed = json.loads(out)
    assert [(item["name"], item["careful"], item["last_used"]) for item in listed] == [
        ("This computer", False, False),
        ("Stage", False, True),
        ("Live", True, False),
    ]
    assert (listed[1]["base_url"], listed[1]["colour"]) == ("https://stage.example.org/api/v1", "#6f4ba3")
    code, out, _ = run("profiles", "remove", "Stage")
    assert code == 0
    assert "Stage" not in out


def test_a_server_with_certificates_of_its_own_is_trusted_by_the_profile_that_names_their_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ("--tls-cert", str(TLS / "localhost.pem"), "--tls-key", str(TLS / "localhost.key"))
    with BackendProcess() as process:
        url = process.start(tmp_path / "backend", *tls)
        assert url.startswith("https:")
        assert run("profiles", "add", "Bare", url)[0] == Exit.DONE
        monkeypatch.chdir(TLS)
        code, out, _ = run("profiles", "--json", "add", "Trusted", url, "--ca-file", "localhost.pem")
        assert code == Exit.DONE
        assert json.loads(out)[-1]["ca_file"] == str(TLS / "localhost.pem")
        code, _, err = run("years", "--profile", "Bare", "--role", RoleName.BACKOFFICE_ADMIN)
        assert code == Exit.NOT_REACHABLE, err
        assert "identity" in err
        code, out, err = run("years", "--profile", "Trusted", "--role", RoleName.BACKOFFICE_ADMIN)
        assert code == Exit.DONE, err
        monkeypatch.setattr("sys.stdin", io.StringIO("auth_token=a.b.c\nrefresh_token=a.b.c\n"))
        code, _, err = run("login", "--profile", "Trusted", "--cookie-stdin")
        assert code == Exit.NOT_PERMITTED, err  # the server was reached and knows no such session
    code, _, err = run("profiles", "add", "Other", url, "--ca-file", str(tmp_path / "none.pem"))
    assert code == Exit.REFUSED
    assert "“none.pem” can’t be read" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "X", "http://co2.example.org/v1"), "everybody on the way"),
        (("add", " ", "https://co2.example.org/v1"), "Give the server a name"),
        (("add", "X", "https://co2.example.org/v1", "--colour", "red"), "Choose a colour"),
        (("remove", "Nobody"), "no server called “Nobody”"),
        (("remove", "embedded"), "can’t be removed"),
        (("use", "Nobody"), "no server called “Nobody”"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_changes_nothing(run: Run, words: tuple[str, ...], said: str) -> None:
    code, _, err = run("profiles", *words)
    assert code == Exit.REFUSED
    assert said in err
    assert not profiles_file().exists()


def test_a_damaged_list_is_told(run: Run) -> None:
    profiles_file().parent.mkdir(parents=True, exist_ok=True)
    profiles_file().write_text("[", encoding="utf-8")
    code, out, err = run("profiles")
    assert code == 0
    assert "was damaged" in err
    assert "This computer" in out


def test_a_command_goes_to_the_server_of_that_name(run: Run, backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARADMIN_SERVER", "http://127.0.0.1:9/v1")  # the name counts more
    ProfileFile(profiles_file()).save(Profiles().add(new_profile("Training", backend)))
    code, out, _ = run("years", "--profile", "training", "--role", "calco2.backoffice.admin", "--json")
    assert code == Exit.DONE
    assert out.strip()
    assert ProfileFile(profiles_file()).load().last_used is None  # only the window remembers
    code, _, err = run("years", "--profile", "Nobody")
    assert code == Exit.USAGE
    assert "no server called “Nobody”" in err


@pytest.mark.parametrize("by", ["name", "address"])
def test_on_a_careful_server_the_year_is_given_twice(run: Run, backend: str, by: str) -> None:
    ProfileFile(profiles_file()).save(Profiles().add(new_profile("Live", backend, careful=True)))
    where = ("--profile", "Live") if by == "name" else ("--server", f"{backend}/")
    role = ("--role", "calco2.backoffice.admin")
    for confirm in ((), ("--confirm", "2030")):
        code, _, err = run("open", "2031", *where, *role, *confirm)
        assert code == Exit.REFUSED
        assert err.strip() == "Live is marked as careful: add --confirm 2031. Nothing was sent."
    code, _, err = run("open", "2031", *where, *role, "--confirm", "2031")
    assert "careful" not in err  # it went to the server, which has no such year


def test_the_window_opens_with_what_the_command_line_names() -> None:
    stage = new_profile("Stage", "https://stage.example.org/api/v1")
    held = Profiles().add(stage)
    assert first_profile(parse([]), held) is None
    assert first_profile(parse([]), held.use(stage.id)) == stage
    assert first_profile(parse(["--server", "https://STAGE.example.org/api/v1/"]), held) == stage
    unsaved = first_profile(parse(["--server", "https://other.example.org/v1"]), held)
    assert unsaved is not None
    assert (unsaved.id, unsaved.base_url, unsaved.careful) == ("", "https://other.example.org/v1", False)
    assert first_profile(parse(["--profile", "stage"]), held) == stage
    for words in (["--demo", "--sample"], ["--data-dir", "d"], ["--backend-pace", "1"]):
        assert first_profile(parse(words), held.use(stage.id)) == EMBEDDED
    with pytest.raises(NoSuchProfileError, match="There are: embedded, Stage"):
        first_profile(parse(["--profile", "x"]), held)


@pytest.mark.parametrize("words", [["--profile", "x", "--sample"], ["--profile", "x", "--server", "https://h/v1"]])
def test_a_name_does_not_go_with_an_address_or_the_built_in_server(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(words)
    assert ended.value.code == 2
