"""What the shell is offered while a name is typed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import click
from click.shell_completion import CompletionItem

from stikg.cli.invocation import Invocation
from stikg.errors import StikgError


def suggest_names(
    cls: str | None = None,
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return a function that offers the names of the things of a class that begin as typed."""

    def suggest(
        context: click.Context, _: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        try:
            hits = Invocation.of(context).dataset().names.complete(incomplete, cls)
        except StikgError:  # while somebody types, an error has no place to go
            return []
        return [CompletionItem(_quoted(hit.matched), help=hit.label) for hit in hits]

    return suggest


def suggest_endpoints(
    _: click.Context, __: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer the names of the profiles of endpoints."""
    from stikg.store.addresses import shown_url
    from stikg.store.profiles import read_profiles

    try:
        profiles = read_profiles()
    except StikgError:
        return []
    return [
        CompletionItem(name, help=shown_url(profile.url))
        for name, profile in sorted(profiles.items())
        if name.startswith(incomplete)
    ]


def _quoted(name: str) -> str:
    """Return a name as the shell reads it; zsh and fish quote by themselves."""
    if not os.environ.get("_STIKG_COMPLETE", "").startswith("bash"):
        return name
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", name)
