"""An experiment is everything that defines a run; equal experiments give runs that are equal to the bit."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields, replace
from functools import cached_property, partial
from typing import Any, Literal, Self

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array, check_choice, check_count, check_number
from engine.data.datasets import DATASETS, MAX_CLASSES, Dataset, DataSplit, dataset_of, make_dataset
from engine.data.features import apply_features
from engine.data.metrics import accuracy, r2
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.runs.schedules import SCHEDULES
from engine.runs.settings import Settings
from engine.runs.stopping import StopConditions
from engine.runs.timeline import UNITS, Timeline
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


def _checked(default: Any, check: Callable[..., object], **bounds: Any) -> Any:
    """A field with its default, and the check(name, value, **bounds) that it has to pass."""
    return field(default=default, metadata={"check": partial(check, **bounds)})


@dataclass(frozen=True)
class Experiment:
    """Data, network and training, complete: what a link, a file, a preset and a lesson hold.

    The fields from optimizer on may change while the network trains; a change of any other is another run.

    Raises: ValueError, with the field's name, rule and value, for anything out of its range.
    """

    dataset: str = _checked("circle", check_choice, options=DATASETS)
    classes: int = _checked(0, check_count, least=0, most=MAX_CLASSES)  # of blobs; 0: the usual number
    samples: int = _checked(500, check_count, least=10, most=10_000)
    noise: float = _checked(0.0, check_number, least=0, most=0.5)
    train_share: float = _checked(0.5, check_number, least=0.1, most=0.9)
    data_seed: int = _checked(0, check_count, least=0, most=MAX_SEED)  # draws the data
    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[int, ...] = (4, 2)
    activations: tuple[str, ...] = ("tanh", "tanh")  # one per hidden layer
    output_activation: str = "tanh"
    loss: str = "half_mse"
    bias: Literal["shared", "none"] = _checked("shared", check_choice, options=("shared", "none"))
    initializer: str = _checked("glorot_uniform", check_choice, options=INITIALIZERS)
    seed: int = _checked(0, check_count, least=0, most=MAX_SEED)  # draws the weights and the samples' order
    batch_size: int = _checked(10, check_count, most=MAX_BATCH)
    optimizer: str = _checked("sgd", check_choice, options=OPTIMIZERS)
    optimizer_parameters: tuple[tuple[str, float | bool], ...] = ()
    learning_rate: float = _checked(0.03, check_number, above=0, most=1000)
    regularization: str = _checked("none", check_choice, options=REGULARIZATIONS)
    regularization_rate: float = _checked(0.0, check_number, least=0, most=100)
    schedule: str = _checked("constant", check_choice, options=SCHEDULES)
    schedule_parameters: tuple[tuple[str, float | bool], ...] = ()
    clip_norm: float = 0.0
    frozen: tuple[int, ...] = ()
    speed: int = _checked(1, check_count, most=MAX_SPEED)  # epochs (or mini-batches, see unit) a frame
    unit: Literal["epoch", "mini-batch"] = _checked("epoch", check_choice, options=UNITS)
    stop_epoch: int = 0
    stop_loss: float = 0.0
    stop_accuracy: float = 0.0
    stop_plateau: int = 0

    def __post_init__(self) -> None:
        for row in fields(self):
            value = _plain(getattr(self, row.name))  # in the form that JSON gives back
            object.__setattr__(self, row.name, value)
            if check := row.metadata.get("check"):
                check(row.name, value)
            elif row.name in ("features", "hidden", "activations", "frozen") and not isinstance(value, tuple):
                raise ValueError(f"{row.name} must be a list. Got {value!r}.")
        for feature in self.features:
            check_choice("feature", feature, self.problem.features)
        for width in self.hidden:
            check_count("Every width in hidden", width, most=MAX_WIDTH)
        for activation in self.activations:
            check_choice("activation", activation, ACTIVATIONS)
        if not self.features or len(set(self.features)) < len(self.features):
            raise ValueError(f"features must be at least one, each once. Got {self.features}.")
        layers, count = len(self.hidden), len(self.activations)
        if layers > MAX_LAYERS:
            raise ValueError(f"hidden must be at most {MAX_LAYERS} layers. Got {layers}.")
        if count != layers:
            raise ValueError(f"activations must be one per hidden layer, {layers}. Got {count}.")
        check_choice("output_activation", self.output_activation, OUTPUTS[self.problem.kind])
        check_choice("loss", self.loss, losses_for(self.output_activation))
        for part in ("settings", "stop_conditions"):
            getattr(self, part)  # making it checks the fields that are left

    @property
    def problem(self) -> Dataset:
        """The kind of data: two classes, more, or a regression."""
        return dataset_of(self.dataset, self.classes)

    @cached_property
    def settings(self) -> Settings:
        """The part that may change while the network trains."""
        same = ("optimizer", "learning_rate", "schedule", "schedule_parameters", "clip_norm", "frozen")
        given = {name: getattr(self, name) for name in same} | {"parameters": self.optimizer_parameters}
        if self.regularization != "none":
            given[self.regularization] = self.regularization_rate
        return Settings(**given)

    @cached_property
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
        wanted = vars(self) | changes
        fitted: dict[str, Any] = {}
        for name in ("optimizer", "schedule"):
            if wanted[name] != getattr(self, name):
                fitted[f"{name}_parameters"] = ()
        count, known = len(wanted["hidden"]), self.activations or ("tanh",)
        fitted["activations"] = (known + known[-1:] * count)[:count]
        if problem := DATASETS.get(wanted["dataset"]):
            suiting = OUTPUTS[problem.kind]
            if self.output_activation not in suiting:
                fitted["output_activation"] = suiting[0]
            if problem.features is not self.problem.features:
                fitted["features"] = problem.usual_features
        output = (wanted | fitted | changes)["output_activation"]
        was_usual = self.loss == USUAL_LOSS[self.output_activation]
        if output in USUAL_LOSS and (was_usual or self.loss not in losses_for(output)):
            fitted["loss"] = USUAL_LOSS[output]
        if not changes.keys() <= set(LIVE):
            changes["frozen"] = ()  # an index means another weight in another network
        return replace(self, **fitted | changes)

    def data(self) -> DataSplit:
        """The points, drawn from data_seed."""
        given = {name: getattr(self, name) for name in ("classes", "samples", "noise", "train_share")}
        return make_dataset(self.dataset, rng=np.random.default_rng(self.data_seed), **given)

    def targets(self, values: Array) -> Array:
        """Targets (N, K) for the output layer from class indices or values (N,).

        Of two classes, class 0 is the high one: +1 (or 1 for a sigmoid), class 1 is −1 (or 0). Several
        outputs get one-hot rows.
        """
        if self.problem.kind == "regression":
            return values[:, None]
        if self.outputs > 1:
            return np.eye(self.outputs).take(values.astype(int), axis=0)
        low, high = self.range
        return np.where(values == 0, high, low)[:, None]

    def network(self) -> Network:
        """A new network with the weights of this experiment's seed."""
        activations = (*self.activations, self.output_activation)
        return Network(self.dims, activations, bias=self.bias, initializer=self.initializer, rng=self.seed)

    def trainer(self, data: DataSplit | None = None) -> Trainer:
        """A trainer at its first moment."""
        data = data or self.data()
        trainer = Trainer(
            self.network(),
            apply_features(data.X, self.features),
            self.targets(data.target),
            loss=self.loss,
            optimizer=self.optimizer,
            batch_size=self.batch_size,
            rng=np.random.default_rng([self.seed, 1]),
            X_test=apply_features(data.X_test, self.features),
            Y_test=self.targets(data.target_test),
        )
        self.settings.apply(trainer)
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
        if not isinstance(values, dict) or not values.keys() <= set(FIELDS):
            raise ValueError(f"An experiment must be an object with fields of {', '.join(FIELDS)}.")
        return cls(**values)


FIELDS = tuple(row.name for row in fields(Experiment))
LIVE = FIELDS[FIELDS.index("optimizer") :]
"""The fields that may change while the network trains; any other one makes another run."""


def _plain(value: Any) -> Any:
    """Lists as tuples, NumPy's numbers as Python's."""
    if isinstance(value, list | tuple):
        return tuple(_plain(entry) for entry in value)
    return value.item() if isinstance(value, np.generic) else value
