"""One loop for the window and the network: it ends in order and loses no error."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import AsyncGenerator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from yearadmin.desktop import loop


def test_it_runs_the_work_to_its_end_while_qt_goes_on(qapp: QApplication) -> None:
    ticks: list[int] = []
    timer = QTimer(interval=5)
    timer.timeout.connect(lambda: ticks.append(1))

    async def work() -> int:
        timer.start()
        await asyncio.sleep(0.08)
        timer.stop()
        return 7

    assert loop.run(qapp, work, report=pytest.fail, interrupted=lambda: None) == 7
    assert len(ticks) > 3


@pytest.mark.expects_log
def test_errors_of_slots_and_of_tasks_reach_the_same_place(qapp: QApplication) -> None:
    told: list[BaseException] = []

    async def lost() -> None:
        raise ValueError("in a task")

    async def work() -> int:
        QTimer.singleShot(0, lambda: 1 / 0)
        task = asyncio.create_task(lost())
        await asyncio.sleep(0.02)
        del task
        gc.collect()
        await asyncio.sleep(0.02)
        return 0

    before = sys.excepthook
    assert loop.run(qapp, work, report=told.append, interrupted=lambda: None) == 0
    assert {type(error) for error in told} == {ZeroDivisionError, ValueError}
    assert sys.excepthook is before


@pytest.mark.expects_log
def test_an_error_while_telling_an_error_does_not_end_the_program(qapp: QApplication) -> None:
    def report(error: BaseException) -> None:
        raise RuntimeError("no window any more")

    async def work() -> int:
        QTimer.singleShot(0, lambda: 1 / 0)
        await asyncio.sleep(0.03)
        return 3

    assert loop.run(qapp, work, report=report, interrupted=lambda: None) == 3


def test_what_the_work_left_behind_is_cancelled_and_waited_for(qapp: QApplication) -> None:
    ended: list[str] = []

    async def endless() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            ended.append("in order")

    async def work() -> int:
        task = asyncio.create_task(endless())
        await asyncio.sleep(0.01)
        assert not task.done()
        return 0

    loop.run(qapp, work, report=pytest.fail, interrupted=lambda: None)
    assert ended == ["in order"]


def test_when_the_session_ends_qt_the_work_may_still_put_its_things_in_order(qapp: QApplication) -> None:
    steps: list[str] = []

    async def work() -> int:
        QTimer.singleShot(10, qapp.exit)
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)
            steps.append("closed")
        return 0

    assert loop.run(qapp, work, report=pytest.fail, interrupted=lambda: None) == 1
    assert steps == ["closed"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind exist on POSIX only")
def test_ctrl_c_asks_the_program_to_end(qapp: QApplication) -> None:
    async def work() -> int:
        asked = asyncio.Event()
        interrupts.append(asked.set)
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.wait_for(asked.wait(), 5)
        return 0

    interrupts: list[object] = []

    def interrupted() -> None:
        for call in interrupts:
            call()  # type: ignore[operator]

    assert loop.run(qapp, work, report=pytest.fail, interrupted=interrupted) == 0


def test_closing_the_last_window_does_not_end_the_program(qapp: QApplication) -> None:
    async def work() -> int:
        return 0

    loop.run(qapp, work, report=pytest.fail, interrupted=lambda: None)
    assert not qapp.quitOnLastWindowClosed()


def test_a_generator_that_nobody_closed_is_closed_on_the_loop(qapp: QApplication) -> None:
    closed: list[str] = []

    async def numbers(name: str) -> AsyncGenerator[int, None]:
        try:
            yield 1
            yield 2
        finally:
            await asyncio.sleep(0)  # closing takes a turn of the loop, as closing a connection does
            closed.append(name)

    kept = []

    async def work() -> int:
        async for _ in numbers("forgotten"):
            break
        gc.collect()
        await asyncio.sleep(0.02)
        assert closed == ["forgotten"]
        kept.append(numbers("still held at the end"))
        await anext(kept[0])
        return 0

    before = sys.get_asyncgen_hooks()
    assert loop.run(qapp, work, report=pytest.fail, interrupted=lambda: None) == 0
    assert closed == ["forgotten", "still held at the end"]
    assert sys.get_asyncgen_hooks() == before
