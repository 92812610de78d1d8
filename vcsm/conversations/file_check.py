"""Finds out what a file really is: its name and the type that the browser claims prove nothing.

Pictures are decoded and written anew, so whatever else was in the file (a script after the last
pixel, the place where a photo was taken) is gone. Anything that a browser would run is refused.
"""

import io
import re
import unicodedata
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MAX_FILE = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 4_096
"""A larger picture is scaled down."""
MAX_NAME = 120
_PICTURES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp", "GIF": "image/gif"}
_PICTURE_NAMES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
_TEXT_NAMES = (".txt", ".csv", ".tsv", ".log", ".md", ".json")
_MARKUP = re.compile(r"\s*<[!?/a-z]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ACCEPTED = "Pictures (PNG, JPEG, WebP, GIF), PDF and plain text can be sent."


class RefusedFile(Exception):
    """The file is not taken. `code`: empty, too_large, too_many_pixels, broken, markup, kind."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: `kind` is its media type by content, `data` the bytes to keep."""

    name: str
    kind: str
    data: bytes


def check_file(*, name: str, data: bytes) -> CheckedFile:
    """Judges the file by its content; raises `RefusedFile` with a sentence for the contact."""
    if not data:
        raise RefusedFile("empty", "The file is empty.")
    if len(data) > MAX_FILE:
        raise RefusedFile("too_large", f"A file may hold {MAX_FILE // 1024**2} MB.")
    name = clean_name(name)
    if data.startswith(b"%PDF-"):
        return CheckedFile(name=_named(name, ".pdf"), kind="application/pdf", data=data)
    if _looks_like_picture(data):
        return _picture(name, data)
    text = _as_text(data)
    if text is not None and _MARKUP.match(text.removeprefix("\ufeff")):
        raise RefusedFile("markup", "Web pages, SVG and other markup are not taken. " + _ACCEPTED)
    if name.lower().endswith(_PICTURE_NAMES):
        raise RefusedFile("broken", "This is named like a picture but is none.")
    if text is None or not name.lower().endswith(_TEXT_NAMES):
        raise RefusedFile("kind", "Files of this kind are not taken. " + _ACCEPTED)
    return CheckedFile(name=name, kind="text/plain", data=data)


def clean_name(name: str) -> str:
    """Returns the last part of a path, without characters that reverse text or hide in it."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(
        char for char in last if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    )
    plain = plain.strip(" .") or "file"
    if len(plain) <= MAX_NAME:
        return plain
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: MAX_NAME - 10]}{dot}{ending[:9]}" if dot else plain[:MAX_NAME]


def _looks_like_picture(data: bytes) -> bool:
    return (
        data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a"))
        or data[:4] + data[8:12] == b"RIFFWEBP"
    )


def _picture(name: str, data: bytes) -> CheckedFile:
    try:
        with warnings.catch_warnings():
            # The size is checked below, before anything is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(_PICTURES))
            if image.width * image.height > MAX_PIXELS:
                raise RefusedFile(
                    "too_many_pixels",
                    f"The picture is too large: {image.width} by {image.height} pixels.",
                )
            return _written_anew(name, image)
    except RefusedFile:
        raise
    except Image.DecompressionBombError as error:
        raise RefusedFile("too_many_pixels", "The picture is too large.") from error
    except Exception as error:  # strangers' files can make a decoder raise anything
        raise RefusedFile("broken", "The picture cannot be read.") from error


def _written_anew(name: str, image: Image.Image) -> CheckedFile:
    """Keeps the first frame, upright, at most `MAX_SIDE` wide and high, without metadata."""
    wanted = image.format if image.format in ("JPEG", "WEBP") else "PNG"
    if max(image.size) > 2 * MAX_SIDE:
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    plain = upright.convert("RGB" if wanted == "JPEG" else _mode(upright))
    written = io.BytesIO()
    # A new image, because the loaded one carries its comments and profiles into `save`.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    bare.save(written, wanted, quality=88)
    ending = {"JPEG": ".jpg", "WEBP": ".webp", "PNG": ".png"}[wanted]
    return CheckedFile(name=_named(name, ending), kind=_PICTURES[wanted], data=written.getvalue())


def _mode(image: Image.Image) -> str:
    see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return "RGBA" if see_through else "RGB"


def _named(name: str, ending: str) -> str:
    """Adds the true ending to a name that does not have it."""
    if ending == ".jpg" and name.lower().endswith(".jpeg"):
        return name
    return name if name.lower().endswith(ending) else f"{name}{ending}"


def _as_text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text
