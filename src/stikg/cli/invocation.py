"""What every command is given: where the graph is, and how to open it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from stikg.cli.output import tell
from stikg.errors import InputError

if TYPE_CHECKING:
    from stikg.dataset import Dataset
    from stikg.layout import Layout
    from stikg.store.profiles import Endpoint


class Invocation:
    """The global options of one call.

    ``endpoint`` is a URL or the name of a profile; ``settings`` are those of an endpoint that take
    the place of the profile's, by name, None where not given.
    """

    def __init__(
        self,
        folder: Path | None = None,
        endpoint: str | None = None,
        store: Path | None = None,
        **settings: Any,
    ) -> None:
        self.folder = folder
        self.store = store
        self._endpoint = endpoint
        self._settings = {name: value for name, value in settings.items() if value is not None}

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

    def endpoint(self) -> Endpoint | None:
        """Return the endpoint that is asked, or None if it is a dataset of this machine.

        :raises InputError: if it is none, or settings are given without one.
        """
        if self._endpoint is None:
            if self._settings:
                names = ", ".join(f"--{name.replace('_', '-')}" for name in self._settings)
                raise InputError(f"{names}: for an endpoint only", remedy="name it: --endpoint URL")
            return None
        from dataclasses import replace

        from stikg.store.profiles import find_endpoint

        return replace(find_endpoint(self._endpoint), **self._settings)

    def dataset(self) -> Dataset:
        """Open the dataset that is meant; say on stderr if the files are newer than the compiled.

        :raises DatasetError: if nothing is compiled, or it is damaged.
        """
        return self._dataset

    @cached_property
    def _dataset(self) -> Dataset:
        from stikg.dataset import open as open_dataset

        endpoint = self.endpoint()
        dataset = open_dataset(self.folder, endpoint=endpoint, store=self.store)
        if endpoint is None and self.store is None and self.layout().stale():
            tell("the graph is newer than the dataset; run: stikg build")
        return dataset
