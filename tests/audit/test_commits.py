"""The chain under real commits of several connections at once."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from tests.cast import NOON, Cast
from vcsm.audit.append import append_entry
from vcsm.audit.verify import verify_chains


def test_it_works(live_cast: Cast) -> None:
    def write(number: int) -> None:
        try:
            with transaction.atomic():
                for step in range(3):
                    append_entry(
                        workspace_id=live_cast.acme.pk,
                        kind="verdict",
                        actor=live_cast.alice,
                        subject=f"{number}.{step}",
                        body={},
                        at=NOON,
                    )
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(write, range(24)))
    (chain,) = verify_chains(workspace=live_cast.acme.slug)
    assert (chain.entries, chain.findings) == (72, ())
