"""Where the five seed documents slip, and what is right: at which step, what is printed, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Erratum:
    """A slip of a seed: the key of its step, what is printed, what is right, and why.

    numbers are what both give, for one entry of that step or for the loss, with the numbers of this system.
    """

    step: str
    printed: str
    right: str
    why: str
    numbers: tuple[float, float] | None = None


_FREE_INDEX = "An index that nothing sums over stands on one side of the equation only."
_LAYERS = Erratum(
    "a3", "3 hidden layers, all ReLU but the last hidden one", "2 hidden layers and a linear output layer",
    "The formula of the last layer has no activation.",
)  # fmt: skip
_KINK = "Any value from 0 to 1 is a subgradient; PyTorch and this engine take 0. It matters only at z = 0."
RELU_ERRATA = (
    Erratum("dW3", "r₂[i,m]·[m = k and j = l] with a free m", "r₂[i,k]·[j = l]", _FREE_INDEX),
    Erratum("dW2", "∂ŷ/∂w₂ with a free p", "a sum over p in front", _FREE_INDEX),
    Erratum("dW1", "∂ŷ/∂w₁ with a free q", "a sum over q in front", _FREE_INDEX),
    Erratum("delta2", "relu′(0) = 1", "relu′(0) is a choice; here 0", _KINK),
    Erratum("delta1", "relu′(0) = 1", "relu′(0) is a choice; here 0", _KINK),
    _LAYERS,
    Erratum(
        "dW3", "a row of d₂·d_out entries, in “column k·l”", "entry (k, l) of a d₂ × d_out matrix",
        "The product k·l is not unique: (2, 3), (3, 2) and (1, 6) would share a column.",
    ),
)  # fmt: skip


def called_mean(mean: float, total: float) -> Erratum:
    """The loss of seeds 000 and 001: they name the mean and differentiate the sum."""
    why = "The seed's gradients carry the factor 2, not 2/(n·d_out)."
    return Erratum("L", "mean squared error", "sum of squares: n·d_out times the mean", why, (mean, total))


_PER_SAMPLE = "b is n × d, one row of biases per sample"
SEED_000_ERRATA = (
    called_mean(0.4039, 3.2308),
    Erratum(
        "z1", "the first layer's sums are called b₁, then h₁", "h₁ throughout",
        "b₁ is already the bias; in this app the sums are z and the activations a.",
    ),
    Erratum(
        "db3", _PER_SAMPLE, "1 × d, added to every row; its gradient is the sum over the samples",
        "Biases of their own let the samples be memorised, and there are none for a new sample.",
    ),
    *RELU_ERRATA,
)  # fmt: skip
SHARED_ERRATA = (
    called_mean(0.6051, 4.8410),
    Erratum(
        "db3", _PER_SAMPLE, "1 × d, as it is worked here",
        "A network is to be used on other samples too; the gradient is then the sum over the samples.",
    ),
    *RELU_ERRATA,
)  # fmt: skip
COLUMN_ERRATA = (
    Erratum(
        "L", "N counts the inputs and the terms of the loss", "two letters",
        "W₁x needs as many columns as there are inputs; the sum of the loss runs over samples or outputs.",
    ),
    Erratum(
        "a3", "ŷ is 1 × 1, later it has O components", "W₃ is O × k₂ and b₃ is O × 1",
        "The later shapes only fit O outputs.",
    ),
    Erratum(
        "db3", "∂ŷ/∂b₃ = [1; 0], ∂L/∂b₃ = [δ₁; 0]", "the identity, and δ₁ᵀ", "b₃ is simply added.",
    ),
    Erratum(
        "delta2", "δ₁ᵀ W₃ σ′(z₂) = δ₂ᵀ, with σ′(z₂) as a matrix factor", "δ₂ = (δ₁ W₃) ∘ σ′(z₂)ᵀ",
        "Taken literally (1 × k)(k × 1) is one number; and δ₁ᵀ has another shape a page before.",
    ),
    Erratum("db2", "∂L/∂b₂ = (δ₂ᵀ I)ᵀ = δ₂ᵀ", "(δ₂ I)ᵀ = δ₂ᵀ", "(δ₂ᵀ)ᵀ is δ₂."),
    Erratum("db2", "the chain is headed ∂L/∂b₃", "∂L/∂b₂", "Its last factor says so."),
    Erratum("db1", "the chain is headed ∂L/∂b₃", "∂L/∂b₁", "Its last factor says so."),
    Erratum("dW1", "the chain is headed ∂L/∂w₃", "∂L/∂W₁", "Its last factor says so."),
    Erratum("dW1", "δ₃ᵀ × Xᵀ with Xᵀ marked N × 1", "Xᵀ is 1 × N", "The result is k₁ × N."),
)  # fmt: skip
SCALAR_DELTA = "δ₁ = 1/N Σ (−2)(yᵢ − ŷᵢ), one number for all outputs"


def seed_003_errata(row_3: float, row_2: float, new_bias: float) -> tuple[Erratum, ...]:
    """Those of seed 003 under either of its losses, with the right entries of dW3, dW2 and new b1."""
    return (
        Erratum(
            "a1", "σ(z) = 1/(1 − e⁻ᶻ)", "σ(z) = 1/(1 + e⁻ᶻ)",
            "As printed, in six places, it has a pole at 0 and values outside (0, 1).", (-1.5864, 0.3802),
        ),
        Erratum(
            "delta3", "σ′ = e⁻ᶻ/(1 − e⁻ᶻ)² = a(1 − a)", "σ′ = e⁻ᶻ/(1 + e⁻ᶻ)² = a(1 − a)",
            "Two slips cancel in a(1 − a): at this z, σ′ is 0.1705, and the quotient before it 0.5366.",
        ),
        Erratum(
            "da1", "∂L/∂a₂ = g[2z] times row 3 of W2", "row 2 of W2",
            "The second unit's weights are the second row; the seed's matrix form further down is right.",
            (row_3, row_2),
        ),
        Erratum("z2", "b[1] has shape 1 × 2", "b[2]", "z[2] is 1 × 2."),
        Erratum("z3", "W₁ᵀ a[2] + b", "a[2] W[3] + b", "(1 × 2)(1 × 2) is not defined."),
        Erratum(
            "new_b1", "only W is updated", "b ← b − α ∂L/∂b as well",
            "The seed itself names W and b as unknowns.",
            (-0.0262, new_bias),
        ),
        Erratum(
            "z1", "the input layer is z[1] | a[1]; b is a coefficient of z",
            "that is hidden layer 1; b is a term with the derivative 1", "The input is a[0].",
        ),
    )  # fmt: skip


LINEAR_ERRATA = (
    Erratum(
        "z1", "z = xᵀW + b", "z = xᵀWᵀ + b with W (1, n), as the code beside it has it",
        "(1 × n)(1 × n) is not defined.",
    ),
    Erratum(
        "z1", "X = [x₁ᵀ, …, x_Nᵀ], side by side", "the rows one below the other",
        "Side by side they are 1 × N·n.",
    ),
    Erratum("z1", "tensor([…]) for a matrix of shape (1, 5)", "tensor([[…]])", "Its shape is printed too."),
)  # fmt: skip
SEED_004_ERRATA = (
    Erratum(
        "L", "1/N Σ Y ∘ A", "−1/N Σ Y ∘ log A",
        "The demo's first loss has neither logarithm nor minus; it is the true classes' mean probability.",
        (0.3374, 1.1394),
    ),
    Erratum(
        "L", "L = −1/N Σ Lₚ", "L = +1/N Σ Lₚ", "Lₚ = −Σ y log a has its minus already.", (-1.1394, 1.1394)
    ),
    Erratum(
        "L", "−1/N Σₚ sum(Y ∘ log A)", "−1/N sum(Y ∘ log A)", "The sum over p makes it N times too large.",
        (4.5575, 1.1394),
    ),
    Erratum(
        "L", "Y[i] ∘ A[i] in the matrix form", "Y[i] ∘ log A[i]", "The formula left of it has the logarithm."
    ),
    Erratum(
        "delta3", "−1/N (A − Y)", "+1/N (A − Y)", "On three slides; the code beside them has the plus.",
        (-0.1090, 0.1090),
    ),
    Erratum(
        "dL", "∂L/∂A = −1/N [∂L/∂aᵢ]", "+1/N [∂Lᵢ/∂aᵢ]", "Lᵢ holds the minus already.", (0.7133, -0.7133)
    ),
    Erratum("dL", "−0.0000", "0", "A product with −0; equal to 0 by value."),
    Erratum(
        "delta3", "(y ÷ a) a aᵀ = aᵀ, always", "(Σ y) aᵀ",
        "It holds because each row of Y sums to 1: the fused error is ((Σ y) a − y)/N.",
    ),
    Erratum(
        "z1", "weights from torch.rand, the cell with the seed not shown", "torch.manual_seed(0)",
        "With this seed, and no other that was tried, every printed digit comes out.",
    ),
    Erratum(
        "a2", "a is a row in the forward slides, a column where aᵀ is written", "one of the two",
        "δᵀaᵀ needs a column a and a row δ.",
    ),
    Erratum("dW3", "∂L₁/∂W = ∂L₁/∂z · aᵀ", "(∂L₁/∂z)ᵀ aᵀ", "(1 × 3)(1 × 4) is not defined."),
    Erratum("dW2", "(∂L/∂Z)ᵀ Z ∂/∂W", "(∂L/∂Z)ᵀ A of the layer before", "The operator is torn apart."),
    Erratum("db3", "∂L₁/∂b with Z of the whole batch", "∂L/∂b", "The vector of ones sums the batch."),
)  # fmt: skip
