"""A coin that anybody can toss again: its fall follows from a name, so nobody chose it. Pure."""

from hashlib import sha256


def toss(share: float, *, seed: str, name: str) -> bool:
    """Returns True for `share` of all names; the same seed and name always fall the same way."""
    drawn = int.from_bytes(sha256(f"{seed}:{name}".encode()).digest()[:8], "big")
    return drawn < share * 2**64
