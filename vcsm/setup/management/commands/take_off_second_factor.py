from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from vcsm.accounts.models import Member
from vcsm.accounts.second_factor import has_second_factor, remove_second_factor
from vcsm.accounts.sign_ins import end_sign_ins
from vcsm.audit.append import append_entry


class Command(BaseCommand):
    help = "For a workspace's only admin who has lost their phone and the recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="what they sign in as")

    @transaction.atomic
    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {username!r}.")
        if not has_second_factor(user.pk):
            raise CommandError(f"{username} has no second factor.")
        remove_second_factor(user)
        end_sign_ins(user)
        member = Member.objects.filter(user=user).first()
        if member is not None:
            append_entry(
                workspace_id=member.workspace_id,
                kind="second_factor",
                actor="whoever has a shell",
                subject=f"member:{member.pk}",
                body={"on": False},
                at=timezone.now(),
            )
        self.stdout.write(f"{username} signs in with the password alone.")
