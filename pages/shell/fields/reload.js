// Loads the page anew when Streamlit has taken everything off it, as it does after an error of its own: address and tab
// hold what was typed and trained, a white page holds nothing.

const NOT_AGAIN = 20_000; // ms after a reload, in which an error that comes back would only come back again

/** Whether the page has only just been loaded anew. */
function justReloaded() {
  const [load] = performance.getEntriesByType("navigation");
  const again = load instanceof PerformanceNavigationTiming && load.type === "reload";
  return again && performance.now() < NOT_AGAIN;
}

/** Begins to watch; returns how to stop. */
export function reloadWhenEmpty() {
  const root = document.getElementById("root");
  if (!root) return () => {};
  const observer = new MutationObserver(() => {
    if (!root.childElementCount && !justReloaded()) location.reload();
  });
  observer.observe(root, { childList: true });
  return () => observer.disconnect();
}
