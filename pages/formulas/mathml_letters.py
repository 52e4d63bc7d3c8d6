"""Letters, words and constants of a formula, each as an element of MathML."""

from __future__ import annotations

import re
from html import escape

from pages.formulas.notation import FUNCTION_SIGNS

GREEK = {"delta": "δ", "eta": "η", "beta": "β", "epsilon": "ε", "sigma": "σ", "theta": "θ"}


def function_mathml(function: str) -> str:
    """A function as books write it."""
    sign = FUNCTION_SIGNS.get(function, function.replace("_", " "))
    return word_mathml(sign)


def word_mathml(text: str) -> str:
    """A letter, in italics as letters are, or a word, upright."""
    upright = ' mathvariant="normal"' if len(text.rstrip("₀₁₂₃₄₅₆₇₈₉")) > 1 else ""
    return f"<mi{upright}>{escape(text)}</mi>"


def letter_mathml(name: str, layer: int | None = None) -> tuple[str, str]:
    """The letter of a name, and what stands below it: m_W is m with W below, new_W is W with "new"."""
    if name == "a" and layer == 0:
        return "<mi>x</mi>", ""
    head, _, tail = name.rpartition("_")
    if head in ("new", "decayed"):
        return letter_mathml(tail)[0], f"<mtext>{head}</mtext>"
    if head:
        old, base = head.startswith("old_"), head.removeprefix("old_")
        hat, base = base.endswith("hat"), base.removesuffix("hat")
        letter = f"<mi>{escape(base.removesuffix('max'))}</mi>"
        letter = f"<mover>{letter}<mo>^</mo></mover>" if hat else letter
        words = ["max"] * base.endswith("max") + ["old"] * old
        return letter, letter_mathml(tail)[0] + "".join(f"<mtext>,\u2009{word}</mtext>" for word in words)
    if len(name) == 2 and name[0] == "d":
        return f'<mrow><mi mathvariant="normal">d</mi><mi>{escape(name[1])}</mi></mrow>', ""
    return f"<mi>{escape(GREEK.get(name, name))}</mi>", ""


def label_mathml(label: str) -> str:
    """How a general formula writes a constant, as "2/N", "1/(N·K)", "η" or "(1 − β₁^2)"."""
    above, slash, below = label.partition("/")
    if slash and above.startswith("−"):
        return f"<mrow><mo>−</mo>{label_mathml(label[1:])}</mrow>"
    if slash:
        below = below.removeprefix("(").removesuffix(")")
        return f"<mfrac><mrow>{label_mathml(above)}</mrow><mrow>{label_mathml(below)}</mrow></mfrac>"
    return tokens_mathml(label)


def tokens_mathml(text: str) -> str:
    """Numbers, letters and signs of a text, each in its element; what follows ^ is raised."""
    parts, found = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+[₀-₉]*|\S", text), list[str]()
    for part in parts:
        if part == "sqrt":
            part = "√"
        if part[0].isalpha():
            written_part = word_mathml(FUNCTION_SIGNS.get(part, part))
        elif part[0].isdigit() or part == "½":
            written_part = f"<mn>{escape(part)}</mn>"
        else:
            fence = ' stretchy="false"' if part in "()" else ""
            written_part = f"<mo{fence}>{escape(part)}</mo>"
        if len(found) > 1 and found[-1] == "<mo>^</mo>":
            found[-2:] = [f"<msup>{found[-2]}{written_part}</msup>"]
        else:
            found.append(written_part)
    return f"<mrow>{''.join(found)}</mrow>"
