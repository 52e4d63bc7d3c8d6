"""What is worked through: a network with its data, a textbook's, one's own, or a version drawn by a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine import OPTIMIZERS, make_loss, make_optimizer
from engine.examples.own import OwnNetwork
from engine.examples.systems import SYSTEMS
from engine.losses import Loss
from engine.network import Network
from engine.optimizers import Optimizer
from engine.practice.versions import draw_version
from pages.backprop.own import named
from pages.backprop.settings import PLAYGROUND, BackpropSettings

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Example:
    """A network with its data; net and optimizer are the example's own copies.

    Attributes:
        key:  differs between any two states of it.
        loss: None for a forward pass only.
        classes: what the data calls the class of each output; () where outputs stand for none.
        probe: the same network with the one point at which it is looked at, if there is one.
    """

    key: str
    label: str
    net: Network
    X: Array
    Y: Array
    loss: Loss | None
    optimizer: Optimizer
    keep_biases: bool = False
    probe: Example | None = None
    classes: tuple[str, ...] = ()


def example_of_system(name: str) -> Example:
    """The textbook's network of this key of SYSTEMS."""
    system = SYSTEMS[name]
    net, X, Y = system.build()
    loss = None if system.loss is None else make_loss(system.loss)
    return Example(name, system.label, net, X, Y, loss, system.make_optimizer(), system.keep_biases)


def example_of_own(own: OwnNetwork) -> Example:
    """The network with numbers of one's own, under plain gradient descent."""
    net, X, Y = own.build()
    rule = make_optimizer("sgd", own.learning_rate)
    return Example(repr(own), named(own), net, X, Y, make_loss(own.loss), rule)


def in_version(example: Example, settings: BackpropSettings) -> Example:
    """The example with its own numbers for version 0, otherwise with those drawn from this seed."""
    if not settings.version:
        return example
    net, X, Y = draw_version(example.net, example.X, example.Y, example.loss, settings.version)
    optimizer = replace(example.optimizer)  # without its memory, which belongs to the other numbers
    of = "The playground's layers" if settings.network == PLAYGROUND else example.label
    return replace(example, label=f"{of}, version {settings.version}", net=net, X=X, Y=Y, optimizer=optimizer)


def optimizer_label(optimizer: Optimizer) -> str:
    """A rule's name and step size."""
    return f"{OPTIMIZERS[rule_of(optimizer)].label}, η = {optimizer.learning_rate:g}"


def rule_of(optimizer: Optimizer) -> str:
    """Its name in OPTIMIZERS; an AdamW is an Adam too, but not the same rule."""
    return next(name for name, row in OPTIMIZERS.items() if type(optimizer) is row.make)


def optimizer_of(settings: BackpropSettings, own: Optimizer) -> Optimizer:
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
