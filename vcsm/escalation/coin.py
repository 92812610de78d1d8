"""A coin that anybody can toss again: drawn from a name, so that nobody chose. Pure."""

from hashlib import sha256


def toss(share: float, *, seed: str, name: str) -> bool:
    """True for `share` of all names, whichever they are; the same name falls the same way."""
    drawn = int.from_bytes(sha256(f"{seed}:{name}".encode()).digest()[:8], "big")
    return drawn < share * 2**64
