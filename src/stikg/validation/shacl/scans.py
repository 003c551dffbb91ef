"""Constraints over all values of a property at once, in one pass of the engine over them.

To look each focus node up costs an engine on disk some 50 µs; to read a property from end to end
costs it 1 µs a value. So a constraint is first asked of the property, whoever has it, in a
sub-select; the few solutions are then joined with the focus nodes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stikg.terms import PREFIXES, Term

_A: Final = f"<{PREFIXES['rdf']}type>"
_IRI: Final = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Scan:
    """What stands before the focus nodes ``?this`` in a group, and after them.

    ``glance`` takes the place of ``before`` where it need not be exact: it finds something
    wherever that does. ``test`` is what each ``?value`` of ``path`` must pass, where that is all.
    """

    path: str
    before: str = ""
    after: str = ""
    glance: str = ""
    test: str = ""


def scannable(path: str) -> bool:
    """Return whether all values of a path are found without a start: it repeats nothing.

    >>> scannable("^(<https://schema.org/value>)"), scannable("(<urn:a>)*")
    (True, False)
    """
    return not set(_IRI.sub("", path)) & set("*+?")


def values_scan(path: str, test: str) -> Scan:
    """Return the scan for values that fail a test of ``?value``.

    A test that looks further into the graph is asked of each different value once.
    """
    if "EXISTS" not in test:
        before = f"{{ SELECT ?this ?value {{ ?this {path} ?value FILTER(!({test})) }} }}"
        return Scan(path, before, test=test)
    values = f"{{ SELECT DISTINCT ?value {{ ?any {path} ?value }} }}"
    failing = f"{{ SELECT ?value {{ {values} FILTER(!({test})) }} }}"
    return Scan(path, f"{failing} {{ SELECT ?this ?value {{ ?this {path} ?value }} }}")


def class_scan(path: str, classes: Sequence[Term]) -> Scan:
    """Return the scan for values that are instances of none of the classes."""
    instances = " ".join(f"MINUS {{ ?value {_A} {name.n3()} }}" for name in classes)
    return Scan(path, f"{{ SELECT ?this ?value {{ ?this {path} ?value {instances} }} }}")


def missing_scan(path: str) -> Scan:
    """Return the scan for focus nodes without a value."""
    return Scan(path, after=f"MINUS {{ ?this {path} ?any }}")


def count_scan(path: str, most: int) -> Scan:
    """Return the scan for focus nodes with more values than that."""

    def counted(what: str) -> str:
        group = f"SELECT ?this {{ ?this {path} ?any }} GROUP BY ?this"
        return f"{{ {group} HAVING(COUNT({what}) > {most}) }}"

    return Scan(path, counted("DISTINCT ?any"), glance=counted("?any"))


def languages_scan(path: str) -> Scan:
    """Return the scan for focus nodes with several texts in one language."""

    def counted(what: str) -> str:
        group = f'SELECT ?this {{ ?this {path} ?any FILTER(LANG(?any) != "") }}'
        by = "GROUP BY ?this (LCASE(LANG(?any)) AS ?language)"
        return f"{{ {group} {by} HAVING(COUNT({what}) > 1) }}"

    return Scan(path, counted("DISTINCT ?any"), glance=counted("?any"))
