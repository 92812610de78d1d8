"""Addresses of accounts, search, set-up and a member's own log-in, below `/console/`."""

from django.urls import path

from vcsm.console.api.accounts import AccountPlanView, AccountsView, AccountView
from vcsm.console.api.search import FindView
from vcsm.console.api.setup import (
    CurrencyView,
    FirstStepsView,
    FlowsView,
    HoursView,
    IdentityKeysView,
    InviteView,
    KeysView,
    KeyView,
    NudgesView,
    PagesView,
    PasswordLinkView,
    RemoveMemberView,
    RetireIdentityKeyView,
    RevokeKeyView,
    RoleView,
    SecondFactorView,
    SetupView,
    TakeOffSecondFactorView,
    TemplatesView,
    WithdrawView,
)
from vcsm.console.api.you import OwnPasswordView, SignOutElsewhereView, YouView
from vcsm.console.forgotten import Forgotten, NewPassword
from vcsm.console.join import Join

urlpatterns = [
    path("join/<str:token>", Join.as_view(), name="join"),
    path("forgotten", Forgotten.as_view(), name="forgotten"),
    path("new-password/<str:token>", NewPassword.as_view(), name="new-password"),
    path("api/you", YouView.as_view()),
    path("api/you/password", OwnPasswordView.as_view()),
    path("api/you/sign-out-elsewhere", SignOutElsewhereView.as_view()),
    path("api/accounts", AccountsView.as_view()),
    path("api/accounts/<int:account_id>", AccountView.as_view()),
    path("api/accounts/<int:account_id>/plan", AccountPlanView.as_view()),
    path("api/search", FindView.as_view()),
    path("api/setup", SetupView.as_view()),
    path("api/setup/currency", CurrencyView.as_view()),
    path("api/setup/keys", KeysView.as_view()),
    path("api/setup/keys/<int:key_id>", KeyView.as_view()),
    path("api/setup/keys/<int:key_id>/revoke", RevokeKeyView.as_view()),
    path("api/setup/invitations", InviteView.as_view()),
    path("api/setup/invitations/<int:invitation_id>/withdraw", WithdrawView.as_view()),
    path("api/setup/members/<int:member_id>", RoleView.as_view()),
    path("api/setup/members/<int:member_id>/remove", RemoveMemberView.as_view()),
    path("api/setup/members/<int:member_id>/second-factor", TakeOffSecondFactorView.as_view()),
    path("api/setup/members/<int:member_id>/password-link", PasswordLinkView.as_view()),
    path("api/setup/second-factor", SecondFactorView.as_view()),
    path("api/setup/nudges", NudgesView.as_view()),
    path("api/setup/hours", HoursView.as_view()),
    path("api/setup/first-steps", FirstStepsView.as_view()),
    path("api/setup/templates", TemplatesView.as_view()),
    path("api/setup/identity", IdentityKeysView.as_view()),
    path("api/setup/identity/<int:key_id>/retire", RetireIdentityKeyView.as_view()),
    path("api/setup/pages", PagesView.as_view()),
    path("api/setup/flows", FlowsView.as_view()),
]
