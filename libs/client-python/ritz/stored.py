"""Runs of the database."""

from __future__ import annotations

import contextlib
import datetime
import json
import uuid
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from .errors import RitzError
from .graphql import query_server
from .run import Run
from .server import Server
from .values import snake_case


@dataclass(frozen=True)
class StoredRun:
    """A run of the database with its settings."""

    id: str
    name: str
    project: str
    experiment: str
    status: str
    architecture: str
    dataset: str
    optimiser: str
    schedule: Dict[str, Any]
    batch_norm: str
    residual: bool
    seed: int
    classes: Optional[int]
    parameter_count: Optional[int]
    config: Dict[str, Any]
    tags: List[str]
    notes: Optional[str]
    created_at: str
    finished_at: Optional[str]
    spectrum_steps: List[int]
    """Steps at which a spectrum was measured, ascending."""


RunLike = Union[str, Run, StoredRun]
"""A run, its id, or its name where only one has it."""

_RUNS = """query ($filter: RunFilter, $first: Int!, $after: String) {
  runs(filter: $filter, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      id name status architecture dataset optimiser batchNorm residual seed classes parameterCount tags notes createdAt finishedAt
      project { name } experiment { name } config { path value } spectra { step { number } }
      schedule { kind initial factor steps rates totalSteps warmupSteps }
    }
  }
}"""


def runs(
    *,
    ids: Optional[Sequence[str]] = None,
    project: Optional[str] = None,
    experiment: Optional[str] = None,
    status: Union[str, Sequence[str], None] = None,
    architecture: Union[str, Sequence[str], None] = None,
    dataset: Union[str, Sequence[str], None] = None,
    optimiser: Union[str, Sequence[str], None] = None,
    batch_norm: Union[str, Sequence[str], None] = None,
    schedule_kind: Union[str, Sequence[str], None] = None,
    residual: Optional[bool] = None,
    tags: Union[str, Sequence[str], None] = None,
    search: Optional[str] = None,
    archived: Optional[bool] = False,
    created_from: Optional[datetime.datetime] = None,
    created_before: Optional[datetime.datetime] = None,
    limit: Optional[int] = None,
    url: Optional[str] = None,
    token: Optional[str] = None,
) -> List[StoredRun]:
    """The runs that fulfil every condition given, the newest first; all of their pages unless `limit` says how many.

    A list of values allows any of them, but `tags` must all be there. archived: None includes archived runs.
    Raises RitzError for a project that does not exist.
    """
    several = {
        **{"status": _upper(status), "architecture": _several(architecture), "dataset": _several(dataset)},
        **{"optimiser": _several(optimiser), "batchNorm": _upper(batch_norm), "scheduleKind": _upper(schedule_kind)},
        **{"tags": _several(tags), "ids": _several(ids), "createdFrom": _instant("created_from", created_from)},
        **{"createdBefore": _instant("created_before", created_before), "project": project, "experiment": experiment},
        **{"residual": residual, "search": search, "archived": archived},
    }
    wanted = {name: value for name, value in several.items() if value is not None}
    server = Server.named(url, token)
    found = find_runs(server, wanted, limit)
    if not found and project is not None:
        known = [str(one["name"]) for one in query_server(server, "{ projects { name } }", {})["projects"]]
        if project not in known:
            raise RitzError(f"There is no project {project!r}; there is {', '.join(map(repr, known)) or 'none yet'}.")
    return found


def find_runs(server: Server, wanted: Mapping[str, Any], limit: Optional[int]) -> List[StoredRun]:
    found: List[StoredRun] = []
    after: Optional[str] = None
    while limit is None or len(found) < limit:
        first = 50 if limit is None else min(50, limit - len(found))
        page = query_server(server, _RUNS, {"filter": dict(wanted), "first": first, "after": after})["runs"]
        found += map(_stored_run, page["nodes"])
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    return found


def _several(value: Union[str, Sequence[str], None]) -> Optional[List[str]]:
    return None if value is None else [value] if isinstance(value, str) else list(value)


def _upper(value: Union[str, Sequence[str], None]) -> Optional[List[str]]:
    values = _several(value)
    return None if values is None else [one.upper() for one in values]


def _instant(name: str, value: Optional[datetime.datetime]) -> Optional[str]:
    if value is not None and value.tzinfo is None:
        raise RitzError(f"{name}: got {value} without a time zone; expected one, such as tzinfo=datetime.timezone.utc.")
    return None if value is None else value.isoformat(timespec="milliseconds")


def _stored_run(node: Mapping[str, Any]) -> StoredRun:
    config: Dict[str, Any] = {}
    for setting in node["config"]:
        *outer, last = setting["path"]
        inner = config
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = json.loads(setting["value"])
    plain = {snake_case(name): value for name, value in node.items() if name not in ("config", "spectra", "schedule")}
    return StoredRun(
        **{**plain, "project": node["project"]["name"], "experiment": node["experiment"]["name"]},
        schedule={snake_case(name): value for name, value in node["schedule"].items() if value is not None},
        config=config,
        spectrum_steps=sorted({int(spectrum["step"]["number"]) for spectrum in node["spectra"]}),
    )


def run_ids(server: Server, wanted: Union[RunLike, Sequence[RunLike]]) -> List[str]:
    """Each once, in their order."""
    some: Sequence[RunLike] = [wanted] if isinstance(wanted, (str, Run, StoredRun)) else wanted
    ids = [_id_of(server, one) if isinstance(one, str) else one.id for one in some]
    if not ids:
        raise RitzError("runs: expected at least one, got none.")
    return list(dict.fromkeys(ids))


def _id_of(server: Server, text: str) -> str:
    with contextlib.suppress(ValueError):
        return str(uuid.UUID(text))
    named = [run.id for run in find_runs(server, {"search": text}, None) if run.name == text]
    if len(named) == 1:
        return named[0]
    if named:
        raise RitzError(f"{len(named)} runs are called {text!r}: choose one by its id, of {', '.join(named)}.")
    raise RitzError(f"No run is called {text!r}. ritz.runs() lists those stored.")


def fetch_run(server: Server, text: str, variables: Mapping[str, Any]) -> Dict[str, Any]:
    run = query_server(server, text, variables)["run"]
    if run is None:
        raise RitzError(f"There is no run {variables['id']}. ritz.runs() lists those stored.")
    return dict(run)
