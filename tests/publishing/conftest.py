"""Connections of a test end with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.publishing.pushing import OPENED


@pytest.fixture(autouse=True)
def hang_up() -> Iterator[None]:
    """Close the connections that a test has opened."""
    yield
    while OPENED:
        OPENED.pop().close()
