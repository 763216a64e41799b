"""The same function, run from code as a `bootstrap` does: Python's own `-m` costs as much at the start as everything here."""

import sys

import fgruntime
import function

fgruntime.run(getattr(function, sys.argv[1]))
