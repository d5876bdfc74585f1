"""Whether there is a display, asked without Qt."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from yearadmin.desktop.display import has_display


def test_without_any_display_there_is_none() -> None:
    assert not has_display({}, "linux")


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_systems_have_windows_of_their_own(platform: str) -> None:
    assert has_display({}, platform)


def test_offscreen_needs_no_display() -> None:
    assert has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert has_display({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, "linux")
    assert not has_display({"QT_QPA_PLATFORM": "xcb"}, "linux")


@pytest.mark.parametrize("name", [":987", "unix:987", "127.0.0.1:987", "nonsense", ":", ":abc", "host:"])
def test_a_display_that_does_not_answer_is_none(name: str) -> None:
    assert not has_display({"DISPLAY": name}, "linux")


def test_a_wayland_display_that_answers_is_one(tmp_path: Path) -> None:
    environment = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not has_display(environment, "linux")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        assert has_display(environment, "linux")
        assert has_display({"WAYLAND_DISPLAY": str(tmp_path / "wayland-7")}, "linux")


def test_an_x_display_over_the_network_is_asked() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        number = server.getsockname()[1] - 6000
        assert has_display({"DISPLAY": f"127.0.0.1:{number}.0"}, "linux")
