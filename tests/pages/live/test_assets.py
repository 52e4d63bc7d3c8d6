"""What the browser gets as one module is one."""

import pytest

from pages.live.assets import HERE, bundle, mount_module

PAGES = HERE.parent
ENTRIES = {
    "player": PAGES / "playground" / "player" / "player.js",
    "thumbnails": PAGES / "playground" / "thumbnails" / "thumbnails.js",
    "fields": PAGES / "shell" / "fields" / "fields.js",
    "part": PAGES / "shell" / "fields" / "part.js",
    "stage": PAGES / "gradient_descent" / "stage" / "stage.js",
    "board": PAGES / "backprop" / "board" / "board.js",
}


@pytest.mark.parametrize("view", ENTRIES)
def test_a_view_s_scripts_make_one_module(view, node, tmp_path):
    module = tmp_path / "module.mjs"
    module.write_text(bundle(HERE / "kit" / "registry.js", ENTRIES[view]), "utf-8")
    node("--check", module)


def test_what_takes_a_view_s_messages_is_a_module_that_knows_its_name(node, tmp_path):
    module, user = tmp_path / "module.mjs", tmp_path / "user.mjs"
    module.write_text(mount_module("toy"), "utf-8")
    user.write_text('import take from "./module.mjs";\nconsole.log(typeof take);\n', "utf-8")
    assert node(user).strip() == "function"


def test_two_definitions_of_one_name_make_no_module(node, tmp_path):
    module = tmp_path / "module.mjs"
    module.write_text("function a() {}\nfunction a() {}\n", "utf-8")
    with pytest.raises(AssertionError, match="already been declared"):
        node("--check", module)
