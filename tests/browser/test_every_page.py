"""Every page opens in a real browser, in both themes and on wide and narrow screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import STANDARDS, Open, serious_violations

PAGES = (
    "/", "/search?q=quantum", "/agency/jst", "/territory/sg", "/document/uuki-2022/8.1.4-p1",
    "/matrix", "/networks", "/networks/agency-programme", "/networks/country-technology",
    "/queries", "/queries/country-technology-links?territory=Japan", "/contradictions",
    "/documents", "/documents/jst-strategy", "/downloads", "/help", "/sparql",
)  # fmt: skip


NARROW = 390
# networks in the dark and on narrow screens: test_network.py, with a thing chosen
VIEWS = [(path, 1280, "light") for path in PAGES] + [
    (path, NARROW, "dark") for path in PAGES if not path.startswith("/networks/")
]


@pytest.mark.parametrize(("path", "width", "theme"), VIEWS)
def test_a_page_shuts_nobody_out(
    path: str, width: int, theme: str, open_page: Open, root: Path
) -> None:
    page = open_page(path, width=width, theme=theme)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # what a page is made of is the same in each view
    rules = STANDARDS if width > NARROW else ("color-contrast", "scrollable-region-focusable")
    assert serious_violations(page, root, rules=rules) == []
