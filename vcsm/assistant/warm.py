"""Does in advance what the first reaction and the first reply would otherwise wait for."""

from django.db import connection

from vcsm.accounts.models import Workspace
from vcsm.escalation.matter_model import matter_in
from vcsm.intent.remembered import model_for
from vcsm.intent.tone import read_tone
from vcsm.knowledge.answer import edition_of, help_for

WORKSPACES = 20
"""How many workspaces are warmed up, the latest first; any other waits once."""


def warm_up() -> None:
    """Loads the encoder and the tone, and the intents and articles of the latest workspaces."""
    read_tone("ready")
    matter_in("ready")
    for workspace in Workspace.objects.order_by("-pk")[:WORKSPACES]:
        model_for(workspace.pk)
        help_for(workspace_id=workspace.pk, page="/", edition=edition_of(workspace.pk))
    connection.close()  # a connection made here must not outlive a fork
