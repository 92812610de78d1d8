"""Shares one cache of what is made from the encoder between homes that come and go."""

from pathlib import Path


def share_cache(home: Path, *, of: Path) -> None:
    """Lets the new `home` use the cache of the home `of`."""
    cache = of / "cache"
    cache.mkdir(parents=True, exist_ok=True)
    (home / "cache").symlink_to(cache)
