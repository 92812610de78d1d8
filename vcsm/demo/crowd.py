"""Gathers the demo's crowd, all seeded contacts but Vera, for the running server."""

from urllib.parse import quote, urlsplit

from vcsm.accounts.models import Contact, WidgetKey
from vcsm.demo.banking77 import read_utterances
from vcsm.demo.customers.run import Crowd
from vcsm.demo.northbank import NORTHBANK, VERA
from widget.protocol import AccountFacts, Identity


class NotSeeded(Exception):
    """The demo workspace is not in the database."""


def gather_crowd(*, url: str, seed: int, speed: float) -> Crowd:
    """Returns the crowd for the web process at `url`, e.g. `http://127.0.0.1:8000`.

    Raises NotSeeded.
    """
    key = (
        WidgetKey.objects.filter(workspace__slug=NORTHBANK.slug, revoked_at=None)
        .order_by("pk")
        .first()
    )
    if key is None:
        raise NotSeeded("The demo has no data yet: run `manage.py seed_demo` first.")
    return Crowd(
        address=socket_address(url, key.key),
        origin=url.rstrip("/"),
        identities=tuple(
            _identity(contact)
            for contact in Contact.objects.select_related("account")
            .filter(workspace_id=key.workspace_id, external_id__in=NORTHBANK.contact_ids())
            .exclude(external_id=VERA)
            .order_by("external_id")
        ),
        wants=read_utterances(),
        seed=seed,
        speed=speed,
    )


def socket_address(url: str, key: str) -> str:
    parts = urlsplit(url)
    scheme = "wss" if parts.scheme == "https" else "ws"
    return f"{scheme}://{parts.netloc}/widget/socket?key={quote(key)}"


def _identity(contact: Contact) -> Identity:
    account = contact.account
    return Identity(
        id=contact.external_id or "",
        name=contact.name,
        email=contact.email,
        account=AccountFacts(account.external_id, account.name) if account else None,
    )
