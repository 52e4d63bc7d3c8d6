"""Backprop Playground: watch a neural network learn, and open it down to the last number."""

if __name__ == "__main__":  # a worker process of a sweep reads this file too, and opens no page
    from pages.shell.shell import open_page

    open_page()
