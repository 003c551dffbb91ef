"""What a process that evaluates queries has no longer."""

from __future__ import annotations

import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests.fixtures.isolation import need_isolation
from tests.fixtures.listening import listening


def test_a_process_that_left_the_network_reaches_nobody() -> None:
    need_isolation()
    with listening() as (url, asked):
        host, port = urlsplit(url).netloc.split(":")
        connect = f"import socket; socket.create_connection(({host!r}, {port}), 5).close()\n"
        leave = "from stikg.store.confinement import leave_network; leave_network()\n"
        before, after = (
            subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
            for text in (connect, leave + connect)
        )
    assert (before.returncode, after.returncode, asked) == (0, 1, [])
    assert "Network is unreachable" in after.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_memory_has_an_end_until_it_has_none() -> None:
    program = (
        "from stikg.store.confinement import bound_memory\n"
        "bound_memory(64 << 20)\n"
        "try:\n    bytearray(128 << 20)\nexcept MemoryError:\n    print('refused')\n"
        "bound_memory(None)\nprint(len(bytearray(128 << 20)) >> 20)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert run.stdout == "refused\n128\n"
