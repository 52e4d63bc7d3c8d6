"""One user's sweep: what is varied, which runs are done, and the work that is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from engine import Experiment, Outcome, Run
from engine.runs.provenance import summary
from engine.runs.slices import Slices
from engine.runs.sweep import MOST_LOSSES, sweeping, work_of
from engine.threads import one_blas_thread
from pages.experiments.executors import executor, forget_executor
from pages.experiments.plan import Cell, planned
from pages.experiments.presets import FIRST, PRESETS
from pages.experiments.settings import SweepSettings
from pages.experiments.variables import variables
from pages.figures.theme import Theme
from pages.live.view import Choices
from pages.playground.user import keeping

AT_ONCE = 6 * 10**10
"""Most work of a sweep that begins by itself: some ten seconds."""
MOST_KEPT = 2 * MOST_LOSSES
"""Most losses kept: those of this sweep, and of as many before it."""
State = Literal["empty", "running", "cancelled", "done"]


class SweepSession(Choices[SweepSettings]):
    """The sweep of one user.

    Attributes:
        base:     the experiment that is varied.
        cells:    its combinations, in reading order.
        outcomes: (experiment, epochs) -> what became of it, of earlier sweeps too: they needn't run again.
        elsewhere: whether the runs are trained by workers, so that this process only looks what has come.
        version:  grows with each outcome and each change.
        kept:     the run that was made ready to be kept last, or why it can't be, for the browser to take.
    """

    def __init__(self, base: Experiment | None = None, settings: SweepSettings | None = None) -> None:
        """Plan the sweep; without an experiment that of the first preset."""
        first = PRESETS[FIRST]
        super().__init__(settings or (first.settings if base is None else SweepSettings()))
        self.base = base or first.base
        self.outcomes: dict[tuple[Experiment, int], Outcome] = {}
        self.version = 0
        self._steps: Slices[list[Outcome]] | None = None
        self._cancelled = self.elsewhere = False
        self._left: list[int] = []
        self._keeping: Slices[dict[str, Any]] | None = None
        self._seed = 0
        self.kept: dict[str, Any] = {"number": 0}
        self._plan(planned(self.base, self.settings))

    def _plan(self, cells: tuple[Cell, ...]) -> None:
        """Take the cells of a sweep, and what is known of their runs; two cells may share one."""
        self.cells = cells
        places: dict[Experiment, int] = {}
        self._runs_of = [
            [places.setdefault(experiment, len(places)) for experiment in cell.experiments] for cell in cells
        ]
        self._experiments = [*places]
        epochs = self.settings.epochs
        self._found = [self.outcomes.get((experiment, epochs)) for experiment in places]

    def change(self, settings: SweepSettings) -> None:
        """Take other settings; what is done already counts where it fits. Raises: ValueError."""
        self.take(self.base, settings)

    def take(self, base: Experiment, settings: SweepSettings) -> None:
        """Take another experiment and other settings. Raises: ValueError, with nothing changed."""
        judged_alike = ("success", "view")
        same = replace(settings, **{name: getattr(self.settings, name) for name in judged_alike})
        cells = planned(base, settings) if base != self.base or same != self.settings else None
        self.base, self.settings, self.notice = base, settings, None
        self.version += 1
        if cells is not None:
            self._end(cancelled=False)
            self._plan(cells)

    def run(self) -> None:
        """Begin to train what isn't done yet."""
        self._end(cancelled=False)
        self._forget()
        try:
            workers = executor()
        except ValueError as error:
            self.refuse(f"{error} The runs are trained here.")
            workers = None
        self.elsewhere = workers is not None
        self._left = [k for k, outcome in enumerate(self._found) if outcome is None]
        left = [self._experiments[k] for k in self._left]
        self._steps = sweeping(
            left, epochs=self.settings.epochs, executor=workers, on_result=self._keep, patience=0.0
        )

    def run_again(self) -> None:
        """Train all of it anew."""
        for experiment in self._experiments:
            self.outcomes.pop((experiment, self.settings.epochs), None)
        self._found = [None] * self.total
        self.run()

    def cancel(self) -> None:
        """Drop what isn't done yet; what is done stays."""
        self._end(cancelled=True)

    def keep(self, given: object, colours: Theme) -> None:
        """Begin to make a run ready for the shelf; given names it as the browser does, and may be anything.

        Expected are "place" of its cell, and "seed". What comes of it stands in kept.
        """
        wanted = given if isinstance(given, Mapping) else {}
        places = {f"{cell.row},{cell.column}": place for place, cell in enumerate(self.cells)}
        place = places.get(str(wanted.get("place")))
        done = [] if place is None else self.done_of(place)
        found = next((one for one in done if one.experiment.seed == wanted.get("seed")), None)
        if found is None:
            self._hand_over(refusal="This run can't be kept: it is none of the present sweep.")
            return
        self._seed = found.experiment.seed
        self._keeping = keeping(Run(found.experiment, frame=found.epoch), colours)

    def _hand_over(self, **told: Any) -> None:
        self._keeping, self.kept = None, {"number": self.kept["number"] + 1, **told}

    def taken(self, number: object) -> None:
        """The browser has heard of the run that was made ready: it needn't be sent again."""
        if number == self.kept["number"]:
            self.kept = {"number": number}

    def _go_on_keeping(self) -> None:
        """Go on for one slice."""
        if self._keeping is None:
            return
        try:
            next(self._keeping)
        except StopIteration as end:
            run = end.value
            card, seed = run["card"], self._seed
            self._hand_over(run=run, said=f"{card['name']}, seed {seed}, at epoch {card['epoch']:.10g}")
        except ValueError as error:
            self._hand_over(refusal=str(error))

    def _end(self, cancelled: bool) -> None:
        if self._steps is not None:
            self._steps.close()
        self._steps, self._cancelled = None, cancelled
        self.version += 1

    def work(self) -> None:
        """Train for one turn."""
        with one_blas_thread(), self.turns.next(head_start=0.0) as turn:
            while self._keeping is not None and not turn.over:
                self._go_on_keeping()
            while self._steps is not None and not turn.over:
                try:
                    if next(self._steps, None) is None:
                        self._end(cancelled=False)
                except Exception as error:
                    self._end(cancelled=True)
                    if not self.elsewhere:
                        raise
                    forget_executor()
                    failed = f"The workers have failed ({type(error).__name__})."
                    said = str(error) if isinstance(error, RuntimeError) else failed
                    self.refuse(f"{said} Go on tries the rest again.")
                if self.elsewhere:
                    break

    def _keep(self, outcome: Outcome) -> None:
        self.outcomes[outcome.experiment, self.settings.epochs] = outcome
        self._found[self._left[outcome.index]] = outcome
        self.version += 1

    def _forget(self) -> None:
        """Make room for the runs of this sweep; those of earlier ones go, the oldest first."""
        own = {(experiment, self.settings.epochs) for experiment in self._experiments}
        others = [key for key in self.outcomes if key not in own]
        room = MOST_KEPT - len(own) * (self.settings.epochs + 1)
        for key in reversed(others):
            room -= len(self.outcomes[key].losses)
            if room < 0:
                del self.outcomes[key]

    def done_of(self, place: int) -> list[Outcome]:
        """What became of the runs of a cell, given by its place in cells, as far as they are done."""
        found = (self._found[k] for k in self._runs_of[place])
        return [outcome for outcome in found if outcome is not None]

    @property
    def busy(self) -> bool:
        """Whether there is something to do in turns: runs to train, or one to make ready to be kept."""
        return self.running or self._keeping is not None

    @property
    def running(self) -> bool:
        """Whether there is something left to do that was begun."""
        return self._steps is not None

    @property
    def total(self) -> int:
        """How many runs the sweep has."""
        return len(self._experiments)

    @property
    def wanted(self) -> int:
        """How many of them were to be done when it began last."""
        return len(self._left)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return self.total - self._found.count(None)

    @property
    def state(self) -> State:
        """What the page shows."""
        if self.running:
            return "running"
        if self.total and self.done == self.total:
            return "done"
        return "cancelled" if self._cancelled or self.done else "empty"

    @property
    def small(self) -> bool:
        """Whether it is so little work that it may begin by itself."""
        return sum(work_of(one, self.settings.epochs) for one in self._experiments) <= AT_ONCE

    @property
    def varied(self) -> tuple[str, ...]:
        """The names of what is varied."""
        return tuple(filter(None, (self.settings.vary, self.settings.vary_2)))

    @property
    def subject(self) -> str:
        """What is varied, over which seeds, and what the rest is."""
        s, known = self.settings, variables()
        parts = [
            f"{known[name].label} {', '.join(map(known[name].said, values))}"
            for name, values in ((s.vary, s.values), (s.vary_2, s.values_2))
            if name
        ]
        runs = f"{s.seeds} seeds from {self.base.seed}, {s.epochs} epochs"
        return f"Sweep: {' × '.join(parts)} · {runs} · starts from {summary(self.base)}"
