"""What of a workspace's set-up goes out by e-mail."""

from datetime import UTC, datetime

from celery import shared_task

from vcsm.setup.password_links import send_password_link


@shared_task(name="setup.send_password_link")
def send_password_link_task(member_id: int) -> None:
    send_password_link(member_id=member_id, now=datetime.now(UTC))
