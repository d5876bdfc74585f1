"""The French of every context: really French, with its mnemonics in place, and naming buttons as they are labelled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import pytest

from tests.words.conftest import ROOT, load_tool

check = load_tool("check_translations")
FRENCH = {
    (message.context, message.source): message.forms
    for message in check.read_messages(ROOT / "i18n" / "yearadmin_fr.ts")
    if message.context
}
# Names, numbers with signs, and words that both languages share.
SAME = {
    "SHA-256",
    "Versions",
    "{date}, {first} – {last}",
    "Messages",
    "Modules",
    "Module {number}",
    "Train",
    "Services",
    "Type",
    "Port",
    "Version",
    "{file} · {when}",
}
# What can be on the screen together: a letter must lead to one of them only.
TOGETHER = {
    "window": (
        ("desktop.yearbar", "&Year"),
        ("desktop.yearbar", "&Open year for users"),
        ("desktop.band", "Relo&ad"),
        ("desktop.provisioning", "&Retry"),
    ),
    "window without the server": (
        ("desktop.yearbar", "&Year"),
        ("desktop.yearbar", "&Open year for users"),
        ("desktop.band", "&Try now"),
        ("desktop.pages", "&Retry"),
    ),
    "window of nobody": (
        ("desktop.yearbar", "&Year"),
        ("desktop.band", "&Sign in…"),
        ("desktop.pages", "&Create year {year}"),
    ),
    "menu of the year": (
        ("desktop.yearbar", "&Reload"),
        ("desktop.yearbar", "Other &year…"),
        ("desktop.yearbar", "&Open year for users…"),
        ("desktop.yearbar", "&Close year again…"),
    ),
}
LABELS = {
    "Retry": ("desktop.provisioning", "&Retry"),
    "Try now": ("desktop.band", "&Try now"),
    "Before you open": ("desktop.panels", "Before you open"),
    "Save goals": ("desktop.panels", "Save goals"),
    "Revert": ("desktop.panels", "Revert"),
}


def _letters(text: str) -> list[str]:
    return [letter.lower() for letter in re.findall(r"&(\w)", text)]


def _quoting() -> Iterator[tuple[str, str, str]]:
    for (_, source), forms in FRENCH.items():
        for label in re.findall("“([^“”{}]+)”", source):
            yield label, source, forms[0]


def test_no_french_text_is_the_english_one() -> None:
    same = {source for (_, source), forms in FRENCH.items() if source in forms and re.search(r"[^\W\d]{3}", source)}
    names_only = {text for text in same if not re.sub(r"\{\w+\}|\W", "", text)}
    assert same - SAME - names_only == set()


@pytest.mark.parametrize("place", TOGETHER)
def test_a_mnemonic_leads_to_one_thing_only(place: str) -> None:
    for texts in ([text for _, text in TOGETHER[place]], [FRENCH[key][0] for key in TOGETHER[place]]):
        for one, other in combinations(texts, 2):
            assert not set(_letters(one)) & set(_letters(other)), f"{one} and {other}"


def test_a_text_with_a_mnemonic_has_one_in_french_too() -> None:
    wrong = [
        (source, form)
        for (_, source), forms in FRENCH.items()
        for form in forms
        if len(_letters(source)) != len(_letters(form))
    ]
    assert wrong == []


def test_a_button_named_in_a_sentence_is_named_as_it_is_labelled() -> None:
    named = list(_quoting())
    assert {label for label, _, _ in named} == set(LABELS)
    for label, source, french in named:
        key = LABELS[label]
        assert key[1].replace("&", "") == label
        assert f"«\u00a0{FRENCH[key][0].replace('&', '')}\u00a0»" in french, source
