import numpy as np
import pytest

from engine import Network, make_optimizer
from engine.analysis.landscape import (
    follow,
    pca_plane,
    project,
    random_plane,
    refine,
    span,
    weight_plane,
)

RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(30, 2)), RNG.integers(0, 2, (30, 1)).astype(float)
NETS = {
    "shared": lambda: Network((2, 4, 1), ("tanh", "sigmoid"), rng=1),
    "no bias": lambda: Network((2, 3, 1), ("relu", "sigmoid"), bias="none", rng=1),
    "per sample": lambda: Network((2, 3, 1), ("relu", "sigmoid"), bias="per_sample", samples=30, rng=1),
}
every_net = pytest.mark.parametrize("net", [make() for make in NETS.values()], ids=NETS)


def loss_at(net, theta, loss="bce"):
    before = net.theta.copy()
    net.theta[...] = theta
    value = net.loss(net.forward(X), Y, loss)
    net.theta[...] = before
    return value


@every_net
def test_every_value_agrees_with_network_loss_and_theta_stays_bit_for_bit(net):
    before, plane = net.theta.copy(), random_plane(net, 0)
    grid = list(refine(net, X, Y, "bce", plane, (-1.0, 1.5), (-1.0, 0.5), levels=1))[-1]
    expected = [[loss_at(net, plane.at(a, b)) for a in grid.alphas] for b in grid.betas]
    np.testing.assert_allclose(grid.losses, expected, rtol=0, atol=1e-10)
    np.testing.assert_array_equal(plane.at(2.0, -3.0), plane.origin + 2.0 * plane.u - 3.0 * plane.v)
    assert net.theta.tobytes() == before.tobytes()


def trained_path(net, moving, steps=40):
    """theta along a descent in which only the indices in moving may change."""
    optimizer, thetas = make_optimizer("sgd", learning_rate=0.5, momentum=0.5), [net.theta.copy()]
    for _ in range(steps):
        gradient = np.zeros_like(net.theta)
        gradient[moving] = net.backward(net.forward(X), Y, "bce").theta[moving]
        optimizer.step(net.theta, gradient)
        thetas.append(net.theta.copy())
    return np.array(thetas)


def test_a_path_of_two_weights_lies_on_their_plane_and_the_axes_read_the_weights():
    net = NETS["shared"]()
    weights = (0, 1, 2), (1, 4, 0)  # W[0][1, 2] and the bias b[1][0]
    moving = [net.parameters.index(*weight) for weight in weights]
    thetas = trained_path(net, moving)
    plane = weight_plane(net, *weights)
    path = follow(net, X, Y, "bce", thetas, plane)
    assert (plane.kind, plane.labels) == ("weights", ("W[0][1, 2]", "b[1][0]"))
    assert path.distances.max() < 1e-13
    np.testing.assert_allclose(path.coordinates, thetas[:, moving], atol=1e-13)
    np.testing.assert_allclose(path.plane_losses, path.true_losses, atol=1e-12)
    np.testing.assert_allclose(path.true_losses, [loss_at(net, theta) for theta in thetas], atol=1e-10)


def test_a_path_off_the_plane_has_its_own_losses_and_those_of_its_shadow():
    net = NETS["shared"]()
    plane = weight_plane(net, (0, 0, 0), (0, 1, 0))
    theta = net.theta.copy()
    theta[net.parameters.index(1, 0, 0)] += 2.0  # across both axes
    path = follow(net, X, Y, "bce", [theta], plane)
    assert path.distances == pytest.approx([2.0])
    assert path.true_losses == pytest.approx([loss_at(net, theta)])
    assert path.plane_losses == pytest.approx([loss_at(net, net.theta)])
    assert path.true_losses != pytest.approx(path.plane_losses)


def test_distance_off_the_plane_is_the_length_of_what_was_added_across_it():
    net = NETS["shared"]()
    plane = random_plane(net, 5)  # u and v are not at right angles here
    basis = np.stack((plane.u, plane.v), axis=1)
    across = np.random.default_rng(6).normal(size=(3, net.theta.size))
    across -= across @ basis @ np.linalg.inv(basis.T @ basis) @ basis.T
    known = np.array([[0.5, -1.0], [2.0, 0.25], [0.0, 0.0]])
    lengths = np.array([0.0, 1.0, 3.0])
    across *= (lengths / np.linalg.norm(across, axis=1))[:, None]
    shadow = project(plane.origin + known @ basis.T + across, plane)
    np.testing.assert_allclose(shadow.coordinates, known, atol=1e-12)
    np.testing.assert_allclose(shadow.distances, lengths, atol=1e-12)


def test_pca_finds_the_plane_that_a_flat_path_lies_in():
    Q, _ = np.linalg.qr(np.random.default_rng(7).normal(size=(9, 9)))
    turns = np.linspace(0, 5, 50)[:, None]
    thetas = 1.0 + 3 * np.cos(turns) * Q[0] + np.sin(turns) * Q[1]
    plane = pca_plane(thetas)
    assert sum(plane.explained) == pytest.approx(1.0)
    assert plane.explained[0] > plane.explained[1]
    assert project(thetas, plane).distances.max() < 1e-12
    np.testing.assert_allclose(project(thetas, plane).coordinates[-1], 0, atol=1e-12)  # the end is the origin
    np.testing.assert_allclose(
        [plane.u @ plane.u, plane.u @ plane.v, plane.v @ plane.v], [1, 0, 1], atol=1e-12
    )


def test_explained_variance_is_the_share_of_the_squared_spread():
    thetas = np.zeros((4, 5))
    thetas[:, 0], thetas[:, 1], thetas[:, 2] = [3, 3, -3, -3], [2, -2, 2, -2], [1, -1, -1, 1]
    assert pca_plane(thetas).explained == pytest.approx((36 / 56, 16 / 56))


def test_principal_axes_point_where_their_largest_entry_is_positive():
    thetas = np.zeros((4, 3))
    thetas[:, 0], thetas[:, 1] = [3, 3, -3, -3], [2, -2, 2, -2]
    for path in (thetas, -thetas, thetas[::-1]):
        plane = pca_plane(path)
        np.testing.assert_allclose((plane.u, plane.v), np.eye(3)[:2], atol=1e-12)


def test_pca_of_a_single_point_still_spans_a_plane_through_it():
    plane = pca_plane([[1.0, 2.0, 3.0]])
    assert plane.explained == (0.0, 0.0)
    assert project([[1.0, 2.0, 3.0]], plane).distances.tolist() == [0.0]


def test_random_directions_have_the_length_of_each_neurons_weights_and_leave_biases():
    net = NETS["shared"]()
    net.theta += 0.1
    plane = random_plane(net, 2)
    mask = net.parameters.weight_mask() == 0
    other = NETS["shared"]()
    for direction in (plane.u, plane.v):
        assert not direction[mask].any()
        other.theta[...] = direction
        for D, W in zip(other.W, net.W, strict=True):
            np.testing.assert_allclose(np.linalg.norm(D, axis=0), np.linalg.norm(W, axis=0), rtol=1e-14)
    assert random_plane(net, 2).u.tolist() == plane.u.tolist()
    assert random_plane(net, 4).u.tolist() != plane.u.tolist()


def test_directions_that_span_no_plane_are_refused_in_one_sentence():
    net = NETS["shared"]()
    with pytest.raises(ValueError, match="The two directions must span a plane"):
        weight_plane(net, (0, 0, 0), (0, 0, 0))
    net.theta[...] = 0
    with pytest.raises(ValueError, match="The two directions must span a plane"):
        random_plane(net)


def test_refined_grids_grow_keep_the_coarse_values_and_end_as_the_whole_grid():
    net = NETS["shared"]()
    plane = random_plane(net, 1)
    grids = list(refine(net, X, Y, "bce", plane, (-1, 1), (-2, 0), levels=3, chunk=200))
    assert {len(grid.alphas) for grid in grids} == {11, 21, 41}
    progress = [grid.progress for grid in grids]
    assert progress == sorted(set(progress))
    assert progress[-1] == 1.0
    last = grids[-1]
    coarse = [grid for grid in grids if len(grid.alphas) == 11]
    np.testing.assert_array_equal(last.losses[::4, ::4], coarse[-1].losses)
    whole = [[loss_at(net, plane.at(a, b)) for a in last.alphas] for b in last.betas]
    np.testing.assert_allclose(last.losses, whole, rtol=0, atol=1e-12)
    for grid in grids[len(coarse) - 1 :]:
        assert np.isfinite(grid.losses).all()
    for grid in coarse:  # it has no coarser neighbours to show
        assert np.isfinite(grid.losses).sum() == round(grid.progress * last.losses.size)


def test_span_surrounds_the_path_and_is_never_empty():
    (a, b), (c, d) = span(np.array([[0.0, 0.0], [4.0, 0.0]]))
    assert a < 0 < 4 < b
    assert c < 0 < d
    (a, b), (c, d) = span(np.array([[2.0, 3.0]]))
    assert a < 2 < b
    assert c < 3 < d


def test_loss_values_that_leave_the_range_pass_through():
    net = NETS["shared"]()
    plane = weight_plane(net, (1, 0, 0), (1, 1, 0))
    inside, outside = follow(
        net, X, Y, "bce", [plane.at(0.0, 0.0), plane.at(1e308, -1e308)], plane
    ).true_losses
    assert np.isfinite(inside)
    assert not np.isfinite(outside)
