"""The slips of two articles on a ReLU network, one with a bias for each sample and one without biases."""

from engine.examples.errata import NUMPY_NETWORK, WITHOUT_BIASES, Erratum


def _both(
    document: str, dW3: tuple[int, int, int], dW2: int, dW1: int, masks: tuple[int, int]
) -> tuple[Erratum, ...]:
    """What both articles print, with the numbers of their equations."""
    first, second, third = dW3
    return (
        Erratum(
            document, f"equations ({first}) and ({second})", "dW3",
            "∂y_pred[i,j]/∂w₃[k,l] = h₂relu[i,m] I(m=k & j=l)", "h₂relu[i,k] I(j=l)",
            f"m stands on the right only, and nothing sums over it. ({third}) is right again.",
        ),
        Erratum(
            document, "text above (7)", "dW3", "The element in the column k.l of this matrix is given by",
            "column (k − 1)·d_out + l, or simply row k and column l of a d₂ × d_out matrix",
            "Read as a product, as in d₂.d_out, k.l is not unique: (1, 2) and (2, 1) both give 2.",
        ),
        Erratum(
            document, f"equation ({dW2})", "dW2", "h₁relu[i,p] I(p=k & m=l) w₃[m,j]",
            "Σₚ h₁relu[i,p] I(p=k & m=l) w₃[m,j]",
            f"({dW2 - 1}) sums over p, and without that sum p has no value. ({dW2 + 1}) is right again.",
        ),
        Erratum(
            document, f"equation ({dW1})", "dW1", "x[i,q] I(q=k & p=l) w₂[p,m]",
            "Σ_q x[i,q] I(q=k & p=l) w₂[p,m]",
            f"({dW1 - 1}) sums over q, and without that sum q has no value. ({dW1 + 1}) is right again.",
        ),
        *(_mask(document, equation, layer) for equation, layer in zip(masks, (2, 1), strict=True)),
        Erratum(
            document, "first paragraph", "a3",
            "A neural network with 3 hidden layers is to be constructed.",
            "2 hidden layers and a linear output layer",
            "The third layer gives y_pred, and (5) has no activation.",
        ),
    )  # fmt: skip


def _mask(document: str, equation: int, layer: int) -> Erratum:
    sums = "h₁[i,l]" if layer == 1 else "h₂[i,l]"
    return Erratum(
        document, f"equation ({equation})", f"delta{layer}", f"∂Relu({sums})/∂{sums} = 1 if {sums} ≥ 0",
        f"1 if {sums} > 0; at 0 there is no derivative",
        "At 0 any number from 0 to 1 may be taken, a subgradient: 1 in the article, 0 in this app and in "
        "PyTorch. It matters only where a sum is exactly 0.",
    )  # fmt: skip


def _called_mean(document: str, mean: float, total: float) -> Erratum:
    return Erratum(
        document, "text above (6)", "L", "The loss function is the mean squared error function.",
        "the sum of squares, n·d_out times the mean",
        "(6) has no 1/(n·d_out), and the gradients carry the factor 2, not 2/(n·d_out).", (mean, total),
    )  # fmt: skip


_OF_BIASES = (
    Erratum(
        NUMPY_NETWORK, "text above (5)", "db3",
        "The bias matrix of the third hidden layer is b₃ of dimension n × d_out.",
        "a row of d_out biases, added to every sample; its gradient is then the sum over the samples",
        "With a row of its own each sample can be learnt by heart, and a new sample has no biases.",
    ),
    Erratum(
        NUMPY_NETWORK, "text above (35)", "db2",
        "The element in its kth row and lth column is given as follows",
        "column (k − 1)·d₂ + l of its only row",
        "The sentence before makes it a 1 × (n.d₂) matrix, with one row. As an n × d₂ matrix it has a k-th.",
    ),
    *_both(NUMPY_NETWORK, dW3=(10, 11, 12), dW2=27, dW1=55, masks=(33, 64)),
)  # fmt: skip
PER_SAMPLE_ERRATA = (_called_mean(NUMPY_NETWORK, 0.4039, 3.2308), *_OF_BIASES)
SHARED_ERRATA = (_called_mean(NUMPY_NETWORK, 0.6051, 4.8410), *_OF_BIASES)
WITHOUT_BIASES_ERRATA = (
    _called_mean(WITHOUT_BIASES, 0.7411, 5.9286),
    *_both(WITHOUT_BIASES, dW3=(9, 10, 11), dW2=19, dW1=34, masks=(25, 43)),
)
