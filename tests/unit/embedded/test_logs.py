"""The log of the demo: what is said stands in the file, what is told does not."""

import io

from embedded.logs import Log


def test_it_works(tmp_path):
    screen = io.StringIO()
    log = Log(tmp_path / "demo.log", screen)
    log.say("web", "started")
    log.tell("demo", "annotator  a-password  annotator")
    log.close()
    written = (tmp_path / "demo.log").read_text()
    assert written.endswith("web      | started\n")
    assert "a-password" not in written
    assert [line[9:] for line in screen.getvalue().splitlines()] == [
        "web      | started",
        "demo     | annotator  a-password  annotator",
    ]
