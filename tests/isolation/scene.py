"""Acme with one of nearly everything in it, every text marked; Globex with next to nothing."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from tests.cast import NOON, Cast
from tests.console import understood
from tests.console.scene import Scene, make_scene
from tests.escalation.silent import silent_audit
from tests.isolation.material import MARK
from vcsm.accounts.identity_keys import add_identity_key
from vcsm.conversations.models import Attachment, Message
from vcsm.conversations.post import post_message
from vcsm.dead_letters.keep import Failed, keep
from vcsm.events.models import Session
from vcsm.governance.models import Act
from vcsm.problems.lifecycle import open_problem


@dataclass(frozen=True)
class Split:
    """Acme's scene, and a session of Globex's own."""

    scene: Scene
    cast: Cast
    session: Session


def make_split(cast: Cast) -> Split:
    type(cast.vera).objects.filter(pk=cast.vera.pk).update(
        name=f"Vera {MARK}1", email=f"{MARK}2@acme.example"
    )
    type(cast.kestrel).objects.filter(pk=cast.kestrel.pk).update(name=f"Kestrel {MARK}3")
    scene = make_scene(cast)
    for row, field in ((scene.escalation, "summary"), (scene.escalation, "element_name")):
        setattr(row, field, f"{MARK}-{field}")
    scene.escalation.save()
    understood.make_understood(scene)
    silent_audit(cast)
    open_problem(
        workspace_id=cast.acme.pk, scope="product", account_id=None, place=None,
        began_at=NOON, now=NOON,
    )  # fmt: skip
    keep(
        Failed(
            task="assistant.react",
            arguments={"session_id": str(scene.session.pk)},
            error=ValueError(),
            workspace_id=cast.acme.pk,
        ),
        now=NOON,
    )
    _act(scene, done=False)
    _act(scene, done=True)
    Attachment.objects.create(
        id=uuid4(),
        workspace=cast.acme,
        contact=cast.vera,
        browser_id=scene.session.browser_id,
        name=f"{MARK}.png",
        kind="image/png",
        data=f"{MARK}-bytes".encode(),
        size=3,
        uploaded_at=NOON,
    )
    scene.session.browser.proven_at = NOON
    scene.session.browser.save()
    post_message(
        conversation=scene.conversation,
        author=Message.Author.CONTACT,
        text=f"Where is {MARK}4?",
        now=NOON + timedelta(seconds=16),
    )
    add_identity_key(workspace_id=cast.acme.pk, now=NOON)
    theirs = type(cast.vera).objects.create(workspace=cast.globex, external_id="walt", name="Walt")
    return Split(scene, cast, cast.session(theirs))


def _act(scene: Scene, *, done: bool) -> UUID:
    act = Act.objects.create(
        workspace=scene.cast.acme,
        contact=scene.cast.vera,
        use_case="offer_help",
        agent="assistant",
        at=NOON + timedelta(seconds=done),
        outcome=Act.Outcome.DONE if done else Act.Outcome.WATCHED,
        level="auto" if done else "shadow",
        subject=f"cause:{uuid4()}",
    )
    return act.pk
