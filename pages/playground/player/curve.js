// Draws the loss curve as far as it was seen: solid up to the playhead, pale after it, with a read-out under the pointer.

const CURVE = { left: 50, right: 18, top: 26, bottom: 40 };
const TEST_DASH = [7, 3.5];

function makeCurve(canvas) {
  const solid = document.createElement("canvas"), ground = document.createElement("canvas");
  let ctx, solidCtx, groundCtx, width = 0, height = 0;
  let scale = null, solidTo = -1, dashLength = 0, groundKey = "", scanned = -1, low = Infinity, high = -Infinity;

  const plotWidth = () => width - CURVE.left - CURVE.right;
  const plotHeight = () => height - CURVE.top - CURVE.bottom;
  const X = (epoch) => CURVE.left + (plotWidth() * epoch) / scale.extent;
  const Y = (value) => {
    const v = scale.log ? Math.log10(Math.max(value, 10 ** scale.bottom)) : value;
    return CURVE.top + plotHeight() * Math.max(0, Math.min(1, (scale.top - v) / (scale.top - scale.bottom)));
  };

  // The range of all losses seen so far; the log scale grows by half decades, the linear one by round steps.
  function fitScale(state) {
    const { history, seen } = state;
    if (seen < scanned) [scanned, low, high] = [-1, Infinity, -Infinity];
    for (let k = scanned + 1; k <= seen; k++) {
      for (const v of [history.train_loss[k], history.test_loss[k]]) {
        if (!Number.isFinite(v)) continue;
        if (v > high) high = v;
        if (v > 0 && v < low) low = v;
      }
    }
    scanned = seen;
    let top, bottom;
    if (state.logScale) {
      top = high > 0 ? Math.ceil(Math.log10(high) * 2) / 2 : 0;
      bottom = Math.min(top - 1, Math.max(low < Infinity ? Math.floor(Math.log10(low) * 2) / 2 : -1, -8));
    } else {
      const step = roundStep(high > 0 ? high : 1, 3);
      [top, bottom] = [Math.ceil((high > 0 ? high : 1) / step) * step, 0];
    }
    if (scale && scale.log === state.logScale && scale.top === top && scale.bottom === bottom && scale.extent === state.extent) return;
    scale = { log: state.logScale, top, bottom, extent: state.extent };
    solidTo = -1;
    groundKey = "";
  }

  // Adds frames from…to of one curve to a path, at most two points per pixel column; returns the path's length.
  function trace(path, epochs, values, from, to) {
    const thin = to - from > 3 * plotWidth();
    let length = 0, open = false, lastX = 0, lastY = 0, column = -1, least = 0, most = 0;
    const point = (x, y) => {
      if (open) {
        path.lineTo(x, y);
        length += Math.hypot(x - lastX, y - lastY);
      } else path.moveTo(x, y);
      [open, lastX, lastY] = [true, x, y];
    };
    const flush = () => {
      if (column < 0) return;
      point(column, least);
      if (most > least) point(column, most);
      column = -1;
    };
    for (let k = from; k <= to; k++) {
      if (!Number.isFinite(values[k])) {
        flush();
        open = false;
        continue;
      }
      const x = X(epochs[k]), y = Y(values[k]);
      if (!thin) {
        point(x, y);
        continue;
      }
      const c = Math.round(x);
      if (c !== column) {
        flush();
        [column, least, most] = [c, y, y];
      } else {
        least = Math.min(least, y);
        most = Math.max(most, y);
      }
    }
    flush();
    return length;
  }

  function drawSolid(state) {
    const { history, shown, colors } = state;
    let from = solidTo;
    if (from < 0 || from > shown) {
      solidCtx.clearRect(0, 0, width, height);
      [from, dashLength] = [0, 0];
    } else if (from === shown) return;
    const test = new Path2D(), train = new Path2D();
    solidCtx.lineWidth = 2.2;
    solidCtx.lineJoin = "round";
    solidCtx.setLineDash(TEST_DASH);
    solidCtx.lineDashOffset = dashLength % 10.5;
    solidCtx.strokeStyle = colors.test;
    dashLength += trace(test, history.epoch, history.test_loss, from, shown);
    solidCtx.stroke(test);
    solidCtx.setLineDash([]);
    solidCtx.strokeStyle = colors.train;
    trace(train, history.epoch, history.train_loss, from, shown);
    solidCtx.stroke(train);
    solidTo = shown;
  }

  function drawGround(state) {
    const { colors, history, seen, shown } = state, later = shown < seen ? seen : -1;
    const key = later + " " + (later > 0 && shown < solidTo ? shown : "");
    if (key === groundKey) return;
    groundKey = key;
    const c = groundCtx, right = width - CURVE.right, floor = height - CURVE.bottom;
    c.clearRect(0, 0, width, height);
    c.font = `14px ${colors.font}`;
    c.lineWidth = 1;
    const gridLine = (value, text) => {
      const y = Y(value);
      c.strokeStyle = colors.line;
      c.beginPath();
      c.moveTo(CURVE.left, y);
      c.lineTo(right, y);
      c.stroke();
      c.fillStyle = colors.ink2;
      c.textAlign = "right";
      c.fillText(text, CURVE.left - 7, y + 5);
    };
    if (scale.log) {
      const every = Math.ceil((scale.top - scale.bottom) / 4);
      for (let k = Math.floor(scale.top); k >= scale.bottom; k -= every) {
        gridLine(10 ** k, decadeText(k));
        if (scale.top - scale.bottom > 1.5) continue;
        for (const v of [5 * 10 ** (k - 1), 2 * 10 ** k]) { // one decade alone says little
          if (Math.log10(v) > scale.bottom && Math.log10(v) < scale.top) gridLine(v, shortNumber(v));
        }
      }
    } else {
      const step = roundStep(scale.top, 3);
      for (let v = 0; v <= scale.top * 1.001; v += step) gridLine(v, shortNumber(v));
    }
    c.strokeStyle = colors.ink2;
    c.fillStyle = colors.ink2;
    c.textAlign = "center";
    c.lineWidth = 1.2;
    c.beginPath();
    c.moveTo(CURVE.left, CURVE.top - 4);
    c.lineTo(CURVE.left, floor);
    c.lineTo(right, floor);
    for (let k = 0; k <= 3; k++) {
      const epoch = (scale.extent / 3) * k;
      c.moveTo(X(epoch), floor);
      c.lineTo(X(epoch), floor + 5);
      c.fillText(String(+epoch.toFixed(2)), Math.min(X(epoch), width - 4 * String(epoch).length), floor + 19);
    }
    c.stroke();
    c.fillText("epoch", (CURVE.left + right) / 2, height - 4);
    if (later < 0) return;
    c.globalAlpha = 0.3;
    c.lineWidth = 1.5;
    for (const [values, color, dash] of [[history.train_loss, colors.train, []], [history.test_loss, colors.test, [5, 3]]]) {
      const path = new Path2D();
      trace(path, history.epoch, values, 0, later);
      c.strokeStyle = color;
      c.setLineDash(dash);
      c.stroke(path);
    }
    c.setLineDash([]);
    c.globalAlpha = 1;
  }

  function vertical(epoch, color, lineWidth, dash = []) {
    ctx.strokeStyle = color;
    ctx.lineWidth = lineWidth;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(X(epoch), CURVE.top - 4);
    ctx.lineTo(X(epoch), height - CURVE.bottom);
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function drawMarks(state, frame, open) { // a disc on the train curve, a square on the test curve
    const { history, colors } = state, x = X(history.epoch[frame]), train = history.train_loss[frame], test = history.test_loss[frame];
    ctx.lineWidth = open ? 2.2 : 1.5;
    if (Number.isFinite(train)) {
      ctx.fillStyle = open ? colors.bg : colors.train;
      ctx.strokeStyle = open ? colors.train : colors.bg;
      ctx.beginPath();
      ctx.arc(x, Y(train), 4.5, 0, 7);
      ctx.fill();
      ctx.stroke();
    }
    if (Number.isFinite(test)) {
      ctx.fillStyle = open ? colors.bg : colors.test;
      ctx.strokeStyle = open ? colors.test : colors.bg;
      ctx.fillRect(x - 4, Y(test) - 4, 8, 8);
      ctx.strokeRect(x - 4, Y(test) - 4, 8, 8);
    }
  }

  function drawReadout(state, frame) {
    const { history, colors } = state, boxWidth = 154, left = width - CURVE.right - boxWidth, top = CURVE.top - 2;
    vertical(history.epoch[frame], colors.ink, 1.2, [2, 3]);
    drawMarks(state, frame, true);
    ctx.fillStyle = colors.bg;
    ctx.strokeStyle = colors.ink;
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    ctx.roundRect(left, top, boxWidth, 68, 8);
    ctx.fill();
    ctx.stroke();
    const text = (value, x, y, color, weight, align = "left") => {
      ctx.fillStyle = color;
      ctx.textAlign = align;
      ctx.font = `${weight} ${weight === 400 ? 14 : 15}px ${colors.font}`;
      ctx.fillText(value, x, y);
    };
    text("epoch " + epochText(history.epoch[frame]), left + 12, top + 18, colors.ink2, 400);
    ["train", "test"].forEach((name, row) => {
      const y = top + 34 + 20 * row;
      ctx.strokeStyle = colors[name];
      ctx.lineWidth = 3;
      ctx.setLineDash(row ? [5, 3] : []);
      ctx.beginPath();
      ctx.moveTo(left + 12, y);
      ctx.lineTo(left + 32, y);
      ctx.stroke();
      ctx.setLineDash([]);
      text(name, left + 40, y + 5, colors.ink, 400);
      text(lossText(history[name + "_loss"][frame]), left + boxWidth - 12, y + 5, colors.ink, 650, "right");
    });
  }

  return {
    layout(newWidth, newHeight) {
      [width, height] = [newWidth, newHeight];
      [ctx, solidCtx, groundCtx] = [canvas, solid, ground].map((c) => sizeCanvas(c, width, height));
      this.redraw();
    },
    redraw() { // theme, history or size changed
      [scale, solidTo, scanned, groundKey] = [null, -1, -1, ""];
      [low, high] = [Infinity, -Infinity];
    },
    frameAt(state, x) {
      return state.frameOfEpoch(((x - CURVE.left) / plotWidth()) * state.extent, state.seen);
    },
    draw(state) {
      if (!ctx) return;
      fitScale(state);
      drawSolid(state);
      drawGround(state);
      ctx.clearRect(0, 0, width, height);
      ctx.drawImage(ground, 0, 0, width, height);
      ctx.drawImage(solid, 0, 0, width, height);
      vertical(state.history.epoch[state.shown], state.colors.accent, 2);
      drawMarks(state, state.shown, false);
      if (state.readout !== null && state.readout <= state.seen) drawReadout(state, state.readout);
    },
  };
}
