"""stikg: a knowledge graph of science, technology and innovation policy.

    import stikg
    graph = stikg.open()
    graph.query("programmes", organisation="JST")

The names below are loaded when first used, so that importing stikg costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stikg.dataset import Dataset, open
    from stikg.errors import (
        AmbiguousName,
        DatasetError,
        EndpointError,
        InputError,
        MissingDependency,
        OutputError,
        ParameterError,
        ShapesViolated,
        StikgError,
        SyntaxProblem,
        UnknownName,
        UnknownQuery,
    )

__all__ = [
    "AmbiguousName",
    "Dataset",
    "DatasetError",
    "EndpointError",
    "InputError",
    "MissingDependency",
    "OutputError",
    "ParameterError",
    "ShapesViolated",
    "StikgError",
    "SyntaxProblem",
    "UnknownName",
    "UnknownQuery",
    "__version__",
    "open",
]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it."""
    if name not in __all__:
        raise AttributeError(f"module 'stikg' has no attribute {name!r}")
    module = import_module("stikg.dataset" if name in {"Dataset", "open"} else "stikg.errors")
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return __all__
