"""What a notebook prints of an object: one short line that says what it is and where it stands."""

import pytest

from engine import Experiment, Network, Run, Trainer, replay

X, Y = [[0.0], [1.0], [2.0], [3.0], [4.0]], [[0.0], [0.0], [1.0], [1.0], [1.0]]


def trainer():
    net = Network((1, 3, 1), ("tanh", "sigmoid"))
    return Trainer(net, X, Y, loss="bce", optimizer="adam", batch_size=2)


def test_a_network_shows_its_widths_activations_and_number_of_parameters():
    assert repr(Network((2, 4, 1), ("tanh", "sigmoid"))) == "Network(2-4-1, tanh sigmoid, 17 parameters)"
    assert repr(Network((2, 1), ("tanh",), bias="none")) == "Network(2-1, tanh, 2 parameters, no biases)"
    bound = Network((2, 1), ("tanh",), bias="per_sample", samples=3)
    assert repr(bound) == "Network(2-1, tanh, 5 parameters, biases for 3 samples)"


def test_a_trainer_shows_what_it_trains_how_and_how_far_it_is():
    run = trainer()
    network = "Network(1-3-1, tanh sigmoid, 10 parameters)"
    assert repr(run) == f"Trainer({network}, bce, adam 0.001, batch 2 of 5 samples, epoch 0)"
    run.train(4)  # an epoch of three mini-batches, and one more
    assert repr(run).endswith("epoch 1.33333)")


def test_an_experiment_shows_data_network_and_training():
    assert repr(Experiment(dataset="xor", seed=7)) == (
        "Experiment(XOR, 500 points, network 2-4-2-1, all tanh, Half MSE, batch 10, SGD 0.03, seed 7)"
    )


def test_a_timeline_shows_where_it_stands():
    timeline = replay(Run(Experiment()))
    timeline.advance()
    timeline.advance()
    timeline.seek(1)
    now = timeline[1]
    assert repr(timeline) == (
        f"Timeline(frame 1 of 2, epoch 1, train loss {now.train_loss:.4g}, test loss {now.test_loss:.4g})"
    )


@pytest.mark.parametrize(
    "thing", [trainer(), Experiment(), replay(Run(Experiment())), trainer().net], ids=repr
)
def test_it_is_one_line_that_fits_a_screen(thing):
    assert "\n" not in repr(thing)
    assert len(repr(thing)) <= 120
