// The mark of the probe, on the map and wherever else its place is drawn.

/**
 * A cross in a circle where the neurons' numbers hold, with a halo.
 * @param {CanvasRenderingContext2D} ctx
 * @param {number} x
 * @param {number} y
 * @param {{ bg: string, accent: string }} colors
 * @param {number} [scale]
 */
export function drawProbeMark(ctx, x, y, { bg, accent }, scale = 1) {
  const arm = 12 * scale;
  for (const [color, extra] of /** @type {[string, number][]} */ ([[bg, 3 * scale], [accent, 0]])) {
    ctx.strokeStyle = color;
    ctx.lineWidth = 3 * scale + extra;
    ctx.beginPath();
    ctx.moveTo(x - arm, y);
    ctx.lineTo(x + arm, y);
    ctx.moveTo(x, y - arm);
    ctx.lineTo(x, y + arm);
    ctx.stroke();
    ctx.lineWidth = 2.5 * scale + extra;
    ctx.beginPath();
    ctx.arc(x, y, 7 * scale, 0, 7);
    ctx.stroke();
  }
}
