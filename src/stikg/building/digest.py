"""The digest of everything a build reads, by which an unchanged graph is known."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

import stikg
from stikg.layout import Layout

FORMAT: Final = 3
"""Version of the compiled form, and of what the program puts there, such as measures of networks.

A change makes every older dataset obsolete.
"""


def digest_inputs(layout: Layout) -> dict[str, str]:
    """Return the SHA-256 of every input file by its path below the root, in order."""
    return {
        path.relative_to(layout.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in layout.inputs()
    }


def version_of(inputs: Mapping[str, str]) -> str:
    """Return the name of the version that these inputs and this program give: 12 hex digits.

    >>> version_of({"graph/a.ttl": "ab"}) == version_of({"graph/a.ttl": "ac"})
    False
    """
    lines = [
        f"{stikg.__version__} {FORMAT}",
        *(f"{path} {inputs[path]}" for path in sorted(inputs)),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
