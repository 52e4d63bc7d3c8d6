"""The network of a run in PyTorch: its layers, where each parameter lies in them, its first weights."""

from itertools import pairwise

from engine.export.network_code import codes
from engine.export.text import indented, number
from engine.initializers import INITIALIZERS
from engine.network import Network
from engine.runs.experiment import Experiment


def module_lines(e: Experiment) -> list[str]:
    """Lines that make `net`; an output activation that is part of the loss is left out."""
    lines = [line for _, line in _modules(e)]
    return ["net = nn.Sequential(", *indented(lines), ")"]


def linear_layers(e: Experiment) -> list[str]:
    """What the linear layers are called, net[0] and so on."""
    return [f"net[{i}]" for i, (is_linear, _) in enumerate(_modules(e)) if is_linear]


def _modules(e: Experiment) -> list[tuple[bool, str]]:
    """Each module of the network, and whether it is a linear layer."""
    activations, loss = codes(e)
    bias = "" if e.bias == "shared" else ", bias=False"
    modules = []
    for l, (code, shape) in enumerate(zip(activations, pairwise(e.dims), strict=True)):
        inside = l == len(activations) - 1 and loss.whole
        comment = f"  # {e.output_activation}: in the loss" if inside else ""
        modules.append((True, f"nn.Linear({shape[0]}, {shape[1]}{bias}),{comment}"))
        if not inside:
            modules.append((False, f"{code.torch},"))
    return modules


def first_weights(e: Experiment) -> list[str]:
    """Lines that draw the weights with NumPy, as the engine does, and write them into the layers."""
    rule, layers = INITIALIZERS[e.initializer], linear_layers(e)
    draws, writes = [], []
    for layer, shape in zip(layers, pairwise(e.dims), strict=True):
        draw = rule.code.format(scale=number(rule.scale(*shape)), shape=shape)
        draws.append(f"W = {draw}")
        draws.append(f"{layer}.weight.data[:] = torch.from_numpy(W.T)")
        if e.bias == "shared":
            writes.append(f"{layer}.bias.data.fill_({number(rule.bias)})")
    return [
        "# The first weights, drawn as (fan_in, fan_out); PyTorch keeps them as (fan_out, fan_in)",
        f"rng = np.random.default_rng({e.seed})",
        *draws,
        *writes,
    ]


def places(e: Experiment) -> list[tuple[int, str]]:
    """Where each entry of theta lies: the number of its tensor in net.parameters(), and its index there."""
    net, found = Network(e.dims, ("linear",) * (len(e.dims) - 1), bias=e.bias, initializer="zeros"), []
    for l, W in enumerate(net.W):
        fan_in, fan_out = W.shape
        tensor = l if e.bias == "none" else 2 * l
        found += [(tensor, f"{j}, {i}") for i in range(fan_in) for j in range(fan_out)]
        if e.bias == "shared":
            found += [(tensor + 1, f"{j}") for j in range(fan_out)]
    return found
