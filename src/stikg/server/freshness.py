"""Whether a client has the present answer already (RFC 9110, section 13.1.2)."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_TAG: Final = re.compile(r'(?:W/)?"([^"]*)"')


def entity_tag(*parts: object) -> str:
    """Return the weak tag of an answer that depends on these parts alone.

    Weak, because rows without ORDER BY may come in another order, and packed or unpacked.

    >>> entity_tag("a", 1) == entity_tag("a", 1) != entity_tag("a", 2)
    True
    """
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()}"'


def is_known(if_none_match: str | None, tag: str) -> bool:
    """Tell whether a client said that it has the answer of a tag.

    >>> is_known('"a", W/"b"', 'W/"b"'), is_known(None, '"a"'), is_known("*", '"a"')
    (True, False, True)
    """
    if not if_none_match:
        return False
    value = tag.removeprefix("W/").strip('"')
    return if_none_match.strip() == "*" or value in _TAG.findall(if_none_match)
