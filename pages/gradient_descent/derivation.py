"""Where the theory of a rule comes from: line by line, each with its reason."""

from __future__ import annotations

import streamlit as st

from pages.gradient_descent.local_theory import has_theory
from pages.gradient_descent.session import DescentSession

START = (
    r"\nabla f(x) = H\,(x - x^*)",
    "a quadratic with its minimum at x*; near a minimum every smooth surface is nearly one",
)
DERIVATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "gradient": (
        START,
        (r"x_{k+1} = x_k - \eta\,H\,(x_k - x^*)", "the rule"),
        (
            r"e_{k+1} = (1 - \eta\lambda)\,e_k",
            "the error along an eigenvector of H: there H is the number λ",
        ),
        (r"|1 - \eta\lambda| < 1", "only then does the error shrink"),
        (r"0 < \eta < \frac{2}{\lambda_{\text{max}}}", "that holds for every λ if it does for the largest"),
        (
            r"\eta = \frac{2}{\lambda_{\text{max}} + \lambda_{\text{min}}}",
            "the best: the factors of both ends are of one size, the largest is smallest",
        ),
        (
            r"\frac{\kappa - 1}{\kappa + 1},\quad \kappa = \frac{\lambda_{\text{max}}}{\lambda_{\text{min}}}",
            "that size, by which the error shrinks in each step",
        ),
    ),
    "momentum": (
        START,
        (r"v_{k+1} = \mu v_k + \nabla f(x_k)", "the rule: a velocity"),
        (r"x_{k+1} = x_k - \eta v_{k+1}", "and a step with it, so ηvₖ is the step before, xₖ₋₁ − xₖ"),
        (
            r"e_{k+1} = e_k - \eta\lambda e_k + \mu\,(e_k - e_{k-1})",
            "the error along an eigenvector of H: there H is the number λ",
        ),
        (r"z^2 - (1 + \mu - \eta\lambda)\,z + \mu = 0", "try eₖ = zᵏ and divide by zᵏ⁻¹"),
        (r"|z_1| < 1,\ |z_2| < 1", "only then does the error shrink, as it is a sum of powers of both roots"),
        (
            r"(1 - \sqrt\mu)^2 < \eta\lambda < (1 + \sqrt\mu)^2",
            "here the roots are complex; their product is μ, so both have the size √μ",
        ),
        (r"\eta\lambda = 2\,(1 + \mu)", "put z = −1: beyond this a root lies outside −1 … 1"),
        (r"0 < \eta < \frac{2\,(1 + \mu)}{\lambda_{\text{max}}}", "so the walk converges for every λ"),
        (
            r"\sqrt\mu\ \text{while}\ \kappa \le \left(\frac{1 + \sqrt\mu}{1 - \sqrt\mu}\right)^2",
            "the best rate: one η can keep the roots of all λ complex; for a larger κ it can't",
        ),
    ),
    "nesterov": (
        START,
        (r"v_{k+1} = \mu v_k + \nabla f(x_k)", "the rule: a velocity"),
        (r"x_{k+1} = x_k - \eta\,(\nabla f(x_k) + \mu v_{k+1})", "and a step that looks ahead along it"),
        (
            r"\begin{pmatrix} e_{k+1} \\ v_{k+1} \end{pmatrix} = \begin{pmatrix} 1 - (1 + \mu)\eta\lambda & "
            r"-\eta\mu^2 \\ \lambda & \mu \end{pmatrix} \begin{pmatrix} e_k \\ v_k \end{pmatrix}",
            "both along an eigenvector of H: there H is the number λ",
        ),
        (
            r"z^2 - (1 + \mu)(1 - \eta\lambda)\,z + \mu\,(1 - \eta\lambda) = 0",
            "the eigenvalues z of this matrix: z² − trace · z + determinant = 0",
        ),
        (r"|z_1| < 1,\ |z_2| < 1", "only then does the error shrink"),
        (
            r"\left(\frac{1 - \mu}{1 + \mu}\right)^2 < \eta\lambda < 1",
            "here the roots are complex, and both have the size √(μ(1 − ηλ))",
        ),
        (
            r"\eta\lambda = \frac{2\,(1 + \mu)}{1 + 2\mu}",
            "put z = −1: beyond this a root lies outside −1 … 1",
        ),
        (
            r"0 < \eta < \frac{2\,(1 + \mu)}{(1 + 2\mu)\,\lambda_{\text{max}}}",
            "so the walk converges for every λ",
        ),
    ),
}
"""Of each rule that has a theory: formulas in LaTeX, and why each holds."""


def theory_derivation(user: DescentSession) -> None:
    """Fold the derivation away below the stage; a rule without a theory has none, nor has an ascent."""
    rule = user.settings.rule
    if not has_theory(rule) or user.settings.ascent:
        return
    with st.container(key="theory_derivation"), st.expander("Where this theory comes from"):
        for formula, reason in DERIVATIONS[rule]:
            left, right = st.columns(2, gap="small", vertical_alignment="center")
            left.markdown(f"$\\displaystyle {formula}$")
            right.markdown(reason)
