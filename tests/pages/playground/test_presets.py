"""Every preset shows what it says."""

from itertools import takewhile
from operator import attrgetter

import numpy as np
import pytest

from engine import Run, replay
from pages.playground.presets import PRESETS


def after(name, epochs):
    timeline = replay(Run(PRESETS[name].experiment))
    while timeline.frame < epochs and timeline.advance():
        pass
    return timeline


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_runs_and_says_what_there_is_to_see(name):
    preset = PRESETS[name]
    assert preset.name == name
    assert preset.explanation.endswith(".")
    assert after(name, 3).last >= 1


@pytest.mark.parametrize("nudge", [0.0, 1e-12, 1e-9, 1e-6])
def test_dead_relus_die_in_the_first_epoch_on_every_processor(nudge):
    """Processors round differently, by far less than these nudges; the result must not depend on it."""
    timeline = replay(Run(PRESETS["dead_relus"].experiment))
    trainer = timeline.trainer
    trainer.net.theta += nudge * np.random.default_rng(0).normal(size=trainer.net.theta.size)
    trainer.epoch()
    assert not trainer.activations()[2].any()


def losses(trainer, epochs):
    """The training losses by epoch, as long as they are finite."""
    records = (trainer.epoch() for _ in range(epochs))
    return np.array([record.train_loss for record in takewhile(attrgetter("finite"), records)])


@pytest.mark.parametrize("name", PRESETS)
def test_rounding_moves_no_preset_within_a_hundred_epochs(name):
    """Other processors sum in another order: a chaotic run would show other losses on each of them."""
    experiment = PRESETS[name].experiment
    plain, nudged = experiment.trainer(), experiment.trainer()
    signs = np.random.default_rng(0).choice([-1, 1], nudged.net.theta.size)
    nudged.net.theta *= 1 + 1e-15 * signs
    np.testing.assert_allclose(losses(nudged, 100), losses(plain, 100), rtol=1e-6, atol=1e-6)


def test_a_chaotic_run_would_be_seen():
    experiment = PRESETS["dead_relus"].experiment.changed(output_activation="tanh", learning_rate=10.0)
    plain, nudged = experiment.trainer(), experiment.trainer()
    nudged.net.theta *= 1 + 1e-15
    assert np.abs(losses(nudged, 100) - losses(plain, 100)).max() > 1e-3


def test_too_large_a_step_diverges_with_one_sentence():
    assert after("divergence", 30).stopped.kind == "diverged"


def test_vanishing_sigmoids_do_not_learn_within_a_hundred_epochs():
    assert after("vanishing", 100)[100].train_loss > 0.69


def test_learning_by_heart_overfits():
    timeline = after("overfit", 200)
    assert timeline[200].train_loss < 0.01 < 0.1 < timeline[200].test_loss
    assert timeline[200].test_loss > min(timeline.test_losses) * 1.2


def test_twins_stay_twins():
    net = after("twins", 50).trainer.net
    assert (net.W[0] == net.W[0][:, :1]).all()


def test_seed_004_is_learnt_within_some_hundreds_of_epochs():
    timeline = after("seed_004", 300)
    assert timeline.trainer.net.dims == (5, 7, 4, 3)
    assert timeline[300].train_loss < 0.05 < timeline[0].train_loss


def test_spiral_with_sines_is_learnt():
    assert after("spiral_sines", 100)[100].test_metric > 0.97
