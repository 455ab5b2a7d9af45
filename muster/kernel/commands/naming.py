"""What commands are called, for whoever reads the log: each area names its own in `titles.COMMANDS`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise


@cache
def command_titles() -> Mapping[str, Promise]:
    """The title of each command by its name."""
    areas = (config.name for config in apps.get_app_configs() if config.name.startswith("muster."))
    named = [import_module(f"{area}.titles").COMMANDS for area in areas if find_spec(f"{area}.titles")]
    return {name: title for part in named for name, title in part.items()}
