"""The page shown for an address that does not exist.

Django's own prepares a CSRF token for its template, and reads the request's form for it: a form
that cannot be read then turned a 404 into a 500.
"""

from django.http import HttpRequest, HttpResponseNotFound

_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8>"
    '<meta name=viewport content="width=device-width,initial-scale=1">'
    '<meta name=color-scheme content="light dark">'
    "<title>Not found</title><h1>Not found</h1>"
    "<p>There is nothing at this address. <a href=/console/>To the console</a>"
)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseNotFound:
    return HttpResponseNotFound(_PAGE, headers={"Content-Security-Policy": "default-src 'none'"})
