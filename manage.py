#!/usr/bin/env python
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vcsm.config.settings")
    from vcsm.embedded.command_line import run_command_line

    run_command_line(sys.argv)
