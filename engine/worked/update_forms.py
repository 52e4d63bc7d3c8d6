"""The update as formulas: an optimiser's own lines, for the weights or the biases of one layer."""

from dataclasses import dataclass, replace

from engine.worked.expressions import Apply, Constant, Difference, Expression, Maximum, Number, Power, Symbol

MARKED = {"mhat": ("m", "hat"), "vhat": ("v", "hat"), "vmax": ("v", "max")}
"""Letters that carry a mark."""


@dataclass(frozen=True)
class UpdateSymbols:
    """What Optimizer.lines gets: for W of the first layer, the letter m is the symbol m_W1, and g is dW1."""

    name: str
    layer: int

    @property
    def theta(self) -> Expression:
        """W or b itself."""
        return Symbol(self.name, self.layer)

    @property
    def g(self) -> Expression:
        """Its gradient."""
        return Symbol(self.name, self.layer, mark="d")

    def symbol(self, letter: str) -> Symbol:
        """The symbol of a line; "new" and "decayed" are the parameter itself."""
        if letter in ("new", "decayed"):
            return Symbol(self.name, self.layer, mark=letter)
        plain, mark = MARKED.get(letter, (letter, ""))
        return Symbol(plain, self.layer, of=self.name, mark=mark)

    def own(self, letter: str) -> Expression:
        """The symbol of an earlier line."""
        return self.symbol(letter)

    def old(self, letter: str) -> Expression:
        """The memory of this letter before this step, "old_m_W1"."""
        return replace(self.symbol(letter), old=True)

    def number(self, value: float, label: str = "") -> Expression:
        """A constant, and how a formula with symbols writes it."""
        return Number(value, label)

    def rest(self, x: Expression) -> Expression:
        """(1 − x), a constant."""
        return Constant(Difference(Number(1.0), x))

    def power(self, x: Expression, exponent: int) -> Expression:
        """A constant to a whole power."""
        return Power(x, exponent)

    def sqrt(self, x: Expression) -> Expression:
        """√x."""
        return Apply("sqrt", x)

    def square(self, x: Expression) -> Expression:
        """x²."""
        return Apply("square", x)

    def sign(self, x: Expression) -> Expression:
        """−1, 0 or 1."""
        return Apply("sign", x)

    def maximum(self, a: Expression, b: Expression) -> Expression:
        """The larger of two."""
        return Maximum((a, b))
