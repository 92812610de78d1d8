"""Files by their content: what a browser would run is refused, whatever it is called."""

import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vcsm.conversations.file_check import MAX_NAME, RefusedFile, check_file, clean_name


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **more)
    return written.getvalue()


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(RefusedFile) as refused:
        check_file(name=name, data=data)
    assert str(refused.value)
    return refused.value.code


def test_it_works() -> None:
    checked = check_file(name="shot.png", data=picture())
    assert (checked.name, checked.kind) == ("shot.png", "image/png")
    assert Image.open(io.BytesIO(checked.data)).size == (40, 30)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "markup"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "markup"),
        ("a.png", b"<!doctype html><script>alert(1)</script>", "markup"),
        ("a.txt", b"\xef\xbb\xbf  \n<HTML><body onload=alert(1)>", "markup"),
        ("a.csv", b"<?xml version='1.0'?><x/>", "markup"),
        ("a.png", b"hello", "broken"),
        ("a.jpg", b"\xff\xd8\xff" + b"\x00" * 200, "broken"),
        ("a.png", picture()[:-30], "broken"),
        ("a.exe", b"MZ\x90\x00" + b"\x00" * 64, "kind"),
        ("a.txt", b"MZ\x90\x00" + b"\x00" * 64, "kind"),
        ("a.docx", b"PK\x03\x04" + b"\x00" * 64, "kind"),
        ("a.js", b"alert(1)", "kind"),
        ("a.png", b"", "empty"),
        ("a.txt", b"x" * (8 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_no_harmless_file_is_refused(name: str, data: bytes, code: str) -> None:
    assert refusal(name, data) == code


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    small = picture()
    header = b"IHDR" + (60_000).to_bytes(4) + (60_000).to_bytes(4) + small[24:29]
    huge = small[:12] + header + zlib.crc32(header).to_bytes(4) + small[33:]
    assert refusal("huge.png", huge) == "too_many_pixels"


def test_what_hides_in_a_picture_is_gone() -> None:
    exif = Image.Exif()
    exif[0x010E] = "59.3293 N 18.0686 E"
    hidden = b"<script>alert(1)</script>"
    data = picture("JPEG", exif=exif, comment=hidden) + hidden
    kept = check_file(name="photo.jpeg", data=data)
    assert kept.name == "photo.jpeg"
    assert b"script" not in kept.data and b"59.3293" not in kept.data


def test_a_large_picture_is_made_smaller() -> None:
    kept = check_file(name="wide.png", data=picture(size=(6_000, 60)))
    assert max(Image.open(io.BytesIO(kept.data)).size) == 4_096


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("shot.gif", picture("GIF"), "shot.gif.png"),
        ("shot.png", picture("JPEG"), "shot.png.jpg"),
        ("shot.exe", picture("WEBP"), "shot.exe.webp"),
        ("report", b"%PDF-1.7 ...", "report.pdf"),
        ("rows.csv", "zażółć,1\r\n".encode(), "rows.csv"),
    ],
)
def test_a_name_ends_in_what_the_file_is(name: str, data: bytes, kept: str) -> None:
    assert check_file(name=name, data=data).name == kept


@given(st.text())
def test_any_name_becomes_one_line_that_cannot_turn_itself_around(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= MAX_NAME
    assert not set(clean) & set("/\\\r\n\u202e\u2066\u200b\x00")
