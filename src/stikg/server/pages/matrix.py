"""Which country is on which list for which technology: a table of marks, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.server.pages.asking import Row, ask, rows, service_of
from stikg.server.pages.facts import Evidence, evidence_of
from stikg.server.pages.forms import read_form
from stikg.server.pages.links import Ref, ref, short
from stikg.server.pages.rendering import changed, page, root_of
from stikg.terms import IRI, Term

QUERY: Final = "country-technology-links"
SORTS: Final = (("count", "Most marks first"), ("name", "A to Z"))
_STAGES: Final = ("shortlisted", "longlisted", "selected", "suggested")
"""Stages whose mark is fixed; others take the marks that are left."""


@dataclass
class Cell:
    """A pair of territory and technology: its stages, and through which group if so."""

    stages: dict[str, int] = field(default_factory=dict)
    via: str = ""
    href: str = ""
    words: str = ""


@dataclass
class Line:
    """A technology: its theme, and its cells from the left to the right."""

    technology: Ref
    theme: str
    cells: list[Cell | None]
    count: int


async def matrix(request: Request) -> Response:
    """Show the matrix; with a territory and a technology, also the evidence for that pair."""
    library = service_of(request).dataset.queries
    if QUERY not in library:
        return page(request, "matrix.html", title="Countries and technologies", there=False)
    query = library.get(QUERY)
    kept = tuple(p for p in query.parameters if p.name in {"theme", "stage"})
    names = service_of(request).dataset.names
    form = read_form(query._replace(parameters=kept), request.query_params, names)
    table = rows(await service_of(request).answer(query, dict(form.given)))
    everything = rows(await service_of(request).answer(query, {}))
    stages = stage_looks(everything)
    used = {short(row["theme"]) for row in everything if "theme" in row}
    heads, lines = lay_out(request, table, stages)
    return page(
        request,
        "matrix.html",
        title="Countries and technologies",
        there=True,
        form=form,
        used=used | {short(row["stage"]) for row in everything},
        sort=_sort(request),
        sorts=SORTS,
        heads=heads,
        lines=lines,
        stages=[(name, look) for name, look in stages.items()],
        pair=await _pair(request, everything),
        close=changed(request, territory=None, technology=None),
    )


def stage_looks(table: Iterable[Row]) -> dict[str, int]:
    """Return the number of the mark of each stage."""
    found = sorted({str(row["stageLabel"]) for row in table})
    fixed = [stage for stage in _STAGES if stage in found]
    ordered = fixed + [stage for stage in found if stage not in fixed]
    return {stage: place % 4 for place, stage in enumerate(ordered)}


def lay_out(
    request: Request, table: Sequence[Row], stages: dict[str, int]
) -> tuple[list[Ref], list[Line]]:
    """Return the territories across and the technologies down, both in the order asked for."""
    root = root_of(request)
    cells: dict[tuple[Term, Term], Cell] = {}
    territories: dict[Term, Ref] = {}
    technologies: dict[Term, tuple[Ref, str]] = {}
    for row in table:
        territory, technology = row["territory"], row["technology"]
        territories[territory] = ref(territory, row["territoryLabel"], root=root)
        shown = ref(technology, row["technologyLabel"], root=root)
        technologies[technology] = (shown, str(row.get("themeLabel", "No theme")))
        cell = cells.setdefault((territory, technology), Cell())
        stage = str(row["stageLabel"])
        cell.stages[stage] = stages[stage]
        cell.via = str(row["viaGroupLabel"]) if "viaGroupLabel" in row else ""
    for (territory, technology), cell in cells.items():
        cell.stages = dict(sorted(cell.stages.items(), key=lambda item: item[1]))
        cell.href = (
            f"{changed(request, territory=short(territory), technology=short(technology))}#evidence"
        )
        through = f" through {cell.via}" if cell.via else ""
        words = " and ".join(cell.stages)
        cell.words = (
            f"{territories[territory].text}, {technologies[technology][0].text}: {words}{through}"
        )
    by_count = _sort(request) == "count"
    columns = _order(territories, [key[0] for key in cells], by_count=by_count)
    lines = [
        Line(
            technologies[technology][0],
            technologies[technology][1],
            [cells.get((territory, technology)) for territory in columns],
            sum((territory, technology) in cells for territory in columns),
        )
        for technology in technologies
    ]
    lines.sort(key=lambda line: (line.theme, -line.count if by_count else 0, line.technology.text))
    return [territories[territory] for territory in columns], lines


def _order(refs: dict[Term, Ref], marked: list[Term], *, by_count: bool) -> list[Term]:
    return sorted(
        refs, key=lambda term: (-marked.count(term) if by_count else 0, refs[term].text.casefold())
    )


def _sort(request: Request) -> str:
    wanted = request.query_params.get("sort", "")
    return wanted if wanted in dict(SORTS) else "count"


async def _pair(request: Request, table: Sequence[Row]) -> dict[str, object] | None:
    """Return the evidence for the pair that a request names, stage by stage."""
    asked = tuple(request.query_params.get(name, "") for name in ("territory", "technology"))
    found = [row for row in table if (short(row["territory"]), short(row["technology"])) == asked]
    if not found:
        return None
    root = root_of(request)
    passages = [passage for row in found if isinstance(passage := row.get("passage"), IRI)]
    places = (
        {row["passage"]: row for row in await ask(request, "places", *passages)} if passages else {}
    )
    evidence: dict[str, list[Evidence]] = {}
    for row in found:
        item = evidence_of({**places.get(row.get("passage", IRI("")), {}), **row}, root=root)
        listed = evidence.setdefault(str(row["stageLabel"]), [])
        if item not in listed:
            listed.append(item)
    first = found[0]
    via = first.get("viaGroup")
    return {
        "territory": ref(first["territory"], first["territoryLabel"], root=root),
        "technology": ref(first["technology"], first["technologyLabel"], root=root),
        "via": ref(via, first.get("viaGroupLabel"), root=root) if via else None,
        "evidence": evidence,
        "fields": dict(zip(("territory", "technology"), asked, strict=True)),
    }
