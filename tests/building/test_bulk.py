"""Big files become a dataset as a build makes it, whole or not at all."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

import stikg
from stikg.building.bulk import LoadResult, Progress, load
from stikg.dataset import Dataset
from stikg.errors import InputError, OutputError, SyntaxProblem
from stikg.layout import find_layout
from stikg.library import Library
from stikg.serialisation import write_nquads
from stikg.serialisation.feeding import STDIN, find_source
from stikg.store import bulklines

QUADS = """\
<https://w3id.org/stikg/agency/jst> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/stikg/ontology/FundingAgency> <https://w3id.org/stikg/graph/reference/a> .
<https://w3id.org/stikg/agency/jst> <http://www.w3.org/2004/02/skos/core#prefLabel> "Japan \\"Science\\"\\tand\\nTechnology Agency"@en <https://w3id.org/stikg/graph/reference/a> .
<https://w3id.org/stikg/agency/jst> <http://www.w3.org/2004/02/skos/core#prefLabel> "Japan \\"Science\\"\\tand\\nTechnology Agency"@en <https://w3id.org/stikg/graph/reference/b> .
<https://w3id.org/stikg/agency/jst> <https://w3id.org/stikg/ontology/founded> "2003"^^<http://www.w3.org/2001/XMLSchema#gYear> <https://w3id.org/stikg/graph/reference/a> .
<https://w3id.org/stikg/agency/jst> <https://w3id.org/stikg/ontology/staff> "01200"^^<http://www.w3.org/2001/XMLSchema#integer> <https://w3id.org/stikg/graph/reference/a> .
_:b <https://w3id.org/stikg/ontology/staff> "1" <https://w3id.org/stikg/graph/reference/a> .
<https://w3id.org/stikg/measures/n/1> <https://w3id.org/stikg/ontology/measuredValue> "0.5" <https://w3id.org/stikg/measures/n> .
"""  # noqa: E501
JST = "<https://w3id.org/stikg/agency/jst>"
NO_QUERIES = Library(())


def put(path: Path, text: str = QUADS) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def loaded(target: Path, *paths: Path, **options: Any) -> LoadResult:
    return load([find_source(path) for path in paths], target, NO_QUERIES, **options)


def default_of(target: Path) -> list[str]:
    quads = stikg.open(store=target).store.quads()
    lines = write_nquads(quad for quad in quads if quad[3] is None).splitlines()
    return [line for line in lines if "/ontology/label>" not in line]


def content(names: Path) -> list[list[tuple[object, ...]]]:
    connection = sqlite3.connect(names)
    return [
        connection.execute(f"SELECT * FROM {table}").fetchall() for table in ("names", "classes")
    ]


@pytest.fixture(scope="module")
def again(
    real_dataset: Dataset, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """Return the compiled version of the real graph, and its export loaded."""
    folder = tmp_path_factory.mktemp("loaded")
    export = folder / "real.nq"
    store = pyoxigraph.Store.read_only(str(find_layout(root).current() / "store"))
    store.dump(str(export), format=pyoxigraph.RdfFormat.N_QUADS)
    load([find_source(export)], folder / "store", real_dataset.queries)
    return find_layout(root).current(), next((folder / "store").glob("*/manifest.json")).parent


def test_an_export_becomes_the_dataset_that_it_is_of(again: tuple[Path, Path]) -> None:
    built, made = again
    assert content(made / "names.sqlite") == content(built / "names.sqlite")
    assert (made / "queries.json").read_bytes() == (built / "queries.json").read_bytes()
    manifests = [json.loads((path / "manifest.json").read_text()) for path in again]
    for key in ("quads", "triples", "graphs", "documents", "format", "tools"):
        assert manifests[1][key] == manifests[0][key]


def test_the_dataset_answers_as_the_one_that_was_built(
    real_dataset: Dataset, again: tuple[Path, Path]
) -> None:
    made = stikg.open(store=again[1].parent)
    answer = made.query("country-technology-links", territory="日本", stage="shortlisted")
    assert len(answer.rows) > 0
    expected = real_dataset.query("country-technology-links", territory="jp", stage="shortlisted")
    assert answer.rows == expected.rows


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [(".nq.gz", gzip.compress), (".nq.bz2", bz2.compress), (".nq.xz", lzma.compress)],
)
def test_reads_packed_files(tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / f"some{suffix}"
    path.write_bytes(pack(QUADS.encode()))
    assert loaded(tmp_path / "store", path, default_graph="union").quads == 7 + 5 - 1 + 2 - 1 + 1


def test_reads_several_files_of_several_formats(tmp_path: Path) -> None:
    one = put(tmp_path / "a.nt", f"{JST} <urn:p> <urn:a> .\n")
    two = put(tmp_path / "b.ttl", f"PREFIX e: <urn:>\n{JST} e:p e:b, e:c .\n")
    three = put(tmp_path / "c.trig", f"<urn:g> {{ {JST} <urn:p> <urn:d> }}\n")
    assert loaded(tmp_path / "store", one, two, three).quads == 4


def test_reads_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"<urn:a> <urn:b> <urn:c> .\n")))
    result = load([find_source(STDIN, "ntriples")], tmp_path / "store", NO_QUERIES)
    assert result.quads == 1


def test_the_default_graph_holds_each_statement_once(tmp_path: Path) -> None:
    loaded(tmp_path / "store", put(tmp_path / "a.nq"), default_graph="union")
    assert default_of(tmp_path / "store") == [
        f"{JST} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/stikg/ontology/FundingAgency> .",
        f"{JST} <http://www.w3.org/2004/02/skos/core#prefLabel> "
        '"Japan \\"Science\\"\\tand\\nTechnology Agency"@en .',
        f"{JST} <https://w3id.org/stikg/ontology/founded> "
        '"2003"^^<http://www.w3.org/2001/XMLSchema#gYear> .',
        f"{JST} <https://w3id.org/stikg/ontology/staff> "
        '"1200"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ]


def test_a_thing_gets_the_label_that_it_lacks(tmp_path: Path) -> None:
    loaded(tmp_path / "store", put(tmp_path / "a.nq"), default_graph="union")
    dataset = stikg.open(store=tmp_path / "store")
    assert dataset.sparql(f"ASK {{ {JST} sti:label ?label }}") is True
    assert dataset.search("technology")[0].iri.value == JST[1:-1]


def test_a_label_that_is_there_stays_the_only_one(tmp_path: Path) -> None:
    given = f'{JST} <https://w3id.org/stikg/ontology/label> "JST" .\n'
    text = QUADS.replace(" <https://w3id.org/stikg/graph/reference/a> .", " .")
    loaded(tmp_path / "store", put(tmp_path / "a.nq", text + given))
    found = stikg.open(store=tmp_path / "store").store.select(
        f"SELECT ?l {{ {JST} <https://w3id.org/stikg/ontology/label> ?l }}"
    )
    assert [str(label) for (label,) in found.rows] == ["JST"]


def test_a_bad_line_leaves_nothing(tmp_path: Path) -> None:
    good = put(tmp_path / "good.nt", "<urn:a> <urn:b> <urn:c> .\n")
    bad = put(tmp_path / "bad.nt", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b <urn:c> .\n")
    loaded(tmp_path / "store", good)
    before = sorted(path.name for path in (tmp_path / "store").iterdir())
    with pytest.raises(SyntaxProblem) as caught:
        loaded(tmp_path / "store", good, bad)
    assert caught.value.where is not None
    assert caught.value.where.startswith(f"{bad}:2:")
    assert caught.value.remedy
    assert sorted(path.name for path in (tmp_path / "store").iterdir()) == before
    assert stikg.open(store=tmp_path / "store").store.count() == 1


def test_a_bad_line_of_a_later_piece_is_told_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulklines, "_MOST", 200)
    lines = [f"<urn:a> <urn:b> <urn:{number}> ." for number in range(99)]
    lines[70], lines[90] = "<urn:a> <urn:b> <urn:c", "<urn:a> <urn:b> <urn:d"
    with pytest.raises(SyntaxProblem) as caught:
        loaded(tmp_path / "store", put(tmp_path / "a.nt", "\n".join(lines)))
    assert caught.value.where is not None
    assert caught.value.where.startswith(f"{tmp_path / 'a.nt'}:71:")
    assert list((tmp_path / "store").iterdir()) == []


def test_a_blank_node_of_a_file_is_one_whatever_is_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulklines, "_MOST", 200)
    lines = [f"<urn:a> <urn:b> <urn:{number}> .\n" for number in range(99)]
    lines[30] = '_:b <urn:b> "here" .\n'
    lines[90] = '_:b <urn:b> "and there" .\n'
    path = put(tmp_path / "a.nt", "".join(lines))
    assert loaded(tmp_path / "store", path).quads == 99
    rows = stikg.open(store=tmp_path / "store").store.select(
        'SELECT ?s { ?s <urn:b> "here", "and there" }'
    )
    assert len(rows.rows) == 1
    lines[95] = "no line\n"
    with pytest.raises(SyntaxProblem, match=r"a\.nt:96:"):
        loaded(tmp_path / "store", put(path, "".join(lines)))


ODD = r"""# names in every spelling that N-Quads have
<https://w3id.org/stikg/agency/a>	<http://www.w3.org/1999/02/22-rdf-syntax-ns#type><https://w3id.org/stikg/ontology/FundingAgency>.
<https://w3id.org/stikg/agency/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/stikg/ontology/FundingAgency> .
<https://w3id.org/stikg/agency/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/stikg/ontology/FundingAgency> <urn:g> .
<https://w3id.org/stikg/agency/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "\u0041 \"name\"\n" . # said
<https://w3id.org/stikg/agency/b> <http://www.w3.org/2004/02/skos/core#pref\u004Cabel> "B"@EN-gb .
<https://w3id.org/stikg/agency/b> <http://www.w3.org/2004/02/skos/core#notation> "007"^^<http://www.w3.org/2001/XMLSchema#integer> .
<https://w3id.org/stikg/agency/b> <http://www.w3.org/2004/02/skos/core#altLabel> "日本"@ja .
<https://w3id.org/stikg/agency/b> <http://www.w3.org/2004/02/skos/core#altLabel> "of a graph" <urn:g> .
<https://w3id.org/stikg/agency/b> <http://www.w3.org/2004/02/skos/core#altLabel> "BB" .
<https://w3id.org/stikg/agency/b> <https://w3id.org/stikg/ontology/acronym> "BB" .
<https://w3id.org/stikg/agency/b> <http://www.w3.org/2004/02/skos/core#altLabel> <urn:no-literal> .
<https://w3id.org/stikg/agency/c> <http://www.w3.org/2004/02/skos/core#altLabel> "without a class" .
<https://w3id.org/stikg/passage/1> <https://w3id.org/stikg/ontology/passageKind> <https://w3id.org/stikg/kind/heading> .
<https://w3id.org/stikg/passage/1> <https://w3id.org/stikg/ontology/sectionTitle> "A heading" .
<https://w3id.org/stikg/passage/2> <https://w3id.org/stikg/ontology/sectionTitle> "No heading" .
<https://w3id.org/stikg/ontology/funds> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#ObjectProperty> .
<https://w3id.org/stikg/ontology/funds> <http://www.w3.org/2000/01/rdf-schema#label> "funds"@en .
<https://w3id.org/stikg/ontology/is> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#AnnotationProperty> .
<https://w3id.org/stikg/ontology/is> <http://www.w3.org/2000/01/rdf-schema#label> "is"@en .
<https://w3id.org/stikg/ontology/FundingAgency> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:Agent> .
<https://w3id.org/stikg/agency/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:Agent> .
"""  # noqa: E501


def test_names_are_the_same_whether_taken_from_lines_or_asked_for(tmp_path: Path) -> None:
    lines = ODD.replace("\n", "\r\n", 3)
    loaded(tmp_path / "lines", put(tmp_path / "a.nq", lines))
    blank = "_:b <urn:p> <urn:o> .\n"  # a file with one is read as a stream
    loaded(tmp_path / "asked", put(tmp_path / "b.nq", blank + lines))
    gathered, asked = (
        content(next((tmp_path / name).glob("*/names.sqlite"))) for name in ("lines", "asked")
    )
    assert gathered == asked
    found = {(str(row[1]).rpartition("/")[2], row[3], row[6], row[7]) for row in gathered[0]}
    assert found == {
        ("a", 'A "name"\n', "", "prefLabel"),
        ("b", "B", "en-gb", "prefLabel"),
        ("b", "7", "", "notation"),
        ("b", "日本", "ja", "altLabel"),
        ("b", "BB", "", "acronym"),
        ("1", "A heading", "", "heading"),
        ("funds", "funds", "en", "prefLabel"),
    }


def test_a_cut_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.nq.gz"
    path.write_bytes(gzip.compress(QUADS.encode())[:-20])
    with pytest.raises(InputError, match=r"cut\.nq\.gz: cannot be read"):
        loaded(tmp_path / "store", path)


def test_named_graphs_alone_are_refused_as_nothing_could_be_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="default-graph union"):
        loaded(tmp_path / "store", put(tmp_path / "a.nq"))


def test_a_folder_of_something_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    kept = put(tmp_path / "mine" / "thesis.txt", "words")
    with pytest.raises(OutputError, match="no folder of compiled datasets"):
        loaded(tmp_path / "mine", put(tmp_path / "a.nt", "<urn:a> <urn:b> <urn:c> .\n"))
    assert [path.name for path in (tmp_path / "mine").iterdir()] == [kept.name]


@pytest.mark.parametrize("name", ["missing.nq", "words.docx", ".", "-"])
def test_what_is_no_source_is_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path / "words.docx", "words")
    with pytest.raises(InputError):
        find_source(Path("-") if name == "-" else tmp_path / name)


def test_tells_how_far_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    path = put(tmp_path / "a.nt", "".join(f"<urn:a> <urn:b> <urn:{n}> .\n" for n in range(9)))
    loaded(tmp_path / "store", path, progress=told.append)
    assert [told[0].step, told[0].share, told[0].lines] == ["load", 1.0, 9]
    assert [progress.step for progress in told[1:]] == ["default graph", "names", "store"]


def test_triple_terms_that_would_end_the_process(tmp_path: Path) -> None:
    deep = "<e:s> <e:p> " + "<<( <e:s> <e:p> " * 300 + "<e:o>" + " )>>" * 300 + " .\n"
    for name, packer in (("a.nt", None), ("a.ttl", None), ("a.nq.gz", gzip.compress)):
        path = tmp_path / name
        path.write_bytes(packer(deep.encode()) if packer else deep.encode())
        with pytest.raises(InputError, match="triple terms") as told:
            loaded(tmp_path / "target", path)
        assert told.value.where == str(path)
    assert not (tmp_path / "target" / "current").exists()
