"""Sends HTTP to Django, and the widget's and console's sockets to their consumers."""

import os
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcsm.config.settings")
# Under ASGI each request has a thread of its own, and without a pool a connection to itself.
os.environ.setdefault("VCSM_DATABASE_POOL", "16")

import django  # noqa: E402

django.setup(set_prefix=False)

from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import path, re_path  # noqa: E402

from vcsm.console.routing import websocket_urlpatterns as console_sockets  # noqa: E402
from vcsm.core.one_thread import OneThreadHandler  # noqa: E402
from widget.consumer import WidgetConsumer  # noqa: E402
from widget.files import contact_file  # noqa: E402
from widget.inspect import inspect  # noqa: E402
from widget.replay_upload import replay_upload  # noqa: E402

# The widget lives on other companies' pages; its origins are checked against the key's own list.
console = AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(cast(Any, console_sockets))))
sockets: list[Any] = [
    path("widget/socket", WidgetConsumer.as_asgi()),  # type: ignore[arg-type]
    # Not `path`: behind the two wrappers Channels cannot see a router, and would match it whole.
    re_path(r"^console/", console),
]
django_application = OneThreadHandler()
pages: list[Any] = [
    path("widget/replay", replay_upload),  # type: ignore[arg-type]
    path("widget/inspect", inspect),  # type: ignore[arg-type]
    path("widget/file", contact_file),  # type: ignore[arg-type]
    re_path(r"", django_application),  # type: ignore[arg-type]
]
application = ProtocolTypeRouter({"http": URLRouter(pages), "websocket": URLRouter(sockets)})
