"""Signing in: a password, then a code where the member has a second factor; both are limited.

Between the two nobody is signed in: for some minutes, the session holds whose password was right.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

import segno
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vcsm.accounts.limits import (
    CODE,
    SIGN_IN_ADDRESS,
    SIGN_IN_KNOWN,
    SIGN_IN_NAME,
    SIGN_IN_PAIR,
    Limit,
    give_back,
    take_of_each,
    wait_for,
)
from vcsm.accounts.second_factor import (
    begin_second_factor,
    check_second_factor,
    confirm_second_factor,
    has_second_factor,
    remove_second_factor,
)
from vcsm.accounts.sign_in_store import HALF
from vcsm.accounts.sign_ins import keep_only_this
from vcsm.console.access import asks_second_factor
from vcsm.console.doorkeeper import note_refused, note_second_factor
from vcsm.console.known_browser import known_browser, remember_browser
from vcsm.console.let_in import let_in
from vcsm.console.pages import with_policy

HALF_FOR = timedelta(minutes=5)
TARGET = f"{HALF}_next"


class LimitedForm(AuthenticationForm):
    """Refuses, before the password is checked, when too many were wrong."""

    def clean(self) -> dict[str, Any]:
        # The cleaned name, as it is looked up: extra blanks or full-width letters must not open
        # another share.
        shares = self._shares(str(self.cleaned_data.get("username", "")))
        waited = take_of_each(shares)
        if waited:
            minutes = ceil(waited / 60)
            raise ValidationError(f"Too many tries. Try again in {minutes} min.", "limited")
        cleaned = dict(super().clean() or {})
        # Only wrong passwords count: an office that signs in at nine is no attack.
        give_back(shares)
        return cleaned

    def _shares(self, name: str) -> list[tuple[Limit, str]]:
        """Returns the limits, with their names, that a wrong password counts against."""
        assert self.request is not None
        address = str(self.request.META.get("REMOTE_ADDR", ""))
        known = known_browser(self.request, name)
        if known and not wait_for(SIGN_IN_KNOWN, known, take=False):
            # The address is not counted either: behind a proxy that is not configured, everybody
            # has the same.
            return [(SIGN_IN_KNOWN, known)]
        name = name.lower()
        pair = (SIGN_IN_PAIR, f"{name}|{address}")
        return [pair, (SIGN_IN_NAME, name), (SIGN_IN_ADDRESS, address)]


@method_decorator([never_cache, with_policy], name="dispatch")
class SignIn(LoginView):
    template_name = "console/login.html"
    authentication_form = LimitedForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user, now = form.get_user(), timezone.now()
        assert isinstance(user, User)
        if has_second_factor(user.pk):
            # A session from before the password must not carry on after it (session fixation).
            self.request.session.cycle_key()
            # The hash of the password that was right is kept: one changed since lets nobody in.
            right = user.get_session_auth_hash()
            self.request.session[HALF] = [user.pk, now.isoformat(), right]
            self.request.session[TARGET] = self.get_success_url()
            return redirect("code")
        let_in(self.request, user, now=now)
        response = HttpResponseRedirect(self.get_success_url())
        remember_browser(response, user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        # A form without a name was no try: no password was checked.
        note_refused(str(form.cleaned_data.get("username", "")), now=timezone.now())
        response = super().form_invalid(form)
        limited = any(error.code == "limited" for error in form.non_field_errors().as_data())
        response.status_code = 429 if limited else 200
        return response


@never_cache
@with_policy
@require_http_methods(["GET", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Asks for the code, the second step of signing in."""
    now = timezone.now()
    user = _half_signed_in(request, now)
    if user is None:
        return redirect("login")
    if request.method == "GET":
        return render(request, "console/code.html")
    waited = wait_for(CODE, user.pk)
    if waited:
        trouble = f"Too many tries. Try again in {ceil(waited / 60)} min."
        return render(request, "console/code.html", {"trouble": trouble}, status=429)
    if not check_second_factor(user, request.POST.get("code", "")[:40], now=now):
        note_refused(user.username, now=now)
        trouble = "This code is not right, or was used already."
        return render(request, "console/code.html", {"trouble": trouble})
    let_in(request, user, now=now)
    # Only now: while HALF is set, the session is the user's and ends with their others.
    target = str(request.session.pop(TARGET, "/console/"))
    request.session.pop(HALF, None)
    response = HttpResponseRedirect(target)
    remember_browser(response, user)
    return response


@never_cache
@with_policy
@login_required
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Lets a member set up an authenticator, or take it off with one of its codes."""
    user, now = request.user, timezone.now()
    assert isinstance(user, User)
    told: dict[str, Any] = {"on": has_second_factor(user.pk), "asked": asks_second_factor(user)}
    if request.method == "POST":
        told |= _change(request, user, request.POST.get("code", "")[:40], on=told["on"], now=now)
    if not told["on"]:
        address = begin_second_factor(user, now=now)
        told |= {
            "picture": segno.make(address).svg_data_uri(scale=5, light="white"),
            "address": address,
        }
        told["secret"] = address.partition("secret=")[2].partition("&")[0]
    return render(request, "console/second_factor.html", told)


@transaction.atomic
def _change(
    request: HttpRequest, user: User, code: str, *, on: bool, now: datetime
) -> dict[str, Any]:
    """Sets up or takes off the second factor if the code is right, which ends every other sign-in;
    returns what the page shows."""
    if wait_for(CODE, user.pk):
        return {"trouble": "Too many tries. Wait some minutes."}
    if on:
        if not check_second_factor(user, code, now=now):
            return {"trouble": "This code is not right, or was used already."}
        remove_second_factor(user)
        keep_only_this(request, user)
        note_second_factor(user, on=False, now=now)
        return {"on": False}
    codes = confirm_second_factor(user, code, now=now)
    if codes is None:
        return {"trouble": "This code is not right. Is the phone's clock?"}
    keep_only_this(request, user)
    note_second_factor(user, on=True, now=now)
    return {"on": True, "codes": codes}


def _half_signed_in(request: HttpRequest, now: datetime) -> User | None:
    """Returns the user whose password was right in this session within HALF_FOR, or None."""
    half = request.session.get(HALF)
    if not half or now - datetime.fromisoformat(half[1]) > HALF_FOR:
        return None
    user = User.objects.filter(pk=half[0], is_active=True).first()
    return user if user is not None and half[2:] == [user.get_session_auth_hash()] else None
