"""The last migration of each app that may be in use elsewhere. Migrations after these must follow
`rules`; each release records its last ones here."""

RELEASED = {
    "accounts": "0004_contact_told",
    "assistant": "0001_reembedding",
    "audit": "0004_chain_as_owner",
    "console": "0001_start",
    "conversations": "0003_ratings",
    "dead_letters": "0001_start",
    "escalation": "0008_refused_policy",
    "events": "0004_one_row_a_batch",
    "friction": "0001_start",
    "governance": "0002_approve_what_acts",
    "intent": "0002_goals_and_clusters",
    "knowledge": "0010_import",
    "problems": "0003_renamed",
    "replay": "0001_start",
    "reports": "0002_digest_reader",
    "setup": "0001_invitations",
    "success": "0002_plan_templates",
}
VERSION = "0.1.0"
"""The version these belong to. What its code uses may not be removed; a migration that removes
anything else says `unused_since`."""
