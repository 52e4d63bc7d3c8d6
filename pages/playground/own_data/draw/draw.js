// Draws a data set by hand: points by class on the plane, as the network is to learn them.

import { find } from "../../../live/kit/elements.js";
import { holdToLesson } from "../../../live/kit/lesson.js";
import { listenForActs } from "./acts.js";
import { listenForStrokes } from "./pointer.js";
import { makeView } from "./view.js";

/** @typedef {import("./acts.js").Trigger} Trigger */
/** @typedef {HTMLElement & { view?: import("./view.js").View, trigger?: Trigger }} Root */
/** @typedef {{ data: import("./types.js").Data, parentElement: ParentNode, setTriggerValue: Trigger }} Message */

/** @param {Root} root @param {import("./types.js").Data} data */
function begin(root, data) {
  const view = makeView(root, data);
  listenForStrokes(view);
  listenForActs(view, root, () => /** @type {Trigger} */ (root.trigger));
  holdToLesson(root);
  return view;
}

/**
 * What Streamlit calls for each message.
 * @param {Message} message
 */
export function render({ data, parentElement, setTriggerValue }) {
  /** @type {Root} */
  const root = find(parentElement, ".drawing");
  root.trigger = setTriggerValue;
  const view = root.view ||= begin(root, data);
  view.data = data;
  if (data.refused) view.refuse(data.refused);
  view.wake();
  return () => {
    if (!root.isConnected) view.rest(); // in a slow browser it is also called for a message that was overtaken
  };
}
