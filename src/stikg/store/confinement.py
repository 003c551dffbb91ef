"""What a process that evaluates queries gives up: the network, and memory without end.

A query is a program of somebody else's, and its engine has no switch for either.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from pathlib import Path
from typing import Final

_NEW_NETWORK: Final = 0x40000000
_NEW_USER: Final = 0x10000000
_END_WITH_PARENT: Final = 1
"""Numbers of Linux: CLONE_NEWNET, CLONE_NEWUSER, PR_SET_PDEATHSIG."""


def leave_network() -> bool:
    """Take the network away from this process for good, and tell if it is gone.

    Linux alone can, as root or with user namespaces; and only before anything starts a thread.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    return any(system.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def end_with_parent() -> None:
    """Let this process end with the thread that started it, where the system can."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_END_WITH_PARENT, signal.SIGKILL)


def bound_memory(most: int | None) -> None:
    """Let this process take so many bytes more than it has now, or as many as it likes.

    Counted from what it has: threads and the store take hundreds of MiB of addresses that they
    hardly use, and the engine does not survive an allocation that fails. No image of a process that
    ended so is written.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        total = resource.RLIM_INFINITY
        if most is not None:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            total = pages * resource.getpagesize() + most
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (total, hard))
