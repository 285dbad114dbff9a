"""Only regular files inside the manifest's folder are opened."""

import os
import socket
import threading

import pytest

from annotate.tasks.faults import RowFault
from annotate.tasks.folder import Folder


@pytest.fixture
def inside(tmp_path):
    folder = tmp_path / "inside"
    (folder / "deep" / "er").mkdir(parents=True)
    (folder / "a.jpg").write_bytes(b"a")
    (folder / "deep" / "er" / "b.jpg").write_bytes(b"b")
    (tmp_path / "secret").write_bytes(b"secret")
    return folder


def read(folder, name):
    with Folder(folder) as opened, opened.open(name) as file:
        return file.read()


def refusal(folder, name):
    with pytest.raises(RowFault) as caught:
        read(folder, name)
    return caught.value.reason


def test_it_works(inside):
    assert read(inside, "a.jpg") == b"a"
    assert read(inside, "deep/er/b.jpg") == b"b"
    assert read(inside, "./deep//er/./b.jpg") == b"b"


@pytest.mark.parametrize(
    "name", ["none.jpg", "deep/none.jpg", "none/a.jpg", "a.jpg/b.jpg", "x" * 300 + ".jpg"]
)
def test_what_is_not_there_is_missing(inside, name):
    assert refusal(inside, name) == "missing"


@pytest.mark.parametrize(
    "name", ["../secret", "deep/../../secret", "deep/../a.jpg", "/etc/passwd", "/", ".."]
)
def test_paths_do_not_lead_out(inside, name):
    assert refusal(inside, name) == "path_outside"


@pytest.mark.parametrize("name", [".", "deep", "deep/er/"])
def test_a_folder_is_no_file(inside, name):
    assert refusal(inside, name) == "not_a_regular_file"


def test_a_fifo_is_no_file_and_nobody_waits(inside):
    os.mkfifo(inside / "fifo")
    assert refusal(inside, "fifo") == "not_a_regular_file"


def test_a_socket_is_no_file(inside, monkeypatch):
    monkeypatch.chdir(inside)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")
        assert refusal(inside, "socket") == "not_a_regular_file"


def test_a_device_is_no_file(inside):
    with Folder(inside.__class__("/dev")) as devices, pytest.raises(RowFault) as caught:
        devices.open("zero")
    assert caught.value.reason == "not_a_regular_file"


@pytest.mark.parametrize("target", ["../secret", "/etc/passwd", "deep/../../secret"])
def test_a_link_out_is_refused(inside, target):
    (inside / "link").symlink_to(target)
    assert refusal(inside, "link") == "link_outside"


def test_a_linked_folder_out_is_refused(inside, tmp_path):
    (inside / "up").symlink_to("..")
    assert refusal(inside, "up/secret") == "link_outside"
    assert refusal(inside, "deep/../up/secret") == "path_outside"


def test_links_that_stay_inside_are_followed(inside):
    (inside / "file").symlink_to("deep/er/b.jpg")
    (inside / "folder").symlink_to("deep")
    (inside / "deep" / "back").symlink_to("../a.jpg")
    assert read(inside, "file") == b"b"
    assert read(inside, "folder/er/b.jpg") == b"b"
    assert read(inside, "folder/back") == b"a"


def test_a_link_inside_to_a_fifo_is_no_file(inside):
    os.mkfifo(inside / "fifo")
    (inside / "link").symlink_to("fifo")
    assert refusal(inside, "link") == "not_a_regular_file"


def test_a_link_to_itself_is_refused(inside):
    (inside / "loop").symlink_to("loop")
    assert refusal(inside, "loop") in {"link_outside", "missing"}


def test_a_dangling_link_is_missing(inside):
    (inside / "gone").symlink_to("none.jpg")
    assert refusal(inside, "gone") == "missing"


def test_the_folder_itself_may_be_a_link(inside, tmp_path):
    (tmp_path / "alias").symlink_to("inside")
    assert read(tmp_path / "alias", "a.jpg") == b"a"


def test_a_folder_renamed_while_in_use_stays_the_same(inside, tmp_path):
    with Folder(inside) as folder:
        inside.rename(tmp_path / "moved")
        (tmp_path / "inside").mkdir()
        (tmp_path / "inside" / "a.jpg").write_bytes(b"other")
        with folder.open("a.jpg") as file:
            assert file.read() == b"a"


def test_a_link_swapped_in_never_leads_out(inside, tmp_path):
    """Another process swaps a file and a folder for links out, again and again."""
    (tmp_path / "outside" / "er").mkdir(parents=True)
    (tmp_path / "outside" / "er" / "b.jpg").write_bytes(b"secret")
    stop = threading.Event()

    def swap():
        while not stop.is_set():
            for name, target in [("a.jpg", "../secret"), ("deep", "../outside")]:
                (inside / "new").symlink_to(target)
                (inside / name).rename(inside / "kept")
                (inside / "new").rename(inside / name)
                (inside / name).unlink()
                (inside / "kept").rename(inside / name)

    swapping = threading.Thread(target=swap)
    swapping.start()
    seen: set[object] = set()
    try:
        with Folder(inside) as folder:
            for number in range(4000):
                try:
                    with folder.open("a.jpg" if number % 2 else "deep/er/b.jpg") as file:
                        seen.add(file.read())
                except RowFault as fault:
                    seen.add(fault.reason)
    finally:
        stop.set()
        swapping.join()
    assert seen <= {b"a", b"b", "missing", "link_outside"}
    assert {b"a", b"b"} <= seen
