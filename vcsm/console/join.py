"""The page of an invitation's link, which makes a member from a name and a password."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from vcsm.console.let_in import let_in
from vcsm.console.pages import with_policy
from vcsm.setup.invitations import accept_invitation, find_invitation
from vcsm.setup.permits import Refused


class JoinForm(forms.Form):
    name = forms.CharField(max_length=120)
    password = forms.CharField(max_length=200, strip=False)


@method_decorator(
    [never_cache, with_policy, sensitive_post_parameters("password")], name="dispatch"
)
class Join(View):
    """Accepts an invitation; the secret in the address is all it asks for, and works once."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = JoinForm(request.POST)
        if not form.is_valid():
            return self._show(request, token, "Both a name and a password are needed.")
        now = timezone.now()
        try:
            member = accept_invitation(token=token, now=now, **form.cleaned_data)
        except Refused as error:
            return self._show(request, token, str(error))
        let_in(request, member.user, now=now)
        return redirect("/console/")

    def _show(self, request: HttpRequest, token: str, problem: str = "") -> HttpResponse:
        invitation = find_invitation(token, now=timezone.now())
        told: dict[str, Any] = {"invitation": invitation, "problem": problem}
        told["name"] = request.POST.get("name") or (invitation.name if invitation else "")
        status = 404 if invitation is None else 400 if problem else 200
        response = render(request, "console/join.html", told, status=status)
        # The address holds the secret, so no other site may learn it.
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
