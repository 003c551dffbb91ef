"""What a push would do, and what is there, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stikg.publishing.push.description import Published
from stikg.publishing.push.plan import Action, Change, Plan
from stikg.store.writing import Places

_SHOWN: Final = 5
_ACTIONS: Final[tuple[Action, ...]] = ("add", "replace", "remove", "keep")


def report_plan(plan: Plan, places: Places) -> str:
    """Return the plan as text: graphs and quads on each side, the largest changes by name."""
    after = sum(change.after.triples for change in plan.changes)
    graphs = len([change for change in plan.changes if change.after.triples])
    lines = [
        f"server   {places.update or places.graphs}",
        f"there    {_there(plan.there, plan.unfinished)}",
    ]
    if plan.version:
        lines.append(f"release  {plan.version}: {_graphs(graphs)}, {after:,} quads")
    for action in _ACTIONS:
        if changes := plan.of(action):
            lines += [f"{action:8} {_sizes(changes)}", *_largest(plan, changes)]
    if not places.update:
        lines.append("way      graph by graph: without SPARQL Update there is no common swap")
    return "\n".join(lines) + "\n"


def report_status(published: Published | None, unfinished: Iterable[str]) -> str:
    """Return which release is there, as text."""
    return _there(published, tuple(unfinished)) + "\n"


def _there(published: Published | None, unfinished: tuple[str, ...]) -> str:
    text = "no release"
    if published is not None:
        day = f" of {published.modified}" if published.modified else ""
        text = (
            f"{published.version}{day}: {_graphs(len(published.graphs))}, {published.quads:,} quads"
        )
    if unfinished:
        text += f"; a push of {', '.join(unfinished)} is under way or was broken off"
    return text


def _sizes(changes: list[Change]) -> str:
    before = sum(change.before for change in changes)
    after = sum(change.after.triples for change in changes)
    text = _graphs(len(changes))
    if changes[0].action == "replace":
        return f"{text}, {after:,} quads instead of {before:,}"
    return f"{text}, {max(before, after):,} quads"


def _largest(plan: Plan, changes: list[Change]) -> list[str]:
    if changes[0].action == "keep":
        return []
    ordered = sorted(changes, key=lambda change: -max(change.before, change.after.triples))
    shown = [
        f"         {_name(plan, change)}: {change.before:,} → {change.after.triples:,}"
        for change in ordered[:_SHOWN]
    ]
    more = len(ordered) - len(shown)
    return [*shown, f"         and {more:,} more"] if more else shown


def _name(plan: Plan, change: Change) -> str:
    if change.graph is not None:
        return change.graph
    target = plan.target(None)
    return "default graph" if target is None else f"default graph, there {target}"


def _graphs(number: int) -> str:
    return f"{number:,} graph" if number == 1 else f"{number:,} graphs"
