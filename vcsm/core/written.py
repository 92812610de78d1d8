"""Text out of a file that nobody says the encoding of."""

_WIDE = (b"\xff\xfe", b"\xfe\xff")


def decode_text(content: bytes) -> str:
    """As UTF-8; as UTF-16 where it says so, and else as Windows-1252, which spreadsheets and old
    editors still write. Without a byte order mark and NUL, which no database takes; what is no
    text at all gives nonsense, and never an error."""
    if content.startswith(_WIDE):
        return content.decode("utf-16", errors="replace").replace("\x00", "")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\x00", "")
