"""The tests that load the web engine, each file in a process of its own: the engine ends with Qt's loop for good."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", ["test_webview", "test_sign_on"])
def test_signing_on_in_the_web_engine(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={tmp_path / 'engine'}"]
    done = subprocess.run(
        [*command, f"tests/desktop/signin/{name}.py"],
        cwd=ROOT,
        env={**os.environ, "YEARADMIN_TEST_ENGINE": "1", "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    assert " passed" in done.stdout
