// Draws matrices as coloured cells: with their values written in, or small, with the value where one points.

const NARROW = "⁰⁴⁵⁶⁷⁸⁹⁻·"; // of a power of ten; they need no room of their own

const inkOn = (rgb) => { // black or white, whichever stands out more
  const [r, g, b] = rgb.map((u) => ((u /= 255) <= 0.04045 ? u / 12.92 : ((u + 0.055) / 1.055) ** 2.4));
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000" : "#fff";
};
const moreText = ([rows, columns]) => [rows && `… ${rows} more ${rows === 1 ? "row" : "rows"}`, columns && `… ${columns} more ${columns === 1 ? "column" : "columns"}`].filter(Boolean).join(", ");
const mathNode = (tag, inner, attributes = {}) => { // our own MathML from the server
  const node = element(tag, attributes);
  node.innerHTML = inner;
  return node;
};
const mathOf = (content) => `<math>${content}</math>`;

// cell(i, j) may give attributes and a class to a cell; with `choose` cells are buttons.
function matrixNode(colors, matrix, { label, cell, choose, read } = {}) {
  const columns = matrix.texts[0].length;
  const widest = Math.max(...matrix.texts.flat().map((text) => [...text].filter((letter) => !NARROW.includes(letter)).length));
  const grid = element("div", { class: `mx${matrix.small ? " small" : ""}${matrix.dense ? " dense" : ""}`, role: "grid", "aria-label": label || "", style: `grid-template-columns:repeat(${columns},auto);--chars:${Math.max(4, widest)}` });
  matrix.texts.forEach((row, i) => row.forEach((text, j) => {
    const rgb = colors.diverging(matrix.shares[i][j]), extra = (cell && cell(i, j)) || {};
    const shown = extra.text === undefined ? text : extra.text;
    const style = extra.text === undefined ? `background:${cssColor(rgb)};color:${inkOn(rgb)}` : "";
    const attributes = { class: "cell " + (extra.class || ""), style, "data-cell": `${i},${j}`, title: matrix.small ? shown : "", ...extra.attributes };
    const node = element(choose || matrix.small ? "button" : "span", choose || matrix.small ? { type: "button", ...attributes } : attributes, matrix.small ? "" : shown);
    if (matrix.small) node.setAttribute("aria-label", shown);
    if (choose) node.onclick = () => choose(i, j);
    if (matrix.small && read) node.onpointerenter = node.onfocus = () => read(`${i + 1}, ${j + 1}: ${shown}`);
    grid.append(node);
  }));
  const more = moreText(matrix.more);
  return more ? element("div", { class: "mx-more" }, grid, element("span", {}, more)) : grid;
}

function makeMatrices(root) {
  const box = root.querySelector(".figures"), scale = root.querySelector('[data-show="scale"]'), read = root.querySelector('[data-show="read"]');
  return {
    draw(content, colors) {
      const say = (name) => (text) => { read.textContent = `${name} ${text}`; };
      box.replaceChildren(...content.matrices.map((matrix) => {
        const [rows, columns] = matrix.shape;
        const caption = mathNode("figcaption", `<span class="swatch tone-${matrix.tone}">${mathOf(matrix.symbol)}</span> <span>${rows}×${columns}</span>`);
        return element("figure", { "data-term": matrix.key }, caption, matrixNode(colors, matrix, { label: matrix.key, read: say(matrix.key) }));
      }));
      scale.textContent = `colour: −${content.scale} … +${content.scale}`;
      read.textContent = content.matrices.some((matrix) => matrix.small) ? "Point at a cell for its value." : "";
    },
  };
}
