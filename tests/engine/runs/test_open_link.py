"""Links that people write: what is missing is fitted, and a bad value costs itself alone."""

import pytest

from engine import Experiment, Run
from engine.runs.links import LONGEST_LINK
from engine.runs.run import open_link


@pytest.mark.parametrize(
    ("link", "fields"),
    [
        ("?net=8~8~8", {"hidden": (8, 8, 8), "activations": ("tanh", "tanh", "tanh")}),
        ("net=6", {"hidden": (6,), "activations": ("tanh",)}),
        ("?net=none", {"hidden": (), "activations": ()}),
        ("?act=relu", {"activations": ("relu", "relu")}),
        ("?net=5~4~3&act=relu", {"hidden": (5, 4, 3), "activations": ("relu", "relu", "relu")}),
        ("?data=spiral3", {"dataset": "spiral3", "output_activation": "softmax", "loss": "cce"}),
        ("?data=plane", {"dataset": "plane"}),
        (
            "http://localhost:8501/?data=xor&net=8~8~8&lr=0.1",
            {"dataset": "xor", "hidden": (8, 8, 8), "activations": ("tanh",) * 3, "learning_rate": 0.1},
        ),
        ("https://example.org/playground", {}),
        ("", {}),
    ],
)
def test_what_a_link_leaves_out_is_fitted_as_the_controls_would(link, fields):
    assert Experiment.from_link(link) == Experiment(**fields)
    assert open_link(link).run == Run(Experiment(**fields))
    assert open_link(link).refusals == ()


def test_a_default_that_suits_a_link_stands_as_it_did_when_the_link_was_shared():
    assert Experiment.from_link("out=sigmoid").loss == "half_mse"


@pytest.mark.parametrize(
    ("link", "kept", "named"),
    [
        ("?lr=abc&batch=7", {"batch_size": 7}, "lr in the link can't be read. Got 'abc'."),
        ("?lr=-1&batch=7", {"batch_size": 7}, "Learning rate must be above 0"),
        ("?net=99&lr=0.1", {"learning_rate": 0.1}, "Every hidden width"),
        ("?data=nowhere&seed=3", {"seed": 3}, "Data set must be one of"),
        ("?frozen=99999999999999999999&lr=0.1", {"learning_rate": 0.1}, "Frozen weights must be below 25"),
        ("?stope=9007199254740993&lr=0.1", {"learning_rate": 0.1}, "Stop at epoch must be"),
        ("?net=" + "~".join(["4"] * 3000) + "&seed=2", {"seed": 2}, "Hidden layers must be at most 8 layers"),
        ("?net=" + "9" * 20_000 + "&seed=2", {"seed": 2}, "net in the link can't be read"),
        ("?out=softplus&lr=0.1", {"learning_rate": 0.1}, "Output must be one of"),
    ],
)
def test_a_bad_value_costs_that_value_alone_and_is_named(link, kept, named):
    opened = open_link(link)
    assert opened.run == Run(Experiment(**kept))
    assert len(opened.refusals) == 1
    assert named in opened.refusals[0]
    said = named.split(".")[0]
    rule = said.partition(" must ")[2] or said
    with pytest.raises(ValueError, match=rule):  # of which the engine names the field
        Run.from_link(link)


@pytest.mark.parametrize(
    "text",
    ["journal=x", "journal=3~lr", "journal=3~net~4", "journal=3~set~a~1", "journal=3~set~1",
     "journal=3~freeze~x", "frame=-1", "frame=1.5", "journal=5~lr~0.1~~4~lr~0.1", "journal=1~set~25~0.5"],
)  # fmt: skip
def test_a_journal_that_cannot_be_read_costs_the_journal_and_is_named(text):
    opened = open_link(f"lr=0.1&{text}")
    assert opened.run == Run(Experiment(learning_rate=0.1))
    assert len(opened.refusals) == 1


@pytest.mark.parametrize("link", ["?" + "a" * LONGEST_LINK, "?" + "&".join(f"p{k}=1" for k in range(500))])
def test_a_link_that_is_too_long_opens_the_default_and_says_so(link):
    opened = open_link(link)
    assert opened.run == Run(Experiment())
    assert "must have at most" in opened.refusals[0]


THEIRS = "https://playground.tensorflow.org/#"


@pytest.mark.parametrize(
    ("hash_", "fields"),
    [
        (
            "activation=relu&dataset=spiral&networkShape=8,8",
            {"dataset": "spiral", "hidden": (8, 8), "activations": ("relu", "relu")},
        ),
        (
            "activation=sigmoid&regularization=L2&batchSize=25&dataset=xor&learningRate=0.1&regularizationRate=0.003"
            "&noise=15&networkShape=3&percTrainData=70&x=false&y=true&xTimesY=true&problem=classification",
            {
                "dataset": "xor", "hidden": (3,), "activations": ("sigmoid",), "regularization": "l2",
                "regularization_rate": 0.003, "batch_size": 25, "learning_rate": 0.1, "noise": 0.15,
                "train_share": 0.7, "features": ("x2", "x1x2"),
            },
        ),
        (
            "problem=regression&regDataset=reg-gauss&networkShape=&initZero=true",
            {
                "dataset": "hills", "output_activation": "linear", "hidden": (), "activations": (),
                "initializer": "zeros",
            },
        ),
    ],
)  # fmt: skip
def test_an_address_of_tensorflow_playground_opens_the_same_set_up(hash_, fields):
    expected = Experiment(**({"initializer": "playground"} | fields))
    opened = open_link(THEIRS + hash_)
    assert opened.refusals == ()
    assert opened.run == Run(expected)
    assert Run.from_link("#" + hash_).experiment == expected


def test_what_has_no_counterpart_in_a_tensorflow_playground_address_is_said():
    opened = open_link(
        THEIRS + "dataset=gauss&seed=0.31&cosX=true&cosY=false&showTestData=true&discretize=false"
    )
    assert [note.split(" of the")[0] for note in opened.notes] == [
        "The input cos x₁", "Its seed", "Showing the test data from the start",
    ]  # fmt: skip
