import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.cast import NOON, Cast
from vcsm.audit.models import Entry
from vcsm.escalation.decide import Facts
from vcsm.escalation.models import Policy
from vcsm.escalation.policy import (
    PolicyFile,
    PolicyUnreadable,
    StakesFile,
    put_in_force,
    read_policy,
    read_refused,
)
from vcsm.escalation.weigh import weigh
from vcsm.escalation.worth import Stakes


def run(*arguments: str) -> dict[str, object]:
    out = StringIO()
    call_command("policy", *arguments, stdout=out)
    told: dict[str, object] = json.loads(out.getvalue())
    return told


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "policy.json"
    file.write_text('{"minutes_a_day": 120, "stakes": {"uplift": 0.05}}')
    told = run("acme", str(file))
    assert (told["minutes_a_day"], told["max_false_share"]) == (120, 0.2)
    weighed = weigh(Facts(), workspace_id=cast.acme.pk, now=NOON)
    assert (weighed.stakes, weighed.price is None) == (Stakes(uplift=0.05), False)
    assert read_policy(cast.globex.pk) == PolicyFile()
    entry = Entry.objects.get(kind="policy")
    assert json.loads(entry.body)["stakes"] == {"uplift": 0.05}


def test_without_a_file_it_only_tells(cast: Cast) -> None:
    assert run("acme")["minutes_a_day"] is None
    assert not Policy.objects.exists()


def test_the_written_stakes_are_the_same_in_both_places() -> None:
    assert {name: getattr(StakesFile(), name) for name in StakesFile.__struct_fields__} == {
        name: getattr(Stakes(), name) for name in Stakes.__struct_fields__
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "not JSON"),
        ("{", "not JSON"),
        ("\xff", "not JSON"),
        ("[]", "Expected `object`"),
        ('{"minutes_a_day": -1}', "minutes_a_day"),
        ('{"minutes_a_day": "many"}', "minutes_a_day"),
        ('{"confidence": 1}', "confidence"),
        ('{"stakes": {"minutes": 0}}', "minutes"),
        ('{"minuets_a_day": 5}', "minuets_a_day"),
        ('{"max_false_share": NaN}', "not JSON"),
    ],
)
def test_what_does_not_parse_leaves_the_old_one_in_force(
    cast: Cast, tmp_path: Path, text: str, sentence: str
) -> None:
    put_in_force(workspace_id=cast.acme.pk, text=b'{"minutes_a_day": 77}', now=NOON)
    file = tmp_path / "policy.json"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(CommandError, match=sentence):
        run("acme", str(file))
    assert read_policy(cast.acme.pk).minutes_a_day == 77
    assert Entry.objects.filter(kind="policy").count() == 1


def test_no_such_file_and_no_such_workspace(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run("acme", str(tmp_path / "none.json"))
    with pytest.raises(CommandError, match="no workspace 'nowhere'"):
        run("nowhere")


def test_what_was_refused_is_kept_until_one_is_put_in_force(cast: Cast) -> None:
    put_in_force(workspace_id=cast.acme.pk, text=b'{"minutes_a_day": 60}', now=NOON)
    with pytest.raises(PolicyUnreadable):
        put_in_force(workspace_id=cast.acme.pk, text=b'{"minutes', now=NOON, by=cast.bob)
    refused = read_refused(cast.acme.pk)
    assert refused is not None
    assert (refused.text, refused.by, refused.at) == ('{"minutes', "Bob", NOON)
    assert "not JSON" in refused.problem
    assert read_policy(cast.acme.pk).minutes_a_day == 60
    put_in_force(workspace_id=cast.acme.pk, text=b"{}", now=NOON)
    assert read_refused(cast.acme.pk) is None
    assert read_refused(cast.globex.pk) is None


def test_the_page_says_what_was_refused(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.bob.user)
    path = "/console/api/deciding/policy-file"
    told = client.post(path, {"text": "nonsense"}, content_type="application/json").json()
    assert "not JSON" in told["refused"]["problem"]
    told = client.post(path, {"text": told["policy_text"]}, content_type="application/json").json()
    assert told["refused"] is None
    client.force_login(cast.alice.user)
    assert client.post(path, {"text": "{}"}, content_type="application/json").status_code == 403
