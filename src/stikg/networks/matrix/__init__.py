"""Incidence matrices, such as of countries and technologies, and their measures."""

from __future__ import annotations

from stikg.networks.matrix.complexity import (
    Complexity,
    Fitness,
    comparative_advantage,
    complexity,
    fitness,
)
from stikg.networks.matrix.core import Scores, core
from stikg.networks.matrix.incidence import (
    Incidence,
    incidence,
    part,
    without_empty,
)
from stikg.networks.matrix.nestedness import (
    NULL_MODELS,
    Nestedness,
    NullTest,
    nestedness_test,
    nodf,
)
from stikg.networks.matrix.proximity import proximity, relatedness_density
from stikg.networks.matrix.tables import complexity_table, nestedness_table

__all__ = [
    "NULL_MODELS",
    "Complexity",
    "Fitness",
    "Incidence",
    "Nestedness",
    "NullTest",
    "Scores",
    "comparative_advantage",
    "complexity",
    "complexity_table",
    "core",
    "fitness",
    "incidence",
    "nestedness_table",
    "nestedness_test",
    "nodf",
    "part",
    "proximity",
    "relatedness_density",
    "without_empty",
]
