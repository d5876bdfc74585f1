"""Files that are no CSV, or mean harm: each is refused with a sentence saying where, in bounded memory and time.

Also what a plain file may look like (contract section 10.1).
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from yearadmin.embedded.ingest.csv_file import CELL_LIMIT, LINE_LIMIT, CsvFile
from yearadmin.embedded.ingest.model import IngestError

ROOT = Path(__file__).resolve().parents[3]
NOT_UTF8 = (
    "The file is not UTF-8 text: line {} holds a byte that can't be read (byte {}, value 0x{}); save it as UTF-8."
)


def read(tmp_path: Path, content: bytes) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a file with that content."""
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with CsvFile(path) as file:
        return file.header, list(file)


def refused(tmp_path: Path, content: bytes) -> str:
    """The sentence a file is refused with."""
    with pytest.raises(IngestError) as failed:
        read(tmp_path, content)
    assert "\n" not in str(failed.value)
    return str(failed.value)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a,b\n1,2\n", [["1", "2"]]),
        (b"a,b\r\n1,2\r\n", [["1", "2"]]),
        (b"a,b\n1,2", [["1", "2"]]),
        (b"\xef\xbb\xbfa,b\n1,2\n", [["1", "2"]]),
        (b"\n\na,b\n\n1,2\n\n\n", [["1", "2"]]),
        (b'a,b\n"x,""y""","line\nbreak"\n', [['x,"y"', "line\nbreak"]]),
        (b'a,b\n"x\r\ny",2\r\n', [["x\r\ny", "2"]]),
        (b'a,b\n1,2" pipe\n', [["1", '2" pipe']]),
        ("a,b\nÉrable,😀\n".encode(), [["Érable", "😀"]]),
        (b"a,b\n,\n", [["", ""]]),
        (b"a,b\n1\n1,2,3\n", [["1"], ["1", "2", "3"]]),
    ],
)
def test_what_is_csv_is_read(tmp_path: Path, content: bytes, rows: list[list[str]]) -> None:
    """LF or CRLF, a byte order mark or none, quotation marks where needed."""
    assert read(tmp_path, content) == (["a", "b"], rows)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty: it has neither a header nor data rows."),
        (b"\n \n"[:1], "The file is empty: it has neither a header nor data rows."),
        (b"\xef\xbb\xbf", "The file is empty: it has neither a header nor data rows."),
        (
            "a,b\n1,2\n".encode("utf-16"),
            "The file is UTF-16 text from its first byte (line 1, byte 0); save it as UTF-8.",
        ),
        (
            "a,b\n1,2\n".encode("utf-16-be"),
            "Line 1 holds a NUL byte (byte 0): the file is no text, or it is UTF-16.",
        ),
        (b"a,b\n1,2\n3,\x004\n", "Line 3 holds a NUL byte (byte 10): the file is no text, or it is UTF-16."),
        (
            "a,b\n1,é\n".encode("latin-1"),
            NOT_UTF8.format(2, 6, "e9"),
        ),
        (
            b"a,b\n1,\xf0\x9f\x98",
            NOT_UTF8.format(2, 6, "f0"),
        ),
        (
            b"\x89PNG\r\n\x1a\n\x00\x00",
            NOT_UTF8.format(1, 0, "89"),
        ),
        (b"a,b\r1,2\r", "Line 1 is no CSV: a line break must be LF or CRLF."),
        (b'a,b\n1,"2\n3,4\n', "A quotation mark opened in line 2 is never closed."),
        (b'"a,b\n1,2\n', "A quotation mark opened in line 1 is never closed."),
        (
            b"a,b\n1," + b"x" * (CELL_LIMIT + 1) + b"\n",
            "Line 2 has a cell of more than 131,072 characters; perhaps a quotation mark opened in line 2 is never "
            "closed.",
        ),
        (b"a" * (LINE_LIMIT + 1), "Line 1 is longer than 1,048,576 bytes."),
        (b"a,b\n" + b"," * (2 * LINE_LIMIT), "Line 2 is longer than 1,048,576 bytes."),
        (b"," * 5_000 + b"\n", "The header has 5,001 columns; at most 1,000 are read."),
    ],
)
def test_what_is_none_is_refused_with_the_place(tmp_path: Path, content: bytes, sentence: str) -> None:
    """Lines count from 1, bytes from 0."""
    assert refused(tmp_path, content) == sentence


def test_a_row_that_never_ends_is_refused_too(tmp_path: Path) -> None:
    """Line breaks in quotation marks, cell after cell: each cell is short, the row is not."""
    assert refused(tmp_path, b'a,b\n1,2\n"' + b'\n","' * 2_000_000) == (
        "A quotation mark opened in line 3 is never closed."
    )


@pytest.mark.parametrize("shift", range(-4, 5))
def test_the_place_is_right_wherever_the_file_is_cut_for_reading(tmp_path: Path, shift: int) -> None:
    """A bad byte, alone or in the middle of a character, near the end of a piece."""
    before = b"a,b\n" + b"1,2\n" * (LINE_LIMIT // 4 - 2)
    for bad, length in ((b"\xe9\n", 0), (b"\xf0\x9f\n", 0)):
        content = before + b"x" * (4 + shift) + bad + b"1,2\n"
        at = len(before) + 4 + shift + length
        line = before.count(b"\n") + 1
        told = refused(tmp_path, content)
        assert f"line {line:,} holds a byte that can't be read (byte {at:,}," in told


@pytest.mark.parametrize("shift", range(-3, 3))
def test_characters_cut_in_two_while_reading_are_whole_afterwards(tmp_path: Path, shift: int) -> None:
    """Four bytes of one sign over the edge of a piece."""
    text = "a,b\n" + "1,2\n" * (LINE_LIMIT // 4 - 2) + "x" * (4 + shift) + "😀,é\n"
    _, rows = read(tmp_path, text.encode())
    assert rows[-1] == ["x" * (4 + shift) + "😀", "é"]


def test_a_file_says_about_how_many_rows_it_has(tmp_path: Path) -> None:
    """Lines without the header, whether the last one ends or not."""
    path = tmp_path / "file.csv"
    for content, total in ((b"a\n1\n2\n", 2), (b"a\n1\n2", 2), (b"a\n", 0), (b"a", 0)):
        path.write_bytes(content)
        with CsvFile(path) as file:
            assert file.total == total


_PROBE = """
import sys
from pathlib import Path
sys.path.insert(0, "packaging/bench")
from ingest import peak_memory
from yearadmin.embedded.ingest.csv_file import CsvFile
from yearadmin.embedded.ingest.model import IngestError
before = peak_memory()
try:
    with CsvFile(Path(sys.argv[1])) as file:
        rows = sum(1 for _ in file)
    print("read", rows, end=";")
except IngestError as error:
    print(error, end=";")
print(peak_memory() - before)
"""

_MB = 1_000_000


def _columns(path: Path) -> None:
    path.write_bytes(b",".join(b"c%d" % number for number in range(1_000_000)) + b"\n1\n")


def _cells(path: Path) -> None:
    path.write_bytes(b"a,b\n" + b"," * 1_000_000 + b"\n1,2\n")


def _cell(path: Path) -> None:
    path.write_bytes(b"a,b\n1," + b"x" * (100 * _MB) + b"\n")


def _quoted(path: Path) -> None:
    path.write_bytes(b'a,b\n1,"' + b"x" * 99 + (b"\n" + b"x" * 99) * _MB)


def _wide(path: Path) -> None:
    path.write_bytes(b"a,b\n" + "😀,😀\n".encode() * (3 * _MB))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (_columns, "Line 1 is longer than 1,048,576 bytes."),
        (_cells, "read 2"),
        (_cell, "Line 2 is longer than 1,048,576 bytes."),
        (_quoted, "Line 1,312 has a cell of more than 131,072 characters; perhaps a quotation mark opened in line 2"),
        (_wide, "read 3000000"),
    ],
)
def test_a_hostile_or_huge_file_takes_little_memory(tmp_path: Path, make: Callable[[Path], None], told: str) -> None:
    """A million columns, a cell of 100 MB, a quotation mark left open over 100 MB: some 20 MB at most, in a process."""
    path = tmp_path / "bomb.csv"
    make(path)
    done = subprocess.run(
        [sys.executable, "-c", _PROBE, str(path)], capture_output=True, text=True, check=True, timeout=60, cwd=ROOT
    )
    path.unlink()
    said, grown = done.stdout.rsplit(";", 1)
    assert said.startswith(told)
    assert int(grown) < 40, grown


def test_a_large_data_file_goes_in_within_the_memory_promised() -> None:
    """The whole way, twice, with recalculation and totals: the measuring program itself, on a smaller file."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "bench" / "ingest.py"), "--rows", "30000"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    peaks = [int(number) for number in re.findall(r"(\d+) MB peak", done.stdout)]
    assert len(peaks) == 8
    assert max(peaks) < 200
