"""The dataset as files, and what DCAT and VoID say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
import rdflib
from starlette.testclient import TestClient

from stikg.dataset import Dataset
from stikg.publishing import export
from stikg.serialisation import get_format
from stikg.server.app import create_app
from stikg.server.dcat import DATASET, SPDX
from stikg.server.settings import Settings

DCAT, VOID = rdflib.DCAT, rdflib.VOID


@pytest.fixture(scope="module")
def patient(dataset: Dataset) -> Iterator[TestClient]:
    """Return a client of a server that waits for its files."""
    with TestClient(create_app(dataset, Settings(workers=1, deadline=60.0))) as client:
        yield client


@pytest.mark.parametrize("name", ["stikg.ttl", "stikg.nq"])
def test_a_file_has_the_bytes_of_an_export(
    patient: TestClient, dataset: Dataset, name: str
) -> None:
    answer = patient.get(f"/downloads/{name}")
    expected = export(dataset.store.quads(), get_format(name.removeprefix("stikg")))
    assert answer.content == expected
    checksum = hashlib.sha256(expected).hexdigest()
    assert answer.headers["etag"] == f'"{checksum}"'
    again = patient.get(f"/downloads/{name}", headers={"If-None-Match": f'"{checksum}"'})
    assert (again.status_code, again.content) == (304, b"")
    part = patient.get(f"/downloads/{name}", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, expected[:10])


def test_dcat_has_size_and_checksum_of_each_file(patient: TestClient) -> None:
    graph = rdflib.Graph().parse(data=patient.get("/dcat").text)
    files = list(graph.objects(rdflib.URIRef(str(DATASET)), DCAT.distribution))
    assert len(files) == 6
    for file in files:
        path = str(graph.value(file, DCAT.downloadURL)).removeprefix("http://testserver")
        content = patient.get(path).content
        assert graph.value(file, DCAT.byteSize).toPython() == len(content)  # type: ignore[union-attr]
        checksum = graph.value(file, rdflib.URIRef(f"{SPDX}checksum"))
        value = graph.value(checksum, rdflib.URIRef(f"{SPDX}checksumValue"))
        assert str(value) == hashlib.sha256(content).hexdigest()
        kind = str(graph.value(file, DCAT.mediaType)).partition("media-types/")[2]
        assert patient.get(path).headers["content-type"].partition(";")[0] == kind


def test_void_leads_to_the_files_and_is_the_same_before_and_after(patient: TestClient) -> None:
    before = patient.get("/.well-known/void")
    catalogue = rdflib.Graph().parse(data=patient.get("/dcat").text)
    after = patient.get("/.well-known/void")
    assert (before.text, before.headers["etag"]) == (after.text, after.headers["etag"])
    graph = rdflib.Graph().parse(data=after.text)
    dataset = rdflib.URIRef(str(DATASET))
    dumps = set(graph.objects(dataset, VOID.dataDump))
    assert dumps == set(catalogue.objects(dataset, DCAT.distribution))
    assert len(dumps) == 6
    assert (dataset, rdflib.RDFS.seeAlso, rdflib.URIRef("http://testserver/dcat")) in graph


def test_the_files_are_listed(patient: TestClient) -> None:
    patient.get("/dcat")
    listed = patient.get("/downloads").json()
    assert [file["name"] for file in listed["files"]] == [
        "stikg.ttl", "stikg.trig", "stikg.nt", "stikg.nq", "stikg.jsonld", "stikg.rdf",
    ]  # fmt: skip
    for file in listed["files"]:
        content = patient.get(file["url"]).content
        assert (file["byteSize"], file["sha256"]) == (
            len(content), hashlib.sha256(content).hexdigest(),
        )  # fmt: skip


def test_dcat_asks_for_patience(dataset: Dataset) -> None:
    with TestClient(create_app(dataset, Settings(workers=1, deadline=0.2))) as client:
        answer = client.get("/dcat.ttl")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/downloads/none.ttl", "/downloads/..%2fstore", "/dcat.pdf"])
def test_what_is_no_file(patient: TestClient, path: str) -> None:
    assert patient.get(path).status_code in {400, 404}
