"""A scripted year server, gone after the test."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from .scripted import YearServer


@pytest.fixture
async def server() -> AsyncIterator[YearServer]:
    async with YearServer() as running:
        running.usual()
        yield running
