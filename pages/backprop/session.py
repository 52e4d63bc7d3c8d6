"""One user's worked example: the network, its steps, the one on the screen, and the answers to the board."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine import LOSSES, OPTIMIZERS, make_loss, make_optimizer
from engine.examples.errata import Erratum
from engine.examples.systems import SYSTEMS, System
from engine.losses import Loss
from engine.network import Network
from engine.optimizers import Optimizer
from engine.worked.expressions import Symbol
from engine.worked.worked import Step, Worked, work
from pages.backprop.settings import PLAYGROUND, BackpropSettings
from pages.backprop.steps import HEAT_ROWS, PHASES, StepView, second_convention
from pages.formulas.notation import Convention
from pages.formulas.numbers import number_text
from pages.live.protocol import pack
from pages.live.view import View

Array = np.ndarray[Any, Any]
AHEAD = 3
"""Steps after the shown one that are sent with it, so that Next answers at once."""
FETCHED = 5
"""Steps that the board gets in one fetch while it is at rest."""


@dataclass(frozen=True, eq=False)
class Example:
    """A network with its data; net and optimizer are the example's own copies.

    Attributes:
        key:  differs between any two states of it.
        loss: None for a forward pass only.
    """

    key: str
    label: str
    net: Network
    X: Array
    Y: Array
    loss: Loss | None
    optimizer: Optimizer
    keep_biases: bool = False


class BackpropSession(View[BackpropSettings]):
    """What one user works through; everything the board shows is in `payload`.

    Attributes:
        net, X, Y, loss, optimizer: what is worked through; loss is None for a forward pass only.
        worked:     its steps.
        at:         index of the shown step.
        generation: grows whenever worked changes.
    """

    BY_ITSELF = ("fetch",)

    def __init__(
        self, settings: BackpropSettings | None = None, playing: Callable[[], Example] | None = None
    ) -> None:
        """Work the first example. Raises: ValueError if the settings don't go together.

        Args:
            settings: None for the default ones.
            playing:  gives the playground's network in its present state.
        """
        super().__init__(settings or BackpropSettings())
        self.playing = playing
        self._example: Example | None = None
        self._views: dict[str, StepView] = {}
        self._known: tuple[
            str, ...
        ] = ()  # keys of the steps that the board has, if the stamp is still the same
        self._known_stamp = ""
        self._fetched: int | None = None  # the index of the step from which it asked for more
        self._start(self.settings)

    # What is worked through

    def _start(self, settings: BackpropSettings) -> None:
        example = self._example_of(settings.network)
        loss = make_loss(settings.loss) if settings.loss and example.loss is not None else example.loss
        optimizer = _optimizer_of(settings, example.optimizer)
        worked = self._work(example, settings, loss, optimizer)
        at = 0
        if settings.step:
            keys = [step.key for step in worked.steps]
            if settings.step not in keys:
                raise ValueError(f"step must be one of {', '.join(keys)}. Got {settings.step!r}.")
            at = keys.index(settings.step)
        rows, columns = worked.steps[at].result.value.shape
        i, j = settings.entry
        if i >= rows or j >= columns:
            raise ValueError(f"entry must be from 1.1 to {rows}.{columns}. Got {i + 1}.{j + 1}.")
        self._example, self.settings, self.worked, self.at = example, settings, worked, at
        self.entry = settings.entry
        self.net, self.X, self.Y, self.loss = example.net, example.X, example.Y, loss
        self.optimizer: Optimizer | None = optimizer if loss is not None else None
        self.generation += 1
        self._views = {}

    @staticmethod
    def _work(
        example: Example, settings: BackpropSettings, loss: Loss | None, optimizer: Optimizer
    ) -> Worked:
        if settings.sample is not None and settings.sample >= len(example.X):
            raise ValueError(f"sample must be from 1 to {len(example.X)}. Got {settings.sample + 1}.")
        return work(
            example.net,
            example.X,
            example.Y,
            loss,
            optimizer,
            sample=settings.sample,
            keep_biases=example.keep_biases,
        )

    def _example_of(self, network: str) -> Example:
        if network != PLAYGROUND:
            system = SYSTEMS[network]
            net, X, Y = system.build()
            loss = None if system.loss is None else make_loss(system.loss)
            optimizer = system.make_optimizer()
            return Example(network, system.label, net, X, Y, loss, optimizer, system.keep_biases)
        if self.playing is None:
            raise ValueError("The playground's network is only available inside the app.")
        return self.playing()

    def follow_playground(self) -> None:
        """Take the playground's network again if it is shown and has changed."""
        if self.settings.network != PLAYGROUND or self.playing is None or self._example is None:
            return
        if self.playing().key == self._example.key:
            return
        try:
            self._start(self.settings)
        except ValueError:  # another network: the shown step or sample may not exist in it
            self._start(BackpropSettings(PLAYGROUND, by=self.settings.by, digits=self.settings.digits))

    def change(self, settings: BackpropSettings) -> None:
        """Use other settings; the shown step stays if the calculation does."""
        if settings == self.settings:
            return
        same = replace(settings, step="", entry=(0, 0), by="layer", digits=4, samples_are="", weights_are="")
        before = replace(
            self.settings, step="", entry=(0, 0), by="layer", digits=4, samples_are="", weights_are=""
        )
        self.notice = None
        if same == before:
            self._show(settings)
            return
        try:
            self._start(settings)
        except ValueError:  # the shown entry or step may not exist in this calculation
            if settings.entry != (0, 0):
                self.change(replace(settings, entry=(0, 0)))
            elif settings.step:
                self.change(replace(settings, step=""))
            else:
                raise

    def _show(self, settings: BackpropSettings) -> None:
        keys = [step.key for step in self.worked.steps]
        self.settings = settings
        self.at = keys.index(settings.step) if settings.step in keys else 0
        rows, columns = self.step.result.value.shape
        i, j = settings.entry
        self.entry = (i, j) if i < rows and j < columns else (0, 0)
        self._views = {}

    # What it is called

    @property
    def step(self) -> Step:
        """The step on the screen."""
        return self.worked.steps[self.at]

    @property
    def system(self) -> System | None:
        """The row of SYSTEMS; None for the playground's network."""
        return SYSTEMS.get(self.settings.network)

    @property
    def own_convention(self) -> Convention:
        """The convention of the network's source."""
        system = self.system
        return Convention() if system is None else Convention(system.samples_are, system.weights_are)

    @property
    def convention(self) -> Convention:
        """The convention on the screen."""
        own, s = self.own_convention, self.settings
        return Convention(s.samples_are or own.samples_are, s.weights_are or own.weights_are)

    @property
    def label(self) -> str:
        """What the network is called."""
        return self._example.label if self._example else ""

    @property
    def example_key(self) -> str:
        """Differs between states of the network, where the label may be the same."""
        return self._example.key if self._example else ""

    @property
    def samples(self) -> int:
        """Number of rows of the data, whether one or all are worked through."""
        return len(self.X)

    @property
    def subject(self) -> str:
        """The calculation in one line."""
        s = self.settings
        which = "whole batch" if s.sample is None else f"sample {s.sample + 1}"
        loss = LOSSES[self.loss.name].label if self.loss else "forward only"
        rule = ""
        if self.optimizer is not None:
            rule = f" · {optimizer_label(self.optimizer)}"
        data = f"{which} of {self.samples}" if self.samples > 1 else "1 sample"
        return f"{self.label} · {data} · {loss}{rule}"

    # What the board asks

    def act(self, kind: object, request: Mapping[str, Any], repeated: bool) -> None:
        """Do what the board asks, unless it shows another calculation than the present one."""
        keys = [step.key for step in self.worked.steps]
        key = request.get("step")
        self._fetched = None
        if kind not in ("step", "settle", "fetch") or key not in keys or request.get("stamp") != self.stamp:
            return
        known = request.get("known")
        known = known if isinstance(known, list) and len(known) <= len(keys) else []
        self._known = tuple(name for name in known if name in keys)
        self._known_stamp = self.stamp
        if kind == "fetch":
            self._fetched = keys.index(key)
        else:
            self.at = keys.index(key)
            self.entry = self._entry(request.get("entry"))
            self.settings = replace(self.settings, step=str(key) if self.at else "", entry=self.entry)
            if kind == "settle" and not repeated:
                self.redraw = True

    def _entry(self, value: object) -> tuple[int, int]:
        rows, columns = self.step.result.value.shape
        match value:
            case [int(i), int(j)] if 0 <= i < rows and 0 <= j < columns:
                return i, j
        return 0, 0

    @property
    def stamp(self) -> str:
        """A text that changes with everything that a step's content depends on."""
        c = self.convention
        return f"{self.generation} {c.samples_are} {c.weights_are} {self.settings.digits}"

    def view(self, index: int) -> StepView:
        """A step laid out in the shown convention."""
        step = self.worked.steps[index]
        if step.key not in self._views:
            second, digits = second_convention(self.convention, self.own_convention), self.settings.digits
            self._views[step.key] = StepView(
                step, self.convention, second, digits, self.worked.samples, errata_of(self, step)
            )
        return self._views[step.key]

    def show_all(self) -> None:
        """Send everything next time, as the board may be new on the page."""
        self._known, self._fetched = (), None

    def payload(self) -> bytes:
        """The board's state: every step's title, and those near the shown one, or fetched, that it lacks."""
        steps, s, w = self.worked.steps, self.settings, self.worked
        known = self._known if self._known_stamp == self.stamp else ()
        near = range(max(0, self.at - 1), min(len(steps), self.at + AHEAD + 1))
        if self._fetched is not None:
            near = range(self._fetched, min(len(steps), self._fetched + FETCHED))
        contents, entries = {}, {}
        for k in near:
            key, chosen = steps[k].key, self.entry if k == self.at else (0, 0)
            if key not in known:
                contents[key] = self.view(k).content
            if key not in known or chosen != (0, 0):
                entries[key] = self.view(k).entries(chosen)
        header = self.header() | {
            "stamp": self.stamp,
            "digits": s.digits,
            "by": s.by,
            "at": self.at,
            "entry": list(self.entry),
            "loss_before": _plain(w.loss_before),
            "loss_after": _plain(w.loss_after),
            "loss_label": LOSSES[self.loss.name].label if self.loss else "",
            "loss_texts": [number_text(w.loss_before, s.digits), number_text(w.loss_after, s.digits)],
            "phases": list(PHASES.items()),
            "steps": [{"key": step.key, "phase": step.phase, "title": step.title} for step in steps],
            "contents": contents,
            "entries": entries,
            "diagram": self._diagram(),
        }
        return pack(header, [], [])

    def _diagram(self) -> dict[str, Any]:
        """The network's widths and weights, and every neuron's numbers for the first samples."""
        w, layers = self.worked, len(self.net.W)
        values = {
            "a": [_rows(w.values.get(Symbol("a", l).key)) for l in range(layers + 1)],
            "z": [_rows(w.values.get(Symbol("z", l).key)) for l in range(layers)],
            "delta": [_rows(w.values.get(Symbol("delta", l).key)) for l in range(layers)],
        }
        return {
            "dims": list(w.net_dims),
            "activations": list(w.activations),
            "weights": [np.round(W, 4).tolist() for W in self.net.W],
            "y": _rows(w.values.get("y")),
            **values,
        }


def optimizer_label(optimizer: Optimizer) -> str:
    """A rule's name and step size."""
    return f"{OPTIMIZERS[rule_of(optimizer)].label}, η = {optimizer.learning_rate:g}"


def rule_of(optimizer: Optimizer) -> str:
    """Its name in OPTIMIZERS; an AdamW is an Adam too, but not the same rule."""
    return next(name for name, row in OPTIMIZERS.items() if type(optimizer) is row.make)


def errata_of(user: BackpropSession, step: Step) -> list[Erratum]:
    """The source's slips at this step; with their numbers only if these belong to what is worked."""
    if user.system is None or user.settings.loss:
        return []
    errata = [row for row in user.system.errata if row.step == step.key]
    own_rule = repr(user.optimizer) == repr(user.system.make_optimizer())  # settings and memory
    if user.settings.sample is not None or (step.phase == "update" and not own_rule):
        return [replace(row, numbers=None) for row in errata]
    return errata


def _optimizer_of(settings: BackpropSettings, own: Optimizer) -> Optimizer:
    """The example's rule, or the chosen one; if both are the same rule, what isn't set here is kept."""
    name, given = settings.optimizer or rule_of(own), dict(settings.parameters)
    same = name == rule_of(own)
    if same:
        given = {row.name: getattr(own, row.name) for row in OPTIMIZERS[name].parameters} | given
    chosen = make_optimizer(name, weight_decay=own.weight_decay, **given)
    if same:
        chosen.load_state({**own.state(), **given})
    chosen.learning_rate = settings.learning_rate or own.learning_rate
    return chosen


def _rows(values: Array | None) -> list[list[float | None]] | None:
    if values is None:
        return None
    return [[_plain(float(x)) for x in row] for row in values[: HEAT_ROWS + 1]]


def _plain(x: float) -> float | None:
    return x if math.isfinite(x) else None
