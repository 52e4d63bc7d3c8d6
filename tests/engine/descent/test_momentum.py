"""The theory of momentum and Nesterov's rule, against plain walks and against brute force over η."""

from itertools import pairwise

import numpy as np
import pytest

from engine.descent.convergence import theory
from engine.descent.descent import descend
from engine.descent.momentum import MOMENTUM_RULES, momentum_theory, radii_of, roots_of
from engine.descent.surfaces import SURFACES, make_quadratic

every_rule = pytest.mark.parametrize("rule", MOMENTUM_RULES)


def random_quadratics(count, seed):
    """Hessians with condition numbers up to 1000, each turned by some angle, and a μ for each."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        low = 10 ** rng.uniform(-2, 1)
        high = low * 10 ** rng.uniform(0, 3)
        turn = rng.uniform(0, np.pi)
        Q = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        yield Q @ np.diag([low, high]) @ Q.T, rng.uniform(0.01, 0.99)


def growth(H, eta, mu, rule, steps=2000):
    """The largest error of the last 200 steps by that of 200 in the middle, of N plain loops at once.

    H is (N, 2, 2), eta and mu are (N, 1).
    """
    x = before = np.tile([1.0, 0.7], (len(H), 1))
    v, sizes = np.zeros_like(x), []
    for _ in range(steps):
        g = np.einsum("nij,nj->ni", H, x)
        if rule == "momentum":
            x, before = x - eta * g + mu * (x - before), x
        else:
            v = mu * v + g
            x = x - eta * (g + mu * v)
        sizes.append(np.linalg.norm(x, axis=1))
    middle, end = (np.max(part, axis=0) for part in (sizes[steps // 2 : steps // 2 + 200], sizes[-200:]))
    return np.where(np.isfinite(end), end / np.where(middle > 0, middle, 1), np.inf)


@every_rule
@pytest.mark.parametrize("side", [0.3, 0.99, 1.01, 1.3])
@np.errstate(over="ignore", invalid="ignore", under="ignore")
def test_the_region_of_convergence_is_that_of_walks_on_500_random_quadratics(rule, side):
    drawn = list(random_quadratics(500, 1))
    H, mu = np.array([one for one, _ in drawn]), np.array([[mu] for _, mu in drawn])
    eta = np.array([[side * momentum_theory(one, 1.0, mu, rule).critical_step] for one, mu in drawn])
    converges = growth(H, eta, mu, rule) < 1
    assert converges.all() if side < 1 else not converges.any()
    for one, (step,), (m,) in zip(H, eta, mu, strict=True):
        assert (momentum_theory(one, step, m, rule).regime == "divergent") == (side > 1), (one, step, m)


@every_rule
def test_no_eta_of_1000_beats_the_best_step_on_500_random_quadratics(rule):
    for H, mu in random_quadratics(500, 2):
        known = momentum_theory(H, 1.0, mu, rule)
        etas = known.critical_step * np.geomspace(1e-4, 1, 1000)
        radii = np.max([radii_of(roots_of(etas * value, mu, rule)) for value in known.eigenvalues], axis=0)
        assert known.best_rate <= radii.min() * (1 + 1e-9) + 1e-12, (H, mu)


def test_heavy_balls_best_rate_is_root_mu_up_to_a_condition_and_a_root_beyond():
    for H, mu in random_quadratics(500, 3):
        known = momentum_theory(H, 1.0, mu)
        kappa, root = known.condition, np.sqrt(mu)
        if kappa <= ((1 + root) / (1 - root)) ** 2:
            assert known.best_rate == pytest.approx(root, abs=1e-6)
        else:
            beyond = np.roots([kappa + 1, -(kappa - 1) * (1 + mu), (kappa + 1) * mu])
            assert known.best_rate == pytest.approx(beyond.real.max(), abs=1e-6)


@every_rule
def test_the_roots_are_the_eigenvalues_of_one_step_as_a_matrix(rule):
    rng = np.random.default_rng(4)
    for _ in range(200):
        eta, mu, value = rng.uniform(0.01, 2), rng.uniform(0.01, 0.99), rng.uniform(0.01, 3)
        q = eta * value
        if rule == "momentum":  # (eₖ₊₁, eₖ) from (eₖ, eₖ₋₁)
            M = np.array([[1 + mu - q, -mu], [1, 0]])
        else:  # (e, v)
            M = np.array([[1 - (1 + mu) * q, -eta * mu**2], [value, mu]])
        roots = roots_of(np.array([q]), mu, rule)[0]
        np.testing.assert_allclose(np.sort_complex(roots), np.sort_complex(np.linalg.eigvals(M)), atol=1e-7)


@every_rule
@pytest.mark.parametrize("share", [0.2, 0.9, 0.97])
def test_a_descents_measured_rate_comes_to_the_theorys(rule, share):
    bowl = make_quadratic((1.0, 6.0), 25.0)
    known = momentum_theory(bowl, 1.0, 0.6, rule)
    eta = share * known.critical_step
    rate = momentum_theory(bowl, eta, 0.6, rule).rate
    walk = descend(bowl, (3.0, 1.0), rule=rule, learning_rate=eta, momentum=0.6, max_steps=600)
    norms = walk.gradient_norms
    far = int(np.argmax(norms < 1e-100)) or len(norms) - 1
    assert (norms[far] / norms[far // 10]) ** (1 / (far - far // 10)) == pytest.approx(rate, rel=0.02)


@every_rule
def test_the_regimes_change_where_the_regions_end(rule):
    H = np.diag([2.0, 2.0])
    regions = momentum_theory(H, 1.0, 0.5, rule).regions
    assert [regime for _, regime in regions] == ["monotone", "oscillating", "zig-zag", "divergent"]
    for (end, before), (_, after) in pairwise(regions):
        sides = [momentum_theory(H, end * (1 + side), 0.5, rule).regime for side in (-1e-6, 1e-6)]
        assert sides == [before, after]


@every_rule
def test_without_momentum_the_theory_is_that_of_a_fixed_step(rule):
    H = np.diag([1.0, 7.0])
    for eta in (0.05, 0.2, 0.25, 0.4):
        known, fixed = momentum_theory(H, eta, 0.0, rule), theory(H, eta)
        assert known.rate == pytest.approx(fixed.rate)
        assert known.critical_step == pytest.approx(fixed.critical_step)
        assert known.best_step == pytest.approx(fixed.best_step)
        assert known.best_rate == pytest.approx(known.best_fixed_rate) == pytest.approx(fixed.best_rate)
        assert known.regime == fixed.regime


def test_a_saddle_has_roots_but_no_best_step_and_no_condition():
    known = momentum_theory(SURFACES["saddle"], 0.1, 0.9)
    assert known.regime == "divergent"
    assert {known.condition, known.critical_step, known.best_step, known.best_rate} == {None}
    assert known.regions == ()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"momentum": 1.0}, r"momentum must be < 1, or the walk never comes to rest\. Got 1\."),
        ({"momentum": -0.1}, r"momentum must be >= 0\. Got -0\.1\."),
        ({"learning_rate": 0.0}, r"learning_rate must be > 0\. Got 0\."),
        ({"rule": "adam"}, r"rule must be one of momentum, nesterov\. Got 'adam'\."),
        ({"surface": SURFACES["beale"]}, r"theory needs a quadratic surface\. Got beale\."),
    ],
)
def test_wrong_settings_are_refused_in_one_sentence(wrong, sentence):
    given = {"surface": np.eye(2), "learning_rate": 0.1, "momentum": 0.9, "rule": "momentum"} | wrong
    with pytest.raises(ValueError, match=sentence):
        momentum_theory(**given)
