"""How fast the engine trains and maps, beside a textbook loop and any other library installed.

All figures come from one run: the candidates take turns on the same network, so that a machine that
slows down slows all of them. Times are CPU milliseconds, the median over the rounds. No variable tells BLAS
which kernels to take, as on a fresh machine.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine import Network, Trainer, make_dataset, make_optimizer, neuron_maps
from engine.data.features import FEATURES, apply_features, grid
from engine.threads import one_blas_thread
from tests.benchmarks.measuring import environment_without_blas_variables

RATE = 0.03


@dataclass(frozen=True)
class Case:
    """One network with its data; hidden layers are tanh unless relu is said."""

    name: str
    dims: tuple[int, ...]
    batch: int
    samples: int = 250
    relu: bool = False

    @property
    def activations(self) -> tuple[str, ...]:
        hidden = len(self.dims) - 2
        return ("relu",) * hidden + ("softmax",) if self.relu else ("tanh",) * (hidden + 1)

    @property
    def loss(self) -> str:
        return "cce" if self.relu else "mse"

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        rng = np.random.default_rng(0)
        if self.relu:
            return rng.uniform(size=(self.samples, self.dims[0])), np.eye(10)[
                rng.integers(10, size=self.samples)
            ]
        points = make_dataset("circle", samples=self.samples, train_share=1.0, rng=rng)
        features = tuple(FEATURES)[: self.dims[0]]
        return apply_features(points.X, features), np.where(points.target == 0, 1.0, -1.0)[:, None]


CASES = (
    Case("a", (2, 4, 2, 1), 10),
    Case("b", (2, 8, 8, 1), 10),
    Case("c", (2, 8, 8, 8, 8, 8, 8, 1), 10),
    Case("d", (7, 8, 8, 8, 8, 8, 8, 1), 30),
    Case("e", (2, 8, 8, 1), 1),
    Case("f", (64, 32, 10), 32, 1797, relu=True),
)


def network(case: Case) -> Network:
    return Network(case.dims, case.activations, rng=1)


def ours(case: Case) -> Callable[[], float]:
    X, Y = case.data()
    trainer = Trainer(
        network(case),
        X,
        Y,
        loss=case.loss,
        optimizer=make_optimizer("sgd", learning_rate=RATE),
        batch_size=case.batch,
    )
    return lambda: trainer.epochs(1).train_loss


def textbook(case: Case) -> Callable[[], float]:
    """The loop that a textbook prints: lists of W and b, one NumPy expression per line."""
    X, Y = case.data()
    net = network(case)
    W, b = [w.copy() for w in net.W], [c.copy() for c in net.b]
    rng = np.random.default_rng(0)

    def softmax(Z):
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)

    def forward(X):
        A = [X]
        for l in range(len(W)):
            Z = A[-1] @ W[l] + b[l]
            last = l == len(W) - 1
            A.append((softmax(Z) if last else np.maximum(Z, 0)) if case.relu else np.tanh(Z))
        return A

    def epoch() -> float:
        order = rng.permutation(len(X))
        for start in range(0, len(X), case.batch):
            rows = order[start : start + case.batch]
            x, y = X[rows], Y[rows]
            A = forward(x)
            dZ = (A[-1] - y) / len(x) if case.relu else 2 * (A[-1] - y) / y.size * (1 - A[-1] ** 2)
            for l in reversed(range(len(W))):
                dW, db = A[l].T @ dZ, dZ.sum(axis=0)
                if l > 0:
                    dA = dZ @ W[l].T
                    dZ = dA * (A[l] > 0) if case.relu else dA * (1 - A[l] ** 2)
                W[l] -= RATE * dW
                b[l] -= RATE * db
        output = forward(X)[-1]
        if case.relu:
            return float(-np.sum(Y * np.log(output)) / len(X))
        return float(np.mean((output - Y) ** 2))

    return epoch


def torch_eager(case: Case) -> Callable[[], float] | None:
    try:
        import torch
    except ImportError:
        return None
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    X, Y = (torch.from_numpy(array) for array in case.data())
    layers: list[torch.nn.Module] = []
    for fan_in, fan_out in zip(case.dims[:-1], case.dims[1:], strict=True):
        layers += [torch.nn.Linear(fan_in, fan_out), torch.nn.ReLU() if case.relu else torch.nn.Tanh()]
    model = torch.nn.Sequential(*(layers[:-1] if case.relu else layers))
    loss = torch.nn.CrossEntropyLoss() if case.relu else torch.nn.MSELoss()
    sgd = torch.optim.SGD(model.parameters(), lr=RATE)

    def epoch() -> float:
        order = torch.randperm(len(X))
        for start in range(0, len(X), case.batch):
            rows = order[start : start + case.batch]
            sgd.zero_grad()
            loss(model(X[rows]), Y[rows]).backward()
            sgd.step()
        with torch.no_grad():
            return float(loss(model(X), Y))

    return epoch


def sklearn_mlp(case: Case) -> Callable[[], float] | None:
    try:
        from sklearn.neural_network import MLPClassifier, MLPRegressor
    except ImportError:
        return None
    X, Y = case.data()
    kind = MLPClassifier if case.relu else MLPRegressor
    model = kind(
        hidden_layer_sizes=case.dims[1:-1],
        activation="relu" if case.relu else "tanh",
        solver="sgd",
        momentum=0,
        alpha=0,
        batch_size=case.batch,
        learning_rate_init=RATE,
    )
    target = Y.argmax(axis=1) if case.relu else Y.ravel()
    classes = {"classes": np.arange(10)} if case.relu else {}

    def epoch() -> float:
        model.partial_fit(X, target, **classes)
        classes.clear()
        return float(model.loss_)

    return epoch


CONTESTANTS = {
    "engine": ours,
    "textbook": textbook,
    "torch": torch_eager,
    "sklearn": sklearn_mlp,
}


def interleaved(runs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median CPU milliseconds of each candidate; they take turns, so that all meet the same load."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    with one_blas_thread():
        for run in runs.values():
            run()
        for _ in range(rounds):
            for name, run in runs.items():
                start = time.process_time()
                run()
                times[name].append(1e3 * (time.process_time() - start))
    return {name: statistics.median(values) for name, values in times.items()}


def bare_maps(net: Network, points: np.ndarray) -> Callable[[], object]:
    """A lower bound for the cost of maps: A ← tanh(A @ W + b) in float32, layer by layer."""
    W = [w.astype(np.float32) for w in net.W]
    b = [c.astype(np.float32) for c in net.b]

    def run() -> object:
        A = points
        for weights, biases in zip(W, b, strict=True):
            A = np.tanh(A @ weights + biases)
        return A

    return run


def slope(sizes: list[float], times: list[float]) -> float:
    """The exponent p of time ~ size^p, by least squares over logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(times), 1)[0])


def scaling(rounds: int) -> dict[str, float]:
    """Log-log slopes of epoch time over the upper decade of samples and of parameters."""
    samples = [1000, 2000, 5000, 10000]
    by_samples = interleaved(
        {str(n): ours(Case(str(n), (2, 8, 8, 1), 10, n)) for n in samples}, max(3, rounds // 10)
    )
    nets = [Case(str(w), (2, w, w, 1), 10) for w in (32, 48, 64, 100)]
    by_parameters = interleaved({case.name: ours(case) for case in nets}, max(3, rounds // 3))
    return {
        "samples": slope([float(n) for n in samples], list(by_samples.values())),
        "parameters": slope([float(network(case).theta.size) for case in nets], list(by_parameters.values())),
    }


def measure(rounds: int) -> dict[str, object]:
    epochs: dict[str, dict[str, float]] = {}
    maps: dict[str, dict[str, float]] = {}
    for case in CASES:
        made = {name: make(case) for name, make in CONTESTANTS.items()}
        epochs[case.name] = interleaved({name: run for name, run in made.items() if run}, rounds)
        if not case.relu:
            net = network(case)
            points = apply_features(grid(100), tuple(FEATURES)[: case.dims[0]])
            maps[case.name] = interleaved(
                {"engine": lambda n=net, p=points: neuron_maps(n, p), "bare": bare_maps(net, points)}, rounds
            )
    del maps["e"]
    ratios = {name: row["textbook"] / row["engine"] for name, row in epochs.items()}
    small = [ratios[case.name] for case in CASES if not case.relu]  # in f the products take most of the time
    return {
        "epoch_ms": epochs,
        "textbook_over_engine": ratios,
        "geometric_mean": statistics.geometric_mean(ratios.values()),
        "geometric_mean_of_small": statistics.geometric_mean(small),
        "maps_ms": maps,
        "maps_over_bare": {name: row["engine"] / row["bare"] for name, row in maps.items()},
        "slopes": scaling(rounds),
    }


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser("python -m tests.benchmarks engine", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    fresh = environment_without_blas_variables()
    if fresh != dict(os.environ):  # such variables are read when NumPy is loaded
        os.execve(sys.executable, [sys.executable, "-m", "tests.benchmarks", "engine", *arguments], fresh)
    result = measure(options.rounds)
    if options.json:
        print(json.dumps(result, indent=1))
        return
    print("CPU ms per epoch (textbook / engine)")
    for case in CASES:
        row = result["epoch_ms"][case.name]
        figures = "  ".join(f"{name} {ms:8.3f}" for name, ms in row.items())
        dims = "-".join(map(str, case.dims))
        ratio = result["textbook_over_engine"][case.name]
        print(f"  {case.name} {dims:18} batch {case.batch:3}  {figures}   × {ratio:.2f}")
    small = result["geometric_mean_of_small"]
    print(f"  geometric mean × {result['geometric_mean']:.2f}, without the last × {small:.2f}")
    print("CPU ms for 100×100 maps of every neuron (engine / bare chain)")
    for name, row in result["maps_ms"].items():
        ratio = result["maps_over_bare"][name]
        print(f"  {name} engine {row['engine']:.3f}  bare {row['bare']:.3f}   × {ratio:.2f}")
    print("log-log slope of epoch time: " + ", ".join(f"{k} {v:.2f}" for k, v in result["slopes"].items()))
