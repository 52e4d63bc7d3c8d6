"""What the neurons show: the browser computes it from a payload, and it is held against the engine."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, Network, apply_features, neuron_maps
from engine.activations import make_activation
from engine.data.features import COORDINATES, FEATURES, grid
from pages.live.protocol import MAP, TILE, tiles
from pages.playground.own_data.ready import ready_table
from pages.playground.painter import factors
from pages.playground.session import Session
from pages.playground.tables import edges, table
from tests.pages.payloads import read_payload

PRINT = Path(__file__).parent / "player" / "print_computed.js"
PLAIN = [name for name, row in ACTIVATIONS.items() if not row.mixes]
CLOSE = 1e-4  # a shade is 1 / 255
NEAR_A_JUMP = 1e-4


def session_with(theta_size: float = 1.0, **changes) -> Session:
    """A session whose network has large random weights and biases, so that its neurons bend."""
    session = Session(Experiment().changed(**changes))
    theta = session.timeline.trainer.net.theta
    theta[...] = np.random.default_rng(0).normal(size=theta.size) * theta_size
    session.show_all()
    return session


def computed(node, session: Session, how: str = "full") -> tuple[np.ndarray, np.ndarray]:
    """(neurons, TILE, TILE) tiles and (neurons, MAP, MAP) maps as the browser computes them, scaled to 1."""
    read = json.loads(node(PRINT, given=f"{how} {session.payload.hex()}"))
    small = np.array(read["tiles"], dtype=float).reshape(-1, TILE, TILE)
    return small, np.array(read["maps"], dtype=float).reshape(-1, MAP, MAP) / 32000


def expected(session: Session) -> tuple[np.ndarray, np.ndarray]:
    """(neurons, MAP, MAP) maps by the engine, scaled, and where none of the layers is next to a jump."""
    experiment, net = session.experiment, session.timeline.trainer.net
    problem = experiment.problem
    places = grid(MAP, np.float64, domain=problem.domain)
    if problem.held:
        places = session.plane.seen_from(session.probe.point).points(MAP)
    inputs = apply_features(places, experiment.features)
    maps = [*neuron_maps(net, inputs)]
    low, high = experiment.range
    maps[-1] = (maps[-1] - (low + high) / 2) / ((high - low) / 2)
    trace = net.forward(inputs)
    jumps = [Z for Z, row in zip(trace.Z, net.activations, strict=True) if row.name == "step"]
    clear = np.all([(np.abs(Z) > NEAR_A_JUMP).all(axis=1) for Z in jumps] or True, axis=0)
    values = np.clip(np.concatenate([layer.T for layer in maps]), -1, 1).reshape(-1, MAP, MAP)
    return values, np.broadcast_to(clear, MAP * MAP).reshape(MAP, MAP)


def hold(node, session: Session) -> float:
    """Hold the browser's pictures against the engine's; returns the largest difference of a map."""
    small, maps = computed(node, session)
    values, clear = expected(session)
    assert maps.shape == values.shape
    difference = np.abs(maps - values)[:, clear].max()
    assert difference <= CLOSE
    middle = slice(MAP // TILE // 2, None, MAP // TILE)
    codes = tiles(values)[:, middle, middle].astype(float)
    assert np.abs(small - codes)[:, clear[middle, middle]].max() <= 1
    return difference


@pytest.mark.parametrize("name", [*ACTIVATIONS])
def test_the_browser_shows_of_every_activation_what_the_engine_computes(name, node):
    hold(node, session_with(hidden=(8, 8, 8), activations=(name,) * 3))


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden": (16,) * 8, "activations": ("tanh", "relu", "gelu", "softsign") * 2, "theta_size": 0.7},
        {"hidden": (5, 3, 7), "activations": ("tanh",) * 3, "bias": "none"},
        {"features": tuple(FEATURES), "theta_size": 0.5},
        {"dataset": "spiral3", "output_activation": "softmax", "loss": "cce"},
        {"dataset": "spiral3", "output_activation": "sigmoid", "loss": "bce"},
        {"dataset": "seed_004", "theta_size": 0.2},
        {"dataset": "hills"},
        {"hidden": (8,) * 3, "activations": ("sigmoid",) * 3, "theta_size": 30.0},
    ],
    ids=lambda changes: " ".join(map(str, changes)),
)
def test_the_browser_shows_what_the_engine_computes_whatever_the_network(changes, node):
    hold(node, session_with(**changes))


@pytest.mark.parametrize("change", [{"across": 3}, {"across": 1, "up": 0}, {"components": True}])
@pytest.mark.parametrize("dataset", ["seed_004", "iris"])
def test_the_browser_shows_what_the_engine_computes_on_any_plane_of_many_inputs(dataset, change, node):
    table = {"table": ready_table("iris")} if dataset == "iris" else {"dataset": dataset}
    session = Session(Experiment.fitted(**table))
    theta = session.timeline.trainer.net.theta
    theta[...] = np.random.default_rng(0).normal(size=theta.size) * (0.2 if dataset == "seed_004" else 1)
    request = {"client": "a", "id": 1, "run": 1}
    session.answer(request | {"kind": "plane", "change": change})
    moved = {"values": [0.25, None, -1.5, *[None] * (len(session.probe.point) - 3)]}
    session.answer(request | {"id": 2, "kind": "probe", "change": moved})
    session.show_all()
    hold(node, session)


def test_neurons_without_a_number_are_shown_so_and_those_beyond_all_numbers_at_the_end_of_the_scale(node):
    session = session_with(hidden=(2, 2, 1), activations=("tanh", "step", "relu"))
    net = session.timeline.trainer.net
    net.W[0][...] = [[1e300, 0.0], [0.0, 1.0]]
    net.W[1][0, 0], net.b[2][...] = np.nan, np.inf
    session.show_all()
    _, maps = computed(node, session)
    values, _ = expected(session)
    np.testing.assert_allclose(maps, np.where(np.isnan(values), -32768 / 32000, values), atol=CLOSE)
    assert set(maps[0].ravel()) == {-1.0, 1.0}


def test_a_coarse_map_has_the_engine_s_numbers_at_every_fourth_pixel_and_straight_lines_between(node):
    session = session_with()
    _, maps = computed(node, session, "quick")
    values, _ = expected(session)
    lines = [*range(0, MAP, 4), MAP - 1]
    np.testing.assert_allclose(maps[:, lines][:, :, lines], values[:, lines][:, :, lines], atol=CLOSE)
    rows = np.array([[np.interp(range(MAP), lines, row) for row in layer] for layer in values[:, :, lines]])
    between = np.array([[np.interp(range(MAP), lines, row) for row in layer.T] for layer in rows[:, lines]])
    np.testing.assert_allclose(maps, between.transpose(0, 2, 1), atol=CLOSE)


@pytest.mark.parametrize(
    "activation",
    [*(ACTIVATIONS[name] for name in PLAIN), make_activation("leaky_relu", slope=0.3)],
    ids=lambda row: f"{row.name} {row.parameters}",
)
def test_a_table_is_the_activation_for_all_numbers(activation):
    wide = np.geomspace(1e-39, 3e38, 40_000)
    z = np.concatenate((np.linspace(-20, 20, 40_000), wide, -wide, [0.0, np.inf, -np.inf])).astype(np.float32)
    cell = np.searchsorted(edges(), np.abs(z), side="right") - 1
    c0, c1, c2 = table(activation)[np.signbit(z).astype(int), cell].astype(np.float64).T
    far = np.isinf(z)
    near = np.where(far, 0.0, z)
    read = c0 + near * (c1 + near * c2)
    net = Network((1, 1), (activation,), bias="none")
    net.theta[...] = 1
    values = net.predict(z[:, None])[:, 0]
    np.testing.assert_allclose(read[far], values[far], atol=1e-300)
    np.testing.assert_allclose(read[~far], values[~far], rtol=1e-6, atol=3e-6)


def test_the_edges_of_a_table_lie_where_the_browser_can_find_them():
    assert edges().dtype == np.float32
    assert (np.diff(edges()) > 0).all()
    assert not (edges().view(np.int32) & (2**18 - 1)).any()


def test_an_activation_that_mixes_neurons_has_no_table():
    with pytest.raises(ValueError, match=r"A table needs an activation of one number\. Got softmax\."):
        table(ACTIVATIONS["softmax"])


GROUND = {"rows", "columns", "edges", "tables"}


def test_the_ground_of_the_maps_comes_to_a_player_that_lacks_it_and_to_no_other():
    session = Session()
    name = read_payload(session.payload).header["ground"]
    assert set(read_payload(session.payload).blocks) >= GROUND
    request = {"client": "a", "id": 1, "run": 1, "kind": "settle", "ground": name}
    session.answer(request)
    assert not set(read_payload(session.payload).blocks) & GROUND
    session.answer(request | {"id": 2, "kind": "reset"})
    assert not set(read_payload(session.payload).blocks) & GROUND, "the same inputs and activations"
    session.change(session.experiment.changed(hidden=(3,)))
    assert not set(read_payload(session.payload).blocks) & GROUND
    for change in ({"features": ("x1", "sin_x2")}, {"activations": ("relu",)}, {"dataset": "seed_004"}):
        session.change(session.experiment.changed(**change))
        payload = read_payload(session.payload)
        assert set(payload.blocks) >= GROUND
        session.ground = payload.header["ground"]
    session.show_all()
    assert set(read_payload(session.payload).blocks) >= GROUND, "a player may have only just opened"


@pytest.mark.parametrize("held", [(), (3.5, 0.0, -1.0)])
def test_every_input_is_a_product_of_its_factors(held):
    inputs = apply_features(grid(MAP, np.float64, held=held), tuple(COORDINATES if held else FEATURES))
    maps = inputs.T.reshape(-1, MAP, MAP)
    rows, columns = factors(maps)
    assert rows.shape == columns.shape == (len(maps), MAP)
    np.testing.assert_allclose(rows[:, :, None] * columns[:, None, :], maps, rtol=1e-12)


@pytest.mark.parametrize(
    ("hidden", "dataset", "most"),
    [((8,) * 6, "circle", 5000), ((8,) * 6, "spiral3", 5000), ((16,) * 8, "spiral3", 10_000)],
)
def test_a_frame_is_small(hidden, dataset, most):
    changes = {"hidden": hidden, "activations": ("tanh",) * len(hidden), "dataset": dataset}
    if len(hidden) == 8:
        changes["features"] = tuple(FEATURES)
    session = Session(Experiment().changed(**changes))
    session.answer({"client": "a", "id": 1, "run": 1, "generation": 0, "kind": "frames", "after": 0})
    payload = read_payload(session.payload)
    frame = payload.header["frame_bytes"]
    around = len(session.payload) - frame * len(payload.frames)  # for ten frames at least, as a rule
    assert frame + around / 10 <= most
