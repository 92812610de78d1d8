"""`python -m vcsm.embedded [COMMAND …]`: runs both services without Django.

Without a command they stay until Ctrl-C; with one they live as long as it does.
"""

import sys

from vcsm.embedded.keep import keep_services, run_with_services
from vcsm.embedded.start import default_home
from vcsm.embedded.trouble import Trouble


def main(arguments: list[str]) -> int:
    try:
        if arguments:
            return run_with_services(arguments, home=default_home())
        keep_services(default_home(), say=lambda line: print(line, flush=True))  # noqa: T201
    except Trouble as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
