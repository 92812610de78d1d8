"""The design's habits as tests: sizes, names, floors of foreign keys, task names, current types."""

import ast
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps

from tests.stack import ROOT
from widget.management.commands.protocol import TARGET
from widget.typescript import protocol_types

PACKAGES = ("vcsm", "widget", "tasks")
SENDING = ("enqueue", "enqueue_all", "enqueue_on_commit", "for_each_workspace")
SLOW = ("scipy.stats", "scipy.optimize", "sklearn.metrics", "vcsm.reports.pdf")
NOT_OURS = {"migrations", "node_modules", "dist", "protocol"}
VAGUE = re.compile(r"^(utils?|helpers?|services?|common|base|misc|managers?|selectors)\.(py|tsx?)$")


@cache
def sources(*suffixes: str) -> list[Path]:
    folders = [*PACKAGES, "tests", "frontend"]
    found = [path for name in folders for path in below(ROOT / name) if path.suffix in suffixes]
    assert len(found) > 20, "the sources have moved: this test looks at nothing"
    return found


def below(folder: Path) -> Iterator[Path]:
    """All files but those of `NOT_OURS`, which are a hundred times as many: no step into them."""
    for here, folders, files in os.walk(folder):
        folders[:] = set(folders) - NOT_OURS
        yield from (Path(here) / name for name in files)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def test_no_file_passes_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(".py", ".ts", ".tsx")
        if (lines := len(path.read_text().splitlines())) > 400
    }
    assert not long


def test_no_function_passes_60_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources(".py")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]
    assert not long


def test_nothing_slow_is_loaded_before_it_is_needed() -> None:
    """Half a second of every process's start each, for what few of them ever ask for."""
    early = [
        f"{path.relative_to(ROOT)}: {node.module}"
        for path in sources(".py")
        if path.relative_to(ROOT).parts[0] in PACKAGES and "benchmark" not in path.parts
        for node in parsed(path).body
        if isinstance(node, ast.ImportFrom) and node.module in SLOW
    ]
    assert not early


def test_every_file_says_what_lives_in_it() -> None:
    vague = {path for path in sources(".py", ".ts", ".tsx") if VAGUE.match(path.name)}
    assert vague <= {ROOT / "vcsm/core/postgres/base.py"}, "its name is Django's"


def test_every_package_says_what_it_owns() -> None:
    silent = [
        package
        for top in PACKAGES
        for package in [ROOT / top, *(ROOT / top).iterdir()]
        if (package / "apps.py").exists() or package.parent == ROOT
        if not ast.get_docstring(ast.parse((package / "__init__.py").read_text()))
    ]
    assert not silent


def floors() -> dict[str, int]:
    """Package → height, from the import contract: the last layer is 0."""
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    layers = next(c["layers"] for c in contract["contracts"] if c["type"] == "layers")
    return {
        package.strip(): height
        for height, layer in enumerate(reversed(layers))
        for package in layer.split("|")
    }


def test_every_package_has_a_floor() -> None:
    known = floors()
    packages = {f"vcsm.{path.parent.name}" for path in (ROOT / "vcsm").glob("*/__init__.py")} | {
        "widget",
        "tasks",
    }
    assert packages == set(known)


def test_foreign_keys_point_down() -> None:
    heights = floors()
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models()
        if model.__module__.startswith("vcsm.")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if field.related_model.__module__.startswith("vcsm.")
        if heights[_package(model)] < heights[_package(field.related_model)]
        or (
            heights[_package(model)] == heights[_package(field.related_model)]
            and _package(model) != _package(field.related_model)
        )
    ]
    assert not wrong


def _package(model: type) -> str:
    return ".".join(model.__module__.split(".")[:2])


def test_every_task_name_that_is_sent_exists() -> None:
    import tasks

    tasks.app.loader.import_default_modules()
    sent = {
        node.args[0].value
        for path in sources(".py")
        if path.relative_to(ROOT).parts[0] in PACKAGES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in SENDING
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    scheduled = {entry["task"] for entry in tasks.SCHEDULE.values()}
    assert sent, "nothing is enqueued: this test looks at nothing"
    assert sent | scheduled <= set(tasks.app.tasks)


def test_typescript_types_are_current() -> None:
    assert TARGET.read_text() == protocol_types(), "run `manage.py protocol`"


@pytest.mark.django_db
def test_migrations_are_current() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_protocol_message_is_documented() -> None:
    from widget import protocol

    words = (ROOT / "docs" / "protocol.md").read_text()
    frames = {*protocol.FromWidget.__args__, *protocol.ToWidget.__args__}
    missing = [frame.__name__ for frame in frames if f"`{frame.__name__}`" not in words]
    assert not missing


def test_every_setting_is_documented() -> None:
    settings = (ROOT / "vcsm" / "config" / "settings.py").read_text()
    words = (ROOT / "README.md").read_text()
    names = set(re.findall(r'env_\w+\(\s*"(\w+)"', settings))
    assert len(names) > 5
    assert not [name for name in names if f"`{name}`" not in words]
