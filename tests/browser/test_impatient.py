"""What an impatient pupil does: nothing is lost and nothing comes back."""

from tests.browser.test_playground import expect


def test_a_preset_chosen_after_a_thumbnail_is_the_preset(playground):
    for name in ("spiral", "moons"):
        thumbnail = playground.page.locator(f'[data-action="dataset"][data-name="{name}"]')
        thumbnail.click()
        expect(thumbnail).to_have_attribute("aria-checked", "true")
        playground.choose("preset", "Six hills")
        playground.page.wait_for_url("**/?data=hills&*")
        playground.choose("preset", "Three arms")
        playground.page.wait_for_url("**/?data=spiral3&*")
        expect(playground.control("dataset").locator("input")).to_have_value("Spiral, 3 arms")


def test_every_press_of_a_plus_button_counts(playground):
    for _ in range(8):
        mouse, box = playground.page.mouse, None
        while box is None:  # for a moment there is none: the diagram is laid out anew
            box = playground.layer(1).locator('[data-action="add-neuron"]').bounding_box()
        mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        mouse.down()
        playground.let_frames_pass(6)
        mouse.up()
        playground.let_frames_pass(4)
    expect(playground.layer(1)).to_have_attribute("data-width", "12")


def test_an_accepted_value_takes_an_earlier_refusal_away(playground):
    playground.type("learning_rate", "-1")
    expect(playground.refusal("learning_rate")).to_contain_text("learning_rate must be > 0")
    playground.type("learning_rate", "0.5")
    playground.page.wait_for_url("**/*lr=0.5*")
    expect(playground.refusal("learning_rate")).to_have_count(0)


def test_one_can_go_to_gradient_descent_and_back_and_play(playground):
    sidebar = playground.page.get_by_test_id("stSidebar")
    sidebar.get_by_role("link", name="Gradient descent").click()
    playground.page.locator('[data-role="stage"]').wait_for()
    sidebar.get_by_role("link", name="Playground").click()
    playground.root.wait_for()
    playground.play_until("shown.frame >= 10")
    playground.pause()
