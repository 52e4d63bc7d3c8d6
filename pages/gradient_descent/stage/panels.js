// Writes what stands beside the drawings: keys, why line, theory, race, and the numbers of the shown step.

const REGIME_TONES = { monotone: "monotone", "zig-zag": "zigzag", divergent: "divergent" };

function makePanels(root) {
  const find = (selector) => root.querySelector(selector), texts = new Map();
  const write = (name, html) => {
    if (texts.get(name) === html) return;
    texts.set(name, html);
    find(name.startsWith(".") ? name : `[data-show="${name}"]`).innerHTML = html;
  };
  const arrowKey = (color, width) => `<svg width="26" height="10" aria-hidden="true"><path d="M0 5h20" stroke="${color}" stroke-width="${width}"/><path d="M26 5l-9-4.5v9z" fill="${color}"/></svg>`;
  const lineKey = (color, dash) => `<svg width="26" height="8" aria-hidden="true"><path d="M0 4H26" stroke="${color}" stroke-width="3" ${dash ? 'stroke-dasharray="6 4"' : ""}/></svg>`;

  function race(state) {
    const { header } = state;
    if (!header.race) return;
    const place = header.start.map(coordinateText).join(", "), steps = header.race.map((row) => row.steps_to_tol_grad);
    const most = Math.max(1, ...steps.map((s) => s || 0));
    write("race-title", `Race from (${richText(place)})`);
    write(".race table", `<tr><th></th><th>steps</th><th style="width:24%"></th></tr>` + header.race.map((row, i) => {
      const mark = `<svg width="16" height="16" aria-hidden="true"><path d="${markPath(i, 8, 8, 5.5)}" fill="var(--mark-${i})"/></svg>`;
      const count = steps[i] === null ? "–" : String(steps[i]);
      const bar = steps[i] === null ? `<span style="color:var(--ink2);font-size:14px">${{ not_finite: "diverges", cycle: "a cycle", max_steps: "> 1000", singular: "singular", no_step: "stuck", refused: "not here" }[row.stopped_by] || "not there"}</span>`
        : `<div class="bar" style="background:var(--mark-${i});width:${((100 * steps[i]) / most).toFixed(1)}%"></div>`;
      return `<tr data-racer="${i}" data-steps="${steps[i]}"><td>${mark}${escaped(row.label)}</td><td>${count}</td><td style="text-align:left">${bar}</td></tr>`;
    }).join(""));
  }

  return {
    write,
    run(state) { // what changes with the run
      const { header } = state, tone = REGIME_TONES[header.regime];
      const why = find(".why");
      why.style.setProperty("--tone-soft", header.notice ? "var(--bad-soft)" : tone ? `var(--${tone}-ground)` : "var(--panel)");
      write(".why", header.notice ? `<p><b>Not taken.</b> ${escaped(header.notice.replaceAll(" -", " −"))}</p>` : `<p><b>${richText(header.why.title)}</b> ${richText(header.why.text)}</p>`);
      write("map-title", header.dimension === 1 ? "The graph and the path" : "Level curves and path");
      if (state.racing) {
        write("keys", "");
        write("curve-title", `${richText("‖∇*f*‖")} of every rule, step by step`);
        write("curve-keys", "");
      }
      const next = header.gradient ? `next step ${header.ascent ? "+" : "−"}η∇*f*` : "next step", slope = header.ascent ? "∇*f*" : "−∇*f*";
      if (!state.racing) write("keys", `<span>${arrowKey("var(--accent)", 3)}<span>${richText(next)}</span></span>` + (header.dimension === 2 ? `<span>${arrowKey("var(--ink2)", 1.6)}<span>${richText(slope)}</span></span>` : ""));
      const { height } = header;
      if (!state.racing) write("curve-title", `${richText(height)} and ${richText("‖∇*f*‖")}, step by step`);
      if (!state.racing) write("curve-keys", `<span>${lineKey("var(--train)")}<span>${richText(height)}</span></span><span>${lineKey("var(--test)", true)}<span>${richText("‖∇*f*‖")}</span></span>`);
      write("theory-title", escaped(header.theory.title));
      write(".theory table", header.theory.rows.map((row) => row.sentence ? `<tr><td colspan="2" class="sentence">${richText(row.sentence).replaceAll(", ", "<br>")}</td></tr>`
        : `<tr><td>${richText(row.label)}</td><td${row.tone ? ` style="color:var(--${row.tone}-text)"` : ""}>${richText(row.value)}</td></tr>`).join(""));
      race(state);
    },
    step(state) { // what changes with the step
      const { header, points, values, norms, k, last } = state, d = header.dimension;
      const digits = String(last).length;
      write("step", `<span class="zeros">${"0".repeat(digits - String(k).length)}</span>${k}`);
      write("of", `of ${last}`);
      if (state.racing) {
        write("x", "<em>race: every rule at step</em> " + k);
        write("f", "");
        write("g", "");
        return;
      }
      const place = Array.from(points.slice(k * d, k * d + d), coordinateText);
      write("x", `<i>x</i> = ${richText(d === 1 ? place[0] : `(${place.join(", ")})`)}`);
      write("f", `<i>f</i> = ${richText(valueText(values[k]))}`);
      write("g", `<em>‖∇<i>f</i>‖</em> = ${richText(valueText(norms[k]))}`);
    },
  };
}
