"""The entry point: runs the command line and turns whatever goes wrong into one line and an exit code."""

import sys
from collections.abc import Sequence

from tocsin.cli.main import front_command
from tocsin.errors import report


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs `tocsin`; ends the process with the exit code of docs/exit-codes.md."""
    try:
        front_command().main(arguments, prog_name="tocsin")
    except SystemExit:
        raise
    except BaseException as error:  # the last place where anything can be said
        sys.exit(report(error))


if __name__ == "__main__":
    main()
