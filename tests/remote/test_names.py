"""File names the server would refuse are made acceptable, and stay recognisable."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearadmin.remote.names import safe_file_name


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("a&b.csv", "a_b.csv"),
        ("Étudiants 2026 (v1) [final].csv", "Étudiants 2026 (v1) [final].csv"),
        ('say "hi", 100 %.CSV', "say _hi__ 100 _.CSV"),
        ("l'été.csv", "l'été.csv"),
        (unicodedata.normalize("NFD", "été.csv"), "été.csv"),
        ("..\\..\\etc\\passwd.csv", "passwd.csv"),
        ("/home/me/plan.csv/", "plan.csv"),
        ("a..b...csv", "a.b.csv"),
        (".csv", "file.csv"),
        ("  .csv", "file.csv"),
        ("", "file"),
        ("picture.png", "picture.png"),
        ("bad\udcffname.csv", "bad_name.csv"),
        ("line\r\nbreak.csv", "line  break.csv"),
        ("x" * 400 + ".csv", "x" * 176 + ".csv"),
    ],
)
def test_a_name_is_kept_as_far_as_the_server_takes_it(given_name: str, expected: str) -> None:
    assert safe_file_name(given_name) == expected


@given(st.text(max_size=60), st.sampled_from([".csv", ".CSV", ""]))
def test_any_name_becomes_acceptable_and_stays_so(stem: str, ending: str) -> None:
    name = safe_file_name(stem + ending)
    assert re.fullmatch(r"[\w .()\[\]:\-'<>?]+", name)
    assert ".." not in name
    assert len(name.encode()) <= 200
    assert safe_file_name(name) == name
    if ending:
        assert name.endswith(ending)
