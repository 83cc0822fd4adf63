"""Converts what Python programs hold to what the interchange format says."""

from __future__ import annotations

import datetime
import math
import operator as operators
import os
import re
from typing import Any, Callable, Dict, List, Mapping, Tuple, Union

from .errors import RitzError

Numbers = Any
"""One number for each of something: a list, a tuple, or an array of numpy, PyTorch or JAX."""
Array = Any
"""A numpy array where numpy can be imported, else a list (of lists)."""
PathLike = Union[str, "os.PathLike[str]"]


def to_plain(value: Any) -> Any:
    """Arrays as nested lists, numbers of array libraries as numbers; everything else as it is."""
    if isinstance(value, (list, tuple)):
        return [to_plain(item) for item in value]
    if hasattr(value, "tolist"):
        return to_plain(value.tolist()) if not isinstance(value, (int, float)) else value
    return value


def shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:80] + "…"


def to_number(name: str, value: Any) -> float:
    """May be NaN or infinite."""
    plain = to_plain(value)
    if isinstance(plain, (bool, complex)) or not hasattr(plain, "__float__"):
        raise RitzError(f"{name}: expected one real number, got {shown(value)}.")
    try:
        return float(plain)
    except OverflowError:
        return math.inf


def to_finite(name: str, value: Any) -> float:
    number = to_number(name, value)
    if not math.isfinite(number):
        raise RitzError(f"{name}: expected a finite number, got {number}.")
    return number


def integer_between(least: int, most: int = 2**53 - 1) -> Callable[[str, Any], int]:
    def convert(name: str, value: Any) -> int:
        plain = to_plain(value)
        try:
            if isinstance(plain, bool):
                raise TypeError
            number = int(plain) if isinstance(plain, float) and plain.is_integer() else operators.index(plain)
        except TypeError:
            raise RitzError(f"{name}: expected an integer, got {shown(value)}.") from None
        if not least <= number <= most:
            raise RitzError(f"{name}: expected an integer from {least} to {most}, got {number}.")
        return number

    return convert


to_step = integer_between(0, 2**31 - 1)


def to_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise RitzError(f"{name}: expected text, got {shown(value)}.")
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise RitzError(f"{name}: expected text without NUL and halves of surrogate pairs, which cannot be stored, got {shown(value)}.")
    return value


def to_name(name: str, value: Any) -> str:
    if to_text(name, value).strip() == "":
        raise RitzError(f"{name}: expected a name, got an empty one.")
    return str(value)


def to_flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise RitzError(f"{name}: expected True or False, got {shown(value)}.")
    return value


def one_of(*choices: str) -> Callable[[str, Any], str]:
    def convert(name: str, value: Any) -> str:
        if isinstance(value, str) and value.upper() in choices:
            return value.upper()
        raise RitzError(f"{name}: expected one of {', '.join(choice.lower() for choice in choices)}, got {shown(value)}.")

    return convert


def to_tags(name: str, value: Any) -> List[str]:
    if isinstance(value, str):
        raise RitzError(f"{name}: expected a list of labels, got {shown(value)}.")
    return sorted({to_name(f"{name}[{at}]", tag) for at, tag in enumerate(value)})


def to_json(name: str, value: Any) -> Any:
    """Free-form settings as JSON says them."""
    plain = to_plain(value)
    if isinstance(plain, Mapping):
        return {to_text(f"a key of {name}", key): to_json(f"{name}.{key}", inner) for key, inner in plain.items()}
    if isinstance(plain, list):
        return [to_json(f"{name}[{at}]", inner) for at, inner in enumerate(plain)]
    if isinstance(plain, float) and not math.isfinite(plain):
        raise RitzError(f"{name}: expected a finite number, got {plain}.")
    if plain is None or isinstance(plain, (bool, int, float)):
        return plain
    if isinstance(plain, os.PathLike):
        return os.fspath(plain)
    if isinstance(plain, str):
        return to_text(name, plain)
    raise RitzError(f"{name}: expected text, numbers, or lists and dictionaries of them, got a {type(value).__name__}.")


def to_settings(name: str, value: Any) -> Dict[str, Any]:
    if not isinstance(value, Mapping):
        raise RitzError(f"{name}: expected a dictionary, got {shown(value)}.")
    return dict(to_json(name, value))


def camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def snake_case(name: str) -> str:
    return re.sub("[A-Z]", lambda match: f"_{match.group().lower()}", name)


Converter = Callable[[str, Any], Any]


def convert(where: str, given: Mapping[str, Any], known: Mapping[str, Converter]) -> Dict[str, Any]:
    """By the names of the interchange format; None means not given."""
    for name in given:
        if name not in known:
            raise RitzError(f"{where}: unknown field {name!r}; expected one of {', '.join(known)}.")
    return {camel_case(name): known[name](f"{where}.{name}", value) for name, value in given.items() if value is not None}


def to_rows(name: str, value: Any) -> List[List[float]]:
    """One row per probe, of a vector or of a matrix whose rows may differ in length."""
    plain = to_plain(value)
    if not isinstance(plain, list):
        raise RitzError(f"{name}: expected a list of numbers, or one list for each probe, got {shown(value)}.")
    rows = plain if any(isinstance(item, list) for item in plain) else [plain]
    converted = []
    for at, row in enumerate(rows):
        if not isinstance(row, list):
            raise RitzError(f"{name}[{at}]: expected a list of numbers, as for the other probes, got {shown(row)}.")
        if any(isinstance(item, list) for item in row):
            raise RitzError(f"{name}: expected [m], or [k][m] for k probes, got three or more axes.")
        converted.append([to_number(f"{name}[{at}][{index}]", item) for index, item in enumerate(row)])
    return converted


def paired_probes(where: str, first: Tuple[str, Any], second: Tuple[str, Any]) -> List[Tuple[List[float], List[float]]]:
    (one, ones), (two, twos) = [(name, to_rows(f"{where}.{name}", value)) for name, value in (first, second)]
    if len(ones) != len(twos):
        raise RitzError(f"{where}.{two}: expected {len(ones)} probes, as {one} has, got {len(twos)}.")
    for at, (a, b) in enumerate(zip(ones, twos)):
        if not a:
            raise RitzError(f"{where}.{one}[{at}]: expected at least one number, got an empty one.")
        expected = (len(a) - 1, len(a)) if two == "beta" else (len(a),)
        if len(b) not in expected:
            lengths = " or ".join(map(str, expected))
            raise RitzError(f"{where}.{two}[{at}]: expected {lengths} numbers, as {one}[{at}] has {len(a)}, got {len(b)}.")
    return list(zip(ones, twos))


def now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
