"""The one stylesheet, written from a colour scheme. Selects Qt's own widgets and a few properties, never our classes.

Properties: ``look`` (primary, quiet, link) on buttons, ``tone`` on labels, ``card`` and ``strip`` on frames.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yearadmin.places import resources_dir

if TYPE_CHECKING:
    from yearadmin.desktop.theme import Colours

_TEMPLATE = """
QWidget { outline: 0; }
QToolTip { color: @text; background: @raised; border: 1px solid @outline; padding: 6px 8px; }
QMainWindow, QDialog { background: @window; }

QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: 10px; }
QFrame[bar="top"] { background: @surface; border: none; border-bottom: 1px solid @border; }
QFrame[bar="bottom"] { background: @surface; border: none; border-top: 1px solid @border; }
QFrame#profileFrame { border: none; }
QFrame[rule="true"] { background: @border; border: none; }
QFrame[strip="true"] { border-radius: 8px; border: 1px solid @border; background: @surface; }
@tones
QFrame[band="true"] { border: none; border-radius: 0; }

QPushButton, QToolButton {
    background: @surface; color: @text; border: 1px solid @outline; border-radius: 7px; padding: 6px 13px;
}
QToolButton { padding: 5px 8px; }
QPushButton:hover, QToolButton:hover { background: @raised; }
QPushButton:pressed, QToolButton:pressed { background: @border; }
QPushButton:disabled, QToolButton:disabled { color: @disabled; border-color: @border; background: @raised; }
QPushButton:focus { border: 2px solid @focus; padding: 5px 12px; }
QToolButton:focus { border: 2px solid @focus; padding: 4px 7px; }
QPushButton[look="primary"] { background: @accent; color: @on_accent; border-color: @accent; font-weight: 600; }
QPushButton[look="primary"]:hover { background: @accent_hover; border-color: @accent_hover; }
QPushButton[look="primary"]:focus { border-color: @text; }
QPushButton[look="primary"]:disabled { background: @raised; color: @disabled; border-color: @border; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: @raised; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border-color: @focus; }
QPushButton[look="link"] {
    background: transparent; border-color: transparent; color: @accent; padding: 3px 8px 3px 0; font-weight: 600;
    text-align: left;
}
QPushButton[look="link"]:hover { background: @surface; }
QPushButton[look="link"]:focus { border-color: @focus; padding: 2px 7px 2px 0; }
QToolButton::menu-indicator { image: none; }

QComboBox {
    background: @surface; color: @text; border: 1px solid @outline; border-radius: 7px; padding: 5px 10px;
    combobox-popup: 0;
}
QComboBox:hover { background: @raised; }
QComboBox:focus, QComboBox:on { border: 2px solid @focus; padding: 4px 9px; }
QComboBox:disabled { color: @disabled; border-color: @border; background: @raised; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("@chevron"); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
    background: @surface; color: @text; border: 1px solid @outline; padding: 4px;
    selection-background-color: @accent_soft; selection-color: @text;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 2px 6px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox {
    background: @surface; color: @text; border: 1px solid @outline; border-radius: 7px; padding: 5px 8px;
    selection-background-color: @accent; selection-color: @on_accent;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus {
    border: 2px solid @focus; padding: 4px 7px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled {
    color: @disabled; border-color: @border; background: @raised;
}

QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit { background: transparent; border: none; padding: 0 8px; }
QLineEdit[fault="true"] { border-color: @bad; }

QMenu { background: @surface; color: @text; border: 1px solid @outline; padding: 5px; }
QMenu::item { padding: 6px 22px 6px 10px; border-radius: 5px; }
QMenu::item:selected { background: @accent_soft; color: @text; }
QMenu::item:disabled { color: @disabled; background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: @border; margin: 5px 8px; }

QSplitter::handle { background: @border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:hover { background: @focus; }

QCheckBox { color: @text; spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 6px; }
QCheckBox:focus { border-color: @focus; }
QCheckBox::indicator {
    width: 16px; height: 16px; border: 1px solid @outline; border-radius: 4px; background: @surface;
}
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url("@check"); }

QTableView {
    background: @surface; alternate-background-color: @window; color: @text; border: 1px solid @border;
    border-radius: 8px; selection-background-color: @accent_soft; selection-color: @text;
}
QTableView:focus { border-color: @focus; }
QTableView::item { padding: 2px 8px; border: none; }
QTableView::item:selected { background: @accent_soft; color: @text; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
    background: transparent; color: @muted; border: none; border-bottom: 1px solid @border; padding: 6px 11px;
    font-weight: 600;
}
QTabWidget::pane { border: none; border-top: 1px solid @border; }
QTabBar { background: transparent; }
QTabBar::tab {
    background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent; padding: 8px 12px;
    margin-right: 4px;
}
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; font-weight: 600; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:focus { color: @text; border-bottom-color: @focus; }

QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @outline; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""

_TONE = """
QLabel[tone="{tone}"] {{ color: {fore}; }}
QFrame[strip="true"][tone="{tone}"] {{ background: {back}; border-color: {fore}; }}
QFrame[band="true"][tone="{tone}"] {{ background: {back}; border: none; border-bottom: 1px solid {fore}; }}
"""


def stylesheet(scheme: Colours) -> str:
    """The whole stylesheet in these colours."""
    chevron = resources_dir() / "styles" / f"chevron_{scheme.name}.svg"
    tones = "".join(
        _TONE.format(tone=tone, fore=getattr(scheme, tone), back=getattr(scheme, f"{tone}_soft"))
        for tone in ("accent", "good", "warn", "bad", "running")
    )
    tones += f'QLabel[tone="muted"] {{ color: {scheme.muted}; }}\n'
    # Said outright, so that what stands under the veil of a year being set up stays readable though it is disabled.
    tones += f'QLabel[tone="text"] {{ color: {scheme.text}; }}\n'
    check = resources_dir() / "styles" / f"check_{scheme.name}.svg"
    text = _TEMPLATE.replace("@tones", tones).replace("@chevron", chevron.as_posix())
    text = text.replace("@check", check.as_posix())
    # The longest names first: "@accent" is the beginning of "@accent_hover".
    for name in sorted(type(scheme).__slots__, key=len, reverse=True):
        text = text.replace(f"@{name}", str(getattr(scheme, name)))
    return text
