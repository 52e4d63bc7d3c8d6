"""The backprop page without a browser: settings, links, what the board is sent, every example and step."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from engine import OPTIMIZERS, Experiment, Network, make_loss, make_optimizer
from engine.examples.systems import SYSTEMS
from engine.runs.links import from_query, to_query
from pages.backprop.example import Example
from pages.backprop.session import BackpropSession, has_errata
from pages.backprop.settings import PLAYGROUND, SMALLEST, BackpropSettings, opening
from pages.formulas.notation import Convention
from pages.formulas.numbers import number_text
from tests.pages.opening import come_to, healthy, number_fields, open_page, refusals
from tests.pages.payloads import read_payload

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "mlp_seeds.json").read_text("utf-8"))
ROWS = ("formula", "numbers", "between")


def header(user):
    return read_payload(user.payload()).header


def ask(user, kind="step", *, number=1, **more):
    user.answer({"client": "a", "id": number, "kind": kind, "stamp": user.stamp, **more})
    return header(user)


def fresh(**settings):
    return BackpropSession(BackpropSettings(**settings))


def contents(user):
    """Every step's content, as the board gets it."""
    user.show_all()
    return {step.key: user.view(k).content for k, step in enumerate(user.worked.steps)}


def large(rows=250, dims=(2, 8, 8, 8, 8, 8, 8, 1)):
    rng = np.random.default_rng(3)
    net = Network(dims, ("tanh",) * (len(dims) - 2) + ("sigmoid",), rng=3)
    X, Y = rng.normal(size=(rows, dims[0])), rng.integers(0, 2, (rows, 1)).astype(float)
    return lambda: Example("large", "Large", net, X, Y, make_loss("bce"), make_optimizer("adam"))


# Settings and links


def test_the_default_is_seed_003_with_an_empty_link():
    assert to_query(BackpropSettings()) == {}
    assert from_query(BackpropSettings, {}) == BackpropSettings()


def test_everything_survives_its_link():
    settings = BackpropSettings(
        network="seed004_mlp",
        version=17,
        sample=2,
        loss="mse",
        optimizer="sgd",
        learning_rate=0.25,
        parameters=(("momentum", 0.9), ("nesterov", True)),
        samples_are="columns",
        weights_are="in×out",
        by="neuron",
        digits=6,
        errata=True,
        step="dW2",
        entry=(3, 1),
    )
    query = to_query(settings)
    assert from_query(BackpropSettings, query) == settings
    assert query["sample"] == "3"
    assert query["at"] == "4.2"


@pytest.mark.parametrize(
    "query",
    [
        {"net": "moon"},
        {"version": "-1"},
        {"version": "4294967296"},
        {"version": "1.5"},
        {"sample": "x"},
        {"sample": "0"},
        {"sample": "99"},
        {"eta": "-1"},
        {"eta": "nan"},
        {"opt": "magic"},
        {"opt": "adam", "par": "moment~1"},
        {"par": "momentum"},
        {"digits": "99"},
        {"errata": "yes"},
        {"step": "dW9"},
        {"at": "1"},
        {"at": "9.9"},
        {"w": "sideways"},
        {"loss": "cce"},
        {"net": "x" * 999},
    ],
)
def test_a_link_that_cannot_be_read_gets_one_sentence(query):
    with pytest.raises(ValueError, match=r"\.$") as caught:
        BackpropSession(from_query(BackpropSettings, query))
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"par": "(none)~1"}, "A parameter needs the optimiser that it belongs to. Got '(none)'."),
        ({"opt": "sign", "par": "(none)~1"}, "Sign takes no parameter. Got '(none)'."),
        ({"opt": "adam", "par": "(none)~1"}, "parameter must be one of beta1"),
        ({"eta": "1e7"}, "The learning rate must be above 0 and at most 1,000,000. Got 10000000."),
        ({"eta": "-0.5"}, "The learning rate must be above 0 and at most 1,000,000. Got -0.5."),
        ({"sample": "0"}, "sample must be a whole number from 1. Got 0."),
        ({"sample": "-3"}, "sample must be a whole number from 1. Got -3."),
        ({"at": "0.2"}, "entry must be a row and a column, from 1. Got 0.2."),
    ],
)
def test_a_refused_link_names_the_rule_that_is_broken_and_the_value_as_typed(query, sentence):
    with pytest.raises(ValueError, match=r"must|takes|needs") as caught:
        from_query(BackpropSettings, query)
    assert str(caught.value).startswith(sentence)


def test_another_network_brings_its_own_convention_update_and_first_step():
    user = fresh(step="dW1", samples_are="columns", learning_rate=0.5, digits=6)
    user.set(network="seed002_a")
    assert (user.at, user.settings.learning_rate, user.settings.digits) == (0, 0.0, 6)
    assert user.convention == Convention("columns", "out×in")


def test_a_change_of_notation_or_digits_keeps_step_and_calculation():
    user = fresh(step="delta2", entry=(0, 1))
    before = user.generation
    user.set(samples_are="columns")
    user.set(digits=6)
    assert (user.step.key, user.entry, user.generation) == ("delta2", (0, 1), before)
    user.set(learning_rate=0.5)
    assert user.step.key == "delta2"
    assert user.generation == before + 1


def test_what_cannot_be_is_refused_and_changes_nothing():
    user = fresh(step="delta2")
    user.set(loss="cce")
    assert "softmax" in header(user)["notice"]
    assert user.settings.loss == ""
    assert user.step.key == "delta2"


def test_another_sample_keeps_the_step_and_an_entry_that_it_has():
    user = fresh(network="seed001", step="delta2", entry=(3, 1))
    user.set(sample=1)
    assert (user.step.key, user.entry, user.settings.sample) == ("delta2", (0, 0), 1)
    user = fresh(network="seed001", step="dW2", entry=(3, 1))
    user.set(sample=1)
    assert (user.step.key, user.entry) == ("dW2", (3, 1))


def trained(name, **parameters):
    """A small network whose rule has taken one step already."""
    net = Network((2, 3, 1), ("tanh", "sigmoid"), rng=1)
    rule = make_optimizer(name, 0.25, 0.125, **parameters)
    rule.step(net.theta, np.linspace(-1, 1, net.theta.size))
    X, Y = np.array([[0.5, -1.0], [2.0, 0.25]]), np.array([[0.0], [1.0]])
    return lambda: Example("trained", "Trained", net, X, Y, make_loss("bce"), rule)


def test_the_same_rule_with_another_setting_keeps_its_others_and_its_memory():
    playing = trained("adam", beta1=0.5)
    settings = BackpropSettings(PLAYGROUND, optimizer="adam", parameters=(("beta2", 0.75),))
    rule, own = BackpropSession(settings, playing).optimizer, playing().optimizer
    assert (rule.beta1, rule.beta2, rule.step_count) == (0.5, 0.75, 1)
    assert (rule.learning_rate, rule.weight_decay) == (0.25, 0.125)
    assert np.array_equal(rule.average, own.average)
    assert own.beta2 == 0.999
    other = BackpropSession(BackpropSettings(PLAYGROUND, optimizer="adagrad"), playing).optimizer
    assert (other.step_count, other.learning_rate, other.weight_decay) == (0, 0.25, 0.125)


def test_settings_that_do_not_go_together_are_refused_in_the_same_rule_too():
    with pytest.raises(ValueError, match="nesterov needs momentum > 0"):
        BackpropSession(BackpropSettings(optimizer="sgd", parameters=(("nesterov", True),)))


def test_adamw_is_not_called_adam():
    user = BackpropSession(BackpropSettings(PLAYGROUND, learning_rate=0.5), trained("adamw"))
    assert type(user.optimizer) is OPTIMIZERS["adamw"].make
    assert "AdamW, η = 0.5" in user.provenance


# What the board is sent


@pytest.mark.parametrize("name", SYSTEMS)
@pytest.mark.parametrize("by", ["rows", "columns"])
def test_every_step_of_every_example_is_laid_out(name, by):
    user = fresh(network=name, samples_are=by)
    found = contents(user)
    assert len(found) == len(user.worked.steps)
    for key, content in found.items():
        for row in ROWS:
            for piece in content["rows"][row] or ():
                ET.fromstring(f"<math>{piece}</math>")
        assert content["result"]["texts"], key
        json.dumps(content, allow_nan=False)


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_numbers_of_a_result_are_those_of_the_engine(name):
    user = fresh(network=name, digits=10)
    for step in user.worked.steps:
        content = user.view(user.worked.steps.index(step)).content
        value = step.result.value.T if content["result"]["turned"] else step.result.value
        shown = content["result"]["texts"]
        assert shown == [[number_text(x, 10) for x in row[: len(shown[0])]] for row in value[: len(shown)]]


def test_seed_003_shows_the_golden_gradients():
    golden = next(case for case in GOLDEN["cases"] if case["id"] == "seed003_bce_y1")
    found = contents(fresh(digits=10))
    for l, grads in enumerate(golden["grads"], start=1):
        assert found[f"dW{l}"]["result"]["texts"] == [
            [number_text(x, 10) for x in row] for row in grads["dW"]
        ]
        assert found[f"delta{l}"]["result"]["texts"] == [
            [number_text(x, 10) for x in row] for row in grads["dZ"]
        ]


def test_seed_004_shows_the_printed_loss():
    user = fresh(network="seed004_mlp")
    assert contents(user)["L"]["result"]["texts"] == [["1.1394"]]
    assert header(user)["loss_texts"][0] == "1.1394"


def test_the_chosen_step_its_neighbours_and_every_title_are_sent():
    user = fresh(step="delta2")
    sent = header(user)
    keys = [step["key"] for step in sent["steps"]]
    assert keys == [step.key for step in user.worked.steps]
    at = keys.index("delta2")
    assert set(sent["contents"]) == set(keys[at - 1 : at + 4])
    assert sent["loss_before"] == user.worked.loss_before


def test_next_is_answered_with_what_the_board_has_not_got():
    user = fresh()
    known = list(header(user)["contents"])
    sent = ask(user, step="a1", entry=[0, 1], known=known)
    assert user.step.key == "a1"
    assert user.entry == (0, 1)
    assert not set(known) & set(sent["contents"])
    assert "0,1" in sent["entries"]["a1"]
    assert user.settings.step == "a1"
    assert not user.redraw
    ask(user, "settle", number=2, step="a1", entry=[0, 1], known=known)
    assert user.redraw


def test_a_refusal_stands_while_the_board_fetches_and_goes_with_the_second_step():
    user = fresh()
    user.set(loss="cce")
    said = [ask(user, "fetch", number=n, step="dW1")["notice"] for n in (1, 2, 3)]
    said += [ask(user, number=n, step=step)["notice"] for n, step in ((4, "a1"), (5, "z2"))]
    assert said == [said[0]] * 4 + [None]
    assert "softmax" in said[0]


def test_a_fetch_sends_more_steps_and_leaves_the_shown_one():
    user = fresh()
    sent = ask(user, "fetch", step="dW1", known=[])
    assert "dW1" in sent["contents"]
    assert user.at == sent["at"] == 0


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"id": "1"},
        {"id": 1, "kind": "step"},
        {"id": 1, "kind": "step", "step": "nonsense"},
        {"id": 1, "kind": "nonsense", "step": "a1"},
        {"id": 1, "kind": "fetch", "step": "a1", "stamp": "old"},
    ],
)
def test_what_cannot_be_read_changes_nothing(request_):
    user = fresh()
    user.answer({"client": "a", "stamp": user.stamp, **request_})
    assert user.at == 0


def test_a_step_pressed_just_before_a_control_counts_as_if_it_had_come_first():
    user = fresh()
    before = user.stamp
    user.set(errata=True, network="seed004_mlp")
    assert user.stamp != before
    sent = ask(user, step="a1", known=["a1"], stamp=before)
    assert sent["steps"][sent["at"]]["key"] == "a1"
    assert "a1" in sent["contents"], "what was known belonged to the old numbers"


@pytest.mark.parametrize("entry", [None, "x", [9, 9], [0], [-1, 0], [0.5, 0]])
def test_an_entry_that_is_not_there_is_the_first(entry):
    user = fresh()
    ask(user, step="a1", entry=entry)
    assert user.entry == (0, 0)


def test_one_entry_is_a_sum_with_the_tone_of_each_term():
    user = fresh(step="delta2")
    sum_ = header(user)["entries"]["delta2"]["0,0"]
    assert sum_["value"] == "−0.0384"
    assert len(sum_["numbers"]) == 1
    for number in ("−0.21812", "1.5409", "0.11413"):
        assert number in sum_["numbers"][0]
    assert sum_["numbers"][0].count("tone-") == 3


def test_the_board_counts_layers_as_the_engines_lists_do():
    user = fresh(network="seed003_bce")  # 4-3-2-1
    shown = contents(user)
    assert [shown[key]["layer"] for key in ("z1", "a1", "delta2", "dW3", "L", "dL")] == [0, 0, 1, 2, 2, 2]
    assert shown["z1"]["place"] == {"neurons": {"0": 1, "1": 0}, "links": 0}, "W[0] from A[0] to Z[0]"
    assert shown["delta2"]["place"]["links"] == 2, "the error comes through W[2]"
    assert list(shown["delta2"]["place"]["neurons"]) == ["2", "3"]
    assert shown["z2"]["terms"]["W2"] == {"layer": 1, "links": True}
    assert shown["z2"]["terms"]["a1"] == {"layer": 1, "links": False}
    assert shown["z2"]["terms"]["b2"] == {"layer": 2, "links": False}
    assert shown["dL"]["terms"]["y"] == {"layer": 3, "links": False}
    diagram = header(user)["diagram"]
    assert [len(rows[0]) for rows in diagram["a"]] == [4, 3, 2, 1]
    assert [len(rows[0]) for rows in diagram["z"]] == [len(rows[0]) for rows in diagram["delta"]] == [3, 2, 1]


def test_softmax_goes_both_ways_with_the_same_result():
    content = contents(fresh(network="seed004_mlp"))["delta3"]
    other = content["alternative"]
    assert "Jacobian" in other["name"]
    assert other["result"]["texts"] == content["result"]["texts"]
    assert other["jacobian"]["shape"] == [3, 3]


def test_a_batch_shows_what_each_sample_adds():
    assert len(contents(fresh(network="seed004_mlp"))["dW1"]["samples"]["terms"]) == 4
    six = contents(fresh(network="seed002_b"))["dW1"]["samples"]
    assert (len(six["terms"]), six["more"]) == (3, 3)
    assert contents(fresh(network="seed004_mlp", sample=0))["dW1"]["samples"] is None


@pytest.mark.parametrize("name", [name for name, row in SYSTEMS.items() if row.errata])
def test_every_erratum_stands_at_its_step(name):
    found = contents(fresh(network=name, errata=True))
    for erratum in SYSTEMS[name].errata:
        (shown,) = [row for row in found[erratum.step]["errata"] if row["printed"] == erratum.printed]
        numbers = erratum.numbers and [number_text(x, 4) for x in erratum.numbers]
        told = {field: getattr(erratum, field) for field in ("document", "place", "printed", "right", "why")}
        assert shown == told | {"numbers": numbers}


@pytest.mark.parametrize("name", SYSTEMS)
def test_errata_are_off_until_they_are_switched_on(name):
    user = fresh(network=name, step="dW1" if SYSTEMS[name].loss else "z1", by="neuron")
    assert not any(content["errata"] for content in contents(user).values())
    before, step = user.stamp, user.step.key
    user.set(errata=True)
    told = sum(len(content["errata"]) for content in contents(user).values())
    assert told == len(SYSTEMS[name].errata)
    assert user.stamp != before, "the board has to ask for the contents again"
    assert (user.step.key, user.generation) == (step, fresh().generation), "nothing is worked anew"
    assert to_query(user.settings)["errata"] == "1"


@pytest.mark.parametrize("digits", [2, 10])
def test_the_numbers_of_an_erratum_keep_the_decimals_that_they_have(digits):
    told = [contents(fresh(network="seed003_bce", errata=True, digits=shown))["da1"] for shown in (digits, 4)]
    assert [row["errata"][0]["numbers"] for row in told] == [["−0.0710", "−0.0202"]] * 2


def test_errata_stay_on_with_another_network_and_are_not_told_of_another_loss():
    user = fresh(errata=True)
    user.set(network="seed004_mlp")
    assert user.settings.errata
    assert has_errata(user)
    user.set(loss="mse")
    assert not has_errata(user)
    assert not any(content["errata"] for content in contents(user).values())


def test_the_numbers_of_an_update_erratum_go_with_the_update_rule():
    def numbers(**settings):
        found = contents(fresh(errata=True, **settings))
        return [found[key]["errata"][0]["numbers"] for key in ("new_b1", "a1")]

    assert numbers()[0] == numbers(optimizer="sgd", learning_rate=0.1)[0] == ["−0.0262", "−0.0253"]
    for changed in ({"learning_rate": 1.0}, {"optimizer": "adam"}):
        update, forward = numbers(**changed)
        assert update is None
        assert forward == numbers()[1]


def saturated(z):
    """One sigmoid neuron at this z, target 0."""
    net = Network((1, 1), ("sigmoid",), bias="none")
    net.W[0][...] = z
    X, Y = np.ones((1, 1)), np.zeros((1, 1))
    return lambda: Example("one", "One", net, X, Y, make_loss("bce"), make_optimizer("sgd"))


def test_the_other_formula_of_the_loss_is_named_by_what_it_reads():
    def alternative(z):
        user = BackpropSession(BackpropSettings(network=PLAYGROUND), saturated(z))
        return contents(user)["L"]["alternative"]

    usual, extreme, near = alternative(0.5), alternative(75.0), alternative(16.0)
    assert usual["name"] == "The same, computed from z"
    assert usual["verdict"].startswith("Equal: the largest difference is ")
    assert extreme["name"] == "Computed from a"
    assert extreme["result"]["texts"] == [["∞"]]
    assert extreme["verdict"] == "Not equal here: not every number is finite."
    assert near["name"] == "The same, computed from a"
    assert alternative(33.0)["verdict"].startswith("Not equal here, because of rounding: ")


def test_the_second_formula_is_in_the_other_convention():
    own = contents(fresh(network="seed002_a"))["z1"]
    assert "columns" in own["shown"]
    assert "rows" in own["second"]["label"]
    assert contents(fresh())["z1"]["second"]["label"] == "samples are columns, W is out×in"


@pytest.mark.parametrize("name", SYSTEMS)
def test_both_notations_never_print_one_formula_twice(name):
    shapes = re.compile(r'<mtext class="shape">[^<]*</mtext>')
    for content in contents(fresh(network=name)).values():
        first, second = content["rows"]["formula"], content["second"]["formula"]
        if second is not None:
            assert [shapes.sub("", piece) for piece in first] != [shapes.sub("", piece) for piece in second]


def test_a_formula_without_a_product_reads_the_same_in_both_notations():
    found = contents(fresh())
    same = {key for key, content in found.items() if content["second"]["formula"] is None}
    assert {"a1", "delta3", "delta2", "new_W1"} <= same
    assert not {"z1", "dW1", "da1", "db1"} & same


def test_a_large_batch_sends_only_the_beginning_of_its_matrices():
    user = BackpropSession(BackpropSettings(network=PLAYGROUND), large())
    assert len(user.worked.steps) > 80
    sizes = []
    for k, step in enumerate(user.worked.steps):
        user.at = k
        user.show_all()
        sizes.append(len(user.payload()))
        assert len(user.view(k).content["result"]["texts"]) <= 7, step.key
    assert max(sizes) < 250_000
    chosen = ask(user, step="a2", entry=[200, 3], known=[])
    assert "200,3" in chosen["entries"]["a2"]


def test_going_neuron_by_neuron_a_weight_matrix_is_walked_neuron_after_neuron():
    walk = contents(fresh(by="neuron"))["dW2"]["result"]["walk"]
    assert walk == [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]]


def test_the_header_names_every_phase_that_a_step_is_of():
    sent = header(fresh())
    phases = [phase for phase, _ in sent["phases"]]
    assert list(dict.fromkeys(step["phase"] for step in sent["steps"])) == phases
    assert [name for _, name in sent["phases"]] == ["Forward", "Loss", "Backward", "Update"]


def test_a_result_says_whether_it_has_the_shape_of_weights():
    shown = contents(fresh(optimizer="adam"))
    weights = {key for key, content in shown.items() if content["result"]["weights"]}
    assert weights == {key for key in shown if key.rstrip("0123456789").endswith("W")}
    assert {"dW1", "new_W2", "m_W1"} <= weights


# The page


@pytest.fixture
def app():
    return come_to("backprop", net="seed003_bce").run()


def session_of(app):
    return app.session_state["backprop_page"]


def test_the_page_opens_without_an_exception(app):
    healthy(app)
    sent = [element.proto.bytes for element in app.get("bidi_component") if element.proto.bytes]
    assert read_payload(sent[0]).header["steps"][0]["key"] == "z1"


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_example_can_be_chosen(app, name):
    healthy(app.selectbox(key="network").select(name).run())
    assert session_of(app).settings.network == name


def test_the_playgrounds_network_opens_as_a_copy(app):
    healthy(app.selectbox(key="network").select(PLAYGROUND).run())
    user, trainer = session_of(app), app.session_state["backprop_session"].timeline.trainer
    assert np.array_equal(user.net.theta, trainer.net.theta)
    assert user.net.theta is not trainer.net.theta
    before = user.net.W[0].copy()
    user.net.theta[...] += 1
    assert np.array_equal(user.net.W[0], before + 1), "W is a view on the copy's own theta"
    assert not np.array_equal(user.net.theta, trainer.net.theta)
    app.selectbox(key="sample").select(3).run()
    assert session_of(app).worked.samples == 1


def opened(app):
    """The network on the page, and the one in the address."""
    named = app.query_params["net"]  # a list or a text
    return session_of(app).settings.network, named if isinstance(named, str) else named[0]


def test_the_page_opens_on_the_smallest_example_and_its_address_says_so():
    sizes = {name: row.build()[0].theta.size for name, row in SYSTEMS.items()}
    assert min(sizes, key=sizes.get) == SMALLEST
    app = healthy(open_page("backprop"))
    assert opened(app) == (SMALLEST, SMALLEST)


def test_a_link_that_names_no_network_means_seed_003_as_before():
    app = healthy(come_to("backprop", step="delta2"))
    assert opened(app) == ("seed003_bce", "seed003_bce")
    assert session_of(app).step.key == "delta2"


def test_what_a_teacher_has_hidden_is_no_choice_of_a_network():
    assert opened(come_to("backprop", hide="network"))[0] == SMALLEST


def test_a_network_that_has_been_trained_is_opened_until_another_is_chosen():
    app = open_page("backprop")
    app.session_state["backprop_session"].timeline.advance()
    healthy(app.run())
    assert opened(app) == (PLAYGROUND, PLAYGROUND)
    for chosen in ("classic", SMALLEST):
        app.selectbox(key="network").select(chosen).run()
        assert opened(healthy(app.run())) == (chosen, chosen)


def test_a_step_of_the_smallest_example_is_found_again_after_training():
    app = open_page("backprop")
    user = session_of(app)
    user.answer({"client": "a", "id": 1, "kind": "step", "step": "a1", "stamp": user.stamp})
    app.session_state["backprop_session"].timeline.advance()
    assert opened(healthy(app.run())) == (SMALLEST, SMALLEST)
    assert user.step.key == "a1"


def test_an_address_with_a_network_opens_it_however_much_has_been_trained():
    assert opening({"net": "classic"}, trained=True).network == "classic"
    assert opening({"digits": "6"}, trained=True) == BackpropSettings(digits=6)
    assert opening({}, trained=True).network == PLAYGROUND


def test_a_mini_batch_of_the_playground_is_told_from_the_batch_worked_here(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    playing = app.session_state["backprop_session"]
    playing.change(Experiment().changed(samples=100, batch_size=10))
    said = [caption.value for caption in healthy(app.run()).caption]
    assert any("takes mini-batches of 10 of its" in text for text in said)
    playing.change(Experiment().changed(samples=100, batch_size="all"))
    assert not any("mini-batches" in caption.value for caption in app.run().caption)


def test_the_playgrounds_network_is_followed(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    playing = app.session_state["backprop_session"]
    playing.change(Experiment().changed(hidden=(3,)))
    healthy(app.run())
    assert session_of(app).net.dims == playing.timeline.trainer.net.dims


def played(app, epochs, **changes):
    """The playground's session after a number of epochs of full batches, shown at its last frame."""
    playing = app.session_state["backprop_session"]
    playing.change(Experiment().changed(samples=100, batch_size=100, **changes))
    for _ in range(epochs):
        playing.timeline.advance()
    playing.shown = playing.timeline.last
    return playing


def is_the_step_taken(app, playing):
    healthy(app.run())
    worked = session_of(app).worked
    playing.timeline.advance()
    W = playing.timeline.trainer.net.W
    assert all(np.allclose(worked.values[f"new_W{l}"], W[l - 1], rtol=0, atol=1e-12) for l in (1, 2, 3))


def test_the_step_worked_is_taken_with_the_rate_that_the_schedule_has_next(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    schedule = {"schedule": "step", "schedule_parameters": (("every", 10.0), ("decay", 0.1))}
    playing = played(app, 10, learning_rate=0.1, **schedule)
    app.run()
    assert session_of(app).optimizer.learning_rate == pytest.approx(0.01)
    is_the_step_taken(app, playing)


def test_the_step_worked_is_taken_with_settings_changed_at_rest(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    playing = played(app, 3, optimizer="adam", learning_rate=0.01)
    playing.change(playing.experiment.changed(learning_rate=0.2, optimizer_parameters=(("beta1", 0.5),)))
    is_the_step_taken(app, playing)


def test_a_schedule_that_has_come_to_rest_is_worked_with_a_rate_of_zero(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    schedule = {"schedule": "cosine", "schedule_parameters": (("epochs", 2.0), ("final", 0.0))}
    playing = played(app, 2, **schedule)
    healthy(app.run())
    app.selectbox(key="rule_worked").select("sgd").run()
    assert session_of(healthy(app)).optimizer.learning_rate == 0
    assert session_of(app).notice is None
    is_the_step_taken(app, playing)


def test_a_control_of_the_rule_keeps_what_the_others_show(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    played(app, 2, optimizer_parameters=(("momentum", 0.9),))
    app.run()
    app.selectbox(key="eta_worked").select("0.5").run()
    app.toggle(key="worked_nesterov").set_value(True).run()
    user = session_of(healthy(app))
    assert user.notice is None
    rule = user.optimizer
    assert (rule.momentum, rule.nesterov, rule.learning_rate, rule.step_count) == (0.9, True, 0.5, 2)
    assert number_fields(app)["worked_momentum"]["text"] == "0.9"


def test_another_network_of_the_playground_has_another_key_at_the_same_label(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    first, label = session_of(app).example_key, session_of(app).label
    app.session_state["backprop_session"].change(Experiment().changed(seed=5))
    app.run()
    assert session_of(app).label == label
    assert session_of(app).example_key != first


@pytest.mark.parametrize(
    "query",
    [
        {"par": "(none)~1"},
        {"opt": "adam", "par": "beta1~0.99999~beta2~0.99999~eps~1~amsgrad~1", "eta": "1e6"},
        {"opt": "rmsprop", "par": "rho~0.99999~momentum~1~eps~0~centered~1", "eta": "5e-324"},
        {"opt": "sgd", "par": "momentum~-0~dampening~1", "digits": "10"},
        {"net": "seed004_linear", "opt": "adam", "loss": "mse", "sample": "3"},
        {"net": PLAYGROUND, "opt": "adagrad", "par": "eps~1e-300", "sample": "250"},
        {"sample": "9" * 110},
    ],
)
def test_no_link_that_is_taken_or_refused_breaks_a_control(query):
    healthy(come_to("backprop", **query).run())


def test_what_the_playground_adds_to_a_step_is_named(app):
    app.selectbox(key="network").select(PLAYGROUND).run()
    assert not any("plain step" in caption.value for caption in app.caption)
    playing = app.session_state["backprop_session"]
    playing.change(Experiment().changed(regularization="l2", regularization_rate=0.01, clip_norm=1.0))
    healthy(app.run())
    (caption,) = [caption.value for caption in app.caption if "plain step" in caption.value]
    assert "without the L2 penalty and gradient clipping" in caption


def test_the_address_of_this_page_is_not_read_as_the_playgrounds():
    app = healthy(come_to("backprop", net=PLAYGROUND))
    assert session_of(app).settings.network == PLAYGROUND
    assert app.session_state["backprop_session"].notice is None


@pytest.mark.parametrize("rule", OPTIMIZERS)
def test_every_rule_can_be_chosen(app, rule):
    healthy(app.selectbox(key="rule_worked").select(rule).run())
    assert any(step.key == "new_W1" for step in session_of(app).worked.steps)
    for row in OPTIMIZERS[rule].parameters:
        assert f"worked_{row.name}" in {*number_fields(app), *(toggle.key for toggle in app.toggle)}


def test_the_errata_are_switched_on_where_there_are_some(app):
    app.selectbox(key="network").select("seed004_mlp").run()
    assert not session_of(app).settings.errata
    app.toggle(key="errata").set_value(True).run()
    user = session_of(healthy(app))
    assert user.settings.errata
    app.selectbox(key="network").select("classic").run()
    assert "errata" not in {toggle.key for toggle in healthy(app).toggle}
    app.selectbox(key="network").select("seed001").run()
    assert app.toggle(key="errata").value


def test_a_network_is_chosen_by_what_it_is_and_says_where_it_is_from(app):
    app.selectbox(key="network").select("seed001").run()
    box = app.selectbox(key="network")
    assert "3-5-4-2 ReLU, no biases" in box.options
    assert box.help == f"Source: {SYSTEMS['seed001'].source}"


def test_controls_write_to_the_settings(app):
    app.selectbox(key="network").select("seed004_mlp").run()
    app.selectbox(key="sample").select(1).run()
    app.selectbox(key="digits").select(6).run()
    app.selectbox(key="eta_worked").select("0.5").run()
    app.selectbox(key="loss_worked").select("mse").run()
    s = session_of(healthy(app)).settings
    assert (s.sample, s.digits, s.learning_rate, s.loss) == (1, 6, 0.5, "mse")
    assert from_query(BackpropSettings, to_query(s)) == s


@pytest.mark.parametrize(
    ("text", "rate", "refusal"),
    [
        ("2,5e-1", 0.25, None),
        ("1/4", 0.25, None),
        ("0", 0.0, "The learning rate must be above 0 and at most 1,000,000. Got 0."),
        ("fast", 0.0, "The learning rate must be a number, like 0.5, 1.2e-3 or 1/3. Got 'fast'."),
    ],
)
def test_a_typed_learning_rate_is_taken_or_refused_with_its_name(app, text, rate, refusal):
    box = app.selectbox(key="eta_worked")
    box.options.append(text)
    user = session_of(healthy(box.set_value(text).run()))
    assert user.settings.learning_rate == rate  # 0 stands for the example's own
    assert refusals(app) == ({"eta_worked": refusal} if refusal else {})
    assert header(user)["notice"] is None


def test_a_bad_link_opens_what_no_link_opens_and_says_why():
    app = healthy(come_to("backprop", net="moon"))
    assert session_of(app).settings == BackpropSettings(SMALLEST)
    assert (
        session_of(app).notice == "The link can't be opened: Network must be one of this page's. Got 'moon'."
    )


def test_a_link_opens_at_its_step():
    app = healthy(come_to("backprop", net="seed004_mlp", step="dW2"))
    assert session_of(app).step.key == "dW2"


def test_what_was_chosen_stays_where_it_can_when_the_playground_s_network_changes():
    shapes = [(2, 3, 2, 1), (2, 3, 1)]

    def playing():
        net = Network(shapes[0], ("tanh",) * (len(shapes[0]) - 1), rng=1)
        X, Y = np.ones((4, 2)), np.ones((4, 1))
        return Example(str(shapes[0]), "Playground", net, X, Y, make_loss("mse"), make_optimizer("sgd"))

    user = BackpropSession(BackpropSettings(PLAYGROUND), playing)
    chosen = {"optimizer": "adam", "learning_rate": 0.02, "version": 4, "samples_are": "columns"}
    user.set(**chosen, step="dW3")
    del shapes[0]
    user.follow_playground()
    assert user.settings == BackpropSettings(PLAYGROUND, **chosen)


def test_a_version_of_the_playground_s_layers_is_not_called_its_network_and_needs_no_sample_of_it():
    def playing():
        net, X = Network((2, 2, 1), ("tanh", "tanh"), rng=1), np.ones((40, 2))
        rule = make_optimizer("sgd")
        return Example("k", "Playground at epoch 3", net, X, np.ones((40, 1)), make_loss("mse"), rule)

    user = BackpropSession(BackpropSettings(PLAYGROUND, sample=30), playing)
    user.set(version=2)
    assert (user.label, user.settings.sample) == ("The playground's layers, version 2", None)


def test_a_version_that_is_being_typed_comes_before_new_numbers(app):
    app.button(key="new_version").click().run()
    assert session_of(app).settings.version == 1
    app.button(key="new_version").click().run()
    assert session_of(healthy(app)).settings.version == 2


def test_checking_an_answer_is_a_choice_of_the_network():
    app = open_page("backprop")
    next(one for one in app.button if one.key == "answer_check").click().run()
    assert session_of(healthy(app)).chosen
