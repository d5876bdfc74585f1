"""One loop for Qt and asyncio, and one place every stray error ends up in.

The only file that knows qasync. Never runs a loop inside the loop: dialogs are opened, not executed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from types import TracebackType
from weakref import WeakSet

from PySide6.QtWidgets import QApplication

Work = Callable[[], Coroutine[object, object, int]]
Report = Callable[[BaseException], None]

log = logging.getLogger(__name__)


def run(app: QApplication, work: Work, *, report: Report, interrupted: Callable[[], None]) -> int:
    """Run ``work`` to its end on the common loop; its answer is returned, or 1 when the session ended under it.

    ``report`` gets every error nobody caught, from slots and from tasks. ``interrupted`` is called on Ctrl+C and when
    the system asks the program to end.
    """
    from qasync import QEventLoop

    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    with _errors_to(report, loop), _generators_end_on(loop), loop:
        for number in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # not on every platform
                loop.add_signal_handler(number, interrupted)
        task = loop.create_task(_whole(work))
        try:
            return int(loop.run_until_complete(task))
        except RuntimeError:
            if task.done():
                raise
            # Something ended Qt's loop itself: give the work the chance to put its things in order.
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                loop.run_until_complete(task)
            return 1
        finally:
            if asyncio.all_tasks(loop):  # the loop was ended from outside
                loop.run_until_complete(_end_rest())
            asyncio.set_event_loop(None)


async def _whole(work: Callable[[], Coroutine[object, object, int]]) -> int:
    """The work and its end in one run of Qt's loop: the web engine, where it was used, survives no second one."""
    try:
        return await work()
    finally:
        await _end_rest()


async def _end_rest() -> None:
    """Cancel what the work left behind and wait for it, so that nothing is destroyed while pending."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    await asyncio.gather(*(generator.aclose() for generator in tuple(_unfinished)), return_exceptions=True)


_unfinished: WeakSet[AsyncGenerator[object, None]] = WeakSet()


@contextlib.contextmanager
def _generators_end_on(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Close the async generators that nobody closed, as asyncio's own loop does and Qt's does not.

    Those inside the HTTP library close their connections: left to the garbage collector they find no loop to do it on.
    """

    def finish(generator: AsyncGenerator[object, None]) -> None:
        _unfinished.discard(generator)
        if not loop.is_closed():
            loop.call_soon_threadsafe(lambda: loop.create_task(_close(generator)))

    before = sys.get_asyncgen_hooks()
    sys.set_asyncgen_hooks(_unfinished.add, finish)
    try:
        yield
    finally:
        sys.set_asyncgen_hooks(*before)


async def _close(generator: AsyncGenerator[object, None]) -> None:
    with contextlib.suppress(RuntimeError):  # it is being closed by its owner after all
        await generator.aclose()


@contextlib.contextmanager
def _errors_to(report: Report, loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    before = sys.excepthook

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        tell(error)

    def on_loop_error(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        tell(error if isinstance(error, BaseException) else RuntimeError(str(context.get("message", "unknown"))))

    def tell(error: BaseException) -> None:
        log.error("Nobody caught this", exc_info=error)
        try:
            report(error)
        except Exception:
            log.exception("The error could not be told in the window")

    sys.excepthook = on_error
    loop.set_exception_handler(on_loop_error)
    try:
        yield
    finally:
        sys.excepthook = before
