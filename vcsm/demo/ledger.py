"""The bank's made-up transactions: the same for the same account and month, on every machine."""

import calendar
import random
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

_PAYEES = (
    ("Ridge Roasters", "Supplies", -420_00),
    ("City Property Ltd", "Rent", -1_850_00),
    ("Card payments", "Sales", 1_310_00),
    ("Oat & Co Dairy", "Supplies", -186_40),
    ("Volt Energy", "Utilities", -243_15),
    ("Harbour Market", "Sales", 640_00),
    ("Mila Novak", "Salary", -2_140_00),
    ("Transit GmbH", "Travel", -58_90),
    ("Cloudbooks", "Software", -29_00),
    ("Wholesale order", "Sales", 2_275_00),
    ("Tax office", "Tax", -910_00),
    ("Cup & Lid", "Supplies", -97_30),
)


@dataclass(frozen=True)
class Transaction:
    """One line of a statement; `amount` in euro, negative when paid out."""

    on: date
    payee: str
    category: str
    amount: Decimal

    def as_json(self) -> dict[str, str]:
        return {name: str(value) for name, value in asdict(self).items()}


def transactions_of(*, account: str, month: date, until: date) -> list[Transaction]:
    """Returns the month's transactions up to `until`, newest first."""
    chance = random.Random(f"{account} {month:%Y-%m}")
    days = calendar.monthrange(month.year, month.month)[1]
    sales = [line for line in _PAYEES if line[2] > 0]
    lines = [
        Transaction(
            month.replace(day=chance.randint(1, days)),
            payee,
            category,
            Decimal(round(cents * chance.uniform(0.8, 1.2))) / 100,
        )
        for payee, category, cents in [*_PAYEES, *chance.choices(sales, k=5)]
    ]
    return sorted((line for line in lines if line.on <= until), key=lambda line: line.on)[::-1]


def recent_transactions(*, account: str, today: date, limit: int) -> list[Transaction]:
    """Returns the newest `limit` transactions of this month and the two before."""
    lines: list[Transaction] = []
    for month in last_months(today=today, count=3):
        lines += transactions_of(account=account, month=month, until=today)
    return lines[:limit]


def last_months(*, today: date, count: int) -> list[date]:
    """Returns the first days of this month and of those before, newest first."""
    first = today.year * 12 + today.month - 1
    return [date((first - back) // 12, (first - back) % 12 + 1, 1) for back in range(count)]
