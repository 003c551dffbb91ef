"""How a whole run is shared out among processes: by files, what takes long first.

A run ends when its last process does, so that a long file must not begin last; and files that need
the same costly servers run in one process, which starts them once.
"""

from __future__ import annotations

from typing import Final

from xdist.scheduler import LoadFileScheduling

LONG: Final = (
    "tests/networks/test_spark.py",
    "tests/engines/",
    "tests/queries/test_answers.py",
    "tests/browser/test_network.py",
    "tests/browser/test_every_page.py",
    "tests/queries/test_questions.py",
    "tests/test_architecture.py",
    "tests/browser/test_editor.py",
    "tests/browser/test_evidence.py",
    "tests/queries/test_checks.py",
    "tests/assistants/",
    "tests/test_packaging.py",
    "tests/browser/test_tables.py",
    "tests/browser/test_search.py",
    "tests/server/test_attacks.py",
    "tests/server/test_serve.py",
    "tests/server/test_downloads.py",
    "tests/server/test_openapi.py",
    "tests/server/test_clients.py",
    "tests/publishing/test_push.py",
    "tests/benchmarks/",
    "tests/briefs/",
    "tests/figures/",
    "tests/mishaps/test_kills.py",
    "tests/validation/test_shacl.py",
    "tests/test_ontology.py",
)
"""Files, and folders whose files stay together, from the longest; all others are shorter."""


class LongFirst(LoadFileScheduling):  # type: ignore[misc]
    """Gives a process that is free the longest of what is left; of the short, the most tests."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((part for part in LONG if file.startswith(part)), file)

    def _assign_work_unit(self, node: object) -> None:
        first = min(self.workqueue, key=self._turn)
        self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)

    def _turn(self, part: str) -> tuple[int, int]:
        place = LONG.index(part) if part in LONG else len(LONG)
        return place, -len(self.workqueue[part])
