"""The links of all pages: one codec, one name for each setting, and links of earlier days that still open."""

from urllib.parse import parse_qsl

import pytest

from engine import Experiment
from engine.examples.own import OwnNetwork
from engine.runs.links import from_query, to_query
from engine.runs.rows import rows
from pages.backprop.settings import BackpropSettings
from pages.gradient_descent.settings import DescentSettings
from pages.loss_landscape.settings import LandscapeSettings
from pages.playground.presets import PRESETS

SETTINGS = (Experiment, DescentSettings, LandscapeSettings, BackpropSettings, OwnNetwork)
RESERVED = {"hide", "lock", "only", "play", "rate", "zip", "embed"}


def names(settings):
    return [row.link for row in rows(settings).values()]


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_setting_has_a_name_of_its_own_in_a_link(settings):
    assert len(set(names(settings))) == len(names(settings))
    assert not RESERVED & set(names(settings))


@pytest.mark.parametrize("pair", [(LandscapeSettings, Experiment), (BackpropSettings, OwnNetwork)])
def test_settings_that_share_a_link_share_no_name(pair):
    one, other = pair
    assert not set(names(one)) & set(names(other))


@pytest.mark.parametrize("settings", SETTINGS)
def test_the_default_settings_have_an_empty_link(settings):
    assert to_query(settings()) == {}
    assert from_query(settings, {}) == settings()


@pytest.mark.parametrize("settings", SETTINGS)
def test_parameters_that_are_not_ours_are_left_alone(settings):
    assert from_query(settings, {"embed": "true", "utm_source": "x"}) == settings()


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_survives_its_link(name):
    experiment = PRESETS[name].experiment
    query = to_query(experiment)
    assert from_query(Experiment, query) == experiment
    assert all(query.values())


@pytest.mark.parametrize(
    ("link", "settings"),
    [
        (
            "data=spiral&noise=0.1&net=8~8&act=relu~tanh&optp=momentum~0.9~nesterov~on&lr=1.0&frozen=3~4",
            Experiment(
                dataset="spiral",
                noise=0.1,
                hidden=(8, 8),
                activations=("relu", "tanh"),
                optimizer_parameters=(("momentum", 0.9), ("nesterov", True)),
                learning_rate=1.0,
                frozen=(3, 4),
            ),
        ),
        ("net=none&act=none", Experiment(hidden=(), activations=())),
        (
            "on=adjustable&eig=0.25~10&rule=momentum&par=momentum~0.5&tf=1&tg=0&race=adam~0.5~0&from=1~-2",
            DescentSettings(
                surface="adjustable",
                eigenvalues=(0.25, 10.0),
                rule="momentum",
                parameters=(("momentum", 0.5),),
                test_f=True,
                test_grad=False,
                racers=(("adam", 0.5, 0.0),),
                start=(1.0, -2.0),
            ),
        ),
        (
            "plane=weights&w1=0~1~2&race=1&racers=adam~0.02~sgd~0.1&thr=0.5",
            LandscapeSettings(
                plane="weights",
                first=(0, 1, 2),
                race=True,
                racers=(("adam", 0.02), ("sgd", 0.1)),
                threshold=0.5,
            ),
        ),
        (
            "sample=2&opt=sgd&par=momentum~0.9~nesterov~1&eta=1&w=in-out&at=1.2",
            BackpropSettings(
                sample=1,
                optimizer="sgd",
                parameters=(("momentum", 0.9), ("nesterov", True)),
                learning_rate=1.0,
                weights_are="in×out",
                entry=(0, 1),
            ),
        ),
    ],
)
def test_a_link_of_earlier_days_opens_the_same(link, settings):
    assert from_query(type(settings), dict(parse_qsl(link))) == settings


@pytest.mark.parametrize(
    ("settings", "query"),
    [
        (Experiment, {"net": "4~x"}),
        (Experiment, {"net": "99"}),
        (Experiment, {"lr": "nan"}),
        (Experiment, {"lr": "1e999"}),
        (Experiment, {"lr": "1_0"}),
        (Experiment, {"seed": "١"}),
        (Experiment, {"data": "__import__('os')"}),
        (Experiment, {"optp": "momentum"}),
        (Experiment, {"optp": "momentum~0.5~lr~3"}),
        (Experiment, {"seed": "1" * 5000}),
        (Experiment, {"n": "1000000000"}),
        (Experiment, {"speed": "1.5"}),
        (Experiment, {"frozen": "-1"}),
        (DescentSettings, {"race": "adam~1"}),
        (DescentSettings, {"tf": "yes"}),
        (LandscapeSettings, {"race": "2"}),
        (LandscapeSettings, {"w1": "0~1"}),
        (BackpropSettings, {"at": "1"}),
        (BackpropSettings, {"par": "nesterov~maybe", "opt": "sgd"}),
    ],
)
def test_a_link_that_cannot_be_read_is_refused_with_one_sentence(settings, query):
    with pytest.raises(ValueError, match=r"^[^\n]{5,400}$"):
        from_query(settings, query)
