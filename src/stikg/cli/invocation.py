"""What every command is given: where the graph is, and how to open it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stikg.cli.output import tell

if TYPE_CHECKING:
    from stikg.dataset import Dataset
    from stikg.layout import Layout


class Invocation:
    """The global options of one call; ``endpoint`` is a URL or the name of a profile."""

    def __init__(
        self,
        folder: Path | None = None,
        endpoint: str | None = None,
        store: Path | None = None,
    ) -> None:
        self.folder = folder
        self.endpoint = endpoint
        self.store = store

    @classmethod
    def of(cls, context: click.Context) -> Invocation:
        """Return that of a context; where a shell completes words, no command has run yet."""
        if isinstance(context.obj, cls):
            return context.obj
        given = context.find_root().params
        return cls(given.get("folder"), given.get("endpoint"), given.get("store"))

    def layout(self) -> Layout:
        """Return the folders of the graph.

        :raises InputError: if the folder that was named is none.
        :raises DatasetError: if there is no graph anywhere.
        """
        from stikg.layout import find_layout

        return find_layout(self.folder)

    def dataset(self) -> Dataset:
        """Open the dataset that is meant; say on stderr if the files are newer than the compiled.

        :raises DatasetError: if nothing is compiled, or it is damaged.
        """
        return self._dataset

    @cached_property
    def _dataset(self) -> Dataset:
        from stikg.dataset import open as open_dataset

        dataset = open_dataset(self.folder, endpoint=self.endpoint, store=self.store)
        if self.endpoint is None and self.store is None and self.layout().stale():
            tell("the graph is newer than the dataset; run: stikg build")
        return dataset
