"""Codes and identifiers: only those that were verified."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from stikg.terms import Term
from tests.data.support import Graph, name, none_of

CODES = {"sti:iso2": "iso2", "sti:iso3": "iso3", "sti:isoNumeric": "numeric"}
COLUMNS = {
    "https://ror.org/": "ror",
    "http://www.wikidata.org/entity/": "wikidata",
    "https://doi.org/10.13039/": "crossref_funder",
    "https://sws.geonames.org/": "geonames",
}
ACRONYMS = ("sti:acronym", "skos:prefLabel", "skos:altLabel")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def countries(shared: Path) -> dict[str, dict[str, str]]:
    return {row["iso2"].lower(): row for row in rows(shared / "countries.csv")}


def test_territories_have_the_codes_of_their_country(
    graph: Graph, countries: dict[str, dict[str, str]]
) -> None:
    def problems() -> Iterator[str]:
        for territory in graph.of_class("sti:Territory"):
            row = countries.get(name(territory).partition(":")[2], {})
            for prop, column in CODES.items():
                for code in graph.values(territory, prop):
                    if code != row.get(column):
                        yield (
                            f"{graph.place(territory, prop)}: {prop} {code!r} of {name(territory)} "
                            f"is not in countries.csv: write {row.get(column)!r}, or delete it"
                        )

    none_of(problems())


def test_instruments_have_the_codes_and_names_of_the_compass(graph: Graph, shared: Path) -> None:
    compass = {row["code"]: row for row in rows(shared / "stip-codes.csv")}

    def problems() -> Iterator[str]:
        for instrument in graph.of_class("sti:Instrument"):
            for code in graph.values(instrument, "sti:stipCode"):
                place = graph.place(instrument, "sti:stipCode")
                if code not in compass:
                    yield f"{place}: {code} is no code of stip-codes.csv: delete it"
                elif compass[code]["label"] not in graph.values(instrument, "skos:prefLabel"):
                    yield f"{place}: the name of {code} is {compass[code]['label']!r}: write that"
                elif name(instrument) != f"instrument:{code.lower()}":
                    yield f"{place}: {code} belongs to instrument:{code.lower()}: move it there"

    none_of(problems())
    stated = {
        code for i in graph.of_class("sti:Instrument") for code in graph.values(i, "sti:stipCode")
    }
    assert stated, "no instrument has a code of the compass"


def test_mappings_lead_to_verified_identifiers(
    graph: Graph, shared: Path, countries: dict[str, dict[str, str]]
) -> None:
    organisations = {
        row["org"].replace("Univ.", "University"): row for row in rows(shared / "identifiers.csv")
    }

    def verified(thing: Term, column: str) -> set[str]:
        prefix, _, local = name(thing).partition(":")
        if prefix == "territory":
            return {countries.get(local, {}).get(column, "")}
        names = {text for prop in ACRONYMS for text in graph.values(thing, prop)}
        own = [row for org, row in organisations.items() if org.partition(" (")[0] in names]
        return {row.get(column, "") for row in own}

    def problems() -> Iterator[str]:
        for file in graph.sources:
            if file.path.suffix != ".tsv":
                continue
            for thing, _, identifier, _ in file.quads:
                base = next((base for base in COLUMNS if str(identifier).startswith(base)), "")
                code = str(identifier).removeprefix(base).rstrip("/")
                allowed = {
                    text.rpartition("/")[2] for text in verified(thing, COLUMNS.get(base, ""))
                }
                if code not in allowed:
                    yield (
                        f"{file.file}:{file.line(thing, value=identifier)}: {identifier} is not "
                        f"verified for {name(thing)}: delete the row"
                    )

    none_of(problems())
