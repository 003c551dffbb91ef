"""One file for download, written by a process of its own: it takes seconds of a processor.

``python -m stikg.server.exporting STORE FORMAT FILE`` writes what ``stikg export`` writes.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path


def main(store: str, name: str, target: str) -> None:
    """Write the quads of a store to a file in a format."""
    from stikg.publishing import export, make_context
    from stikg.serialisation import get_format
    from stikg.store import LocalStore

    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    form = get_format(name)
    quads = list(LocalStore.open(Path(store)).quads())
    context = None
    if form.name == "jsonld":
        context = json.loads(make_context(quad for quad in quads if quad[3] is None))["@context"]
    Path(target).write_bytes(export(quads, form, context=context))


if __name__ == "__main__":
    main(*sys.argv[1:])
