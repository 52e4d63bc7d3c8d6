"""Wrong calls of every public name: each is refused in one sentence with the name, the rule and the value."""

import numpy as np
import pytest

from engine import (
    SURFACES,
    Experiment,
    Network,
    ParameterSet,
    ParametersFrozen,
    Run,
    SettingChanged,
    Settings,
    Timeline,
    Trainer,
    accuracy,
    apply_features,
    descend,
    gradient_check,
    learning_rate_at,
    make_activation,
    make_dataset,
    make_loss,
    make_optimizer,
    neuron_maps,
    r2,
    replay,
    work,
)
from engine.analysis.landscape import follow, pca_plane, project, random_plane, refine, weight_plane

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = np.array([[0.0], [1.0], [1.0], [0.0]])
RNG = "rng must be a seed (a whole number >= 0), a Generator or None. Got "


def net(dims=(2, 3, 1), **options):
    return Network(dims, ("tanh",) * (len(dims) - 2) + ("sigmoid",), **options)


def trainer(**options):
    given = {"net": net(), "X": X, "Y": Y, "loss": "bce", "optimizer": "sgd", "batch_size": 2} | options
    return Trainer(given.pop("net"), given.pop("X"), given.pop("Y"), **given)


def timeline():
    made = replay(Run(Experiment(samples=20)))
    made.advance()
    return made


def backward(trace=None, Y=Y, loss="bce"):
    one = net()
    return one.backward(one.forward(X) if trace is None else trace, Y, loss)


def loss(trace=None, Y=Y, loss="bce"):
    one = net()
    return one.loss(one.forward(X) if trace is None else trace, Y, loss)


def step(theta, grad):
    make_optimizer("adam").step(theta, grad)


def loaded(**wrong):
    one = make_optimizer("sgd")
    one.load_state(one.state() | wrong)


def surface(**options):
    return descend(**{"surface": "quadratic", "start": (1.0, 2.0)} | options)


def foreign_plane():
    return random_plane(net((2, 4, 1)))


OPTIMIZER_STATE = "state must hold learning_rate, weight_decay, step_count, momentum"
TRAINER_STATE = "state must hold theta, optimizer, epoch, step, clipped, position, order, generator"

CALLS = {
    "Network": [
        (lambda: Network(3, ("tanh",)), "dims must be a list of widths. Got 3."),
        (lambda: Network("23", ("tanh",)), "dims must be a list of widths. Got '23'."),
        (lambda: Network((2,), ()), "dims must name at least inputs and outputs. Got (2,)."),
        (lambda: Network((2, "3"), ("tanh",)), "Every width in dims must be a whole number >= 1. Got '3'."),
        (lambda: Network((2, True), ("tanh",)), "Every width in dims must be a whole number >= 1. Got True."),
        (lambda: Network((2, 0), ("tanh",)), "Every width in dims must be >= 1. Got 0."),
        (lambda: Network((2, 1), None), "activations must be one per layer, 1 for dims (2, 1). Got None."),
        (lambda: Network((2, 1), "tanh"),
         "activations must be one per layer, 1 for dims (2, 1). Got 'tanh'."),
        (lambda: Network((2, 1), ("tan",)), "activation must be one of linear, relu, "),
        (lambda: Network((2, 1), (None,)), "activation must be one of linear, relu, "),
        (lambda: net(rng="a"), RNG + "'a'."),
        (lambda: net(rng=-1), RNG + "-1."),
        (lambda: net(rng=1.5), RNG + "1.5."),
        (lambda: net(rng=True), RNG + "True."),
        (lambda: net(rng=[0, 1]), RNG + "[0, 1]."),
        (lambda: net(rng=np.random.RandomState(0)), RNG + "RandomState"),
        (lambda: net(initializer=None), "initializer must be one of zeros, constant, "),
        (lambda: net(initializer=["zeros"]), "initializer must be one of zeros, constant, "),
        (lambda: net(bias=None), "bias must be one of shared, none, per_sample. Got None."),
        (lambda: net(bias="per_sample", samples="3"), "samples must be a whole number >= 1. Got '3'."),
    ],
    "forward": [
        (lambda: net().forward(None), "X must hold real numbers, in rows of one length. Got None."),
        (lambda: net().forward("text"), "X must hold real numbers, in rows of one length. Got 'text'."),
        (lambda: net().forward([1.0, 2.0]), "X must have shape (N, 2) with at least one row. Got (2,)."),
        (lambda: net().forward(X.T), "X must have shape (N, 2) with at least one row. Got (2, 4)."),
        (lambda: net().forward([]), "X must have shape (N, 2) with at least one row. Got (0,)."),
        (lambda: net().predict(X * 1j),
         "X must hold real numbers, in rows of one length. Got an array of compl"),
        (lambda: net().predict(np.ma.array(X)), "X must have no mask. Got a masked array"),
        (lambda: net().predict([[1, 2], [3]]),
         "X must hold real numbers, in rows of one length. Got [[1, 2]"),
        (
            lambda: net(bias="per_sample", samples=3).forward(X),
            "X must have shape (3, 2) with at least one row. Got (4, 2).",
        ),
    ],
    "loss and backward": [
        (lambda: backward(trace=X), "trace must be a Trace. Got array"),
        (lambda: loss(trace=X), "trace must be a Trace. Got array"),
        (lambda: backward(trace=net((2, 4, 1)).forward(X)),
         "trace must be of a network 2-3-1 with shared biases"),
        (lambda: loss(trace=net((2, 3, 3, 1)).forward(X)),
         "trace must be of a network 2-3-1 with shared biases"),
        (lambda: backward(trace=net(bias="none").forward(X)),
         "trace must be of a network 2-3-1 with shared biases. Got one of 2-3-1 wi"),
        (lambda: backward(Y=Y[:3]), "Y must have shape (4, 1) with at least one row. Got (3, 1)."),
        (lambda: loss(Y=Y.ravel()), "Y must have shape (4, 1) with at least one row. Got (4,)."),
        (lambda: loss(Y=2 * Y - 1),
         "Y must be between 0 and 1 for binary cross-entropy, where a class is 0 or 1 and not −1 or 1. Got"),
        (lambda: loss(loss="l2"), "loss must be one of sse, mse, "),
        (lambda: loss(loss=None), "loss must be one of sse, mse, "),
        (lambda: loss(loss="cce"), "cce needs a softmax output. Got sigmoid."),
    ],
    "neuron_maps": [
        (lambda: neuron_maps(net(), [[1.0]]), "grid must have shape (M, 2)"),
        (lambda: neuron_maps(net(), [1.0, 2.0]), "grid must have shape (M, 2)"),
        (lambda: neuron_maps(net(), X * 1j),
         "grid must hold real numbers, in rows of one length. Got an array"),
        (lambda: neuron_maps(None, X), "net must be a Network. Got None."),
    ],
    "make_activation": [
        (lambda: make_activation("tan"), "activation must be one of linear, relu, "),
        (lambda: make_activation(3), "activation must be one of linear, relu, "),
        (lambda: make_activation("relu", slope=1.0), "relu takes no parameter slope."),
        (lambda: make_activation("relu", grad_at_zero=2), "grad_at_zero must be between 0 and 1. Got 2."),
        (lambda: make_activation("leaky_relu", slope="a"), "slope must be a number between 0 and 1."),
    ],
    "make_loss": [
        (lambda: make_loss("l2"), "loss must be one of sse, mse, "),
        (lambda: make_loss("mse", delta=1.0), "mse takes no parameter delta."),
        (lambda: make_loss("huber", gamma=1.0), "huber takes no parameter gamma."),
        (lambda: make_loss("huber", delta=-1), "delta must be > 0. Got -1."),
        (lambda: make_loss("huber", delta="a"), "delta must be a number > 0. Got 'a'."),
    ],
    "make_optimizer": [
        (lambda: make_optimizer("sdg"), "optimizer must be one of sgd, adagrad, "),
        (lambda: make_optimizer(None), "optimizer must be one of sgd, adagrad, "),
        (lambda: make_optimizer(np.array(["sgd"])), "optimizer must be one of sgd, adagrad, "),
        (lambda: make_optimizer(["sgd"]), "optimizer must be one of sgd, adagrad, "),
        (lambda: make_optimizer("sgd", 0), "learning_rate must be > 0. Got 0."),
        (lambda: make_optimizer("sgd", "fast"), "learning_rate must be a number > 0. Got 'fast'."),
        (lambda: make_optimizer("sgd", weight_decay=-1), "weight_decay must be >= 0. Got -1."),
        (lambda: make_optimizer("sgd", rho=0.5),
         "parameter must be one of momentum, dampening, nesterov. Got 'rho'."),
        (lambda: make_optimizer("sgd", momentum=2), "momentum must be between 0 and 1. Got 2."),
        (lambda: make_optimizer("sgd", nesterov=1), "nesterov must be True or False. Got 1."),
        (lambda: make_optimizer("sgd", nesterov=True), "nesterov needs momentum > 0 and dampening 0."),
    ],
    "Optimizer": [
        (lambda: step([1.0, 2.0], [0.1, 0.2]),
         "theta must be an array of floats, which step changes. Got [1.0, 2.0]."),
        (lambda: step(np.array([1, 2]), np.ones(2)),
         "theta must be an array of floats, which step changes. Got arr"),
        (lambda: step(np.ones(2), [0.1]), "grad_theta must have shape (2,), as theta. Got (1,)."),
        (lambda: step(np.ones(2), np.ones((2, 1))), "grad_theta must have shape (2,), as theta. Got (2, 1)."),
        (lambda: step(np.ones(2), None), "grad_theta must hold real numbers, in rows of one length."),
        (lambda: step(np.ones(2), ["a", "b"]), "grad_theta must hold real numbers"),
        (lambda: make_optimizer("sgd").load_state({}), OPTIMIZER_STATE),
        (lambda: make_optimizer("sgd").load_state(None), OPTIMIZER_STATE),
        (lambda: loaded(momentum="a"), "momentum in the state must be a number >= 0. Got 'a'."),
        (lambda: loaded(learning_rate=-1.0), "learning_rate in the state must be >= 0. Got -1."),
        (lambda: loaded(step_count=0.5), "step_count in the state must be a whole number >= 0. Got 0.5."),
        (lambda: loaded(nesterov=1.0), "nesterov in the state must be True or False. Got 1.0."),
        (lambda: loaded(velocity=np.array(["a"])), "velocity in the state must be an array of floats"),
        (lambda: loaded(velocity=0.5), "velocity in the state must be an ndarray. Got 0.5."),
        (lambda: make_optimizer("sgd").load_state(make_optimizer("adam").state()), OPTIMIZER_STATE),
    ],
    "Trainer": [
        (lambda: trainer(net=None), "net must be a Network. Got None."),
        (lambda: trainer(net=Network), "net must be a Network. Got "),
        (lambda: trainer(X=None), "X must hold real numbers, in rows of one length. Got None."),
        (lambda: trainer(Y=Y.T), "Y must have shape (4, 1) with at least one row. Got (1, 4)."),
        (lambda: trainer(Y=2 * Y - 1),
         "Y must be between 0 and 1 for binary cross-entropy, where a class is 0 or 1 and not −1 or 1."),
        (lambda: trainer(X=X + np.nan), "X must be finite everywhere. Got [nan nan] in row 0."),
        (lambda: trainer(loss=None), "loss must be one of sse, mse, "),
        (lambda: trainer(optimizer=3), "optimizer must be one of sgd, adagrad, "),
        (lambda: trainer(optimizer="sdg"), "optimizer must be one of sgd, adagrad, "),
        (lambda: trainer(batch_size=0), "batch_size must be >= 1. Got 0."),
        (lambda: trainer(batch_size="all"), "batch_size must be a whole number >= 1. Got 'all'."),
        (lambda: trainer(l1="a"), "l1 must be a number >= 0. Got 'a'."),
        (lambda: trainer(l2=-1), "l2 must be >= 0. Got -1."),
        (lambda: trainer(shuffle="no"), "shuffle must be True or False. Got 'no'."),
        (lambda: trainer(rng="a"), RNG + "'a'."),
        (lambda: trainer(X_test=X), "X_test and Y_test must be given together. Got only one of them."),
        (lambda: trainer(X_test=X, Y_test=Y[:1]), "Y_test must have shape (4, 1)"),
        (lambda: trainer().epochs(0), "count must be >= 1. Got 0."),
        (lambda: trainer().epochs(1.5), "count must be a whole number >= 1. Got 1.5."),
        (lambda: trainer().steps("a"), "count must be a whole number >= 1. Got 'a'."),
        (lambda: trainer().load_state({}), TRAINER_STATE),
        (lambda: trainer().load_state(None), TRAINER_STATE),
        (lambda: trainer().load_state(trainer(X=X[:2], Y=Y[:2]).state()),
         "The state must fit 13 parameters and 4"),
        (lambda: trainer().load_state(trainer().state() | {"optimizer": {}}), OPTIMIZER_STATE),
        (lambda: trainer().load_state(trainer().state() | {"epoch": "a"}),
         "The state's epoch must be a whole number >= 0. Got 'a'."),
        (lambda: trainer().load_state(trainer().state() | {"position": 2}),
         "The state's position must be between 0 and 1. Got 2."),
        (lambda: trainer().load_state(trainer().state() | {"position": "a"}),
         "The state's position must be a whole number between 0 and 1. Got 'a'."),
        (lambda: trainer().load_state(trainer().state() | {"order": 3}),
         "The state must fit 13 parameters and 4 samples. Got 13 and 1."),
        (lambda: trainer().load_state(trainer().state() | {"generator": {}}),
         "The state's generator must be one of a PCG64. Got {}."),
    ],
    "gradient_check": [
        (lambda: gradient_check(None, X, Y, "bce"), "net must be a Network. Got None."),
        (lambda: gradient_check(net(), X, Y, "bce", eps=0.0), "eps must be > 0. Got 0."),
        (lambda: gradient_check(net(), X, Y, "bce", directions=0), "directions must be >= 1. Got 0."),
        (lambda: gradient_check(net(), X, Y, "bce", directions=2, rng=-1), RNG + "-1."),
        (lambda: gradient_check(net(), X, Y[:1], "bce"), "Y must have shape (4, 1)"),
    ],
    "work": [
        (lambda: work(None, X, Y, "bce"), "net must be a Network. Got None."),
        (lambda: work(net(), X, Y, "bce", "sgd"), "optimizer must be an Optimizer. Got 'sgd'."),
        (lambda: work(net(), X, Y, "l2"), "loss must be one of sse, mse, "),
        (lambda: work(net(), X[:, :1], Y, "bce"), "X must have shape (N, 2)"),
        (lambda: work(net(), X, 2 * Y - 1, "bce"), "Y must be between 0 and 1 for binary cross-entropy"),
        (lambda: work(net(), X, Y, "bce", sample=4), "sample must be between 0 and 3. Got 4."),
    ],
    "planes": [
        (lambda: list(refine(net(), X, Y, "bce", foreign_plane(), (0, 1), (0, 1))),
         "plane must have 13 parameters"),
        (lambda: follow(net(), X, Y, "bce", [net().theta], foreign_plane()), "plane must have 13 parameters"),
        (lambda: random_plane(net(), rng=-1), RNG + "-1."),
        (lambda: weight_plane(net(), (0, 0, 0), (5, 0, 0)),
         "There must be a weight (layer, from, to). Got (5, 0, 0)."),
        (lambda: project([[1.0, 2.0]], foreign_plane()), "thetas must have shape (N, 17)"),
        (lambda: pca_plane([[1.0]]), "thetas must have at least two parameters. Got 1."),
    ],
    "data": [
        (lambda: make_dataset("cirlce", rng=0), "dataset must be one of circle, xor, "),
        (lambda: make_dataset("circle", rng="a"), RNG + "'a'."),
        (lambda: make_dataset("circle", rng=-1), RNG + "-1."),
        (lambda: make_dataset("circle", samples=0, rng=0), "samples must be >= 2. Got 0."),
        (lambda: make_dataset("circle", samples=9.5, rng=0), "samples must be a whole number >= 2. Got 9.5."),
        (lambda: make_dataset("circle", noise=2, rng=0), "noise must be between 0 and 0.5. Got 2."),
        (lambda: make_dataset("circle", train_share=0, rng=0), "train_share must be above 0 and at most 1."),
        (lambda: make_dataset("circle", classes="2"), "classes must be a whole number >= 0. Got '2'."),
        (lambda: make_dataset("blobs", classes=np.array([2, 3])), "classes must be a whole number >= 0. "),
        (lambda: make_dataset("blobs", classes=1, rng=0), "classes must be between 2 and 10. Got 1."),
        (lambda: apply_features(X, ("x9",)), "feature must be one of x1, x2, "),
        (lambda: apply_features(X, "x1"), "names must be a list of features. Got 'x1'."),
        (lambda: apply_features(X[:, :1], ("x1",)), "points must have shape (N, 2) to (N, 100). Got (4, 1)."),
        (lambda: apply_features("text", ("x1",)),
         "points must hold real numbers, in rows of one length. Got 'text'."),
    ],
    "metrics": [
        (lambda: accuracy([0.2, 0.8], [0, 1]), "outputs must have shape (N, K). Got (2,)."),
        (lambda: accuracy([[0.2], [0.8]], [0, 1]), "Y must have shape (2, 1), as the outputs. Got (2,)."),
        (lambda: accuracy([["a"]], [[1]]),
         "outputs must hold real numbers, in rows of one length. Got [['a']]."),
        (lambda: accuracy([[1]], [[1]], threshold="a"), "threshold must be a finite number. Got 'a'."),
        (lambda: r2([0.2, 0.8], [0, 1]), "outputs must have shape (N, K). Got (2,)."),
        (lambda: r2([[0.2, 0.8]], [[0, 1], [2, 3]]), "Y must have shape (1, 2), as the outputs. Got (2, 2)."),
        (lambda: r2([[0.2]], [[1j]]), "Y must hold real numbers, in rows of one length. Got [[1j]]."),
        (lambda: r2(np.ones((3, 0)), np.ones((3, 0))), "outputs must have shape (N, K). Got (3, 0)."),
    ],
    "learning_rate_at": [
        (lambda: learning_rate_at("setp", 0.1, 0), "schedule must be one of constant, step, "),
        (lambda: learning_rate_at("step", 0, 0), "base must be > 0. Got 0."),
        (lambda: learning_rate_at("step", 0.1, -1), "epoch must be >= 0. Got -1."),
        (lambda: learning_rate_at("step", 0.1, 0, every=0), "every must be between 1 and 10,000. Got 0."),
        (lambda: learning_rate_at("step", 0.1, 0, period=3),
         "parameter must be one of every, decay, warmup. Got 'p"),
    ],
    "Settings": [
        (lambda: Settings(optimizer="sdg"), "optimizer must be one of sgd, adagrad, "),
        (lambda: Settings(learning_rate=0), "learning_rate must be > 0. Got 0."),
        (lambda: Settings(learning_rate="fast"), "learning_rate must be a number > 0. Got 'fast'."),
        (lambda: Settings(l1=-1), "l1 must be >= 0. Got -1."),
        (lambda: Settings(weight_decay="a"), "weight_decay must be a number >= 0. Got 'a'."),
        (lambda: Settings(clip_norm=-1), "clip_norm must be >= 0. Got -1."),
        (lambda: Settings(frozen=3), "frozen must be a tuple of indices into theta. Got 3."),
        (lambda: Settings(frozen=(-1,)), "frozen must be >= 0. Got -1."),
        (lambda: Settings(frozen=("a",)), "frozen must be a whole number >= 0. Got 'a'."),
        (lambda: Settings(parameters=(("rho", 0.5),)),
         "parameters must be pairs of momentum, dampening, nesterov and"),
        (lambda: Settings(parameters={"momentum": 0.9}),
         "parameters must be pairs of momentum, dampening, nest"),
        (lambda: Settings(schedule="setp"), "schedule must be one of constant, step, "),
        (lambda: Settings(schedule_parameters=(("every", 3),)),
         "schedule_parameters must be pairs of warmup and a"),
        (lambda: Settings().apply(net()), "trainer must be a Trainer. Got Network(2-3-1"),
        (lambda: Settings(frozen=(13,)).apply(trainer()), "frozen must be below 13. Got 13."),
    ],
    "Experiment": [
        (lambda: Experiment(dataset="cirlce"), "dataset must be one of circle, xor, "),
        (lambda: Experiment(hidden=3), "hidden must be a list. Got 3."),
        (lambda: Experiment(hidden=("a",), activations=("tanh",)),
         "Every hidden width must be a whole number"),
        (lambda: Experiment(activations="tanh"), "activations must be a list. Got 'tanh'."),
        (lambda: Experiment(activations=("tanh",)), "activations must be one per hidden layer, 2. Got 1."),
        (lambda: Experiment(learning_rate=0), "learning_rate must be above 0 and at most 1,000. Got 0."),
        (lambda: Experiment(seed=-1), "seed must be between 0 and 4,294,967,295. Got -1."),
        (lambda: Experiment(features=()), "features must be at least one, each once. Got ()."),
        (lambda: Experiment(frozen=(999,)), "frozen must be below 25. Got 999."),
        (lambda: Experiment(frozen=("a",)), "frozen must be a whole number >= 0. Got 'a'."),
        (lambda: Experiment(speed=0), "speed must be between 1 and 100. Got 0."),
        (lambda: Experiment(loss="cce"), "loss must be one of sse, mse, "),
        (lambda: Experiment(optimizer_parameters=3),
         "optimizer_parameters must be pairs of momentum, dampening,"),
        (lambda: Experiment(optimizer_parameters=(("momentum", "a"),)),
         "momentum must be a number between 0 and 1."),
        (lambda: Experiment().changed(rate=0.1), "field must be one of dataset, classes, "),
        (lambda: Experiment(batch_size=np.array([1, 2])), "batch_size must be a whole number between 1 and "),
        (lambda: Experiment().changed(output_activation=[]), "output_activation must be one of tanh, "),
        (lambda: Experiment().changed(hidden=3), "hidden must be a list. Got 3."),
        (lambda: Experiment.fitted(hidden=3), "hidden must be a list. Got 3."),
        (lambda: Experiment.fitted(rate=0.1), "field must be one of dataset, classes, "),
        (lambda: Experiment.from_json("x"), "An experiment must be JSON text."),
        (lambda: Experiment.from_json(3), "An experiment must be JSON text."),
        (lambda: Experiment.from_json("[3]"), "An experiment must be an object with fields of dataset, "),
        (lambda: Experiment.from_link("?lr=a"), "lr in the link can't be read. Got 'a'."),
        (lambda: Experiment.from_link(3), "A link must be text. Got 3."),
        (lambda: Experiment().trainer(3), "data must be a DataSplit. Got 3."),
    ],
    "Run and its journal": [
        (lambda: Run(3), "experiment must be an Experiment. Got 3."),
        (lambda: Run(Experiment(), 3), "journal must be a tuple of entries. Got 3."),
        (lambda: Run(Experiment(), (3,)), "journal must be a tuple of entries. Got (3,)."),
        (lambda: Run(Experiment(), (), -1), "frame must be between 0 and "),
        (lambda: Run(Experiment(), (SettingChanged(0, "seed", 3),)),
         "A setting that changes must be one of opti"),
        (lambda: Run(Experiment(), (ParameterSet(0, 99, 0.0),)),
         "The index of a parameter must be below 25. Got 99."),
        (lambda: Run.from_link(None), "A link must be text. Got None."),
        (lambda: SettingChanged(0, ["speed"], 1), "field must be a str. Got ['speed']."),
        (lambda: SettingChanged("a", "speed", 1),
         "The frame of an entry must be a whole number between 0 and "),
        (lambda: ParameterSet(0, "a", 1.0), "The index of a parameter must be a whole number between 0 and "),
        (lambda: ParameterSet(0, 0, "x"), "A weight must be a number"),
        (lambda: ParameterSet(0, 0, np.nan), "A weight must be between −1,000,000 and 1,000,000. Got nan."),
        (lambda: ParametersFrozen(0, 3), "indices must be a tuple of indices into theta. Got 3."),
        (lambda: ParametersFrozen(0, (-1,)), "The index of a parameter must be between 0 and 1,000,000."),
    ],
    "Timeline": [
        (lambda: Timeline(net(), Settings()), "trainer must be a Trainer. Got Network(2-3-1"),
        (lambda: Timeline(trainer(), "sgd"), "settings must be a Settings. Got 'sgd'."),
        (lambda: Timeline(trainer(), Settings(), speed=0), "speed must be >= 1. Got 0."),
        (lambda: Timeline(trainer(), Settings(), unit="day"),
         "unit must be one of epoch, mini-batch. Got 'day'."),
        (lambda: Timeline(trainer(), Settings(), stop=3), "stop must be a StopConditions. Got 3."),
        (lambda: Timeline(trainer(), Settings(), metric="accuracy"),
         "metric must be a function of outputs and Y. Got"),
        (lambda: Timeline(trainer(), Settings(), run=Experiment()),
         "run must be a Run. Got Experiment(Circle"),
        (lambda: Timeline(trainer(), Settings(), whole=0), "whole must be >= 1. Got 0."),
        (lambda: timeline().seek(-1), "frame must be between 0 and 1. Got -1."),
        (lambda: timeline().seek("a"), "frame must be between 0 and 1. Got 'a'."),
        (lambda: timeline().seek(0.5), "frame must be between 0 and 1. Got 0.5."),
        (lambda: timeline().edit(99, 1.0), "index must be between 0 and 24. Got 99."),
        (lambda: timeline().edit(-1, 1.0), "index must be between 0 and 24. Got -1."),
        (lambda: timeline().edit(0, "x"), "A weight must be a number"),
        (lambda: timeline().configure("sgd", 1), "settings must be a Settings. Got 'sgd'."),
        (lambda: timeline().change(3), "experiment must be an Experiment. Got 3."),
        (lambda: timeline().change(Experiment(seed=5)), "Only live settings may change within a run."),
        (lambda: timeline().resume(1.5, "", []), "frame must be a whole number >= 0. Got 1.5."),
        (lambda: replay(Experiment()), "run must be a Run. Got Experiment(Circle"),
        (lambda: replay(Run(Experiment()), data=X), "data must be a DataSplit. Got array"),
    ],
    "descend": [
        (lambda: surface(surface="bowl"), "surface must be one of quadratic, "),
        (lambda: surface(surface=3), "surface must be one of quadratic, "),
        (lambda: surface(start=(3,)), "start must have shape (2,). Got (1,)."),
        (lambda: surface(start="ab"), "start must hold real numbers, in rows of one length. Got 'ab'."),
        (lambda: surface(start=(np.nan, 0)), "start must be where f is finite. Got (nan, 0)."),
        (lambda: surface(rule="down"), "rule must be one of gradient, sign, "),
        (lambda: surface(rule=None), "rule must be one of gradient, sign, "),
        (lambda: surface(learning_rate=0), "learning_rate must be > 0. Got 0."),
        (lambda: surface(learning_rate="a"), "learning_rate must be a number > 0. Got 'a'."),
        (lambda: surface(rule="line_search", learning_rate="a"),
         "learning_rate must be None: line_search finds"),
        (lambda: surface(ascent="no"), "ascent must be True or False. Got 'no'."),
        (lambda: surface(max_steps=0), "max_steps must be >= 1. Got 0."),
        (lambda: surface(tol_f=0), "tol_f must be > 0. Got 0."),
        (lambda: surface(stops=("f",)), "Every test in stops must be one of tol_f, tol_grad. Got 'f'."),
        (lambda: surface(stops="tol_f"), "stops must be a list of tests. Got 'tol_f'."),
        (lambda: surface(rule="momentum", momentum=2), "momentum must be between 0.01 and 0.999. Got 2."),
        (lambda: surface(momentum=0.9), "parameter must be one of (none). Got 'momentum'."),
        (lambda: SURFACES["quadratic"].value((1, 2, 3)), "points must have shape (..., 2). Got (3,)."),
        (lambda: SURFACES["quadratic"].gradient("a"),
         "points must hold real numbers, in rows of one length. Got"),
        (lambda: SURFACES["quadratic"].hessian([[1], [2, 3]]),
         "points must hold real numbers, in rows of one leng"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        pytest.param(call, sentence, id=f"{name} {number}: {sentence}")
        for name, rows in CALLS.items()
        for number, (call, sentence) in enumerate(rows, start=1)
    ],
)
def test_a_wrong_call_is_refused_by_name_rule_and_value(call, sentence):
    try:
        made = call()
    except ValueError as refusal:
        text = str(refusal)
    else:
        pytest.fail(f"taken: {made!r}")
    assert text.startswith(sentence)
    assert "\n" not in text
    assert text.endswith(".")


def test_where_one_function_takes_a_seed_a_name_or_lists_the_others_do_too():
    seeded, drawn = (make_dataset("circle", rng=rng) for rng in (3, np.random.default_rng(3)))
    np.testing.assert_array_equal(seeded.X, drawn.X)
    np.testing.assert_array_equal(make_dataset("circle").X, make_dataset("circle", rng=0).X)
    named, given = (descend(surface, [1.0, 2.0]) for surface in ("quadratic", SURFACES["quadratic"]))
    np.testing.assert_array_equal(named.points, given.points)
    assert accuracy([[0.2], [0.8]], [[0], [1]]) == 1.0
    assert r2([[1], [2]], [[1], [2]]) == 1.0
    np.testing.assert_array_equal(apply_features([[2, 3]], ["x1x2"]), [[6.0]])
    for listed, array in zip(neuron_maps(net(), X.tolist()), neuron_maps(net(), X), strict=True):
        np.testing.assert_array_equal(listed, array)
    theta, same = np.ones(2), np.ones(2)
    step(theta, [0.5, -0.5])
    step(same, np.array([0.5, -0.5]))
    np.testing.assert_array_equal(theta, same)


def test_a_state_holds_what_load_state_asks_for():
    assert TRAINER_STATE.removeprefix("state must hold ").split(", ") == list(trainer().state())


@pytest.mark.parametrize(
    "wrong",
    [
        *({"theta": theta} for theta in (np.ones(3), np.full(13, "a"))),
        *({"order": np.array(order)} for order in ([0, 0, 0, 0], [0, 1, 2, 99], [0.0, 1.0, 2.0, 3.5])),
        {"position": -1},
        {"generator": None},
        {"optimizer": {}},
        {"optimizer": make_optimizer("sgd").state() | {"learning_rate": -1.0}},
        {"optimizer": make_optimizer("sgd").state() | {"velocity": np.ones(3)}},
    ],
)
def test_a_state_that_is_refused_changes_nothing(wrong):
    run, other = trainer(), trainer(net=net(rng=5), rng=5)
    other.train(3)
    before = repr(run.state())
    with pytest.raises(ValueError, match="must"):
        run.load_state(other.state() | wrong)
    assert repr(run.state()) == before
