"""Opens a page of the app without a browser."""

import json
from pathlib import Path

from streamlit.proto.WidgetStates_pb2 import WidgetState
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


def number_fields(app):
    """What the browser gets for each number field, by key."""
    sent = [(e.proto.id, json.loads(e.proto.json)) for e in app.get("bidi_component") if e.proto.json]
    fields = [(id, data) for id, data in sent if isinstance(data, dict) and "answered" in data]
    return {id.rpartition("-")[2]: data for id, data in fields}


def refusals(app):
    """Why what was typed is refused, by the key of the control at which it stands."""
    sent = {e.proto.id.rpartition("-")[2]: json.loads(e.proto.json or "0") for e in app.get("bidi_component")}
    own = {key.removesuffix("_refusal"): data for key, data in sent.items() if isinstance(data, str)}
    return own | {key: data["refused"][1] for key, data in number_fields(app).items() if "refused" in data}


def in_field(app, key, *acts):
    """The page after acts in a number field: a text is typed, a number is so many steps, None is Esc."""
    field = number_fields(app)[key]
    client, number = field["answered"] if field["answered"][0] else ("tester", 0)
    return sent_by_field(app, key, {"client": client, "first": number + 1, "acts": list(acts)})


def sent_by_field(app, key, message):
    """The page after a number field has sent this; Streamlit's tester knows no triggers of components."""
    (id,) = [e.proto.id for e in app.get("bidi_component") if e.proto.id.endswith(f"-{key}")]
    states = app._tree.get_widget_states()
    states.widgets.append(
        WidgetState(
            id=f"$$STREAMLIT_INTERNAL_KEY_{id}__events",
            json_trigger_value=json.dumps([{"event": "act", "value": message}]),
        )
    )
    states.widgets.append(WidgetState(id=id, json_value="{}"))  # as a browser does; Streamlit 1.62 needs it
    return healthy(app._run(states))
