"""Opens a page of the app without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).parents[2] / "app.py")


def come_to(name, **query):
    """The page after its first run, from a link if there is a query; so far it shows its main view alone."""
    app = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{name}.py")
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def open_page(name):
    """The page with everything on it, after its second run."""
    return come_to(name).run()


def healthy(app):
    assert not app.exception, app.exception[0].message
    assert not app.error
    return app
