"""Log-in, log-out and the page that holds the app."""

from django.test import Client

from tests.cast import PASSWORD, Cast


def test_it_works(alice: Client) -> None:
    for address in ("/console/", "/console/friction?period=30d", "/console/escalations/anything"):
        page = alice.get(address)
        assert page.status_code == 200
        assert b'src="/static/console/main.js"' in page.content


def test_a_stranger_is_sent_to_log_in_and_comes_back(cast: Cast) -> None:
    client = Client()

    sent = client.get("/console/friction")
    signed_in = client.post(
        sent["Location"],
        {"username": "alice", "password": PASSWORD, "next": "/console/friction"},
    )

    assert sent["Location"] == "/console/login?next=/console/friction"
    assert signed_in["Location"] == "/console/friction"


def test_log_in_never_leads_to_a_foreign_site(cast: Cast) -> None:
    sent = Client().post(
        "/console/login",
        {"username": "alice", "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert sent["Location"] == "/console/"


def test_a_wrong_password_is_told_without_saying_which_was_wrong(cast: Cast) -> None:
    known = Client().post("/console/login", {"username": "alice", "password": "no"})
    unknown = Client().post("/console/login", {"username": "nobody", "password": "no"})

    assert b"do not belong together" in known.content
    assert known.status_code == unknown.status_code == 200
    assert b"do not belong together" in unknown.content


def test_logging_out_takes_a_post(alice: Client) -> None:
    assert alice.get("/console/logout").status_code == 405
    assert alice.post("/console/logout").status_code == 302
    assert alice.get("/console/api/me").status_code == 403


def test_the_policy_allows_the_bundle_and_nothing_else(alice: Client) -> None:
    for page in (alice.get("/console/"), Client().get("/console/login")):
        policy = page["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert b"<script>" not in page.content
        assert b"style=" not in page.content


def test_an_unknown_address_stays_unknown_with_a_form_that_cannot_be_read(alice: Client) -> None:
    answer = alice.generic("POST", "/nowhere", b"--", "multipart/form-data")
    assert answer.status_code == 404
    assert "Not found" in answer.content.decode()


def test_an_unknown_api_address_is_json(alice: Client) -> None:
    answer = alice.get("/console/api/nothing")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/json"


def test_the_schema_describes_every_resource(alice: Client) -> None:
    schema = alice.get("/console/api/schema").json()

    assert "/console/api/escalations/{escalation_id}/take-over" in schema["paths"]
    assert "EscalationsQueueShape" in schema["components"]["schemas"]


def test_who_am_i(alice: Client) -> None:
    me = alice.get("/console/api/me")

    assert me.json()["member"]["name"] == "Alice"
    assert me.json()["workspace"] == {
        "slug": "acme",
        "name": "Acme",
        "currency": "USD",
    }
    assert "csrftoken" in me.cookies


def test_actions_need_the_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.alice.user)

    unsafe = client.post("/console/api/escalations/00000000-0000-0000-0000-000000000000/take-over")
    assert unsafe.status_code == 403


def test_what_a_member_is_told_lies_in_no_cache(alice: Client) -> None:
    """Caches on the way keep .csv and .pdf for everybody unless they are told not to."""
    for address in (
        "api/me",
        "api/friction.csv?period=30d",
        "api/friction.pdf",
        "api/none",
        "none",
    ):
        for client in (alice, Client()):
            answer = client.get(f"/console/{address}")
            assert "private" in answer["Cache-Control"], address
            assert "no-store" in answer["Cache-Control"], address
