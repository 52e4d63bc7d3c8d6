// Writes the numbers above the diagram, the line of news, and the attributes that others can rely on.

function makeReadouts(root) {
  const find = (selector) => root.querySelector(selector), playButton = find('[data-action="play"]'), texts = new Map();
  const scalarNodes = [...root.querySelectorAll("[data-scalar]")]; // each shows the scalar of that name

  function write(name, text) {
    if (texts.get(name) === text) return;
    texts.set(name, text);
    find(`[data-show="${name}"]`).textContent = text;
  }
  function mark(name, value) {
    const attribute = "data-" + name.replaceAll("_", "-");
    if (root.getAttribute(attribute) !== String(value)) root.setAttribute(attribute, value);
  }

  // What is quietly said of the shown frame beside the message.
  function aside({ frame, rates, aside: point }) {
    if (point) return point; // on a phone the inspector is out of sight then
    const said = [];
    if (rates.vary && Number.isFinite(frame.learning_rate)) said.push(`Learning rate ${frame.learning_rate.toPrecision(3)}`);
    if (frame.clipped > 0) said.push("Gradient clipped in " + (frame.clipped === 1 ? "1 step" : frame.clipped + " of the last steps"));
    return said.join(" · ");
  }

  return {
    write,
    draw(state) {
      const { frame, header } = state, fraction = header.unit === "mini-batch" || !isWhole(frame.epoch);
      const [zeros, epoch] = paddedEpoch(frame.epoch, fraction ? 2 : 0);
      write("zeros", zeros);
      write("epoch", epoch);
      for (const node of scalarNodes) {
        const text = lossText(frame[node.dataset.scalar]);
        if (node.textContent !== text) node.textContent = text;
      }
      write("test", Number.isNaN(frame.test_loss) && Number.isNaN(frame.metric) && !hasTestPoints(state) ? "–" : lossText(frame.test_loss));
      write("metric-name", header.metric.label);
      write("metric", metricText(frame.metric, header.metric.unit));
      write("unit", header.metric.unit && Number.isFinite(frame.metric) ? " " + header.metric.unit : "");
      write("message", (header.stopped && state.shown >= header.last && header.stopped) || state.notice || header.stuck || "");
      write("aside", aside(state));
      const action = state.playing ? "pause" : "play";
      if (playButton.dataset.action !== action) {
        playButton.dataset.action = action;
        playButton.title = state.playing ? "Pause (space)" : "Play (space)";
        playButton.setAttribute("aria-label", state.playing ? "Pause" : "Play");
      }
      mark("run", `${header.run}.${header.generation}`);
      mark("playing", state.playing);
      for (const name of header.scalars) mark(name, frame[name]); // data-frame, data-epoch, data-train-loss, …
    },
  };
}
