"""What a file does to a decoder rejects that file and no more."""

import os
import sys
import textwrap

import pytest

from annotate.tasks.decoding import DECODER, Decoder, DecodingPool, Facts, Limits
from annotate.tasks.faults import RowFault
from tests.annotate.tasks.builders import encoded, picture

HARMFUL = """
    import ctypes, os, signal, sys, time
    from pathlib import Path
    from annotate.tasks import decoder, imaging

    real = imaging.inspect

    def inspect(file):
        match file.read(8):
            case b"SEGFAULT":
                ctypes.string_at(0)
            case b"ABORTING":
                os.abort()
            case b"EXITING.":
                os._exit(3)
            case b"KILLED..":
                os.kill(os.getpid(), signal.SIGKILL)
            case b"MEMORY..":
                bytearray(2 * int(sys.argv[1]))
            case b"SPINNING":
                while True:
                    pass
            case b"SLEEPING":
                time.sleep(3600)
            case b"DISKFULL":
                raise OSError(28, "No space left on device")
        return real(file)

    imaging.inspect = inspect
    decoder.main(int(sys.argv[1]), int(sys.argv[2]))
"""
"""The real decoder, to which some files do what a faulty codec would."""


ECHO = """
import json, os, sys
print("{}", flush=True)
for line in sys.stdin:
    print(json.dumps({"names": sorted(os.environ)}), flush=True)
"""
"""Answers with what it inherited."""


@pytest.fixture
def harmful():
    return (sys.executable, "-c", textwrap.dedent(HARMFUL))


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good"
    path.write_bytes(encoded(picture(1)))
    return path


def file(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


def refusal(future):
    with pytest.raises(RowFault) as caught:
        future.result()
    return caught.value


def test_it_works(good, tmp_path):
    with DecodingPool() as pool:
        facts = pool.check(good).result()
        levels = pool.make_levels(good, out=tmp_path, levels=(32, 128)).result()
    assert isinstance(facts, Facts)
    assert (facts.format, facts.width, facts.height) == ("JPEG", 64, 48)
    assert facts.perceptual_hash is not None
    assert -(2**63) <= facts.perceptual_hash < 2**63
    assert levels == [32, 0]
    assert [(tmp_path / name).read_bytes()[:4] for name in ("32", "0")] == [b"RIFF", b"RIFF"]
    assert not (tmp_path / "128").exists()


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (b"SEGFAULT", "decoder_crashed", "SIGSEGV"),
        (b"ABORTING", "decoder_crashed", "SIGABRT"),
        (b"EXITING.", "decoder_crashed", "status 3"),
        (b"KILLED..", "decoder_crashed", "SIGKILL"),
        (b"MEMORY..", "decoder_memory", "bytes of memory"),
        (b"SPINNING", "decoder_timeout", "too long"),
        (b"SLEEPING", "decoder_timeout", "too long"),
    ],
)
def test_a_crash_rejects_one_file_and_the_pool_goes_on(
    harmful, good, tmp_path, content, reason, detail
):
    wall = 1.0 if content == b"SLEEPING" else 60.0
    limits = Limits(processor=1, wall=wall)
    with DecodingPool(workers=1, command=harmful, limits=limits) as pool:
        before = pool.check(good)
        bad = pool.check(file(tmp_path, content))
        after = [pool.check(good) for _ in range(3)]
        assert [future.result() for future in after] == [before.result()] * 3
        fault = refusal(bad)
    assert fault.reason == reason
    assert detail in fault.detail


def test_time_is_counted_for_each_file_anew(harmful, good):
    with DecodingPool(workers=1, command=harmful, limits=Limits(processor=1)) as pool:
        done = [pool.check(good).result() for _ in range(30)]
    assert done == [done[0]] * 30


def test_a_full_disk_ends_the_work_and_blames_no_file(harmful, tmp_path):
    with (
        pytest.raises(OSError, match="No space left"),
        DecodingPool(workers=1, command=harmful) as pool,
    ):
        pool.check(file(tmp_path, b"DISKFULL")).result()


def test_an_image_larger_than_the_memory_allowed(tmp_path):
    path = file(tmp_path, encoded(picture(1, (6000, 6000)), "PNG", compress_level=1))
    with DecodingPool(workers=1, limits=Limits(memory=400 * 2**20)) as pool:
        assert refusal(pool.check(path)).reason == "decoder_memory"


def test_a_decoder_inherits_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hidden")
    monkeypatch.setenv("DATABASE_URL", "hidden")
    decoder = Decoder((sys.executable, "-c", ECHO), Limits())
    names = decoder.ask({})["names"]
    decoder.close()
    assert "SECRET_KEY" not in names
    assert "DATABASE_URL" not in names
    assert "PATH" in names


def test_a_decoder_that_cannot_start_is_no_files_fault(good):
    with (
        pytest.raises(RuntimeError, match="does not start"),
        DecodingPool(workers=1, command=(sys.executable, "-c", "raise SystemExit(1)")) as pool,
    ):
        pool.check(good).result()


def test_no_decoder_outlives_the_pool(good):
    with DecodingPool(workers=1) as pool:
        pool.check(good).result()
        decoder = pool.idle.get()
        assert decoder is not None
        pid = decoder.process.pid
        pool.idle.put(decoder)
        os.kill(pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_decoder_ends_when_its_parent_is_killed(good):
    with DecodingPool(workers=1, command=DECODER) as pool:
        pool.check(good).result()
        decoder = pool.idle.get()
        assert decoder is not None
        assert decoder.process.stdin is not None
        decoder.process.stdin.close()
        assert decoder.process.wait(timeout=30) == 0
        pool.idle.put(decoder)
