"""Pages for people: everything that the graph knows, in plain words, without JavaScript.

``ROUTES`` are the paths that are pages alone; what is also data under the same path (a thing, a
query, the SPARQL endpoint, errors) is put into ``Service.pages``, where its own module finds it.
"""

from __future__ import annotations

from typing import Final

from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from stikg.server.pages.answerfiles import answer_file
from stikg.server.pages.contradictions import contradictions
from stikg.server.pages.documents import document, documents
from stikg.server.pages.editor import editor
from stikg.server.pages.gallery import queries, query
from stikg.server.pages.helping import downloads, errors_page, help_page, problem_page
from stikg.server.pages.home import home
from stikg.server.pages.matrix import matrix
from stikg.server.pages.network import network, networks
from stikg.server.pages.passages import passage
from stikg.server.pages.rendering import BUNDLE, STATIC
from stikg.server.pages.searching import search
from stikg.server.pages.things import thing
from stikg.server.pages.vocabulary import PATH as VOCABULARY
from stikg.server.pages.vocabulary import vocabulary
from stikg.server.service import Service

ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/", home),
    Route("/matrix", matrix),
    Route("/networks", networks),
    Route("/networks/{name}", network),
    Route("/contradictions", contradictions),
    Route("/documents", documents),
    Route("/documents/{id}", document),
    Route("/help", help_page),
    Route(VOCABULARY, vocabulary),
    Route("/sparql/answer.{suffix}", answer_file, methods=["GET", "HEAD", "POST"]),
    Mount("/static/bundle", StaticFiles(directory=BUNDLE, check_dir=False)),
    Mount("/static", StaticFiles(directory=STATIC)),
)


def register(service: Service) -> None:
    """Give a service the pages of what is also data."""
    service.pages.update(
        thing=thing,
        passage=passage,
        queries=queries,
        query=query,
        search=search,
        downloads=downloads,
        editor=editor,
        errors=errors_page,
        problem=problem_page,
    )
