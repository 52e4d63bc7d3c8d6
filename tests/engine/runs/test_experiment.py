"""The experiment: complete, refused out of range, equal after JSON, and equal runs from equal experiments."""

import json
import math
import subprocess
import sys
from dataclasses import FrozenInstanceError, asdict, fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import (
    ACTIVATIONS,
    DATASETS,
    FEATURES,
    INITIALIZERS,
    LOSSES,
    OPTIMIZERS,
    Experiment,
    Network,
    Run,
    Trainer,
    apply_features,
    make_dataset,
    make_optimizer,
    replay,
)
from engine.runs.experiment import (
    LIVE,
    MAX_BATCH,
    MAX_LAYERS,
    MAX_SPEED,
    MAX_WIDTH,
    OUTPUTS,
    USUAL_LOSS,
    losses_for,
)
from engine.runs.links import open_query
from engine.runs.provenance import summary
from engine.runs.work import MOST_WORK, step_work

widths = st.lists(st.integers(1, MAX_WIDTH), max_size=MAX_LAYERS).map(tuple)
rates = st.floats(1e-5, 10)


@st.composite
def optimizers(draw):
    """An optimiser with some of its own parameters."""
    name = draw(st.sampled_from(list(OPTIMIZERS)))
    rows = [row for row in OPTIMIZERS[name].parameters if row.name not in ("nesterov", "dampening")]
    chosen = draw(st.lists(st.sampled_from(rows), unique=True)) if rows else []
    values = [draw(st.booleans() if row.is_bool else st.floats(row.minimum, row.maximum)) for row in chosen]
    return name, tuple((row.name, value) for row, value in zip(chosen, values, strict=True))


def features_of(dataset):
    """Some features of the table that a data set has."""
    return st.lists(st.sampled_from(list(DATASETS[dataset].features)), min_size=1, unique=True).map(tuple)


@st.composite
def experiments(draw):
    """Any valid experiment."""
    dataset = draw(st.sampled_from(list(DATASETS)))
    output = draw(st.sampled_from(OUTPUTS[DATASETS[dataset].kind]))
    hidden = draw(widths)
    speed = draw(st.integers(1, MAX_SPEED))
    optimizer, parameters = draw(optimizers())
    names = st.sampled_from(list(ACTIVATIONS))
    return Experiment.fitted(  # which lowers a speed that is too much for the rest
        dataset=dataset,
        samples=draw(st.integers(10, 60)),
        noise=draw(st.floats(0, 0.5)),
        train_share=draw(st.floats(0.1, 0.9)),
        data_seed=draw(st.integers(0, 2**32 - 1)),
        features=draw(features_of(dataset)),
        hidden=hidden,
        activations=tuple(draw(st.lists(names, min_size=len(hidden), max_size=len(hidden)))),
        output_activation=output,
        loss=draw(st.sampled_from(losses_for(output))),
        bias=draw(st.sampled_from(["shared", "none"])),
        initializer=draw(st.sampled_from(list(INITIALIZERS))),
        seed=draw(st.integers(0, 2**32 - 1)),
        batch_size=draw(st.integers(1, MAX_BATCH) | st.just("all")),
        optimizer=optimizer,
        optimizer_parameters=parameters,
        learning_rate=draw(rates),
        regularization=draw(st.sampled_from(["none", "l1", "l2"])),
        regularization_rate=draw(st.floats(0, 1)),
        speed=speed,
    )


VALID = {
    "dataset": st.sampled_from(list(DATASETS)),
    "samples": st.integers(10, 500),
    "noise": st.floats(0, 0.5),
    "train_share": st.floats(0.1, 0.9),
    "hidden": widths,
    "bias": st.sampled_from(["shared", "none"]),
    "initializer": st.sampled_from(list(INITIALIZERS)),
    "seed": st.integers(0, 2**32 - 1),
    "batch_size": st.integers(1, MAX_BATCH) | st.just("all"),
    "optimizer": st.sampled_from(list(OPTIMIZERS)),
    "learning_rate": rates,
    "regularization": st.sampled_from(["none", "l1", "l2"]),
    "regularization_rate": st.floats(0, 1),
    "speed": st.integers(1, MAX_SPEED),
}
changes = st.lists(st.sampled_from(list(VALID)), min_size=1, max_size=4, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: VALID[name] for name in names})
)


@settings(max_examples=80, deadline=None)
@given(experiment=experiments())
def test_json_gives_back_an_equal_experiment(experiment):
    text = experiment.to_json()
    assert Experiment.from_json(text) == experiment
    assert hash(Experiment.from_json(text)) == hash(experiment)
    assert set(json.loads(text)) == {field.name for field in fields(Experiment)}
    assert json.loads(text, parse_constant=pytest.fail)  # strict JSON, no NaN


@settings(max_examples=150, deadline=None)
@given(experiment=experiments(), changes=changes, data=st.data())
def test_changing_valid_fields_never_gives_an_invalid_experiment(experiment, changes, data):
    changes |= data.draw(
        st.fixed_dictionaries(
            {}, optional={"features": features_of(changes.get("dataset", experiment.dataset))}
        )
    )
    if changes.get("speed", 1) > experiment.changed(**changes | {"speed": 1}).most_speed:
        with pytest.raises(ValueError, match="speed must be at most"):
            experiment.changed(**changes)
        return
    other = experiment.changed(**changes)
    for name, value in changes.items():
        assert getattr(other, name) == value
    assert len(other.activations) == len(other.hidden)
    assert other.output_activation in OUTPUTS[other.problem.kind]
    assert other.loss in losses_for(other.output_activation)
    assert other.network().dims == other.dims


@settings(max_examples=150, deadline=None)
@given(experiment=experiments(), data=st.data())
def test_changing_the_output_activation_or_the_loss_alone_fits_the_rest(experiment, data):
    output = data.draw(st.sampled_from(OUTPUTS[experiment.problem.kind]))
    other = experiment.changed(output_activation=output)
    assert other.output_activation == output
    if experiment.loss in losses_for(output) and experiment.loss != USUAL_LOSS[experiment.output_activation]:
        assert other.loss == experiment.loss
    loss = data.draw(st.sampled_from(losses_for(output)))
    assert other.changed(loss=loss).loss == loss
    activations = tuple(data.draw(st.sampled_from(list(ACTIVATIONS))) for _ in experiment.hidden)
    assert experiment.changed(activations=activations).activations == activations
    assert experiment.changed() == experiment


@settings(max_examples=25, deadline=None)
@given(experiment=experiments())
def test_equal_experiments_give_runs_that_are_equal_to_the_bit(experiment):
    twin = Experiment.from_json(experiment.to_json())
    first, second = replay(Run(replace(experiment, speed=1))), replay(Run(replace(twin, speed=1)))
    for _ in range(3):
        assert first.advance() == second.advance()
        assert first.trainer.net.theta.tobytes() == second.trainer.net.theta.tobytes()
    assert first.train_losses.tobytes() == second.train_losses.tobytes()
    assert first.test_losses.tobytes() == second.test_losses.tobytes()
    assert first.test_metrics.tobytes() == second.test_metrics.tobytes()


@settings(max_examples=60, deadline=None)
@given(experiment=experiments())
def test_the_network_and_the_targets_fit_the_data(experiment):
    split = experiment.data()
    trainer = experiment.trainer(split)
    assert trainer.X.shape == (len(split.X), len(experiment.features))
    assert trainer.Y.shape == (len(split.X), experiment.outputs)
    low, high = experiment.range
    if experiment.problem.kind == "regression":
        np.testing.assert_array_equal(trainer.Y[:, 0], split.target)
    else:
        assert set(np.unique(trainer.Y)) <= {low, high}
    if experiment.outputs > 1:
        assert (trainer.Y.sum(axis=1) == 1).all()
    assert trainer.net.bias == experiment.bias
    assert [activation.name for activation in trainer.net.activations] == [
        *experiment.activations, experiment.output_activation,
    ]  # fmt: skip


def test_class_0_is_the_high_one_of_two_classes():
    classes = np.array([0.0, 1.0, 0.0])
    for output, expected in (("tanh", [1, -1, 1]), ("linear", [1, -1, 1]), ("sigmoid", [1, 0, 1])):
        experiment = Experiment().changed(output_activation=output)
        assert experiment.targets(classes).tolist() == [[value] for value in expected]
    softmax = Experiment().changed(output_activation="softmax")
    assert softmax.targets(classes).tolist() == [[1, 0], [0, 1], [1, 0]]


def test_train_and_test_losses_are_each_over_their_own_samples():
    experiment = Experiment(samples=50, noise=0.3, train_share=0.7)
    split, run = experiment.data(), replay(Run(experiment))
    run.advance()
    net = run.trainer.net
    for X, target, loss, metric in (
        (split.X, split.target, run[1].train_loss, run[1].train_metric),
        (split.X_test, split.target_test, run[1].test_loss, run[1].test_metric),
    ):
        trace, Y = net.forward(apply_features(X, experiment.features)), experiment.targets(target)
        assert loss == pytest.approx(net.loss(trace, Y, experiment.loss), rel=1e-12)
        assert metric == np.mean((trace.A[-1] > 0) == (Y > 0))
    assert run[1].train_loss != run[1].test_loss


def test_the_seed_decides_weights_and_order_and_the_data_seed_the_points():
    first = Experiment()
    theta, X = first.network().theta, first.data().X
    other = replace(first, seed=1)
    assert (other.network().theta != theta).any()
    runs = [experiment.trainer() for experiment in (first, other, first)]
    orders = [(run.epoch(), tuple(run.order))[1] for run in runs]
    assert orders[0] == orders[2] != orders[1]
    np.testing.assert_array_equal(other.data().X, X)
    other = replace(first, data_seed=1)
    np.testing.assert_array_equal(other.network().theta, theta)
    assert (other.data().X != X).any()


def test_noise_share_samples_and_classes_reach_the_data():
    plain = Experiment(samples=100).data()
    assert (len(plain.X), len(plain.X_test)) == (50, 50)
    noisy = Experiment(samples=100, noise=0.5).data()
    assert (noisy.target != plain.target).any()  # a circle's noise is in its labels
    assert len(Experiment(samples=100, train_share=0.8).data().X) == 80
    assert set(Experiment().changed(dataset="blobs", classes=3).data().target) == {0, 1, 2}


def test_live_settings_make_the_same_run_and_the_others_another():
    experiment = Experiment()
    assert experiment.same_run(experiment)
    assert set(LIVE) <= {field.name for field in fields(Experiment)}
    live = {"learning_rate": 1.0, "optimizer": "adam", "regularization": "l2", "speed": 2}
    for name, value in live.items():
        assert experiment.same_run(replace(experiment, **{name: value})), name
    other = {"dataset": "xor", "samples": 400, "noise": 0.1, "hidden": (4, 3), "seed": 1, "batch_size": 5}
    for name, value in other.items():
        assert not experiment.same_run(replace(experiment, **{name: value})), name


def test_a_warm_up_acts_with_the_constant_schedule_too():
    run = replay(Run(Experiment(learning_rate=0.1, schedule_parameters=(("warmup", 3),))))
    while run.last < 5:
        run.advance()
    assert [run[k].learning_rate for k in range(1, 6)] == pytest.approx([0.025, 0.05, 0.075, 0.1, 0.1])


def test_regularization_is_l1_or_l2_or_none_of_both():
    for name, expected in (("none", (0, 0)), ("l1", (0.3, 0)), ("l2", (0, 0.3))):
        experiment = Experiment(regularization=name, regularization_rate=0.3)
        assert (experiment.settings.l1, experiment.settings.l2) == expected
        assert (experiment.trainer().l1, experiment.trainer().l2) == expected


def test_another_number_of_layers_keeps_the_first_activations():
    experiment = Experiment(hidden=(4, 2), activations=("relu", "tanh"))
    assert experiment.changed(hidden=(4,)).activations == ("relu",)
    assert experiment.changed(hidden=(4, 2, 3, 3)).activations == ("relu", "tanh", "tanh", "tanh")
    assert experiment.changed(hidden=()).changed(hidden=(2,)).activations == ("tanh",)


def test_another_optimizer_starts_from_its_own_parameters():
    experiment = Experiment(optimizer="sgd", optimizer_parameters=(("momentum", 0.9),))
    assert experiment.changed(optimizer="adam").optimizer_parameters == ()
    assert experiment.changed(optimizer="sgd").optimizer_parameters == (("momentum", 0.9),)
    chosen = experiment.changed(optimizer="adam", optimizer_parameters=(("beta1", 0.5),))
    assert chosen.optimizer_parameters == (("beta1", 0.5),)


def test_every_kind_of_problem_has_outputs_and_each_a_usual_loss():
    assert {dataset.kind for dataset in DATASETS.values()} <= OUTPUTS.keys()
    for outputs in OUTPUTS.values():
        for output in outputs:
            assert output in ACTIVATIONS
            assert USUAL_LOSS[output] in losses_for(output)
    assert set(losses_for("sigmoid")) == set(LOSSES) - {"cce"}
    assert set(losses_for("softmax")) == set(LOSSES) - {"bce"}
    assert set(losses_for("tanh")) == set(LOSSES) - {"bce", "cce"}


def test_an_experiment_is_frozen():
    with pytest.raises(FrozenInstanceError):
        Experiment().seed = 3


REFUSED = [
    ("dataset", "squares", r"dataset must be one of .*Got 'squares'\."),
    ("samples", 9, r"samples must be between 10 and 10,000\. Got 9\."),
    ("samples", 10.0, r"samples must be a whole number between 10 and 10,000\. Got 10\.0\."),
    ("noise", 0.6, r"noise must be between 0 and 0\.5\. Got 0\.6\."),
    ("noise", math.nan, r"noise must be .*Got nan\."),
    ("noise", True, r"noise must be a number .*Got True\."),
    ("train_share", 1.0, r"train_share must be between 0\.1 and 0\.9\."),
    ("data_seed", -1, r"data_seed must be between 0 and"),
    ("features", (), r"features must be at least one, each once\. Got \(\)\."),
    ("features", ("x1", "x1"), r"features must be at least one, each once\."),
    ("features", ("x3",), r"feature must be one of .*Got 'x3'\."),
    ("hidden", (0, 2), r"Every hidden width must be between 1 and 64"),
    ("hidden", (65, 2), r"Every hidden width must be between 1 and 64\. Got 65\."),
    ("hidden", (4,) * 9, r"hidden must be at most 8 layers\. Got 9\."),
    ("hidden", (4,), r"activations must be one per hidden layer, 1\. Got 2\."),
    ("activations", ("tanh", "cosine"), r"activation must be one of .*Got 'cosine'\."),
    ("output_activation", "relu", r"output_activation must be one of .*Got 'relu'\."),
    ("loss", "bce", r"loss must be one of .*Got 'bce'\."),
    ("bias", "per_sample", r"bias must be one of shared, none\. Got 'per_sample'\."),
    ("initializer", "ones", r"initializer must be one of"),
    ("seed", 2**32, r"seed must be between 0 and 4,294,967,295\."),
    ("batch_size", 0, r"batch_size must be between 1 and 100\. Got 0\."),
    ("optimizer", "unheard_of", r"optimizer must be one of"),
    (
        "optimizer_parameters",
        (("beta1", 0.9),),
        r"optimizer_parameters must be pairs of momentum.*Got \('beta1', 0.9\)",
    ),
    ("optimizer_parameters", (("momentum", 2),), r"momentum must be between 0 and 1\. Got 2\."),
    ("learning_rate", 0, r"learning_rate must be above 0 and at most 1,000\. Got 0\."),
    ("learning_rate", 1000.0001, r"learning_rate must be above 0 and at most 1,000\. Got 1000\.0001\."),
    ("regularization", "l3", r"regularization must be one of none, l1, l2.* Got 'l3'\."),
    ("regularization_rate", -1, r"regularization_rate must be between 0 and"),
    ("speed", 101, r"speed must be between 1 and 100\. Got 101\."),
    ("clip_norm", -1, r"clip_norm must be >= 0\. Got -1\."),
    ("frozen", (-1,), r"frozen must be >= 0\. Got -1\."),
    ("schedule", "sometimes", r"schedule must be one of"),
    ("schedule_parameters", (("warmth", 1),), r"schedule_parameters must be pairs of"),
    ("stop_epoch", -1, r"stop_epoch must be between 0 and 1,000,000,000\. Got -1\."),
    ("stop_loss", -0.1, r"stop_loss must be >= 0\. Got -0\.1\."),
    ("stop_accuracy", 1.1, r"stop_accuracy must be between 0 and 1\. Got 1\.1\."),
    ("stop_plateau", 2.5, r"stop_plateau must be a whole number between 0 and 1,000,000,000\. Got 2\.5\."),
]


@pytest.mark.parametrize(("field", "value", "message"), REFUSED)
def test_fields_out_of_range_are_refused_in_one_sentence_also_from_json(field, value, message):
    with pytest.raises(ValueError, match=message):
        replace(Experiment(), **{field: value})
    with pytest.raises(ValueError, match=message):
        Experiment.from_json(json.dumps(asdict(Experiment()) | {field: value}))


def test_python_without_assertions_refuses_the_same_experiments():
    """`python -O` drops every assert: no check may be one."""
    texts = [json.dumps({field: value}) for field, value, _ in REFUSED]
    script = (
        "import json, sys\nfrom engine import Experiment\nassert False\n"
        "for text in json.load(sys.stdin):\n"
        "    try:\n        Experiment.from_json(text)\n"
        "    except ValueError:\n        continue\n"
        "    print('taken:', text)\n"
    )
    command = [sys.executable, "-O", "-c", script]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, check=True)
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"An experiment must be JSON text\."),
        ("{", r"An experiment must be JSON text\."),
        ("[]", r"An experiment must be an object"),
        ("null", r"An experiment must be an object"),
        ('{"learning": 1}', r"An experiment must be an object with fields of dataset, "),
        ('{"hidden": 4}', r"hidden must be a list\. Got 4\."),
        ('{"features": "x1"}', r"features must be a list\. Got 'x1'\."),
        ('{"seed": null}', r"seed must be a whole number"),
        ('{"dataset": ["circle"]}', r"dataset must be one of"),
    ],
)
def test_other_text_is_refused_in_one_sentence(text, message):
    with pytest.raises(ValueError, match=message):
        Experiment.from_json(text)


@pytest.mark.parametrize(
    "text",
    [
        '{"optimizer_parameters": [1]}',
        '{"optimizer_parameters": [["learning_rate", 1.0]]}',
        '{"optimizer_parameters": [["name", "adam"]]}',
        '{"optimizer_parameters": [[["momentum"], 0.5]]}',
        '{"learning_rate": 1' + 400 * "0" + "}",
        '{"seed": 1' + 400 * "0" + "}",
        100_000 * "[",
    ],
    ids=lambda text: text[:50],
)
def test_a_hostile_link_is_refused_as_a_wrong_value_too(text):
    with pytest.raises(ValueError, match=r"."):
        Experiment.from_json(text)


def test_fields_left_out_take_their_defaults():
    assert Experiment.from_json("{}") == Experiment()
    assert Experiment.from_json('{"seed": 7, "hidden": [3], "activations": ["relu"]}') == Experiment(
        seed=7, hidden=(3,), activations=("relu",)
    )


def test_the_circle_is_learned_within_150_epochs_as_on_tensorflow_playground():
    # 2-4-2-1, tanh, half_mse, x1 x2, no noise, 250 training points, η = 0.03, batch 10, playground weights
    losses = []
    for seed in range(5):
        split = make_dataset("circle", samples=500, train_share=0.5, rng=np.random.default_rng(seed))
        assert len(split.X) == 250
        net = Network((2, 4, 2, 1), ("tanh",) * 3, initializer="playground", rng=seed)
        Y = np.where(split.target == 0, 1.0, -1.0)[:, None]
        sgd = make_optimizer("sgd", learning_rate=0.03)
        trainer = Trainer(net, split.X, Y, loss="half_mse", optimizer=sgd, batch_size=10, rng=seed)
        losses.append(trainer.epochs(150).train_loss)
    assert sorted(losses)[2] < 0.02, losses


def test_the_same_run_as_an_experiment_is_learned_too():
    losses = []
    for seed in range(5):
        experiment = Experiment(initializer="playground", seed=seed, data_seed=seed)
        assert (experiment.dims, experiment.learning_rate, experiment.batch_size) == ((2, 4, 2, 1), 0.03, 10)
        losses.append(experiment.trainer().epochs(150).train_loss)
    assert sorted(losses)[2] < 0.02, losses


def test_five_inputs_bring_their_own_features_and_leave_none_behind():
    plane = Experiment(features=("x2", "sin_x1"))
    five = plane.changed(dataset="seed_004")
    assert five.features == ("x1", "x2", "x3", "x4", "x5")
    assert (five.dims, five.output_activation, five.loss) == ((5, 4, 2, 3), "softmax", "cce")
    assert five.changed(features=("x1", "x5")).changed(hidden=(3,)).features == ("x1", "x5")
    assert five.changed(dataset="circle").features == ("x1", "x2")
    assert plane.changed(dataset="xor").features == plane.features
    for dataset, feature in (("seed_004", "x1_squared"), ("circle", "x3")):
        with pytest.raises(ValueError, match=rf"feature must be one of x1, .*Got '{feature}'\."):
            Experiment().changed(dataset=dataset, features=("x1", feature))


def test_seed_004_is_learned_by_its_own_network():
    losses = []
    for seed in range(5):
        experiment = Experiment(
            hidden=(7, 4), activations=("sigmoid", "sigmoid"), learning_rate=1.0, seed=seed
        ).changed(dataset="seed_004")
        assert experiment.dims == (5, 7, 4, 3)
        record = experiment.trainer().epochs(300)
        losses.append(record.train_loss)
        assert math.isnan(record.test_loss)
    assert max(losses) < 0.05, losses


def test_the_number_of_blobs_is_that_of_the_outputs_and_of_the_data():
    experiment = Experiment(classes=7).changed(dataset="blobs")
    assert (experiment.outputs, experiment.output_activation) == (7, "softmax")
    assert set(experiment.data().target) == set(range(7))
    assert experiment.trainer().Y.shape[1] == 7


def test_a_batch_of_all_points_makes_one_step_an_epoch():
    e = Experiment.from_link("batch=all&noise=0.1")
    assert e.batch_size == "all"
    assert "batch=all" in e.to_link()
    trainer = e.trainer()
    assert trainer.steps_per_epoch == 1
    assert e.most_speed == MAX_SPEED
    assert "batch of all points" in summary(e)
    plain = replace(e, batch_size=1).trainer()
    assert plain.steps_per_epoch == trainer.samples == 250


WIDE = {"hidden": (16,) * 8, "activations": ("gelu",) * 8, "features": tuple(FEATURES)}


def test_a_frame_may_cost_two_thousand_million_multiply_adds():
    experiment = Experiment(**WIDE, batch_size=1)
    step = 3 * 1 * experiment.parameter_count + 20_000 * 9
    assert experiment.most_speed == 2 * 10**9 // (250 * step) == 42
    assert replace(experiment, speed=42).speed == 42
    rule = "42 epochs a frame with this network, these samples and this batch size"
    with pytest.raises(ValueError, match=rf"^speed must be at most {rule}\. Got 43\.$"):
        replace(experiment, speed=43)


def test_the_default_network_may_have_a_hundred_epochs_a_frame_at_any_batch_size():
    assert {Experiment(batch_size=batch).most_speed for batch in range(1, MAX_BATCH + 1)} == {MAX_SPEED}


@pytest.mark.parametrize("dataset", DATASETS)
def test_one_epoch_a_frame_is_within_the_bound_for_every_data_set_at_its_largest(dataset):
    problem = DATASETS[dataset]
    experiment = Experiment.fitted(
        dataset=dataset, hidden=(16,) * 8, activations=("relu",) * 8, features=tuple(problem.features),
        samples=10_000, train_share=0.9, batch_size=1, classes=10 if problem.any_classes else 0,
    )  # fmt: skip
    steps = experiment.training_samples
    assert steps * step_work(1, experiment.parameter_count, 9) <= MOST_WORK
    assert steps == len(experiment.data().X)
    assert experiment.most_speed >= 1


def test_mini_batches_a_frame_are_bounded_by_the_step_alone():
    assert (
        Experiment(**WIDE, unit="mini-batch", batch_size=MAX_BATCH, speed=MAX_SPEED).most_speed == MAX_SPEED
    )


@pytest.mark.parametrize("change", [WIDE, {"batch_size": 1, "samples": 3000}, {"unit": "epoch"}])
def test_a_change_lowers_the_speed_to_what_is_allowed_and_only_then(change):
    fast = Experiment(speed=100, batch_size=2)
    if "unit" in change:
        fast = Experiment(**WIDE, speed=100, batch_size=1, unit="mini-batch")
    changed = fast.changed(**change)
    assert changed.speed == changed.most_speed < 100
    assert fast.changed(learning_rate=0.1).speed == 100


def test_a_link_lowers_the_speed_to_what_the_rest_allows_whatever_the_order():
    query = {"net": "~".join(["16"] * 8), "act": "gelu", "batch": "1", "speed": "100"}
    opened, refusals = open_query(Experiment.fitted, query)
    assert refusals == ()
    assert opened.speed == opened.most_speed < 100
    assert open_query(Experiment.fitted, query | {"unit": "mini-batch"})[0].speed == 100
    refused = open_query(Experiment.fitted, {"speed": "101"})[1]
    assert refused == ("Speed must be between 1 and 100. Got 101.",)


@pytest.mark.parametrize(
    "values",
    [
        {"hidden": (1,) * 10**6},
        {"frozen": tuple(range(10**5))},
        {"frozen": (10**20,)},
        {"activations": ([[[[["tanh"]]]]],)},
        {"stop_epoch": 2**53},
        {"stop_plateau": 10**30},
    ],
)
def test_what_has_no_bound_elsewhere_is_refused_before_a_loop_and_in_one_short_sentence(values):
    for make in (Experiment, Experiment.fitted, Experiment().changed):
        with pytest.raises(ValueError, match="must") as refusal:
            make(**values)
        assert len(str(refusal.value)) < 400
