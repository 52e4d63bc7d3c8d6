// Data sets as pictures to choose from: one radio group over all groups.
const SVG = "http://www.w3.org/2000/svg";
const SIZE = 44; // px
const PLANE = 13; // the plane −6…6 and half a unit of margin at each side
const STRIP = 12; // px, what is shown of a picture whose few points lie side by side

// Colour of a value from −1 to 1, left to CSS so that it follows the theme.
function divergingColour(value) {
  const position = (Math.min(1, Math.max(-1, value)) + 1) * 2;
  const k = Math.min(3, Math.floor(position));
  return `color-mix(in srgb, var(--div-${k + 1}) ${(100 * (position - k)).toFixed(1)}%, var(--div-${k}))`;
}

function mark([x1, x2, target], kind, largest) {
  const [x, y] = [SIZE / 2 + (x1 * SIZE) / PLANE, SIZE / 2 - (x2 * SIZE) / PLANE];
  const element = document.createElementNS(SVG, "path");
  if (kind === "regression") {
    element.setAttribute("d", `M${x - 2.4},${y - 2.4}h4.8v4.8h-4.8Z`);
    element.style.fill = divergingColour(target / largest);
  } else {
    element.setAttribute("d", markPath(target, x, y, 1.9)); // of two classes, class 0 is the positive one
    element.style.fill = `var(--mark-${target})`;
  }
  return element;
}

function button(item) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = item.flat ? "item flat" : "item";
  element.title = item.label;
  element.setAttribute("role", "radio");
  element.dataset.action = "dataset";
  element.dataset.name = item.name;

  const picture = document.createElementNS(SVG, "svg");
  const middle = SIZE / 2 - (item.points.reduce((sum, point) => sum + point[1], 0) / item.points.length) * (SIZE / PLANE);
  picture.setAttribute("viewBox", item.flat ? `0 ${middle - STRIP / 2} ${SIZE} ${STRIP}` : `0 0 ${SIZE} ${SIZE}`);
  picture.setAttribute("aria-hidden", "true");
  const largest = Math.max(1, ...item.points.map((point) => Math.abs(point[2])));
  picture.append(...item.points.map((point) => mark(point, item.kind, largest)));

  const label = document.createElement("span");
  label.textContent = item.label;
  element.append(picture, label);
  return element;
}

function section(group) {
  const element = document.createElement("div");
  element.className = "group";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", group.label);
  const label = document.createElement("div");
  label.className = "label";
  label.setAttribute("aria-hidden", "true");
  label.textContent = group.label;
  element.append(label, ...group.items.map(button));
  return element;
}

// The neighbour that an arrow key leads to; past either end it goes round.
function neighbour(buttons, current, key) {
  const at = buttons.indexOf(current);
  if (key === "Home") return buttons[0];
  if (key === "End") return buttons.at(-1);
  if (key === "ArrowLeft") return buttons.at(at - 1);
  if (key === "ArrowRight") return buttons[(at + 1) % buttons.length];
  const sign = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (!sign) return null;
  const here = current.getBoundingClientRect();
  const distance = (other) => {
    const there = other.getBoundingClientRect();
    const down = sign * (there.top - here.top);
    return down > 1 ? 1000 * down + Math.abs(there.left - here.left) : Infinity;
  };
  const nearest = buttons.reduce((best, other) => (distance(other) < distance(best) ? other : best));
  return distance(nearest) < Infinity ? nearest : current;
}

function select(root, name) {
  const buttons = [...root.querySelectorAll(".item")];
  for (const element of buttons) {
    const on = element.dataset.name === name;
    element.setAttribute("aria-checked", String(on));
    element.tabIndex = on ? 0 : -1;
  }
  // Without a selection the group must stay reachable by keyboard.
  if (buttons.length && !buttons.some((element) => element.tabIndex === 0)) buttons[0].tabIndex = 0;
}

function followTheme(root, ground) {
  const [r, g, b] = getComputedStyle(ground).backgroundColor.match(/[\d.]+/g).map(Number);
  root.dataset.theme = 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".thumbnails");
  const ground = root.querySelector(".ground");
  const drawn = JSON.stringify(data.groups);
  if (root.drawn !== drawn) {
    root.drawn = drawn;
    root.querySelector(".groups").replaceChildren(...data.groups.map(section));
  }
  select(root, data.selected);
  followTheme(root, ground);

  const choose = (element) => {
    if (element.getAttribute("aria-checked") === "true") return;
    select(root, element.dataset.name);
    setTriggerValue("dataset", element.dataset.name);
  };
  root.onclick = (event) => {
    const element = event.target.closest(".item");
    if (element) choose(element);
  };
  root.onkeydown = (event) => {
    const current = event.target.closest(".item");
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = neighbour([...root.querySelectorAll(".item")], current, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
    choose(next);
  };
  ground.ontransitionend = () => followTheme(root, ground);
}
