// Closes the menu once a page has been chosen in it, where it covers the page: on a phone.

const LINK = '[data-testid="stSidebar"] [data-testid="stPageLink-NavLink"]';
const CLOSE = '[data-testid="stSidebarCollapseButton"] button';
const COVERS = "(max-width: 767.98px)"; // Streamlit's bound

/** Begins to listen; returns how to stop. */
export function closeMenuAfterChoice() {
  /** @param {MouseEvent} event */
  function onClick({ target }) {
    if (!(target instanceof Element) || !target.closest(LINK) || !matchMedia(COVERS).matches) return;
    const button = document.querySelector(CLOSE);
    if (button instanceof HTMLElement) button.click();
  }
  document.addEventListener("click", onClick);
  return () => document.removeEventListener("click", onClick);
}
