"""How a view is kept while messages overtake each other: mount.js, fed as Streamlit feeds it."""

from __future__ import annotations

import pytest

from pages.live.assets import mount_module

SETTING = """async (script) => {
  document.body.innerHTML = "<p></p>";
  const host = document.querySelector("p"), log = [];
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const mount = (await import(url)).default;
  const start = () => {
    log.push("start");
    return { receive: (data) => log.push(data), rest: () => log.push("rest"), wake: () => log.push("wake") };
  };
  const offer = () => {
    globalThis["backprop-toy"] = start;
    globalThis.dispatchEvent(new Event("backprop-toy"));
  };
  const send = (data) => mount({ data, parentElement: host, setTriggerValue() {} });
  RUN
  return log;
}"""


@pytest.fixture
def mounting(browser):
    """mounting(script) is what a view was told while a script ran; it knows host, offer() and send(data)."""
    page = browser.new_page()

    def run(script: str) -> list[str]:
        return page.evaluate(SETTING.replace("RUN", script), mount_module("toy"))

    yield run
    page.close()


def test_a_message_that_was_overtaken_does_not_end_the_view(mounting):
    assert mounting('offer(); send("a")(); send("b");') == ["start", "a", "b"]


def test_a_view_whose_element_is_replaced_moves_with_all_that_it_holds(mounting):
    moved = """
      offer();
      const end = send("a"), kept = document.createElement("i"), next = document.createElement("p");
      host.append(kept);
      host.remove();
      end();
      document.body.append(next);
      mount({ data: "b", parentElement: next, setTriggerValue() {} });
      log.push(kept.parentElement === next);
    """
    assert mounting(moved) == ["start", "a", "rest", "wake", "b", True]


def test_a_view_without_an_element_is_forgotten_after_a_while(mounting):
    late = """
      offer();
      const end = send("a");
      host.remove();
      end();
      await new Promise((done) => setTimeout(done, 2100));
      document.body.append(host);
      send("b");
    """
    assert mounting(late) == ["start", "a", "rest", "start", "b"]


def test_code_that_comes_late_starts_with_the_newest_message_even_if_it_overtook_one(mounting):
    assert mounting('delete globalThis["backprop-toy"]; send("a")(); send("b"); offer();') == ["start", "b"]
