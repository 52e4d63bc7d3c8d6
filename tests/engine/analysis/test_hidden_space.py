"""What a layer does to the plane, against a plain NumPy calculation."""

import numpy as np
import pytest

from engine import Experiment, Run, replay
from engine.analysis.hidden_space import decision_line, kind_of, projection


def hidden(experiment, frames=60):
    """Runs to 60 frames; gives five random ones with A of each layer, by plain NumPy from θ alone."""
    timeline = replay(Run(experiment))
    for _ in range(frames):
        timeline.advance()
    for frame in np.random.default_rng(17).choice(frames + 1, 5, replace=False):
        timeline.seek(int(frame))
        net, X = timeline.trainer.net, timeline.trainer.X
        A = [X]
        for W, b in zip(net.W, net.b, strict=True):
            A.append(np.tanh(A[-1] @ W + b))
        yield timeline.trainer, A


def shape(*widths):
    return Experiment(hidden=widths, activations=("tanh",) * len(widths), output_activation="tanh")


@pytest.mark.parametrize("width", [1, 2])
def test_one_and_two_units_are_their_own_coordinates(width):
    for trainer, A in hidden(shape(4, width)):
        seen = trainer.activations()[2]
        coordinates = np.column_stack((A[2], np.zeros(len(A[2]))))[:, :2]
        np.testing.assert_allclose(projection(seen)(seen), coordinates, rtol=1e-12, atol=1e-12)


def test_three_units_are_seen_from_a_place_that_stays():
    t, e = np.radians(35), np.radians(25)
    for trainer, A in hidden(shape(3)):
        seen = trainer.activations()[1]
        x, y, z = A[1].T
        across = x * np.cos(t) + y * np.sin(t)
        up = -x * np.sin(t) * np.sin(e) + y * np.cos(t) * np.sin(e) + z * np.cos(e)
        np.testing.assert_allclose(projection(seen)(seen), np.column_stack((across, up)), atol=1e-12)


def test_more_units_are_shown_by_their_first_two_principal_components():
    for trainer, A in hidden(shape(6, 5)):
        seen = trainer.activations()[2]
        project = projection(seen)
        centred = A[2] - A[2].mean(axis=0)
        values, vectors = np.linalg.eigh(centred.T @ centred)
        directions = vectors[:, [-1, -2]]
        directions *= np.sign(directions[np.abs(directions).argmax(axis=0), [0, 1]])
        np.testing.assert_allclose(project(seen), centred @ directions, atol=1e-12)
        np.testing.assert_allclose(project.shares, values[[-1, -2]] / values.sum(), atol=1e-12)


def test_units_that_all_say_the_same_lie_on_one_point():
    project = projection(np.full((7, 4), 0.25))
    np.testing.assert_array_equal(project(np.full((3, 4), 0.25)), np.zeros((3, 2)))
    np.testing.assert_array_equal(project.shares, [0, 0])


def test_what_is_not_finite_has_no_components_and_is_no_error():
    A = np.ones((5, 4))
    A[2, 1] = np.inf
    assert np.isnan(projection(A)(A)).all()


def test_one_sample_has_no_direction():
    assert projection(np.ones((1, 4))).basis.shape == (4, 2)


def test_the_kind_goes_by_the_width():
    assert [kind_of(n) for n in (1, 2, 3, 4, 8)] == ["one", "units", "three", "components", "components"]


def test_on_the_decision_line_the_next_unit_has_z_0():
    trainer, A = next(hidden(shape(4, 2)))
    W, b = trainer.net.W[-1], trainer.net.b[-1]
    line = decision_line(W, b)
    np.testing.assert_allclose(A[2] @ line[:2] + line[2], (A[2] @ W + b)[:, 0], atol=1e-15)
    on = np.array([0.3, -(line[0] * 0.3 + line[2]) / line[1]])
    np.testing.assert_allclose(on @ W + b, 0, atol=1e-14)
    assert decision_line(W, None)[2] == 0
    with pytest.raises(ValueError, match=r"W must have shape \(2, 1\) for a line. Got \(3, 1\)."):
        decision_line(np.ones((3, 1)), None)
