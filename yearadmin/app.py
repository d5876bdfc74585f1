"""The composition root of the window: arguments, embedded backend, window, core; the only place that knows them all.

The backend's process starts first, then the window paints from an empty state, and only then the rest is imported.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from yearadmin import places
from yearadmin.contract.enums import RoleName
from yearadmin.contract.problems import Problem, ProblemCode, ProblemError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from yearadmin.catalogue.modules import Slot
    from yearadmin.contract.years import Goal
    from yearadmin.desktop.desks import Desks
    from yearadmin.desktop.feed import StateFeed
    from yearadmin.desktop.memory import WindowMemory
    from yearadmin.desktop.window import MainWindow
    from yearadmin.remote.backend import LocalBackend
    from yearadmin.logbook import Logbook
    from yearadmin.state.core import Core

EXIT_USAGE = 2
NO_DISPLAY = (
    "There is no display to open a window on.\n"
    "“yearadmin --help” lists what can be done in a terminal; “yearadmin tour” shows the window in pictures."
)
_PAINTS_WITHIN = 2.0  # seconds; a window that starts minimised never paints

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked for on the command line. ``pace`` is in seconds."""

    server: str = ""
    demo: bool = False
    sample: bool = False
    data_dir: Path | None = None
    language: str = ""
    pace: float | None = None
    name: str = ""  # what the server is called in the window

    @property
    def backend_dir(self) -> Path:
        """Where the embedded backend keeps its data."""
        return self.data_dir or places.backend_dir()


def parse(argv: Sequence[str]) -> Options:
    """Read the arguments; ends the process with code 2 and a sentence when they are wrong."""
    parser = argparse.ArgumentParser(
        prog="yearadmin", description="Opens the window. “yearadmin --help” lists the commands for a terminal."
    )
    parser.add_argument(
        "--server",
        metavar="URL",
        default="",
        help="the server’s address with its version, such as "
        "https://host/api/v1; without it the built-in server is started",
    )
    parser.add_argument("--demo", action="store_true", help="sign in as a test administrator of a demo server")
    parser.add_argument("--sample", action="store_true", help="begin with sample data (built-in server)")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where the built-in server keeps its data")
    parser.add_argument("--lang", choices=("en", "fr"), default="", help="language for this run")
    parser.add_argument("--backend-pace", type=float, metavar="SECONDS", help="slow each step of the built-in server "
                        "down, for training")  # fmt: skip
    args = parser.parse_args(argv)
    if args.server and not args.server.startswith(("http://", "https://")):
        parser.error("argument --server: the address must begin with http:// or https://")
    if args.server and (args.sample or args.data_dir or args.backend_pace is not None):
        parser.error("--sample, --data-dir and --backend-pace are for the built-in server, not for --server")
    return Options(args.server, args.demo, args.sample, args.data_dir, args.lang, args.backend_pace)


def main(argv: Sequence[str]) -> int:
    """Open the window and stay until it is closed; 0 then, 2 on wrong usage or without a display."""
    options = parse(argv)
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    from yearadmin.desktop.display import has_display

    if not has_display():
        sys.stderr.write(NO_DISPLAY + "\n")
        return EXIT_USAGE
    backend = start_backend(options)
    try:
        return _run(options, backend)
    finally:
        if backend is not None:
            backend.stop()


def start_backend(options: Options) -> LocalBackend | None:
    """Start the embedded backend unless another server is named; a failure is told later, in the window."""
    if options.server:
        return None
    from yearadmin.remote.backend import LocalBackend

    backend = LocalBackend(options.backend_dir, demo=options.demo, sample=options.sample, pace=options.pace)
    with suppress(ProblemError):
        backend.start()
    return backend


def _run(options: Options, backend: LocalBackend | None) -> int:
    from PySide6.QtWidgets import QApplication

    from yearadmin.desktop import loop
    from yearadmin.desktop.memory import WindowMemory

    app = QApplication(["yearadmin"])
    program = Program(app, WindowMemory(), options, backend)
    program.show()
    return loop.run(app, program.work, report=program.report, interrupted=program.quit)


class Program:
    """The running program: a window, and behind it the core as soon as the window has painted."""

    def __init__(
        self,
        app: QApplication,
        memory: WindowMemory,
        options: Options,
        backend: LocalBackend | None,
        cache_file: Path | None = None,
    ) -> None:
        from yearadmin.desktop import theme, translation
        from yearadmin.desktop.window import MainWindow

        app.setApplicationName("yearadmin")
        app.setDesktopFileName("yearadmin")
        theme.apply_theme(app)
        translation.install(app, translation.choose_language(options.language or memory.language or None))
        self._app = app
        self._memory = memory
        self._options = options
        self._backend = backend
        self._cache_file = cache_file or places.cache_file()
        self._quit = asyncio.Event()
        self._painted = asyncio.Event()
        self._feed: StateFeed | None = None
        self.core: Core | None = None
        self.book: Logbook | None = None
        self.desks: Desks | None = None
        self.started = asyncio.Event()  # the core is there and connects
        self.window: MainWindow = MainWindow(memory)
        self.window.painted.connect(self._painted.set)
        self.window.quit_requested.connect(self.quit)
        self.window.language_requested.connect(self.speak)

    @property
    def server_name(self) -> str:
        """What the server is called in the state: its address, or the word for the embedded backend."""
        from yearadmin.words.connection import EMBEDDED

        return self._options.server or EMBEDDED

    def show(self) -> None:
        """Show the window with what is known before anything is asked: nothing."""
        from yearadmin.state.model import AppState, Connection

        link = Connection(self.server_name, demo=self._is_demo)
        self.window.show_state(None, AppState(_this_year(), connection=link))
        self.window.show()

    @property
    def _is_demo(self) -> bool:
        """Whether the server lets one sign in as a test person."""
        return self._options.demo

    async def work(self) -> int:
        """Everything behind the window, from the first picture to the orderly end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._painted.wait(), _PAINTS_WITHIN)
        try:
            await self.begin()
            await self._quit.wait()
        finally:
            self.window.hide()
            await self.end()
            self.window.close_for_good()
        return 0

    async def begin(self) -> None:
        """Make the core, connect it with the window, and start it."""
        # On a thread, so that the window goes on painting meanwhile.
        await asyncio.gather(*(asyncio.to_thread(import_module, name) for name in _LATE))
        from yearadmin.cache.store import Cache
        from yearadmin.desktop.desks import Desks
        from yearadmin.desktop.feed import StateFeed
        from yearadmin.logbook import open_logbook
        from yearadmin.state.core import Core, ServerChoice

        book = self.book = await asyncio.to_thread(open_logbook, places.log_dir(), name="window")
        log.info("begun with %s", self.server_name)

        backend, options = self._backend, self._options
        choice = ServerChoice(
            options.server or (backend.base_url if backend is not None else ""),
            name=self.server_name,
            role=RoleName.BACKOFFICE_ADMIN if self._is_demo else None,
            demo=self._is_demo,
            key="" if backend is None else f"embedded:{options.backend_dir.absolute()}",
            token=None if backend is None else backend.token,
        )
        core = Core(
            choice,
            Cache(self._cache_file),
            this_year=_this_year(),
            before_connect=None if backend is None else backend.ensure,
            on_exchange=book.activity.add,
            on_tokens=lambda tokens: book.redactor.learn(tokens.access, tokens.refresh) if tokens else None,
        )
        self.core = core
        self._feed = StateFeed(core.store, self.window.show_state)
        connect_wishes(self.window, core)
        self.desks = Desks(self.window, core.store, core.archive, book, self.report)
        await core.start()
        self.started.set()

    async def end(self) -> None:
        """End in order: the streams and requests, the cache, the embedded backend."""
        if self.desks is not None:
            await self.desks.close()
        if self.core is not None:
            await self.core.close()
        if self._feed is not None:
            self._feed.stop()
        if self._backend is not None:
            await asyncio.to_thread(self._backend.stop)
        if self.book is not None:
            log.info("ended")
            self.book.close()

    def quit(self) -> None:
        """Begin the end."""
        self._quit.set()

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
