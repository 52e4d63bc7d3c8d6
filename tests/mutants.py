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
        "if self.nesterov:", "if False:",
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
)  # fmt: skip


def copy_of_the_engine(parent: str) -> Path:
    """A fresh folder with all that the engine's tests need."""
    room = Path(tempfile.mkdtemp(dir=parent))
    for part in ("engine", "tests/engine", "tests/golden"):
        shutil.copytree(ROOT / part, room / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", room)
    return room


def run_tests(room: Path, names: str) -> tuple[bool, str]:
    """Whether the tests fail, and the first that does."""
    files = [str(path) for name in names.split() for path in (room / "tests/engine").rglob(f"test_{name}.py")]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *files]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(room)}
    try:
        done = subprocess.run(
            command, cwd=room, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return True, f"no end in {PATIENCE} s"
    if done.returncode not in (0, 1, 2):
        raise RuntimeError(done.stdout + done.stderr)
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
        failed, first = run_tests(room, " ".join(dict.fromkeys(n for m in chosen for n in m.tests.split())))
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
