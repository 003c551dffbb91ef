"""A push from its beginning to its end: staged, swapped, verified, cleaned up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from stikg.errors import EndpointError
from stikg.publishing.push.content import Release
from stikg.publishing.push.description import day_triple, describe, read_published
from stikg.publishing.push.lock import Lock, server_time
from stikg.publishing.push.names import RELEASE, staging_name
from stikg.publishing.push.plan import Plan, make_plan, read_back, staged_lists
from stikg.publishing.push.staging import Progress, clean, stage
from stikg.publishing.push.swap import remove, run, swap
from stikg.store.writing import WritableStore


def push(
    store: WritableStore, release: Release, *, overwrite: bool = False, progress: Progress
) -> Plan:
    """Make a server hold a release, and return what was changed.

    :raises InputError: as ``make_plan`` does.
    :raises EndpointError: if the server does not answer or refuses, another push is at work there,
        or the server does not hold the release in the end.
    """
    with _locked(store) as lock:
        plan = make_plan(store, release, overwrite=overwrite)
        if plan.idle:
            return plan
        if store.places.update:
            stage(store, release, plan, lock, progress)
            lock.renew(now=True)
            _swap(store, release, plan)
        else:
            _put(store, release, plan, lock, progress)
            _verify(store, release, plan)
        clean(store, staged_lists(store))
    return plan


def withdraw(store: WritableStore) -> Plan:
    """Remove the release that a server holds, and what broken pushes left; return what went.

    Graphs that no push has put there stay.

    :raises EndpointError: if the server does not answer or refuses, another push is at work there,
        or a graph is still there in the end.
    """
    with _locked(store):
        plan = plan_withdrawal(store)
        graphs = [plan.target(change.graph) for change in plan.of("remove")]
        remove(store, [*graphs, RELEASE])
        left = len(store.counts([RELEASE, *(graph for graph in graphs if graph is not None)]))
        if left or (None in graphs and store.count_default()):
            raise store.connection.error("not all graphs of the release could be removed")
        clean(store, staged_lists(store))
    return plan


def plan_withdrawal(store: WritableStore) -> Plan:
    """Return what would be removed with the release that a server holds; nothing is written.

    :raises EndpointError: if the server does not answer.
    """
    return make_plan(store, Release("", {}, lambda _: []))


def _swap(store: WritableStore, release: Release, plan: Plan) -> None:
    """Swap and verify; a second time if the server did not do what it said."""
    operations = swap(plan, release.version, server_time(store).isoformat())
    run(store, operations)
    try:
        _verify(store, release, plan)
    except EndpointError:
        run(store, operations)
        _verify(store, release, plan)


def _put(
    store: WritableStore, release: Release, plan: Plan, lock: Lock, progress: Progress
) -> None:
    """Put graph after graph in its place, the default graph and the description last.

    The list of graphs is staged first: it tells a second push which of them are ours.
    """
    about = describe(release)
    store.put(staging_name(release.version, RELEASE), about)
    changes = sorted(plan.of("add", "replace"), key=lambda change: change.graph is None)
    for number, change in enumerate(changes, 1):
        lock.renew()
        store.put(plan.target(change.graph), release.lines(change.graph))
        progress("putting graphs", number, len(changes))
    remove(store, [plan.target(change.graph) for change in plan.of("remove")])
    store.put(RELEASE, [*about, day_triple(server_time(store).isoformat())])


def _verify(store: WritableStore, release: Release, plan: Plan) -> None:
    """Read everything back and compare it.

    :raises EndpointError: if the server does not hold the release.
    """
    counts = {graph: digest.triples for graph, digest in release.graphs.items()}
    found = read_back(store, plan, counts)
    wrong = [graph for graph, digest in release.graphs.items() if found.get(graph) != digest]
    targets = [plan.target(change.graph) for change in plan.of("remove")]
    still = store.counts([graph for graph in targets if graph is not None])
    if wrong or still:
        names = [graph or "the default graph" for graph in [*wrong, *still]]
        raise store.connection.error(
            f"{len(names)} graphs are not as they should be, {names[0]} among them",
            remedy="repeat the command; if it fails again, look into the server's log",
        )
    published = read_published(store)
    if published is None or published.graphs != dict(release.graphs):
        raise store.connection.error(
            "the description of the release is not as it should be", remedy="repeat the command"
        )


@contextmanager
def _locked(store: WritableStore) -> Iterator[Lock]:
    """Hold the lock; what goes wrong meanwhile is told rather than that of the lock's end."""
    lock = Lock(store)
    lock.take()
    try:
        yield lock
    except BaseException:
        with suppress(EndpointError):
            lock.release()
        raise
    lock.release()
