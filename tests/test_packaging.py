"""What is installed: the wheel carries everything, and what is left out is said by name."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.timeout(180)
def test_the_wheel_carries_resources_translations_and_migrations(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q", "--no-deps"]
    subprocess.run([*command, "--no-build-isolation", "-w", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in sorted((ROOT / "resources").rglob("*")):
        if path.is_file():
            assert f"yearadmin/_resources/{path.relative_to(ROOT / 'resources').as_posix()}" in names
    for path in sorted((ROOT / "yearadmin").rglob("*.py")):
        assert path.relative_to(ROOT).as_posix() in names
    assert {f"yearadmin/_i18n/yearadmin_{language}.qm" for language in ("en", "fr")} <= names
    assert "yearadmin/py.typed" in names
    assert not [name for name in names if name.startswith("tests/")]


def test_without_its_libraries_the_built_in_server_says_what_to_type() -> None:
    hidden = (
        "import sys; sys.modules['sqlalchemy'] = None; sys.argv = ['yearadmin', 'serve'];"
        "from yearadmin.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", hidden], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "pip install 'yearadmin[embedded]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md"])
def test_what_a_document_shows_or_points_to_is_there_and_its_pictures_are_small(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (ROOT / target).is_file(), target
        if target.endswith(".png"):
            assert (ROOT / target).stat().st_size < 200_000, target
    for module in re.findall(r"`((?:[a-z]+/)+[a-z_]+\.(?:py|sh|toml))`", text):
        assert (ROOT / module).exists() or (ROOT / "yearadmin" / module).exists(), module


@pytest.mark.parametrize("display", [{}, {"DISPLAY": ":1"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_make_run_opens_the_window_or_without_a_display_says_so_and_tells_the_tour(
    tmp_path: Path, display: dict[str, str]
) -> None:
    tells_the_tour = not display and sys.platform == "linux"  # other systems always have a display
    (tmp_path / "packaging").mkdir()
    shutil.copy(ROOT / "packaging" / "run.sh", tmp_path / "packaging")
    program = tmp_path / ".venv" / "bin" / "yearadmin"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "asked: $*"\n', encoding="ascii")
    program.chmod(0o755)
    done = subprocess.run(
        ["sh", str(tmp_path / "packaging" / "run.sh")],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PATH": "/usr/bin:/bin", **display},
    )
    assert ("asked: tour --out tour" if tells_the_tour else "asked: --demo --sample") in done.stdout
    assert ("no display" in done.stdout) is tells_the_tour
