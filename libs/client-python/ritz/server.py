"""Requests to the API."""

from __future__ import annotations

import http.client
import json
import os
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import Any, List, Optional

from .errors import RitzError


class Unreachable(Exception):
    """Worth trying again later."""


class NotAccepted(RitzError):
    """The same request again would be refused again."""


class RunRefused(NotAccepted):
    """Nothing of a run is stored when the run is not."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True)
class Server:
    url: str
    token: Optional[str] = field(repr=False)

    @classmethod
    def named(cls, url: Optional[str], token: Optional[str]) -> Server:
        """Of the arguments, or else of the environment."""
        address = url or os.environ.get("RITZ_URL") or "http://127.0.0.1:4000"
        try:
            parts = urllib.parse.urlsplit(address)
            valid = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        except ValueError:
            valid = False
        if not valid or re.search(r"\s", address):
            raise RitzError(f"url (or RITZ_URL): expected an address such as http://127.0.0.1:4000, got {address!r}.")
        secret = (token or os.environ.get("RITZ_TOKEN") or "").strip() or None
        if secret is not None and not re.fullmatch(r"[\w.~+/=-]+", secret, re.ASCII):
            raise RitzError("token (or RITZ_TOKEN) holds characters that no token has. `ritz token create` prints one.")
        return cls(address.rstrip("/"), secret)

    @property
    def dashboard(self) -> str:
        """RITZ_DASHBOARD, or port 3000 of the same machine where the API has its usual port, else the address itself."""
        named = os.environ.get("RITZ_DASHBOARD")
        return (named or re.sub(r":4000$", ":3000", self.url)).rstrip("/")

    def post(self, path: str, body: bytes, content_type: str, timeout: float) -> bytes:
        """The body of the answer. Raises Unreachable or NotAccepted."""
        headers = {"Content-Type": content_type, "Accept": "application/json, application/x-ndjson"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        handlers: List[urllib.request.BaseHandler] = [_NoRedirect()]
        if urllib.parse.urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1"):
            handlers.append(urllib.request.ProxyHandler({}))  # no proxy of the company reaches this machine's loopback
        try:
            request = urllib.request.Request(self.url + path, body, headers)
            with urllib.request.build_opener(*handlers).open(request, timeout=timeout) as response:
                return bytes(response.read())
        except urllib.error.HTTPError as error:
            with error:
                try:
                    text = error.read().decode(errors="replace")
                except (OSError, http.client.HTTPException):
                    text = ""
            message = f"{self.url} answered {error.code}: {message_in(text)}"
            if error.code in (408, 429) or error.code >= 500:
                raise Unreachable(message) from error
            if error.code == 401:
                message += " Set RITZ_TOKEN to a token of that server (`ritz token create --scope write` prints one)."
            raise NotAccepted(message) from None
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            why = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
            raise Unreachable(f"{self.url} does not answer ({why})") from error


def message_in(text: str) -> str:
    """Of an answer in the shape of GraphQL errors, or the beginning of whatever it is."""
    try:
        answer = json.loads(text)
        return "; ".join(str(error["message"]) for error in answer["errors"])
    except (ValueError, KeyError, TypeError):
        return text.strip()[:200] or "nothing"
