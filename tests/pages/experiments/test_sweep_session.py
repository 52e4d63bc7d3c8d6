"""A user's sweep without a browser: settings, links, cells, what is sent, and that it runs in turns."""

import json
import math
import time
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import fields, replace

import numpy as np
import pytest

import engine
from engine import Experiment, Run
from engine.analysis.spread import spread
from engine.data.own import Table
from engine.runs.links import from_query, to_query
from engine.runs.rows import rows
from pages.experiments import executors
from pages.experiments.data import held_fixed, sweep_data
from pages.experiments.plan import planned
from pages.experiments.presets import PRESETS
from pages.experiments.session import SweepSession
from pages.experiments.settings import SweepSettings
from pages.experiments.tables import cell_table, run_table
from pages.experiments.variables import NOT_VARIED, variables, varied
from pages.figures.theme import LIGHT
from pages.playground.recovery import read_record
from pages.playground.session import Session
from tests.pages.playground.test_session import Asker

SMALL = SweepSettings("activations", ("tanh", "relu"), "learning_rate", ("0.03", "0.3"), seeds=3, epochs=4)


def finished(base=None, settings=SMALL):
    user = SweepSession(base or Experiment(), settings)
    user.run()
    while user.running:
        user.work()
    return user


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_has_no_cell_that_cannot_be_and_begins_by_itself(name):
    user = SweepSession(PRESETS[name].base, PRESETS[name].settings)
    assert [cell.refusal for cell in user.cells] == [""] * len(user.cells)
    assert user.small


def test_every_row_of_the_settings_table_can_be_varied_but_those_that_make_no_sense():
    labelled = {name for name, row in rows(Experiment).items() if row.label}
    assert {*variables()} == labelled - {*NOT_VARIED}


@pytest.mark.parametrize("name", variables())
def test_the_usual_values_of_a_setting_make_experiments_or_say_why_not(name):
    variable = variables()[name]
    for text in (*variable.usual, *variable.offered):
        assert variable.read(text) == text
        assert variable.read(variable.said(text)) == text
        assert variable.said(text)
        with suppress(ValueError):  # some suit no network of the usual data
            made = varied(Experiment(), (name, text))
            assert made == varied(made, (name, text))


@pytest.mark.parametrize(
    ("name", "typed", "text"),
    [
        ("learning_rate", "0,5", "0.5"),
        ("learning_rate", "1e-2", "0.01"),
        ("hidden", "8-8-4", "8~8~4"),
        ("activations", "ReLU", "relu"),
        ("batch_size", "all points", "all"),
        ("batch_size", "32", "32"),
        ("optimizer_parameters", "momentum~0.9", "momentum~0.9"),
    ],
)
def test_a_typed_value_is_read_as_people_write_it(name, typed, text):
    assert variables()[name].read(typed) == text


@pytest.mark.parametrize(
    ("name", "typed"),
    [("learning_rate", "fast"), ("activations", "swish"), ("samples", "1.5"), ("hidden", "8-x")],
)
def test_a_value_that_is_none_is_refused_in_a_sentence(name, typed):
    with pytest.raises(ValueError, match=r"\.$"):
        variables()[name].read(typed)


def test_the_activation_goes_to_as_many_layers_as_the_other_setting_makes():
    made = varied(Experiment(), ("activations", "relu"), ("hidden", "8~8~8"))
    assert (made.hidden, made.activations) == ((8, 8, 8), ("relu",) * 3)


def test_settings_survive_their_link():
    settings = replace(SMALL, success=0.125, view="strips")
    assert from_query(SweepSettings, to_query(settings)) == settings
    assert {row.name for row in fields(SweepSettings)} == {*rows(SweepSettings)}


def test_no_parameter_of_a_sweep_is_one_of_an_experiment():
    names = [row.link for settings in (Experiment, SweepSettings) for row in rows(settings).values()]
    assert len(names) == len({*names})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"values": ()}, "must be from 1 to 12"),
        ({"values": tuple(map(str, range(13))), "vary": "data_seed"}, "must be from 1 to 12. Got 13"),
        ({"seeds": 101}, "must be between 1 and 100"),
        ({"vary": "nonsense"}, "vary"),
        ({"vary_2": "activations"}, "must differ"),
        ({"success": math.nan}, "success"),
    ],
)
def test_settings_that_cannot_be_are_refused(changes, sentence):
    with pytest.raises(ValueError, match=sentence):
        replace(SMALL, **changes)


def test_another_setting_begins_with_its_usual_values_and_the_same_one_twice_changes_places():
    assert SMALL.changed(vary="noise").values == variables()["noise"].usual
    swapped = SMALL.changed(vary="learning_rate")
    assert (swapped.vary, swapped.values) == ("learning_rate", SMALL.values_2)
    assert (swapped.vary_2, swapped.values_2) == ("activations", SMALL.values)
    alone = SMALL.changed(vary_2="")
    assert alone.values_2 == ()


def test_a_sweep_that_is_too_long_is_refused_before_it_starts_and_changes_nothing():
    user = SweepSession(Experiment(), SMALL)
    user.set(seeds=100, values=("tanh", "relu", "sigmoid"))
    assert user.settings.seeds == 100
    user.set(values_2=tuple(str(k / 10) for k in range(1, 13)))
    assert user.notice == "A sweep must have at most 1,000 runs. Got more."
    assert user.settings.values_2 == SMALL.values_2


def test_cells_share_their_seeds_and_differ_in_what_is_varied_alone():
    cells = planned(Experiment(seed=7, speed=5), SMALL)
    assert [(cell.row, cell.column) for cell in cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    for cell in cells:
        assert [e.seed for e in cell.experiments] == [7, 8, 9]
        plain = {replace(e, activations=("tanh",) * 2, learning_rate=1.0, seed=0) for e in cell.experiments}
        assert plain == {replace(Experiment(), learning_rate=1.0)}


def test_values_that_do_not_suit_each_other_make_a_cell_that_says_why():
    settings = SweepSettings("output_activation", ("tanh", "softmax"), seeds=1, epochs=1)
    cells = planned(Experiment(), replace(settings, vary_2="dataset", values_2=("circle", "spiral3")))
    refused = [cell for cell in cells if cell.refusal]
    assert all(cell.refusal.endswith(".") and not cell.experiments for cell in refused)
    user = SweepSession(Experiment(), replace(settings, vary_2="dataset", values_2=("circle", "spiral3")))
    json.dumps(sweep_data(user, {}), allow_nan=False)


def test_what_is_done_is_what_the_engine_gives():
    user = finished()
    for place, cell in enumerate(user.cells):
        expected = engine.sweep(cell.experiments, epochs=4)
        assert [o.theta.tobytes() for o in user.done_of(place)] == [o.theta.tobytes() for o in expected]


def test_what_is_sent_are_medians_quartiles_and_counts_of_the_raw_records():
    user = finished(settings=replace(SMALL, success=0.4))
    sent = sweep_data(user, {})
    for place, told in enumerate(sent["cells"]):
        losses = np.array([o.losses[:, 1] for o in user.done_of(place)])
        assert told["quartiles"] == pytest.approx(np.quantile(losses[:, -1], [0.25, 0.5, 0.75]), rel=1e-4)
        wanted = np.quantile(losses, [0.25, 0.5, 0.75], axis=0)[:, told["moments"]]
        assert np.array(told["curve"]) == pytest.approx(wanted, rel=1e-4)
        assert told["successes"] == np.count_nonzero(losses[:, -1] <= 0.4)
        assert [run["loss"] for run in told["runs"]] == pytest.approx(np.sort(losses[:, -1]), rel=1e-4)
    assert (sent["done"], sent["total"], sent["state"]) == (12, 12, "done")


def test_a_link_of_a_run_opens_the_very_run_at_its_end():
    user = finished()
    told = sweep_data(user, {})["cells"][3]
    for run in told["runs"]:
        opened = Run.from_link(f"https://x.org/?{told['query']}&seed={run['seed']}&frame={run['epoch']}")
        (outcome,) = [o for o in user.done_of(3) if o.experiment.seed == run["seed"]]
        assert opened.experiment == outcome.experiment
        timeline = engine.replay(opened)
        for _ in range(opened.frame):
            timeline.advance()
        assert timeline.trainer.net.theta.tobytes() == outcome.theta.tobytes()


def test_everything_that_is_sent_is_json_also_where_numbers_overflow():
    wild = SweepSettings("learning_rate", ("0.1", "1000"), seeds=2, epochs=20)
    base = Experiment(activations=("linear", "linear"), output_activation="linear")
    sent = sweep_data(finished(base, wild), {})
    json.dumps(sent, allow_nan=False)
    assert sent["cells"][1]["runs"][0]["overflowed"]
    assert sent["cells"][1]["quartiles"][1] is None


def test_several_classes_and_a_table_of_ones_own_have_maps():
    rows_ = [[float(k % 7), float(k * k % 11), float(k % 3)] for k in range(40)]
    own = Table("own", ("a", "b", "c"), rows_, "kind", [k % 2 for k in range(40)], ("no", "yes"))
    settings = SweepSettings(seeds=1, epochs=1)
    for base in (Experiment.fitted(dataset="own", table=own), Experiment.fitted(dataset="spiral3")):
        sent = sweep_data(finished(base, settings), {})
        json.dumps(sent, allow_nan=False)
        assert sent["cells"][0]["map"]["side"] == 64


def test_cancel_keeps_what_is_done_and_run_goes_on_with_the_rest():
    user = SweepSession(Experiment(), replace(SMALL, seeds=10, epochs=60))
    user.run()
    while user.done < 3:
        user.work()
    begun = time.monotonic()
    user.cancel()
    assert time.monotonic() - begun < 1
    done = user.done
    assert (user.state, user.running) == ("cancelled", False)
    user.work()
    assert user.done == done
    user.run()
    while user.running:
        user.work()
    assert (user.state, user.done) == ("done", 40)


def test_another_mark_or_view_asks_for_no_run_and_another_value_only_for_its_own():
    user = finished()
    user.set(success=0.3)
    user.set(view="heatmap")
    assert (user.state, user.done) == ("done", 12)
    user.set(values=("tanh", "relu", "sigmoid"))
    assert (user.state, user.done, user.total) == ("cancelled", 12, 18)


def test_a_sweep_of_combinations_that_cannot_be_is_empty_not_done():
    user = SweepSession(Experiment(), SweepSettings("loss", ("cce",), seeds=1, epochs=1))
    assert user.total == 0
    user.run()
    while user.running:
        user.work()
    assert user.state == "empty"


class Gone(Executor):
    """A scheduler that has lost its runs, as Dask's does when it ends."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.cancel()
        future.set_running_or_notify_cancel()
        return future


def test_where_the_workers_fail_it_is_said_what_is_done_stays_and_the_rest_can_be_tried_again(monkeypatch):
    user = finished()
    user.take(Experiment(), replace(SMALL, seeds=4))
    monkeypatch.setattr("pages.experiments.session.executor", Gone)
    user.run()
    user.work()
    assert (user.state, user.done, user.total) == ("cancelled", 12, 16)
    assert user.notice == "The workers have failed (CancelledError). Go on tries the rest again."
    monkeypatch.setattr("pages.experiments.session.executor", lambda: None)
    user.run()
    while user.running:
        user.work()
    assert (user.state, user.done) == ("done", 16)


def test_a_sweep_without_test_points_is_not_said_to_be_judged_by_them():
    mixed = SweepSettings("dataset", ("circle", "seed_004"), seeds=2, epochs=2)
    sent = sweep_data(finished(settings=mixed), {})
    assert [cell["judged"] for cell in sent["cells"]] == ["test loss", "training loss"]
    assert (sent["judged"], sent["domain"]) == ("loss", None)
    assert sent["caveat"].startswith("The losses are of different kinds")
    assert "median loss" in cell_table(finished(settings=mixed))
    plain = sweep_data(finished(), {})
    assert (plain["judged"], plain["caveat"], plain["domain"]) == ("test loss", "", 6)


def test_a_turn_of_a_sweep_ends_in_time():
    user = SweepSession(PRESETS["relu_sigmoid"].base, PRESETS["relu_sigmoid"].settings)
    user.run()
    user.work()
    spent = []
    for _ in range(10):
        begun = time.process_time()
        user.work()
        spent.append(time.process_time() - begun)
    assert sorted(spent)[len(spent) // 2] < 0.15


def test_the_tables_have_a_line_for_each_cell_and_each_run():
    user = finished()
    cells, runs = cell_table(user), run_table(user)
    assert (len(cells), len(runs)) == (4, 12)
    assert cells["median test loss"].tolist() == [
        spread(user.done_of(k), 0.05).quartiles[1] for k in range(4)
    ]
    assert runs["test_loss"].tolist() == [o.test_loss for k in range(4) for o in user.done_of(k)]
    assert Run.from_link(runs["link"][5]).experiment == user.cells[1].experiments[2]


def test_provenance_and_what_is_held_fixed_say_what_is_varied_and_what_is_not():
    user = finished()
    assert "Activation Tanh, ReLU × Learning rate 0.03, 0.3" in user.provenance.replace("tanh", "Tanh")
    assert "3 seeds from 0, 4 epochs" in user.provenance
    held = " ".join(held_fixed(user))
    assert "Circle" in held
    assert "SGD" not in held.replace("SGD 0.03", "")


@pytest.fixture
def environment(monkeypatch):
    for name in (executors.WORKERS, executors.SCHEDULER):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize("count", ["", "0", "-1", "two", "²"])
def test_without_workers_the_runs_are_trained_here(environment, count):
    environment.setenv(executors.WORKERS, count)
    assert executors.executor() is None


def test_workers_give_the_same_sweep(environment):
    environment.setenv(executors.WORKERS, "2")
    user = finished()
    assert user.elsewhere
    alone = engine.sweep([e for cell in user.cells for e in cell.experiments], epochs=4)
    done = [o for k in range(4) for o in user.done_of(k)]
    assert [o.theta.tobytes() for o in done] == [o.theta.tobytes() for o in alone]
    executors.executor().shutdown()
    executors._workers.cache_clear()


def test_a_scheduler_that_does_not_answer_is_said_and_the_runs_are_trained_here(environment):
    environment.setattr(executors, "PATIENCE", 0.2)
    environment.setenv(executors.SCHEDULER, "tcp://127.0.0.1:9")
    user = SweepSession(Experiment(), SMALL)
    user.run()
    assert user.notice.endswith("The runs are trained here.")
    while user.running:
        user.work()
    assert user.state == "done"


def test_outcomes_of_earlier_sweeps_are_kept_as_far_as_there_is_room_the_newest_first(monkeypatch):
    user = finished()
    monkeypatch.setattr("pages.experiments.session.MOST_KEPT", 2 * 12 * 5 + 3 * 5)
    for seed in (10, 20, 30):
        user.take(Experiment(seed=seed), SMALL)
        user.run()
        while user.running:
            user.work()
    seeds = {experiment.seed for experiment, _ in user.outcomes}
    assert {30, 20} <= seeds
    assert 0 not in seeds
    assert sum(len(outcome.losses) for outcome in user.outcomes.values()) <= 2 * 12 * 5 + 3 * 5


def keep(user, place="1,1", seed=1):
    """What the browser gets of a run that it asks for."""
    user.keep({"place": place, "seed": seed}, LIGHT)
    while user.busy:
        user.work()
    return json.loads(json.dumps(user.kept, allow_nan=False))


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_run_of_a_cell_is_kept_with_all_that_its_own_player_would_keep(optimizer):
    user = finished(Experiment(optimizer=optimizer, learning_rate=0.01))
    told = keep(user)
    (outcome,) = [one for one in user.done_of(3) if one.experiment.seed == 1]
    record = read_record(told["run"]["record"])
    timeline = record.timeline(record.run.experiment.data())
    timeline.seek(record.run.frame)
    assert record.run.experiment == outcome.experiment
    assert timeline.trainer.net.theta.tobytes() == outcome.theta.tobytes()
    assert list(timeline.train_losses[:5]) == outcome.losses[:, 0].tolist()
    session = Session(Run(outcome.experiment))
    asker = Asker(session)
    asker.frames(after=0, count=4)
    header = asker.ask("keep-run", shown=4).header
    own = {name: told["run"]["record"][name] for name in header["kept"]}
    assert (own, told["run"]["card"]) == (header["kept"], header["card"])
    assert told["said"] == f"{header['card']['name']}, seed 1, at epoch 4"


def test_a_run_is_sent_to_be_kept_until_the_browser_has_it():
    user = finished()
    number = keep(user)["number"]
    assert "run" in sweep_data(user, {})["kept"]
    user.taken(number - 1)
    assert "run" in user.kept
    user.taken(number)
    assert user.kept == {"number": number}


@pytest.mark.parametrize("given", [None, 3, {}, {"place": "9,9", "seed": 1}, {"place": "0,0", "seed": 99}])
def test_what_is_no_run_of_the_sweep_is_refused_in_a_sentence(given):
    user = finished()
    user.keep(given, LIGHT)
    assert user.kept["refusal"] == "This run can't be kept: it is none of the present sweep."


def test_a_run_is_made_ready_in_turns_also_while_others_are_trained():
    user = finished(settings=replace(SMALL, epochs=400, seeds=1))
    user.change(replace(user.settings, seeds=2))
    user.run()
    told = keep(user, seed=0)
    assert (told["run"]["card"]["epoch"], user.state) == (400, "done")
    curve = told["run"]["record"]["curve"]
    assert curve["every"] == 1
