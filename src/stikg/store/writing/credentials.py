"""Who writes to a server: from the environment or netrc, proved by Basic or Digest.

Digest follows RFC 7616, Basic RFC 7617. Neither name nor password is ever part of a message.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from stikg.errors import InputError
from stikg.store.credentials import Credentials, find_credentials

_LOOPBACK: Final = re.compile(r"(localhost|127(\.\d+){3}|::1)\Z")
_PAIR: Final = re.compile(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_HASHES: Final = {"MD5": "md5", "SHA-256": "sha256"}


def find_writer(
    url: str, environment: Mapping[str, str], *, insecure: bool = False
) -> Credentials | None:
    """Return who writes to a server, as ``find_credentials`` says who asks it.

    :raises InputError: as it does, and if the password would go unencrypted to another machine
        and ``insecure`` is not said.

    >>> find_writer("http://example.org/", {"STIKG_USER": "a", "STIKG_PASSWORD": "b"})
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: http://example.org/: the password would travel unencrypted
      remedy: use https, or say --insecure if every machine on the way is trusted
    """
    found = find_credentials(url, environment)
    parts = urlsplit(url)
    if found and parts.scheme != "https" and not insecure:
        if not _LOOPBACK.match(parts.hostname or ""):
            raise InputError(
                "the password would travel unencrypted",
                where=url,
                remedy="use https, or say --insecure if every machine on the way is trusted",
            )
    return found


def authorise(
    challenges: list[str], credentials: Credentials, method: str, path: str, *, count: int = 1
) -> str | None:
    """Return the Authorization header that answers a challenge, Digest before Basic.

    ``count`` tells how many requests used the nonce of the challenge. None if the server asks for
    another scheme.
    """
    for challenge in challenges:
        scheme, _, rest = challenge.strip().partition(" ")
        if scheme.lower() == "digest":
            values = {
                m[1].lower(): m[2] if m[2] is not None else m[3] for m in _PAIR.finditer(rest)
            }
            if values.get("algorithm", "MD5").upper() in _HASHES and "nonce" in values:
                return _digest(values, credentials, method, path, count)
    if any(challenge.strip().lower().startswith("basic") for challenge in challenges):
        return credentials.basic()
    return None


def _digest(
    challenge: Mapping[str, str],
    credentials: Credentials,
    method: str,
    path: str,
    count: int,
    client: str = "",
) -> str:
    algorithm = challenge.get("algorithm", "MD5").upper()

    def hashed(text: str) -> str:
        return hashlib.new(_HASHES[algorithm], text.encode(), usedforsecurity=False).hexdigest()

    realm, nonce = challenge.get("realm", ""), challenge["nonce"]
    who = hashed(f"{credentials.user}:{realm}:{credentials.password}")
    what = hashed(f"{method}:{path}")
    fields = {"username": credentials.user, "realm": realm, "nonce": nonce, "uri": path}
    if "auth" in re.split(r"[\s,]+", challenge.get("qop", "")):
        client, number = client or secrets.token_hex(8), f"{count:08x}"
        proof = hashed(f"{who}:{nonce}:{number}:{client}:auth:{what}")
        bare = f", qop=auth, nc={number}"
        fields["cnonce"] = client
    else:
        proof, bare = hashed(f"{who}:{nonce}:{what}"), ""
    fields["response"] = proof
    if "opaque" in challenge:
        fields["opaque"] = challenge["opaque"]
    quoted = ", ".join(f'{name}="{value}"' for name, value in fields.items())
    return f"Digest {quoted}, algorithm={challenge.get('algorithm', 'MD5')}{bare}"
