"""Cookies go to a real Secret Service and back; collected only with gnome-keyring installed (see ``conftest.py``)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("secret_service_run.py")
UNLOCKED = "printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null"
# Nobody answers its question here, for there is no screen: to this program that is a prompt dismissed.
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null"


@pytest.fixture
def home() -> Iterator[Path]:
    """A home whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="ring-"))
    (folder / "run").mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


def in_a_session(home: Path, daemon: str, what: str) -> dict[str, object]:
    """What the script saw on a session bus of its own, which ends with it and takes the keyring daemon along."""
    kept_out = (
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "DBUS_SESSION_BUS_ADDRESS",
        "PYTHON_KEYRING_BACKEND",
        "GNOME_KEYRING_CONTROL",
    )
    surroundings = {name: value for name, value in os.environ.items() if name not in kept_out}
    surroundings |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home / "run")}
    command = f'{daemon} && exec "{sys.executable}" "{SCRIPT}" {what}'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", command],
        env=surroundings,
        capture_output=True,
        timeout=60,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "eyJ." not in done.stdout + done.stderr
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_cookies_outlive_this_program_and_the_keyring_daemon_until_the_operator_signs_out(home: Path) -> None:
    first = in_a_session(home, UNLOCKED, "first")
    assert first == {"backend": "keyring.backends.SecretService", "kept": "keyring"}
    files = [path for path in (home / "data").rglob("*") if path.is_file()]
    assert files
    assert not any(b"eyJ." in path.read_bytes() for path in files)
    assert in_a_session(home, UNLOCKED, "second") == {
        "same": True,
        "users": ["operator@example.org"],
        "gone": True,
        "left": False,
        "left_users": [],
    }


def test_a_locked_keyring_whose_question_nobody_answers_leaves_cookies_for_this_run_only(home: Path) -> None:
    in_a_session(home, UNLOCKED, "first")
    assert in_a_session(home, LOCKED, "locked") == {"kept": "locked", "held": True}
