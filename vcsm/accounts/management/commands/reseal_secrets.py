from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vcsm.accounts.identity_keys import reseal_identity_keys
from vcsm.accounts.second_factor import reseal_second_factors
from vcsm.core.sealed import CannotUnseal


class Command(BaseCommand):
    help = "Seals every stored secret under the first of VCSM_ENCRYPTION_KEYS; then drop the old."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = reseal_identity_keys() + reseal_second_factors()
        except CannotUnseal as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{done} secrets are sealed under the first key.")
