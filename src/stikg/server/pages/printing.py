"""Drawings of networks for print, made by a process of their own that may take its time.

Run as a program it reads a network as JSON and writes the picture.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import OrderedDict
from pathlib import Path
from typing import Final

import stikg
from stikg.errors import Busy, InputError, LimitExceeded
from stikg.results import Table
from stikg.terms import Literal

SECONDS: Final = 60.0
"""Seconds that a drawing may take."""

_MOST_WAITING: Final = 4
_MOST_KEPT: Final = 24
_DRAWN: Final[OrderedDict[bytes, bytes]] = OrderedDict()


class _Desk:
    """Where drawings are made one at a time; the line before it is short."""

    waiting = 0
    lock: asyncio.Lock | None = None


async def print_network(table: Table, form: str, title: str, subtitle: str, *, most: int) -> bytes:
    """Return the picture of a network by ``stikg.figures``; ``form`` is svg or png.

    :raises InputError: if the network is empty or has more nodes than can be drawn.
    :raises LimitExceeded: if drawing takes too long; Busy, if too many drawings are waited for.
    """
    ends = {str(term) for name in ("source", "target") for term in table.column(name)}
    if not ends:
        raise InputError(
            "there is nothing to draw: the network is empty", remedy="widen the filter"
        )
    if len(ends) > most:
        raise InputError(
            f"{len(ends)} nodes are more than can be drawn ({most})", remedy="narrow the filter"
        )
    rows = [[str(term) if term is not None else "" for term in row] for row in table.rows]
    content = {"columns": table.columns, "rows": rows, "form": form}
    order = json.dumps({**content, "title": title, "subtitle": subtitle}).encode()
    if order in _DRAWN:
        _DRAWN.move_to_end(order)
        return _DRAWN[order]
    picture = await _at_the_desk(order)
    _DRAWN[order] = picture
    while len(_DRAWN) > _MOST_KEPT:
        _DRAWN.popitem(last=False)
    return picture


async def _at_the_desk(order: bytes) -> bytes:
    if _Desk.waiting >= _MOST_WAITING:
        raise Busy("other drawings are being made", seconds=20, remedy="try again in a moment")
    _Desk.lock = _Desk.lock or asyncio.Lock()
    _Desk.waiting += 1
    try:
        async with _Desk.lock:
            return await _drawn(order)
    finally:
        _Desk.waiting -= 1


async def _drawn(order: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "stikg.server.pages.printing",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(stikg.__file__).resolve().parents[1])},
        start_new_session=True,
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS):
            picture, _ = await process.communicate(order)
    except TimeoutError as error:
        raise LimitExceeded("the drawing takes too long", remedy="narrow the filter") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode or not picture:
        raise LimitExceeded("the network could not be drawn", remedy="narrow the filter")
    return picture


def main() -> None:
    """Draw the network that the standard input describes."""
    from stikg.figures import Caption, draw_graph
    from stikg.networks import build

    order = json.load(sys.stdin.buffer)
    rows = tuple(tuple(Literal(text) if text else None for text in row) for row in order["rows"])
    graph = build(Table(tuple(order["columns"]), rows), title=order["title"])
    picture = draw_graph(graph, Caption(order["title"], order["subtitle"]))
    sys.stdout.buffer.write(picture.render(order["form"]))


if __name__ == "__main__":
    main()
