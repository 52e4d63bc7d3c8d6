// Answers the keys that work anywhere on the page; the player's are space, arrows, Shift+R and Ctrl+Z.

const LEAVE_ALONE = "input,textarea,select,[contenteditable],[role=slider],[role=spinbutton],[role=textbox],[role=combobox],[role=listbox],[role=option],[role=tab],[role=radio],[role=menuitem]";

function playerAction({ key, shiftKey, ctrlKey, metaKey, altKey }, state) {
  if (altKey) return null;
  if (ctrlKey || metaKey) return key.toLowerCase() === "z" && !shiftKey && state.header.undo > 0 ? "undo" : null;
  if (key === " ") return state.playing ? "pause" : "play";
  if (key === "ArrowRight") return "step";
  if (key === "ArrowLeft") return "step-back";
  return shiftKey && key.toLowerCase() === "r" ? "reset" : null;
}

function listenForKeys(state, actions, actionOf = playerAction) {
  // It hears before all others, and stops what it handles: Streamlit listens for R, a focused button takes the space.
  function onKey(event) {
    const target = event.composedPath()[0];
    if (!state.header || target.isContentEditable || (target.closest && target.closest(LEAVE_ALONE))) return;
    const action = actionOf(event, state);
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === "keydown" && !(event.repeat && !event.key.startsWith("Arrow"))) actions[action]();
  }
  for (const type of ["keydown", "keyup"]) window.addEventListener(type, onKey, true);
  return () => {
    for (const type of ["keydown", "keyup"]) window.removeEventListener(type, onKey, true);
  };
}
