"""`python -m ritz`: sends records of runs to Ritz."""

from __future__ import annotations

import argparse
import sys
from typing import Sequence

from .errors import RitzError
from .syncing import sync


def _main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ritz", description="Sends records of runs to Ritz.")
    commands = parser.add_subparsers(dest="command", required=True)
    sending = commands.add_parser("sync", help="send what is not sent yet; repeats nothing")
    sending.add_argument("paths", nargs="*", help="files of records, or directories of them (default: ./ritz-runs)")
    sending.add_argument("--url", help="address of the API (default: RITZ_URL, or http://127.0.0.1:4000)")
    options = parser.parse_args(arguments)
    try:
        synced = sync(*options.paths, url=options.url)
    except RitzError as error:
        print(error, file=sys.stderr)
        return 1
    files = f"{len(synced.files)} file{'' if len(synced.files) == 1 else 's'}"
    print(f"{files}: {synced.created} new, {synced.updated} completed, {synced.unchanged} already stored.")
    if synced.refused:
        print(f"{len(synced.refused)} lines were refused; the others are stored.", file=sys.stderr)
    return 1 if synced.refused else 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
