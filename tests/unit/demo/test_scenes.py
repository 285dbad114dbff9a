"""The scenes: enough, large enough, disjoint, without metadata, attributed."""

import itertools
from pathlib import Path

import numpy as np
import pytest
import skimage
from PIL import Image

from demo.make_scenes import main, read_photograph
from demo.photographs import PHOTOGRAPHS, SCENE_FOLDER, SCENES, load_scene

SIZES = {photograph.name: photograph.size for photograph in PHOTOGRAPHS}
ROOT = Path(__file__).resolve().parents[3]


def test_it_works():
    assert len(SCENES) == 13
    assert len({scene.name for scene in SCENES}) == 13
    for scene in SCENES:
        left, top, right, bottom = scene.box
        assert load_scene(scene.name).shape == (bottom - top, right - left, 3)
        assert min(right - left, bottom - top) >= 300


def test_crops_lie_inside_their_photographs():
    for scene in SCENES:
        left, top, right, bottom = scene.box
        width, height = SIZES[scene.photograph]
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height


def test_crops_of_one_photograph_share_no_pixel():
    for photograph in PHOTOGRAPHS:
        taken = np.zeros(photograph.size[::-1], dtype=int)
        for scene in SCENES:
            if scene.photograph == photograph.name:
                left, top, right, bottom = scene.box
                taken[top:bottom, left:right] += 1
        assert taken.max() == 1, photograph.name


def test_no_two_scenes_look_alike():
    small = {
        scene.name: np.asarray(Image.open(scene.path).convert("RGB").resize((16, 16)), dtype=float)
        for scene in SCENES
    }
    for one, other in itertools.combinations(small, 2):
        assert np.abs(small[one] - small[other]).mean() > 4, (one, other)


def test_files_are_small_and_carry_no_metadata():
    files = sorted(SCENE_FOLDER.iterdir())
    assert files == sorted(scene.path for scene in SCENES)
    assert sum(file.stat().st_size for file in files) < 1_500_000
    for file in files:
        with Image.open(file) as image:
            assert not {"exif", "xmp", "icc_profile"} & image.info.keys(), file.name
            assert not image.getexif()


def test_notice_credits_every_scene_and_photograph():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    for scene in SCENES:
        assert scene.path.name in notice
    for photograph in PHOTOGRAPHS:
        assert f"/{photograph.file})" in notice
        assert photograph.credit.split(" (")[0].split(",")[0] in notice


def test_a_missing_photograph_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"astronaut\.png is in none of the folders"):
        read_photograph(PHOTOGRAPHS[0], [tmp_path])


def test_a_photograph_of_another_size_is_refused(tmp_path):
    before = [scene.path.read_bytes() for scene in SCENES]
    Image.new("RGB", (40, 30)).save(tmp_path / "astronaut.png")
    with pytest.raises(ValueError, match=r"astronaut\.png is \(40, 30\), expected \(512, 512\)"):
        main([str(tmp_path)])
    assert [scene.path.read_bytes() for scene in SCENES] == before


def test_a_scene_is_the_crop_of_its_photograph():
    folder = Path(skimage.__file__).parent / "data"
    for scene in SCENES:
        (photograph,) = (each for each in PHOTOGRAPHS if each.name == scene.photograph)
        if (folder / photograph.file).is_file():
            crop = np.asarray(read_photograph(photograph, [folder]).crop(scene.box), dtype=float)
            assert np.abs(load_scene(scene.name) * 255 - crop).mean() < 6, scene.name
