"""The whole story, driven through the real window against a real embedded backend, as a person would see it told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from yearadmin.tour.story import STEPS


@pytest.mark.timeout(300)
def test_the_tour_tells_every_step_with_its_time_and_its_picture(tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    done = subprocess.run(
        [sys.executable, "-m", "yearadmin", "tour", "--out", str(out)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=280,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith("✓")]
    assert len(told) == len(STEPS)
    assert all(" s " in line or line.rstrip().endswith(" s") for line in told)
    assert done.stderr == ""
    for number, (name, _, _) in enumerate(STEPS, start=1):
        pictures = sorted(out.glob(f"{number:02}-{name}*.png"))
        assert pictures, name
        for path in pictures:
            image = QImage(str(path))
            assert (image.width(), image.height()) == (1280, 800), path.name
            seen = {image.pixel(x, y) for x in range(0, 1280, 16) for y in range(0, 800, 16)}
            assert len(seen) > 8, f"{path.name} shows next to nothing"


@pytest.mark.timeout(120)
def test_a_tour_that_goes_wrong_says_where_and_fails(tmp_path: Path) -> None:
    """A full disk is a good way to go wrong: its pictures can't be written."""
    out = tmp_path / "pictures"
    out.mkdir()
    (out / "01-launch.png").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "yearadmin", "tour", "--out", str(out)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )
    assert done.returncode == 1
    assert "✗  1" in done.stdout
    assert "could not be written" in done.stdout
