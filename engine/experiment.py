"""An experiment is everything that defines a run; equal experiments give runs that are equal to the bit."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from typing import Any, Literal, Self

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array, check_choice, check_count, check_number
from engine.datasets import DATASETS, MAX_CLASSES, Dataset, DataSplit, dataset_of, make_dataset
from engine.features import COORDINATES, FEATURES, apply_features
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
MAX_SEED = 2**32 - 1

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


def _check_list(name: str, value: object, *, entry: str, each: Callable[..., object], **bounds: Any) -> None:
    if not isinstance(value, tuple):
        raise ValueError(f"{name} must be a list. Got {value!r}.")
    for item in value:
        each(entry, item, **bounds)


def _checked(default: Any, check: Callable[..., object] | None, *, live: bool = False, **bounds: Any) -> Any:
    """A field that check(name, value, **bounds) checks; live if it may change while the network trains."""
    return field(default=default, metadata={"check": check, "bounds": bounds, "live": live})


_choice, _count, _number = (
    partial(_checked, check=check) for check in (check_choice, check_count, check_number)
)
_list = partial(_checked, check=_check_list)
_live = partial(_checked, check=None, live=True)  # checked by Settings or StopConditions


@dataclass(frozen=True)
class Experiment:
    """Data, network and training, complete: what a link, a file, a preset and a lesson hold.

    The fields in LIVE may change while the network trains; a change of any other is another run. speed is
    epochs (or mini-batches, see unit) a frame. activations has one entry per hidden layer, as hidden has.
    seed draws the weights and the order of the samples, data_seed the data. classes counts for blobs only.

    Raises: ValueError, with the field's name, rule and value, for anything out of its range.
    """

    dataset: str = _choice("circle", options=DATASETS)
    classes: int = _count(0, least=0, most=MAX_CLASSES)
    samples: int = _count(500, least=10, most=10_000)
    noise: float = _number(0.0, least=0, most=0.5)
    train_share: float = _number(0.5, least=0.1, most=0.9)
    data_seed: int = _count(0, least=0, most=MAX_SEED)
    features: tuple[str, ...] = _list(
        ("x1", "x2"), entry="feature", each=check_choice, options=FEATURES | COORDINATES
    )
    hidden: tuple[int, ...] = _list((4, 2), entry="Every width in hidden", each=check_count, most=MAX_WIDTH)
    activations: tuple[str, ...] = _list(
        ("tanh", "tanh"), entry="activation", each=check_choice, options=ACTIVATIONS
    )
    output_activation: str = "tanh"
    loss: str = "half_mse"
    bias: Literal["shared", "none"] = _choice("shared", options=("shared", "none"))
    initializer: str = _choice("glorot_uniform", options=INITIALIZERS)
    seed: int = _count(0, least=0, most=MAX_SEED)
    batch_size: int = _count(10, most=MAX_BATCH)
    optimizer: str = _choice("sgd", options=OPTIMIZERS, live=True)
    optimizer_parameters: tuple[tuple[str, float | bool], ...] = _live(())
    learning_rate: float = _number(0.03, above=0, most=1000, live=True)
    regularization: str = _choice("none", options=REGULARIZATIONS, live=True)
    regularization_rate: float = _number(0.0, least=0, most=100, live=True)
    schedule: str = _choice("constant", options=SCHEDULES, live=True)
    schedule_parameters: tuple[tuple[str, float | bool], ...] = _live(())
    clip_norm: float = _live(0.0)
    frozen: tuple[int, ...] = _list((), entry="frozen", each=check_count, least=0, live=True)
    speed: int = _count(1, most=MAX_SPEED, live=True)
    unit: Literal["epoch", "mini-batch"] = _choice("epoch", options=UNITS, live=True)
    stop_epoch: int = _live(0)
    stop_loss: float = _live(0.0)
    stop_accuracy: float = _live(0.0)
    stop_plateau: int = _live(0)

    def __post_init__(self) -> None:
        for row in fields(self):
            value = _plain(getattr(self, row.name))  # in the form that JSON gives back
            object.__setattr__(self, row.name, value)
            if check := row.metadata.get("check"):
                check(row.name, value, **row.metadata["bounds"])
        if not self.features or len(set(self.features)) < len(self.features):
            raise ValueError(f"features must be at least one, each once. Got {self.features}.")
        for name in self.features:
            check_choice("feature", name, self.problem.features)
        layers = len(self.hidden)
        if layers > MAX_LAYERS:
            raise ValueError(f"hidden must be at most {MAX_LAYERS} layers. Got {layers}.")
        if len(self.activations) != layers:
            got = len(self.activations)
            raise ValueError(f"activations must be one per hidden layer, {layers}. Got {got}.")
        check_choice("output_activation", self.output_activation, OUTPUTS[self.problem.kind])
        check_choice("loss", self.loss, losses_for(self.output_activation))
        assert self.settings  # making them checks the fields that are left
        assert self.stop_conditions

    @property
    def problem(self) -> Dataset:
        """The kind of data: two classes, more, or a regression."""
        return dataset_of(self.dataset, self.classes)

    @property
    def settings(self) -> Settings:
        """The part that may change while the network trains."""
        same = ("optimizer", "learning_rate", "schedule", "schedule_parameters", "clip_norm", "frozen")
        given = {name: getattr(self, name) for name in same} | {"parameters": self.optimizer_parameters}
        if self.regularization != "none":
            given[self.regularization] = self.regularization_rate
        return Settings(**given)

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
        problem = self.problem
        blobs = f" of {self.outputs} classes" if problem.any_classes else ""
        share = f"noise {self.noise:.0%}, train {self.train_share:.0%}"
        drawn = f"{self.samples} points, {share}, data seed {self.data_seed}"
        held = " ".join(f"x{k} = {value:g}" for k, value in enumerate(problem.held, start=3))
        layers = f"{'-'.join(map(str, self.dims))}, {' '.join((*self.activations, self.output_activation))}"
        parts = [
            f"{self.dataset}{blobs}, {'given points, all for training' if problem.fixed else drawn}",
            f"map at {held}, the means" if held else "",
            f"inputs {' '.join(self.features)}",
            f"net {layers}",
            f"{self.loss}, {self.optimizer} {self.learning_rate:g}, batch {self.batch_size}",
            f"{self.initializer}, seed {self.seed}",
            " ".join(f"{name} {value:g}" for name, value in self.optimizer_parameters),
            f"{self.regularization} {self.regularization_rate:g}" if self.regularization != "none" else "",
            f"{self.schedule} schedule" if self.schedule != "constant" else "",
            f"clipped at {self.clip_norm:g}" if self.clip_norm else "",
        ]
        return " · ".join(filter(None, parts))

    def same_run(self, other: Self) -> bool:
        """Whether other differs only in what may change while the network trains."""
        return replace(other, **{name: getattr(self, name) for name in LIVE}) == self

    def changed(self, **changes: Any) -> Self:
        """A copy with some fields changed, and what hangs on them fitted.

        Another number of hidden layers keeps the first ones; the activation of a new layer is that of the
        last one. An output activation that doesn't suit the data set, and a loss that doesn't suit the
        output, give way to the usual ones, and so do features that the data set does not have. Another
        optimiser or schedule starts from its own parameters.
        """
        values = {row.name: getattr(self, row.name) for row in fields(self)} | changes
        for name in ("optimizer", "schedule"):
            if values[name] != getattr(self, name):
                values[f"{name}_parameters"] = changes.get(f"{name}_parameters", ())
        if "activations" not in changes:
            count, known = len(values["hidden"]), self.activations or ("tanh",)
            values["activations"] = (known + known[-1:] * count)[:count]
        if problem := DATASETS.get(values["dataset"]):
            suiting = OUTPUTS[problem.kind]
            if "output_activation" not in changes and self.output_activation not in suiting:
                values["output_activation"] = suiting[0]
            if "features" not in changes and problem.features is not self.problem.features:
                values["features"] = problem.usual_features
        if not changes.keys() <= set(LIVE):
            values["frozen"] = ()  # an index means another weight in another network
        output = values["output_activation"]
        unfit = values["loss"] not in losses_for(output)
        refit = output != self.output_activation and self.loss == USUAL_LOSS[self.output_activation]
        if "loss" not in changes and output in USUAL_LOSS and (unfit or refit):
            values["loss"] = USUAL_LOSS[output]
        return replace(self, **values)

    def data(self) -> DataSplit:
        """The points, drawn from data_seed."""
        rng = np.random.default_rng(self.data_seed)
        return make_dataset(
            self.dataset,
            classes=self.classes,
            samples=self.samples,
            noise=self.noise,
            train_share=self.train_share,
            rng=rng,
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
        activations = (*self.activations, self.output_activation)
        return Network(self.dims, activations, bias=self.bias, initializer=self.initializer, rng=self.seed)

    def trainer(self, data: DataSplit | None = None) -> Trainer:
        """A trainer at its first moment."""
        data, settings = data or self.data(), self.settings
        X, X_test = (apply_features(points, self.features) for points in (data.X, data.X_test))
        trainer = Trainer(
            self.network(),
            X,
            self.targets(data.target),
            loss=self.loss,
            optimizer=settings.make_optimizer(),
            batch_size=self.batch_size,
            rng=np.random.default_rng([self.seed, 1]),
            X_test=X_test,
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
        trainer, stop = self.trainer(data), self.stop_conditions
        return Timeline(
            trainer, self.settings, speed=self.speed, unit=self.unit, stop=stop, metric=self.metric
        )

    def to_json(self) -> str:
        """Every field as JSON text; from_json gives back an equal experiment."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read an experiment; fields left out take their defaults.

        Raises: ValueError for text that is not a JSON object, an unknown field, a value out of its range.
        """
        try:
            values = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise ValueError(f"An experiment must be JSON text. {type(error).__name__}: {error}.") from None
        known = [row.name for row in fields(cls)]
        if not isinstance(values, dict) or not values.keys() <= set(known):
            raise ValueError(f"An experiment must be an object with fields of {', '.join(known)}.")
        return cls(**values)


LIVE = tuple(row.name for row in fields(Experiment) if row.metadata.get("live"))
"""The fields that may change while the network trains; any other one makes another run."""


def _plain(value: Any) -> Any:
    """Lists as tuples, NumPy's numbers as Python's."""
    if isinstance(value, list | tuple):
        return tuple(_plain(entry) for entry in value)
    return value.item() if isinstance(value, np.generic) else value
