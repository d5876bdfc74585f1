"""The look: contrasts that can be read, icons that exist and are tinted, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel

from yearadmin import places
from yearadmin.desktop import icons, theme
from yearadmin.desktop.theme import DARK, LIGHT, Colours, Tone

DESKTOP = Path(theme.__file__).parent


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    colour = QColor(name)
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda scheme: scheme.name)
def test_every_text_reaches_4_5_to_1_on_what_it_stands_on(scheme: Colours) -> None:
    pairs = [
        (scheme.of(tone), back)
        for tone in Tone
        if tone is not Tone.ON_ACCENT
        for back in (scheme.window, scheme.surface)
    ]
    pairs += [(scheme.of(tone), scheme.soft(tone)) for tone in Tone if tone is not Tone.ON_ACCENT]
    softs = [scheme.soft(tone) for tone in (Tone.GOOD, Tone.WARN, Tone.BAD, Tone.RUNNING, Tone.ACCENT)]
    pairs += [(fore, back) for fore in (scheme.text, scheme.muted, scheme.accent) for back in softs]
    pairs += [(scheme.text, scheme.raised), (scheme.muted, scheme.raised)]
    pairs += [(scheme.on_accent, scheme.accent), (scheme.on_accent, scheme.accent_hover)]
    weak = [(fore, back, round(contrast(fore, back), 2)) for fore, back in pairs if contrast(fore, back) < 4.5]
    assert weak == []


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=lambda scheme: scheme.name)
def test_outlines_and_focus_rings_reach_3_to_1_and_disabled_words_stay_readable(scheme: Colours) -> None:
    backs = (scheme.window, scheme.surface)
    weak = [
        (part, round(contrast(part, back), 2))
        for part in (scheme.outline, scheme.focus, scheme.disabled)
        for back in backs
        if contrast(part, back) < 3
    ]
    assert weak == []


def test_every_icon_named_in_the_code_is_drawn() -> None:
    drawn = {path.stem for path in (places.resources_dir() / "icons").glob("*.svg")}
    named: set[str] = set()
    for path in DESKTOP.rglob("*.py"):
        named |= set(re.findall(r"\b(?:icon|pixmap|say|show_text)\(\s*\"([a-z_]+)\"", path.read_text(encoding="utf-8")))
        named |= set(re.findall(r"\(\"([a-z_]+)\", Tone\.", path.read_text(encoding="utf-8")))
    assert len(named) > 15
    assert named - drawn == set()


def test_icons_are_tinted_in_the_colours_of_the_theme(qapp: QApplication) -> None:
    def strongest(tone: Tone) -> str:
        picture = icons.pixmap("check", tone, 48).toImage()
        dots = (picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height()))
        return max(dots, key=lambda dot: dot.alpha()).name()

    theme.wear(qapp, LIGHT)
    assert strongest(Tone.GOOD) == LIGHT.good
    theme.wear(qapp, DARK)
    assert strongest(Tone.GOOD) == DARK.good


def test_a_disabled_icon_has_a_look_of_its_own(qapp: QApplication) -> None:
    shown = icons.icon("lock_open", Tone.ON_ACCENT)
    normal, disabled = (shown.pixmap(16, mode).toImage() for mode in (shown.Mode.Normal, shown.Mode.Disabled))
    assert normal != disabled


def test_a_label_changes_its_colour_with_its_tone_and_with_the_theme(qapp: QApplication, qtbot: object) -> None:
    label = QLabel("rows")
    theme.set_tone(label, Tone.BAD)
    label.ensurePolished()
    assert label.palette().windowText().color().name() == LIGHT.bad
    theme.set_tone(label, Tone.GOOD)
    assert label.palette().windowText().color().name() == LIGHT.good
    theme.wear(qapp, DARK)
    label.ensurePolished()
    assert label.palette().windowText().color().name() == DARK.good
