"""Endpoints by name: what a user's own configuration says of servers.

The file is config.toml in the folder of the system for the settings of programs; a profile is a
table ``[endpoints.NAME]``. Passwords have no place in it.
"""

from __future__ import annotations

import dataclasses
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError, UnknownName

if TYPE_CHECKING:
    from stikg.store.remote import RemoteStore

_METHODS: Final = ("auto", "GET", "POST")
_SECRET: Final = frozenset({"user", "username", "password", "passwd", "token", "key"})
_LONGEST_TIMEOUT: Final = 86400


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and how it is asked: a profile, or a URL with the usual settings.

    ``timeout`` is in seconds, ``page`` the number of rows to ask for at once (0: all), ``server``
    the name of a dialect, or "auto": as the server says. The order of the fields is that of the
    profile's keys.
    """

    url: str
    name: str = ""
    timeout: float = 30.0
    page: int = 0
    method: str = "auto"
    default_graph: str = ""
    server: str = "auto"

    def open(self) -> RemoteStore:
        """Return the store, not asked yet.

        :raises InputError: if the URL is none, or no dialect has the name of the server.
        """
        from stikg.store.dialects import DETECTED, DIALECTS, recognise_dialect
        from stikg.store.remote import RemoteStore

        detected = self.server == DETECTED
        if not detected and self.server not in DIALECTS:
            raise InputError(
                f"no server of the name {self.server!r} is known",
                remedy=f"use one of: {', '.join((DETECTED, *DIALECTS))}",
            )
        return RemoteStore(
            self.url,
            timeout=self.timeout,
            page=self.page,
            method=self.method,
            default_graph=self.default_graph,
            dialect=None if detected else DIALECTS[self.server],
            recognise=recognise_dialect if detected else None,
        )

    def to_json(self) -> str:
        """Return the endpoint as text for a process of one's own; it holds no secret."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Endpoint:
        """Return the endpoint of such a text."""
        return cls(**json.loads(text))


def config_file() -> Path:
    """Return where the configuration of this user is, whether it is there or not."""
    given = os.environ.get("XDG_CONFIG_HOME")
    if given and Path(given).is_absolute():
        return Path(given) / "stikg" / "config.toml"
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path.home() / ".config"
    return folder / "stikg" / "config.toml"


def read_profiles(path: Path | None = None) -> dict[str, Endpoint]:
    """Return the endpoints of the user's configuration by name; none if there is no file.

    :raises InputError: if the file cannot be read, or a profile in it is not as it should be.
    """
    import tomllib

    path = path or config_file()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"it cannot be read: {error}", where=str(path)) from error
    tables = content.get("endpoints", {})
    if not isinstance(tables, dict):
        raise InputError("endpoints are tables: [endpoints.NAME]", where=str(path))
    return {name: _profile(name, table, path) for name, table in tables.items()}


def find_endpoint(text: str) -> Endpoint:
    """Return the endpoint of a URL or of the name of a profile.

    :raises UnknownName: if it is neither; it says the nearest names.
    :raises InputError: if the profiles cannot be read.
    """
    if "://" in text:
        return Endpoint(text)
    profiles = read_profiles()
    if text in profiles:
        return profiles[text]
    from difflib import get_close_matches

    near = get_close_matches(text, profiles, n=3) or sorted(profiles)[:5]
    names = f"the names are: {', '.join(near)}" if near else f"there is none in {config_file()}"
    raise UnknownName(
        f"{text!r} is neither a URL nor the name of an endpoint",
        candidates=near,
        remedy=f"begin a URL with http:// or https://, or name a profile; {names}",
    )


def _profile(name: str, table: Any, path: Path) -> Endpoint:
    where = f"{path}: [endpoints.{name}]"
    if not isinstance(table, dict) or not isinstance(table.get("url"), str):
        raise InputError("a profile needs a url", where=where, remedy='url = "https://…/sparql"')
    for key, value in table.items():
        if key.lower() in _SECRET:
            from stikg.store.credentials import REMEDY

            raise InputError(f"{key} does not belong in a profile", where=where, remedy=REMEDY)
        check = _KEYS.get(key)
        if check is None:
            raise InputError(
                f"{key!r} is no setting of an endpoint",
                where=where,
                remedy=f"use: {', '.join(_KEYS)}",
            )
        if not check(value):
            raise InputError(f"{key} cannot be {value!r}", where=where, remedy=_REMEDIES[key])
    return Endpoint(name=name, **{key.replace("-", "_"): value for key, value in table.items()})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_KEYS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "url": lambda value: isinstance(value, str),
    "timeout": lambda value: _is_number(value) and 0 < value <= _LONGEST_TIMEOUT,
    "page": lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
    "method": lambda value: value in _METHODS,
    "default-graph": lambda value: isinstance(value, str),
    "server": lambda value: isinstance(value, str),
}
_REMEDIES: Final[Mapping[str, str]] = {
    "url": 'url = "https://…/sparql"',
    "timeout": "give seconds, as in: timeout = 60",
    "page": "give rows, as in: page = 10000",
    "method": f"use one of: {', '.join(_METHODS)}",
    "default-graph": "give an IRI",
    "server": 'give a name, as in: server = "virtuoso"',
}
