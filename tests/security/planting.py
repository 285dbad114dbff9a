"""Image files with a secret in every place that a format has for words."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

PLACES = (
    "system",
    "file",
    "external",
    "category",
    "metadata",
    "exif",
    "xmp",
    "pngtext",
    "icc",
    "comment",
)
CANARIES = {place: f"Canary{place}Qz7" for place in PLACES} | {"icc": "CanaryIccQz7x"}
"""A secret for each place; that of the ICC description has its 13 letters."""
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
NAMED = "sRGB built-in"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    'syntax-ns#"><rdf:Description rdf:about="{}"/></rdf:RDF></x:xmpmeta>'
)


def profile() -> bytes:
    """An sRGB profile that describes itself with the secret."""
    was, now = (name.encode("utf-16-be") for name in (NAMED, CANARIES["icc"]))
    assert PROFILE.count(was) == 1
    assert len(was) == len(now)
    return PROFILE.replace(was, now)


def exif() -> Image.Exif:
    """EXIF with the secret as description, artist and user comment."""
    tags = Image.Exif()
    for tag in (0x010E, 0x013B, 0x9286):
        tags[tag] = CANARIES["exif"]
    return tags


def write(path: Path, number: int, size: tuple[int, int] = (96, 64)) -> None:
    """A PNG, JPEG or WebP file, by its suffix, full of secrets."""
    picture = Image.new("RGB", size, (40 * (number % 6), 90, 150))
    ImageDraw.Draw(picture).rectangle((5 + 3 * number, 10, 40 + 3 * number, 50), fill="white")
    common: dict[str, Any] = {"icc_profile": profile(), "exif": exif()}
    xmp = XMP.format(CANARIES["xmp"])
    if path.suffix == ".png":
        text = PngInfo()
        text.add_text("Comment", CANARIES["pngtext"])
        text.add_text("Software", CANARIES["pngtext"], zip=True)
        text.add_itxt("Description", CANARIES["pngtext"], zip=True)
        text.add_itxt("XML:com.adobe.xmp", xmp)
        picture.save(path, pnginfo=text, **common)
    elif path.suffix == ".jpg":
        picture.save(path, quality=95, comment=CANARIES["comment"], xmp=xmp.encode(), **common)
    else:
        picture.save(path, lossless=True, xmp=xmp.encode(), **common)


def plant(folder: Path, tasks: int) -> list[dict[str, Any]]:
    """Rows of a manifest with a secret in each field that an annotator must not see."""
    rows: list[dict[str, Any]] = []
    base = folder / CANARIES["file"]
    base.mkdir()
    for task in range(tasks):
        names = [f"{CANARIES['file']}/{task}-{CANARIES['file']}{place}" for place in range(4)]
        paths = [
            name + suffix
            for name, suffix in zip(names, (".png", ".jpg", ".webp", ".png"), strict=True)
        ]
        for place, name in enumerate(paths):
            write(folder / name, 4 * task + place)
        mask = f"{CANARIES['file']}/{task}-{CANARIES['file']}mask.png"
        write(folder / mask, 4 * tasks + task)
        rows.append(
            {
                "id": f"{CANARIES['external']}-{task}",
                "instruction": f"Paint the sign number {task}",
                "source": paths[0],
                "edit_mask": mask,
                "category": CANARIES["category"],
                "metadata": {CANARIES["metadata"]: [CANARIES["metadata"]]},
                "candidates": [
                    {"system": f"{CANARIES['system']}{place}", "image": name, "seed": place}
                    for place, name in enumerate(paths[1:])
                ],
            }
        )
    return rows
