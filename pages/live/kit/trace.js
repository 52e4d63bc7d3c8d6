// Follows a path of a canvas, and writes the same path as SVG does.

/** @typedef {ReturnType<typeof makeTrace>} Trace */

const TURN = 2 * Math.PI;

/** A number with at most three decimals. @param {number} value */
export const brief = (value) => String(Math.round(1000 * value) / 1000);

/** A command of a path with its numbers. @param {string} letter @param {number[]} numbers */
const command = (letter, ...numbers) => letter + numbers.map(brief).join(" ");

/**
 * A path that takes what a canvas takes; `d` is what has been drawn, as SVG writes it.
 * @param {string} [begun] a path in SVG that it goes on from
 */
export function makeTrace(begun = "") {
  const parts = begun ? [begun] : [];
  /** @param {number} x @param {number} y */
  const to = (x, y) => parts.push(command(parts.length ? "L" : "M", x, y));
  return {
    get d() { return parts.join(""); },

    /** @param {number} x @param {number} y */
    moveTo(x, y) { parts.push(command("M", x, y)); },

    /** @param {number} x @param {number} y */
    lineTo(x, y) { to(x, y); },

    /** @param {number[]} numbers two handles and the end */
    bezierCurveTo(...numbers) { parts.push(command("C", ...numbers)); },

    /** @param {number[]} numbers the handle and the end */
    quadraticCurveTo(...numbers) { parts.push(command("Q", ...numbers)); },

    /** @param {number} x @param {number} y @param {number} width @param {number} height */
    rect(x, y, width, height) {
      parts.push(command("M", x, y), command("h", width), command("v", height), command("h", -width), "Z");
    },

    /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} [radius] */
    roundRect(x, y, width, height, radius = 0) {
      const r = Math.max(0, Math.min(radius, width / 2, height / 2));
      /** @param {number} dx @param {number} dy */
      const corner = (dx, dy) => command("a", r, r, 0, 0, 1, dx, dy);
      parts.push(
        command("M", x + r, y), command("h", width - 2 * r), corner(r, r), command("v", height - 2 * r), corner(-r, r),
        command("h", 2 * r - width), corner(-r, -r), command("v", 2 * r - height), corner(r, -r), "Z",
      );
    },

    /**
     * @param {number} x
     * @param {number} y
     * @param {number} r
     * @param {number} from radians, as to
     * @param {number} until
     * @param {boolean} [back] whether against the clock
     */
    arc(x, y, r, from, until, back = false) {
      const turned = back ? from - until : until - from;
      const angle = turned >= TURN ? TURN : ((turned % TURN) + TURN) % TURN;
      to(x + r * Math.cos(from), y + r * Math.sin(from));
      for (const share of [0.5, 1]) { // SVG has no arc of a whole turn
        const at = from + (back ? -angle : angle) * share;
        parts.push(command("A", r, r, 0, 0, back ? 0 : 1, x + r * Math.cos(at), y + r * Math.sin(at)));
      }
    },

    closePath() { parts.push("Z"); },
  };
}
