"""A server that cuts answers gives whole ones, page by page."""

from __future__ import annotations

from pathlib import Path

from stikg.store import RemoteStore
from stikg.store.dialects import DIALECTS
from tests.engines.servers import start_virtuoso


def test_virtuoso_that_cuts_answers_gives_them_whole(tmp_path: Path) -> None:
    data = tmp_path / "numbers.nq"
    lines = (f'<urn:x:{n}> <urn:x:number> "{n}" .\n' for n in range(250))
    data.write_text("".join(lines), encoding="utf-8")
    with start_virtuoso(tmp_path / "virtuoso", data=data, most_rows=100) as server:
        remote = RemoteStore(server.query, dialect=DIALECTS["virtuoso"])
        found = remote.select("SELECT ?n { ?s <urn:x:number> ?n } ORDER BY ?n")
        assert remote.ask("ASK { ?s ?p ?n FILTER(?n = '249') }")
        assert remote.count() == 250
    assert sorted(int(str(number)) for (number,) in found.rows if number) == list(range(250))
