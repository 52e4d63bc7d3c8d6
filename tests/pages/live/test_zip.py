"""What the browser adds to a zip is read by others."""

import io
from base64 import b64decode, b64encode
from pathlib import Path
from zipfile import ZipFile

from pages.playground.take.bundle import zipped

SCRIPT = Path(__file__).parent / "saver" / "print_zip.js"


def test_a_zip_with_files_added_in_the_browser_unpacks_whole(node):
    made = node(SCRIPT, given=b64encode(zipped({"run.json": "{}", "a/ä.txt": "é\n"})).decode())
    with ZipFile(io.BytesIO(b64decode(made))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["run.json", "a/ä.txt", "figures/a.png", "b.bin"]
        assert archive.read("a/ä.txt").decode() == "é\n"
        assert archive.read("figures/a.png") == b"\x00\xff\x80\n"
        assert archive.read("b.bin") == b"\x07" * 70_000
        assert archive.getinfo("b.bin").date_time == archive.getinfo("run.json").date_time
