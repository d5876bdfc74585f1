"""Run inside a session bus of its own: keeps, reads and deletes cookies in a real Secret Service, and says what it saw.

Argument: what to do (``first``, ``second`` or ``locked``). Prints one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import sys

import keyring

from yearadmin.remote.secrets import Secrets, Tokens

TOKENS = Tokens("eyJ.access.ü", "eyJ.refresh." + "x" * 3000)
USER = "operator@example.org"


async def first() -> dict[str, object]:
    secrets = Secrets(deadline=20)
    kept = await secrets.keep("p", USER, TOKENS)
    secrets.close()
    return {"backend": type(keyring.get_keyring()).__module__, "kept": kept}


async def second() -> dict[str, object]:
    secrets = Secrets(deadline=20)
    found = await secrets.load("p", USER)
    users = await secrets.users("p")
    gone = await secrets.forget("p", USER)
    secrets.close()
    again = Secrets(deadline=20)
    left = await again.load("p", USER)
    left_users = await again.users("p")
    again.close()
    return {
        "same": found == TOKENS,
        "users": users,
        "gone": gone,
        "left": left is not None,
        "left_users": left_users,
    }


async def locked() -> dict[str, object]:
    secrets = Secrets(deadline=5)
    kept = await secrets.keep("p", USER, TOKENS)
    held = await secrets.load("p", USER)
    secrets.close()
    return {"kept": kept, "held": held == TOKENS}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run({"first": first, "second": second, "locked": locked}[sys.argv[1]]())))
