"""Pages that others wrote, as HTML: Django's admin and Datasette, rendered without a server."""

import asyncio
import json
import subprocess
import sys
import tempfile

_ADMIN = """
import json, sys, django
from django.conf import settings
settings.configure(
    SECRET_KEY="fingerprints", ROOT_URLCONF="__main__", ALLOWED_HOSTS=["*"], STATIC_URL="/static/",
    INSTALLED_APPS=["django.contrib." + app for app in
                    ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
                "OPTIONS": {"context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages"]}}],
)
django.setup()
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client
from django.urls import path
urlpatterns = [path("admin/", admin.site.urls)]
call_command("migrate", verbosity=0)
boss = User.objects.create_superuser("boss", "boss@example.com", "secret")
for n in range(20):
    User.objects.create_user(f"person{n}", f"p{n}@example.com", "secret")
    Group.objects.create(name=f"Group {n}")
client = Client()
client.force_login(boss)
names = ("", "auth/user/", "auth/user/2/change/", "auth/user/add/", "auth/group/",
         "auth/group/add/")
pages = {name: client.get("/admin/" + name).content.decode() for name in names}
json.dump(pages, sys.stdout)
"""


def admin_pages() -> dict[str, str]:
    """Renders Django's own admin in a separate process, since this one has other settings."""
    done = subprocess.run(
        [sys.executable, "-c", _ADMIN], capture_output=True, text=True, check=True
    )
    return {f"admin/{name}": html for name, html in json.loads(done.stdout).items()}


def datasette_pages() -> dict[str, str]:
    """Renders Datasette over one small table."""
    return asyncio.run(_datasette())


async def _datasette() -> dict[str, str]:
    import sqlite3

    from datasette.app import Datasette  # type: ignore[import-untyped]

    with tempfile.NamedTemporaryFile(suffix=".db") as file:
        with sqlite3.connect(file.name) as park:
            park.execute("CREATE TABLE trees (id INTEGER PRIMARY KEY, species TEXT, height REAL)")
            trees = [("Oak", 20.5), ("Ash", 17.0), ("Elm", 30.2)] * 40
            park.executemany("INSERT INTO trees (species, height) VALUES (?, ?)", trees)
        served = Datasette([file.name])
        name = file.name.rsplit("/", 1)[-1].removesuffix(".db")
        paths = {
            "home": "/",
            "database": f"/{name}",
            "table": f"/{name}/trees",
            "facet": f"/{name}/trees?_facet=species&_sort=height",
            "row": f"/{name}/trees/3",
        }
        found = {path: (await served.client.get(at)).text for path, at in paths.items()}
    return {f"datasette/{path}": html for path, html in found.items()}
