"""What the exported files have in common: their style and frame, and a description of the network."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from engine import LOSSES, OPTIMIZERS
from engine.optimizers import Optimizer
from engine.worked.worked import Operand
from pages.backprop.example import rule_of
from pages.backprop.session import BackpropSession
from pages.figures.theme import FONT_STACKS, LIGHT
from pages.formulas.mathml import symbol_mathml
from pages.formulas.notation import Convention
from pages.formulas.orientation import lying

STYLE = f"""
body {{ font: 16px/1.5 {FONT_STACKS["sans"]}; color: {LIGHT.ink}; background: {LIGHT.ground};
  max-width: 60em; margin: 2em auto; padding: 0 1em; }}
h1 {{ font-size: 26px; margin: 0; }}
h2 {{ font-size: 20px; margin: 2em 0 0.5em; }}
h3 {{ font-size: 16px; margin: 0 0 0.4em; }}
p {{ margin: 0.4em 0; }}
.made, .note {{ color: {LIGHT.ink2}; font-size: 14px; }}
section.step {{ border-top: 1px solid {LIGHT.line}; padding: 0.8em 0; overflow-x: auto; }}
section.step {{ break-inside: avoid; }}
dl {{ display: grid; grid-template-columns: 6em 1fr; gap: 0.5em 1em; margin: 0; align-items: center; }}
dt {{ color: {LIGHT.ink3}; font-size: 14px; }}
dd {{ margin: 0; }}
dd > div {{ padding: 0.15em 0; }}
math {{ font-family: {FONT_STACKS["math"]}; font-size: 18px; }}
mtable.numbers mtd {{ padding: 0.25em 0.5em; text-align: right; font-variant-numeric: tabular-nums; }}
.erratum {{ background: {LIGHT.warn_soft}; border-radius: 8px; padding: 0.5em 1em; margin-top: 0.6em; }}
.given {{ display: flex; flex-wrap: wrap; gap: 0.8em 2em; align-items: center; }}
.given > div {{ max-width: 100%; overflow-x: auto; padding: 4px 0; }}
ol.questions > li {{ padding-bottom: 7em; break-inside: avoid; }}
.answer {{ display: inline-block; min-width: 9em; border-bottom: 1.5px solid {LIGHT.ink}; }}
.key {{ break-before: page; page-break-before: always; overflow-x: auto; }}
td, th {{ padding: 0.3em 1.2em 0.3em 0; text-align: left; border-bottom: 1px solid {LIGHT.hairline}; }}
td.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
@media print {{ body {{ margin: 0; max-width: none; font-size: 12pt; }} }}
""".strip()


def web_page(title: str, parts: list[str]) -> bytes:
    """A web page that needs no other file."""
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
    ]
    lines = ["<!doctype html>", '<html lang="en"><head>', *head, "</head><body>", *filter(None, parts)]
    return "\n".join([*lines, "</body></html>", ""]).encode()


def about_html(user: BackpropSession) -> Iterator[str]:
    """The network in words, and where the page comes from."""
    for line in network_lines(user):
        yield f"<p>{escape(line)}</p>"
    yield f'<p class="made">{escape(user.provenance)}</p>'


def network_lines(user: BackpropSession) -> Iterator[str]:
    """One sentence each on the network and its loss, the update rule, the convention and the source."""
    worked, convention = user.worked, user.convention
    widths, names = "-".join(map(str, worked.net_dims)), ", ".join(worked.activations)
    loss = "no loss: forward only"
    if worked.loss:
        formula = LOSSES[worked.loss].formula
        loss = f"loss: {formula}{', r = a − y' if 'r' in formula else ''}"
    yield f"Network {widths}; activations: {names}; {loss}."
    if user.optimizer is not None and worked.loss:
        yield f"Update: {', '.join(_rule_words(user.optimizer))}."
    yield f"{capital(convention.label)}."
    if user.system is not None:
        yield f"Source: {user.system.source}"


def _rule_words(rule: Optimizer) -> Iterator[str]:
    """The rule, its step size, and of its other settings those that are not at their defaults."""
    option = OPTIMIZERS[rule_of(rule)]
    yield option.label
    yield f"learning rate η = {rule.learning_rate:g}"
    for row in option.parameters:
        value = getattr(rule, row.name)
        if value != row.default:
            yield f"{row.label} {'on' if value else 'off'}" if row.is_bool else f"{row.label} = {value:g}"
    if rule.weight_decay:
        yield f"Weight decay λ = {rule.weight_decay:g}"


def left_mathml(part: Operand, convention: Convention) -> str:
    """The left-hand side of `part = …`."""
    return symbol_mathml(lying(part.symbol, convention), convention)


def math_element(content: str) -> str:
    """A <math> element."""
    return f"<math>{content}</math>"


def capital(text: str) -> str:
    """The text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
