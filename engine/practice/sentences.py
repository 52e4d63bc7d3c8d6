"""A sentence to a learner, in which the symbols of the calculation stay symbols until it is shown."""

from engine.worked.expressions import Symbol

Sentence = tuple[str | Symbol, ...]


def as_text(sentence: Sentence) -> str:
    """The sentence in plain characters: "δ[2] = …"."""
    return "".join(part if isinstance(part, str) else _said(part) for part in sentence)


def _said(symbol: Symbol) -> str:
    """A symbol as a sentence writes it: δ[2], new W[1], ∂L/∂a[2], L."""
    letter = "δ" if symbol.letter == "delta" else symbol.letter
    before = {"d": "∂L/∂", "new": "new "}.get(symbol.mark, "")
    layer = "" if symbol.layer is None else f"[{symbol.layer_number}]"
    return f"{before}{letter}{layer}"
