"""Honest learners, in plain NumPy: they make no slip, but round what they write down to a few digits."""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from engine import Network, make_loss, make_optimizer
from engine.examples.systems import SYSTEMS
from engine.runs.experiment import losses_for
from engine.worked.worked import work


@dataclass(frozen=True)
class Task:
    """A network with its data and its update; keep_biases as work() takes it."""

    name: str
    net: Network
    X: np.ndarray
    Y: np.ndarray
    loss: str | None
    optimizer: object
    keep_biases: bool = False

    def worked(self):
        return work(self.net, self.X, self.Y, self.loss, self.optimizer, keep_biases=self.keep_biases)


def examples():
    """The textbook examples."""
    for name, system in SYSTEMS.items():
        net, X, Y = system.build()
        yield Task(name, net, X, Y, system.loss, system.make_optimizer(), system.keep_biases)


def random_task(seed):
    """A network of one to three layers of one to five neurons, normal weights, one to four samples."""
    rng = np.random.default_rng(seed)
    depth = rng.integers(1, 4)
    dims = [int(width) for width in rng.integers(1, 6, size=depth + 1)]
    output = rng.choice(["sigmoid", "softmax", "linear", "tanh"])
    if output == "softmax":
        dims[-1] = max(2, dims[-1])
    hidden = [str(name) for name in rng.choice(["sigmoid", "tanh", "relu", "leaky_relu"], size=depth - 1)]
    net = Network(tuple(dims), (*hidden, str(output)))
    net.theta[...] = rng.normal(size=net.theta.size)
    N, K = int(rng.choice([1, 1, 2, 4])), dims[-1]
    X = rng.normal(size=(N, dims[0]))
    Y = {
        "sigmoid": rng.integers(2, size=(N, K)) * 1.0,
        "softmax": np.eye(K)[rng.integers(K, size=N)],
        "tanh": rng.integers(2, size=(N, K)) * 2.0 - 1.0,
        "linear": rng.normal(size=(N, K)),
    }[str(output)]
    loss = str(rng.choice(losses_for(str(output))))
    rate = float(rng.choice([0.01, 0.1, 0.5]))
    return Task(f"random {seed}", net, X, Y, loss, make_optimizer("sgd", rate))


class Student:
    """Works a task with so many significant digits.

    Args:
        digits: that everything written down is rounded to.
        given:  whether the numbers of the task are rounded too.
        terms:  whether each product of a sum is written down, or only the sum.
    """

    def __init__(self, digits, *, given=False, terms=False):
        self.digits, self.given, self.terms = digits, given, terms

    def note(self, value):
        """The numbers as they are written down."""
        return np.vectorize(lambda x: float(f"{x:.{self.digits - 1}e}"))(value)

    def answers(self, task):
        """Every number of the calculation by its key, as "delta2"; the update is plain gradient descent."""
        note = self.note if self.given else np.array
        net, W = task.net, [note(W) for W in task.net.W]
        b = [0.0 if b is None else note(np.atleast_2d(b)) for b in task.net.b]
        a, z, found = [note(task.X)], [], {}
        for l, g in enumerate(net.activations):
            z.append(self.note(self.product(a[l], W[l]) + b[l]))
            out = np.empty_like(z[l])
            g.value(z[l], out)
            a.append(self.note(out))
            found |= {f"z{l + 1}": z[l], f"a{l + 1}": a[l + 1]}
        if task.loss is None:
            return found
        with np.errstate(all="ignore"):
            found["L"], delta = self.loss(task, z[-1], a[-1])
            for l in reversed(range(len(W))):
                dW = self.product(a[l].T, delta)
                db = delta if net.bias == "per_sample" else self.note(delta.sum(axis=0, keepdims=True))
                step = self.note(task.optimizer.learning_rate * dW)
                found |= {f"delta{l + 1}": delta, f"dW{l + 1}": dW, f"db{l + 1}": db}
                found[f"new_W{l + 1}"] = self.note(W[l] - step)
                if l:
                    delta = self.back(net.activations[l - 1], z[l - 1], a[l], self.product(delta, W[l].T))
        return found

    def product(self, A, B):
        """The matrix product, by its terms or at once."""
        if not self.terms:
            return self.note(A @ B)
        return self.note(reduce(np.add, (self.note(np.outer(A[:, k], B[k])) for k in range(len(B)))))

    def loss(self, task, z, a):
        """The loss (1, 1) and the error of the output (N, K)."""
        (N, K), note, y = task.Y.shape, self.note, task.Y
        r = note(a - y)
        if task.loss in ("bce", "cce"):
            share = 1 / N if task.loss == "cce" else 1 / (N * K)
            logs = np.where(y == 0, 0.0, y * note(np.log(a)))
            if task.loss == "bce":
                logs += np.where(y == 1, 0.0, (1 - y) * note(np.log(note(1 - a))))
            return note(np.array([[-logs.sum() * share]])), note(r * share)
        shares = {"sse": 1.0, "half_sse": 0.5, "mse_sample": 1 / N, "half_mse": 0.5 / (N * K)}
        share = shares.get(task.loss, 1 / (N * K))
        heights, slopes = note(r * r), 2 * r
        if task.loss == "mae":
            heights, slopes = np.abs(r), np.sign(r)
        if task.loss == "huber":
            bend = dict(make_loss("huber").parameters)["delta"]
            near = np.abs(r) <= bend
            heights = np.where(near, note(r * r / 2), note(bend * (np.abs(r) - bend / 2)))
            slopes = np.clip(r, -bend, bend)
        dL = note(share * slopes)
        return note(np.array([[share * heights.sum()]])), self.back(task.net.activations[-1], z, a, dL)

    def back(self, g, z, a, da):
        """The error before an activation from that after it, σ′ from the a that is written down."""
        if g.mixes:  # softmax: ∂a_j/∂z_k = a_j (1 if j = k else 0) − a_j a_k
            J = [self.note(np.diag(row) - np.outer(row, row)) for row in a]
            return np.concatenate([self.product(row[None], J_n) for row, J_n in zip(da, J, strict=True)])
        slope = np.empty_like(z)
        g.vjp(z, a, np.ones_like(z), slope)
        return self.note(da * self.note(slope))


STUDENTS = {
    (digits, given, terms): Student(digits, given=given, terms=terms)
    for digits in (3, 4)
    for given in (False, True)
    for terms in (False, True)
}
"""Those whose answers must be right or close."""
