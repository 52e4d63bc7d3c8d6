"""Backpropagation from scratch in NumPy: build a small network, train it, look at every number.

The symbols, the same in code, on every page and in every lesson:

    symbol      shape              meaning
    N, K        numbers            samples, outputs
    X           (N, D)             inputs, one sample per row
    Y           (N, K)             targets
    L           number             layers; an index l counts from 0, the first layer after the input
    W[l]        (fan_in, fan_out)  weights of layer l
    b[l]        (fan_out,)         biases of layer l
    Z[l]        (N, fan_out)       A[l] @ W[l] + b[l]; the logits, in the last layer
    A[l+1]      (N, fan_out)       g_l(Z[l]), the activations; A[0] is X
    dZ dA dW db like Z A W b       derivatives of the loss
    theta       (P,)               all weights and biases in one vector

A first network:

>>> import numpy as np
>>> import engine
>>> X = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
>>> Y = np.array([[0.], [1.], [1.], [0.]])
>>> net = engine.Network((2, 4, 1), ("tanh", "sigmoid"), rng=1)
>>> adam = engine.make_optimizer("adam", learning_rate=0.1)
>>> trainer = engine.Trainer(net, X, Y, loss="bce", optimizer=adam, batch_size=4)
>>> record = trainer.epochs(200)
>>> record.epoch, record.train_loss < 0.01
(200, True)
>>> (net.predict(X) > 0.5).astype(int).ravel().tolist()
[0, 1, 1, 0]
>>> check = engine.gradient_check(net, X, Y, "bce")
>>> check.max_relative_error < 1e-6
True

Read on in this order. The core, in one sitting:

    textbook                          forward, loss, backward and update in plain NumPy, as a book has them
    calls                             how all that follows is written down: as the calls that compute it
    activations losses initializers   the functions, each beside its derivative, and how weights begin
    parameters network                one vector of all weights and biases, and both passes through them
    lines optimizers training         from a gradient to a step, also line by line, and step after step
    arrays numbers options threads    what these build on: checks, typed numbers, tables, one BLAS thread

Then the packages, which build on the core and some on each other: data (what is learned from), runs (a
run defined, recorded, rewound), worked (one update written out), practice (the learner's turn), examples
(networks with fixed numbers), descent (walking down a function), analysis (looking at a network), export
(a run as code of its own).
"""

from engine.activations import ACTIVATIONS, make_activation
from engine.analysis.gradcheck import GradientCheck, gradient_check
from engine.data.datasets import DATASETS, make_dataset
from engine.data.features import FEATURES, apply_features
from engine.data.metrics import accuracy, r2
from engine.descent.descent import descend
from engine.descent.surfaces import SURFACES
from engine.examples.systems import SYSTEMS
from engine.export.notebook import notebook
from engine.export.numpy_script import numpy_script
from engine.export.torch_script import torch_script
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES, make_loss
from engine.network import Gradient, Network, Trace, neuron_maps
from engine.optimizers import OPTIMIZERS, make_optimizer
from engine.runs.experiment import Experiment
from engine.runs.journal import ParameterSet, ParametersFrozen, SettingChanged
from engine.runs.run import Run
from engine.runs.schedules import SCHEDULES, learning_rate_at
from engine.runs.settings import Settings
from engine.runs.sweep import Outcome, sweep
from engine.runs.timeline import Timeline, replay
from engine.training import Record, Trainer
from engine.worked.worked import Step, Worked, work

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS", "DATASETS", "FEATURES", "INITIALIZERS", "LOSSES", "OPTIMIZERS", "SCHEDULES", "SURFACES",
    "SYSTEMS", "Experiment", "Gradient", "GradientCheck", "Network", "Outcome", "ParameterSet",
    "ParametersFrozen", "Record", "Run", "SettingChanged", "Settings", "Step", "Timeline", "Trace",
    "Trainer", "Worked", "accuracy", "apply_features", "descend", "gradient_check", "learning_rate_at",
    "make_activation", "make_dataset", "make_loss", "make_optimizer", "neuron_maps", "notebook",
    "numpy_script", "r2", "replay", "sweep", "torch_script", "work",
]  # fmt: skip
