"""The composition root of the window: arguments, embedded backend, window, core; the only place that knows them all.

The backend's process starts first, then the window paints from an empty state, and only then the rest is imported.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin import places
from yearadmin.contract.enums import RoleName
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError
from yearadmin.options import NoSuchProfileError, Options, first_profile, parse
from yearadmin.profiles import Profile, ProfileFile, ProfileKind
from yearadmin.signing_in import KeptSessions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from yearadmin.catalogue.modules import Slot
    from yearadmin.contract.years import Goal
    from yearadmin.desktop.desks import Desks
    from yearadmin.desktop.feed import StateFeed
    from yearadmin.desktop.memory import WindowMemory
    from yearadmin.desktop.signin.desk import SignInDesk
    from yearadmin.desktop.window import MainWindow
    from yearadmin.logbook import Logbook
    from yearadmin.remote.backend import LocalBackend
    from yearadmin.state.core import Core

__all__ = ["Options", "Program", "connect_wishes", "main", "parse", "start_backend"]

EXIT_USAGE = 2
NO_DISPLAY = (
    "There is no display to open a window on.\n"
    "“yearadmin --help” lists what can be done in a terminal; “yearadmin tour” shows the window in pictures."
)
_PAINTS_WITHIN = 2.0  # seconds; a window that starts minimised never paints

log = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Open the window and stay until it is closed; 0 then, 2 on wrong usage or without a display."""
    options = parse(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.WARNING)  # the log file gets more; the terminal is not for that
    from yearadmin.desktop.display import has_display

    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return EXIT_USAGE
    file = ProfileFile(places.profiles_file())
    try:
        profile = first_profile(options, file.load())
    except NoSuchProfileError as error:
        sys.stderr.write(f"yearadmin: error: argument --profile: {error}\n")
        return EXIT_USAGE
    embedded = profile is not None and profile.kind is ProfileKind.EMBEDDED
    return _run(options, start_backend(options) if embedded else None, file)


def start_backend(options: Options) -> LocalBackend | None:
    """Start the embedded backend unless another server is named; a failure is told later, in the window."""
    if options.server:
        return None
    from yearadmin.remote.backend import LocalBackend

    backend = LocalBackend(options.backend_dir, demo=options.demo, sample=options.sample, pace=options.pace)
    with suppress(ProblemError):
        backend.start()
    return backend


def _run(options: Options, backend: LocalBackend | None, file: ProfileFile) -> int:
    from PySide6.QtWidgets import QApplication

    from yearadmin.desktop import loop
    from yearadmin.desktop.memory import WindowMemory
    from yearadmin.desktop.signin.availability import prepare

    prepare()
    app = QApplication(["yearadmin"])
    program = Program(app, WindowMemory(), options, backend, file=file)
    try:
        program.show()
        return loop.run(app, program.work, report=program.report, interrupted=program.quit)
    finally:
        if program.backend is not None:
            program.backend.stop()


class Program:
    """The running program: a window, and behind it the core as soon as the window has painted.

    Another server gets another window and another core: nothing of one can be shown or sent as the other's.
    """

    def __init__(
        self,
        app: QApplication,
        memory: WindowMemory,
        options: Options,
        backend: LocalBackend | None,
        cache_file: Path | None = None,
        file: ProfileFile | None = None,
    ) -> None:
        from yearadmin.desktop import theme, translation

        app.setApplicationName("yearadmin")
        app.setDesktopFileName("yearadmin")
        theme.apply_theme(app)
        translation.install(app, translation.choose_language(options.language or memory.language or None))
        self._app = app
        self._memory = memory
        self._options = options
        self.backend = backend
        self._file = file or ProfileFile(places.profiles_file())
        self._sessions = KeptSessions(self._file)
        self.profile = first_profile(options, self._file.load())  # None: the operator has to choose
        self._demo_at = self.profile if options.demo else None
        self._next: Profile | None = None  # the one to go to
        self._looking: asyncio.Task[None] | None = None
        self._cache_file = cache_file or places.cache_file()
        self._leave = asyncio.Event()  # for another server, or for good
        self._quitting = False
        self._painted = asyncio.Event()
        self._feed: StateFeed | None = None
        self.core: Core | None = None
        self.book: Logbook | None = None
        self.desks: Desks | None = None
        self.sign_in: SignInDesk | None = None
        self.started = asyncio.Event()  # the core is there and connects
        self.window: MainWindow = self._make_window()

    def _make_window(self) -> MainWindow:
        from yearadmin.desktop.window import MainWindow

        window = MainWindow(self._memory, self.profile, self._file)
        window.painted.connect(self._painted.set)
        window.quit_requested.connect(self.quit)
        window.language_requested.connect(self.speak)
        window.switch_requested.connect(self.switch)
        window.profile_changed.connect(self._on_profile)
        window.look_requested.connect(self._look_at)
        if self.profile is None:
            window.show_first_start()
        return window

    @property
    def server_name(self) -> str:
        """What the server is called in the state: its address, or the word for the embedded backend."""
        from yearadmin.words.connection import EMBEDDED as HERE

        profile = self.profile
        if profile is None:
            return ""
        return HERE if profile.kind is ProfileKind.EMBEDDED else profile.base_url

    def show(self) -> None:
        """Show the window with what is known before anything is asked: nothing."""
        from yearadmin.state.model import AppState, Connection

        link = Connection(self.server_name, demo=self._is_demo)
        self.window.show_state(None, AppState(_this_year(), connection=link))
        self.window.show()

    @property
    def _is_demo(self) -> bool:
        """Whether the server lets one sign in as a test person."""
        return self._demo_at is not None and self._demo_at == self.profile

    async def work(self) -> int:
        """Everything behind the window, from the first picture to the orderly end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._painted.wait(), _PAINTS_WITHIN)
        try:
            while not self._quitting:
                self._leave.clear()
                if self._next is not None:
                    await self._go_to(self._next)
                if self.profile is not None:
                    await self.begin()
                await self._leave.wait()
        finally:
            self.window.hide()
            await self.end()
            self._sessions.close()
            self.window.close_for_good()
        return 0

    async def _go_to(self, profile: Profile) -> None:
        """Leave the present server in order, while the window of ``profile`` is there already."""
        old, self._next, self.profile = self.window, None, profile
        self.started.clear()
        self._memory.keep_layout(old.saveGeometry(), old.columns.widths)
        if self._file.load().get(profile.id) is not None:
            self._file.update(lambda held: held.use(profile.id))
        self.window = self._make_window()
        self.show()
        old.hide()
        await self.end()
        await _dispose(old)
        if profile.kind is ProfileKind.EMBEDDED:
            self.backend = start_backend(replace(self._options, server="", demo=self._is_demo))

    async def begin(self) -> None:
        """Make the core, connect it with the window, and start it."""
        # On a thread, so that the window goes on painting meanwhile.
        await asyncio.gather(*(asyncio.to_thread(import_module, name) for name in _LATE))
        from yearadmin.cache.store import Cache
        from yearadmin.desktop.desks import Desks
        from yearadmin.desktop.feed import StateFeed
        from yearadmin.desktop.network import NetworkWatch
        from yearadmin.desktop.signin.desk import SignInDesk
        from yearadmin.logbook import open_logbook
        from yearadmin.state.core import Core, ServerChoice

        book = self.book = await asyncio.to_thread(open_logbook, places.log_dir(), name="window")
        log.info("begun with %s", self.server_name)

        backend, options = self.backend, self._options
        assert self.profile is not None
        choice = ServerChoice(
            self.profile.base_url or (backend.base_url if backend is not None else ""),
            name=self.server_name,
            role=RoleName.BACKOFFICE_ADMIN if self._is_demo else None,
            demo=self._is_demo,
            key="" if backend is None else f"embedded:{options.backend_dir.absolute()}",
            token=None if backend is None else backend.token,
            place=self._sessions.place_of(self.profile),
            authority=self.profile.authority,
        )
        core = Core(
            choice,
            Cache(self._cache_file),
            this_year=_this_year(),
            before_connect=None if backend is None else backend.ensure,
            on_exchange=book.activity.add,
            on_tokens=lambda tokens: book.redactor.learn(tokens.access, tokens.refresh) if tokens else None,
            secrets=self._sessions.secrets,
            waits_for_sign_in=True,
        )
        self.core = core
        self._feed = StateFeed(core.store, self.window.show_state)
        connect_wishes(self.window, core)
        NetworkWatch(core.retry_now, self.window)
        self.desks = Desks(self.window, core.store, core.archive, book, self.report)
        self.sign_in = SignInDesk(
            self.window,
            core,
            choice.base_url,
            authority=choice.authority,
            sessions=self._sessions,
            report=self.report,
        )
        await core.start()
        self.started.set()

    async def end(self) -> None:
        """End in order: the streams and requests, the cache, the embedded backend; may be followed by a beginning."""
        if self._looking is not None:
            self._looking.cancel()
        for desk in (self.sign_in, self.desks):
            if desk is not None:
                await desk.close()
        if self.core is not None:
            await self.core.close()
        if self._feed is not None:
            self._feed.stop()
        if self.backend is not None:
            await asyncio.to_thread(self.backend.stop)
        if self.book is not None:
            log.info("ended")
            self.book.close()
        self.desks = self.sign_in = self.core = self._feed = self.backend = self.book = None

    def quit(self) -> None:
        """Begin the end."""
        self._quitting = True
        self._leave.set()

    def switch(self, profile: Profile) -> None:
        """Leave the present server for another one, or for the same one at another address."""
        self._next = profile
        self._leave.set()

    def _on_profile(self, profile: Profile) -> None:
        """The present server has another name or colour, or was kept."""
        self.profile = profile

    def _look_at(self, address: str, ca_file: str) -> None:
        if self._looking is not None:
            self._looking.cancel()
        self._looking = asyncio.get_running_loop().create_task(self._look(address, ca_file))

    async def _look(self, address: str, ca_file: str) -> None:
        try:
            from yearadmin.state.looking import look

            self.window.show_look(await look(address, authority=Path(ca_file) if ca_file else None))
        except Exception as error:
            self.report(error)

    def speak(self, language: str) -> None:
        """Change the language of everything on the screen, and remember it."""
        from yearadmin.desktop import translation

        translation.install(self._app, language)
        self._memory.keep_language(language)

    def report(self, error: BaseException) -> None:
        """Tell an error that nobody caught, once for each place in the code; never its text: it may hold anything."""
        if self.core is None:
            return
        from yearadmin.state.events import Noticed
        from yearadmin.state.model import Notice, NoticeCode, NoticeKind

        trace, where = error.__traceback__, ""
        while trace is not None:
            where = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
            trace = trace.tb_next
        words = f"{type(error).__name__} {where}".strip()
        problem = Problem(ProblemCode.INTERNAL, server_words=words)
        now = datetime.now(UTC)
        notice = Notice(0, NoticeCode.INTERNAL_ERROR, NoticeKind.FAILURE, now, problem=problem)
        self.core.store.dispatch(Noticed(notice, once=words))


_LATE = ("yearadmin.state.core", "yearadmin.cache.store", "yearadmin.logbook")


def _this_year() -> int:
    return datetime.now().astimezone().year


async def _dispose(window: MainWindow) -> None:
    """Close a window and wait until Qt has let go of it: its Python half must not be collected first."""
    gone = asyncio.Event()
    window.destroyed.connect(gone.set)
    window.close_for_good()
    window.deleteLater()
    with suppress(TimeoutError):
        await asyncio.wait_for(gone.wait(), _PAINTS_WITHIN)


def connect_wishes(window: MainWindow, core: Core) -> None:
    """Hand every wish of the window to the core, which asks its permit again before it does anything."""

    def upload(year: int, slot: Slot, path: Path) -> None:
        core.spawn(core.upload(year, slot, path))

    def save_goals(year: int, goals: tuple[Goal, ...]) -> None:
        core.spawn(core.save_goals(year, goals, seen=window.panels.goals_seen(year)))

    window.year_selected.connect(core.select_year)
    window.reload_requested.connect(core.reload_year)
    window.retry_connection_requested.connect(core.retry_now)
    window.notice_dismissed.connect(core.dismiss)
    window.upload_cancel_requested.connect(core.cancel_upload)
    window.create_requested.connect(lambda year: core.spawn(core.create_year(year)))
    window.retry_setup_requested.connect(lambda year: core.spawn(core.retry_setup(year)))
    window.open_requested.connect(lambda year: core.spawn(core.open_year(year)))
    window.close_requested.connect(lambda year: core.spawn(core.close_year(year)))
    window.goals_save_requested.connect(save_goals)
    window.theirs_kept.connect(core.settle)
    window.conflict_put_off.connect(core.settle)
    window.mine_wanted.connect(lambda year: core.spawn(core.use_mine(year)))
    window.came_back.connect(core.refresh)
    window.upload_requested.connect(upload)
    window.interrupt_requested.connect(lambda pipeline: core.spawn(core.interrupt(pipeline)))
    window.sign_in_requested.connect(lambda role: core.spawn(core.sign_in_as(role)))
    window.sign_out_requested.connect(lambda: core.spawn(core.sign_out()))
