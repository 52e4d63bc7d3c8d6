"""An animation shows the run's map at evenly chosen frames, in slices, and never grows too large."""

import io
import sys
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from engine import Experiment, apply_features
from engine.data.features import grid
from engine.runs.slices import finish
from pages.figures.theme import DARK, LIGHT, SHAPES, diverging_colour
from pages.playground.own_data.ready import ready_table
from pages.playground.painter import FULL_WEIGHT
from pages.playground.session import Session
from pages.playground.take import animation as made_in
from pages.playground.take.animation import Wanted, animation, chosen_frames
from pages.playground.take.film import Film
from pages.playground.take.map_painter import CAPTION, CORNERS, MapPainter
from pages.playground.take.weight_painter import WeightPainter
from tests.engine.runs.test_checkpoint import bits
from tests.pages.playground.test_recovery import SMALL, played

WANTED = Wanted(pictures=5, size=120, per_second=10)


def pictures(gif):
    """Red, green and blue of each picture, and for how many ms it stays."""
    image = Image.open(io.BytesIO(gif))
    found = []
    for k in range(image.n_frames):
        image.seek(k)
        found.append((np.asarray(image.convert("RGB")), image.info["duration"]))
    return image, found


def test_frames_are_chosen_evenly_from_the_first_to_the_last_each_once():
    assert chosen_frames(8, 5) == [0, 2, 4, 6, 8]
    assert chosen_frames(2, 30) == [0, 1, 2]
    assert chosen_frames(0, 30) == [0]
    assert len(chosen_frames(10_000, 60)) == 60


def test_the_gif_has_the_chosen_frames_runs_again_and_says_how_it_was_made():
    user = played(Session(SMALL), 8)
    before = bits(user.timeline)
    image, found = pictures(finish(animation(user, WANTED, LIGHT)))
    assert image.size == (120, 120 + CAPTION)
    assert image.info["loop"] == 0
    assert image.info["comment"].decode() == f"{user.provenance} · epoch 8"
    assert [duration for _, duration in found] == [100] * 4 + [1100]
    assert all((one[0] != other[0]).any() for one, other in pairwise(found))
    assert (user.timeline.frame, bits(user.timeline)) == (8, before)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_the_map_has_the_colour_of_the_output_at_each_place(colours):
    user = played(Session(Experiment(samples=10)), 3)
    _, found = pictures(finish(animation(user, WANTED, colours)))
    places = grid(120, np.float64)
    net = user.timeline.trainer.net
    outputs = net.predict(apply_features(places, user.experiment.features))[:, 0].reshape(120, 120)
    for row, column in ((2, 2), (2, 117), (117, 2), (117, 117)):
        wanted = bytes.fromhex(diverging_colour(colours, outputs[row, column])[1:])
        assert np.abs(found[-1][0][row, column].astype(int) - list(wanted)).max() <= 6


@pytest.mark.parametrize("dataset", ["plane", "blobs", "seed_004"])
def test_every_kind_of_data_is_painted_with_its_points(dataset):
    user = played(Session(Experiment.fitted(dataset=dataset)), 2)
    _, found = pictures(finish(animation(user, WANTED, LIGHT)))
    assert len(found) == 3
    assert len(np.unique(found[-1][0].reshape(-1, 3), axis=0)) > 8


def test_a_run_that_was_opened_from_a_file_is_trained_again_for_its_earlier_pictures():
    first, second = played(Session(SMALL), 8), Session(Experiment())
    second.open_file(first.run_file())
    wanted = finish(animation(first, WANTED, LIGHT))
    assert finish(animation(second, WANTED, LIGHT)) == wanted
    assert second.timeline.frame == 8


def test_an_animation_that_gets_too_large_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr(made_in, "MOST_BYTES", 5000)
    slices = animation(played(Session(SMALL), 8), WANTED, LIGHT)
    with pytest.raises(ValueError, match=r"An animation may have 0\.005 MB"):
        finish(slices)


def test_without_pillow_there_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(ValueError, match="An animation needs Pillow"):
        finish(animation(played(Session(SMALL), 3), WANTED, LIGHT))


def test_a_film_takes_turns_tells_how_far_it_is_and_begins_again_for_another_run():
    film, user = Film(), played(Session(SMALL), 8)
    assert film.go_on(user) is None
    film.begin(Wanted(60, 720, 10), LIGHT)
    shares, made = [], None
    while made is None:
        made = film.go_on(user)
        shares.append(1.0 if film.work.share is None else film.work.share)
    assert shares == sorted(shares)
    assert len(pictures(made)[1]) == 9
    film.begin(Wanted(60, 720, 10), LIGHT)
    film.go_on(user)
    film.end()
    assert film.work.share is None
    assert film.go_on(user) is None


def test_outputs_that_are_no_numbers_have_the_ground_s_colour():
    user = Session(SMALL)
    painter = MapPainter(user.experiment, user.data, LIGHT, 100, user.plane.seen_from(user.probe.point))
    net = user.experiment.network()
    net.theta[...] = np.nan
    picture = painter.paint(net, "")
    assert (painter.palette[picture[0, 0]] == 255).all()


def test_every_shape_of_a_class_has_corners():
    assert tuple(CORNERS) == SHAPES


DIGITS = Experiment.fitted(table=ready_table("digits"), hidden=(12,), activations=("relu",))


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_of_pictures_the_animation_shows_the_weights_of_each_unit_where_their_pixels_are(colours):
    user = played(Session(DIGITS), 2)
    _, found = pictures(finish(animation(user, WANTED, colours)))
    W, side = user.timeline.trainer.net.W[0], 120 // 4
    for j, i in ((0, 9), (5, 36), (11, 63)):
        top, left = (j // 4) * side + 1, (j % 4) * side + 1
        pixel = (side - 2) // 8
        at = top + (i // 8) * pixel + pixel // 2, left + (i % 8) * pixel + pixel // 2
        wanted = diverging_colour(colours, float(np.clip(W[i, j] / FULL_WEIGHT, -1, 1)))
        rgb = np.array([int(wanted[k : k + 2], 16) for k in (1, 3, 5)])
        assert np.abs(found[-1][0][at].astype(int) - rgb).max() <= 4


def test_a_painter_of_weights_needs_inputs_that_are_pixels():
    with pytest.raises(ValueError, match="The inputs must be the pixels of a picture"):
        WeightPainter(Experiment(), LIGHT, 120)
