"""Reads task manifests as a stream: JSONL, CSV and Parquet, each row a task or a fault."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from annotate.tasks.faults import RowFault
from annotate.tasks.rows import OPTIONAL, REQUIRED, TaskRow, check_text, read_row
from protocol.errors import Refused

MAX_LINE = 4_000_000
CELLS = re.compile(r"candidate_([1-9]|1\d|2[0-6])_(system|image|seed)")
AS_JSON = ("candidates", "instruction_translations", "metadata")


class BadManifestError(Refused):
    """The manifest as a whole cannot be read."""


@dataclass(frozen=True)
class BadRow:
    """A row that is not accepted: its number from 1, its id if it has one, and why."""

    number: int
    external_id: str | None
    fault: RowFault


Raw = tuple[int, Callable[[], Any]]
"""A row's number and how to read its fields; reading may raise a RowFault."""


def read_manifest(path: Path) -> Iterator[TaskRow | BadRow]:
    """Each row of the manifest in order; a kind that is not known is refused."""
    readers = {".jsonl": json_lines, ".ndjson": json_lines, ".csv": _csv, ".parquet": _parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise BadManifestError(f"{path.name}: accepted are {', '.join(readers)} files")
    for number, fields in reader(path):
        yield _row(number, fields)


def _row(number: int, fields: Callable[[], Any]) -> TaskRow | BadRow:
    row: Any = None
    try:
        row = fields()
        return read_row(number, row)
    except RowFault as fault:
        return BadRow(number, _named(row), fault)
    except RecursionError:
        return BadRow(number, None, RowFault("bad_json", "nested too deeply"))


def _named(row: Any) -> str | None:
    """The id of a bad row, where it can be told."""
    name = row.get("id") if isinstance(row, dict) else None
    try:
        check_text(name)
    except RowFault:
        return None
    return name[:200] if isinstance(name, str) else None


def json_lines(path: Path) -> Iterator[Raw]:
    """Numbered by line; blank lines are passed over."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            if len(line) == MAX_LINE and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):
                    line = file.readline(MAX_LINE)
                yield number, _faulty("too_long", f"a line of {MAX_LINE} bytes or more")
                continue
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, _json_line(line)


def _json_line(line: bytes) -> Callable[[], Any]:
    def read() -> Any:
        try:
            return load_json(line.decode("utf-8"))
        except UnicodeDecodeError as error:
            raise RowFault("bad_utf8", "not UTF-8") from error

    return read


def load_json(text: str) -> Any:
    """Strict JSON: no NaN, no key twice, no endless nesting; else a RowFault."""
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise RowFault("bad_json", str(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise RowFault("duplicate_field", "an object names a field twice")
    return fields


def _no_constant(word: str) -> NoReturn:
    raise RowFault("bad_json", f"{word} is not JSON")


def _csv(path: Path) -> Iterator[Raw]:
    """Numbered by record, the header not counted; an empty cell is an absent field."""
    csv.field_size_limit(MAX_LINE)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            columns = next(reader, [])
        except csv.Error as error:
            raise BadManifestError(f"{path.name}: the header is not CSV: {error}") from error
        _check_columns(path, columns)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                yield number, _faulty("bad_csv", str(error))
                continue
            if cells is None:
                return
            if cells:
                yield number, _csv_record(columns, cells)


def _check_columns(path: Path, columns: list[str]) -> None:
    """Refuse a header that names something unknown, or anything twice."""
    known = {*REQUIRED, *OPTIONAL}
    for name in columns:
        if name not in known and not CELLS.fullmatch(name):
            raise BadManifestError(
                f"{path.name}: the column {name!r} is not known; accepted are "
                f"{', '.join((*REQUIRED, *OPTIONAL))} and, instead of candidates, "
                "candidate_N_system, candidate_N_image, candidate_N_seed with N from 1 to 26"
            )
    if len(set(columns)) < len(columns):
        raise BadManifestError(f"{path.name}: the header names a column twice")


def _faulty(reason: str, detail: str) -> Callable[[], Any]:
    def read() -> Any:
        raise RowFault(reason, detail)

    return read


def _csv_record(columns: list[str], cells: list[str]) -> Callable[[], Any]:
    def read() -> Any:
        if len(cells) != len(columns):
            raise RowFault("bad_csv", f"{len(cells)} cells under {len(columns)} columns")
        row: dict[str, Any] = {}
        numbered: dict[int, dict[str, Any]] = {}
        for name, cell in zip(columns, cells, strict=True):
            if cell == "":
                continue
            if match := CELLS.fullmatch(name):
                numbered.setdefault(int(match[1]), {})[match[2]] = _seed(match[2], cell)
            else:
                row[name] = load_json(cell) if name in AS_JSON else cell
        if "candidates" in row and numbered:
            raise RowFault("duplicate_field", "candidates stand in two ways", "candidates")
        row.setdefault("candidates", [numbered[place] for place in sorted(numbered)])
        return row

    return read


def _seed(name: str, cell: str) -> str | int:
    if name != "seed":
        return cell
    try:
        return int(cell)
    except ValueError as error:
        raise RowFault("bad_type", "a seed must be a 64-bit integer", "candidates") from error


def _parquet(path: Path) -> Iterator[Raw]:
    """Numbered by row; read by row group in small batches."""
    try:
        with pq.ParquetFile(path) as file:
            number = 0
            for batch in file.iter_batches(batch_size=64, use_threads=False):
                for place in range(batch.num_rows):
                    number += 1
                    yield number, _parquet_row(batch.slice(place, 1))
    except (pa.ArrowException, OSError) as error:
        raise BadManifestError(f"{path.name} is not a whole Parquet file: {error}") from error


def _parquet_row(batch: pa.RecordBatch) -> Callable[[], Any]:
    def read() -> Any:
        try:
            row = batch.to_pylist()[0]
        except UnicodeDecodeError as error:
            raise RowFault("bad_utf8", "not UTF-8") from error
        fields = {name: value for name, value in row.items() if value is not None}
        for name in AS_JSON:
            if isinstance(fields.get(name), str):
                fields[name] = load_json(fields[name])
        if isinstance(pairs := fields.get("instruction_translations"), list):
            fields["instruction_translations"] = dict(pairs)
        return fields

    return read
