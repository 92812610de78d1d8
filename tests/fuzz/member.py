"""Members of every role, signed in to the real server; what a fuzzed call did to one is undone."""

from importlib import import_module
from typing import Any

import requests
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User

from vcsm.accounts.models import Member, Workspace

TOKEN = "c" * 32


class SignedIn:
    """A member with one role; `None` is somebody who is not signed in."""

    def __init__(self, workspace: Workspace, role: str | None, address: str) -> None:
        self.role, self.address = role, address
        self.http = requests.Session()
        self.http.headers["Referer"] = address
        self.member: Member | None = None
        if role is not None:
            name = f"fuzz-{role}-{workspace.slug}"
            user, _ = User.objects.get_or_create(username=name)
            self.member, _ = Member.objects.get_or_create(
                user=user, defaults={"workspace": workspace, "name": role, "role": role}
            )
        self.restore()

    def restore(self) -> None:
        """Signs the member in again and restores the role, whatever calls have changed."""
        self.http.cookies.clear()
        self.http.headers["X-CSRFToken"] = TOKEN
        self.http.cookies.set("csrftoken", TOKEN)
        if self.member is None:
            return
        Member.objects.filter(pk=self.member.pk).update(role=self.role, left_at=None)
        user = User.objects.get(pk=self.member.user_id)
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.http.cookies.set(settings.SESSION_COOKIE_NAME, session.session_key)

    def call(self, method: str, path: str, **given: Any) -> requests.Response:
        try:
            return self._call(method, path, **given)
        except requests.ConnectionError:
            # After a pause the server may close a kept connection just as we use it again. A
            # request that really breaks it breaks it the second time too.
            self.http.close()
            return self._call(method, path, **given)

    def _call(self, method: str, path: str, **given: Any) -> requests.Response:
        return self.http.request(
            method, self.address + path, timeout=60, allow_redirects=False, **given
        )
