"""A brief as one HTML file that needs nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

from stikg.briefs.citing import cited, document_name
from stikg.briefs.model import Brief


def to_html(brief: Brief) -> str:
    """Return a brief as an HTML page, its drawings in it as SVG."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pictures = [
        {
            "alt": picture.alt,
            "caption": picture.caption,
            "source": _source(picture.draw("svg", "page")),
        }
        for picture in brief.pictures
    ]
    return environment.get_template("brief.html").render(
        brief=brief, pictures=pictures, cited=cited, name=document_name
    )


def _source(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}"
