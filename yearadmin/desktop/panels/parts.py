"""Small widgets the panels are made of: toned text, marks, cards, elided names, badges and step bars.

Knows nothing of years or slots; every colour comes from the theme, so a change of palette needs no word from outside.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from yearadmin.desktop.icons import SMALL, icon, pixmap
from yearadmin.desktop.theme import Tone, colours, scaled, set_tone

HIGHLIGHT_MS = 1600
CORNER = 9.0


class ToneLabel(QLabel):
    """Text in one of the theme's tones, wrapped unless it is said otherwise."""

    def __init__(
        self,
        tone: Tone = Tone.TEXT,
        *,
        wrap: bool = True,
        scale: float = 1.0,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.PlainText)  # the server's words are never markup
        scaled(self, scale, QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_tone(self, tone)

    def show_text(self, text: str) -> None:
        """Show ``text``, or nothing at all when it is empty."""
        if text != self.text():
            self.setText(text)
        self.setVisible(bool(text))


class Mark(QWidget):
    """One icon in a tone; never the only sign of anything."""

    def __init__(
        self, name: str = "", tone: Tone = Tone.TEXT, size: int = SMALL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.icon_name, self.tone = name, tone
        self.setFixedSize(size, size)

    def show_mark(self, name: str, tone: Tone) -> None:
        """Show another icon; no icon when ``name`` is empty."""
        if (name, tone) != (self.icon_name, self.tone):
            self.icon_name, self.tone = name, tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon at the screen's own resolution."""
        if self.icon_name:
            painter = QPainter(self)
            icon(self.icon_name, self.tone).paint(painter, self.rect())


class Marked(QWidget):
    """A mark and the words that say the same."""

    def __init__(
        self, parent: QWidget | None = None, *, scale: float = 1.0, bold: bool = False, wrap: bool = True
    ) -> None:
        super().__init__(parent)
        self.mark = Mark(parent=self)
        self.label = ToneLabel(scale=scale, bold=bold, wrap=wrap)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)

    def show_state(self, name: str, tone: Tone, text: str) -> None:
        """Show one state; hidden when there is nothing to say."""
        self.mark.show_mark(name, tone)
        self.mark.setVisible(bool(name))
        set_tone(self.label, tone)
        if text != self.label.text():
            self.label.setText(text)
        self.setVisible(bool(text))


class ElidedLabel(QLabel):
    """One line that gives way: elided in the middle, whole in the tooltip."""

    def __init__(self, tone: Tone = Tone.TEXT, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        set_tone(self, tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """The text as it is, not as it fits."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show ``text``, or nothing at all when it is empty."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()
        self.setVisible(bool(text))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        fitting = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideMiddle, max(self.width(), 40))
        if fitting != self.text():
            self.setText(fitting)
        self.setToolTip(self._whole if fitting != self._whole else "")


class Badge(QLabel):
    """A short word in a rounded frame."""

    def __init__(self, tone: Tone = Tone.MUTED, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        scaled(self, 0.9, QFont.Weight.Normal)
        self.setContentsMargins(8, 2, 8, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_word(self, word: str, tone: Tone) -> None:
        """Show one word, or nothing at all."""
        self._tone = tone
        if word != self.text():
            self.setText(word)
        self.setVisible(bool(word))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame and the word in the same tone."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().of(self._tone)), 1))
        painter.setBrush(QColor(colours().soft(self._tone)))
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Card(QFrame):
    """A rounded sheet; outlined in the accent while something is dragged over it or attention is called to it."""

    def __init__(self, parent: QWidget | None = None, *, sunk: bool = False) -> None:
        super().__init__(parent)
        self._sunk = sunk
        self._edge: Tone | None = None
        self._called = False
        self._hush = QTimer(self)
        self._hush.setSingleShot(True)
        self._hush.setInterval(HIGHLIGHT_MS)
        self._hush.timeout.connect(lambda: self._call(False))

    @property
    def is_highlighted(self) -> bool:
        """Whether attention is being called to it."""
        return self._called

    def set_edge(self, tone: Tone | None) -> None:
        """Outline it in a tone, or as usual."""
        if tone is not self._edge:
            self._edge = tone
            self.update()

    def highlight(self) -> None:
        """Call attention to it for a moment."""
        self._call(True)
        self._hush.start()

    def _call(self, called: bool) -> None:
        self._called = called
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sheet and its outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = Tone.ACCENT if self._called else self._edge
        width = 2.0 if tone is not None and tone is not Tone.BAD else 1.0
        scheme = colours()
        painter.setPen(QPen(QColor(scheme.of(tone) if tone is not None else scheme.border), width))
        ground = scheme.accent_soft if tone is Tone.ACCENT else (scheme.window if self._sunk else scheme.surface)
        painter.setBrush(QColor(ground))
        inset = width / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, CORNER, CORNER)


class StepBar(QWidget):
    """A thin bar of one or more segments, each filled to its share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[float, ...] = ()
        self.setFixedHeight(5)
        self.hide()

    @property
    def shares(self) -> tuple[float, ...]:
        """How far each segment is, from 0 to 1."""
        return self._shares

    def show_shares(self, shares: tuple[float, ...]) -> None:
        """Show that many segments, each filled to its share; nothing at all when there are none."""
        if shares != self._shares:
            self._shares = shares
            self.update()
        self.setVisible(bool(shares))

    def show_step(self, number: int, of: int = 3) -> None:
        """Steps before ``number`` are done; ``number`` itself is under way, which is shown as half."""
        self.show_shares(tuple(1.0 if step < number else 0.5 if step == number else 0.0 for step in range(1, of + 1)))

    def sizeHint(self) -> QSize:
        """Thin."""
        return QSize(120, 5)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The segments."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = 4.0
        width = (self.width() - gap * (len(self._shares) - 1)) / max(len(self._shares), 1)
        for index, share in enumerate(self._shares):
            area = QRectF(index * (width + gap), 0, width, self.height())
            painter.setBrush(QColor(colours().border))
            painter.drawRoundedRect(area, 2.5, 2.5)
            if share > 0:
                area.setWidth(max(width * min(share, 1.0), 5.0))
                painter.setBrush(QColor(colours().running))
                painter.drawRoundedRect(area, 2.5, 2.5)


class ButtonRow(QWidget):
    """Buttons side by side, or below each other where their words are too long for the width there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: tuple[QPushButton, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)

    def hold(self, *buttons: QPushButton, apart: bool = False) -> None:
        """Take these buttons in; ``apart`` puts the last one to the far end."""
        self._buttons = buttons
        for button in buttons[:-1] if apart else buttons:
            self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        if apart:
            self._row.addWidget(buttons[-1], 0, Qt.AlignmentFlag.AlignLeft)

    def fit(self) -> None:
        """Choose the direction again: the words or the buttons shown have changed."""
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = sum(button.sizeHint().width() for button in shown) + self._row.spacing() * max(len(shown) - 1, 0)
        fits = needed <= self.width()
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction is not self._row.direction():
            self._row.setDirection(direction)
            self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold them side by side, or no longer."""
        super().resizeEvent(event)
        self.fit()


def chevron(*, down: bool) -> QIcon:
    """The sign of something that unfolds: pointing right while folded, down while unfolded."""
    picture = pixmap("chevron_right", Tone.MUTED, SMALL)
    return QIcon(picture.transformed(QTransform().rotate(90)) if down else picture)


class EvenGrid(QWidget):
    """Widgets side by side in columns of one width, and below each other when there is no room."""

    def __init__(self, columns: int, least: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most, self._least, self._now = columns, least, 0
        self._widgets: list[QWidget] = []
        self._fillers: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)

    def add(self, widget: QWidget) -> None:
        """One more, after the others."""
        widget.setParent(self)
        self._widgets.append(widget)
        self._now = 0
        self._arrange()

    @property
    def columns(self) -> int:
        """How many columns fit now."""
        return self._now

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may hold another number of columns."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(self._most, (self.width() + 10) // (self._least + 10)))
        if columns == self._now:
            return
        for column in range(self._most):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for filler in self._fillers:
            self._grid.removeWidget(filler)
            filler.deleteLater()
        # Without something in it a column takes no spacing, and the others would be wider than those of other grids.
        missing = range(len(self._widgets), columns)
        self._fillers = [QWidget(self) for _ in missing]
        for index, widget in enumerate((*self._widgets, *self._fillers)):
            self._grid.addWidget(widget, index // columns, index % columns)
        self._now = columns
        self.updateGeometry()
