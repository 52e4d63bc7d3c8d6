"""Do the tests see a wrong engine? Each row breaks one line in a copy of it, and some test must fail.

python -m tests.mutants             all of them, two at a time; exits with 1 if one survives
python -m tests.mutants adam seek   only those whose row contains one of these words
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
AT_ONCE = 2
PATIENCE = 180  # seconds; an endless loop is found out too


@dataclass(frozen=True)
class Mutant:
    """What is wrong, the file, the text that stands there exactly once, its stand-in, who must notice."""

    what: str
    file: str
    old: str
    new: str
    tests: str


MUTANTS = (
    # activations
    Mutant(
        "element-wise softmax in a hidden layer", "activations",
        "np.subtract(dA, np.add.reduce(out, axis=1, keepdims=True), out)\n    np.multiply(out, A, out)",
        "np.multiply(out, 1 - A, out)",
        "gradcheck",
    ),
    Mutant(
        "softmax without subtracting the maximum", "activations",
        "np.subtract(Z, np.maximum.reduce(Z, axis=1, keepdims=True), out)", "np.copyto(out, Z)",
        "traps",
    ),
    Mutant(
        "softmax over the samples", "activations",
        "np.divide(out, np.add.reduce(out, axis=1, keepdims=True), out)",
        "np.divide(out, np.add.reduce(out, axis=0, keepdims=True), out)",
        "golden",
    ),
    Mutant("tanh' = 1 − a", "activations", "np.multiply(A, A, out)", "np.copyto(out, A)", "gradcheck"),
    Mutant(
        "sigmoid' without (1 − a)", "activations",
        "np.subtract(ONE, A, out)  # σ' = (1 − σ)·σ\n    np.multiply(out, A, out)", "np.copyto(out, A)",
        "native_seeds",
    ),
    Mutant(
        "sigmoid that overflows", "activations",
        "np.maximum(Z, bound, out=out)", "np.copyto(out, Z)",
        "activations",
    ),
    Mutant(
        "ReLU gradient 1 at 0 by default", "activations",
        "grad_at_zero: float = 0.0", "grad_at_zero: float = 1.0",
        "traps",
    ),
    Mutant(
        "ReLU that hides NaN", "activations",
        "np.maximum(Z, 0, out=out)", "np.fmax(Z, 0, out=out)",
        "traps",
    ),
    Mutant(
        "leaky ReLU with slope 1 at 0", "activations",
        "np.heaviside(Z, 0, out)", "np.heaviside(Z, 1, out)",
        "traps",
    ),
    Mutant(
        "ELU' without + 1", "activations",
        "np.add(out, 1, out)\n    np.multiply", "np.multiply",
        "gradcheck",
    ),
    Mutant(
        "GELU' without z·φ(z)", "activations",
        "normal_cdf(Z) + near * density", "normal_cdf(Z)",
        "gradcheck",
    ),
    Mutant("SiLU' with σ for 1 − σ", "activations", "near * (1 - out)", "near * out", "gradcheck"),
    Mutant(
        "softplus that overflows", "activations",
        "partial(np.logaddexp, 0)", "lambda Z, out: np.log(1 + np.exp(Z), out)",
        "traps",
    ),
    Mutant(
        "softsign' that forgets its square", "activations",
        "np.multiply(out, out, out)", "pass",
        "gradcheck",
    ),
    Mutant(
        "a step that lets gradients through", "activations",
        "np.subtract(A, A, out)", "np.add(A * 0, 1, out)",
        "activations",
    ),
    Mutant("a step that is never stuck", "activations", "alive=(0.0, 0.0), ", "", "diagnostics"),
    # losses
    Mutant("a loss divisor off by K", "losses", "1.0 / A.size", "1.0 / len(A)", "losses"),
    Mutant("squared losses whose gradient lacks the 2", "losses", "2 * scale(A)", "scale(A)", "gradcheck"),
    Mutant(
        "the wrong cross-entropy sign", "losses",
        "np.subtract(out, Y, out)\n    np.divide(out, len(Y), out)",
        "np.subtract(Y, out, out)\n    np.divide(out, len(Y), out)",
        "golden",
    ),
    Mutant(
        "cross-entropy that takes every row of Y as one-hot", "losses",
        "np.multiply(A, np.add.reduce(Y, axis=1, keepdims=True), out)", "np.copyto(out, A)",
        "properties",
    ),
    Mutant(
        "cross-entropy divided by N·K", "losses",
        "return total / len(Y)", "return total / Y.size",
        "golden",
    ),
    Mutant("row losses that divide by all rows", "losses", "* scale(A[:1])", "* scale(A)", "losses"),
    Mutant("row losses that forget 0·∞", "losses", "((Y == 0) & ~np", "((Y < 0) & ~np", "losses"),
    Mutant("0·∞ in cross-entropy", "losses", "if not math.isfinite(total):", "if False:", "traps"),
    Mutant(
        "binary cross-entropy from probabilities", "losses",
        "return Y * np.logaddexp(0, -Z) + (1 - Y) * np.logaddexp(0, Z)",
        "return -Y * np.log(A) - (1 - Y) * np.log(1 - A)",
        "traps",
    ),
    Mutant("MAE uphill", "losses", "np.sign(out, out)", "np.negative(np.sign(out, out), out)", "losses"),
    Mutant("Huber quadratic beyond delta", "losses", "near = np.minimum(r, delta)", "near = r", "losses"),
    Mutant(
        "Huber' that forgets delta", "losses",
        "np.clip(out, -delta, delta", "np.clip(out, -1, 1",
        "gradcheck",
    ),
    # network and parameters
    Mutant(
        "a bias gradient that averages", "network",
        "            np.copyto(db, dZ[l])  # every",
        "            np.copyto(db, dZ[l])\n        elif db is not None:\n            db /= len(Y)  # every",
        "golden",
    ),
    Mutant(
        "per-sample bias gradients summed up", "network",
        "np.copyto(db, dZ[l])", "np.copyto(db, dZ[l].sum(axis=0))",
        "native_seeds",
    ),
    Mutant(
        "a dropped transpose", "network",
        "np.dot(W[l], gradient.dZ_T[l], gradient.dA_T[l])",
        "np.dot(W[l].T.reshape(W[l].shape), gradient.dZ_T[l], gradient.dA_T[l])",
        "golden",
    ),
    Mutant(
        "the slope of the next layer's activation", "network",
        "net.activations[l - 1].vjp(", "net.activations[l].vjp(",
        "native_seeds",
    ),
    Mutant(
        "dL/dX left out", "network",
        "np.dot(self.W[0], gradient.dZ_T[0], gradient.dA_T[0])", "pass",
        "golden",
    ),
    Mutant(
        "a trace that the next call overwrites", "network",
        "trace = Trace(self, len(matrix))",
        'trace = vars(self).setdefault("kept", Trace(self, len(matrix)))',
        "network",
    ),
    Mutant(
        "L2 on biases", "parameters",
        "np.repeat((1.0, 0.0), size)", "np.repeat((1.0, 1.0), size)",
        "training",
    ),
    Mutant(
        "W apart from theta", "parameters",
        "tuple(layer[:fan_in] for", "tuple(layer[:fan_in].copy() for",
        "network",
    ),
    Mutant(
        "another theta than that of the views", "parameters",
        "self._theta[...] = values", "self._theta = values",
        "network",
    ),
    Mutant(
        "(N,) taken for (N, 1)", "arrays",
        "matrix = np.asarray(value, dtype=np.float64)",
        "matrix = np.asarray(value, dtype=np.float64)\n"
        "    matrix = matrix[:, None] if matrix.ndim == 1 else matrix",
        "traps",
    ),
    # optimizers
    Mutant(
        "Adam without the correction of its mean", "optimizers",
        "c / (1.0 - self.beta1**self.step_count)", "c",
        "optimizers",
    ),
    Mutant(
        "Adam without the correction of its squares", "optimizers",
        "c = sqrt(1.0 - self.beta2**self.step_count)", "c = 1.0",
        "optimizers",
    ),
    Mutant(
        "Nesterov without the look-ahead", "optimizers",
        "if self.nesterov:\n            np", "if False:\n            np",
        "optimizers",
    ),
    Mutant(
        "lines in which the first velocity isn't the gradient", "optimizers",
        "fresh if self.step_count else g", "fresh",
        "optimizers",
    ),
    Mutant(
        "lines that forget the decay", "optimizers",
        "elif self.weight_decay:", "elif False:",
        "optimizers",
    ),
    Mutant(
        "AdamW with coupled decay", "optimizers",
        "decoupled = True", "decoupled = False",
        "optimizers",
    ),
    Mutant(
        "momentum lost at load_state", "optimizers",
        "setattr(self, name, copy(value))",
        "setattr(self, name, np.zeros_like(value) if isinstance(value, np.ndarray) else value)",
        "properties",
    ),
    Mutant(
        "an optimiser's state that is no copy", "optimizers",
        "copy(getattr(self, row.name))", "getattr(self, row.name)",
        "properties",
    ),
    Mutant(
        "sign(0) = 1", "optimizers",
        "np.sign(g, out=self._scratch)", "np.copysign(1.0, g, out=self._scratch)",
        "optimizers",
    ),
    # training
    Mutant(
        "a dropped partial last batch", "training",
        "pairwise([*range(0, self.samples, self.batch_size), self.samples])",
        "pairwise(range(0, max(self.samples, self.batch_size) + 1, self.batch_size))",
        "training",
    ),
    Mutant(
        "a shuffle that isn't restored", "training",
        'self.order[...] = state["order"]', "pass",
        "training",
    ),
    Mutant(
        "a random generator that isn't restored", "training",
        'self.rng.bit_generator.state = state["generator"]', "pass",
        "training",
    ),
    Mutant(
        "a position that isn't restored", "training",
        'state["clipped"], state["position"]', 'state["clipped"], 0',
        "training",
    ),
    Mutant(
        "samples not laid out anew after load_state", "training",
        'state["generator"]\n        self._gather()', 'state["generator"]',
        "training",
    ),
    Mutant(
        "a state that shares theta", "training",
        '"theta": self.net.theta.copy()', '"theta": self.net.theta',
        "training",
    ),
    Mutant(
        "one shuffle for all epochs", "training",
        "if self.shuffle:", "if self.shuffle and not self.epochs_done:",
        "training",
    ),
    Mutant(
        "targets that stay where they are", "training",
        'np.take(self.Y.T, self.order, axis=1, out=self._targets_T, mode="clip")', "pass",
        "training",
    ),
    Mutant(
        "the test loss over the training samples", "training",
        "self.loss.value(Z[n:], A[n:], self.Y_test)", "self.loss.value(Z[:n], A[:n], self.Y)",
        "training",
    ),
    Mutant(
        "the penalty counted into the loss", "training",
        "A[:n], self.Y)\n", "A[:n], self.Y) + self.penalty()\n",
        "training",
    ),
    Mutant("a penalty without ½", "training", "self.l2 / 2 * np.vdot", "self.l2 * np.vdot", "training"),
    Mutant(
        "L2's gradient with a 2", "training",
        "theta, self.l2)", "theta, 2 * self.l2)",
        "training",
    ),
    Mutant("NaN in the data taken", "training", "check_finite(Y_name, targets)", "pass", "training"),
    Mutant(
        "a copy of all samples every epoch", "training",
        'np.take(self._source, self.order, axis=0, out=self._shuffled, mode="clip")',
        "self._shuffled[...] = self._source[self.order]",
        "training",
    ),
    Mutant(
        "clipping upside down", "training",
        "if norm > self.clip_norm:", "if norm < self.clip_norm:",
        "training",
    ),
    Mutant(
        "clipping to a length that forgets the norm", "training",
        "self.clip_norm / norm", "self.clip_norm",
        "training",
    ),
    Mutant(
        "clipping before the penalty", "training",
        "norm = math.sqrt(np.dot(gradient.theta, gradient.theta))",
        "norm = math.sqrt(max(np.dot(g := gradient.theta - self.l2 * theta * self._mask, g), 1e-300))",
        "training",
    ),
    Mutant(
        "settings that drop the momentum", "settings",
        "if type(new) is type(old):", "if False:",
        "training",
    ),
    # the run
    Mutant("a seek that is off by one", "timeline", "while at < frame:", "while at < frame - 1:", "timeline"),
    Mutant(
        "a replay with today's settings", "timeline",
        "at += 1\n            self._use(self._paces[at][2])",
        "at += 1\n            self._use(self.settings)",
        "timeline",
    ),
    Mutant(
        "a diverged network kept", "timeline",
        "            self._restore(self.frame)\n            return False", "            return False",
        "timeline",
    ),
    Mutant(
        "states that are never thinned", "timeline",
        "self._states.pop(leaving, None)", "pass",
        "timeline",
    ),
    Mutant(
        "a split that forgets the classes", "datasets",
        "turn[rows] = np.arange(rows.size) / max(rows.size, 1)", "pass",
        "datasets",
    ),
    Mutant(
        "the two classes swapped", "experiment",
        "np.where(values == 0, high, low)", "np.where(values == 0, low, high)",
        "experiment",
    ),
    Mutant(
        "a seed that doesn't reach the order", "experiment",
        "default_rng([self.seed, 1])", "default_rng(1)",
        "experiment",
    ),
    # numbers that are typed and shown
    Mutant(
        "1,000 read as one", "numbers",
        "if _THOUSAND_OR_DECIMAL.fullmatch(digits):", "if False:",
        "numbers",
    ),
    Mutant(
        "a percent that is ten times too large", "numbers",
        '(2 if found["percent"]', '(1 if found["percent"]',
        "numbers",
    ),
    Mutant("unicode digits read", "numbers", "    re.ASCII,\n)", ")", "numbers"),
    Mutant(
        "a number too small read as 0", "numbers",
        'or (value == 0 and digits.strip("0."))', "",
        "numbers",
    ),
    Mutant(
        "a comma in a list that always separates", "numbers",
        r",(?=[ \t\r\n])", ",",
        "numbers",
    ),
    Mutant(
        "a shown calculation that doesn't recompute", "numbers",
        "if rounded(value, result_digits) == rounded(result, result_digits):", "if True:",
        "numbers",
    ),
    # the checker
    Mutant(
        "one-sided differences", "gradcheck",
        "start + eps * move, start - eps * move", "start + eps * move, start",
        "gradcheck",
    ),
    Mutant(
        "theta left where the check moved it", "gradcheck",
        "moved = Parameters(net.dims, net.bias, net.samples)", "moved = net.parameters",
        "gradcheck",
    ),
    Mutant("kinks that are never said", "gradcheck", "kinks[i] = (", "kinks[i] = False and (", "gradcheck"),
    Mutant(
        "NaN hidden by the maximum", "gradcheck",
        "float(trusted.max())", "float(np.nanmax(trusted))",
        "gradcheck",
    ),
    # what is learned from
    Mutant(
        "every coordinate is the last one", "features",
        "lambda *x, k=k: x[k]", "lambda *x: x[-1]",
        "features",
    ),
    Mutant(
        "columns in the order of the alphabet", "features",
        "enumerate(names)", "enumerate(sorted(names))",
        "features",
    ),
    Mutant(
        "a picture with its bottom row first", "features",
        "np.meshgrid(centres, centres[::-1])", "np.meshgrid(centres, centres)",
        "features",
    ),
    Mutant(
        "corners of pixels for their centres", "features",
        "2.0 * np.arange(pixels) + 1.0", "2.0 * np.arange(pixels)",
        "features",
    ),
    Mutant(
        "an output on the threshold is high", "metrics",
        "~(outputs[:, 0] > threshold)", "~(outputs[:, 0] >= threshold)",
        "metrics",
    ),
    Mutant(
        "an answer NaN that counts as right", "metrics",
        "(predicted == true) & (predicted >= 0)", "predicted == true",
        "metrics",
    ),
    Mutant("R² about one mean of all columns", "metrics", "Y.mean(axis=0)", "Y.mean()", "metrics"),
    Mutant(
        "a confusion matrix on its side", "metrics",
        "truth * classes + guess", "guess * classes + truth",
        "metrics",
    ),
    # settings, schedules, stop conditions
    Mutant(
        "settings that drop the schedule", "settings",
        "trainer.frozen, trainer.schedule = frozen, self.rate_at", "trainer.frozen = frozen",
        "experiment",
    ),
    Mutant(
        "a link that forgets one field", "links",
        "!= getattr(default, name)", '!= getattr(default, name) and name != "bias"',
        "rows",
    ),
    Mutant(
        "parameters read as text", "link_values",
        '_read_whole(text) if text.lstrip("-").isdigit() else _read_number(text)', 'text',
        "rows",
    ),
    Mutant(
        "a provenance that says the optimiser's numbers twice", "provenance",
        "for name, value in getattr(e, field))", 'for name, value in e.optimizer_parameters)',
        "rows",
    ),
    Mutant(
        "left out: weight decay taken for a penalty", "provenance",
        'PENALTIES.get(e.regularization, "")', 'PENALTIES.get(e.regularization, "the L2 penalty")',
        "rows",
    ),
    Mutant(
        "a rate that starts its schedule again", "settings",
        'self.rate_at(trainer.epochs_done)', 'self.rate_at(0)',
        "training",
    ),
    Mutant(
        "a frozen index one beyond the last", "settings",
        "frozen.max() >= trainer", "frozen.max() > trainer",
        "edits",
    ),
    Mutant(
        "an optimiser without its own parameters", "settings",
        "self.weight_decay, **dict(self.parameters)", "self.weight_decay",
        "timeline",
    ),
    Mutant("a constant rate that falls", "schedules", "lambda t: 1.0", "lambda t: 1 / (1 + t)", "schedules"),
    Mutant("a step schedule without steps", "schedules", "t // every", "t / every", "schedules"),
    Mutant("steps one epoch early", "schedules", "t // every", "(t + 1) // every", "schedules"),
    Mutant("1/t that forgets its decay", "schedules", "1.0 + decay * t", "1.0 + t", "schedules"),
    Mutant("decay to the power of 1", "schedules", "decay**t", "decay * t if t else 1.0", "schedules"),
    Mutant("a cosine that rises again", "schedules", "min(t / epochs, 1.0)", "t / epochs", "schedules"),
    Mutant("a cosine from above the base", "schedules", "final + (1.0 - final) *", "final +", "schedules"),
    Mutant(
        "a warm-up that begins at 0", "schedules",
        "(epoch + 1.0) / (warmup + 1.0)", "epoch / warmup",
        "schedules",
    ),
    Mutant(
        "a schedule that counts the warm-up", "schedules",
        "schedule.factor(epoch - warmup", "schedule.factor(epoch",
        "schedules",
    ),
    Mutant("a stop one epoch late", "stopping", "epoch >= self.epoch", "epoch > self.epoch", "stopping"),
    Mutant(
        "a stop epoch that can be missed", "stopping",
        "epoch >= self.epoch", "epoch == self.epoch",
        "stopping",
    ),
    Mutant("a stop at the very loss", "stopping", "loss < self.loss", "loss <= self.loss", "stopping"),
    Mutant("a stop above the score only", "stopping", "metric >= self", "metric > self", "stopping"),
    Mutant(
        "a score of the training samples", "timeline",
        "self.train_losses, self.test_metrics)\n            if",
        "self.train_losses, self.train_metrics)\n            if",
        "stopping",
    ),
    Mutant(
        "a plateau only where the loss rises", "stopping",
        "before * (1 - IMPROVEMENT)", "before",
        "stopping",
    ),
    Mutant(
        "a plateau though it fell by just 0.1 %", "stopping",
        "lately > before", "lately >= before",
        "stopping",
    ),
    Mutant("a plateau an epoch too long", "stopping", "at > epoch - self", "at >= epoch - self", "stopping"),
    Mutant(
        "a plateau counted in frames", "stopping",
        "next(i for i, at in enumerate(epochs) if at > epoch - self.plateau)",
        "max(0, len(epochs) - self.plateau)",
        "stopping",
    ),
    Mutant("a plateau by the last loss alone", "stopping", "min(losses[recent:])", "loss", "stopping"),
    Mutant(
        "a plateau by the loss just before", "stopping",
        "min(losses[:recent], default=loss)", "losses[recent - 1]",
        "stopping",
    ),
    # frozen parameters
    Mutant("a frozen weight that moves", "training", "theta[self.frozen] = kept", "pass", "edits"),
    Mutant(
        "a frozen weight that still decays", "training",
        "        self.optimizer.step(theta, gradient.theta)\n        if kept is not None:\n"
        "            theta[self.frozen] = kept\n",
        "        gradient.theta[self.frozen] = 0\n        self.optimizer.step(theta, gradient.theta)\n",
        "edits",
    ),
    Mutant(
        "a frozen index that outlives its network", "experiment",
        'changes["frozen"] = ()', "pass",
        "edits",
    ),
    # more of the run
    Mutant(
        "an edit that no replay knows", "timeline",
        "self._pinned.add(frame)", "pass",
        "edits",
    ),
    Mutant(
        "clipped steps counted since the start", "timeline",
        "values[-1] -= self.clipped[max(frame - 1, 0)]", "pass",
        "timeline",
    ),
    Mutant(
        "a frame that runs past the stop epoch", "timeline",
        "self.stop.epoch - self.trainer.epochs_done if self.stop.epoch else self.speed", "self.speed",
        "stopping",
    ),
    Mutant(
        "a stop that forbids to go on from earlier", "timeline",
        "if self.frame == self.last:\n            self.stopped", "if True:\n            self.stopped",
        "stopping",
    ),
    Mutant(
        "infinite weights behind a finite loss", "timeline",
        "record.finite and math.isfinite(float(self.trainer.net.theta.sum()))", "record.finite",
        "timeline",
    ),
    Mutant(
        "accuracy at ½ whatever the range", "experiment",
        "sum(self.range) / 2", "0.5",
        "experiment",
    ),
    Mutant(
        "a new layer like the first one", "experiment",
        "known[-1:] * count", "known[:1] * count",
        "experiment",
    ),
    Mutant(
        "noise that never reaches the data", "experiment",
        '"samples", "noise", "train_share")', '"samples", "train_share")',
        "experiment",
    ),
    Mutant(
        "points that change with the weights' seed", "experiment",
        "default_rng(self.data_seed)", "default_rng(self.seed)",
        "experiment",
    ),
    # a step written out
    Mutant(
        "the loss after a step with the old weights", "worked",
        'values.get(replace(part.symbol, mark="new").key, part.value)', "part.value",
        "systems",
    ),
    Mutant(
        "biases that move where they should stay", "worked",
        "if keep_biases or net.b[l] is None", "if net.b[l] is None",
        "systems",
    ),
    Mutant(
        "a loss from outputs rounded to 0 or 1", "worked",
        "formula, other = other, formula", "pass",
        "worked",
    ),
    Mutant(
        "a kink remarked only if all units are on it", "worked",
        "(z == g.kink).any()", "(z == g.kink).all()",
        "worked",
    ),
    Mutant(
        "a kink of the loss only if all are on it", "worked",
        "np.isin(residual, loss.kinks).any()", "np.isin(residual, loss.kinks).all()",
        "worked",
    ),
    Mutant(
        "layers printed from 0", "expressions",
        "return self.layer + 1", "return self.layer",
        "worked",
    ),
    Mutant(
        "the first layer's output printed as the second's", "expressions",
        'self.letter == "a" and not self.of', 'self.letter == "x" and not self.of',
        "worked",
    ),
    Mutant("(AB)ᵀ = AᵀBᵀ", "expressions", "turned.factors[::-1]", "turned.factors", "worked"),
    Mutant(
        "softmax over the samples of a turned formula", "expressions",
        "self._rows(x.T).T", "self._rows(x)",
        "worked",
    ),
    Mutant(
        "a Jacobian of all outputs at once", "expressions",
        'np.eye(len(z)), J)', 'np.ones((len(z), len(z))), J)',
        "worked",
    ),
    Mutant(
        "log softmax that overflows", "expressions",
        "shifted = x - x.max(axis=1, keepdims=True)", "shifted = x",
        "worked",
    ),
    Mutant(
        "Huber' written out without delta", "expressions",
        "np.clip(x, -delta, delta)", "np.clip(x, -1, 1)",
        "worked",
    ),
    Mutant(
        "Huber without its half", "expressions",
        "near * (np.abs(x) - near / 2)", "near * (np.abs(x) - near)",
        "worked",
    ),
    Mutant(
        "2/N written out as 2/(N·K)", "loss_forms",
        '"2/N": lambda N, K: _over(TWO, N)', '"2/N": lambda N, K: _over(TWO, Scaled(N, K))',
        "worked",
    ),
    Mutant(
        "half MSE without its half", "loss_forms",
        '_over(ONE, Scaled(TWO, Scaled(N, K)))', '_over(ONE, Scaled(N, K))',
        "worked",
    ),
    Mutant(
        "cross-entropy from −z", "loss_forms",
        'Scaled(Number(-1.0), z)', 'Scaled(Number(1.0), z)',
        "worked",
    ),
    Mutant(
        "a − y where targets don't sum to 1", "loss_forms",
        "out.residual if sums_to_one else", "out.residual if True else",
        "worked",
    ),
    Mutant(
        "a first step that is dampened", "optimizers",
        'if self.step_count else g, "velocity"', 'if True else g, "velocity"',
        "optimizers",
    ),
    Mutant(
        "Nesterov with the velocity before", "optimizers",
        'keep * p.own("v"), "direction', 'keep * p.old("v"), "direction',
        "optimizers",
    ),
    Mutant(
        "Adam's t a step behind", "optimizers",
        't = self.step_count + 1', 't = max(self.step_count, 1)',
        "optimizers",
    ),
    Mutant(
        "AMSGrad that forgets", "optimizers",
        'p.maximum(p.old("vmax"), squares)', 'squares',
        "optimizers",
    ),
    Mutant(
        "AdamW's decay without the rate", "optimizers",
        'pull = p.number(self.learning_rate, "η") *', "pull =",
        "optimizers",
    ),
    Mutant(
        "an entry that adds what is subtracted", "entries",
        '*((Factor(Number(-1.0), -1.0), *term) for term in at(b))', '*at(b)',
        "worked",
    ),
    Mutant(
        "indices of a transposed W as it lies", "entries",
        'row, column = column, row', 'pass',
        "worked",
    ),
    Mutant(
        "a Jacobian's row for its column", "entries",
        'index=(k, j)', 'index=(j, k)',
        "worked",
    ),
    Mutant(
        "outer products of the errors by the errors", "entries",
        "np.outer(before, error)", "np.outer(error, error)",
        "worked",
    ),
    # the learner's turn
    Mutant("two and a half digits taken for three", "answers", "last / 2 * (1", "last * (1", "answers"),
    Mutant(
        "one digit isn't asked for more", "answers",
        'in (float(f"{right:.1e}"), float(f"{right:.0e}"))', 'in (float(f"{right:.1e}"),)',
        "answers",
    ),
    Mutant("the slip that fits worst", "answers", "first = ranked[0]", "first = ranked[-1]", "answers"),
    Mutant(
        "a slip that is its own twin", "answers",
        "w.slip != first.slip and same", "w is not first and same",
        "answers",
    ),
    Mutant(
        "the largest activation asked for", "exercises",
        "worth[len(worth) // 2]", "worth[-1]",
        "answers",
    ),
    Mutant(
        "an entry on the diagonal asked for", "exercises",
        "sizes = off if min(off.shape) > 1 and off.max() > ZERO else sizes", "pass",
        "answers",
    ),
    Mutant(
        "cross-entropy as a mean over all numbers", "slips",
        '"cce": "N",', '"cce": "N·K",',
        "answers",
    ),
    Mutant("a sum not divided by N", "slips", "yield q.scaled(1 / N)", "yield q.scaled(N)", "answers"),
    Mutant("a missing ½ that isn't known", "slips", "yield q.scaled(0.5)", "yield q.scaled(0.25)", "answers"),
    Mutant("the old weight isn't known", "slips", "yield q.at(old), ", "yield q.at(gradient), ", "answers"),
    Mutant(
        "the step downhill called uphill", "slips",
        "yield q.at(old + step)", "yield q.at(old - step)",
        "answers",
    ),
    Mutant("σ′ at z though a is said", "slips", 'Symbol("a", layer + 1)', 'Symbol("z", layer)', "answers"),
    Mutant(
        "the layer before taken from the layer itself", "slips",
        'z, a = Symbol("z", l - 1), Symbol("a", l)', 'z, a = Symbol("z", l), Symbol("a", l)',
        "answers",
    ),
    Mutant(
        "a wrong number that stops after one step", "recalculation",
        "dirty.add(step.key)", "pass",
        "answers",
    ),
    Mutant(
        "a fused error that no factor reaches", "recalculation",
        '("dL", Symbol("delta", self.last).key)', '("dL",)',
        "answers",
    ),
    Mutant(
        "the output's error left out of the slips", "recalculation",
        "range(self.layer, self.last + 1)", "range(self.layer, self.last)",
        "answers",
    ),
    # examples
    Mutant("torch's draws with 23 bits", "systems", "0xFFFFFF) / 2**24", "0x7FFFFF) / 2**23", "systems"),
    Mutant("weights drawn in×out", "systems", "W.T.ravel()", "W.ravel()", "systems"),
    Mutant("the last sample's biases for all", "systems", "_SEED_000[63:68]", "_SEED_000[78:83]", "systems"),
    # descent
    Mutant("a rise of f taken for a small fall", "descent", "abs(place[1] - f)", "place[1] - f", "descent"),
    Mutant(
        "a slope of the point before", "descent",
        '"tol_grad": place[3]}', '"tol_grad": path[-2][3]}',
        "descent",
    ),
    Mutant(
        "stop tests that aren't strictly less", "descent",
        "if sizes[key] < tol", "if sizes[key] <= tol",
        "descent",
    ),
    Mutant(
        "|Δf| asked after the gradient", "descent",
        'for key in (key for key, tol in watch.items()',
        'for key in (key for key, tol in [*watch.items()][::-1]',
        "descent",
    ),
    Mutant("an ascent that descends", "descent", "move(x, sign * g)", "move(x, g)", "descent"),
    Mutant("a cap that is one step late", "descent", "k == max_steps", "k > max_steps", "descent"),
    Mutant(
        "the farthest minimum", "descent",
        "return min((math.dist", "return max((math.dist",
        "descent",
    ),
    Mutant(
        "a rate over the wrong half", "descent",
        "1 / (self.steps - half)", "1 / half",
        "descent",
    ),
    Mutant(
        "a race that |Δf| stops", "descent",
        '"stops": ("tol_grad",)', '"stops": ("tol_f", "tol_grad")',
        "descent",
    ),
    Mutant(
        "Newton without its rate", "rules",
        "x - rate * np.linalg.solve", "x - np.linalg.solve",
        "descent",
    ),
    Mutant("Armijo without c", "rules", "armijo * float(g @ g)", "0.0 * float(g @ g)", "descent"),
    Mutant(
        "a line search along the curvature", "rules",
        "unit @ unit / (unit @ H @ unit)", "unit @ H @ unit / (unit @ unit)",
        "descent",
    ),
    Mutant("an if that takes 0 with it", "rules", "np.where(g > 0", "np.where(g >= 0", "descent"),
    Mutant("Nesterov as plain momentum", "rules", '{"nesterov": True}', '{"nesterov": False}', "descent"),
    Mutant("monotone only below 1/λmax", "convergence", "factors.min() >= 0", "factors.min() > 0", "descent"),
    Mutant("convergent at 2/λmax", "convergence", "if rate >= 1", "if rate > 1", "descent"),
    Mutant(
        "predicted steps counted from 0", "convergence",
        "(sizes < tol).argmax()) + 1", "(sizes < tol).argmax())",
        "descent",
    ),
    Mutant(
        "a prediction that isn't strictly less", "convergence",
        "(sizes < tol).argmax()", "(sizes <= tol).argmax()",
        "descent",
    ),
    Mutant(
        "a predicted gradient without λ", "convergence",
        "((lambdas * errors) ** 2).sum(axis=1)", "(errors**2).sum(axis=1)",
        "descent",
    ),
    Mutant(
        "a best step of 1/(λmax + λmin)", "convergence",
        "2 / (high + low)", "1 / (high + low)",
        "descent",
    ),
    Mutant(
        "a bowl turned the other way", "surfaces",
        "(first - second) * sin", "(second - first) * sin",
        "surfaces",
    ),
    Mutant(
        "Rosenbrock's bend with one sign wrong", "surfaces",
        "2 - 400 * up + 800", "2 + 400 * up + 800",
        "surfaces",
    ),
    Mutant("Himmelblau's twist a product", "surfaces", "4 * (x + y)", "4 * x * y", "surfaces"),
    Mutant("Beale's n² for n(n − 1)", "surfaces", "n * (n - 1)", "n * n", "surfaces"),
    Mutant("Rastrigin's slope without 2π", "surfaces", "2 * y + 10 * w *", "2 * y + 10 *", "surfaces"),
    Mutant("Hessian entries in the wrong places", "surfaces", "(0, 1, 1, 2)", "(0, 1, 2, 1)", "surfaces"),
    # looking at a network
    Mutant(
        "a ReLU dead for one sample", "diagnostics",
        '.all(axis=0).sum()', '.any(axis=0).sum()',
        "diagnostics",
    ),
    Mutant(
        "a ReLU at 0 alive", "diagnostics",
        '(least >= A)', '(least > A)',
        "diagnostics",
    ),
    Mutant(
        "sigmoids that lie flat only at 1", "activations",
        'alive=(0.005, 0.995), sign="σ"', 'alive=(-inf, 0.995), sign="σ"',
        "diagnostics",
    ),
    Mutant(
        "a layer stuck by a single unit", "diagnostics",
        "== A[l].shape[1]", "> 0",
        "diagnostics",
    ),
    Mutant("an output layer that blocks", "diagnostics", "activations[:-1]", "activations", "diagnostics"),
    Mutant(
        "a loss grid on its side", "landscape",
        'plane.at(alphas[i], betas[j]) for j, i in part', 'plane.at(alphas[j], betas[i]) for j, i in part',
        "landscape",
    ),
    Mutant(
        "a weight counted twice on its axis", "landscape",
        "origin[place], unit[place] = 0.0, 1.0", "unit[place] = 1.0",
        "landscape",
    ),
    Mutant(
        "a projection as if u ⟂ v", "landscape",
        "np.linalg.lstsq(basis, offsets.T, rcond=None)[0].T",
        "offsets @ basis / (basis * basis).sum(axis=0)",
        "landscape",
    ),
    Mutant("losses of path and shadow swapped", "landscape", "true, seen)", "seen, true)", "landscape"),
    Mutant(
        "spread for its square", "landscape",
        "sizes[:2] ** 2 / ((sizes**2)", "sizes[:2] / ((sizes)",
        "landscape",
    ),
    Mutant("a path about its start", "landscape", "path - path.mean(axis=0)", "path - path[0]", "landscape"),
    Mutant(
        "an axis whose sign is chance", "landscape",
        "row * np.sign(row[np.abs(row).argmax()])", "-row",
        "landscape",
    ),
    Mutant(
        "directions normalised as a whole", "landscape",
        "np.linalg.norm(W, axis=0) / np.linalg.norm(D, axis=0)", "np.linalg.norm(W) / np.linalg.norm(D)",
        "landscape",
    ),
    Mutant(
        "fine points never measured", "landscape",
        "fresh[::2, ::2] = False", "fresh[::2] = False",
        "landscape",
    ),
    Mutant(
        "a landscape that forgets theta", "landscape",
        "run_forward(self.net, self.trace, self.parameters)",
        "run_forward(self.net, self.trace, self.net.parameters)",
        "landscape",
    ),
    Mutant(
        "a span without a margin", "landscape",
        "margin * np.maximum(width", "0.0 * np.maximum(width",
        "landscape",
    ),
    # checks of values and options
    Mutant("rows that needn't match", "arrays", "and rows in (None, len(matrix))", "", "arrays"),
    Mutant(
        "a batch of no samples", "arrays",
        "matrix.ndim == 2 and len(matrix) and", "matrix.ndim == 2 and",
        "arrays",
    ),
    Mutant("above that includes its bound", "arrays", "above < number", "above <= number", "arrays"),
    Mutant("most that excludes its bound", "arrays", "number <= most", "number < most", "arrays"),
    Mutant("infinity where no bound is", "arrays", "isfinite(number) and above", "above", "arrays"),
    Mutant(
        "True as the number 1", "arrays",
        "isinstance(value, bool | np.bool_) or", "False or",
        "arrays",
    ),
    Mutant(
        "3.0 as a count", "arrays",
        "not isinstance(value, int | np.integer)", "value != int(value)",
        "arrays",
    ),
    Mutant(
        "infinity in the data taken", "arrays",
        "if not np.isfinite(value).all():", "if np.isnan(value).any():",
        "arrays",
    ),
    Mutant(
        "the column of a NaN called its row", "arrays",
        "np.argwhere(~np.isfinite(value))[0][0]", "np.argwhere(~np.isfinite(value))[0][-1]",
        "arrays",
    ),
    Mutant(
        "another seed for None each time", "arrays",
        "default_rng(0 if rng is None else rng)", "default_rng(rng)",
        "arrays",
    ),
    Mutant(
        "a switch that takes 1 for True", "options",
        "not isinstance(value, bool)", "value not in (True, False)",
        "options",
    ),
    Mutant(
        "a parameter without a maximum", "options",
        "least=self.minimum, most=self.maximum", "least=self.minimum",
        "options",
    ),
    Mutant(
        "a parameter without a minimum", "options",
        "least=self.minimum, most=self.maximum", "most=self.maximum",
        "options",
    ),
    Mutant(
        "parameters that stay at their defaults", "options",
        "given.get(row.name, row.default)", "row.default",
        "options",
    ),
    Mutant(
        "a misspelt parameter passed over", "options",
        'check_choice("parameter", name, [row.name for row in rows])', "pass",
        "options",
    ),
)  # fmt: skip


def copy_of_the_engine(parent: str) -> Path:
    """A fresh folder with all that the engine's tests need."""
    room = Path(tempfile.mkdtemp(dir=parent))
    for part in ("engine", "tests/engine", "tests/golden"):
        shutil.copytree(ROOT / part, room / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", room)
    return room


def run_tests(room: Path, names: str, patience: float | None = PATIENCE) -> tuple[bool, str]:
    """Whether the tests fail, and the first that does."""
    files = [str(path) for name in names.split() for path in (room / "tests/engine").rglob(f"test_{name}.py")]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *files]
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(room),
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # loading plugins takes longer than most of these tests
    }
    try:
        done = subprocess.run(
            command, cwd=room, env=environment, capture_output=True, text=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return True, f"no end in {patience:g} s"
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(f"pytest ended with {done.returncode}.\n{done.stdout}{done.stderr}")
    first = re.search(r"^(?:FAILED|ERROR) \S*?(test_\w+)\.py(?:::(\w+))?", done.stdout, re.MULTILINE)
    return done.returncode != 0, (first.group(2) or first.group(1)) if first else "no import"


def try_out(mutant: Mutant, rooms: SimpleQueue[Path]) -> tuple[Mutant, str, str]:
    """Break a copy, run the tests that must notice, and mend the copy again."""
    room = rooms.get()
    try:
        (file,) = (room / "engine").rglob(f"{mutant.file}.py")
        text = file.read_text()
        if text.count(mutant.old) != 1:
            return mutant, "STALE", f"its text stands {text.count(mutant.old)} times in {mutant.file}.py"
        file.write_text(text.replace(mutant.old, mutant.new))
        failed, first = run_tests(room, mutant.tests)
        file.write_text(text)
        return mutant, "killed" if failed else "SURVIVED", first if failed else f"by test_{mutant.tests}"
    finally:
        rooms.put(room)


def main(words: list[str]) -> int:
    """Try all mutants whose row contains one of the words."""
    chosen = [m for m in MUTANTS if not words or any(word.lower() in str(m).lower() for word in words)]
    began, bad = time.monotonic(), []
    with tempfile.TemporaryDirectory() as parent:
        rooms: SimpleQueue[Path] = SimpleQueue()
        room = copy_of_the_engine(parent)
        names = dict.fromkeys(name for mutant in chosen for name in mutant.tests.split())
        failed, first = run_tests(room, " ".join(names), patience=None)
        if failed:
            print(f"The engine fails its own tests, so nothing can be said of the mutants: {first}")
            return 2
        rooms.put(room)
        for _ in range(AT_ONCE - 1):
            rooms.put(copy_of_the_engine(parent))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for mutant, end, why in pool.map(lambda mutant: try_out(mutant, rooms), chosen):
                print(f"{end:9}{mutant.file + '.py':22}{mutant.what:52}{why}", flush=True)
                bad += [mutant] if end != "killed" else []
    seconds = time.monotonic() - began
    print(f"{len(chosen) - len(bad)} of {len(chosen)} mutants killed in {seconds:.0f} s.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
