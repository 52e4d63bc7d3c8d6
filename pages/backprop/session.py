"""One user's worked example: the network, its steps, the one on the screen, and the answers to the board."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import numpy as np

from engine import LOSSES, arrays, make_loss
from engine.examples.errata import Erratum
from engine.examples.own import OwnNetwork
from engine.examples.systems import SYSTEMS, System
from engine.losses import Loss
from engine.optimizers import Optimizer
from engine.runs.links import from_query, to_query
from engine.worked.expressions import Symbol
from engine.worked.worked import Step, Worked, work
from pages.backprop.example import (
    Example,
    example_of_own,
    example_of_system,
    in_version,
    optimizer_label,
    optimizer_of,
)
from pages.backprop.own import BEGINS, begun
from pages.backprop.settings import OWN_NUMBERS, PLAYGROUND, BackpropSettings, opening, says_something
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


class BackpropSession(View[BackpropSettings]):
    """What one user works through; everything the board shows is in `payload`.

    Attributes:
        net, X, Y, loss, optimizer: what is worked through; loss is None for a forward pass only.
        own:        the network with numbers of one's own, whether it is on the screen or not.
        own_typed:  whether its numbers are the user's, so that no other network's take their place.
        own_begun:  what they were taken from, or why none could be taken.
        worked:     its steps.
        at:         index of the shown step.
        chosen:     whether anything has been chosen, by the link or since; if not, the page may begin anew.
        generation: grows whenever worked changes.
    """

    BY_ITSELF = ("fetch",)

    def __init__(
        self,
        settings: BackpropSettings | None = None,
        playing: Callable[[], Example] | None = None,
        own: OwnNetwork | None = None,
    ) -> None:
        """Work the first example. Raises: ValueError if the settings don't go together.

        Args:
            settings: None for the default ones.
            playing:  gives the playground's network in its present state.
            own:      the numbers of one's own; None for the smallest network, until another is shown.
        """
        super().__init__(settings or BackpropSettings())
        self.playing = playing
        self.own = own or OwnNetwork()
        self.chosen = False
        self.own_typed = self.own != OwnNetwork()
        self.own_begun = "" if self.own_typed else BEGINS
        self._example: Example | None = None
        self._views: dict[str, StepView] = {}
        self._known: tuple[
            str, ...
        ] = ()  # keys of the steps that the board has, if the stamp is still the same
        self._known_stamp = ""
        self._fetched: int | None = None  # the index of the step from which it asked for more
        self._start(self.settings)

    @classmethod
    def from_link(
        cls, query: Mapping[str, str], playing: Callable[[], Example] | None = None, *, trained: bool = False
    ) -> BackpropSession:
        """The session that a link describes.

        Args:   query, trained: as in settings.opening; playing: as for a session.
        Raises: ValueError, in one sentence, if it can't be opened.
        """
        settings = opening(query, trained=trained)
        own = from_query(OwnNetwork, query) if settings.network == OWN_NUMBERS else None
        session = cls(settings, playing, own)
        session.chosen = says_something(query)
        return session

    def link(self) -> dict[str, str]:
        """The parameters of a link to what is shown; the network is always named."""
        own = to_query(self.own) if self.settings.network == OWN_NUMBERS else {}
        return {"net": self.settings.network} | to_query(self.settings) | own

    # What is worked through

    def _start(self, settings: BackpropSettings) -> None:
        example = in_version(self._example_of(settings.network, at_probe=settings.at_probe), settings)
        loss = make_loss(settings.loss) if settings.loss and example.loss is not None else example.loss
        optimizer = optimizer_of(settings, example.optimizer)
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
            rule = arrays.rule_of(least=1, most=len(example.X))
            raise ValueError(f"sample must be {rule}. Got {settings.sample + 1}.")
        return work(
            example.net,
            example.X,
            example.Y,
            loss,
            optimizer,
            sample=settings.sample,
            keep_biases=example.keep_biases,
        )

    def _example_of(self, network: str, *, at_probe: bool = False) -> Example:
        if network == OWN_NUMBERS:
            return example_of_own(self.own)
        if network != PLAYGROUND:
            return example_of_system(network)
        if self.playing is None:
            raise ValueError("The playground's network is only available inside the app.")
        played = self.playing()
        return played.probe if at_probe and played.probe else played

    def follow_playground(self) -> None:
        """Take the playground's network again if it is shown and has changed."""
        if self.settings.network != PLAYGROUND or self.playing is None or self._example is None:
            return
        if self._example_of(PLAYGROUND, at_probe=self.settings.at_probe).key == self._example.key:
            return
        try:
            self._start(self.settings)
        except ValueError:  # another network: the shown step or sample may not exist in it
            self._start_with_less(self.settings)

    def work_probe(self) -> None:
        """Work the playground's network at its probe, instead of what was shown."""
        self.set(network=PLAYGROUND, at_probe=True, sample=None, version=0, loss="")
        self.follow_playground()

    def take_own(self, own: OwnNetwork) -> None:
        """Work a network with numbers of one's own; what the settings say stays where it still exists.

        Raises: ValueError, with nothing changed, if it can't be worked.
        """
        before, self.own = self.own, own
        try:
            self._start_with_less(replace(self.settings, network=OWN_NUMBERS, version=0))
        except ValueError:
            self.own = before
            raise
        self.own_typed, self.own_begun = True, ""

    def _start_with_less(self, settings: BackpropSettings) -> None:
        """Start, if need be without the entry, the step, the sample or the loss of the settings."""
        for less in ({}, {"entry": (0, 0)}, {"step": ""}, {"sample": None}, {"loss": ""}):
            settings = replace(settings, **less)
            with suppress(ValueError):
                self._start(settings)
                return
        self._start(settings)

    def begin_with(self, network: str) -> None:
        """Take over another network's numbers as one's own, whatever has been typed."""
        other = self._example_of(network)
        rate = other.optimizer.learning_rate
        own, said = begun(self.own, other.label, other.net, other.X, other.Y, other.loss, rate)
        if own is not self.own:
            self.take_own(own)
            self.own_typed = False
        self.own_begun = said

    def _begin_own(self, settings: BackpropSettings) -> BackpropSettings:
        """Take over the numbers on the screen as one's own, unless some have been typed; and how they lie."""
        if not self.own_typed:
            rate = self.optimizer.learning_rate if self.optimizer else self.own.learning_rate
            self.own, self.own_begun = begun(self.own, self.label, self.net, self.X, self.Y, self.loss, rate)
        shown, usual = self.convention, Convention()
        return replace(
            settings,
            version=0,  # what it has drawn is what was taken over
            at_probe=False,
            samples_are="" if shown.samples_are == usual.samples_are else shown.samples_are,
            weights_are="" if shown.weights_are == usual.weights_are else shown.weights_are,
        )

    def change(self, settings: BackpropSettings) -> None:
        """Use other settings; the shown step stays if the calculation does."""
        self.chosen = True
        if settings == self.settings:
            return
        if OWN_NUMBERS == settings.network != self.settings.network:
            settings = self._begin_own(settings)
        self.notice = None
        if settings.calculation == self.settings.calculation:
            self._show(settings)
            return
        try:
            self._start(settings)
        except ValueError:  # the shown entry or step may not exist in this calculation
            if settings.entry != (0, 0):
                self.change(replace(settings, entry=(0, 0)))
            elif settings.step:
                self.change(replace(settings, step=""))
            elif settings.sample is not None and settings.version != self.settings.version:
                self.change(replace(settings, sample=None))  # a version has few samples
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
        """Do what the board asks.

        A step pressed just before a control is on its way while the control changes the calculation. It
        counts as if it had come first: where the new calculation has such a step too, it is shown.
        """
        keys = [step.key for step in self.worked.steps]
        key = request.get("step")
        self._fetched = None
        present = request.get("stamp") == self.stamp
        if kind not in ("step", "settle", "fetch") or key not in keys or (kind == "fetch" and not present):
            return
        self.chosen = self.chosen or kind != "fetch"
        known = request.get("known") if present else None
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
        s = self.settings
        return f"{self.generation} {c.samples_are} {c.weights_are} {s.digits} {s.errata}"

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
            "steps": [
                {"key": step.key, "phase": step.phase, "layer": step.layer, "title": step.title}
                for step in steps
            ],
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
            "classes": list(self._example.classes if self._example else ()),
            **values,
        }


def has_errata(user: BackpropSession) -> bool:
    """Whether the network's source has slips that can be told; they belong to the source's own loss."""
    return user.system is not None and bool(user.system.errata) and not user.settings.loss


def errata_of(user: BackpropSession, step: Step) -> list[Erratum]:
    """The source's slips at this step if they are asked for, with their numbers if these are worked here."""
    if user.system is None or not has_errata(user) or not user.settings.errata:
        return []
    errata = [row for row in user.system.errata if row.step == step.key]
    own_rule = repr(user.optimizer) == repr(user.system.make_optimizer())  # settings and memory
    if user.settings.version or user.settings.sample is not None or (step.phase == "update" and not own_rule):
        return [replace(row, numbers=None) for row in errata]
    return errata


def _rows(values: Array | None) -> list[list[float | None]] | None:
    if values is None:
        return None
    return [[_plain(float(x)) for x in row] for row in values[: HEAT_ROWS + 1]]


def _plain(x: float) -> float | None:
    return x if math.isfinite(x) else None
