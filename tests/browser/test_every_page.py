"""Every page opens in a real browser, in both themes and on wide and narrow screens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import Open, serious_violations

PAGES = (
    "/", "/search?q=quantum", "/agency/jst", "/territory/jp", "/document/uuki-2022/8.1.4-p1",
    "/matrix", "/networks", "/networks/agency-programme", "/networks/country-technology",
    "/queries", "/queries/country-technology-links?territory=Japan", "/contradictions",
    "/documents", "/documents/ifm-2021", "/downloads", "/help", "/sparql",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_a_page_shuts_nobody_out(
    path: str, width: int, theme: str, open_page: Open, root: Path
) -> None:
    page = open_page(path, width=width, theme=theme)
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert serious_violations(page, root) == []
