"""Who asks a server: from the environment or from netrc, and nowhere else.

A password is never part of a message, a representation or an address that is shown.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from stikg.errors import InputError

USER: Final = "STIKG_USER"
PASSWORD: Final = "STIKG_PASSWORD"  # noqa: S105 (the name of a variable)
REMEDY: Final = f"put user and password into {USER} and {PASSWORD}, or into ~/.netrc"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password; the representation has neither.

    >>> Credentials("me", "secret")
    Credentials()
    """

    user: str = field(repr=False)
    password: str = field(repr=False)

    def basic(self) -> str:
        """Return the value of the header Authorization (RFC 7617)."""
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    def remove_from(self, text: str) -> str:
        """Return what a server said without the password, should it repeat it.

        >>> Credentials("me", "secret").remove_from("no secret, please")
        'no ***, please'
        """
        for secret in (self.basic().removeprefix("Basic "), self.password):
            text = text.replace(secret, "***") if secret else text
        return text


def find_credentials(url: str, environment: Mapping[str, str] | None = None) -> Credentials | None:
    """Return who asks the server of a URL: STIKG_USER and STIKG_PASSWORD, else netrc, else nobody.

    ``environment``, that of the process unless given, also says where netrc is: NETRC, else
    .netrc at home.

    :raises InputError: if one of the two variables is missing, or netrc cannot be read.
    """
    environment = os.environ if environment is None else environment
    user, password = environment.get(USER), environment.get(PASSWORD)
    if user and password:
        return Credentials(user, password)
    if user or password:
        raise InputError(f"{PASSWORD if user else USER} is not set", remedy="set both, or neither")
    return _from_netrc(urlsplit(url).hostname or "", environment)


def _from_netrc(host: str, environment: Mapping[str, str]) -> Credentials | None:
    import netrc

    usual = Path("~/.netrc").expanduser()
    home = environment.get("HOME")
    path = Path(environment.get("NETRC") or (Path(home) / ".netrc" if home else usual))
    if not path.is_file():
        return None
    line: int | None = None
    try:
        entry = netrc.netrc(None if path == usual else path).authenticators(host)
    except (OSError, UnicodeDecodeError, netrc.NetrcParseError) as error:
        line = getattr(error, "lineno", None) or 0
    if line is not None:  # raised here, as the parser's own message holds the words that it met
        raise InputError(
            "it cannot be read as netrc",
            where=f"{path}:{line}" if line else str(path),
            remedy="mend it, and let only yourself read it: chmod 600",
        )
    return Credentials(entry[0], entry[2] or "") if entry and entry[0] else None
