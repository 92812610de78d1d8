"""The demo product: pages of a bank's app under a strict policy, and the few requests they make."""

import asyncio
import json
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_POST
from markdown_it import MarkdownIt

from vcsm.accounts.models import Contact, WidgetKey
from vcsm.demo.articles import read_articles
from vcsm.demo.ledger import last_months, recent_transactions, transactions_of
from vcsm.demo.northbank import NORTHBANK, VERA

PAGES = (
    ("overview", "Overview"),
    ("transfers", "Transfers"),
    ("cards", "Cards"),
    ("statements", "Statements"),
    ("exchange", "Exchange"),
    ("help", "Help"),
)
_GUEST = re.compile(r"guest-[a-z0-9-]{1,40}")
QUOTE_SECONDS = 3.0
"""Seconds the exchange desk takes to answer: slow, but not broken."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""As strict as a bank's: the widget must work under it."""


@require_GET
@ensure_csrf_cookie
def show_page(request: HttpRequest, page: str = "overview") -> HttpResponse:
    if page not in dict(PAGES):
        raise Http404("Northbank has no such page.")
    return _render_app(request, page=page)


@require_GET
@ensure_csrf_cookie
def show_article(request: HttpRequest, slug: str) -> HttpResponse:
    article = next((one for one in read_articles() if one.slug == slug), None)
    if article is None:
        raise Http404("Northbank has no such article.")
    html = MarkdownIt("commonmark", {"html": False}).render(article.body)
    return _render_app(request, page="article", article=article, article_html=html)


@require_GET
def statement(request: HttpRequest) -> JsonResponse:
    """Returns the transactions of `?account=&month=2026-10`."""
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return JsonResponse({"detail": "month must look like 2026-10"}, status=400)
    lines = transactions_of(account=request.GET.get("account", "main"), month=month, until=_today())
    return JsonResponse({"transactions": [line.as_json() for line in lines]})


@require_GET
async def quote(request: HttpRequest) -> JsonResponse:
    """Returns a rate for `?from=EUR&to=USD&amount=100`, after a pause: the demo's slow request."""
    await asyncio.sleep(QUOTE_SECONDS)
    amount = _amount_of(request.GET.get("amount"))
    if amount is None:
        return JsonResponse({"detail": "amount must be a number"}, status=400)
    rate = _RATES.get(request.GET.get("to", ""), Decimal(1)) / _RATES.get(
        request.GET.get("from", ""), Decimal(1)
    )
    return JsonResponse({"rate": f"{rate:.4f}", "receives": f"{amount * rate:.2f}"})


@require_POST
def transfer(request: HttpRequest) -> JsonResponse:
    """Takes a transfer `{"recipient", "cents"}` and forgets it."""
    try:
        cents = int(json.loads(request.body)["cents"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"detail": "cents must be a whole number"}, status=400)
    return JsonResponse({"state": "sent", "cents": cents}, status=201)


_RATES = {
    "EUR": Decimal(1),
    "USD": Decimal("1.0842"),
    "GBP": Decimal("0.8531"),
    "CHF": Decimal("0.9417"),
    "PLN": Decimal("4.2710"),
}


def _render_app(request: HttpRequest, *, page: str, **more: Any) -> HttpResponse:
    contact = _contact_of(request)
    today = _today()
    context = {
        "page": page,
        "pages": PAGES,
        "contact": contact,
        "identity": _identity_of(contact),
        "key": _widget_key(),
        "as_query": f"?as={contact.external_id}" if "as" in request.GET else "",
        "months": last_months(today=today, count=6),
        "recent": recent_transactions(account="main", today=today, limit=7),
        "statement": transactions_of(
            account="main", month=last_months(today=today, count=2)[1], until=today
        ),
        "articles": read_articles(),
        "currencies": list(_RATES),
        "today": today,
        **more,
    }
    response = render(request, "demo/app.html", context)
    response["Content-Security-Policy"] = POLICY
    return response


def _contact_of(request: HttpRequest) -> Contact:
    """Returns whom `?as=` names: a seeded contact, or a `guest-…` of Vera's company; else Vera."""
    named = request.GET.get("as", "")
    contacts = Contact.objects.select_related("account").filter(workspace__slug=NORTHBANK.slug)
    for external_id in (named, VERA):
        contact = contacts.filter(external_id=external_id, account__isnull=False).first()
        if contact is None:
            continue
        if external_id != named and _GUEST.fullmatch(named):
            return _guest(named, beside=contact)
        return contact
    raise Http404("The demo has no data yet: run `manage.py seed_demo`.")


def _guest(external_id: str, *, beside: Contact) -> Contact:
    """Returns somebody new; the widget's `identify` makes the contact, as in any product."""
    name = external_id.replace("-", " ").capitalize()
    email = f"{external_id}@{(beside.email or '@guests.example').partition('@')[2]}"
    return Contact(external_id=external_id, name=name, email=email, account=beside.account)


def _identity_of(contact: Contact) -> dict[str, Any]:
    """Returns what the product tells the widget: `vcsm('identify', …)`."""
    identity = {"id": contact.external_id, "name": contact.name, "email": contact.email}
    if contact.account is None:
        return identity
    account = {"id": contact.account.external_id, "name": contact.account.name}
    return identity | {"account": account}


def _widget_key() -> str:
    keys = WidgetKey.objects.filter(workspace__slug=NORTHBANK.slug, revoked_at=None)
    return keys.order_by("pk").values_list("key", flat=True)[0]


def _amount_of(text: str | None) -> Decimal | None:
    try:
        amount = Decimal(text or "")
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _today() -> date:
    return timezone.localdate()
