"""What stands over the figures below the player."""

from pages.playground.below import epoch_text


def test_a_late_epoch_is_named_in_full_and_a_part_of_one_with_two_decimals():
    assert [epoch_text(progress) for progress in (0.0, 12345.0, 123456.0, 3.04, 10001.52, 1 / 3)] == [
        "0", "12345", "123456", "3.04", "10001.52", "0.33",
    ]  # fmt: skip
