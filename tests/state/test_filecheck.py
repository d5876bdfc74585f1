"""A file that cannot be right is refused before a byte of it is sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from yearadmin.catalogue.modules import SlotKind
from yearadmin.contract.problems import ProblemCode, ProblemError
from yearadmin.state.filecheck import MAX_BYTES, CheckedFile, check_file

Code = ProblemCode
LONG = b"a,b\n" + "é,1\n".encode() * 40_000


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", b"", Code.FILE_EMPTY),
        ("blank.csv", b"\n \n;;\n", Code.FILE_EMPTY),
        ("header.csv", b"a,b\r\n\r\n", Code.FILE_EMPTY),
        ("mark.csv", b"\xef\xbb\xbf", Code.FILE_EMPTY),
        ("wide.csv", "a,b\n1,2\n".encode("utf-16"), Code.FILE_NOT_CSV),
        ("wide-no-mark.csv", "a,b\n1,2\n".encode("utf-16-le"), Code.FILE_NOT_CSV),
        ("latin.csv", "a,b\né,2\n".encode("latin-1"), Code.FILE_NOT_CSV),
        ("picture.csv", b"\x89PNG\r\n\x1a\n0000", Code.FILE_NOT_CSV),
        ("book.csv", b"PK\x03\x04....", Code.FILE_NOT_CSV),
        ("page.csv", b"%PDF-1.7 a\nb", Code.FILE_NOT_CSV),
        ("table.xlsx", b"a,b\n1,2\n", Code.FILE_NOT_CSV),
        ("cut.csv", b"a,b\n1,\xc3", Code.FILE_NOT_CSV),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, content: bytes, code: ProblemCode) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ProblemError) as caught:
        check_file(path, SlotKind.FACTOR)
    assert (caught.value.problem.code, caught.value.problem.subject) == (code, name)


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    for name in ("nothing.csv", "folder.csv"):
        with pytest.raises(ProblemError) as caught:
            check_file(tmp_path / name, SlotKind.DATA)
        assert caught.value.problem.code is Code.FILE_MISSING


def test_more_than_the_server_takes(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n")
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ProblemError) as caught:
        check_file(path, SlotKind.DATA)
    assert caught.value.problem.code is Code.FILE_TOO_LARGE


@pytest.mark.parametrize("name", ["a&b.csv", "relevés d'été (1).CSV", "'quoted'.csv"])
def test_odd_names_are_fine(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"a,b\n1,2\n")
    assert check_file(path, SlotKind.DATA) == CheckedFile(8)


def test_a_long_file_may_be_looked_at_up_to_the_middle_of_a_character(tmp_path: Path) -> None:
    for shift in range(3):
        path = tmp_path / f"{shift}.csv"
        path.write_bytes(b"x" * shift + LONG)
        assert check_file(path, SlotKind.DATA).size == len(LONG) + shift


def test_a_mark_is_left_out_where_the_server_refuses_it(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(b"\xef\xbb\xbfa,b\n1,2\n")
    assert check_file(path, SlotKind.FACTOR).skip == 3
    assert check_file(path, SlotKind.REFERENCE).skip == 3
    assert check_file(path, SlotKind.DATA).skip == 0
    assert check_file(path, SlotKind.REDUCTION).skip == 0


def test_the_sample_files_pass() -> None:
    from yearadmin.places import resources_dir

    for path in (resources_dir() / "sample").glob("*_*.csv"):
        assert check_file(path, SlotKind.DATA).size > 0
