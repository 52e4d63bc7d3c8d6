"""Where the documents slip from which the worked networks come: what is printed, what is right, and why."""

from dataclasses import dataclass

NUMPY_NETWORK = "Saffet Gökçen Şen, “A Numpy Neural Network”, 26 May 2020"
WITHOUT_BIASES = "Saffet Gökçen Şen, “A Numpy Neural Network Without Biases”, 29 May 2020"
COLUMN_NOTES = "Untitled notes on backpropagation in column vectors, five pages, author not named"
BACK_PROPAGATION = "Notes “Back Propagation”, author not named"
SLIDES = "Slides “Neural Networks: Forward/backward propagation + training”, author not named"
DECIMALS = 4
"""Of an erratum's numbers; more would be made up."""


@dataclass(frozen=True)
class Erratum:
    """A slip of a document, for a student who has the document at hand.

    Args:
        document: whose text, as a list of references names it.
        place:    where in it: equation, page, section or slide.
        step:     key of the step of the worked network at which it is told.
        printed:  a quotation of at most 15 words; a formula is written on one line.
        right:    what should stand there.
        why:      the reason, to be checked without this app.
        numbers:  what both give, for one entry of that step, with this network's numbers, to DECIMALS.
    """

    document: str
    place: str
    step: str
    printed: str
    right: str
    why: str
    numbers: tuple[float, float] | None = None
