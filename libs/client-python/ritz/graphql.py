"""GraphQL queries, and the arrays that answers are turned into."""

from __future__ import annotations

import array
import base64
import importlib
import json
import sys
from typing import Any, Dict, List, Mapping, Optional, Sequence

from .errors import RitzError
from .server import Server, Unreachable, message_in
from .values import Array


def to_array(values: Sequence[Any]) -> Array:
    """Lists as they are, or as an array of numpy, where None is NaN."""
    try:
        numpy: Any = importlib.import_module("numpy")
    except ImportError:
        return list(values)
    whole = all(isinstance(value, int) for value in values)
    return numpy.array(values, dtype=int if whole and len(values) > 0 else float)


def unpack(text: str) -> List[float]:
    """Little-endian float64 in base64."""
    values = array.array("d", base64.b64decode(text))
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()


def query(
    text: str, variables: Optional[Mapping[str, Any]] = None, *, url: Optional[str] = None, token: Optional[str] = None
) -> Dict[str, Any]:
    """The `data` of a GraphQL query. Raises RitzError with the words of the API when it has errors."""
    return query_server(Server.named(url, token), text, variables or {})


def query_server(server: Server, text: str, variables: Mapping[str, Any]) -> Dict[str, Any]:
    body = json.dumps({"query": text, "variables": variables}).encode()
    try:
        answer = json.loads(server.post("/graphql", body, "application/json", timeout=120.0))
    except Unreachable as error:
        raise RitzError(f"{error}. Is the API running there? `npm start` starts it; RITZ_URL names another.") from error
    except ValueError:
        raise RitzError(f"{server.url} does not answer as the Ritz API does. Check the address.") from None
    if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
        raise RitzError(f"{server.url} answered: {message_in(json.dumps(answer))}")
    return dict(answer["data"])
