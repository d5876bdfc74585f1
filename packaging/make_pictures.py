"""Makes the README's pictures from the tour, in both languages: python packaging/make_pictures.py.

Never draws anything: each picture is one of the real window, made smaller.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

WIDTH = 960  # pixels
TARGET = Path(__file__).resolve().parent / "pictures"
# Picture, language of the window, the tour's own name for it.
PICTURES = (
    ("create", "en", "03-create"),
    ("panels", "en", "07-panels-professional-travel"),
    ("warnings", "en", "10-warnings"),
    ("open", "en", "13-open-asked"),
    ("offline", "fr", "16-offline-lost"),
)


def main() -> None:
    """Run both tours and keep what the README shows."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for language in ("en", "fr"):
            out = Path(folder) / language
            command = [sys.executable, "-m", "yearadmin", "tour", "--lang", language, "--out", str(out)]
            subprocess.run(command, check=True)
        for name, language, source in PICTURES:
            image = QImage(str(Path(folder) / language / f"{source}.png"))
            small = image.scaledToWidth(WIDTH, Qt.TransformationMode.SmoothTransformation)
            small.convertToFormat(QImage.Format.Format_RGB888).save(str(TARGET / f"{name}.png"), quality=0)


if __name__ == "__main__":
    main()
