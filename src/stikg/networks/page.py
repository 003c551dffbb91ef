"""A network in one HTML file: to search, filter and check in a browser, without a server."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from stikg.errors import InputError
from stikg.networks.tables import plain_number

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from stikg.networks.building import Graph

LICENCE: Final = "stikg, https://w3id.org/stikg/, CC BY 4.0"
"""Who made the data, and under which licence it may be passed on."""

PARTS: Final = ("network.js", "network.css", "network.licences.md")
"""What the explorer of the browser is built into, for a file of its own."""

_PASSAGE: Final = re.compile(r"https://w3id\.org/stikg/document/([^/]+)/(.+)\Z")
_WEB: Final = re.compile(r"https?://[^/\s]")


class Link(NamedTuple):
    """Words, and where they lead: empty for nowhere."""

    text: str
    href: str


def is_built() -> bool:
    """Tell whether the explorer that goes into each file is there."""
    return all(_bundle().joinpath(name).is_file() for name in PARTS)


def network_page(graph: Graph, *, bundle: Traversable | None = None) -> str:
    """Return a network as a web page that needs nothing else.

    It shows the network as a picture with search, filters and the passages of each tie, and as two
    tables that are whole without JavaScript. A Content Security Policy keeps it from asking
    anything of anybody and from running any other program than its own. ``bundle`` is the folder
    of the built explorer, if it is another than that of the package.

    :raises InputError: if the network is empty, or the explorer was not built.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    if not len(graph):
        raise InputError("the network is empty", remedy="widen the filter")
    script, style, licences = (_part(bundle or _bundle(), name) for name in PARTS)
    style = _text(files("stikg") / "server" / "static" / "pages.css") + style
    script, style = _in_script(script), style.replace("</", "<\\/")
    template = Environment(
        autoescape=True, trim_blocks=True, undefined=StrictUndefined, keep_trailing_newline=True
    ).from_string(_text(files("stikg") / "networks" / "page.html"))
    filters = ", ".join(f"{name}: {value}" for name, value in graph.graph["filters"].items())
    return template.render(
        title=graph.graph["title"],
        filters=filters,
        version=str(graph.graph.get("version", "")),
        licence=LICENCE,
        nodes=_nodes(graph),
        edges=_edges(graph),
        weight=graph.graph["weight_title"],
        data=Markup(_in_html(network_data(graph))),  # noqa: S704
        script=Markup(script),  # noqa: S704
        script_hash=_digest(script),
        style=Markup(style),  # noqa: S704
        style_hash=_digest(style),
        licences=licences,
    )


def network_data(graph: Graph) -> dict[str, Any]:
    """Return a network as the JSON that the explorer of the browser reads."""
    told = ("label", "passages", "origins", "weight", "period", "via_labels")
    return {
        "name": graph.graph["name"],
        "title": graph.graph["title"],
        "directed": bool(graph.graph["directed"]),
        "weight_title": graph.graph["weight_title"],
        "filters": dict(graph.graph["filters"]),
        "nodes": [
            {"id": node, "href": _address(node), "label": graph.nodes[node]["label"],
             "kind": graph.nodes[node]["kind"], "side": graph.nodes[node]["side"]}
            for node in sorted(graph)
        ],
        "edges": [
            {"source": source, "target": target, "relation": relation,
             **{key: data[key] for key in told if key in data}}
            for source, target, relation, data in sorted(
                graph.edges(keys=True, data=True), key=lambda edge: edge[:3]
            )
        ],
    }  # fmt: skip


def _nodes(graph: Graph) -> list[dict[str, Any]]:
    neighbours: Counter[str] = Counter()
    for pair in {frozenset(edge) for edge in graph.edges() if edge[0] != edge[1]}:
        neighbours.update(pair)
    rows = [
        {"thing": Link(data["label"], _address(node)), "kind": data["kind"],
         "neighbours": neighbours[node], "ties": graph.degree(node)}
        for node, data in graph.nodes(data=True)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row["neighbours"], *row["thing"]))


def _edges(graph: Graph) -> list[dict[str, Any]]:
    def end(node: str) -> Link:
        return Link(graph.nodes[node]["label"], _address(node))

    rows = [
        {"source": end(source), "target": end(target), "relation": data["label"],
         "weight": plain_number(data["weight"]), "origins": data["origins"],
         "passages": [Link(_passage_name(iri), _address(iri)) for iri in data["passages"]]}
        for source, target, data in graph.edges(data=True)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (*row["source"], row["relation"], *row["target"]))


def _passage_name(iri: str) -> str:
    """Return how a passage is called.

    >>> _passage_name("https://w3id.org/stikg/document/uuki-2022/2.4-p1")
    'uuki-2022, passage 2.4-p1'
    """
    found = _PASSAGE.match(iri)
    return f"{found[1]}, passage {found[2]}" if found else iri


def _address(iri: str) -> str:
    """Return where a thing is looked up; what is no web address leads nowhere.

    >>> _address("https://w3id.org/stikg/agency/jst"), _address("javascript:alert(1)")
    ('https://w3id.org/stikg/agency/jst', '')
    """
    return iri if _WEB.match(iri) else ""


def _bundle() -> Traversable:
    return files("stikg") / "server" / "bundle"


def _part(folder: Traversable, name: str) -> str:
    try:
        return _text(folder / name)
    except OSError as cause:
        raise InputError(
            "the explorer of the browser, which goes into the file, is not built",
            remedy="in a checkout: make web; else install the wheel again",
        ) from cause


def _text(path: Traversable) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def _in_script(program: str) -> str:
    r"""Return a program that no HTML parser ends early; these signs come in its texts alone.

    >>> _in_script('a = "</script><!--"')
    'a = "<\\/script><\\!--"'
    """
    return re.sub(r"<(?=/script|!--)", r"<\\", program, flags=re.IGNORECASE)


def _in_html(value: object) -> str:
    r"""Return JSON that holds no sign of HTML.

    >>> _in_html({"label": "</script>"})
    '{"label": "\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _digest(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
