"""How files are shared out: the longest first, and a folder with costly servers as one."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from typing import Any

from tests.distribution import LONG, LongFirst

SHORT = ["tests/test_a.py::test_1", "tests/test_b.py::test_1", "tests/test_b.py::test_2"]
ENGINES = ["tests/engines/test_y.py::test_1", "tests/engines/test_z.py::test_1[a::b]"]
SPARK = ["tests/networks/test_spark.py::test_1"]


class Process:
    """A process that notes what it is given."""

    def __init__(self) -> None:
        self.given: list[int] = []

    def send_runtest_some(self, indices: list[int]) -> None:
        self.given += indices


def test_what_is_long_is_there(root: Path) -> None:
    assert [part for part in LONG if not (root / part).exists()] == []


def test_the_longest_is_given_first_and_a_folder_whole() -> None:
    process = Process()
    tests = [*SHORT, ENGINES[0], *SPARK, ENGINES[1]]
    scheduler: Any = LongFirst.__new__(LongFirst)
    scheduler.assigned_work, scheduler.registered_collections = {}, {process: tests}
    scheduler.workqueue = OrderedDict()
    for test in tests:
        scheduler.workqueue.setdefault(scheduler._split_scope(test), {})[test] = False
    while scheduler.workqueue:
        scheduler._assign_work_unit(process)
    given = [tests[index] for index in process.given]
    assert given == [*SPARK, *ENGINES, SHORT[1], SHORT[2], SHORT[0]]
