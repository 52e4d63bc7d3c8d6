"""Every step as the expression tree computes it on its own, compared with Network and the optimisers."""

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import (
    ACTIVATIONS,
    LOSSES,
    SYSTEMS,
    Network,
    make_activation,
    make_loss,
    make_optimizer,
    work,
)
from engine.worked.entries import entry, per_sample
from engine.worked.expressions import (
    Apply,
    Constant,
    Difference,
    Hadamard,
    Jacobian,
    Maximum,
    Number,
    Over,
    Product,
    Quotient,
    Scaled,
    Sum,
    Symbol,
    Total,
    children,
    symbols,
    transpose,
    walk,
)
from engine.worked.loss_forms import LOSS_FORMS
from tests.engine.variants import switches

BIASES = ("shared", "none", "per_sample")
PAIRS = [(loss, LOSSES[loss].output or output) for loss in LOSSES for output in ACTIVATIONS]
PAIRS = sorted({(loss, output) for loss, output in PAIRS})
VARIANTS = [
    (name, parameters | {"weight_decay": decay}) for name, parameters in switches() for decay in (0.0, 0.1)
]


def drawn(rng, dims, activations, bias="shared", rows=4):
    net = Network(dims, activations, bias=bias, samples=rows if bias == "per_sample" else None)
    net.theta[...] = rng.standard_normal(net.theta.size)
    return net


def targets(rng, output, rows, width):
    if output == "softmax":
        return np.eye(width)[rng.integers(0, width, rows)]
    if output == "sigmoid":
        return rng.integers(0, 2, (rows, width)).astype(float)
    return rng.standard_normal((rows, width))


def example(rng, hidden="tanh", output="sigmoid", bias="shared", rows=4, width=3):
    net = drawn(rng, (2, 3, 2, width), (hidden, hidden, output), bias, rows)
    return net, rng.standard_normal((rows, 2)), targets(rng, output, rows, width)


def agree(actual, expected, what=""):
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12, err_msg=what)


def agrees_with_the_engine(steps, net, X, Y, loss):
    trace = net.forward(X)
    gradient = net.backward(trace, Y, loss)
    agree(steps.loss_before, net.loss(trace, Y, loss), "L")
    agree(steps.values["L"], [[steps.loss_before]])
    for l in range(1, len(net.W) + 1):
        agree(steps.values[f"z{l}"], trace.Z[l - 1], f"z{l}")
        agree(steps.values[f"a{l}"], trace.A[l], f"a{l}")
        agree(steps.values[f"delta{l}"], gradient.dZ[l - 1], f"delta{l}")
        agree(steps.values[f"dW{l}"], gradient.dW[l - 1], f"dW{l}")
        if (db := gradient.db[l - 1]) is not None:
            agree(steps.values[f"db{l}"], np.atleast_2d(db), f"db{l}")
        key = "dL" if l == len(net.W) else f"da{l}"
        if key in steps.values:
            agree(steps.values[key], gradient.dA[l], key)


@pytest.mark.parametrize(("loss", "output"), PAIRS)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_every_loss_output_and_bias_mode_agrees_with_the_engine(loss, output, data):
    width = 3 if output == "softmax" else data.draw(st.sampled_from((1, 3)))
    hidden = data.draw(st.sampled_from(list(ACTIVATIONS)))
    rng = np.random.default_rng(data.draw(st.integers(0, 2**32 - 1)))
    rows = data.draw(st.integers(1, 5))
    for bias in BIASES:
        net, X, Y = example(rng, hidden, output, bias, rows, width)
        agrees_with_the_engine(work(net, X, Y, loss), net, X, Y, loss)


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), rows=st.integers(1, 5), bias=st.sampled_from(BIASES))
def test_every_hidden_activation_agrees_with_the_engine(hidden, seed, rows, bias):
    net, X, Y = example(np.random.default_rng(seed), hidden=hidden, bias=bias, rows=rows)
    agrees_with_the_engine(work(net, X, Y, "mse"), net, X, Y, "mse")


def test_there_is_a_form_for_every_loss():
    assert LOSS_FORMS.keys() == LOSSES.keys()


@pytest.mark.parametrize(("name", "options"), VARIANTS)
@settings(max_examples=3, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), bias=st.sampled_from(BIASES), before=st.integers(0, 3))
def test_every_update_agrees_with_the_optimizers_own_step(name, options, seed, bias, before):
    rng = np.random.default_rng(seed)
    net, X, Y = example(rng, bias=bias)
    rule = make_optimizer(name, 0.05, **options)
    for _ in range(before):  # so that there is memory; gradients of one size, or √(v − m²) is all rounding
        rule.step(net.theta, rng.standard_normal(net.theta.size))
    theta, state = net.theta.copy(), rule.state()
    steps = work(net, X, Y, "half_mse", rule)
    np.testing.assert_array_equal(net.theta, theta)
    for key, value in rule.state().items():
        np.testing.assert_array_equal(value, state[key])
    rule.step(net.theta, net.backward(net.forward(X), Y, "half_mse").theta)
    for l, (W, b) in enumerate(zip(net.W, net.b, strict=True), start=1):
        np.testing.assert_allclose(steps.values[f"new_W{l}"], W, rtol=1e-12, atol=1e-12)
        if b is not None:
            np.testing.assert_allclose(steps.values[f"new_b{l}"], np.atleast_2d(b), rtol=1e-12, atol=1e-12)
    agree(steps.loss_after, net.loss(net.forward(X), Y, "half_mse"))


def test_adams_first_step_by_hand():
    # g = 4: m = 0.4, v = 0.016, m̂ = 4, v̂ = 16, so w ← 1 − 0.5·4/(4 + ε) ≈ 0.5
    net = Network((1, 1), ("linear",), bias="none")
    net.W[0][...] = 1.0
    steps = work(net, [[2.0]], [[0.0]], "half_sse", make_optimizer("adam", 0.5))
    expected = {"m_W1": 0.4, "v_W1": 0.016, "mhat_W1": 4, "vhat_W1": 16, "new_W1": 0.5}
    for key, number in expected.items():
        assert steps.values[key].item() == pytest.approx(number, rel=1e-8), key
    update = [step for step in steps.steps if step.phase == "update"]
    assert [step.key for step in update] == list(expected)
    assert update[0].title == "average of gradients of the weights of the output layer"


def one_weight_by_hand(rule):
    """1 → 1, linear, W = 1, x = 2, y = 0: a = 2, L = ½·2², g = dW = 2·2 = 4."""
    net = Network((1, 1), ("linear",), bias="none")
    net.W[0][...] = 1.0
    return work(net, [[2.0]], [[0.0]], "half_sse", rule).values


def test_the_first_velocity_is_the_whole_gradient_and_only_later_ones_are_dampened():
    rule = make_optimizer("sgd", 0.1, momentum=0.5, dampening=0.75)
    first = one_weight_by_hand(rule)
    assert (first["v_W1"].item(), first["new_W1"].item()) == pytest.approx((4, 0.6))
    rule.step(np.array([1.0]), np.array([8.0]))  # v = 8
    second = one_weight_by_hand(rule)  # v = 0.5·8 + 0.25·4 = 5, w ← 1 − 0.1·5
    assert (second["v_W1"].item(), second["new_W1"].item()) == pytest.approx((5, 0.5))


def test_amsgrad_keeps_the_largest_average_and_corrects_it_for_the_second_step():
    rule = make_optimizer("adam", 0.5, amsgrad=True, beta2=0.5)
    rule.step(np.array([1.0]), np.array([10.0]))  # v = ½·100
    values = one_weight_by_hand(rule)  # v = ½·50 + ½·16 = 33 < 50; v̂ = 50 / (1 − ½²) = 200/3
    expected = {"v_W1": 33, "vmax_W1": 50, "vhat_W1": 200 / 3}
    assert {key: values[key].item() for key in expected} == pytest.approx(expected)


def all_kinds():
    """Worked examples that between them have every kind of step."""
    rng = np.random.default_rng(5)
    for i, (loss, output) in enumerate(PAIRS[::3]):
        hidden, bias = list(ACTIVATIONS)[i % len(ACTIVATIONS)], BIASES[i % 3]
        name, options = VARIANTS[i % len(VARIANTS)]
        case = example(rng, hidden, output, bias)
        yield work(*case, loss, make_optimizer(name, 0.05, **options), sample=(None, 2)[i % 2])
    for system in SYSTEMS.values():
        yield work(*system.build(), system.loss, system.make_optimizer())


@pytest.fixture(scope="module")
def kinds():
    return list(all_kinds())


def test_every_step_is_what_its_formula_gives_and_its_alternative_too(kinds):
    for steps in kinds:
        for step in steps.steps:
            np.testing.assert_array_equal(step.formula.value(steps.values), step.result.value)
            np.testing.assert_array_equal(steps.values[step.key], step.result.value)
            assert step.result.value.ndim == 2
            assert step.result.value.dtype == np.float64
            if step.alternative is not None:
                agree(step.alternative.value(steps.values), step.result.value, step.key)


def test_every_step_needs_only_inputs_and_steps_before_it(kinds):
    for steps in kinds:
        computed = {step.key for step in steps.steps}
        known = set(steps.values) - computed
        for step in steps.steps:
            assert step.needs == tuple(operand.key for operand in step.operands)
            assert set(step.needs) <= known
            assert list(dict.fromkeys(part.key for part in symbols(step.formula))) == list(step.needs)
            known.add(step.key)


def test_the_order_is_forward_loss_backward_update(kinds):
    phases = ["forward", "loss", "backward", "update"]
    for steps in kinds:
        order = [phases.index(step.phase) for step in steps.steps]
        assert order == sorted(order)
        assert len({step.key for step in steps.steps}) == len(steps.steps)
    system = SYSTEMS["seed003_bce"]
    keys = [step.key for step in work(*system.build(), system.loss).steps]
    middle = ["L", "dL", "delta3", "dW3", "db3", "da2", "delta2", "dW2", "db2", "da1", "delta1", "dW1", "db1"]
    assert keys == ["z1", "a1", "z2", "a2", "z3", "a3", *middle]


def test_steps_count_layers_as_the_engines_lists_do():
    net, X, Y = example(np.random.default_rng(0))
    steps = work(net, X, Y, "half_mse", make_optimizer("sgd", 0.1))
    trace = net.forward(X)
    for l in range(3):
        agree(steps.values[Symbol("W", l).key], net.W[l])
        agree(steps.values[Symbol("z", l).key], trace.Z[l])
    for l in range(4):
        agree(steps.values[Symbol("a", l).key], trace.A[l])
    layers = {step.key: step.layer for step in steps.steps}
    assert [layers[key] for key in ("z1", "a1", "delta1", "dW1", "db1", "new_W1", "da1")] == [0] * 7
    assert [layers[key] for key in ("z3", "a3", "delta3", "dW3", "db3", "new_b3", "dL")] == [2] * 7
    assert layers["L"] is None
    titles = {step.key: step.title for step in steps.steps}
    assert titles["a1"] == "activations of hidden layer 1"
    assert titles["z3"] == "weighted sums of the output layer"


def test_transposing_a_formula_transposes_its_value(kinds):
    for steps in kinds:
        for step in steps.steps:
            for formula in (step.formula, step.alternative):
                if formula is not None:
                    agree(transpose(formula).value(steps.values), formula.value(steps.values).T, step.key)
                    assert transpose(transpose(formula)) == formula


def test_transposing_a_product_turns_its_order_round():
    z = Sum((Product((Symbol("a", 0), Symbol("W", 0))), Symbol("b", 0)))
    assert transpose(z) == Sum(
        (Product((Symbol("W", 0, True), Symbol("a", 0, True))), Symbol("b", 0, transposed=True))
    )


def test_the_tree_by_hand():
    env = {"a0": np.array([[1.0, 2.0]]), "W1": np.array([[3.0], [5.0]]), "b1": np.array([[-1.0]])}
    a, W, b = Symbol("a", 0), Symbol("W", 0), Symbol("b", 0)
    z = Sum((Product((a, W)), b))  # 1·3 + 2·5 − 1
    assert z.value(env).tolist() == [[12.0]]
    assert [part.key for part in symbols(z)] == ["a0", "W1", "b1"]
    assert children(z) == (Product((a, W)), b)
    assert Difference(a, Number(1.0)).value(env).tolist() == [[0.0, 1.0]]
    assert Quotient(a, Number(2.0)).value(env).tolist() == [[0.5, 1.0]]
    assert Scaled(Number(2.0), a).value(env).tolist() == [[2.0, 4.0]]
    assert Hadamard((a, a)).value(env).tolist() == [[1.0, 4.0]]
    assert Maximum((a, Number(1.5))).value(env).tolist() == [[1.5, 2.0]]
    assert Over(a, axis=1).value(env).tolist() == Total(a).value(env).tolist() == [[3.0]]
    assert Over(a).value(env).tolist() == [[1.0, 2.0]]
    assert Apply("square", a).value(env).tolist() == [[1.0, 4.0]]
    slope = Apply("relu", Number(0.0), (("grad_at_zero", 1.0),), derivative=True)
    assert slope.value({}).item() == 1.0
    assert Symbol("a", 0, index=(1,)).value(env).tolist() == [[2.0]]
    assert Symbol("W", 0, index=(1, 0)).value(env).tolist() == [[5.0]]


@pytest.mark.parametrize(
    ("symbol", "key"),
    [
        (Symbol("a", 0), "a0"),
        (Symbol("a", 1), "a1"),
        (Symbol("a", 1, mark="d"), "da1"),
        (Symbol("a", 1, of="W"), "a_W2"),
        (Symbol("delta", 1), "delta2"),
        (Symbol("L", 2, mark="d"), "dL"),
        (Symbol("W", 0, mark="d"), "dW1"),
        (Symbol("d", 0, of="W"), "d_W1"),
        (Symbol("b", 0, mark="new"), "new_b1"),
        (Symbol("W", 0, mark="decayed"), "decayed_W1"),
        (Symbol("m", 2, of="W", mark="hat"), "mhat_W3"),
        (Symbol("v", 2, of="b", mark="max", old=True), "old_vmax_b3"),
        (Symbol("z", 1, index=(0, 1)), "z2"),
    ],
)
def test_a_key_is_the_name_as_printed(symbol, key):
    assert symbol.key == key


def test_softmax_jacobian_is_diag_a_minus_a_aT():
    # z = (log 1, log 3): a = (¼, ¾), J = a₁a₂ (1 −1; −1 1) with a₁a₂ = 3/16
    node = Jacobian("softmax", Symbol("z"), Symbol("v"))
    z = np.log([1.0, 3.0])
    np.testing.assert_allclose(node.matrix(z), np.array([[3, -3], [-3, 3]]) / 16, atol=1e-15)
    np.testing.assert_allclose(node.value({"z": z[None], "v": np.array([[16.0, 0.0]])}), [[3, -3]])


def test_fused_softmax_cross_entropy_is_a_minus_y_over_N_and_the_jacobian_gives_the_same():
    rng = np.random.default_rng(1)
    net, X, Y = example(rng, output="softmax")
    step = work(net, X, Y, "cce").step("delta3")
    share = Constant(Quotient(Number(1.0), Number(4.0, "N")))
    expected = Scaled(share, Difference(Symbol("a", 3), Symbol("y")))
    assert step.formula == expected
    assert step.alternative == Jacobian("softmax", Symbol("z", 2), Symbol("L", 2, mark="d"))
    agree(step.alternative.value(step.values), step.result.value)


def test_targets_that_do_not_sum_to_one_are_fused_with_their_sum():
    rng = np.random.default_rng(2)
    net, X, _ = example(rng, output="softmax")
    Y = rng.uniform(size=(4, 3)) * 3
    agrees_with_the_engine(work(net, X, Y, "cce"), net, X, Y, "cce")


@pytest.mark.parametrize(("loss", "output"), [("bce", "sigmoid"), ("cce", "softmax")])
def test_saturated_outputs_leave_out_dL_and_compute_the_loss_from_z(loss, output):
    net = Network((1, 2), (output,), bias="none")
    net.W[0][...] = [[1000.0, -1000.0]]
    X, Y = np.array([[1.0], [-1.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])
    steps = work(net, X, Y, loss, make_optimizer("sgd", 0.1))
    agrees_with_the_engine(steps, net, X, Y, loss)
    assert "dL" not in steps.values
    assert steps.step("delta1").alternative is None
    assert "Computed from z" in steps.step("L").note
    assert math.isfinite(steps.loss_after)


@pytest.mark.parametrize("output", ["sigmoid", "softmax"])
def test_nan_passes_through_without_a_warning(output, recwarn):
    net, X, Y = example(np.random.default_rng(7), output=output)
    X[1, 0] = np.nan
    loss = {"sigmoid": "bce", "softmax": "cce"}[output]
    steps = work(net, X, Y, loss, make_optimizer("adam", 0.1))
    agrees_with_the_engine(steps, net, X, Y, loss)
    assert math.isnan(steps.loss_before)
    assert math.isnan(steps.loss_after)
    assert steps.step("L").note == ""
    assert not recwarn.list


def test_losses_and_activations_with_parameters_keep_them():
    rng = np.random.default_rng(3)
    net = drawn(rng, (2, 3, 1), (make_activation("leaky_relu", slope=0.3), "linear"))
    X, Y = rng.standard_normal((5, 2)), 3 * rng.standard_normal((5, 1))
    loss = make_loss("huber", delta=0.5)
    agrees_with_the_engine(work(net, X, Y, loss), net, X, Y, loss)


@pytest.mark.parametrize("slope", [0.0, 1.0])
def test_a_kink_is_remarked_with_the_derivative_that_is_taken(slope):
    net = Network((1, 1, 1), (make_activation("relu", grad_at_zero=slope), "linear"))
    net.W[1][...] = 1.0
    step = work(net, [[0.0]], [[1.0]], "sse").step("delta1")
    assert step.note == f"A z lies exactly on the kink of ReLU; its derivative there is taken as {slope:g}."
    assert step.result.value.item() == -2 * slope


def test_one_unit_of_several_on_a_kink_is_remarked():
    net = Network((1, 2, 1), ("relu", "linear"), bias="none")
    net.W[0][...], net.W[1][...] = [[0.0, 1.0]], 1.0  # z1 = (0, 1)
    assert "kink of ReLU" in work(net, [[1.0]], [[1.0]], "sse").step("delta1").note
    flat = Network((1, 2), ("linear",), bias="none")
    flat.W[0][...] = [[0.0, 1.0]]
    assert "not defined" in work(flat, [[1.0]], [[0.0, 0.0]], "mae").step("dL").note  # r = (0, 1)


def test_huber_has_a_derivative_at_delta_and_mae_has_none_at_zero():
    net = Network((1, 1), ("linear",), bias="none")
    net.W[0][...] = 1.0
    at_delta = work(net, [[3.0]], [[2.0]], "huber").step("dL")  # r = 1 = δ
    assert at_delta.result.value.item() == 1.0
    assert at_delta.note == ""
    assert "not defined" in work(net, [[2.0]], [[2.0]], "mae").step("dL").note


@pytest.mark.parametrize("bias", BIASES)
def test_one_sample_is_worked_as_a_batch_of_one(bias):
    net, X, Y = example(np.random.default_rng(4), bias=bias)
    steps = work(net, X, Y, "mse", make_optimizer("adam"), sample=2)
    alone = Network(net.dims, net.activations, bias=bias, samples=1 if bias == "per_sample" else None)
    for l in range(3):
        alone.W[l][...] = net.W[l]
        if net.b[l] is not None:
            alone.b[l][...] = net.b[l][2:3] if bias == "per_sample" else net.b[l]
    assert steps.samples == 1
    agrees_with_the_engine(steps, alone, X[2:3], Y[2:3], "mse")


def test_without_loss_or_optimizer_the_calculation_ends_earlier():
    net, X, Y = example(np.random.default_rng(6))
    assert {step.phase for step in work(net, X, None, None).steps} == {"forward"}
    assert math.isnan(work(net, X, None, None).loss_before)
    steps = work(net, X, Y, "bce")
    assert {step.phase for step in steps.steps} == {"forward", "loss", "backward"}
    assert steps.loss_after == steps.loss_before


@pytest.mark.parametrize("sample", [-1, 4, 1.5, True])
def test_a_sample_that_is_not_there_is_refused(sample):
    net, X, Y = example(np.random.default_rng(6))
    with pytest.raises(ValueError, match="sample must be"):
        work(net, X, Y, "bce", sample=sample)


def test_an_unknown_step_and_a_loss_that_does_not_fit_are_refused():
    net, X, Y = example(np.random.default_rng(6))
    with pytest.raises(ValueError, match="step must be one of z1, a1"):
        work(net, X, Y, "bce").step("z9")
    with pytest.raises(ValueError, match="cce needs a softmax output"):
        work(net, X, Y, "cce")
    with pytest.raises(ValueError, match=r"Y must have shape \(4, 3\)"):
        work(net, X, Y[:, :1], "bce")


def test_the_entries_of_every_step_add_up_to_its_values(kinds):
    for steps in kinds:
        for step in steps.steps:
            rows, columns = step.result.value.shape
            for row, column in {(0, 0), (rows - 1, columns - 1)}:
                found = entry(step, row, column)
                total = sum(math.prod(number for _, number in term) for term in found.terms)
                assert found.value == step.result.value[row, column]
                assert total == pytest.approx(found.value, rel=1e-10, abs=1e-12), (step.key, found)


def whats(step, row=0, column=0):
    return [tuple(factor.what for factor in term) for term in entry(step, row, column).terms]


def test_an_entry_holds_its_factors_with_their_indices():
    system = SYSTEMS["seed003_half"]
    steps = work(*system.build(), system.loss, system.make_optimizer())
    a1, W2 = partial(Symbol, "a", 1), partial(Symbol, "W", 1)
    z2, delta2 = Symbol("z", 1, index=(0,)), partial(Symbol, "delta", 1)
    assert whats(steps.step("z2"), 0, 1) == [
        (a1(index=(0,)), W2(index=(0, 1))),
        (a1(index=(1,)), W2(index=(1, 1))),
        (a1(index=(2,)), W2(index=(2, 1))),
        (Symbol("b", 1, index=(1,)),),
    ]
    assert whats(steps.step("a2")) == [(Apply("sigmoid", z2),)]
    slope = Apply("sigmoid", z2, derivative=True)
    passed = (Symbol("delta", 2, index=(0,)), Symbol("W", 2, index=(0, 0)), slope)
    assert whats(steps.step("delta2")) == [passed]
    assert whats(steps.step("dW2"), 2, 1) == [(a1(index=(2,)), delta2(index=(1,)))]
    assert whats(steps.step("db2"), 0, 1) == [(delta2(index=(1,)),)]
    assert whats(steps.step("da1"), 0, 2) == [
        (delta2(index=(0,)), W2(index=(2, 0))),
        (delta2(index=(1,)), W2(index=(2, 1))),
    ]
    assert whats(steps.step("new_W2"), 2, 1) == [
        (W2(index=(2, 1)),),
        (Number(-1.0), Number(0.1, "η"), W2(mark="d", index=(2, 1))),
    ]
    first = entry(steps.step("delta2"), 0, 0).terms[0]
    np.testing.assert_allclose([number for _, number in first], [-0.0372, 1.540900, 0.114132], atol=5e-7)


def test_an_entry_through_a_jacobian_runs_down_its_column():
    net = Network((1, 2), ("softmax",), bias="none")
    net.W[0][...] = np.log([[1.0, 3.0]])  # a = (¼, ¾), J = 3/16·(1 −1; −1 1)
    found = entry(work(net, [[1.0]], [[0.0, 0.0]], "half_sse").step("delta1"), 0, 1)
    assert [[factor.what for factor in term] for term in found.terms] == [
        [Symbol("L", 0, mark="d", index=(0,)), Symbol("J", index=(0, 1))],
        [Symbol("L", 0, mark="d", index=(1,)), Symbol("J", index=(1, 1))],
    ]
    # dL = a: ¼·(−3/16) + ¾·3/16 = 3/32
    assert found.value == pytest.approx(3 / 32)


def test_an_entry_over_several_samples_has_two_indices_and_a_term_per_sample():
    system = SYSTEMS["seed004_mlp"]
    steps = work(*system.build(), system.loss)
    terms = entry(steps.step("dW1"), 1, 6).terms
    assert [[factor.what for factor in term] for term in terms] == [
        [Symbol("a", 0, index=(n, 1)), Symbol("delta", 0, index=(n, 6))] for n in range(4)
    ]


def test_a_quotient_is_one_factor_of_an_entry():
    system = SYSTEMS["seed003_bce"]
    (term,) = entry(work(*system.build(), "bce").step("dL"), 0, 0).terms
    a3, y = Symbol("a", 3, index=(0,)), Symbol("y")
    one_minus = Difference(Number(1.0), a3)
    assert term[-1].what == Quotient(Difference(a3, y), Hadamard((a3, one_minus)))
    a = work(*system.build(), "bce").values["a3"].item()
    assert term[-1].number == pytest.approx((a - 1) / (a * (1 - a)))


def test_every_factor_of_an_entry_computes_to_its_number(kinds):
    whole_row = {"softmax", "log_softmax"}
    for steps in kinds:
        for step in steps.steps:
            rows, columns = step.result.value.shape
            for factor in {f for term in entry(step, rows - 1, columns - 1).terms for f in term}:
                used = {part.function for part in walk(factor.what) if isinstance(part, Apply)}
                if not used & whole_row and "J" not in {part.name for part in symbols(factor.what)}:
                    assert factor.what.value(steps.values).item() == factor.number, (step.key, factor)


def test_an_entry_that_is_not_there_is_refused():
    system = SYSTEMS["one_neuron"]
    step = work(*system.build(), system.loss).step("dW1")
    with pytest.raises(ValueError, match="row must be between 0 and 1"):
        entry(step, 2, 0)


def test_the_outer_products_of_the_samples_add_up_to_dW():
    system = SYSTEMS["seed004_mlp"]
    steps = work(*system.build(), system.loss)
    for l in (1, 2, 3):
        parts = per_sample(steps.step(f"dW{l}"))
        assert len(parts) == 4
        agree(sum(parts), steps.values[f"dW{l}"])
    with pytest.raises(ValueError, match=r"per_sample needs the step of a dW\. Got db1\."):
        per_sample(steps.step("db1"))
