"""Reads settings from the environment and fails loudly, in one sentence, when one is wrong."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[2]


def env_text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def env_flag(name: str, *, default: bool) -> bool:
    value = env_text(name)
    if value not in ("", "True", "False"):
        raise ImproperlyConfigured(f"{name} is {value!r}: use True or False.")
    return value == "True" if value else default


def env_number(name: str, *, default: int) -> int:
    value = env_text(name)
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}: use a whole number.") from error


def env_list(name: str, *, default: list[str]) -> list[str]:
    value = env_text(name)
    return [part.strip() for part in value.split(",") if part.strip()] if value else default
