"""The notebook goes on with the run."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine import Experiment, ParameterSet, Run, SettingChanged, notebook, replay
from tests.engine.export.runs import OF_TABLES, RUNS

ROOT = Path(__file__).parents[3]
CHANGED = Run(Experiment(), (SettingChanged(3, "learning_rate", 0.1), ParameterSet(4, 2, -0.5)), frame=7)
EXECUTE = """
import json, sys
made = {}
for cell in json.load(open(sys.argv[1], encoding="utf-8"))["cells"]:
    if cell["cell_type"] == "code":
        exec("".join(cell["source"]), made)
timeline = made["timeline"]
print(made["run"].to_link())
print(json.dumps([timeline.frame, list(timeline.train_losses), len(made["history"])]))
"""


@pytest.mark.parametrize("run", [CHANGED, *(Run(e, frame=2) for e in OF_TABLES.values())], ids=str)
def test_a_notebook_executed_ends_where_the_engine_ends_to_the_bit(run, tmp_path):
    (tmp_path / "run.ipynb").write_text(notebook(run, further=5), "utf-8")
    command = [sys.executable, "-c", EXECUTE, str(tmp_path / "run.ipynb")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    link, numbers = done.stdout.splitlines()
    timeline = replay(run)
    while timeline.frame < run.frame + 5 and timeline.advance():
        pass
    assert link == run.to_link()
    assert json.loads(numbers) == [run.frame + 5, list(timeline.train_losses), run.frame + 6]


@pytest.mark.parametrize("name", RUNS)
def test_a_notebook_has_the_form_of_nbformat_4(name):
    made = json.loads(notebook(RUNS[name]))
    assert (made["nbformat"], made["nbformat_minor"]) == (4, 5)
    assert made.keys() == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert len({cell["id"] for cell in made["cells"]}) == len(made["cells"])
    for cell in made["cells"]:
        code = {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        assert cell.keys() == {"cell_type", "metadata", "source", "id"} | code
        assert all(line.endswith("\n") for line in cell["source"][:-1])


def test_the_name_of_a_table_is_no_markdown_and_no_html():
    table = OF_TABLES["a table of three classes"].table
    named = Experiment().changed(table=replace(table, name="<img src=x> [a](b) `c`"))
    title = "".join(json.loads(notebook(Run(named)))["cells"][0]["source"])
    assert not set("<[`") & set(title)


@pytest.mark.parametrize("further", [0, 10**6, "5"])
def test_a_number_of_frames_out_of_range_is_refused(further):
    with pytest.raises(ValueError, match="further must be"):
        notebook(Run(Experiment()), further=further)
