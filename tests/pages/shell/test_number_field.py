"""What a number field does with what the browser sends: each act once, in order, by the one reader."""

import json

import pytest

from pages.shell.number_field import MOST_ACTS, NumberField


def made(value=1.0, least=-10, most=10, step=0.5, **more):
    """A field that writes into the list that is returned with it."""
    written = []
    return NumberField("Norm (0: off)", value, least, most, step, written.append, **more), written


def act(field, *acts, client="a"):
    """The field after further acts of this client."""
    first = field.answered + 1 if field.client == client else 1
    field.take({"client": client, "first": first, "acts": list(acts)})
    return field


READ = [
    ("0,5", 0.5, "0.5"),
    ("−0,25", -0.25, "−0.25"),
    ("1/2", 0.5, "0.5"),
    ("−0.2739", -0.2739, "−0.2739"),
    ("2,5", 2.5, "2.5"),
    ("0,05", 0.05, "0.05"),
    ("1e-3", 0.001, "0.001"),
    (" 3 ", 3.0, "3"),
    ("1/3", 1 / 3, "0.3333333333"),
    ("2·10⁻⁷", 2e-7, "2e−07"),
]


@pytest.mark.parametrize(("typed", "value", "text"), READ)
def test_a_typed_number_is_written_and_shown_as_the_server_writes_it(typed, value, text):
    field, written = made()
    data = act(field, typed).data()
    assert written == [value]
    assert (data["text"], "refused" in data) == (text, False)


@pytest.mark.parametrize("value", [-0.2739, 1e-05, 1e10, 123456.789, 0.1 + 0.2, 5e-324, 0.0])
def test_what_a_field_shows_it_reads_as_the_same_number(value):
    field, _ = made(most=None)
    assert float(f"{value:.10g}") == field._read(field.text(value)) if value else field._read("0") == 0


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.234,5", "Norm must be a number with one point or comma at most, like 1234.5. Got '1.234,5'."),
        ("abc", "Norm must be a number, like 0.5, 1.2e-3 or 1/3. Got 'abc'."),
        ("", "Norm must be a number, like 0.5, 1.2e-3 or 1/3. Got ''."),
        ("11", "Norm must be between −10 and 10. Got 11."),
        ("−10,5", "Norm must be between −10 and 10. Got -10.5."),
    ],
)
def test_a_refusal_names_field_rule_and_value_and_leaves_text_and_value(typed, sentence):
    field, written = made()
    data = act(field, typed).data()
    assert written == []
    assert data["refused"] == [typed, sentence]
    assert data["text"] == "1"


def test_a_whole_number_field_takes_whole_numbers_only():
    field, written = made(value=1, step=1)
    assert "must be a whole number. Got '2,5'." in act(field, "2,5").data()["refused"][1]
    act(field, "2,0", "1e1")
    assert written == [2, 10]
    assert all(type(value) is int for value in written)
    assert field.data()["text"] == "10"


def test_what_the_settings_refuse_is_refused_at_the_field():
    def write(value):
        raise ValueError("nesterov needs momentum > 0.")

    field = NumberField("Momentum", 0.9, 0, 1, 0.05, write)
    assert act(field, "0").data()["refused"] == ["0", "nesterov needs momentum > 0."]
    assert field.value == 0.9


def test_three_presses_are_three_steps_however_they_arrive():
    field, written = made(value=1, step=1)
    for acts in ([1], [1, 1], [1, 1, 1], [1, 1, 1]):  # each message repeats what has no answer yet
        field.take({"client": "a", "first": 1, "acts": acts})
    assert written == [2, 3, 4]


def test_a_step_that_a_newer_message_breaks_off_is_done_with_that_message():
    class BrokenOff(BaseException):
        """As Streamlit ends a callback that looks into the session while a newer message waits."""

    written, waits = [], [True]

    def write(value):
        if waits:
            raise waits.pop() and BrokenOff
        written.append(value)

    field = NumberField("Norm", 5, 0, 10, 1, write)
    with pytest.raises(BrokenOff):
        act(field, 1)
    field.take({"client": "a", "first": 1, "acts": [1, 1]})
    assert written == [6, 7]


@pytest.mark.parametrize(("steps", "last"), [([20, 20], 10), ([-30], -10), ([1, -2], 0.5)])
def test_steps_end_at_the_bounds(steps, last):
    field, written = made()
    act(field, *steps)
    assert field.value == written[-1] == last


def test_a_step_has_no_digits_that_nobody_asked_for():
    field, written = made(value=0.1, step=0.05)
    act(field, 1, 1)
    assert written == [0.15, 0.2]


def test_a_text_that_was_being_typed_counts_before_the_step_that_ended_the_typing():
    field, written = made(value=1, step=1)
    act(field, "5", 1)
    assert written == [5, 6]


def test_a_step_does_not_hide_why_a_text_was_refused():
    field, written = made(value=1, step=1)
    data = act(field, "abc", 1).data()
    assert written == []
    assert data["refused"][0] == "abc"
    assert (data["down"], data["up"]) == (False, False)


def test_giving_up_brings_the_old_value_back():
    field, _ = made()
    assert "refused" in act(field, "abc").data()
    assert "refused" not in act(field, None).data()
    assert field.data()["text"] == "1"


def test_a_repeated_message_is_not_done_again_after_the_value_has_changed_elsewhere():
    field, written = made()
    message = {"client": "a", "first": 1, "acts": ["5"]}
    assert field.take(message)
    field.show(made(value=2.0)[0])
    assert not field.take(message)
    assert (written, field.data()["text"]) == ([5.0], "2")


def test_another_client_begins_to_count_anew():
    field, written = made()
    act(field, "1", "2", "3")
    act(field, "4", client="b")
    assert written == [1, 2, 3, 4]
    assert field.data()["answered"] == ["b", 1]


def test_a_refusal_goes_when_the_value_changes_elsewhere_and_stays_when_it_does_not():
    field, _ = made()
    act(field, "abc")
    field.show(made()[0])
    assert "refused" in field.data()
    field.show(made(value=3.0)[0])
    assert "refused" not in field.data()


def test_a_disabled_field_does_nothing():
    field, written = made(disabled=True)
    assert act(field, "5", 1).data()["text"] == "1"
    assert written == []


@pytest.mark.parametrize(
    "message",
    [
        None,
        5,
        "0.5",
        [],
        {},
        {"client": "a", "first": 1},
        {"client": None, "first": 1, "acts": ["2"]},
        {"client": "a", "first": "1", "acts": ["2"]},
        {"client": "a", "first": 1, "acts": "22"},
        {"client": "a", "first": 1, "acts": [{"x": 1}, [], 1.5]},
        {"client": "a", "first": -(10**30), "acts": ["2"]},
    ],
)
def test_a_message_of_another_form_does_nothing(message):
    field, written = made()
    field.take(message)
    assert written == []
    assert field.value == 1


def test_a_message_without_end_costs_and_repeats_little():
    field, written = made()
    field.take({"client": "c" * 10**6, "first": 1, "acts": ["9" * 10**6] + [10**400] * 10**5})
    assert written == []
    assert field.answered == MOST_ACTS
    assert len(json.dumps(field.data())) < 1000
