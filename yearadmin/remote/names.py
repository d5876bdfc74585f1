"""File names the server accepts (contract section 5.3): anything else makes its upload answer 500.

Never changes what a file is: the ending is kept as it was, a file that is no CSV stays one that is no CSV.
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 180  # bytes of UTF-8: file systems stop at 255, and the server adds folders and suffixes
_REFUSED = re.compile(r"[^\w .()\[\]:\-'<>?]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}$")


def safe_file_name(name: str) -> str:
    """Return ``name`` as the server accepts it: letters of any script, digits, ``_ . ( ) [ ] : - ' < > ?`` and spaces.

    Everything else becomes ``_`` (``a&b.csv`` → ``a_b.csv``), folders are dropped, ``..`` becomes ``.``; the ending
    stays. Applying it twice changes nothing more.
    """
    # macOS hands out decomposed accents, which the server's check does not count as letters.
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    name = re.sub(r"\s", " ", name).strip()
    found = _ENDING.search(name)
    stem, ending = (name[: found.start()], found.group()) if found else (name, "")
    stem = re.sub(r"\.{2,}", ".", _REFUSED.sub("_", stem))
    room = _LONGEST - len(ending.encode())
    stem = stem.encode()[:room].decode(errors="ignore").strip()
    if ending:
        stem = stem.rstrip(". ")
    return (stem or "file") + ending
