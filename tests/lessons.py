"""What Acme taught its virtual CSM: a few intents and articles."""

from tests.cast import NOON
from vcsm.accounts.models import Workspace
from vcsm.intent.taxonomy import save_intent
from vcsm.knowledge.articles import ArticleText, save_article

INTENTS = {
    "export_report": [
        "How do I export a report?",
        "I want to download my report as CSV",
        "exporting reports to a spreadsheet",
        "save the report to my computer",
        "get my report out of here as a file",
    ],
    "invite_colleague": [
        "How can I invite a colleague?",
        "add a new user to our account",
        "my teammate needs access",
        "send an invitation to a coworker",
        "give someone else a seat",
    ],
    "change_plan": [
        "I want to upgrade my plan",
        "how do I change my subscription",
        "move us to the growth tier",
        "downgrade to the free plan",
        "switch to annual billing",
    ],
}
ARTICLES = {
    "export-a-report": (
        "Export a report",
        "## Export as CSV\n\nOpen the report and choose **Export**. The file holds every row that "
        "your filters show. Reports of more than 50,000 rows are sent to you by e-mail instead.",
    ),
    "invite-a-colleague": (
        "Invite a colleague",
        "## Send an invitation\n\nGo to Settings, then People, and choose **Invite**. Your "
        "colleague gets an e-mail with a link that works for seven days.",
    ),
    "change-your-plan": (
        "Change your plan",
        "## Upgrade or downgrade\n\nGo to Settings, then Billing, and choose **Change plan**. An "
        "upgrade is in force at once; a downgrade at the end of the period you have paid for.",
    ),
}


def teach(workspace: Workspace) -> None:
    for name, examples in INTENTS.items():
        save_intent(workspace_id=workspace.pk, name=name, examples=examples)
    for slug, (title, body) in ARTICLES.items():
        save_article(
            workspace_id=workspace.pk,
            slug=slug,
            text=ArticleText(title, body, url=f"/help/{slug}"),
            at=NOON,
        )
