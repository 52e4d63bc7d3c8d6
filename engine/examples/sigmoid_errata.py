"""The slips of two sets of notes on sigmoid networks, one in column vectors and one in row vectors."""

from functools import partial

from engine.examples.errata import BACK_PROPAGATION, COLUMN_NOTES, Erratum

_in_columns = partial(Erratum, COLUMN_NOTES)
_in_rows = partial(Erratum, BACK_PROPAGATION)
_ENTRY_BY_ENTRY = "each multiplies its own entry of the row, where row times column would be one number"


def column_errata(
    delta_1: str, why: str, errors: tuple[float, float] | None, last: tuple[float, float] | None
) -> tuple[Erratum, ...]:
    """Those of the notes in column vectors, in either way to read them.

    Args:
        delta_1, why: the right δ₁ in this reading, and the reason.
        errors, last: the numbers of the notes' δ₁ and δ₃, as printed and right.
    """
    return (
        _in_columns(
            "p. 1", "L", "Loss = 1/N Σᵢ₌₁ᴺ (ŷᵢ − yᵢ)²",
            "two letters: one for the inputs, one for these terms",
            "Under z₁ = w₁x + b₁ the same page marks w₁ as k₁ × N and x as N × 1: N is the number of inputs.",
        ),
        _in_columns("p. 2", "delta3", "1/N Σᵢ₌₁ᴺ (−2)(yᵢ − ŷᵢ) = δ₁", delta_1, why, errors),
        _in_columns(
            "p. 3", "delta2", "δ₁ᵀ w₃ σ′(z₂) = δ₂ᵀ", "δ₂ = (δ₁ w₃) ∘ σ′(z₂)ᵀ",
            f"On p. 2 the row is δ₁, and δ₁ᵀ the column. σ′(z₂) has k₂ entries: {_ENTRY_BY_ENTRY}.",
        ),
        _in_columns(
            "p. 3", "db2", "(δ₂ᵀ × I)ᵀ = δ₂ᵀ", "(δ₂ × I)ᵀ = δ₂ᵀ",
            "(δ₂ᵀ)ᵀ is δ₂. The same line for b₁ on p. 5 is right: (δ₃ I)ᵀ = δ₃ᵀ.",
        ),
        _in_columns(
            "p. 3", "db2", "∂L/∂b₃ = ∂L/∂ŷ × ∂ŷ/∂h₂ × ∂h₂/∂z₂ × ∂z₂/∂b₂", "∂L/∂b₂ = …",
            "The last factor, ∂z₂/∂b₂, says so.",
        ),
        _in_columns(
            "p. 4", "delta1", "δ₃ = δ₂ w₂ σ′(z₁)", "δ₃ = (δ₂ w₂) ∘ σ′(z₁)ᵀ",
            f"σ′(z₁) = σ(z₁)(1 − σ(z₁)) has k₁ entries: {_ENTRY_BY_ENTRY}. And the row that is δ₂ here "
            "is called δ₂ᵀ on p. 3.", last,
        ),
        _in_columns(
            "p. 4", "db1", "∂L/∂b₃ = … × ∂h₁/∂z₁ × ∂z₁/∂b₃", "∂L/∂b₁ = … × ∂h₁/∂z₁ × ∂z₁/∂b₁",
            "z₁ = w₁x + b₁ does not contain b₃. p. 5 goes on with ∂z₁/∂b₁ and ∂L/∂b₁.",
        ),
        _in_columns(
            "p. 5", "dW1", "∂L/∂w₃ = … × ∂h₁/∂z₁ × ∂z₁/∂w₁", "∂L/∂w₁ = … × ∂h₁/∂z₁ × ∂z₁/∂w₁",
            "The last factor, ∂z₁/∂w₁, says so.",
        ),
        _in_columns(
            "p. 5", "dW1", "δ₃ᵀ × Xᵀ (K₁ × 1, N × 1)", "Xᵀ is 1 × N",
            "(K₁ × 1)(N × 1) is not defined; (K₁ × 1)(1 × N) gives the K₁ × N that is marked below.",
        ),
    )  # fmt: skip


ONE_SAMPLE_ERRATA = column_errata(
    "2/O (ŷⱼ − yⱼ), one number per output, with O outputs",
    "ŷⱼ stands in one term of the loss only. Summed, every output gets the errors of all outputs.",
    (-1.8146, -0.9366),
    (0.1524, 0.0273),
)
SIX_SAMPLES_ERRATA = column_errata(
    "2/N (ŷᵢ − yᵢ), one number per sample",
    "Each error belongs to its own sample's h₂; only for ∂L/∂b₃ may they be added first.",
    None,
    None,
)


def row_errata(row_3: float, row_2: float, new_bias: float) -> tuple[Erratum, ...]:
    """Those of the notes in row vectors under either loss.

    Args: row_3, row_2, new_bias: an entry of da1 as printed and right, and the right one of the new b1.
    """
    return (
        _in_rows(
            "“The first layer”, and further down", "a1", "a₁[1] = g_h(z₁[1]) = 1/(1 − e^(−z₁[1]))",
            "1/(1 + e^(−z₁[1]))",
            "With the minus it is infinite at z = 0 and lies outside (0, 1). The fraction 1/(1 − e^(−z)) "
            "stands eight times in the notes.", (-1.5864, 0.3802),
        ),
        _in_rows(
            "“The second layer”", "z2", "b[1] has the shape 1×2", "b[2] has the shape 1×2",
            "z[2] = a[1] W[2] + b[2] is 1×2; b[1] is 1×3, as “The first layer” says.",
        ),
        _in_rows(
            "“The third layer”", "z3", "z[3] = [z₁[3]] = W₁[3]ᵀ a[2] + b₁[3]", "z[3] = a[2] W[3] + b[3]",
            "W₁[3]ᵀ and a[2] are both 1×2, and (1×2)(1×2) is not defined. The same line ends with "
            "the right form.",
        ),
        _in_rows(
            "“Back propagation”, g′ₒ(z₁[3])", "delta3", "e^(−z₁[3])/(1 − e^(−z₁[3]))²",
            "e^(−z₁[3])/(1 + e^(−z₁[3]))²",
            "Two slips cancel on the way to a₁[3](1 − a₁[3]), which is right; the printed quotient is not.",
        ),
        _in_rows(
            "“Back propagation”, after g[3W]", "db3", "By seeing b[3] as the coefficient of z[3]",
            "b[3] is a term of z[3], with the derivative 1",
            "A coefficient multiplies; b[3] is added. The printed result, ∂ℒ/∂b[3] = g[3z], is right.",
        ),
        _in_rows(
            "“Back propagation”, layer z[1]|a[1]", "delta1", "Now, let's consider the input layer z[1]|a[1].",
            "the first hidden layer",
            "The input is a[0]. Further down the notes call z[1]|a[1] the hidden layer themselves.",
        ),
        _in_rows(
            "“Back propagation”, layer z[1]|a[1]", "da1", "∂ℒ/∂a₂[1] = … = g[2z] · [W₃,₁[2]; W₃,₂[2]]",
            "g[2z] · [W₂,₁[2]; W₂,₂[2]]",
            "The weights that leave the second unit are the second row of W[2]. The formula of g[1a] further "
            "down is right.", (row_3, row_2),
        ),
        _in_rows(
            "“Back propagation”, update", "new_b1", "W[k]_(s+1) = W[k]_s − α ∂ℒ(ŷ, y)/∂W[k]_s",
            "b[k] ← b[k] − α ∂ℒ/∂b[k] as well",
            "The notes name W[k] and b[k] as what is to be found, and give a rule for W[k] alone.",
            (-0.0262, new_bias),
        ),
    )  # fmt: skip


CROSS_ENTROPY_ERRATA = (
    *row_errata(-0.0710, -0.0202, -0.0253),
    _in_rows(
        "“Performance measure”, 2.", "L", "ℒ(ŷ, y) = ℒ(y, a[0], W)", "ℒ(y, a[0], W, b)",
        "ŷ depends on the biases too: the notes go on to ∂ℒ/∂b[3], ∂ℒ/∂b[2] and ∂ℒ/∂b[1], none of them "
        "0.",
    ),
    _in_rows(
        "“Performance measure”, 3.", "L",
        "it can also be seen as the log maximum likelihood function or cross-entropy",
        "the negative log-likelihood, or cross-entropy",
        "y has the likelihood ŷ^y (1 − ŷ)^(1 − y). Its logarithm is (1 − y) log(1 − ŷ) + y log(ŷ), and ℒ is "
        "that with a minus: ℒ is smallest where the likelihood is largest.", (-0.2461, 0.2461),
    ),
)  # fmt: skip
HALF_SQUARED_ERRATA = row_errata(-0.0121, -0.0034, -0.0260)
