"""The command line: arguments → one call → print → exit code.

Each command is a module of its own with a ``command``, imported when it is run, so that none pays
for another's imports.
"""

from __future__ import annotations

from stikg.cli.application import application, main

__all__ = ["application", "main"]
