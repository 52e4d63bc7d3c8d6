"""Functions of a module as a script can have them: their source without types, and all that they call."""

import ast
import inspect
from collections.abc import Iterable
from types import ModuleType


def sources(module: ModuleType, names: Iterable[str]) -> list[str]:
    """The functions with these names and those of the module that they need, in the order of the module.

    Names lose their leading underscores, as public says nothing in a script; numbers that the functions read
    from the module become lines of their own.
    """
    tree = ast.parse(inspect.getsource(module))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    needed, waiting = set[str](), list(names)
    while waiting:
        if (name := waiting.pop()) not in needed:
            needed.add(name)
            waiting += _read(functions[name]) & functions.keys()
    kept = [node for name, node in functions.items() if name in needed]
    read = set[str]().union(*(_read(node) for node in kept))
    constants = sorted(name for name in read if isinstance(vars(module).get(name), int | float))
    plain = _Plain(functions.keys())
    return [
        *(f"{name} = {vars(module)[name]!r}" for name in constants),
        *(ast.unparse(plain.visit(node)) for node in kept),
    ]


def public(name: str) -> str:
    """The name of a function in a script."""
    return name.lstrip("_")


def _read(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


class _Plain(ast.NodeTransformer):
    """Takes types and leading underscores away."""

    def __init__(self, functions: Iterable[str]) -> None:
        self.functions = set(functions)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name, node.returns = public(node.name), None
        self.generic_visit(node)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = None
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.functions:
            node.id = public(node.id)
        return node
