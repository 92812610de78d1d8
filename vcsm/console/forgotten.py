"""The pages for a forgotten password: one asks for a link, the link leads to the other."""

from math import ceil
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from vcsm.accounts.limits import PASSWORD_LINK_ADDRESS, PASSWORD_LINK_NAME, take_of_each
from vcsm.console.pages import with_policy
from vcsm.setup.password_links import (
    ask_password_link,
    can_send,
    find_password_link,
    use_password_link,
)
from vcsm.setup.permits import Refused


class ForgottenForm(forms.Form):
    name = forms.CharField(max_length=254)


class NewPasswordForm(forms.Form):
    password = forms.CharField(max_length=200, strip=False)
    again = forms.CharField(max_length=200, strip=False)


@method_decorator([never_cache, with_policy], name="dispatch")
class Forgotten(View):
    """Sends a link, and answers the same whether anybody has that name or not."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ForgottenForm(request.POST)
        if not can_send() or not form.is_valid():
            return self._show(request, "Give the name or the e-mail address that you sign in with.")
        name = form.cleaned_data["name"].lower()
        address = str(request.META.get("REMOTE_ADDR", ""))
        waited = take_of_each([(PASSWORD_LINK_NAME, name), (PASSWORD_LINK_ADDRESS, address)])
        if waited:
            trouble = f"Too many were asked for. Try again in {ceil(waited / 60)} min."
            return self._show(request, trouble, status=429)
        ask_password_link(name)
        return self._show(request, asked=True)

    def _show(
        self, request: HttpRequest, trouble: str = "", *, asked: bool = False, status: int = 0
    ) -> HttpResponse:
        told = {"trouble": trouble, "asked": asked, "sends": can_send()}
        told["name"] = request.POST.get("name", "")[:254]
        status = status or (400 if trouble else 200)
        return render(request, "console/forgotten.html", told, status=status)


@method_decorator(
    [never_cache, with_policy, sensitive_post_parameters("password", "again")], name="dispatch"
)
class NewPassword(View):
    """Sets the new password. A GET does not use up the link, because mail servers open links."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self._show(request, token)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        form = NewPasswordForm(request.POST)
        if not form.is_valid():
            return self._show(request, token, "Write the new password twice.")
        password = form.cleaned_data["password"]
        if password != form.cleaned_data["again"]:
            return self._show(request, token, "These are two different passwords.")
        try:
            use_password_link(token=token, password=password, now=timezone.now())
        except Refused as error:
            return self._show(request, token, str(error))
        return self._answer(request, {"done": True}, 200)

    def _show(self, request: HttpRequest, token: str, trouble: str = "") -> HttpResponse:
        link = find_password_link(token, now=timezone.now())
        rules = password_validators_help_texts()
        told = {"link": link, "trouble": trouble, "rules": rules}
        return self._answer(request, told, 404 if link is None else 400 if trouble else 200)

    def _answer(self, request: HttpRequest, told: dict[str, Any], status: int) -> HttpResponse:
        response = render(request, "console/new_password.html", told, status=status)
        # The address holds the secret, so no other site may learn it.
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
