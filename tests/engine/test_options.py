"""A row of a table checks what is set for it and fills in what is not."""

import pytest

from engine.options import Option, Parameter, check_parameters, table

RATE, SWITCH = Parameter("rate", "Rate", 0.5, 0.25, 0.75), Parameter("switch", "Switch", False)


def test_a_parameter_takes_its_bounds_and_nothing_beyond_them():
    assert [RATE.check(value) for value in (0.25, 0.75)] == [0.25, 0.75]
    for value in (0.24, 0.76):
        with pytest.raises(ValueError, match=rf"rate must be between 0\.25 and 0\.75\. Got {value}\."):
            RATE.check(value)


def test_a_switch_takes_true_and_false_only():
    assert SWITCH.is_bool
    assert not RATE.is_bool
    assert [SWITCH.check(value) for value in (True, False)] == [True, False]
    for value in (1, 0, 1.0, "yes", None):
        with pytest.raises(ValueError, match=r"switch must be True or False\. Got "):
            SWITCH.check(value)
    with pytest.raises(ValueError, match="rate must be a number"):
        RATE.check(True)


def test_what_is_given_is_taken_and_what_is_not_takes_its_default():
    assert check_parameters((RATE, SWITCH), {}) == {"rate": 0.5, "switch": False}
    assert check_parameters((RATE, SWITCH), {"switch": True}) == {"rate": 0.5, "switch": True}
    with pytest.raises(ValueError, match=r"rate must be between 0\.25"):
        check_parameters((RATE,), {"rate": 0.0})


def test_a_parameter_that_the_option_does_not_have_is_refused():
    with pytest.raises(ValueError, match=r"parameter must be one of rate, switch\. Got 'rates'\."):
        check_parameters((RATE, SWITCH), {"rates": 0.5})
    with pytest.raises(ValueError, match=r"parameter must be one of \(none\)\. Got 'rate'\."):
        check_parameters((), {"rate": 0.5})


def test_a_table_knows_its_rows_by_name_in_their_order():
    rows = Option("b", "B"), Option("a", "A")
    assert list(table(*rows).items()) == [("b", rows[0]), ("a", rows[1])]
