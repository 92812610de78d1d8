"""What is made once from the encoder: for homes that come and go, one cache between them."""

from pathlib import Path


def share_cache(home: Path, *, of: Path) -> None:
    """Lets `home`, which is new, use the cache of the home `of`."""
    cache = of / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    (home / "cache").symlink_to(cache)
