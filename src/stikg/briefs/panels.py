"""Which questions a brief asks of which kind of thing, and how it shows their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Panel:
    """A section of a brief: a question, and the patterns that make its rows lines.

    ``by`` is the parameter that the thing fills; without one, the rows are kept whose columns
    ``touching`` hold the thing. ``keys`` are heads and patterns of the cells that make a line one;
    ``joined`` is the head and pattern of what is listed in its last cell; a line without any is
    left out. Lines come in the order of the question, or the fullest first.
    """

    heading: str
    question: str
    by: str = ""
    touching: tuple[str, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    joined: tuple[str, str] = ("", "")
    most: int = 8
    fullest: bool = False
    note: str = ""


_YEARS: Final = ("Years", "{start}[–{end}]")
_FIGURES: Final = (
    ("Figure", "{indicator}"),
    ("With or of", "{subject}"),
)
_VALUES: Final = ("Period: value as printed", "{period}: {printed}")

_STATISTICS: Final = Panel(
    "Figures over time",
    "statistics",
    by="area",
    keys=_FIGURES,
    joined=_VALUES,
    most=8,
    fullest=True,
)
_STRATEGIES: Final = Panel(
    "Strategies", "strategies", by="territory",
    keys=(("Strategy", "{strategy}"), ("Issued by", "{issuer}"), _YEARS), most=6,
)  # fmt: skip
_GOALS: Final = Panel("Goals", "goals", by="of", keys=(("Goal", "{goal}"),), most=8)
_TARGETS: Final = Panel(
    "Targets", "targets", by="of",
    keys=(("Of what", "{indicator}"), ("Target", "{printed}"), ("Due", "{due}")), most=5,
)  # fmt: skip
_BUDGETS: Final = Panel(
    "Money", "budgets", by="of",
    keys=(("Amount as printed", "{printed}"), ("Period", "{period}"), ("Remark", "{remark}")),
    most=5,
)  # fmt: skip
_CRITERIA: Final = Panel(
    "Why it was chosen: criteria it meets", "selection-criteria", by="territory",
    keys=(("Criterion", "{criterion}"),), most=8,
)  # fmt: skip

PANELS: Final[Mapping[str, tuple[Panel, ...]]] = {
    "territory": (
        Panel(
            "Technologies it was considered for", "country-technology-links", by="territory",
            keys=(("Technology", "{technology}"), ("Theme", "{theme}")),
            joined=("Stages", "{stage}[ (as part of {viaGroup})]"), most=12, fullest=True,
        ),
        _CRITERIA,
        _STRATEGIES,
        Panel(
            "Programmes and who runs them", "programmes", by="territory",
            keys=(("Programme", "{programme}"), _YEARS),
            joined=("Organisations and their parts", "{organisation}|{role}"), most=7,
            fullest=True,
        ),
        Panel(
            "Agreements", "agreements", by="territory",
            keys=(("Agreement", "{agreement}"), ("Year", "{year}")), joined=("Parties", "{party}"),
            most=5,
        ),
        _STATISTICS,
    ),
    "technology": (
        Panel(
            "Territories considered for it", "country-technology-links", by="technology",
            keys=(("Territory", "{territory}"),),
            joined=("Stages", "{stage}[ (as part of {viaGroup})]"), most=14, fullest=True,
        ),
        Panel(
            "What is said of the field", "technology-domains", touching=("technology",),
            keys=(("Theme", "{theme}"), ("Group", "{group}"),
                  ("Strength", "{strength}"), ("Weakness", "{weakness}")), most=4,
        ),
        Panel(
            "Possible partners: agencies and programmes of these territories",
            "partner-opportunities", by="technology", keys=(("Territory", "{territory}"),),
            joined=("Agencies and their programmes", "{agency}|{programme}"), most=8, fullest=True,
            note="The passages put the territory on a list; they do not say that its agencies and "
            "programmes are about the technology.",
        ),
    ),
    "programme": (
        Panel(
            "Organisations and their parts", "programmes", touching=("programme",),
            keys=(("Organisation", "{organisation}"),), joined=("Parts", "{role}"), most=10,
            fullest=True,
        ),
        _GOALS, _TARGETS, _BUDGETS,
        Panel(
            "Figures over time", "statistics", by="subject",
            keys=(("Figure", "{indicator}"), ("Area", "{area}")), joined=_VALUES, fullest=True,
        ),
    ),
    "strategy": (
        Panel(
            "Issued", "strategies", touching=("strategy",),
            keys=(("Issued by", "{issuer}"), _YEARS, ("Supersedes", "{supersedes}")), most=3,
        ),
        _GOALS, _TARGETS, _BUDGETS,
    ),
    "organisation": (
        Panel(
            "Parts it plays in programmes", "programmes", by="organisation",
            keys=(("Programme", "{programme}"), _YEARS), joined=("Parts", "{role}"), most=10,
            fullest=True,
        ),
        Panel(
            "Strategies it issued", "strategies", touching=("issuer",),
            keys=(("Strategy", "{strategy}"), _YEARS), most=6,
        ),
        _GOALS, _TARGETS, _BUDGETS,
        Panel(
            "Works with", "collaborations", touching=("a", "b"),
            keys=(("Partners", "{a} and {b}"),), joined=("In", "{via}"), most=8, fullest=True,
        ),
        Panel(
            "Agreements", "agreements", touching=("party",),
            keys=(("Agreement", "{agreement}"), ("Year", "{year}")), most=5,
        ),
        Panel(
            "Figures over time", "statistics", by="subject",
            keys=(("Figure", "{indicator}"), ("Area", "{area}")), joined=_VALUES, fullest=True,
        ),
    ),
}  # fmt: skip
"""Kind of thing → the sections of its brief, in their order."""

PAIRS: Final[Mapping[str, tuple[tuple[str, Panel], ...]]] = {
    "territory": (
        ("technology", Panel(
            "Technologies both were considered for", "country-technology-links", by="territory",
            keys=(("Technology", "{technology}"),), joined=("Stages", "{territory}|{stage}"),
            most=8, fullest=True,
        )),
        ("agreement", Panel(
            "Agreements of both", "agreements", by="territory",
            keys=(("Agreement", "{agreement}"), ("Year", "{year}")), joined=("Parties", "{party}"),
            most=6,
        )),
        ("programme", Panel(
            "Programmes of both", "programmes", by="territory",
            keys=(("Programme", "{programme}"), _YEARS),
            joined=("Organisations and their parts", "{organisation}|{role}"), most=6,
        )),
        ("subject", Panel(
            "Figures of the one with the other", "statistics", by="area", touching=("subject",),
            keys=(("Figure", "{indicator}"), ("Of", "{area}"), ("With", "{subject}")),
            joined=_VALUES, most=6, fullest=True,
        )),
    ),
    "organisation": (
        ("programme", Panel(
            "Programmes with a part for both", "programmes", by="organisation",
            keys=(("Programme", "{programme}"), _YEARS),
            joined=("Organisations and their parts", "{organisation}|{role}"), most=6,
        )),
    ),
}  # fmt: skip
"""Kind of two things → column that both must have in common, and the section that shows it."""

TOLD: Final[Mapping[str, tuple[str, ...]]] = {
    "territory": ("sti:meetsCriterion", "sti:partyTo", "sti:selectedFor"),
    "programme": ("sti:hasGoal", "sti:budget", "sti:startMonth"),
    "strategy": ("sti:hasGoal", "sti:budget", "sti:startYear", "sti:endYear"),
    "organisation": ("sti:hasGoal", "sti:budget", "sti:partyTo", "sti:issued"),
}
"""Kind → the properties that its sections tell, so that they are not told twice."""

KINDS: Final = (
    ("sti:Area", "territory"), ("sti:Technology", "technology"), ("sti:Initiative", "programme"),
    ("sti:Strategy", "strategy"), ("sti:Organisation", "organisation"),
    ("sti:Agent", "organisation"),
)  # fmt: skip
"""Class → kind of brief; the first that fits."""

NETWORKS: Final[Mapping[str, tuple[str, str]]] = {
    "territory": ("country-technology", "territory"),
    "technology": ("country-technology", ""),
    "programme": ("agency-programme", ""),
    "organisation": ("agency-programme", ""),
}
"""Kind → the network that its brief draws, and the parameter that the thing fills."""
