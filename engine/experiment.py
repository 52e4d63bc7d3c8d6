"""An experiment is everything that defines a run; equal experiments give runs that are equal to the bit."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from functools import partial
from typing import Any, Literal

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array, check_choice, check_count, check_number
from engine.datasets import DATASETS, Dataset, DataSplit, make_dataset
from engine.features import FEATURES, apply_features
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.metrics import accuracy, r2
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.settings import Settings
from engine.stopping import StopConditions
from engine.timeline import UNITS, Timeline
from engine.training import Trainer

MAX_LAYERS = 8
MAX_WIDTH = 16
MAX_SPEED = 100
MAX_BATCH = 100
LIVE = (
    "learning_rate",
    "optimizer",
    "optimizer_parameters",
    "regularization",
    "regularization_rate",
    "schedule",
    "schedule_parameters",
    "clip_norm",
    "frozen",
    "speed",
    "unit",
    "stop_epoch",
    "stop_loss",
    "stop_accuracy",
    "stop_plateau",
)
"""The fields that may change while the network trains; any other one makes another run."""

REGULARIZATIONS = {"none": "none", "l1": "L1", "l2": "L2", "weight_decay": "Weight decay"}
"""L1 and L2 are penalties on the weights; weight decay acts in the optimiser, see Settings."""

OUTPUTS: dict[str, tuple[str, ...]] = {
    "two classes": ("tanh", "sigmoid", "linear", "softmax"),
    "classes": ("softmax", "sigmoid"),
    "regression": ("linear", "tanh"),
}
"""Per kind of problem the output activations that make sense, the usual one first."""

USUAL_LOSS = {"sigmoid": "bce", "softmax": "cce", "tanh": "half_mse", "linear": "half_mse"}


def losses_for(output_activation: str) -> tuple[str, ...]:
    """The losses that may meet an output activation, in the order of LOSSES."""
    return tuple(name for name, loss in LOSSES.items() if loss.output in (None, output_activation))


@dataclass(frozen=True)
class Experiment:
    """Data, network and training, complete: what a link, a file, a preset and a lesson hold.

    learning_rate, optimizer with optimizer_parameters, regularization with its rate, and speed may change
    while the network trains; a change of any other field is another run. speed is epochs a frame.
    activations has one entry per hidden layer, as hidden has. seed draws the weights and the order of the
    samples, data_seed the data.

    Raises: ValueError, with the field's name, rule and value, for anything out of its range.
    """

    dataset: str = "circle"
    samples: int = 500
    noise: float = 0.0
    train_share: float = 0.5
    data_seed: int = 0
    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[int, ...] = (4, 2)
    activations: tuple[str, ...] = ("tanh", "tanh")
    output_activation: str = "tanh"
    loss: str = "half_mse"
    bias: Literal["shared", "none"] = "shared"
    initializer: str = "glorot_uniform"
    seed: int = 0
    batch_size: int = 10
    optimizer: str = "sgd"
    optimizer_parameters: tuple[tuple[str, float | bool], ...] = ()
    learning_rate: float = 0.03
    regularization: str = "none"
    regularization_rate: float = 0.0
    schedule: str = "constant"
    schedule_parameters: tuple[tuple[str, float], ...] = ()
    clip_norm: float = 0.0
    frozen: tuple[int, ...] = ()
    speed: int = 1
    unit: Literal["epoch", "mini-batch"] = "epoch"
    stop_epoch: int = 0
    stop_loss: float = 0.0
    stop_accuracy: float = 0.0
    stop_plateau: int = 0

    def __post_init__(self) -> None:
        """Check every field, after bringing lists and NumPy's numbers into the form that JSON gives back."""
        for field in fields(self):
            object.__setattr__(self, field.name, _plain(getattr(self, field.name)))
        check_choice("dataset", self.dataset, DATASETS)
        check_count("samples", self.samples, least=10, most=10_000)
        check_number("noise", self.noise, least=0, most=0.5)
        check_number("train_share", self.train_share, least=0.1, most=0.9)
        check_count("data_seed", self.data_seed, least=0, most=2**32 - 1)
        for name in ("features", "hidden", "activations", "frozen"):
            if not isinstance(getattr(self, name), tuple):
                raise ValueError(f"{name} must be a list. Got {getattr(self, name)!r}.")
        for feature in self.features:
            check_choice("feature", feature, FEATURES)
        if not self.features or len(set(self.features)) < len(self.features):
            raise ValueError(f"features must be at least one, each once. Got {self.features}.")
        if len(self.hidden) > MAX_LAYERS:
            raise ValueError(f"hidden must be at most {MAX_LAYERS} layers. Got {len(self.hidden)}.")
        for width in self.hidden:
            check_count("Every width in hidden", width, most=MAX_WIDTH)
        if len(self.activations) != len(self.hidden):
            raise ValueError(
                f"activations must be one per hidden layer, {len(self.hidden)}. Got {len(self.activations)}."
            )
        for activation in self.activations:
            check_choice("activation", activation, ACTIVATIONS)
        check_choice("output_activation", self.output_activation, OUTPUTS[self.problem.kind])
        check_choice("loss", self.loss, losses_for(self.output_activation))
        check_choice("bias", self.bias, ("shared", "none"))
        check_choice("initializer", self.initializer, INITIALIZERS)
        check_count("seed", self.seed, least=0, most=2**32 - 1)
        check_count("batch_size", self.batch_size, most=MAX_BATCH)
        check_choice("optimizer", self.optimizer, OPTIMIZERS)
        check_number("learning_rate", self.learning_rate, above=0, most=1000)
        check_choice("regularization", self.regularization, REGULARIZATIONS)
        check_number("regularization_rate", self.regularization_rate, least=0, most=100)
        check_choice("schedule", self.schedule, SCHEDULES)
        check_count("speed", self.speed, most=MAX_SPEED)
        check_choice("unit", self.unit, UNITS)
        assert self.settings  # making them checks the fields that are left
        assert self.stop_conditions

    @property
    def problem(self) -> Dataset:
        """The kind of data: two classes, more, or a regression."""
        return DATASETS[self.dataset]

    @property
    def settings(self) -> Settings:
        """The part that may change while the network trains."""
        rate = self.regularization_rate
        return Settings(
            optimizer=self.optimizer,
            learning_rate=self.learning_rate,
            parameters=self.optimizer_parameters,
            l1=rate if self.regularization == "l1" else 0.0,
            l2=rate if self.regularization == "l2" else 0.0,
            weight_decay=rate if self.regularization == "weight_decay" else 0.0,
            schedule=self.schedule,
            schedule_parameters=self.schedule_parameters,
            clip_norm=self.clip_norm,
            frozen=self.frozen,
        )

    @property
    def stop_conditions(self) -> StopConditions:
        """When training goes no further."""
        return StopConditions(self.stop_epoch, self.stop_loss, self.stop_accuracy, self.stop_plateau)

    @property
    def outputs(self) -> int:
        """K, the width of the output layer."""
        if self.problem.kind == "classes" or self.output_activation == "softmax":
            return self.problem.classes
        return 1

    @property
    def dims(self) -> tuple[int, ...]:
        """Widths from the input to the output."""
        return (len(self.features), *self.hidden, self.outputs)

    @property
    def range(self) -> tuple[float, float]:
        """The targets' range: 0 to 1 for probabilities, −1 to 1 otherwise."""
        return (0.0, 1.0) if self.output_activation in ("sigmoid", "softmax") else (-1.0, 1.0)

    @property
    def summary(self) -> str:
        """One line that says how a picture of this run was made."""
        parts = [
            f"{self.dataset}, {self.samples} points, noise {self.noise:.0%}, train {self.train_share:.0%}, "
            f"data seed {self.data_seed}",
            f"inputs {' '.join(self.features)}",
            f"net {'-'.join(map(str, self.dims))}, {' '.join((*self.activations, self.output_activation))}",
            f"{self.loss}, {self.optimizer} {self.learning_rate:g}, batch {self.batch_size}",
            f"{self.initializer}, seed {self.seed}",
        ]
        if self.optimizer_parameters:
            parts.append(" ".join(f"{name} {value:g}" for name, value in self.optimizer_parameters))
        if self.regularization != "none":
            parts.append(f"{self.regularization} {self.regularization_rate:g}")
        if self.schedule != "constant":
            parts.append(f"{self.schedule} schedule")
        if self.clip_norm:
            parts.append(f"clipped at {self.clip_norm:g}")
        return " · ".join(parts)

    def same_run(self, other: Experiment) -> bool:
        """Whether other differs only in what may change while the network trains."""
        return replace(other, **{name: getattr(self, name) for name in LIVE}) == self

    def changed(self, **changes: Any) -> Experiment:
        """A copy with some fields changed, and what hangs on them fitted.

        Another number of hidden layers keeps the first ones; the activation of a new layer is that of the
        last one. An output activation that doesn't suit the data set, and a loss that doesn't suit the
        output, give way to the usual ones. Another optimiser or schedule starts from its own parameters.
        """
        values: dict[str, Any] = {field.name: getattr(self, field.name) for field in fields(self)} | changes
        if "optimizer" in changes and changes["optimizer"] != self.optimizer:
            values["optimizer_parameters"] = changes.get("optimizer_parameters", ())
        if "schedule" in changes and changes["schedule"] != self.schedule:
            values["schedule_parameters"] = changes.get("schedule_parameters", ())
        if "activations" not in changes:
            count, known = len(values["hidden"]), self.activations or ("tanh",)
            values["activations"] = (known + known[-1:] * count)[:count]
        if values["dataset"] in DATASETS:
            usual = OUTPUTS[DATASETS[values["dataset"]].kind]
            if values["output_activation"] not in usual and "output_activation" not in changes:
                values["output_activation"] = usual[0]
        if set(changes) - set(LIVE):
            values["frozen"] = ()  # an index means another weight in another network
        output = values["output_activation"]
        unfit = values["loss"] not in losses_for(output)
        refit = output != self.output_activation and self.loss == USUAL_LOSS[self.output_activation]
        if "loss" not in changes and output in USUAL_LOSS and (unfit or refit):
            values["loss"] = USUAL_LOSS[output]
        return Experiment(**values)

    def data(self) -> DataSplit:
        """The points, drawn from data_seed."""
        return make_dataset(
            self.dataset,
            samples=self.samples,
            noise=self.noise,
            train_share=self.train_share,
            rng=np.random.default_rng(self.data_seed),
        )

    def targets(self, values: Array) -> Array:
        """Targets (N, K) for the output layer from class indices or values (N,).

        Of two classes, class 0 is the high one: +1 (or 1 for a sigmoid), class 1 is −1 (or 0). Several
        outputs get one-hot rows.
        """
        if self.problem.kind == "regression":
            return values[:, None]
        if self.outputs > 1:
            one_hot: Array = np.eye(self.outputs)[values.astype(int)]
            return one_hot
        low, high = self.range
        return np.where(values == 0, high, low)[:, None]

    def network(self) -> Network:
        """A new network with the weights of this experiment's seed."""
        return Network(
            self.dims,
            (*self.activations, self.output_activation),
            bias=self.bias,
            initializer=self.initializer,
            rng=np.random.default_rng(self.seed),
        )

    def trainer(self, data: DataSplit | None = None) -> Trainer:
        """A trainer at its first moment."""
        data = data or self.data()
        settings = self.settings
        trainer = Trainer(
            self.network(),
            apply_features(data.X, self.features),
            self.targets(data.target),
            loss=self.loss,
            optimizer=settings.make_optimizer(),
            batch_size=self.batch_size,
            rng=np.random.default_rng([self.seed, 1]),
            X_test=apply_features(data.X_test, self.features),
            Y_test=self.targets(data.target_test),
        )
        trainer.configure(settings)
        return trainer

    @property
    def metric(self) -> Callable[[Array, Array], float]:
        """metric(outputs, Y): the accuracy between classes, R² for a regression."""
        return r2 if self.problem.kind == "regression" else partial(accuracy, threshold=sum(self.range) / 2)

    def timeline(self, data: DataSplit | None = None) -> Timeline:
        """A recorded run at frame 0."""
        return Timeline(
            self.trainer(data),
            self.settings,
            speed=self.speed,
            unit=self.unit,
            stop=self.stop_conditions,
            metric=self.metric,
        )

    def to_json(self) -> str:
        """Every field as JSON text; from_json gives back an equal experiment."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Experiment:
        """Read an experiment; fields left out take their defaults.

        Raises: ValueError for text that is not a JSON object, an unknown field, a value out of its range.
        """
        try:
            values = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ValueError(f"An experiment must be JSON text. {type(error).__name__}: {error}.") from None
        known = {field.name: field.default for field in fields(cls)}
        if not isinstance(values, dict) or not set(values) <= set(known):
            raise ValueError(f"An experiment must be an object with fields of {', '.join(known)}.")
        return cls(**values)


def _plain(value: Any) -> Any:
    """Lists as tuples, NumPy's numbers as Python's."""
    if isinstance(value, list | tuple):
        return tuple(_plain(entry) for entry in value)
    return value.item() if isinstance(value, np.generic) else value
