"""A real browser before the real graph, cut off from everything but the server under test."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import stikg
from stikg.dataset import Dataset

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

# the one without a user interface of its own takes half of the time
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium"))), None)
SERIOUS = ("serious", "critical")
PATIENCE = 60_000
"""Milliseconds after which a page has failed; one at a quiet time takes a few hundred."""


@pytest.fixture(scope="session")
def explorer(root: Path) -> Path:
    """Return the built explorer."""
    spec = importlib.util.spec_from_file_location("bundle", root / "web" / "bundle.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not module.is_fresh():
        pytest.fail("the explorer is not built from the present web/: make web")
    return Path(module.TARGET)


@pytest.fixture(scope="session")
def server(
    explorer: Path, real_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Run ``stikg serve`` on the real graph and return its URL."""
    assert real_dataset.manifest["quads"]
    log = tmp_path_factory.mktemp("browser") / "log"
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "stikg.cli", "serve", "--port", "0"],
            stderr=stderr,
            env={**os.environ, "PYTHONPATH": str(Path(stikg.__file__).parents[1])},
        )
    try:
        while not (found := re.search(r"serving (http://[^\s/]+)", log.read_text())):
            assert process.poll() is None, log.read_text()
        yield found[1]
    finally:
        process.terminate()
        process.wait(timeout=30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium, driven without its driver's own download.

    Its driver holds the event loop of this process, so it ends with the module.
    """
    if CHROMIUM is None:
        pytest.skip(
            "no chromium is installed: as root, make test installs its headless shell through apt"
        )
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--use-gl=angle",
                "--use-angle=swiftshader",
                "--enable-unsafe-swiftshader",
                # pages without WebGL are drawn in half of the time where a graphics card is acted
                "--disable-gpu-compositing",
                "--disable-gpu-rasterization",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield browser
        browser.close()


Open = Callable[..., "Page"]


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Open]:
    """Return what opens a path at a width and in a theme; at the end nothing may have gone wrong.

    No request may leave the server, no script may fail, and the console may hold no error.
    """
    faults: list[str] = []
    contexts = []

    def open_path(
        path: str, *, width: int = 1280, theme: str = "light", script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=script,
            accept_downloads=True,
            permissions=["clipboard-read", "clipboard-write"],
            base_url=server,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: _note_outside(request.url, server, faults))
        page.on("pageerror", lambda error: faults.append(f"{path}: {error}"))
        page.on("console", lambda said: _note_error(path, said, faults))
        page.goto(path, wait_until="load")
        return page

    yield open_path
    for context in contexts:
        context.close()
    assert faults == []


def _note_error(path: str, said: ConsoleMessage, faults: list[str]) -> None:
    if said.type == "error":
        faults.append(f"{path}: {said.text}")


def _note_outside(url: str, server: str, faults: list[str]) -> None:
    if not url.startswith((f"{server}/", "data:", "blob:")):
        faults.append(f"asked elsewhere: {url}")


STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")


def serious_violations(page: Page, root: Path, *, rules: Sequence[str] = STANDARDS) -> list[str]:
    """Return what axe-core finds on a page that shuts somebody out (WCAG 2.1 A and AA).

    ``rules`` are names of rules or of sets of rules.
    """
    script = root / "web" / "node_modules" / "axe-core" / "axe.min.js"
    page.evaluate(script.read_text(encoding="utf-8"))
    found = page.evaluate("rules => axe.run({runOnly: rules})", list(rules))
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]
