"""Decodes text files whose encoding is not stated."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")


def decode_text(content: bytes) -> str:
    """Decodes as UTF-8, as UTF-16 where a byte order mark says so, or else as Windows-1252.

    Spreadsheets and old editors still write the last. The byte order mark is dropped, and so is
    NUL, which no database takes. Bytes that are no text give nonsense, never an error.
    """
    if content.startswith(_WIDE):
        return content.decode("utf-16", errors="replace").replace("\x00", "")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\x00", "")
