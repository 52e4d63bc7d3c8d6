// Draws the four phases as rows of segments, one a step, and tells which is shown.

const PHASES = { forward: "Forward", loss: "Loss", backward: "Backward", update: "Update" };

function makeStepper(root, act) {
  const box = root.querySelector('[data-show="phases"]');
  let drawn = null, parts = [];

  function build(header) {
    drawn = header.stamp + header.steps.length;
    parts = Object.entries(PHASES).map(([phase, name]) => {
      const first = header.steps.findIndex((step) => step.phase === phase);
      const steps = header.steps.filter((step) => step.phase === phase);
      const count = element("span", { class: "count" });
      const bar = element("div", { class: steps.length > 14 ? "bar many" : "bar" });
      const segments = steps.map((step, k) => {
        const button = element("button", { type: "button", "data-action": "step", "data-key": step.key, title: `${name} ${k + 1}: ${step.title}`, "aria-label": `${name} ${k + 1}: ${step.title}` }, element("i"));
        button.onclick = () => act.goTo(first + k);
        return button;
      });
      bar.append(...segments);
      const node = element("div", { class: "phase", style: `flex-grow:${Math.max(1.6, Math.min(14, steps.length))}` }, element("div", { class: "name" }, element("span", {}, name), count), bar);
      return { first, steps, segments, count, node };
    }).filter((part) => part.steps.length);
    box.replaceChildren(...parts.map((part) => part.node));
  }

  return {
    draw(header, at) {
      if (drawn !== header.stamp + header.steps.length) build(header);
      for (const { first, steps, segments, count, node } of parts) {
        const here = at - first, inside = here >= 0 && here < steps.length;
        node.classList.toggle("on", inside);
        count.textContent = inside && steps.length === 1 ? "" : inside ? `${here + 1} of ${steps.length}` : here < 0 && steps.length === 1 ? "" : here < 0 ? `0 of ${steps.length}` : "✓";
        segments.forEach((segment, k) => {
          segment.className = k < here ? "done" : k === here ? "now" : "";
          if (k === here) segment.setAttribute("aria-current", "step");
          else segment.removeAttribute("aria-current");
        });
      }
      const losses = root.querySelector('[data-show="losses"]');
      const has = header.loss_before !== null || header.steps.some((step) => step.phase === "loss");
      losses.hidden = !has;
      const known = at >= header.steps.findIndex((step) => step.phase === "loss"), last = at === header.steps.length - 1;
      const hasUpdate = header.steps.some((step) => step.phase === "update");
      losses.replaceChildren(
        element("span", { title: "Loss before the update" }, element("small", {}, hasUpdate ? "L before" : "L"), element("b", {}, known ? header.loss_texts[0] : "?")),
        ...(hasUpdate ? [element("span", { title: "Loss after the update" }, element("small", {}, "after"), element("b", {}, last ? header.loss_texts[1] : "?"))] : []),
      );
    },
  };
}
