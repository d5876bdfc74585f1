"""``yearadmin`` and ``python -m yearadmin``: chooses between the window, the command line and the embedded backend.

Imports only what the chosen one needs, so that the window paints early and the command line never loads Qt.
"""

from __future__ import annotations

import os
import sys

_OUTPUT_CLOSED = 141  # what a shell makes of SIGPIPE


def main() -> int:
    """Run what the arguments ask for; the answer is the process's exit code."""
    arguments = sys.argv[1:]
    # A command is the first word: what comes after an option may be that option's value.
    first = arguments[0] if arguments and not arguments[0].startswith("-") else None
    if first == "serve":
        from yearadmin.embedded.serve import main as serve

        return serve(arguments[1:])
    if first == "backend":
        from yearadmin.embedded.backend_commands import main as backend

        return backend(arguments[1:])
    if first is not None or {"-h", "--help", "--version"} & set(arguments):
        from yearadmin.commands import main as command

        try:
            code = command(arguments)
            sys.stdout.flush()  # here, where a closed pipe is still understood
            return code
        except BrokenPipeError:
            # Whoever read our output has read enough (`| head`): end as other programs do, without a traceback, also
            # when the interpreter flushes what is left.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return _OUTPUT_CLOSED
    from yearadmin.app import main as window

    return window(arguments)


if __name__ == "__main__":
    sys.exit(main())
