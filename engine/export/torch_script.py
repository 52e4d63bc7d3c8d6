"""A run as a script for PyTorch: the same samples, weights and mini-batches, autograd and torch.optim."""

from engine.export.data_code import data_lines
from engine.export.loop_code import Setup, loop_lines
from engine.export.network_code import codes
from engine.export.plan import plan
from engine.export.text import heading, number, once
from engine.export.torch_network import first_weights, linear_layers, module_lines, places
from engine.export.update_code import rate_line
from engine.initializers import INITIALIZERS
from engine.optimizers import OPTIMIZERS, TINY
from engine.runs.experiment import Experiment
from engine.runs.run import Run
from engine.runs.settings import Settings

WAKING = {
    "amsgrad": "AMSGrad",
    "centered": "the centred average",
    "momentum": "momentum",
}
"""What PyTorch's optimisers can't begin to remember once they have made a step."""


def torch_script(run: Run, *, epochs: int) -> str:
    """A Python script that trains as the run does with PyTorch, in double precision.

    Data, first weights and the order of the samples are drawn with NumPy, as the engine draws them, so that
    the losses can be compared. The last line that it prints is "train_loss" and the loss over all training
    samples, as repr writes it.

    Args, Raises: as for numpy_script; ValueError also for what PyTorch's optimisers can't change while they
                  train.
    """
    p = plan(run, epochs)
    e = p.experiment
    activations, loss = codes(e)
    where, layers = places(e), linear_layers(e)
    names = [f"{layer}.{kind}" for layer in layers for kind in _tensors(e)]

    def write(index: int, value: float) -> list[str]:
        tensor, place = where[index]
        return [f"{names[tensor]}.data[{place}] = {number(value)}  # set by hand"]

    penalised = any(settings.l1 or settings.l2 for _, settings in p.legs)
    setups: list[tuple[int, Setup]] = []
    before: Settings | None = None
    for step, settings in p.legs:
        setups.append((step, (_setup(settings, before, where), _named(settings))))
        before = settings
    helpers = [
        INITIALIZERS[e.initializer].helper,
        *(code.torch_helper for code in activations),
        *(OPTIMIZERS[settings.optimizer].torch_helper for _, settings in p.legs),
    ]
    lines = [
        *heading(run, p, "PyTorch and NumPy"),
        "import numpy as np",
        "import torch",
        "from torch import nn",
        "",
        "torch.set_default_dtype(torch.float64)",
        *data_lines(e),
        "X, Y = torch.from_numpy(X), torch.from_numpy(Y)",
        *once(helpers),
        "",
        "",
        *module_lines(e),
        *first_weights(e),
        *(line for index, value in p.first for line in write(index, value)),
        *([f"weights = [{', '.join(f'{layer}.weight' for layer in layers)}]"] if penalised else []),
        "",
        "",
        "def loss(X, Y):",
        f"    return {loss.torch.format(A='net(X)', Z='net(X)')}",
        "",
        "",
        *loop_lines(
            p,
            setups=setups,
            parts=[(step, _step(settings)) for step, settings in p.legs],
            step=[],
            write=write,
        ),
        "",
        'print("train_loss", repr(loss(X, Y).item()))',
    ]
    return "\n".join(lines) + "\n"


def _tensors(e: Experiment) -> tuple[str, ...]:
    return ("weight", "bias") if e.bias == "shared" else ("weight",)


def _named(settings: Settings) -> dict[str, str]:
    """The numbers that a step calls by name."""
    given = {name: getattr(settings, name) for name in ("l1", "l2", "clip_norm")}
    used = {name: number(value) for name, value in given.items() if value}
    return {"learning_rate": number(settings.learning_rate)} | used


def _setup(settings: Settings, before: Settings | None, where: list[tuple[int, str]]) -> list[str]:
    """Lines that make the optimiser, or change its numbers, and say what is frozen."""
    row, lines = OPTIMIZERS[settings.optimizer], []
    arguments = _arguments(settings)
    if before is None or before.optimizer != settings.optimizer:
        usual = _arguments(Settings(settings.optimizer))
        if row.make.decoupled:
            usual["weight_decay"] = ""  # PyTorch's own isn't 0, so it is always written
        given = _written(arguments, usual)
        lines.append(f"optimizer = {row.torch}(net.parameters(), lr=learning_rate{given})")
    else:
        _check_waking(settings, before)
        if _rate(settings) != _rate(before):
            lines.append('optimizer.param_groups[0]["lr"] = learning_rate')
        if given := _written(arguments, _arguments(before)):
            lines.append(f"optimizer.param_groups[0].update({given.removeprefix(', ')})")
    if settings.frozen and (before is None or before.frozen != settings.frozen):
        lines.append("free = [torch.ones_like(p) for p in net.parameters()]  # 0 where a parameter is frozen")
        lines += [f"free[{where[i][0]}][{where[i][1]}] = 0" for i in settings.frozen]
    return lines


def _rate(settings: Settings) -> tuple[object, ...]:
    return settings.learning_rate, settings.schedule, settings.schedule_parameters


def _arguments(settings: Settings) -> dict[str, str]:
    """The optimiser's numbers, but for its learning rate, as PyTorch calls them."""
    row = OPTIMIZERS[settings.optimizer]
    values = {parameter.name: parameter.default for parameter in row.parameters} | dict(settings.parameters)
    values = {name: value or TINY if name == "eps" else value for name, value in values.items()}
    written = {name: number(value) for name, value in values.items()}
    decay = {"weight_decay": number(settings.weight_decay)}
    return decay | {name: text.format(**written) for name, text in row.torch_arguments}


def _written(arguments: dict[str, str], known: dict[str, str]) -> str:
    """The arguments that differ from those that are known."""
    return "".join(f", {name}={value}" for name, value in arguments.items() if value != known.get(name))


def _check_waking(settings: Settings, before: Settings) -> None:
    """Refuse what starts to remember in the middle, where PyTorch's optimisers would differ or fail."""
    now, then = dict(settings.parameters), dict(before.parameters)
    for name, words in WAKING.items():
        plain = name == "momentum" and settings.optimizer == "sgd" and not now.get("dampening")
        if now.get(name) and not then.get(name) and not plain:
            raise ValueError(f"A script for PyTorch can't switch {words} on while it trains.")


def _step(settings: Settings) -> list[str]:
    """One step: the gradient by autograd, penalties, clipping, frozen parameters and the optimiser."""
    scheduled = rate_line(settings)
    lines = [scheduled, 'optimizer.param_groups[0]["lr"] = rate'] if scheduled else []
    lines += ["optimizer.zero_grad()", "of_batch = loss(X[batch], Y[batch])"]
    if settings.l2:
        lines.append("of_batch = of_batch + l2 / 2 * sum((W**2).sum() for W in weights)")
    if settings.l1:
        lines.append("of_batch = of_batch + l1 * sum(W.abs().sum() for W in weights)")
    lines.append("of_batch.backward()")
    if settings.clip_norm:
        gradients = "p.grad for p in net.parameters()"
        if settings.frozen:
            gradients = "p.grad * f for p, f in zip(net.parameters(), free)"
        lines += [
            f"norm = torch.cat([g.flatten() for g in ({gradients})]).norm()",
            "if norm > clip_norm:",
            "    for p in net.parameters():",
            "        p.grad *= clip_norm / norm",
        ]
    if not settings.frozen:
        return [*lines, "optimizer.step()"]
    return [
        *lines,
        "kept = [p.detach().clone() for p in net.parameters()]",
        "optimizer.step()",
        "for p, k, f in zip(net.parameters(), kept, free):",
        "    p.data[f == 0] = k[f == 0]",
    ]
