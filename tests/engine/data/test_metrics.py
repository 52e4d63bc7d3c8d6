import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.data.metrics import accuracy, confusion, in_cell, predicted_classes, probabilities_of, r2

NAN = float("nan")


def column(*values):
    return np.array(values, dtype=float)[:, None]


def test_accuracy_of_one_output_compares_both_with_the_threshold():
    # 0.6 > ½ and 1 > ½: right; 0.5 is not above ½, 0 neither: right; 0.2 against 1: wrong
    assert accuracy(column(0.6, 0.5, 0.2), column(1, 0, 1)) == 2 / 3


def test_accuracy_between_minus_one_and_one_takes_threshold_zero():
    assert accuracy(column(0.1, -0.1, 0.1), column(1, -1, -1), threshold=0.0) == 2 / 3


def test_accuracy_of_several_outputs_compares_the_largest():
    outputs = np.array([[0.2, 0.5, 0.3], [0.4, 0.3, 0.3], [0.1, 0.2, 0.7], [0.1, 0.2, 0.7]])
    assert accuracy(outputs, np.eye(3)[[1, 0, 2, 0]]) == 3 / 4


def test_nan_outputs_count_as_wrong_whatever_the_target():
    assert accuracy(column(NAN, NAN, 1), column(0, 1, 1)) == 1 / 3
    assert accuracy(np.array([[NAN, 0.0], [0.0, NAN]]), np.eye(2)) == 0.0
    assert accuracy(column(NAN), column(NAN)) == 0.0


def test_accuracy_and_r2_of_nothing_are_nan():
    assert np.isnan(accuracy(np.empty((0, 1)), np.empty((0, 1))))
    assert np.isnan(r2(np.empty((0, 1)), np.empty((0, 1))))


@pytest.mark.parametrize("metric", [accuracy, r2])
def test_shapes_that_would_broadcast_are_refused(metric):
    with pytest.raises(ValueError, match=r"Y must have shape \(3, 1\).* Got \(3,\)\."):
        metric(np.zeros((3, 1)), np.zeros(3))


def test_predicted_classes_call_the_high_side_class_zero():
    np.testing.assert_array_equal(predicted_classes(column(0.9, 0.1, NAN)), [0, 1, -1])
    np.testing.assert_array_equal(predicted_classes(np.eye(3)[[2, 0]]), [2, 0])


def test_r2_of_a_hand_worked_line():
    # mean of 1, 2, 3 is 2: SS_tot = 1 + 0 + 1 = 2; residuals 0, 0, 1: SS_res = 1; R² = 1 - 1/2
    assert r2(column(1, 2, 4), column(1, 2, 3)) == 0.5


def test_r2_measures_every_column_from_its_own_mean():
    # means 2 and 20: SS_tot = 1 + 1 + 100 + 100 = 202; residuals 0, -10, 0, -1: SS_res = 101; R² = 1 - 1/2
    assert r2(np.array([[1.0, 20], [3, 31]]), np.array([[1.0, 10], [3, 30]])) == 0.5


@given(arrays(float, (6, 2), elements=st.integers(-9, 9).map(float)))
def test_r2_is_one_for_the_targets_and_zero_for_their_mean(Y):
    if np.ptp(Y, axis=0).any():
        assert r2(Y, Y) == 1.0
        assert abs(r2(np.broadcast_to(Y.mean(axis=0), Y.shape), Y)) < 1e-12
    else:
        assert np.isnan(r2(Y, Y))


def test_r2_of_equal_targets_is_nan_and_nan_outputs_pass_on():
    assert np.isnan(r2(column(1, 2), column(3, 3)))
    assert np.isnan(r2(column(NAN, 2), column(1, 3)))


@pytest.mark.parametrize("outputs", [0.3, 0.0, 7.0])
@pytest.mark.parametrize("rows", [2, 3, 500, 9000])
def test_r2_of_targets_that_are_equal_but_for_rounding_is_nan(rows, outputs):
    equal = np.full((rows, 2), 0.3)
    equal[::2, 0] = 0.1 + 0.2  # 0.30000000000000004
    equal[:, 1] *= 1e9
    assert equal[0, 0] != equal[1, 0]
    assert np.isnan(r2(np.full_like(equal, outputs), equal))


def test_r2_of_targets_that_differ_by_little_is_no_rounding():
    # 1e6 and 1e6 + 1e-3 share nine digits, but outputs that tell them apart are right
    Y = column(1e6, 1e6 + 1e-3)
    assert r2(Y, Y) == 1.0
    assert r2(Y[::-1], Y) == pytest.approx(-3.0)  # residuals twice as long as those from the mean: 1 − 4
    assert np.isnan(r2(Y, column(0.0, 1e-200)))  # its square is 0 in floating point


def test_confusion_has_true_classes_in_rows():
    # class 0 was taken once for itself and twice for class 1
    np.testing.assert_array_equal(confusion([0, 1, 1, 2], [0, 0, 0, 2], 3), [[1, 2, 0], [0, 0, 0], [0, 0, 1]])


@given(st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 3)), max_size=30))
def test_confusion_counts_every_answer_once(pairs):
    predicted, true = (np.array([pair[side] for pair in pairs], dtype=int) for side in (0, 1))
    table = confusion(predicted, true.astype(float), 4)
    expected = np.zeros((4, 4), dtype=int)
    for guess, truth in pairs:
        if guess >= 0:
            expected[truth, guess] += 1
    np.testing.assert_array_equal(table, expected)


def test_confusion_refuses_what_is_no_class():
    with pytest.raises(ValueError, match=r"predicted must hold whole numbers -1 to 1\. Got 2\."):
        confusion([2], [0], 2)
    with pytest.raises(ValueError, match=r"true must hold whole numbers 0 to 1\. Got nan\."):
        confusion([0], [NAN], 2)
    with pytest.raises(ValueError, match=r"predicted must have shape \(N,\)"):
        confusion([0, 1], [0], 2)


def test_a_cell_holds_just_the_samples_that_confusion_counts_there():
    predicted, true = np.array([0, 1, 1, 2, -1, 1]), np.array([0, 0, 0, 2, 0, 1])
    counted = confusion(predicted, true, 3)
    found = {(i, j): in_cell(predicted, true, (i, j)).tolist() for i in range(3) for j in range(3)}
    assert found[0, 1] == [1, 2]
    assert {cell: len(samples) for cell, samples in found.items()} == dict(np.ndenumerate(counted))


def test_two_classes_share_the_probability_of_one_output_and_several_have_one_each():
    one = probabilities_of(column(0.9, 0.2), np.array([0, 1]))
    np.testing.assert_allclose(one, [0.9, 0.8], rtol=1e-15)
    several = np.array([[0.2, 0.7, 0.1], [0.5, 0.3, 0.2]])
    np.testing.assert_array_equal(probabilities_of(several, np.array([1, 0])), [0.7, 0.5])
