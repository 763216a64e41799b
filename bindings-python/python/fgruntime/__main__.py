"""`python -m fgruntime index.handler`: runs a handler as the platform does."""

from __future__ import annotations

import sys

from ._program import run_named

USAGE = """usage: python -m fgruntime [FILE.FUNCTION]

Runs the function FUNCTION(event, context) of FILE.py, for example index.handler or src/index.handler, for every
invocation of the platform at RUNTIME_API_ADDR. Without an argument RUNTIME_HANDLER says which."""


def main(arguments: list[str]) -> int:
    if arguments in (["-h"], ["--help"]):
        print(USAGE)
        return 0
    if len(arguments) > 1 or (arguments and arguments[0].startswith("-")):
        print(f"fgruntime: at most one argument is expected, but got {arguments}\n\n{USAGE}", file=sys.stderr)
        return 2
    return run_named(arguments[0] if arguments else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
