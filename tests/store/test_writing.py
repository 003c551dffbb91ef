"""Who writes is proved as the RFCs have it, and told to nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import InputError
from stikg.store.writing import Connection, Credentials, find_writer
from stikg.store.writing.credentials import _digest, authorise

# RFC 7616, section 3.9.1
CHALLENGE = {
    "realm": "http-auth@example.org",
    "qop": "auth, auth-int",
    "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
}
CLIENT = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"
MUFASA = Credentials("Mufasa", "Circle of Life")


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_digest_is_that_of_the_rfc(algorithm: str, response: str) -> None:
    challenge = {**CHALLENGE, "algorithm": algorithm}
    header = _digest(challenge, MUFASA, "GET", "/dir/index.html", 1, CLIENT)
    assert f'response="{response}"' in header
    assert "nc=00000001" in header


def test_digest_is_preferred_and_basic_is_that_of_the_rfc() -> None:
    aladdin = Credentials("Aladdin", "open sesame")  # RFC 7617, section 2
    basic, digest = 'Basic realm="WallyWorld"', 'Digest realm="x", nonce="y", algorithm=MD5'
    assert authorise([basic], aladdin, "GET", "/") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    assert (authorise([basic, digest], aladdin, "GET", "/") or "").startswith("Digest ")
    assert authorise(["Negotiate"], aladdin, "GET", "/") is None


def test_credentials_come_from_the_environment_before_netrc(tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login bob password swordfish\n", encoding="utf-8")
    netrc.chmod(0o600)
    environment = {"NETRC": str(netrc)}
    assert find_writer("http://localhost:3030/ds", environment) == Credentials("bob", "swordfish")
    assert find_writer("http://127.0.0.1/", environment) is None
    both = {**environment, "STIKG_USER": "ann", "STIKG_PASSWORD": "x"}
    assert find_writer("http://localhost/", both) == Credentials("ann", "x")
    with pytest.raises(InputError, match="STIKG_PASSWORD is not set"):
        find_writer("http://localhost/", {"STIKG_USER": "ann"})


@pytest.mark.parametrize("words", ["pasword swordfish", "swordfish"])
def test_a_broken_netrc_is_told_without_its_content(tmp_path: Path, words: str) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"machine localhost login bob {words}\n", encoding="utf-8")
    netrc.chmod(0o600)
    with pytest.raises(InputError) as caught:
        find_writer("http://localhost/", {"NETRC": str(netrc)})
    assert "swordfish" not in str(caught.value)


def test_passwords_stay_where_they_are() -> None:
    mine = {"STIKG_USER": "ann", "STIKG_PASSWORD": "hunter2"}
    for url in ("http://localhost:1/", "http://[::1]:1/", "https://example.org/"):
        assert find_writer(url, mine) is not None
    with pytest.raises(InputError, match="unencrypted"):
        find_writer("http://localhost.example.org/", mine)
    assert find_writer("http://example.org/", mine, insecure=True) is not None
    credentials = Credentials("ann", "hunter2")
    assert "hunter2" not in repr(credentials)
    error = Connection("http://localhost:1/", credentials).error("no: Basic YW5uOmh1bnRlcjI=")
    assert error.problem == "no: Basic ***"
