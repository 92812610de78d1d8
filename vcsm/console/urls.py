"""Addresses below `/console/`; what is not listed belongs to the single-page app."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

from vcsm.console import setup_urls
from vcsm.console.access import IsMember
from vcsm.console.api.actions import HandBackView, ResolveView, TakeOverView
from vcsm.console.api.acts import ActsView, JudgeView, TakeBackView
from vcsm.console.api.agreed import AgreedView, ContactDataView
from vcsm.console.api.around import AroundView
from vcsm.console.api.article_reading import ReadingsView
from vcsm.console.api.articles import ArticlesView, ArticleView, SearchView, VersionView
from vcsm.console.api.audit import AuditCheckView, AuditView
from vcsm.console.api.certificate import CertificateView
from vcsm.console.api.dead_letters import (
    DeadLettersView,
    DropLetterView,
    RunAllLettersView,
    RunLetterView,
)
from vcsm.console.api.deciding import (
    DecidingView,
    DutyView,
    PolicyFileView,
    PolicyView,
    SilenceAuditView,
    SnoozeView,
    ThresholdView,
)
from vcsm.console.api.desk import AssignView, BulkView, MergeView, NotesView, PeopleView
from vcsm.console.api.escalation import EscalationView, TimelineView
from vcsm.console.api.escalations import EscalationsView
from vcsm.console.api.files import FilesView
from vcsm.console.api.friction import (
    FrictionCsvView,
    FrictionDigestView,
    FrictionInspectView,
    FrictionPdfView,
    FrictionPlacesView,
    FrictionSessionsView,
    FrictionView,
    FrictionViewCsvView,
)
from vcsm.console.api.friction_settings import FrictionPreviewView, FrictionSettingsView
from vcsm.console.api.governance import (
    AgentsView,
    ApproveAllView,
    ApproveView,
    GovernanceView,
    GuardrailListView,
    LiftView,
    StopView,
)
from vcsm.console.api.heard import HeardView, MeantView
from vcsm.console.api.imports import ImportFileView, ImportView
from vcsm.console.api.intents import IntentsView, IntentView, RetireIntentView, TryView
from vcsm.console.api.letter import LetterView
from vcsm.console.api.me import MeView
from vcsm.console.api.messages import MessagesView
from vcsm.console.api.problems import OwnersView, ProblemsView, ProblemView
from vcsm.console.api.replay import ReplayChunkView, ReplayPageView, ReplayView
from vcsm.console.api.saved_views import SavedViewsView
from vcsm.console.api.understood import UnderstoodView
from vcsm.console.api.unknown import UnknownView
from vcsm.console.api.unmet import AdoptView, AsideView, ClusterView, UnmetView
from vcsm.console.api.what_if import WhatIfView
from vcsm.console.pages import SignOut, show_console
from vcsm.console.sign_in import SignIn, ask_code, second_factor

_ESCALATION = "api/escalations/<uuid:escalation_id>"

urlpatterns = [
    path("login", SignIn.as_view(), name="login"),
    path("login/code", ask_code, name="code"),
    path("second-factor", second_factor, name="second-factor"),
    path("logout", SignOut.as_view(), name="logout"),
    path("api/schema", SpectacularJSONAPIView.as_view(permission_classes=[IsMember])),
    path("api/me", MeView.as_view()),
    path("api/escalations", EscalationsView.as_view()),
    path("api/escalations/bulk", BulkView.as_view()),
    path("api/people", PeopleView.as_view()),
    path("api/views", SavedViewsView.as_view()),
    path(_ESCALATION, EscalationView.as_view()),
    path(f"{_ESCALATION}/assign", AssignView.as_view()),
    path(f"{_ESCALATION}/merge", MergeView.as_view()),
    path(f"{_ESCALATION}/notes", NotesView.as_view()),
    path(f"{_ESCALATION}/around", AroundView.as_view()),
    path(f"{_ESCALATION}/letter", LetterView.as_view()),
    path(f"{_ESCALATION}/timeline", TimelineView.as_view()),
    path(f"{_ESCALATION}/understood", UnderstoodView.as_view()),
    path(f"{_ESCALATION}/take-over", TakeOverView.as_view()),
    path(f"{_ESCALATION}/hand-back", HandBackView.as_view()),
    path(f"{_ESCALATION}/resolve", ResolveView.as_view()),
    path(f"{_ESCALATION}/messages", MessagesView.as_view()),
    path(f"{_ESCALATION}/files", FilesView.as_view()),
    path(f"{_ESCALATION}/agreed", AgreedView.as_view()),
    path(f"{_ESCALATION}/contact-data", ContactDataView.as_view()),
    path(f"{_ESCALATION}/replay", ReplayView.as_view()),
    path(f"{_ESCALATION}/replay/chunk", ReplayChunkView.as_view()),
    path("replay/<uuid:escalation_id>", ReplayPageView.as_view()),
    path("api/certificate", CertificateView.as_view()),
    path("api/deciding", DecidingView.as_view()),
    path("api/deciding/threshold", ThresholdView.as_view()),
    path("api/deciding/audits/<int:audit_id>", SilenceAuditView.as_view()),
    path("api/deciding/duty", DutyView.as_view()),
    path("api/deciding/policy", PolicyView.as_view()),
    path("api/deciding/policy-file", PolicyFileView.as_view()),
    path(f"{_ESCALATION}/snooze", SnoozeView.as_view()),
    path("api/governance", GovernanceView.as_view()),
    path("api/governance/approve", ApproveView.as_view()),
    path("api/governance/approve-all", ApproveAllView.as_view()),
    path("api/governance/stop", StopView.as_view()),
    path("api/governance/lift", LiftView.as_view()),
    path("api/governance/agents", AgentsView.as_view()),
    path("api/governance/list", GuardrailListView.as_view()),
    path("api/governance/acts", ActsView.as_view()),
    path("api/governance/acts/<uuid:act_id>/judge", JudgeView.as_view()),
    path("api/governance/acts/<uuid:act_id>/take-back", TakeBackView.as_view()),
    path("api/audit", AuditView.as_view()),
    path("api/audit/check", AuditCheckView.as_view()),
    path("api/dead-letters", DeadLettersView.as_view()),
    path("api/dead-letters/run-all", RunAllLettersView.as_view()),
    path("api/dead-letters/<int:letter_id>/run", RunLetterView.as_view()),
    path("api/dead-letters/<int:letter_id>/drop", DropLetterView.as_view()),
    path("api/what-if", WhatIfView.as_view()),
    path("api/friction", FrictionView.as_view()),
    path("api/friction/settings", FrictionSettingsView.as_view()),
    path("api/friction/settings/preview", FrictionPreviewView.as_view()),
    path("api/friction.csv", FrictionCsvView.as_view()),
    path("api/friction.pdf", FrictionPdfView.as_view()),
    path("api/friction/digest", FrictionDigestView.as_view()),
    path("api/friction/<str:view>.csv", FrictionViewCsvView.as_view()),
    path("api/friction/inspect", FrictionInspectView.as_view()),
    path("api/friction/places", FrictionPlacesView.as_view()),
    path("api/friction/sessions", FrictionSessionsView.as_view()),
    path("api/problems", ProblemsView.as_view()),
    path("api/problems/owners", OwnersView.as_view()),
    path("api/problems/<uuid:problem_id>", ProblemView.as_view()),
    path("api/intents", IntentsView.as_view()),
    path("api/intents/try", TryView.as_view()),
    path("api/intents/heard", HeardView.as_view()),
    path("api/intents/heard/<int:captured_id>", MeantView.as_view()),
    path("api/intents/<int:intent_id>", IntentView.as_view()),
    path("api/intents/<int:intent_id>/retire", RetireIntentView.as_view()),
    path("api/unmet", UnmetView.as_view()),
    path("api/unmet/<int:cluster_id>", ClusterView.as_view()),
    path("api/unmet/<int:cluster_id>/adopt", AdoptView.as_view()),
    path("api/unmet/<int:cluster_id>/aside", AsideView.as_view()),
    path("api/articles", ArticlesView.as_view()),
    path("api/articles/import", ImportView.as_view()),
    path("api/articles/import/file", ImportFileView.as_view()),
    path("api/articles/reading", ReadingsView.as_view()),
    path("api/articles/search", SearchView.as_view()),
    path("api/articles/<int:article_id>", ArticleView.as_view()),
    path("api/articles/<int:article_id>/versions/<int:number>", VersionView.as_view()),
    *setup_urls.urlpatterns,
    re_path(r"^api/.*$", UnknownView.as_view()),
    path("", show_console),
    path("<path:path>", show_console),
]
