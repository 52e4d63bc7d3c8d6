"""An experiment is everything that defines a run; equal experiments give runs that are equal bit for bit."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, Literal, Self

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array, RefusalError, brief, check_choice, check_count, check_number, check_type
from engine.data.datasets import (
    DATASETS,
    MAX_CLASSES,
    Dataset,
    DataSplit,
    dataset_of,
    make_dataset,
    training_count,
)
from engine.data.features import apply_features
from engine.data.metrics import accuracy, r2
from engine.data.own import OWN, Table
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.network import Network
from engine.optimizers import OPTIMIZERS
from engine.runs import provenance
from engine.runs.link_values import TEXT, WHOLE, WHOLE_OR_ALL, listed, pairs
from engine.runs.links import from_query, from_text, to_query, to_text
from engine.runs.rows import check_rows, rows, setting
from engine.runs.schedules import SCHEDULES
from engine.runs.settings import UNITS, Settings, check_pairs
from engine.runs.stopping import MOST_EPOCH, StopConditions
from engine.runs.work import MOST_WORK, step_work
from engine.training import Trainer

MAX_LAYERS = 8
MAX_WIDTH = 64
MAX_SPEED = 100
MAX_BATCH = 100
ALL: Literal["all"] = "all"
"""The batch size that stands for all training points."""
MAX_SEED = 2**32 - 1
MAX_RATE = 1000

MOST_LISTED = 5000
"""Most entries of a field that is a list: more than the largest network has weights to freeze."""

REGULARIZATIONS = {"none": "none", "l1": "L1", "l2": "L2", "weight_decay": "Weight decay"}
"""L1 and L2 are penalties on the weights; weight decay acts in the optimiser, see Settings."""
Pairs = tuple[tuple[str, float | bool], ...]

_USUAL = {"two classes": ("tanh", "sigmoid"), "classes": ("softmax",), "regression": ("linear",)}
OUTPUTS: dict[str, tuple[str, ...]] = {
    kind: (*usual, *(g.name for g in ACTIVATIONS.values() if kind in g.output_for and g.name not in usual))
    for kind, usual in _USUAL.items()
}
"""The output activations that make sense for each kind of problem, the usual one first."""

USUAL_LOSS = {name: row.usual_loss for name, row in ACTIVATIONS.items()}


def losses_for(output_activation: str) -> tuple[str, ...]:
    """The losses that are defined for an output activation, in the order of LOSSES."""
    return tuple(name for name, loss in LOSSES.items() if loss.output in (None, output_activation))


_OPTIMIZER_PAIRS = pairs(row for option in OPTIMIZERS.values() for row in option.parameters)
_SCHEDULE_PAIRS = pairs(row for option in SCHEDULES.values() for row in option.parameters)


def _penalty(kind: str, rate: float) -> str:
    """The kind of regularisation and its strength."""
    return "" if kind == "none" else f"{REGULARIZATIONS[kind]} {provenance.number(rate)}"


def _check_list(name: str, value: object) -> None:
    if not isinstance(value, tuple):
        raise RefusalError(name, f"must be a list. Got {brief(value)}.")


def _check_batch(name: str, value: object, *, least: int, most: int) -> None:
    if not (isinstance(value, str) and value == ALL):
        check_count(name, value, least=least, most=most)


def _check_dataset(name: str, value: object, *, options: Mapping[str, Dataset]) -> None:
    if not (isinstance(value, str) and value == OWN):
        check_choice(name, value, options)


@dataclass(frozen=True)
class Experiment:
    """Data, network and training, complete: what a link, a file, a preset and a lesson hold.

    The fields from optimizer on may change while the network trains; changing any other makes another run.

    Raises: ValueError, with the field's name, rule and value, for anything out of its range.
    """

    # fmt: off
    dataset: str = setting(
        "circle", "data", _check_dataset, options=DATASETS, label="Data set", group="data",
        words=provenance.data,
    )
    classes: int = setting(  # of a data set with any number of them; 0: the usual number
        0, "k", check_count, least=0, most=MAX_CLASSES, label="Classes", group="data"
    )
    samples: int = setting(
        500, "n", check_count, least=10, most=10_000, label="Samples", group="data", words=provenance.points
    )
    noise: float = setting(
        0.0, "noise", check_number, least=0, most=0.5, label="Noise", group="data",
        words=provenance.drawn(lambda e: f"noise {100 * e.noise:.10g} %"),
    )
    train_share: float = setting(
        0.5, "train", check_number, least=0.1, most=0.9, label="Train share", group="data",
        words=provenance.split(lambda e: f"train {100 * e.train_share:.10g} %"),
    )
    data_seed: int = setting(  # draws the data
        0, "dseed", check_count, least=0, most=MAX_SEED, label="Seed: data", group="data",
        words=provenance.split(lambda e: f"data seed {e.data_seed}"),
    )
    features: tuple[str, ...] = setting(
        ("x1", "x2"), "in", _check_list, link_format=listed(TEXT), label="Features", group="inputs",
        words=provenance.inputs,
    )
    hidden: tuple[int, ...] = setting(
        (4, 2), "net", _check_list, link_format=listed(WHOLE), label="Hidden layers", group="net",
        words=lambda e: f"network {'-'.join(map(str, e.dims))}",
    )
    activations: tuple[str, ...] = setting(  # one per hidden layer
        ("tanh", "tanh"), "act", _check_list, link_format=listed(TEXT), label="Activation (all)", group="net",
        words=provenance.activations,
    )
    output_activation: str = setting("tanh", "out", label="Output", group="net")  # said with the others
    loss: str = setting(
        "half_mse", "loss", label="Loss", group="training", words=lambda e: LOSSES[e.loss].label
    )
    bias: Literal["shared", "none"] = setting(
        "shared", "bias", check_choice, options=("shared", "none"), label="Biases", group="net",
        words=lambda e: "no biases" if e.bias == "none" else "",
    )
    initializer: str = setting(
        "glorot_uniform", "init", check_choice, options=INITIALIZERS, label="Initialiser", group="start",
        words=lambda e: INITIALIZERS[e.initializer].label,
    )
    seed: int = setting(  # draws the weights and the samples' order
        0, "seed", check_count, least=0, most=MAX_SEED, label="Seed: weights", group="start",
        words=lambda e: f"seed {e.seed}",
    )
    batch_size: int | Literal["all"] = setting(
        10, "batch", _check_batch, least=1, most=MAX_BATCH, link_format=WHOLE_OR_ALL, label="Batch size",
        group="training",
        words=lambda e: "batch of all points" if e.batch_size == ALL else f"batch {e.batch_size}",
    )
    optimizer: str = setting(
        "sgd", "opt", check_choice, options=OPTIMIZERS, live=True, label="Optimiser", group="training",
        words=lambda e: f"{OPTIMIZERS[e.optimizer].label} {provenance.number(e.learning_rate)}",
    )
    optimizer_parameters: Pairs = setting(
        (), "optp", link_format=_OPTIMIZER_PAIRS, live=True, label="The optimiser's parameters",
        group="training",
        words=provenance.parameters(OPTIMIZERS, "optimizer"), off="its usual parameters",
    )
    learning_rate: float = setting(  # said with the optimiser
        0.03, "lr", check_number, above=0, most=MAX_RATE, live=True, label="Learning rate", group="training"
    )
    regularization: str = setting(
        "none", "reg", check_choice, options=REGULARIZATIONS, live=True, label="Regularisation",
        group="penalty", words=lambda e: _penalty(e.regularization, e.regularization_rate),
        off="no regularisation",
        left_out=provenance.penalty,
    )
    regularization_rate: float = setting(
        0.0, "regr", check_number, least=0, most=100, live=True, label="Rate", group="penalty"
    )
    schedule: str = setting(
        "constant", "sched", check_choice, options=SCHEDULES, live=True, label="Learning-rate schedule",
        group="schedule", off="constant rate",
        words=lambda e: "" if e.schedule == "constant" else f"{SCHEDULES[e.schedule].label} schedule",
    )
    schedule_parameters: Pairs = setting(
        (), "schedp", link_format=_SCHEDULE_PAIRS, live=True, label="The schedule's parameters",
        group="schedule",
        words=provenance.parameters(SCHEDULES, "schedule"), off="its usual parameters",
    )
    clip_norm: float = setting(
        0.0, "clip", check_number, least=0, live=True, label="Clip the gradient at norm (0: off)",
        group="clip", words=provenance.if_set("clip_norm", "clipped at"), off="unclipped",
        left_out=lambda e: "gradient clipping" if e.clip_norm else "",
    )
    frozen: tuple[int, ...] = setting(
        (), "frozen", _check_list, link_format=listed(WHOLE), live=True, label="Frozen weights",
        group="frozen",
        words=lambda e: f"frozen {' '.join(map(str, e.frozen))}" if e.frozen else "", off="nothing frozen",
        left_out=lambda e: "frozen weights" if e.frozen else "",
    )
    speed: int = setting(  # epochs, or mini-batches if unit says so, per frame
        1, "speed", check_count, least=1, most=MAX_SPEED, live=True, group="frame",
        words=provenance.frames, off="1 epoch a frame",
    )
    unit: Literal["epoch", "mini-batch"] = setting(  # said with the speed
        "epoch", "unit", check_choice, options=UNITS, live=True, label="Frame unit", group="frame"
    )
    stop_epoch: int = setting(
        0, "stope", check_count, least=0, most=MOST_EPOCH, live=True, label="Stop at epoch", group="stop",
        words=provenance.if_set("stop_epoch", "stops at epoch"), off="stops at no epoch",
    )
    stop_loss: float = setting(
        0.0, "stopl", check_number, least=0, live=True, label="Stop below loss", group="stop",
        words=provenance.if_set("stop_loss", "stops below loss"), off="stops at no loss",
    )
    stop_accuracy: float = setting(
        0.0, "stopa", check_number, least=0, most=1, live=True, label="Stop at test score", group="stop",
        words=provenance.if_set("stop_accuracy", "stops at test score"), off="stops at no test score",
    )
    stop_plateau: int = setting(
        0, "stopp", check_count, least=0, most=MOST_EPOCH, live=True, label="Plateau (epochs)", group="stop",
        words=lambda e: f"stops on a plateau of {e.stop_plateau} epochs" if e.stop_plateau else "",
        off="stops on no plateau",
    )

    # fmt: on
    table: Table | None = None
    """The rows of the data set "own": a link says which they are, and doesn't carry them."""

    def __post_init__(self) -> None:
        for name in FIELDS:
            object.__setattr__(self, name, _normalized(name, getattr(self, name)))
        check_rows(self)
        check_table(self.dataset, self.table)
        layers, count = len(self.hidden), len(self.activations)
        if layers > MAX_LAYERS:
            raise RefusalError("hidden", f"must be at most {MAX_LAYERS} layers. Got {layers}.")
        if count != layers:
            raise RefusalError("activations", f"must be one per hidden layer, {layers}. Got {count}.")
        if len(self.features) > len(self.problem.features):
            raise RefusalError("features", f"must be each once. Got {len(self.features)}.")
        for feature in self.features:
            check_choice("feature", feature, self.problem.features)
        if not self.features or len(set(self.features)) < len(self.features):
            raise RefusalError("features", f"must be at least one, each once. Got {brief(self.features)}.")
        for width in self.hidden:
            check_count("Every hidden width", width, most=MAX_WIDTH)
        for activation in self.activations:
            check_choice("activation", activation, ACTIVATIONS)
        check_choice("output_activation", self.output_activation, OUTPUTS[self.problem.kind])
        check_choice("loss", self.loss, losses_for(self.output_activation))
        rules = OPTIMIZERS[self.optimizer].parameters
        check_pairs("optimizer_parameters", self.optimizer_parameters, rules)
        for part in ("settings", "stop_conditions"):
            getattr(self, part)  # making it checks the remaining fields
        if self.frozen and max(self.frozen) >= self.parameter_count:
            raise RefusalError("frozen", f"must be below {self.parameter_count}. Got {max(self.frozen)}.")
        if self.speed > (most := self.most_speed):
            frame = f"{most} {provenance.UNITS[self.unit]['one' if most == 1 else 'many']} a frame"
            where = "with this network, these samples and this batch size"
            raise RefusalError("speed", f"must be at most {frame} {where}. Got {self.speed}.")

    def __repr__(self) -> str:
        """What matters most; provenance.summary has everything."""
        told = ("dataset", "samples", "hidden", "activations", "loss", "batch_size", "optimizer", "seed")
        words = [words(self) for name in told if (words := rows(Experiment)[name].words)]
        return f"Experiment({', '.join(words)})"

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        return provenance.summary_html(self)

    @property
    def problem(self) -> Dataset:
        """The row of DATASETS with this experiment's number of classes, or the table as such a row."""
        if self.table is not None:
            return self.table.problem
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
        """The conditions that end training."""
        return StopConditions(**{name: getattr(self, mine) for name, mine in STOP_FIELDS.items()})

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
    def parameter_count(self) -> int:
        """P, the number of weights and biases."""
        extra = self.bias == "shared"
        return sum((fan_in + extra) * fan_out for fan_in, fan_out in pairwise(self.dims))

    @property
    def training_samples(self) -> int:
        """N, the number of samples that are for training."""
        if self.table is not None:
            return training_count(len(self.table.X), self.train_share)
        if self.problem.fixed:
            return len(self.problem.sample(self.samples, self.noise, np.random.default_rng(0))[1])
        return max(1, round(self.samples * self.train_share))

    @property
    def most_speed(self) -> int:
        """The largest speed: what a frame may cost is bounded, in multiply-adds, the same on every machine.

            speed · ⌈N / batch⌉ · w <= 2·10⁹      w = 3 · batch · P + 20,000 · L, see work.step_work
            speed <= 100                          by mini-batches, speed · w <= 2·10⁹

        One epoch a frame is always allowed.
        """
        samples = self.training_samples
        batch = samples if self.batch_size == ALL else min(self.batch_size, samples)
        steps = -(-samples // batch) if self.unit == "epoch" else 1
        frame = steps * step_work(batch, self.parameter_count, len(self.dims) - 1)
        return max(1, min(MAX_SPEED, MOST_WORK // frame))

    @property
    def range(self) -> tuple[float, float]:
        """The targets' range: 0 to 1 for probabilities, −1 to 1 otherwise."""
        return ACTIVATIONS[self.output_activation].targets

    def same_run(self, other: Self) -> bool:
        """Whether other differs only in what may change while the network trains."""
        return replace(other, **{name: getattr(self, name) for name in LIVE}) == self

    def changed(self, **changes: Any) -> Self:
        """A copy with some fields changed, and the fields that depend on them adjusted.

        With another number of hidden layers the first ones keep their activations, and new ones get that of
        the last. An output activation that doesn't suit the data set, a loss that doesn't suit the output
        and features that the data set doesn't have are replaced by the usual ones. A table brings its data
        set along, and another data set leaves the table behind; values of any size get the usual output.
        Another optimiser or schedule starts from its own defaults. The speed falls to the largest that is
        still allowed, unless it is among the changes.

        Raises: ValueError for what is no field, or a value out of its range.
        """
        _check_fields(changes)
        if changes.get("table") is not None:
            changes.setdefault("dataset", OWN)
        elif self.table is not None and changes.get("dataset", OWN) != OWN:
            changes.setdefault("table", None)
        wanted = vars(self) | changes
        fitted: dict[str, Any] = {}
        for name in ("optimizer", "schedule"):
            if wanted[name] != getattr(self, name):
                fitted[f"{name}_parameters"] = ()
        count, known = min(len(wanted["hidden"]), MAX_LAYERS + 1), self.activations or ("tanh",)
        fitted["activations"] = (known + known[-1:] * count)[:count]
        table = wanted["table"]
        if problem := DATASETS.get(wanted["dataset"]) if table is None else table.problem:
            suiting = OUTPUTS[problem.kind]
            any_values = problem.kind == "regression" and table not in (None, self.table)
            if self.output_activation not in suiting or any_values:
                fitted["output_activation"] = suiting[0]
            if problem.features is not self.problem.features:
                fitted["features"] = problem.usual_features
        output = (wanted | fitted | changes)["output_activation"]
        was_usual = self.loss == USUAL_LOSS[self.output_activation]
        if (
            isinstance(output, str)
            and output in USUAL_LOSS
            and (was_usual or self.loss not in losses_for(output))
        ):
            fitted["loss"] = USUAL_LOSS[output]
        if not changes.keys() <= set(LIVE):
            changes["frozen"] = ()  # an index means another weight in another network
        if "speed" in changes or self.speed == 1:
            return replace(self, **fitted | changes)
        return replace(self, speed=1, **fitted | changes)._at_speed(self.speed)

    def _at_speed(self, wanted: Any) -> Self:
        """A copy at this speed, or at the largest that is allowed."""
        if isinstance(wanted, int) and self.most_speed < wanted <= MAX_SPEED:
            wanted = self.most_speed
        return replace(self, speed=wanted)

    def data(self) -> DataSplit:
        """The points, drawn from data_seed, which divides those of a table."""
        if self.table is not None:
            return self.table.split(self.train_share, self.data_seed)
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
        """A trainer before its first step."""
        data = self.data() if data is None else data
        check_type("data", data, DataSplit)
        trainer = Trainer(
            self.network(),
            apply_features(data.X, self.features),
            self.targets(data.target),
            loss=self.loss,
            optimizer=self.optimizer,
            batch_size=len(data.X) if self.batch_size == ALL else self.batch_size,
            rng=np.random.default_rng([self.seed, 1]),
            X_test=apply_features(data.X_test, self.features),
            Y_test=self.targets(data.target_test),
        )
        self.settings.apply(trainer)
        return trainer

    @property
    def metric(self) -> Callable[[Array, Array], float]:
        """metric(outputs, Y): the accuracy for classes, R² for a regression."""
        return r2 if self.problem.kind == "regression" else partial(accuracy, threshold=sum(self.range) / 2)

    @classmethod
    def fitted(cls, **values: Any) -> Self:
        """The experiment with these values, where what is not given is fitted as the controls would fit it.

        Where the defaults suit the given values, they stand. One activation is taken for all hidden layers.

        Raises: ValueError if the given values don't suit each other.
        """
        _check_fields(values)
        try:
            return cls(**values)
        except ValueError:
            default = cls()
            layers = len(values.get("hidden", default.hidden))
            if (given := values.get("activations")) and len(given) < layers <= MAX_LAYERS:
                values["activations"] = (*given, *given[-1:] * layers)[:layers]
            speed = values.pop("speed", default.speed)
            return default.changed(**values)._at_speed(speed)

    def to_link(self) -> str:
        """The query string of a link to this experiment at frame 0, without its question mark."""
        return to_text(experiment_query(self))

    @classmethod
    def from_link(cls, text: str, table: Table | None = None) -> Self:
        """The experiment at frame 0 of a link: an address, a query string or a TensorFlow Playground hash.

        Args:   table: the one that the link was made with, if it was made with any.
        Raises: ValueError, in one sentence, for a value that can't be read or that doesn't suit the others.
        """
        query = from_text(text)[0]
        return from_query(cls, query, partial(cls.fitted, **with_table(query, table)))

    def to_json(self) -> str:
        """Every field as JSON text; from_json gives back an equal experiment."""
        values = {name: getattr(self, name) for name in FIELDS}
        table = None if self.table is None else self.table.to_json_value()
        return json.dumps(values | {"table": table})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read an experiment; fields left out take their defaults.

        Raises: ValueError for text that is not a JSON object, an unknown field, a value out of its range.
        """
        try:
            values = json.loads(text)
        except (json.JSONDecodeError, RecursionError, TypeError) as error:
            raise ValueError(f"An experiment must be JSON text. {type(error).__name__}: {error}.") from None
        if not isinstance(values, dict) or not values.keys() <= set(FIELDS):
            raise ValueError(f"An experiment must be an object with fields of {', '.join(FIELDS)}.")
        if values.get("table") is not None:
            values["table"] = Table.from_json_value(values["table"])
        return cls(**values)


FIELDS = (*rows(Experiment), "table")
STOP_FIELDS = {row.name: f"stop_{row.name}" for row in fields(StopConditions)}
"""Each stop condition and the field that holds it; any is off at its default."""
LIVE = tuple(name for name, row in rows(Experiment).items() if row.live)
"""The fields that may change while the network trains; any other one makes another run."""


def _check_fields(values: Mapping[str, Any]) -> None:
    """Refuse what is no field, and each value that its own row doesn't allow."""
    known = rows(Experiment)
    for name, value in values.items():
        row = known.get(check_choice("field", name, FIELDS))
        if row is None:
            _check_is_table(value)
        elif row.check is not None:
            row.check(name, _normalized(name, value), **row.bounds)


def _normalized(name: str, value: Any, depth: int = 2) -> Any:
    """Lists as tuples and NumPy's numbers as Python's, so that an experiment equals itself read from JSON."""
    if isinstance(value, list | tuple):
        if len(value) > MOST_LISTED or depth == 0:
            rule = f"at most {MOST_LISTED} entries, and none within its pairs"
            raise RefusalError(name, f"must have {rule}. Got {len(value)} entries.")
        plain = int, float, str
        return tuple(e if type(e) in plain else _normalized(name, e, depth - 1) for e in value)
    return value.item() if isinstance(value, np.generic) else value


def _check_is_table(value: object) -> None:
    if value is not None:
        check_type("table", value, Table)


def check_table(dataset: str, table: object) -> None:
    """Refuse a table without the data set "own", and that data set without its table."""
    _check_is_table(table)
    if (dataset == OWN) != (table is not None):
        rule = "must come with a table" if table is None else f'must be "{OWN}" for a table'
        raise RefusalError("dataset", f"{rule}. Got {brief(dataset)}.")


TABLE = "table"
"""The parameter of a link that says with which table it was made."""


def experiment_query(experiment: Experiment) -> dict[str, str]:
    """The parameters of a link to an experiment at frame 0."""
    table = experiment.table
    return to_query(experiment) | ({} if table is None else {TABLE: table.short_fingerprint})


def lacks_table(query: Mapping[str, str], table: Table | None) -> str:
    """Why a link can't be opened as it is: the sentence that asks for its table; "" where none is lacking."""
    if query.get("data") != OWN or (table is not None and query.get(TABLE) == table.short_fingerprint):
        return ""
    which = query.get(TABLE, "")[:12] or "unnamed"
    return (
        f"This link was made with a table of one's own ({which}), which a link doesn't carry: open it first."
    )


def with_table(query: Mapping[str, str], table: Table | None) -> dict[str, Table | None]:
    """What an experiment needs besides a link's values: the table. Raises: ValueError if that is lacking."""
    if lacking := lacks_table(query, table):
        raise ValueError(lacking)
    return {"table": table} if query.get("data") == OWN else {}
