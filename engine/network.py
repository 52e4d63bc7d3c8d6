"""A network passes numbers forward layer by layer, and the blame for its loss backward the same way."""

from collections.abc import Sequence
from copy import copy
from itertools import accumulate, groupby, pairwise
from typing import Self

import numpy as np

from engine.activations import Activation, make_activation
from engine.arrays import (
    Array,
    as_generator,
    as_matrix,
    as_reals,
    brief,
    carve,
    check_choice,
    check_count,
    check_list,
    check_type,
)
from engine.calls import Calls, perform
from engine.initializers import INITIALIZERS, initialize
from engine.losses import Loss, make_loss
from engine.parameters import BIASES, Bias, Biases, Parameters, Weights


class Trace:
    """Everything that one forward pass of some samples (rows) computed.

    A[0] is X; Z[l] = A[l] @ W[l] + b[l] and A[l+1] = g_l(Z[l]), all (N, width).
    The memory behind them is transposed, (width, N), so that a neuron's values over all samples lie together;
    below each A is a row of 1s, which the shared biases multiply. Without keep_Z all layers share the memory
    of Z.
    all_Z_T has Z[0], Z[1] … one below the other, and all_A_T has A[1], A[2] … in the same rows, rows[l]: what
    is done to each entry alone can so be done to several layers at once.
    """

    def __init__(self, net: "Network", rows: int, *, dtype: type = np.float64, keep_Z: bool = True) -> None:
        dims, ones = net.dims, int(net.bias == "shared")
        layers = dims[1:] if keep_Z else (max(dims[1:]),)
        memory, room = carve([(width + ones, rows) for width in (*dims, *layers)], dtype)
        for matrix in room:
            matrix[-1] = 1  # without shared biases this is the last row of A or Z, filled later
        self.inputs_T = room[: len(dims)]
        below = room[len(dims) :] if keep_Z else room[-1:] * len(dims[1:])
        self.Z_T = [matrix[:width] for matrix, width in zip(below, dims[1:], strict=True)]
        self.A = tuple(inputs[:width].T for inputs, width in zip(self.inputs_T, dims, strict=True))
        self.Z = tuple(Z_T.T for Z_T in self.Z_T)
        starts = list(accumulate((len(inputs) for inputs in self.inputs_T[1:]), initial=0))
        self.rows = [slice(start, start + width) for start, width in zip(starts, dims[1:], strict=False)]
        below_X = memory.reshape(-1, rows)[dims[0] + ones :]
        self.all_A_T, self.all_Z_T = below_X[: starts[-1]], below_X[starts[-1] :]

    @property
    def layout(self) -> str:
        """What the network must be like that takes this trace, in words."""
        return _layout([A.shape[1] for A in self.A], len(self.inputs_T[0]) > self.A[0].shape[1])

    def reading(self, inputs_T: Array) -> Self:
        """A trace in the same memory that reads its samples from inputs_T (D + 1, rows), ending in ones."""
        trace = copy(self)
        trace.inputs_T = [inputs_T, *self.inputs_T[1:]]
        trace.A = (inputs_T[: self.A[0].shape[1]].T, *self.A[1:])
        return trace

    def first(self, rows: int) -> Self:
        """The first rows of this trace, in the same memory."""
        trace = copy(self)
        trace.inputs_T = [inputs[:, :rows] for inputs in self.inputs_T]
        trace.Z_T = [Z[:, :rows] for Z in self.Z_T]
        trace.A, trace.Z = tuple(A[:rows] for A in self.A), tuple(Z[:rows] for Z in self.Z)
        trace.all_A_T, trace.all_Z_T = self.all_A_T[:, :rows], self.all_Z_T[:, :rows]
        return trace


def _layout(dims: Sequence[int], shared: bool) -> str:
    return f"{'-'.join(map(str, dims))} {'with' if shared else 'without'} shared biases"


class Gradient:
    """The derivatives of a loss: theta (P,) with its views dW and db, and dZ, dA per layer (N, width).

    dA[l] belongs to A[l], so dA[0] is dL/dX and dA[-1] is dL/d(output); dZ[l] belongs to Z[l].
    """

    def __init__(self, net: "Network", rows: int) -> None:
        self.parameters = Parameters(net.dims, net.bias, net.samples)
        self.theta, self.dW, self.db = self.parameters.theta, self.parameters.W, self.parameters.b
        _, room = carve([(width, rows) for width in (*net.dims, *net.dims[1:])])
        self.dA_T, self.dZ_T = room[: len(net.dims)], room[len(net.dims) :]
        self.dA, self.dZ = (tuple(matrix.T for matrix in part) for part in (self.dA_T, self.dZ_T))


class Network:
    """A fully connected feed-forward network: A[l+1] = g_l(A[l] @ W[l] + b[l]).

    Args:
        dims:        (inputs, hidden widths..., outputs), e.g. (2, 4, 2, 1).
        activations: one per layer, each a name in ACTIVATIONS or make_activation(...).
        bias:        "shared" (b[l] is (fan_out,)), "none" (b[l] is None) or "per_sample" (b[l] is
                     (samples, fan_out): the network then takes exactly `samples` rows).
        initializer: a name in INITIALIZERS.
        rng:         np.random.Generator or int seed; None means seed 0.
    Attributes: theta (P,) owns every parameter; W, b are tuples of writable views on it. Assigning to theta,
                W, b, W[l] or b[l] copies the numbers into its memory. copy.deepcopy gives a network with a
                memory of its own; copy.copy one that shares it, so that both move together.
    Raises:  ValueError for widths < 1, a wrong number of activations, an unknown name.
    Source:  Goodfellow, Bengio & Courville (2016), Deep Learning, sections 6.4 and 6.5.
    """

    def __init__(
        self,
        dims: Sequence[int],
        activations: Sequence[str | Activation],
        *,
        bias: Bias = "shared",
        samples: int | None = None,
        initializer: str = "glorot_uniform",
        rng: np.random.Generator | int | None = None,
    ) -> None:
        widths = check_list("dims", dims, "widths")
        self.dims = tuple(check_count("Every width in dims", width) for width in widths)
        layers = len(self.dims) - 1
        if layers < 1:
            raise ValueError(f"dims must name at least inputs and outputs. Got {self.dims}.")
        if not isinstance(activations, list | tuple) or len(activations) != layers:
            rule = f"one per layer, {layers} for dims {self.dims}"
            raise ValueError(f"activations must be {rule}. Got {brief(activations)}.")
        check_choice("bias", bias, BIASES)
        if (bias == "per_sample") != (samples is not None):
            raise ValueError(f'samples must be given with bias="per_sample" and only then. Got {samples}.')
        self.activations = tuple(make_activation(activation) for activation in activations)
        self.bias: Bias = bias
        self.samples = None if samples is None else check_count("samples", samples)
        self.parameters = Parameters(self.dims, bias, samples)
        rng = as_generator(rng)
        for W, b, (fan_in, fan_out) in zip(self.W, self.b, pairwise(self.dims), strict=True):
            W[...] = initialize(initializer, fan_in, fan_out, rng)
            if b is not None:
                b[...] = INITIALIZERS[initializer].bias

    def __repr__(self) -> str:
        names = " ".join(activation.name for activation in self.activations)
        biases = {"shared": "", "none": ", no biases", "per_sample": f", biases for {self.samples} samples"}
        widths = "-".join(map(str, self.dims))
        return f"Network({widths}, {names}, {self.theta.size} parameters{biases[self.bias]})"

    @property
    def theta(self) -> Array:
        """Every weight and bias in one vector (P,)."""
        return self.parameters.theta

    @theta.setter
    def theta(self, values: object) -> None:
        self.parameters.theta = values

    @property
    def W(self) -> Weights:
        """The weights (fan_in, fan_out) of each layer, views on theta."""
        return self.parameters.W

    @W.setter
    def W(self, values: object) -> None:
        self.parameters.W.assign(values)

    @property
    def b(self) -> Biases:
        """The biases of each layer, views on theta, or None."""
        return self.parameters.b

    @b.setter
    def b(self, values: object) -> None:
        self.parameters.b.assign(values)

    def forward(self, X: object) -> Trace:
        """Pass samples through the network.

            Z[l] = A[l] @ W[l] + b[l],  A[l+1] = g_l(Z[l])

        Args:    X: (N, dims[0]) samples as rows; NaN is passed on, never hidden.
        Returns: a Trace that no later call overwrites.
        Raises:  ValueError for another shape.
        """
        matrix = as_matrix("X", X, columns=self.dims[0], rows=self.samples)
        trace = Trace(self, len(matrix))
        trace.A[0][...] = matrix
        with np.errstate(all="ignore"):
            perform(forward_pass(self, trace, self.parameters))
        return trace

    def predict(self, X: object) -> Array:
        """The outputs (N, K) for samples X (N, dims[0])."""
        return self.forward(X).A[-1]

    def loss(self, trace: Trace, Y: object, loss: str | Loss) -> float:
        """The loss of a forward pass against targets.

        Args:
            Y:    (N, K) targets: 0/1 for a sigmoid output, ±1 for tanh, one-hot rows for softmax.
            loss: a name in LOSSES or make_loss(...); its formula says how it is normalised.
        Returns: L; NaN or infinity where numbers overflowed.
        Raises:  ValueError for another shape of Y, or a loss not defined for this output or these targets.
        """
        self._check_trace(trace)
        loss = self.checked_loss(loss)
        targets = self.checked_targets("Y", Y, loss, len(trace.A[-1]))
        with np.errstate(all="ignore"):
            return loss.value(trace.Z[-1], trace.A[-1], targets)

    def backward(self, trace: Trace, Y: object, loss: str | Loss) -> Gradient:
        """The gradient of the loss by backpropagation, from the output back to the input.

            dZ[l] = (∂A[l+1]/∂Z[l])ᵀ dA[l+1],  dW[l] = A[l]ᵀ dZ[l],  db[l] = 1ᵀ dZ[l],  dA[l] = dZ[l] W[l]ᵀ

        Returns: Gradient. For bce and cce dZ[-1] is fused; dA[-1] is the plain formula and may be infinite.
        Args, Raises: as for loss.
        """
        self._check_trace(trace)
        loss = self.checked_loss(loss)
        targets = self.checked_targets("Y", Y, loss, len(trace.A[-1]))
        gradient = Gradient(self, len(targets))
        with np.errstate(all="ignore"):
            perform(loss.backward(trace.A[-1], targets, gradient.dA[-1]))
            perform(backward_pass(self, trace, targets, loss, gradient))
            np.dot(self.W[0], gradient.dZ_T[0], gradient.dA_T[0])
        return gradient

    def _check_trace(self, trace: Trace) -> None:
        """Refuse the trace of a network with other widths, or with shared biases where this one has none."""
        check_type("trace", trace, Trace)
        ours, theirs = _layout(self.dims, self.bias == "shared"), trace.layout
        if ours != theirs:
            raise ValueError(f"trace must be of a network {ours}. Got one of {theirs}.")

    def checked_loss(self, loss: str | Loss) -> Loss:
        """Return the Loss. Raises: ValueError if it is not defined for this network's output."""
        loss = make_loss(loss)
        loss.check_output(self.activations[-1].name, self.dims[-1])
        return loss

    def checked_targets(self, name: str, Y: object, loss: Loss, rows: int) -> Array:
        """Return Y as a matrix (rows, K). Raises: ValueError for another shape, or what the loss refuses."""
        targets = as_matrix(name, Y, columns=self.dims[-1], rows=rows)
        loss.check_targets(name, targets)
        return targets


# Both passes work on the transposed matrices, and with np.dot: for small ones it costs half of what np.matmul
# costs, but it writes only into memory laid out row by row.


def forward_pass(net: Network, trace: Trace, parameters: Parameters) -> Calls:
    """Fill trace from its A[0]; parameters are the network's own or a copy in another precision."""
    for l, activation in enumerate(net.activations):
        yield np.dot, parameters.blocks_T[l], trace.inputs_T[l], trace.Z_T[l]  # Z = [A 1] @ [W; b]
        if (b := parameters.b[l]) is not None and b.ndim == 2:
            yield np.add, trace.Z[l], b, trace.Z[l]  # per-sample biases are not part of the block
        yield from activation.forward(trace.Z[l], trace.A[l + 1])


def backward_pass(net: Network, trace: Trace, Y: Array, loss: Loss, gradient: Gradient) -> Calls:
    """Fill gradient.theta from a trace; dA[-1] is written only where the loss is not fused, dA[0] never."""
    W, dA, dZ, last = net.parameters.W, gradient.dA, gradient.dZ, len(gradient.dZ) - 1
    slopes_T = np.empty_like(trace.all_Z_T)
    yield from _slopes(net, trace, last if loss.fused else last + 1, slopes_T)
    if loss.fused is not None:
        yield from loss.fused(trace.A[-1], Y, dZ[-1])
    else:
        yield from loss.backward(trace.A[-1], Y, dA[-1])
    for l in range(last, -1, -1):
        if l < last or loss.fused is None:
            if (mixed := net.activations[l].mixed) is not None:
                yield from mixed(trace.Z[l], trace.A[l + 1], dA[l + 1], dZ[l])
            else:
                yield np.multiply, slopes_T[trace.rows[l]].T, dA[l + 1], dZ[l]  # dZ = g'(Z) ∘ dA
        yield np.dot, trace.inputs_T[l], dZ[l], gradient.parameters.blocks[l]  # [dW; db] = [A 1]ᵀ @ dZ
        if (db := gradient.db[l]) is not None and db.ndim == 2:
            yield np.positive, dZ[l], db  # every sample has its own bias, so nothing is summed
        if l > 0:
            yield np.dot, W[l], gradient.dZ_T[l], gradient.dA_T[l]  # dA = dZ @ Wᵀ  (N, fan_in)


def _slopes(net: Network, trace: Trace, layers: int, slopes_T: Array) -> Calls:
    """Write g'(Z) of the first layers below each other as in trace.all_Z_T; equal neighbours take one go."""
    for activation, alike in groupby(range(layers), key=lambda l: net.activations[l]):
        first, *others = alike
        rows = slice(trace.rows[first].start, trace.rows[[first, *others][-1]].stop)
        if activation.slope is not None:
            yield from activation.slope(trace.all_Z_T[rows].T, trace.all_A_T[rows].T, slopes_T[rows].T)


def neuron_maps(net: Network, grid: object) -> tuple[Array, ...]:
    """What every neuron computes at every point of a grid: the pictures inside the neurons.

    Args:    grid: (M, dims[0]) points with the features already applied; a float32 grid gives float32 maps,
             which take a third of the time and are exact enough for a screen.
    Returns: L arrays (M, width), the inputs not among them; each neuron's column is contiguous.
    Raises:  ValueError for another shape, or a network with per-sample biases.
    """
    check_type("net", net, Network)
    if net.bias == "per_sample":
        raise ValueError('neuron_maps needs shared biases or none. Got bias="per_sample".')
    points = as_reals("grid", grid, keep_single=True)
    if points.ndim != 2 or points.shape[1] != net.dims[0]:
        raise ValueError(f"grid must have shape (M, {net.dims[0]}). Got {points.shape}.")
    dtype = np.float32 if points.dtype == np.float32 else np.float64
    parameters = Parameters(net.dims, net.bias, dtype=dtype)
    trace = Trace(net, len(points), dtype=dtype, keep_Z=False)
    trace.A[0][...] = points
    with np.errstate(all="ignore"):
        parameters.theta[...] = net.theta
        perform(forward_pass(net, trace, parameters))
    return trace.A[1:]
