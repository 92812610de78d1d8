"""The demo page's controls as the widget names them, so that simulated and real friction meet.

The fingerprint is that of `frontend/widget/capture/sensors/fingerprint.ts`: role, test id and place
among landmarks, hashed. A browser test compares the two on the real page.
"""

from vcsm.events.kinds import Element

_PAGE = "region<main"
_HEAD = f"banner<{_PAGE}"
_TRANSFER = f"form#transfer-form<{_PAGE}"

CONTROLS: dict[str, tuple[str, str]] = {
    **{
        f"nav-{page}": ("link", "navigation")
        for page in ("overview", "transfers", "cards", "statements", "exchange", "help")
    },
    "filter-payments": ("searchbox", _PAGE),
    "transfer-form": ("form", _PAGE),
    **dict.fromkeys(("recipient", "iban", "amount", "reference"), ("textbox", _TRANSFER)),
    "pick-date": ("button", _TRANSFER),
    "confirm-transfer": ("button", _TRANSFER),
    "month-after": ("button", "dialog<form#transfer-form<region"),
    "day": ("button", "dialog<form#transfer-form<region"),
    "freeze-card": ("button", _PAGE),
    "more-cards": ("button", _PAGE),
    "order-cards": ("button", _PAGE),
    "statement-account": ("listbox", _PAGE),
    "statement-month": ("listbox", _PAGE),
    "email-statement": ("button", _HEAD),
    "export-statement": ("button", _HEAD),
    "get-quote": ("button", f"form#exchange-form<{_PAGE}"),
}
"""Test id → role and the landmarks around it, innermost first."""


def control(name: str) -> Element:
    """Returns the control with this test id."""
    role, place = CONTROLS[name]
    return Element(
        id=f"{role}-{_hash(f'{role}|{name}||{place}')}", name=f"{role} {name}", role=role
    )


def _hash(text: str) -> str:
    """Hashes by FNV-1a with two seeds, in base 36."""
    a, b = 0x811C9DC5, 0x01000193
    for character in text:
        a = ((a ^ ord(character)) * 0x01000193) & 0xFFFFFFFF
        b = ((b ^ ord(character)) * 0x85EBCA6B) & 0xFFFFFFFF
    return _base36(a) + _base36(b)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits or "0"
