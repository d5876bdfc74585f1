"""The institution's sign-on page in a view of its own, until the server has set its two cookies.

Loaded only when it is wanted. Never loads the calculator's pages, downloads nothing, opens no other window, and keeps
nothing: its profile is off the record and thrown away with it.
"""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkCookie, QSslCertificate
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineDownloadRequest,
    QWebEngineLoadingInfo,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineProfileBuilder,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from yearadmin.profiles import is_loopback
from yearadmin.state.signing import Tokens

STATE_SECONDS = 60.0  # life of the server's state cookie (contract section 1.2)
_COOKIES_WITHIN = 3000  # ms after the redirect to the front end
_ACCESS, _REFRESH = "auth_token", "refresh_token"
_ATTRIBUTES = QWebEngineSettings.WebAttribute
_OFF = (
    _ATTRIBUTES.PluginsEnabled,
    _ATTRIBUTES.PdfViewerEnabled,
    _ATTRIBUTES.JavascriptCanOpenWindows,
    _ATTRIBUTES.JavascriptCanAccessClipboard,
    _ATTRIBUTES.LocalContentCanAccessRemoteUrls,
    _ATTRIBUTES.LocalContentCanAccessFileUrls,
    _ATTRIBUTES.ScreenCaptureEnabled,
    _ATTRIBUTES.FullScreenSupportEnabled,
    _ATTRIBUTES.DnsPrefetchEnabled,
)

_ending: dict[int, tuple[QWebEnginePage, QWebEngineProfile]] = {}  # being taken away


class End(StrEnum):
    """Why a sign-on did not end in a session."""

    TOO_LATE = "too_late"  # 400: the minute was over, or it was begun elsewhere
    REFUSED = "refused"  # 401: the institution gave no usable identity, or the person cancelled there
    UNAVAILABLE = "unavailable"  # 503: who may do what can't be looked up
    NOT_REACHED = "not_reached"  # no page came
    CERTIFICATE = "certificate"
    NOT_ENCRYPTED = "not_encrypted"  # a page asked for over http
    NO_COOKIES = "no_cookies"  # all went well, but no session came with it
    CRASHED = "crashed"


class _Page(QWebEnginePage):
    """Goes only where it may; ``back`` once the server sends the browser to the front end."""

    back = Signal()
    barred = Signal(str)

    def __init__(self, profile: QWebEngineProfile, base_url: str) -> None:
        super().__init__(profile)
        self._callback = f"{base_url}/auth/callback"
        self._base = base_url
        self._was_at_callback = False

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main: bool) -> bool:
        """Only https, or this computer; and no further than the callback."""
        address = url.toString() if isinstance(url, QUrl) else url
        if not is_main:
            return (
                address == "about:blank" or address.startswith(("about:srcdoc", "data:", "blob:")) or _is_safe(address)
            )
        if address.startswith(self._callback):
            self._was_at_callback = True
        elif self._was_at_callback and kind is QWebEnginePage.NavigationType.NavigationTypeRedirect:
            self._was_at_callback = False
            self.back.emit()
            return False
        else:
            self._was_at_callback = False
        if not _is_safe(address):
            self.barred.emit(urlsplit(address).netloc)
            return False
        return True

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]
        """No other window."""
        return None

    def javaScriptConsoleMessage(self, *_: object) -> None:
        """What a page writes to its console may hold anything: it goes nowhere."""


class SignOnView(QWidget):
    """Signals: ``signed_on(Tokens)``, ``failed(End, str)`` with the server's words, ``moved(str)``: where it is now.

    ``time_up`` when the server's minute is over and nobody has come back yet. ``state_seconds`` is for tests.
    ``authority`` is a PEM file of certificates that are trusted there besides the system's.
    """

    signed_on = Signal(object)
    failed = Signal(object, str)
    moved = Signal(str)
    busy = Signal(bool)
    time_up = Signal()

    def __init__(
        self,
        base_url: str,
        parent: QWidget | None = None,
        *,
        authority: Path | None = None,
        state_seconds: float = STATE_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._base = base_url
        self._host = urlsplit(base_url).hostname or ""
        self._found: dict[str, str] = {}
        self._is_over = False
        self.profile = _profile(authority)
        self.profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
        self.profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        self.profile.setSpellCheckEnabled(False)
        self.profile.downloadRequested.connect(self._on_download)
        self.profile.cookieStore().cookieAdded.connect(self._on_cookie)
        self.page = _Page(self.profile, base_url)
        for attribute in _OFF:
            self.page.settings().setAttribute(attribute, False)
        self.page.back.connect(self._on_back)
        self.page.barred.connect(lambda host: self._fail(End.NOT_ENCRYPTED, host))
        self.page.loadingChanged.connect(self._on_loading)
        self.page.urlChanged.connect(lambda url: self.moved.emit(url.toString()))
        self.page.certificateError.connect(self._on_certificate)
        self.page.permissionRequested.connect(self._on_permission)
        self.page.renderProcessTerminated.connect(lambda *_: self._fail(End.CRASHED))
        self.view = QWebEngineView()
        self.view.setPage(self.page)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        self.setFocusProxy(self.view)
        self._minute = QTimer(self, singleShot=True, interval=int(state_seconds * 1000))
        self._minute.timeout.connect(self._on_minute)
        self._patience = QTimer(self, singleShot=True, interval=_COOKIES_WITHIN)
        self._patience.timeout.connect(lambda: self._fail(End.NO_COOKIES))

    def begin(self) -> None:
        """Go to the server's door, which leads to the institution's page; the minute begins."""
        self._is_over = False
        self._found.clear()
        self._patience.stop()
        self._minute.start()
        self.busy.emit(True)
        self.page.load(QUrl(f"{self._base}/auth/login"))

    def end(self) -> None:
        """Stop, and forget every cookie; the view is of no use afterwards."""
        self._is_over = True
        self._minute.stop()
        self._patience.stop()
        self.page.triggerAction(QWebEnginePage.WebAction.Stop)
        self._found.clear()
        self.profile.cookieStore().deleteAllCookies()
        page, profile = self.page, self.profile
        # One after the other, for each needs the next; and whatever becomes of this widget meanwhile.
        key = id(profile)
        _ending[key] = (page, profile)
        profile.destroyed.connect(lambda: _ending.pop(key, None))
        page.destroyed.connect(profile.deleteLater)
        self.view.destroyed.connect(page.deleteLater)
        self.view.deleteLater()

    def _on_cookie(self, cookie: QNetworkCookie) -> None:
        name = cookie.name().toStdString()
        if name in (_ACCESS, _REFRESH) and cookie.domain().lstrip(".").lower() == self._host.lower():
            self._found[name] = cookie.value().toStdString()
            self._look()

    def _on_back(self) -> None:
        self._patience.start()
        self._look()

    def _look(self) -> None:
        """Both are there and the server has sent the browser away: signed on."""
        if self._patience.isActive() and len(self._found) == 2 and not self._is_over:
            self._is_over = True
            self._patience.stop()
            self._minute.stop()
            tokens = Tokens(self._found[_ACCESS], self._found[_REFRESH])
            self._found.clear()
            # Not from within the engine's own call: whoever hears it takes the engine away.
            QTimer.singleShot(0, self, lambda: self.signed_on.emit(tokens))

    def _on_loading(self, info: QWebEngineLoadingInfo) -> None:
        status = info.status()
        if status is QWebEngineLoadingInfo.LoadStatus.LoadStartedStatus:
            self.busy.emit(True)
            return
        self.busy.emit(False)
        if self._is_over or self._patience.isActive():
            return
        code, domain = info.errorCode(), info.errorDomain()
        if domain is QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain and code >= 400:
            if info.url().toString().startswith(self._base):
                # The words first: the page is the server's answer.
                self.page.toPlainText(lambda text: self._fail(_ends(code), _detail(text)))
        elif status is QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            self._fail(End.NOT_REACHED, urlsplit(info.url().toString()).netloc)

    def _on_minute(self) -> None:
        if not self._is_over:
            self.time_up.emit()

    def _on_certificate(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()
        self._fail(End.CERTIFICATE, error.url().host())

    @staticmethod
    def _on_download(request: QWebEngineDownloadRequest) -> None:
        request.cancel()

    @staticmethod
    def _on_permission(permission: QWebEnginePermission) -> None:
        permission.deny()

    def _fail(self, end: End, words: str = "") -> None:
        if not self._is_over:
            self._is_over = True
            self._minute.stop()
            self._patience.stop()
            QTimer.singleShot(0, self, lambda: self.failed.emit(end, words))


def _profile(authority: Path | None) -> QWebEngineProfile:
    """A profile off the record; it has to outlive its page."""
    builder = QWebEngineProfileBuilder()
    if authority is not None and authority.is_file():
        builder.setAdditionalTrustedCertificates(QSslCertificate.fromData(authority.read_bytes()))
    return builder.createProfile("")  # without a name: off the record


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def _ends(status: int) -> End:
    return {400: End.TOO_LATE, 401: End.REFUSED, 503: End.UNAVAILABLE}.get(status, End.NOT_REACHED)


def _detail(text: str) -> str:
    """The server's own sentence, where its answer is one."""
    try:
        body = json.loads(text)
    except ValueError:
        return ""
    detail = body.get("detail") if isinstance(body, dict) else None
    return detail if isinstance(detail, str) else ""
