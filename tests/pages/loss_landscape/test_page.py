"""The loss-landscape page without a browser: settings, links, pictures against Network.loss, the race."""

import html
import math
import re
from dataclasses import replace

import numpy as np
import pytest

from engine import OPTIMIZERS, Experiment, Run, replay
from engine.runs.links import from_query, to_query
from engine.runs.provenance import summary
from engine.runs.rows import rows
from pages.figures.landscape.records import loss_text
from pages.figures.landscape.words import misleading, plain, scaling
from pages.figures.theme import DARK, LIGHT
from pages.live import turns
from pages.loss_landscape.below import (
    NOTES,
    landscape_figures,
    readouts,
    standalone,
    unit_of,
    warning,
    words,
)
from pages.loss_landscape.explained import explained
from pages.loss_landscape.session import LandscapeSession
from pages.loss_landscape.settings import (
    KINDS,
    LEVELS,
    PLANES,
    POINTS,
    RANGES,
    THROUGH,
    LandscapeSettings,
    racer_label,
)
from pages.loss_landscape.training_path import milestones, read_path
from pages.playground.session import Session
from tests.pages.opening import come_to, healthy, in_field


def trained(frames=20, **changes):
    """A playground's session after this many frames."""
    user = Session(Experiment(**changes))
    request = {"client": "a", "run": user.run, "generation": user.generation}
    while user.timeline.last < frames:
        count = min(30, frames - user.timeline.last)
        user.answer(
            request
            | {
                "id": user.answered[1] + 1,
                "kind": "frames",
                "after": user.timeline.last,
                "shown": user.timeline.last,
                "count": count,
            }
        )
    user.answer(request | {"id": user.answered[1] + 1, "kind": "settle", "shown": frames})
    return user


def seen(settings=None, user=None):
    """A landscape with its whole picture measured."""
    landscape = LandscapeSession(settings or LandscapeSettings(points=41))
    looked(landscape, user or trained())
    finish(landscape)
    return landscape


def looked(landscape, user):
    """Look, until there is a picture of it."""
    landscape.look(user)
    for _ in range(500):
        if landscape.preparing is None:
            return
        landscape.work()
    raise AssertionError("the picture was never prepared")


def finish(landscape):
    for _ in range(500):
        if not landscape.working:
            return
        landscape.work()
    raise AssertionError("the picture was never finished")


def loss_at(user, theta):
    net, trainer = user.experiment.network(), user.timeline.trainer
    net.theta[...] = theta
    return net.loss(net.forward(trainer.X), trainer.Y, trainer.loss)


# Settings and links


def test_the_default_view_has_an_empty_link_and_no_key_is_an_experiments():
    assert to_query(LandscapeSettings()) == {}
    assert from_query(LandscapeSettings, {}) == LandscapeSettings()


def test_every_setting_survives_its_link():
    view = LandscapeSettings(
        plane="weights",
        first=(0, 1, 2),
        second=(1, 4, 0),
        directions=7,
        through="current",
        room=4,
        levels="linear",
        points=161,
        frame=12,
        race=True,
        racers=(("adam", 0.05), ("adam", 0.001)),
        epochs=25,
        threshold=0.03,
    )
    assert set(to_query(view)) == {row.link for row in rows(LandscapeSettings).values()}
    assert from_query(LandscapeSettings, to_query(view)) == view


@pytest.mark.parametrize(
    "query",
    [
        {"plane": "moon"},
        {"w1": "0~1"},
        {"w1": "a~b~c"},
        {"w1": "0~0~-1"},
        {"w1": "0~0~0", "w2": "0~0~0"},
        {"dir": "-1"},
        {"thru": "wall"},
        {"room": "3"},
        {"levels": "loud"},
        {"points": "1000"},
        {"frame": "1.5"},
        {"frame": "9" * 12},
        {"race": "yes"},
        {"racers": "sgd"},
        {"racers": "sgd~-1"},
        {"racers": "sgd~nan"},
        {"racers": "walker~1"},
        {"racers": "~".join(["sgd", "1"] * 5)},
        {"epochs": "0"},
        {"thr": "inf"},
        {"thr": "x" * 999},
    ],
)
def test_a_link_that_cannot_be_read_gets_one_sentence(query):
    with pytest.raises(ValueError, match=r"\.$"):
        from_query(LandscapeSettings, query)


def test_choosing_the_other_axis_s_weight_swaps_the_two():
    view = LandscapeSettings(first=(0, 0, 0), second=(0, 0, 1)).changed(second=(0, 0, 0))
    assert (view.first, view.second) == ((0, 0, 1), (0, 0, 0))


# The picture


@pytest.mark.parametrize("plane", PLANES)
def test_every_value_of_the_page_s_own_grid_agrees_with_network_loss(plane):
    user = trained()
    landscape = seen(LandscapeSettings(plane=plane, points=41), user)
    picture = landscape.picture
    grid = picture.grid
    assert grid.losses.shape == (41, 41)
    assert picture.whole is grid
    expected = [
        [loss_at(user, picture.plane.origin + a * picture.plane.u + b * picture.plane.v) for a in grid.alphas]
        for b in grid.betas
    ]
    np.testing.assert_allclose(grid.losses, expected, rtol=0, atol=1e-10)


@pytest.mark.parametrize(
    ("plane", "titles", "shorts"),
    [
        ("pca", ("PC 1 (", "PC 2 ("), ("PC 1", "PC 2")),
        ("weights", ("W<sup>[1]</sup><sub>12</sub>", "b<sup>[1]</sup><sub>3</sub>"), ("W[1]₁₂", "b[1]₃")),
        ("random", ("random direction 1", "random direction 2"), ("direction 1", "direction 2")),
    ],
)
def test_a_plane_knows_its_kind_and_its_axes_their_names_long_and_short(plane, titles, shorts):
    landscape = seen(LandscapeSettings(plane=plane, first=(0, 0, 1), second=(0, 2, 2), points=41), trained())
    assert landscape.picture.plane.kind == plane
    axes = landscape.ground(landscape.picture.grid).axes
    assert tuple(axis.short for axis in axes) == shorts
    shares = landscape.picture.plane.explained
    ends = [f"{100 * share:.1f} % of the variance)" for share in shares] if shares else ["", ""]
    assert [axis.title for axis in axes] == [title + end for title, end in zip(titles, ends, strict=True)]
    if plane == "random":  # wide enough to see, however short the path
        (left, right), (low, high) = landscape.picture.ranges
        assert max(left, low) <= -0.6
        assert min(right, high) >= 0.6


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("through", THROUGH)
def test_the_current_frame_is_read_out_as_it_is(plane, through):
    user = trained()
    landscape = seen(LandscapeSettings(plane=plane, through=through, frame=7, points=41), user)
    user.timeline.seek(7)
    theta, plane = user.timeline.trainer.net.theta.copy(), landscape.picture.plane
    now = landscape.leader.now
    shadow = plane.origin + now.point[0] * plane.u + now.point[1] * plane.v
    assert now.frame == 7
    assert now.true_loss == pytest.approx(loss_at(user, theta), abs=1e-10)
    assert now.plane_loss == pytest.approx(loss_at(user, shadow), abs=1e-10)
    assert now.distance == pytest.approx(np.linalg.norm(theta - shadow), abs=1e-10)
    assert landscape.norm == pytest.approx(np.linalg.norm(theta))
    if through == "current":
        assert now.distance < 1e-10


def test_the_share_of_the_path_in_the_pca_plane_is_what_the_components_explain_and_the_most():
    user = trained()
    shares = {plane: seen(LandscapeSettings(plane=plane, points=41), user).picture for plane in PLANES}
    assert shares["pca"].share == pytest.approx(sum(shares["pca"].plane.explained))
    assert shares["pca"].share > max(shares["weights"].share, shares["random"].share)


def test_the_playgrounds_run_is_left_bit_for_bit_as_it_was():
    user = trained(30)
    user.timeline.seek(11)
    before, last = user.timeline.trainer.net.theta.tobytes(), user.timeline.last
    landscape = seen(LandscapeSettings(race=True, epochs=5, points=41), user)
    landscape.set(race=False, frame=3)
    looked(landscape, user)
    assert user.timeline.frame == 11
    assert user.timeline.trainer.net.theta.tobytes() == before
    assert (user.timeline.last, user.shown) == (last, 30)


@pytest.mark.parametrize("through", THROUGH)
def test_a_frame_chosen_here_is_the_playgrounds_too_and_the_run_stays_as_it_was(through):
    user = trained(20)
    landscape = seen(LandscapeSettings(points=41, through=through), user)
    last, theta = user.timeline.last, user.timeline.kept_theta(20).copy()
    path = landscape.recording
    landscape.show(7)
    looked(landscape, user)
    assert (user.shown, user.timeline.frame, landscape.frame, landscape.leader.now.frame) == (7, 7, 7, 7)
    assert landscape.chosen
    assert landscape.recording is path  # it isn't read again
    assert (user.timeline.last, user.reached) == (last, 20)
    assert np.array_equal(user.timeline.kept_theta(20), theta)
    assert ("through frame 7" in landscape.plane_name) == (through == "current")
    user.show_frame(12)  # and the other way round
    looked(landscape, user)
    assert (landscape.settings.frame, landscape.frame) == (-1, 12)


def test_an_epoch_of_a_race_and_a_frame_of_a_copy_are_not_the_playgrounds():
    user = trained(20)
    race = seen(LandscapeSettings(points=41, race=True, epochs=5), user)
    race.show(2)
    assert (user.shown, race.chosen) == (20, False)
    new = Session()
    copy = seen(user=new)
    copy.show(9)
    looked(copy, new)
    assert (new.shown, copy.frame) == (0, 9)


def test_the_words_for_a_pupil_count_the_networks_numbers_and_a_race_has_no_frame():
    told = explained(1234, racing=False)
    assert "1,234 numbers" in told
    assert html.escape("Why isn't the true loss that of the surface?") in told
    assert "frame" not in explained(1234, racing=True)


def test_without_a_run_some_epochs_are_trained_here_and_said():
    user = Session()
    landscape = seen(user=user)
    assert landscape.last == landscape.frame == 60
    assert landscape.note == "No run yet: trained 60 epochs here; the playground itself stays as it is."
    assert user.timeline.last == 0


def test_the_view_follows_a_run_that_went_on_and_starts_at_its_frame():
    user = trained(10)
    landscape = seen(LandscapeSettings(frame=4, points=41), user)
    assert landscape.frame == 4
    user.change(user.experiment.changed(hidden=(3,)))
    looked(landscape, user)
    assert landscape.settings.frame == -1
    assert landscape.frame == landscape.last == 60


def test_a_weight_that_another_network_lacks_is_named_and_given_up():
    landscape = LandscapeSession(LandscapeSettings(plane="weights", first=(7, 0, 0), second=(0, 0, 0)))
    looked(landscape, trained())
    assert landscape.notice == "There must be a weight (layer, from, to). Got (7, 0, 0)."
    first, second = landscape.chosen_weights
    assert first != second


def test_going_back_to_a_plane_costs_nothing():
    user = trained()
    landscape = seen(user=user)
    picture = landscape.picture
    landscape.set(plane="random")
    looked(landscape, user)
    assert landscape.picture is not picture
    landscape.set(plane="pca")
    looked(landscape, user)
    assert landscape.picture is picture


def test_the_picture_gets_finer_and_its_progress_rises(monkeypatch):
    monkeypatch.setattr(turns, "ALONE", 0.0)
    landscape = LandscapeSession(LandscapeSettings(points=81))
    looked(landscape, trained())
    sizes, progress = [], []
    while landscape.working:
        sizes.append(len(landscape.picture.grid.alphas))
        progress.append(landscape.picture.grid.progress)
        landscape.work()
    assert sizes[0] == 11
    assert sizes == sorted(sizes)
    assert progress == sorted(progress)
    assert landscape.picture.grid.progress == 1
    assert len(landscape.picture.whole.alphas) == 81


def test_the_first_picture_of_a_landscape_is_coarse_so_that_it_comes_soon():
    # how soon is measured by the benchmark "opening"
    user = trained(60, hidden=(8, 8), activations=("tanh", "tanh"))
    landscape = LandscapeSession()
    looked(landscape, user)
    assert landscape.picture.grid.losses.shape == (11, 11)
    assert landscape_figures(landscape, LIGHT)


def test_of_a_long_run_only_frames_are_read_that_the_timeline_keeps():
    assert milestones(5).tolist() == [0, 1, 2, 3, 4, 5]
    long = milestones(10_001)
    assert len(long) <= 130
    assert long[-1] == 10_001
    assert set(long[:-1] % 128) == {0}


# The race


def test_a_path_that_ends_because_the_run_diverged_says_so_and_one_that_was_stopped_does_not():
    experiment = Experiment(activations=("relu", "relu"), output_activation="linear", loss="mse")
    line = replay(Run(experiment))
    line.advance()
    assert read_path(line, line.last, "path", "path").ended == ""
    line.configure(replace(experiment, learning_rate=1000.0).settings, speed=10)
    assert not line.advance()
    assert read_path(line, line.last, "path", "path").ended == "diverged after epoch 1"
    stopped = replay(Run(replace(experiment, stop_epoch=1)))
    while stopped.advance():
        pass
    assert stopped.stopped.kind == "epoch"
    assert read_path(stopped, stopped.last, "path", "path").ended == ""


def test_racers_start_at_one_point_and_lie_on_one_plane():
    landscape = seen(LandscapeSettings(race=True, epochs=8, points=41))
    paths, tracks = landscape.picture.paths, landscape.picture.tracks
    assert landscape.racing
    assert len(paths) == 4
    assert all(np.array_equal(path.thetas[0], paths[0].thetas[0]) for path in paths)
    assert not any(np.array_equal(path.thetas[-1], paths[0].thetas[-1]) for path in paths[1:])
    plane = landscape.picture.plane
    for path, track in zip(paths, tracks, strict=True):
        shadow = plane.origin + track.points @ np.stack((plane.u, plane.v))
        np.testing.assert_allclose(np.linalg.norm(path.thetas - shadow, axis=1), track.distances, atol=1e-10)


def test_every_optimiser_can_race():
    assert {kind.optimizer for kind in KINDS.values()} == set(OPTIMIZERS)
    user = trained()
    for name in OPTIMIZERS:
        landscape = seen(LandscapeSettings(points=41, race=True, racers=((name, 0.01),), epochs=3), user)
        assert landscape.racing, name


def test_two_equal_racers_go_the_same_way_to_the_bit():
    landscape = seen(
        LandscapeSettings(race=True, racers=(("adam", 0.02), ("adam", 0.02)), epochs=6, points=41)
    )
    one, other = landscape.picture.paths
    assert np.array_equal(one.thetas, other.thetas)


def test_the_table_says_where_each_ended_and_when_it_reached_the_loss():
    landscape = seen(LandscapeSettings(race=True, epochs=30, points=41))
    rows = landscape.results()
    for row, path, line in zip(rows, landscape.picture.paths, landscape._race[1].timelines, strict=True):
        assert row["optimiser"].endswith(path.label)
        assert row["true loss"] == pytest.approx(line.train_losses[-1], abs=1e-10)
        reached = row["epochs to loss"]
        if reached is None:
            assert min(line.train_losses) > landscape.threshold
        else:
            assert line.train_losses[reached] <= landscape.threshold
            assert min(line.train_losses[:reached]) > landscape.threshold


def test_a_divergent_racer_is_named_and_everything_stays_finite():
    user = trained(
        20, dataset="plane", activations=("relu", "relu"), output_activation="linear", learning_rate=0.01
    )
    view = LandscapeSettings(race=True, racers=(("adam", 0.01), ("sgd", 500.0)), epochs=10, points=41)
    landscape = seen(view, user)
    row = landscape.results()[1]
    assert "after epoch" in row["end"]
    for track in landscape.picture.tracks:
        for values in (track.points, track.true_losses, track.plane_losses, track.distances):
            assert np.isfinite(values).all()
    assert max(abs(end) for ends in landscape.picture.ranges for end in ends) < 1e4
    for figure in landscape_figures(landscape, DARK).values():
        figure.to_json()


@pytest.mark.parametrize("racer", [("adam", 0.5), ("sgd", 0.03), ("momentum", 0.2)])
def test_a_racer_is_named_with_its_learning_rate(racer):
    assert racer_label(racer).endswith(f"η = {racer[1]:g}")


# What is shown and saved


@pytest.mark.parametrize("plane", PLANES)
def test_explained_variance_distance_and_both_losses_are_always_shown(plane):
    text = readouts(seen(LandscapeSettings(plane=plane, points=41)), LIGHT)
    for part in ("Variance explained", "From the plane", "Loss on the plane", "True loss", "41 × 41"):
        assert part in text
    assert "100 % measured" in text
    assert "nan" not in text.lower()


def test_the_provenance_names_plane_frame_and_experiment():
    user = trained()
    line = seen(LandscapeSettings(plane="random", directions=3, points=41), user).provenance
    assert summary(user.experiment) in line
    assert "random directions, filter-normalised, seed 3, through frame 20" in line
    assert "frame 20, epoch 20" in line


def test_a_race_warns_of_just_the_racers_whose_true_loss_is_not_what_the_plane_shows():
    user = trained()
    landscape = seen(LandscapeSettings(race=True, points=41), user)
    figures = landscape_figures(landscape, LIGHT)
    plane, warned, parted = landscape.picture.plane, misleading(landscape.picture.tracks, "epoch"), 0
    assert not any(
        "frame" in f"{trace.name} {trace.hovertemplate}" for f in figures.values() for trace in f.data
    )
    labels = [note.text for note in figures["plane"].layout.annotations if note.name == "label"]
    for path, track, label in zip(landscape.picture.paths, landscape.picture.tracks, labels[1:], strict=True):
        theta = path.thetas[-1]
        basis = np.stack((plane.u, plane.v), axis=1)
        shadow = plane.origin + basis @ np.linalg.lstsq(basis, theta - plane.origin, rcond=None)[0]
        true, shown = loss_at(user, theta), loss_at(user, shadow)
        if max(true / shown, shown / true) > 2:
            parted += 1
            assert (
                f"at epoch 60 {path.name}'s true loss is {plain(true)}, the plane shows {plain(shown)}"
                in warned
            )
        assert label == f"{path.name}<br>{loss_text(true)}"
        line = next(trace for trace in figures["space"].data if trace.name == track.label)
        assert line.z[-1] == pytest.approx(math.log10(true), abs=1e-9)
        assert f"{plain(true)} at epoch 60, where the plane, " in words(landscape)
        assert f" away, shows {plain(shown)}." in words(landscape)
    assert parted >= 2
    assert html.escape(warned) in warning(warned, LIGHT, role="note")


@pytest.mark.parametrize("settings", [{}, {"race": True}, {"plane": "weights"}, {"plane": "random"}])
def test_warning_and_scales_are_saved_with_the_plane_and_with_the_picture_in_space(settings):
    landscape = seen(LandscapeSettings(points=41, **settings))
    said = [
        misleading(landscape.picture.tracks, unit_of(landscape)),
        scaling(landscape.ground(landscape.picture.grid)),
    ]
    figures = landscape_figures(landscape, LIGHT)
    for name in ("plane", "space"):
        (line,) = [note.text for note in figures[name].layout.annotations if note.name == "provenance"]
        saved = html.unescape(line.replace("<br>", " ").replace("\u00a0", " "))
        for sentence in (NOTES[name], *said, landscape.provenance):
            assert sentence in saved


def test_the_line_below_the_figures_says_once_how_to_read_them_and_what_was_trained():
    landscape = seen()
    said = html.unescape(words(landscape))
    for note in NOTES.values():
        assert said.count(note) == 1
    assert said.count(summary(landscape.recording.experiment)) == 1


def test_the_html_file_needs_nothing_else():
    text = standalone(seen(), LIGHT)
    assert text.count("Plotly.newPlot(") >= 4
    assert "<script src=" not in text
    assert "Backprop Playground" in text


# The page


@pytest.fixture
def app():
    return healthy(come_to("loss-landscape"))


def landscape_of(app):
    return app.session_state["landscape_session"]


def test_the_page_opens_with_a_picture_and_says_that_it_trained(app):
    assert any(caption.value.startswith("No run yet: trained 60 epochs here") for caption in app.caption)


def charts(app):
    return [chart.proto.id.partition("land_picture_")[2] for chart in app.get("plotly_chart")]


def test_a_visitor_sees_the_plane_first_and_alone_then_the_curves_then_space(app):
    assert charts(app) == ["plane"]
    assert charts(app.run()) == ["plane", "losses", "distances"]
    everything = ["plane", "space", "losses", "distances"]
    assert charts(app.run()) == everything
    assert charts(app.selectbox(key="land_plane").select("random").run()) == everything
    app.switch_page("pages/playground.py").run()
    assert charts(app.switch_page("pages/loss-landscape.py").run()) == ["plane"]


def test_a_figure_in_which_nothing_changes_is_not_drawn_again():
    user = trained()
    landscape = seen(user=user)
    before = landscape_figures(landscape, LIGHT)
    again = landscape_figures(landscape, LIGHT)
    assert all(again[name] is before[name] for name in before)
    landscape.set(frame=3)
    looked(landscape, user)
    moved = landscape_figures(landscape, LIGHT)
    assert all("frame 3" in moved[name].layout.title.text for name in ("plane", "space"))
    assert landscape_figures(landscape, DARK)["plane"] is not moved["plane"]


@pytest.mark.parametrize(
    ("name", "table"),
    [("plane", PLANES), ("through", THROUGH), ("levels", LEVELS), ("room", RANGES), ("points", POINTS)],
)
def test_every_choice_can_be_made(app, name, table):
    for option in table:
        healthy(app.selectbox(key=f"land_{name}").select(option).run())
        assert getattr(landscape_of(app).settings, name) == option


def test_two_weights_and_directions_have_controls(app):
    app.selectbox(key="land_plane").select("weights").run()
    app.selectbox(key="land_first").select((0, 2, 3)).run()
    healthy(app.selectbox(key="land_second").select((1, 0, 1)).run())
    assert landscape_of(app).picture.plane.labels == ("b[0][3]", "W[1][0, 1]")
    assert app.selectbox(key="land_first").value == (0, 2, 3)
    assert "plane of b[1]₄ and W[2]₁₂, through" in landscape_of(app).provenance
    app.selectbox(key="land_plane").select("random").run()
    in_field(app, "land_directions", "5")
    healthy(app.button(key="land_new_directions").click().run())
    assert landscape_of(app).settings.directions == 6


def test_the_scrubber_moves_the_current_frame_only(app):
    plane = landscape_of(app).picture.plane
    healthy(app.slider(key="land_frame_number").set_value(17).run())
    landscape = landscape_of(app)
    assert (landscape.frame, landscape.leader.now.frame) == (17, 17)
    assert landscape.picture.plane is plane
    assert app.session_state["backprop_session"].shown == 0
    assert app.query_params["frame"] in ("17", ["17"])


def test_a_race_is_opened_and_its_table_shown(app):
    app.toggle(key="land_race").set_value(True).run()
    for _ in range(40):
        if landscape_of(app).racing:
            break
        app.run()
    healthy(app.run())
    assert len(app.dataframe[0].value) == 4
    (warned_of,) = [part for part in app.get("html") if 'role="note"' in part.proto.body]
    assert "Momentum&#x27;s true loss is" in warned_of.proto.body
    app.selectbox(key="land_racer_3").select("–").run()
    in_field(app, "land_rate_0", "0,1")
    in_field(app, "land_epochs", "10")
    settings = landscape_of(app).settings
    assert settings.racers[0] == ("sgd", 0.1)
    assert (len(settings.racers), settings.epochs) == (3, 10)


def warned(app):
    (text,) = [part.proto.body for part in app.get("html") if 'role="alert"' in part.proto.body]
    return re.fullmatch(r"<p [^>]*>(.*)</p>", text).group(1)


def test_what_a_link_says_is_quoted_as_plain_text():
    app = healthy(come_to("loss-landscape", plane='![x](http://a.b/x.png) <img src="x">'))
    assert "![x](http://a.b/x.png) &lt;img src=" in warned(app)
    assert not app.warning


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        (
            {"racers": "sgd~1e-9"},
            "A racer&#x27;s learning rate must be between 0.000001 and 1,000. Got 1e-09.",
        ),
        ({"racers": "sgd~nan"}, "A racer&#x27;s learning rate must be between 0.000001 and 1,000. Got nan."),
        ({"thr": "1e7"}, "The loss to reach must be between 0 and 1,000,000. Got 10000000."),
    ],
)
def test_a_link_beyond_what_the_controls_allow_gets_one_sentence(link, sentence):
    assert warned(healthy(come_to("loss-landscape", **link))) == f"The link can&#x27;t be opened: {sentence}"


@pytest.mark.parametrize("plane", PLANES)
def test_weights_that_are_all_0_or_never_move_have_a_landscape_too(plane):
    app = healthy(come_to("loss-landscape", init="zeros", act="relu~relu", bias="none", plane=plane))
    assert landscape_of(app).settings.plane == ("pca" if plane == "random" else plane)
    assert plane != "random" or "span no plane" in warned(app)
    healthy(app.run())


def test_a_network_of_one_weight_is_said_to_have_no_plane():
    app = healthy(come_to("loss-landscape", **{"net": "none", "act": "none", "in": "x1", "bias": "none"}))
    assert "this network has one" in app.info[0].value
    app = healthy(come_to("loss-landscape", **{"net": "none", "act": "none", "in": "x1"}))
    assert charts(app) == ["plane"]


def test_a_link_opens_experiment_and_view_and_a_bad_one_gets_one_sentence():
    app = healthy(come_to("loss-landscape", net="3", act="tanh", plane="weights", w1="0~0~1", frame="5"))
    assert landscape_of(app).picture.plane.labels[0] == "W[0][0, 1]"
    assert app.session_state["backprop_session"].experiment.hidden == (3,)
    assert landscape_of(app).frame == 5
    app = healthy(come_to("loss-landscape", plane="moon"))
    assert warned(app).startswith("The link can&#x27;t be opened: Plane must be one of")
    app = healthy(come_to("loss-landscape", lr="-1"))
    assert warned(app).startswith("The link can&#x27;t be opened as it is: Learning rate")
    assert math.isfinite(landscape_of(app).leader.now.true_loss)
