"""The servers an operator works with are kept safely, hold no secret, and no unusable address gets in."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import fields, replace
from pathlib import Path

import pytest

from yearadmin import places
from yearadmin.profiles import (
    EMBEDDED,
    Profile,
    ProfileError,
    ProfileFault,
    ProfileFile,
    ProfileKind,
    Profiles,
    ProfilesNotice,
    is_loopback,
    new_profile,
)

PRODUCTION = Profile("p", "Production", "https://calculator.example.org/api/v1", "#aa0000", careful=True)
STAGE = Profile("s", "Stage", "https://stage.example.org/api/v1", "#00aa00")


@pytest.fixture
def file(tmp_path: Path) -> ProfileFile:
    return ProfileFile(tmp_path / "settings" / "profiles.json")


def aside(file: ProfileFile) -> list[str]:
    return [name for name in os.listdir(file.path.parent) if ".damaged-" in name]


def test_the_first_start_knows_the_embedded_backend_and_leaves_the_choice_open(file: ProfileFile) -> None:
    profiles = file.load()
    assert profiles.items == (EMBEDDED,)
    assert profiles.last is None
    assert not file.path.exists()
    assert file.notice is ProfilesNotice.NONE


def test_profiles_are_there_again_after_a_restart(file: ProfileFile) -> None:
    file.update(lambda known: known.add(PRODUCTION))
    file.update(lambda known: known.add(STAGE).use("s"))
    profiles = ProfileFile(file.path).load()
    assert profiles.items == (EMBEDDED, PRODUCTION, STAGE)
    assert profiles.last == STAGE
    assert profiles.named("production ") == PRODUCTION
    assert profiles.named("s") == STAGE
    assert profiles.named("nobody") is None


def test_profiles_are_changed_removed_and_put_in_order() -> None:
    profiles = Profiles().add(PRODUCTION).add(STAGE).use("p")
    changed = profiles.change(replace(STAGE, name="Test", colour="#0000aa", careful=True))
    assert changed.named("test") == replace(STAGE, name="Test", colour="#0000aa", careful=True)
    assert [item.id for item in profiles.order(["s", "p"]).items] == ["s", "p", "embedded"]
    left = profiles.remove("p")
    assert [item.id for item in left.items] == ["embedded", "s"]
    assert left.last is None
    with pytest.raises(KeyError):
        left.change(PRODUCTION)
    with pytest.raises(KeyError):
        left.use("p")


def test_what_another_window_saved_meanwhile_is_not_lost(file: ProfileFile) -> None:
    other = ProfileFile(file.path)
    file.load()
    other.update(lambda known: known.add(STAGE))
    file.update(lambda known: known.add(PRODUCTION))
    assert [item.id for item in other.load().items] == ["embedded", "s", "p"]


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://calculator.example.org/api/v1/", "https://calculator.example.org/api/v1"),
        (" HTTPS://Calculator.Example.ORG:8443/API/v1 ", "https://calculator.example.org:8443/API/v1"),
        ("http://localhost:8000/v1", "http://localhost:8000/v1"),
        ("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        ("http://127.9.9.9/v1", "http://127.9.9.9/v1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_a_usable_address_is_taken_and_tidied(address: str, kept: str) -> None:
    profile = new_profile("New", address)
    assert Profiles().faults(profile) == ()
    assert Profiles().add(profile).items[-1].base_url == kept


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", ProfileFault.ADDRESS_MISSING),
        ("   ", ProfileFault.ADDRESS_MISSING),
        ("calculator.example.org", ProfileFault.ADDRESS_UNUSABLE),
        ("ftp://calculator.example.org", ProfileFault.ADDRESS_UNUSABLE),
        ("https://", ProfileFault.ADDRESS_UNUSABLE),
        ("https://host:99999/v1", ProfileFault.ADDRESS_UNUSABLE),
        ("https://host:0/v1", ProfileFault.ADDRESS_UNUSABLE),
        ("https://[::1/v1", ProfileFault.ADDRESS_UNUSABLE),
        ("https://ho st/v1", ProfileFault.ADDRESS_UNUSABLE),
        ("https://host\\@evil.example.org/v1", ProfileFault.ADDRESS_UNUSABLE),
        ("https://host/v1\x00", ProfileFault.ADDRESS_UNUSABLE),
        ("http://calculator.example.org/v1", ProfileFault.NOT_ENCRYPTED),
        ("http://localhost.example.org/v1", ProfileFault.NOT_ENCRYPTED),
        ("http://10.0.0.1/v1", ProfileFault.NOT_ENCRYPTED),
        ("https://me:secret@calculator.example.org/v1", ProfileFault.HAS_CREDENTIALS),
        ("https://token@calculator.example.org/v1", ProfileFault.HAS_CREDENTIALS),
        ("https://calculator.example.org/v1?token=secret", ProfileFault.HAS_QUERY),
        ("https://calculator.example.org/v1#token", ProfileFault.HAS_QUERY),
    ],
)
def test_an_unusable_address_is_refused_with_its_reason(address: str, fault: ProfileFault) -> None:
    profile = new_profile("New", address)
    assert Profiles().faults(profile) == (fault,)
    with pytest.raises(ProfileError) as caught:
        Profiles().add(profile)
    assert caught.value.faults == (fault,)
    assert "secret" not in str(caught.value)


def test_a_name_is_needed_and_may_be_used_once() -> None:
    profiles = Profiles().add(PRODUCTION)
    assert profiles.faults(replace(STAGE, name="  ")) == (ProfileFault.NAME_MISSING,)
    assert profiles.faults(replace(STAGE, name=" production")) == (ProfileFault.NAME_TAKEN,)
    assert profiles.faults(PRODUCTION) == ()


@pytest.mark.parametrize("colour", ["", "red", "#12345", "#1234567", "#12345g", "#123456\n", "url(x)"])
def test_a_colour_is_six_hexadecimal_digits(colour: str) -> None:
    assert Profiles().faults(replace(STAGE, colour=colour)) == (ProfileFault.COLOUR_UNUSABLE,)


def test_a_servers_certificate_file_is_kept_by_its_full_path_even_while_it_is_away(file: ProfileFile) -> None:
    own = replace(PRODUCTION, ca_file=str(file.path.with_name("gone.pem")))
    file.update(lambda known: known.add(own))
    kept = ProfileFile(file.path).load().named("Production")
    assert kept is not None
    assert (kept, kept.authority) == (own, file.path.with_name("gone.pem"))
    assert STAGE.authority is None
    for path in ("authority.pem", "/a\0b.pem"):
        assert Profiles().faults(replace(STAGE, ca_file=path)) == (ProfileFault.CA_UNUSABLE,)


def test_a_list_from_before_there_were_certificate_files_is_read(file: ProfileFile) -> None:
    file.save(Profiles().add(STAGE))
    document = json.loads(file.path.read_text(encoding="utf-8"))
    for item in document["profiles"]:
        del item["ca_file"]
    file.path.write_text(json.dumps(document), encoding="utf-8")
    again = ProfileFile(file.path)
    assert again.load().items == (EMBEDDED, STAGE)
    assert again.notice is ProfilesNotice.NONE


def test_only_this_computer_is_loopback() -> None:
    assert all(map(is_loopback, ("localhost", "LOCALHOST.", "127.0.0.1", "::1")))
    assert not any(map(is_loopback, ("localhost.evil.org", "128.0.0.1", "::2", "")))


def test_the_file_is_for_its_owner_alone_and_holds_no_secret(file: ProfileFile) -> None:
    file.save(Profiles().add(PRODUCTION))
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert os.listdir(file.path.parent) == ["profiles.json"]
    (_, item) = json.loads(file.path.read_text(encoding="utf-8"))["profiles"]
    names = {"id", "name", "base_url", "colour", "careful", "kind", "ca_file"}
    assert set(item) == names == {at.name for at in fields(Profile)}


DAMAGED = [
    b"",
    b"{",
    b"\xff\xfe",
    b"[]",
    b"null",
    b"{}",
    b'{"version": 1, "profiles": {}}',
    b'{"version": 1, "profiles": [1]}',
    b'{"version": 1, "profiles": [{"id": "x"}]}',
    b"[" * 200_000,
    json.dumps(
        {
            "version": 1,
            "profiles": [
                {"id": "x", "name": "X", "base_url": "http://evil.org", "colour": "#000000", "careful": False}
                | {"kind": "remote"}
            ],
        }
    ).encode(),
]


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
def test_a_damaged_file_is_set_aside_and_begun_anew(file: ProfileFile, content: bytes) -> None:
    file.path.parent.mkdir()
    file.path.write_bytes(content)
    assert file.load() == Profiles()
    assert file.notice is ProfilesNotice.SET_ASIDE
    (name,) = aside(file)
    assert (file.path.parent / name).read_bytes() == content
    file.save(Profiles().add(STAGE))
    assert ProfileFile(file.path).load().items == (EMBEDDED, STAGE)


def test_a_file_cut_anywhere_is_read_or_set_aside(file: ProfileFile) -> None:
    wanted = Profiles().add(PRODUCTION).add(STAGE)
    file.save(wanted)
    whole = file.path.read_bytes()
    for cut in range(len(whole) + 1):
        file.path.write_bytes(whole[:cut])
        again = ProfileFile(file.path)
        found = again.load()
        assert (found, again.notice) in ((wanted, ProfilesNotice.NONE), (Profiles(), ProfilesNotice.SET_ASIDE))


def test_a_file_of_a_later_version_is_read_as_far_as_understood_and_left_alone(file: ProfileFile) -> None:
    file.save(Profiles().add(STAGE))
    document = json.loads(file.path.read_text(encoding="utf-8"))
    content = json.dumps({**document, "version": 2, "news": True})
    file.path.write_text(content, encoding="utf-8")
    again = ProfileFile(file.path)
    assert again.load().items == (EMBEDDED, STAGE)
    assert again.notice is ProfilesNotice.NEWER
    changed = again.update(lambda known: known.add(PRODUCTION))
    assert again.load() == changed
    assert file.path.read_text(encoding="utf-8") == content


def test_a_place_that_cannot_be_written_keeps_changes_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("in the way")
    file = ProfileFile(tmp_path / "settings" / "profiles.json")
    changed = file.update(lambda known: known.add(STAGE))
    assert file.notice is ProfilesNotice.READ_ONLY
    assert file.load() == changed
    (tmp_path / "settings").unlink()
    assert file.save(changed) is ProfilesNotice.NONE
    assert ProfileFile(file.path).load() == changed


def test_the_profiles_live_where_the_platform_keeps_settings(own_home: Path) -> None:
    file = ProfileFile(places.profiles_file())
    file.save(Profiles().add(new_profile("New", "https://a.example.org/v1")))
    assert own_home in file.path.parents
    assert ProfileFile(file.path).load().items[-1].kind is ProfileKind.REMOTE
