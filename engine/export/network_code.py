"""The network of a run as lines of NumPy: its weights at first, both passes, the loss."""

from itertools import pairwise

from engine.activations import ACTIVATIONS, Activation
from engine.export.text import number
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES, Loss
from engine.options import Code
from engine.runs.experiment import Experiment


def codes(e: Experiment) -> tuple[list[Code], Code]:
    """How the activations of all layers and the loss are written.

    Raises: ValueError for one that isn't known in scripts.
    """
    names = (*e.activations, e.output_activation)
    return [_code(ACTIVATIONS[name]) for name in names], _code(LOSSES[e.loss])


def _code(row: Activation | Loss) -> Code:
    if row.code is None:
        raise ValueError(f"{row.label} can't be written in a script.")
    return row.code


def weight_lines(e: Experiment) -> list[str]:
    """Lines that make theta (P,), its views W1, b1, W2 … and the numbers in them at first."""
    rule, end, views, draws = INITIALIZERS[e.initializer], 0, [], []
    for l, shape in enumerate(pairwise(e.dims), 1):
        start, end = end, end + shape[0] * shape[1]
        view = f"W{l} = theta[{start}:{end}].reshape{shape}"
        draws.append(f"W{l}[:] = {rule.code.format(scale=number(rule.scale(*shape)), shape=shape)}")
        if e.bias == "shared":
            start, end = end, end + shape[1]
            view = f"{view[: view.index(' =')]}, b{l}{view[view.index(' =') :]}, theta[{start}:{end}]"
            if rule.bias:
                draws.append(f"b{l}[:] = {number(rule.bias)}")
        views.append(view)
    return [
        "# All weights and biases lie in one vector; W1, b1 and so on are views on it",
        f"theta = np.zeros({end})",
        *views,
        f"rng = np.random.default_rng({e.seed})",
        *draws,
    ]


def mask_line(e: Experiment) -> str:
    """1 at each weight, 0 at each bias, as penalties act on weights alone."""
    if e.bias == "none":
        return "is_weight = np.ones(theta.size)"
    parts = [f"np.ones({n * m}), np.zeros({m})" for n, m in pairwise(e.dims)]
    return f"is_weight = np.concatenate([{', '.join(parts)}])"


def layer_names(e: Experiment) -> list[str]:
    """What forward returns: Z1, A1, Z2 …"""
    return [f"{letter}{l}" for l in range(1, len(e.dims)) for letter in "ZA"]


def forward_lines(e: Experiment, activations: list[Code]) -> list[str]:
    """Z1, A1, Z2 … from X, and how wide they are."""
    lines = []
    for l, (code, (fan_in, fan_out)) in enumerate(zip(activations, pairwise(e.dims), strict=True), 1):
        below = "X" if l == 1 else f"A{l - 1}"
        bias = f" + b{l}" if e.bias == "shared" else ""
        lines.append(f"Z{l} = {below} @ W{l}{bias}  # {fan_in} -> {fan_out}")
        lines.append(f"A{l} = {code.value.format(Z=f'Z{l}')}")
    return lines


def backward_lines(e: Experiment, activations: list[Code], loss: Code) -> list[str]:
    """Everything from the loss back to its gradient (P,)."""
    last, lines, parts = len(activations), [], []
    for l in range(last, 0, -1):
        names = {"Z": f"Z{l}", "A": f"A{l}", "dA": f"dA{l}"}
        code = activations[l - 1]
        if l == last and loss.whole:
            lines.append(f"dZ{l} = {loss.whole.format(**names)}")
        else:
            dA = loss.slope.format(**names) if l == last else f"dZ{l + 1} @ W{l + 1}.T"
            lines.append(f"dA{l} = {dA}")
            dZ = code.whole.format(**names) if code.whole else f"dA{l} * {code.slope.format(**names)}"
            lines.append(f"dZ{l} = dA{l}" if code.slope == "1" else f"dZ{l} = {dZ}")
        below = "X" if l == 1 else f"A{l - 1}"
        if e.bias == "shared":
            lines.append(f"dW{l}, db{l} = {below}.T @ dZ{l}, dZ{l}.sum(axis=0)")
        else:
            lines.append(f"dW{l} = {below}.T @ dZ{l}")
    for l in range(1, last + 1):
        parts += [f"dW{l}.ravel()", *([f"db{l}"] if e.bias == "shared" else [])]
    return [*lines, f"return np.concatenate([{', '.join(parts)}])"]
