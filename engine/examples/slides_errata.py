"""The slips of a set of slides on forward and backward propagation and training."""

from functools import partial

from engine.examples.errata import SLIDES, Erratum

_on_slide = partial(Erratum, SLIDES)
_DERIVATIVES = "slide “Let's calculate the derivatives”"
_BACKWARD = "slides “Backward propagation”, whole batch"
_ALGORITHM = "slide “Neural network training algorithm”"
_OWN_LOSS = "Row i is the derivative of its own sample's loss Lᵢ, which has its minus already"

LINEAR_ERRATA = (
    _on_slide(
        "slide “Forward propagation”, linear model", "z1", "z = xᵀ W + b", "z = xᵀ Wᵀ + b",
        "The demo has W of shape (1, 5), and (1 × 5)(1 × 5) is not defined. Its code is right: "
        "torch.mm(xT, W.T) + b.",
    ),
    _on_slide(
        "slide “Error function (loss function)”", "z1", "X_train = [x₁ᵀ, x₂ᵀ, …, x_Nᵀ] ∈ ℝ^(N × n)",
        "the rows x₁ᵀ, x₂ᵀ, …, x_Nᵀ one below the other",
        "Side by side they make a single row, 1 × N·n.",
    ),
)  # fmt: skip
SOFTMAX_ERRATA = (
    _on_slide(
        "slides “Live demo (PyTorch)”", "L", "L = 1/N * torch.sum( Y * A3 )",
        "L = - 1/N * torch.sum( Y * torch.log(A3) )",
        "Logarithm and minus are missing: this is the mean probability of the true classes. The demo has the "
        "right line further down.", (0.3374, 1.1394),
    ),
    _on_slide(
        _BACKWARD, "L", "L = −1/N Σₚ₌₁ᴺ Lₚ", "L = +1/N Σₚ₌₁ᴺ Lₚ",
        "L₁ = −sum(y ⊗ log a⁽³⁾) has its minus already, and so has every Lₚ.", (-1.1394, 1.1394),
    ),
    _on_slide(
        _BACKWARD, "L", "L = −1/N Σₚ₌₁ᴺ sum(Y ⊗ log A⁽³⁾)", "L = −1/N sum(Y ⊗ log A⁽³⁾)",
        "sum adds over all N rows of Y; Σₚ adds that same number N times.", (4.5575, 1.1394),
    ),
    _on_slide(
        "slide “Cross entropy loss”", "L", "Y[1, :] ⊗ A⁽³⁾[1, :]", "Y[1, :] ⊗ log A⁽³⁾[1, :], in every row",
        "The formula to the left of it has the logarithm.",
    ),
    _on_slide(
        _ALGORITHM, "L", "Err += Div(Y_t, d_t)", "after the loop, Err/T is the training error",
        "The slide before has Err = 1/T Σ Div(Y_t, d_t). In the loop Err is T times as large; "
        "only the update divides by T.", (4.5575, 1.1394),
    ),
    _on_slide(
        _DERIVATIVES, "dL", "∂L/∂A⁽³⁾ = −1/N [∂L/∂a₁⁽³⁾; ∂L/∂a₂⁽³⁾; …; ∂L/∂a_N⁽³⁾]",
        "+1/N [∂L₁/∂a₁⁽³⁾; ∂L₂/∂a₂⁽³⁾; …; ∂L_N/∂a_N⁽³⁾]", f"{_OWN_LOSS}: ∂L₁/∂a₁⁽³⁾ = −y₁ ÷ a₁⁽³⁾.",
        (0.7133, -0.7133),
    ),
    _on_slide(
        _DERIVATIVES, "delta3", "∂L/∂Z⁽³⁾ = −1/N [∂L/∂z₁⁽³⁾; ∂L/∂z₂⁽³⁾; …; ∂L/∂z_N⁽³⁾]",
        "+1/N [∂L₁/∂z₁⁽³⁾; ∂L₂/∂z₂⁽³⁾; …; ∂L_N/∂z_N⁽³⁾]", f"{_OWN_LOSS}: ∂L₁/∂z₁⁽³⁾ = a₁⁽³⁾ − y₁.",
        (-0.1090, 0.1090),
    ),
    _on_slide(
        "slides “Let's calculate the derivatives” and “Live demo (PyTorch)”", "delta3",
        "∂L/∂Z⁽³⁾ = −1/N (A⁽³⁾ − Y)", "+1/N (A⁽³⁾ − Y)",
        "It stands on three slides; the code below it on two of them is right: 1/N * (A3-Y).",
        (-0.1090, 0.1090),
    ),
    _on_slide(
        "slides “Backward propagation”, one sample", "dW3", "∂L₁/∂W⁽³⁾ = … = (∂L₁/∂z⁽³⁾)ᵀ · a⁽²⁾ᵀ",
        "(∂L₁/∂z⁽³⁾)ᵀ · a⁽²⁾",
        "The forward slides have a⁽²⁾ as a row, 1 × 4. (3 × 1)(1 × 4) gives the 3 × 4 of W⁽³⁾; "
        "(3 × 1)(4 × 1) is not defined.",
    ),
    _on_slide(
        _BACKWARD, "dW2", "(∂L/∂Z⁽²⁾)ᵀ · Z⁽²⁾ · ∂/∂W⁽²⁾", "(∂L/∂Z⁽²⁾)ᵀ · A⁽¹⁾",
        "∂/∂W⁽²⁾ stands behind Z⁽²⁾, with nothing to differentiate. The line ends with the right form.",
    ),
    _on_slide(
        _BACKWARD, "db3", "∂L₁/∂b⁽³⁾ = (∂L₁/∂Z⁽³⁾)ᵀ · ∂Z⁽³⁾/∂b⁽³⁾",
        "∂L/∂b⁽³⁾ = (∂L/∂Z⁽³⁾)ᵀ · ∂Z⁽³⁾/∂b⁽³⁾",
        "L₁ is the loss of sample 1; Z⁽³⁾ holds all samples, and the vector of ones that follows adds them "
        "up. An earlier slide has ∂L/∂b⁽³⁾.",
    ),
    _on_slide(
        _ALGORITHM, "da2", "∇_(y_k) Div = ∇_(z_(k+1)) Div W_k", "∇_(z_(k+1)) Div W_(k+1)",
        "z⁽³⁾ is made with W⁽³⁾, as on the other slides. For k = 2 the printed W₂ gives (1 × 3)(4 × 7), "
        "which is not defined.",
    ),
    _on_slide(
        _ALGORITHM, "new_W1", "(W₁, b₁, W₂, b₂, …, W_N, b_N)", "another letter than N for the layers",
        "Elsewhere N is the number of samples. This network has 3 layers and 4 samples.",
    ),
    _on_slide(
        "slides “Recap: Gradient Descent Algorithm”", "new_W1", "While |f(xᵏ⁺¹) − f(xᵏ)| > ε",
        "take a step first, then test: do … while",
        "At k = 0 there is no x¹ yet, so that the test has nothing to compare.",
    ),
    _on_slide(
        "slides “The Approach of Gradient Descent”", "new_W1", "Identical to previous algorithm",
        "identical where f′(xᵏ) is not 0",
        "At 0 the sign is 0 and x stays, while the Else of the slide before moves it by +step. In one "
        "dimension the loop ends before that; of several derivatives, one can be 0 while another is not.",
    ),
)  # fmt: skip
