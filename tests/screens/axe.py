"""What axe-core finds: it knows what screen readers and keyboards need; .ci/package.json pins it."""

from __future__ import annotations

from typing import Any

from tests.browser.driving import ROOT
from tests.screens.finder import SCRIPT

AXE = ROOT / ".ci" / "node_modules" / "axe-core" / "axe.min.js"
MISSING = "axe-core is not installed: npm ci --prefix .ci"
GRAVE = ("serious", "critical")

RUN = """async ([script, within]) => {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const { place } = await import(url);
  const { violations } = await axe.run(within || document, {
    resultTypes: ["violations"], iframes: false, elementRef: true,
  });
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.map(({ element, any }) => {
    const ratio = any.map((one) => one.data && one.data.contrastRatio).find(Boolean);
    return { id, impact, help, where: place(element), example: ratio ? `${ratio}:1` : "" };
  }));
}"""


def find_violations(page: Any, within: str | None = None) -> list[dict[str, Any]]:
    """What, where and example of every violation of serious or critical impact on a page as it is now.

    Args:
        within: selector of the part to look at; the whole page unless given.
    """
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        {"what": f"axe {row['id']}: {row['help']}", "where": row["where"], "example": row["example"]}
        for row in page.evaluate(RUN, [SCRIPT, within])
        if row["impact"] in GRAVE
    ]
