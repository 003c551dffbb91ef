"""Figures: comparable with each other, one node for one thing, IRIs that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stikg.terms import Term
from tests.data.support import Exceptions, Graph, name, none_of

FAMILIES = {
    **dict.fromkeys(("unit:eur", "unit:gbp", "unit:jpy", "unit:usd"), "money"),
    **dict.fromkeys(("unit:number", "unit:persons", "unit:fte"), "count"),
}
"""Units that measure the same in different measures; every other unit is a family of its own."""

KEY = (
    "sti:indicator",
    "sdmx-dimension:refArea",
    "sti:subject",
    "sti:period",
    "sdmx-attribute:unitMeasure",
)
AREAS = {"group:uk-and-japan": "uk-japan"}
"""Areas that IRIs of observations abbreviate."""


def local(curie: str) -> str:
    return curie.partition(":")[2]


def test_an_indicator_has_one_family_of_units(graph: Graph) -> None:
    families: dict[str, dict[str, Term]] = {}
    for thing in graph.of_class("qb:Observation", "sti:Target", "sti:Trend"):
        for unit in graph.values(thing, "sdmx-attribute:unitMeasure") + graph.values(
            thing, "sti:unit"
        ):
            for indicator in graph.values(thing, "sti:indicator"):
                families.setdefault(indicator, {})[FAMILIES.get(unit, unit)] = thing
    none_of(
        f"ontology/schemes/indicators.ttl: {indicator} is measured in {' and '.join(sorted(own))} "
        f"({', '.join(sorted(name(thing) for thing in own.values()))}): give the second an "
        "indicator of its own, or mend the unit"
        for indicator, own in families.items()
        if len(own) > 1
    )


def test_one_figure_has_one_iri(graph: Graph) -> None:
    exceptions = Exceptions.read("observations-kept-apart.tsv")
    nodes: dict[tuple[str, ...], list[str]] = {}
    for observation in graph.of_class("qb:Observation"):
        key = tuple(" ".join(graph.values(observation, prop)) for prop in KEY)
        nodes.setdefault(key, []).append(name(observation))
    twins = {tuple(sorted(own)): key for key, own in nodes.items() if len(own) > 1}
    none_of(
        f"{' and '.join(own)} are both {', '.join(filter(None, key))}: write one IRI for both in "
        f"graph/documents, so that values which differ meet; or say in {exceptions.file} why not"
        for own, key in twins.items()
        if not exceptions.has(*own)
    )
    none_of(exceptions.unneeded(twins))


def test_the_iri_of_an_observation_says_what_it_is(graph: Graph) -> None:
    exceptions = Exceptions.read("observation-names.tsv")
    found = {
        (name(observation), lacking): graph.place(observation)
        for observation in graph.of_class("qb:Observation")
        for lacking in lacking_in_name(graph, observation)
    }
    none_of(
        f"{place}: {observation} lacks {lacking}: name it observation:<indicator>-<subject>-<area>-"
        f"<period>-<unit>, or mend the statement that is wrong; exceptions are in {exceptions.file}"
        for (observation, lacking), place in found.items()
        if not exceptions.has(observation, lacking)
    )
    none_of(exceptions.unneeded(found))


def lacking_in_name(graph: Graph, observation: Term) -> Iterator[str]:
    """Yield what an observation is of and its IRI does not say."""
    words = f"-{local(name(observation))}-"
    for prop in ("sti:indicator", "sti:subject", "sdmx-attribute:unitMeasure"):
        for value in graph.values(observation, prop):
            if f"-{local(value)}-" not in words:
                yield value
    for area in graph.values(observation, "sdmx-dimension:refArea"):
        if f"-{AREAS.get(area, local(area))}-" not in words:
            yield area
    for period in graph.values(observation, "sti:period"):
        if any(year not in words for year in re.findall(r"\d{4}", period)):
            yield period


def test_the_years_of_a_period_agree_with_it(graph: Graph) -> None:
    def problems() -> Iterator[str]:
        for thing in graph.of_class("qb:Observation", "schema:MonetaryAmount", "sti:Trend"):
            for period in graph.values(thing, "sti:period"):
                first, *_, last = re.findall(r"\d{4}", period) * 2
                for prop, year in (("sti:startYear", first), ("sti:endYear", last)):
                    if graph.values(thing, prop) not in ([], [year]):
                        yield (
                            f"{graph.place(thing, prop)}: {name(thing)} of {period} has {prop} "
                            f"{' and '.join(graph.values(thing, prop))}: write {year}"
                        )

    none_of(problems())


def test_the_iri_of_a_link_says_what_it_is(graph: Graph) -> None:
    def problems() -> Iterator[str]:
        for link in graph.of_class("sti:CountryTechnologyLink"):
            parts = [
                graph.values(link, f"sti:{prop}") for prop in ("territory", "technology", "stage")
            ]
            wanted = "link:" + "-".join(
                f"group-{local(value)}" if value.startswith("group:") else local(value)
                for values in parts
                for value in values
            )
            if name(link) != wanted:
                yield (
                    f"{graph.place(link)}: {name(link)} is of {wanted.partition(':')[2]}: mend the "
                    f"statement that is wrong, or name it {wanted}"
                )

    none_of(problems())


def test_the_iri_of_an_amount_or_target_ends_in_its_unit(graph: Graph) -> None:

    def problems() -> Iterator[str]:
        for thing in graph.of_class("schema:MonetaryAmount", "sti:Target"):
            units = [local(unit) for unit in graph.values(thing, "sti:unit")]
            units += [code.lower() for code in graph.values(thing, "schema:currency")]
            of = name(thing)
            if len(units) != 1:
                yield f"{graph.place(thing)}: {of} has the units {units}: give it exactly one"
            elif not re.search(rf"-(?:{units[0]}|share-gdp)\Z", of):
                yield f"{graph.place(thing)}: {of} is in {units[0]}: name it …-{units[0]}"

    none_of(problems())
