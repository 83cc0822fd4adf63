"""The parts of an ONNX file that the export needs, read and written without the onnx package.

Protocol buffers: a message is a list of (field number, value); a value of wire type 2 is a length and that many bytes
(https://protobuf.dev/programming-guides/encoding). Field numbers are those of onnx.proto.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Set, Tuple, Union

from .errors import RitzError
from .values import PathLike

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_GRAPH, _METADATA = 7, 14
_NODE, _INITIALISER, _INPUT = 1, 5, 11


@dataclass(frozen=True)
class Initialiser:
    """dims as stored; data: the raw bytes, None where they are stored in another way."""

    name: str
    dims: Tuple[int, ...]
    data: Optional[bytes]


@dataclass(frozen=True)
class OnnxFile:
    """aliases: outputs of Identity nodes, by what they are copies of; read: all names that nodes take as inputs."""

    initialisers: Dict[str, Initialiser]
    inputs: List[str]
    aliases: Dict[str, str]
    read: Set[str]
    operators: Set[str]


def read_onnx(path: PathLike) -> OnnxFile:
    """Raises RitzError for bytes that are no ONNX model."""
    data = Path(path).read_bytes()
    try:
        graph = next(value for number, value in _fields(data) if number == _GRAPH and isinstance(value, memoryview))
        return _graph(graph)
    except (IndexError, StopIteration, UnicodeDecodeError) as error:
        raise RitzError(f"{path} is not an ONNX model. Export it again.") from error


def add_metadata(path: PathLike, key: str, value: str) -> None:
    """Appends an entry of the model's metadata_props: a repeated field may stand anywhere, also at the end."""
    entry = _bytes_field(1, key.encode()) + _bytes_field(2, value.encode())
    with open(path, "ab") as file:
        file.write(_bytes_field(_METADATA, entry))


def _graph(graph: memoryview) -> OnnxFile:
    initialisers: Dict[str, Initialiser] = {}
    inputs: List[str] = []
    aliases: Dict[str, str] = {}
    read: Set[str] = set()
    operators: Set[str] = set()
    for number, value in _fields(graph):
        if not isinstance(value, memoryview):
            continue
        if number == _INITIALISER:
            tensor = _tensor(value)
            initialisers[tensor.name] = tensor
        elif number == _INPUT:
            inputs.append(_text(next(part for field, part in _fields(value) if field == 1)))
        elif number == _NODE:
            taken, given, operator = _node(value)
            read.update(taken)
            operators.add(operator)
            if operator == "Identity":
                aliases[given[0]] = taken[0]
    return OnnxFile(initialisers, [name for name in inputs if name not in initialisers], aliases, read, operators)


def _node(node: memoryview) -> Tuple[List[str], List[str], str]:
    parts = list(_fields(node))
    operator = next((_text(value) for number, value in parts if number == 4), "")
    return [_text(v) for n, v in parts if n == 1], [_text(v) for n, v in parts if n == 2], operator


def _tensor(tensor: memoryview) -> Initialiser:
    dims: List[int] = []
    name, data = "", None
    for number, value in _fields(tensor):
        if number == 1 and isinstance(value, int):
            dims.append(value)
        elif number == 1 and isinstance(value, memoryview):
            dims.extend(_packed(value))
        elif number == 8:
            name = _text(value)
        elif number == 9 and isinstance(value, memoryview):
            data = bytes(value)
    return Initialiser(name, tuple(dims), data)


def _fields(data: Union[bytes, memoryview]) -> Iterator[Tuple[int, Union[int, memoryview]]]:
    """Field numbers with their values: an integer, or the bytes of a text or a message."""
    view, at = memoryview(data), 0
    while at < len(view):
        key, at = _varint(view, at)
        number, wire = key >> 3, key & 7
        if wire == _VARINT:
            value, at = _varint(view, at)
            yield number, value
            continue
        if wire == _BYTES:
            length, at = _varint(view, at)
        elif wire in (_FIXED64, _FIXED32):
            length = 8 if wire == _FIXED64 else 4
        else:
            raise IndexError("no such wire type")
        if at + length > len(view):
            raise IndexError("the bytes are truncated")
        yield number, view[at : at + length]
        at += length


def _varint(view: memoryview, at: int) -> Tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = view[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def _packed(view: memoryview) -> Iterator[int]:
    at = 0
    while at < len(view):
        value, at = _varint(view, at)
        yield value


def _text(value: Union[int, memoryview]) -> str:
    if isinstance(value, int):
        raise IndexError("expected text")
    return bytes(value).decode()


def _bytes_field(number: int, value: bytes) -> bytes:
    return _as_varint(number << 3 | _BYTES) + _as_varint(len(value)) + value


def _as_varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(written + bytes([value]))
