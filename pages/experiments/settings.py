"""Everything that defines a sweep but the experiment that it starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from engine.arrays import RefusalError, brief, check_choice, check_count, check_number
from engine.runs.link_values import LinkFormat
from engine.runs.rows import check_rows, setting
from engine.runs.sweep import MOST_EPOCHS
from pages.experiments.variables import variables

NOTHING = ""
"""What the second setting is called where only one is varied."""
VIEWS = {"multiples": "Small multiples", "heatmap": "Heatmap", "strips": "Strips"}
MOST_VALUES = 12
"""Most values of a setting: more cells than 12 by 12 can't be told apart."""
MOST_SEEDS = 100
MOST_SUCCESS = 1e6
BETWEEN_VALUES = ","

TEXTS = LinkFormat(
    BETWEEN_VALUES.join, lambda text: tuple(filter(None, text.split(BETWEEN_VALUES)[: MOST_VALUES + 1]))
)


@dataclass(frozen=True)
class SweepSettings:
    """One or two settings with their values, and how each combination is trained and judged.

    Attributes:
        vary, values:     a name in variables(), and the texts of its values.
        vary_2, values_2: the same of the second; "" and () for none.
        seeds:            how many runs each combination has, with the experiment's seed and those after it.
        epochs:           of each run.
        success:          the test loss at or below which a run has succeeded.
        view:             a key of VIEWS.
    """

    vary: str = setting("activations", "vary", label="Vary")
    values: tuple[str, ...] = setting(("sigmoid", "relu"), "vals", link_format=TEXTS, label="Values")
    vary_2: str = setting(NOTHING, "vary2", label="And vary")
    values_2: tuple[str, ...] = setting((), "vals2", link_format=TEXTS, label="Its values")
    seeds: int = setting(10, "seeds", check_count, least=1, most=MOST_SEEDS, label="Seeds")
    epochs: int = setting(150, "epochs", check_count, least=1, most=MOST_EPOCHS, label="Epochs")
    success: float = setting(
        0.05, "ok", check_number, least=0, most=MOST_SUCCESS, label="Success: loss at most"
    )
    view: str = setting("multiples", "view", check_choice, options=VIEWS)

    def __post_init__(self) -> None:
        """Raises: ValueError, in one sentence, for what can't be."""
        check_rows(self)
        check_choice("vary", self.vary, variables())
        check_choice("vary_2", self.vary_2, [NOTHING, *variables()])
        if self.vary_2 == self.vary:
            raise ValueError(f"The two settings to vary must differ. Got {brief(self.vary)} twice.")
        object.__setattr__(self, "values", _checked("values", self.vary, self.values))
        second = self.values_2 if self.vary_2 else ()
        object.__setattr__(self, "values_2", _checked("values_2", self.vary_2, second))

    def changed(self, **changes: Any) -> SweepSettings:
        """A copy with other choices; another setting to vary begins with its usual values."""
        for name, values in (("vary", "values"), ("vary_2", "values_2")):
            if changes.get(name) and changes[name] != getattr(self, name) and values not in changes:
                changes[values] = variables()[changes[name]].usual
        if changes.get("vary") == self.vary_2 != NOTHING and "vary_2" not in changes:
            changes |= {"vary_2": self.vary, "values_2": self.values, "values": self.values_2}
        if changes.get("vary_2") == self.vary and "vary" not in changes:
            changes["vary_2"], changes["values_2"] = self.vary_2, self.values_2
        return replace(self, **changes)


def _checked(name: str, vary: str, values: object) -> tuple[str, ...]:
    """The values in the form of links, each once."""
    if not vary:
        return ()
    if not isinstance(values, tuple) or not 1 <= len(values) <= MOST_VALUES:
        count = len(values) if isinstance(values, tuple) else brief(values)
        raise RefusalError(name, f"must be from 1 to {MOST_VALUES}. Got {count}.")
    return tuple(dict.fromkeys(variables()[vary].read(str(text)) for text in values))
