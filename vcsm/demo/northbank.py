"""The demo workspace's people and accounts, as data.

Northbank is a bank's app for small companies. Globex, the second workspace, exists to show that it
sees nothing of Northbank.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DemoMember:
    """A member who can log in; the user name is `{key}@{workspace}.example`."""

    key: str
    name: str
    role: str


@dataclass(frozen=True)
class DemoAccount:
    """A customer company. `contacts` are names; the first name in lower case is the external id."""

    external_id: str
    name: str
    plan: str
    annual_revenue: int
    renews_on: date
    owner: str
    contacts: tuple[str, ...]


@dataclass(frozen=True)
class DemoWorkspace:
    slug: str
    name: str
    currency: str
    members: tuple[DemoMember, ...]
    accounts: tuple[DemoAccount, ...]

    def contact_ids(self) -> list[str]:
        """Returns the external ids of all contacts, in the order of the accounts."""
        return [contact_id(name) for account in self.accounts for name in account.contacts]


def contact_id(name: str) -> str:
    return name.split()[0].lower()


def _account(
    row: tuple[str, str, int, str, tuple[str, ...]], *, owner: str = "alice"
) -> DemoAccount:
    name, plan, revenue, renews_on, contacts = row
    external_id = name.lower().replace(" & ", "-").replace(" ", "-")
    return DemoAccount(
        external_id, name, plan, revenue, date.fromisoformat(renews_on), owner, contacts
    )


_ALICES: tuple[tuple[str, str, int, str, tuple[str, ...]], ...] = (
    ("Kestrel Coffee", "Plus", 14_400, "2027-01-31", ("Vera Lindqvist", "Tomas Lindqvist")),
    ("Harbour Dental", "Plus", 18_000, "2027-03-15", ("Amara Okafor", "Jonas Weil")),
    ("Fernbrook Joinery", "Start", 3_600, "2026-12-20", ("Callum Reid",)),
    ("Studio Nakamura", "Plus", 12_000, "2027-06-01", ("Yuki Nakamura", "Hana Mori")),
    ("Olive & Thyme", "Start", 4_200, "2027-02-11", ("Elena Rossi", "Marco Bianchi")),
    ("Brightside Nursery", "Start", 2_880, "2027-04-30", ("Fiona Walsh",)),
    ("Pellworm Ferries", "Business", 66_000, "2026-12-31", ("Henning Paulsen", "Silke Boysen")),
    ("Quarry Lane Cycles", "Start", 3_900, "2027-05-18", ("Dylan Hughes",)),
    ("Atlas Translations", "Plus", 15_600, "2027-01-14", ("Nadia Haddad", "Oskar Lind")),
    ("Mistral Yachting", "Business", 48_000, "2027-08-01", ("Camille Laurent", "Hugo Petit")),
    ("Two Rivers Brewing", "Plus", 21_600, "2027-02-28", ("Sean Gallagher", "Maeve Byrne")),
    ("Lumen Opticians", "Plus", 13_200, "2027-07-09", ("Priti Desai",)),
)
_BOBS: tuple[tuple[str, str, int, str, tuple[str, ...]], ...] = (
    ("Granite Legal", "Business", 84_000, "2027-09-30", ("Isabel Ferreira", "Rui Costa")),
    ("Paper Crane Press", "Start", 3_000, "2027-03-03", ("Mei Chen",)),
    ("Solvang Farms", "Plus", 19_200, "2027-01-20", ("Ingrid Solvang", "Lars Dahl")),
    ("Redwood Physio", "Plus", 11_400, "2027-05-05", ("Grace Kim", "Daniel Park")),
    ("Cobalt Ceramics", "Start", 2_400, "2026-12-15", ("Lucia Moreno",)),
    ("Northern Lights Travel", "Business", 57_600, "2027-04-12", ("Aino Virtanen", "Mikko Salo")),
    ("Saffron Catering", "Plus", 16_800, "2027-06-22", ("Arjun Mehta", "Kavya Rao")),
    ("Little Wren Toys", "Start", 3_300, "2027-02-02", ("Owen Price",)),
)

NORTHBANK = DemoWorkspace(
    slug="northbank",
    name="Northbank",
    currency="EUR",
    members=(
        DemoMember("alice", "Alice Meyer", "csm"),
        DemoMember("bob", "Bob Adeyemi", "admin"),
        DemoMember("priya", "Priya Nair", "product"),
    ),
    accounts=(
        *(_account(row) for row in _ALICES),
        *(_account(row, owner="bob") for row in _BOBS),
    ),
)

GLOBEX = DemoWorkspace(
    slug="globex",
    name="Globex",
    currency="USD",
    members=(DemoMember("charlie", "Charlie Stone", "csm"),),
    accounts=(
        _account(("Initech", "Team", 9_600, "2027-02-01", ("Milton Waddams",)), owner="charlie"),
    ),
)

VERA = "vera"
"""The contact whom a newcomer to the demo page is; no simulated customer is her."""
