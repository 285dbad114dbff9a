"""Manifests of three kinds are read as streams."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from annotate.tasks import manifest
from annotate.tasks.manifest import BadManifestError, BadRow, read_manifest
from tests.annotate.tasks.builders import row


def outcome(path):
    """Number and reason, or number and id, of each row."""
    return [
        (entry.number, entry.fault.reason if isinstance(entry, BadRow) else entry.external_id)
        for entry in read_manifest(path)
    ]


def write(tmp_path, content, name="m.jsonl"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def lines(*rows):
    return b"\n".join(
        each if isinstance(each, bytes) else json.dumps(each).encode() for each in rows
    )


def test_it_works(tmp_path):
    path = write(tmp_path, lines(row("t1"), b"", row("t2")))
    assert outcome(path) == [(1, "t1"), (3, "t2")]


def test_bad_lines_do_not_stop_the_good_ones(tmp_path):
    content = lines(
        row("t1"),
        b"{not json",
        b'{"id": "\xff"}',
        json.dumps(row("nul")).replace("Edit", "\\u0000").encode(),
        json.dumps(row("surrogate")).replace("Edit", "\\ud800").encode(),
        b"[1, 2]",
        b'{"id": 1, "id": 2}',
        json.dumps(row("nan", metadata={"x": 1})).replace("1}", "NaN}").encode(),
        json.dumps(row("inf", metadata={"x": 1})).replace("1}", "1e999}").encode(),
        b"[" * 100_000,
        json.dumps(row("deep")).replace('"Edit deep"', "[" * 900 + "]" * 900).encode(),
        b"9" * 5000,
        row("t2"),
    )
    assert outcome(write(tmp_path, content)) == [
        (1, "t1"),
        (2, "bad_json"),
        (3, "bad_utf8"),
        (4, "nul"),
        (5, "bad_utf8"),
        (6, "bad_type"),
        (7, "duplicate_field"),
        (8, "bad_json"),
        (9, "bad_type"),
        (10, "bad_json"),
        (11, "bad_type"),
        (12, "bad_json"),
        (13, "t2"),
    ]


def test_a_bad_row_keeps_its_id(tmp_path):
    (bad,) = read_manifest(write(tmp_path, lines(row("t1", colour="red"))))
    assert isinstance(bad, BadRow)
    assert (bad.number, bad.external_id) == (1, "t1")


def test_a_byte_order_mark_is_passed_over(tmp_path):
    assert outcome(write(tmp_path, b"\xef\xbb\xbf" + lines(row("t1")))) == [(1, "t1")]


@pytest.mark.parametrize("ending", [b"\n", b""])
def test_an_endless_line_is_one_bad_row(tmp_path, monkeypatch, ending):
    monkeypatch.setattr(manifest, "MAX_LINE", 1000)
    long = json.dumps(row("long", metadata={"x": "y" * 3000})).encode()
    assert outcome(write(tmp_path, lines(row("t1"), long) + ending)) == [
        (1, "t1"),
        (2, "too_long"),
    ]
    path = write(tmp_path, lines(long, row("t2")) + ending)
    assert outcome(path) == [(1, "too_long"), (2, "t2")]


def test_an_empty_file_has_no_rows(tmp_path):
    assert outcome(write(tmp_path, b"")) == []


def test_other_kinds_are_refused(tmp_path):
    with pytest.raises(BadManifestError, match=r"m.xlsx: accepted are .jsonl, .ndjson, .csv"):
        outcome(write(tmp_path, b"", "m.xlsx"))


def test_csv_with_candidates_as_json(tmp_path):
    candidates = json.dumps(row()["candidates"]).replace('"', '""')
    text = (
        f'id,instruction,source,candidates,metadata\r\nt1,"Add, please",t1.jpg,"{candidates}",\r\n'
    )
    (task,) = read_manifest(write(tmp_path, text, "m.csv"))
    assert not isinstance(task, BadRow)
    assert (task.external_id, task.instruction, task.metadata) == ("t1", "Add, please", {})
    assert [each.system for each in task.candidates] == ["a", "b"]


def test_csv_with_a_column_for_each(tmp_path):
    text = (
        "id,instruction,source,category,candidate_1_system,candidate_1_image,candidate_1_seed,"
        "candidate_2_system,candidate_2_image\n"
        "t1,Do,s.jpg,,a,a.jpg,7,b,b.jpg\n"
        "t2,Do,s.jpg,people,a,a.jpg,,,\n"
    )
    first, second = read_manifest(write(tmp_path, text, "m.csv"))
    assert not isinstance(first, BadRow)
    assert not isinstance(second, BadRow)
    assert [(each.system, each.image, each.seed) for each in first.candidates] == [
        ("a", "a.jpg", 7),
        ("b", "b.jpg", None),
    ]
    assert [each.system for each in second.candidates] == ["a"]
    assert (first.category, second.category) == ("", "people")


def test_bad_records_of_a_csv_do_not_stop_the_good_ones(tmp_path):
    text = (
        b"id,instruction,source,candidate_1_system,candidate_1_image,candidate_1_seed\n"
        b"t1,Do,s.jpg,a,a.jpg,\n"
        b"t2,Do,s.jpg\n"
        b"t3,D\xffo,s.jpg,a,a.jpg,\n"
        b"t4,D\0o,s.jpg,a,a.jpg,\n"
        b"t5,Do,s.jpg,a,a.jpg,x\n"
        b"t6,Do,s.jpg,,,\n"
        b't7,"D"o,s.jpg,a,a.jpg,\n'
        b"t8,Do,s.jpg,a,a.jpg,1\n"
    )
    assert outcome(write(tmp_path, text, "m.csv")) == [
        (1, "t1"),
        (2, "bad_csv"),
        (3, "bad_utf8"),
        (4, "nul"),
        (5, "bad_type"),
        (6, "too_few_candidates"),
        (7, "bad_csv"),
        (8, "t8"),
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("id,instruction,source,candidates,colour", "'colour' is not known"),
        ("id,candidate_27_system", "'candidate_27_system' is not known"),
        ("id,candidate_0_image", "'candidate_0_image' is not known"),
        ("id,id", "names a column twice"),
        ('id,"x', "header is not CSV"),
    ],
)
def test_a_faulty_csv_header_is_refused(tmp_path, header, said):
    with pytest.raises(BadManifestError, match=said):
        outcome(write(tmp_path, f"{header}\nx\n", "m.csv"))


def test_candidates_in_two_ways_are_refused(tmp_path):
    text = "id,instruction,source,candidates,candidate_1_system\nt1,Do,s,[],a\n"
    assert outcome(write(tmp_path, text, "m.csv")) == [(1, "duplicate_field")]


def parquet(tmp_path, table, **options):
    path = tmp_path / "m.parquet"
    pq.write_table(table, path, **options)
    return path


def test_parquet_with_nested_candidates(tmp_path):
    entries = [row(f"t{number}", category="x") for number in range(150)]
    entries[1]["candidates"][0]["seed"] = 5
    path = parquet(tmp_path, pa.Table.from_pylist(entries), row_group_size=40)
    tasks = list(read_manifest(path))
    assert [task.number for task in tasks] == list(range(1, 151))
    assert not isinstance(tasks[1], BadRow)
    assert [each.seed for each in tasks[1].candidates] == [5, None]


def test_parquet_with_texts_and_maps(tmp_path):
    table = pa.table(
        {
            "id": ["t1"],
            "instruction": ["Do"],
            "source": ["s.jpg"],
            "candidates": [json.dumps(row()["candidates"])],
            "metadata": ['{"k": 1}'],
            "instruction_translations": pa.array(
                [[("zh", "做")]], type=pa.map_(pa.string(), pa.string())
            ),
        }
    )
    (task,) = read_manifest(parquet(tmp_path, table))
    assert not isinstance(task, BadRow)
    assert (task.metadata, task.translations) == ({"k": 1}, {"zh": "做"})


def test_bad_rows_of_a_parquet_file_do_not_stop_the_good_ones(tmp_path):
    broken = pa.array([b"Do", b"D\xffo", b"Do"], pa.binary()).view(pa.string())
    candidates = [json.dumps(row()["candidates"])] * 2 + ["{"]
    table = pa.table(
        {
            "id": ["t1", "t2", "t3"],
            "instruction": broken,
            "source": ["s.jpg"] * 3,
            "candidates": candidates,
        }
    )
    assert outcome(parquet(tmp_path, table)) == [(1, "t1"), (2, "bad_utf8"), (3, "bad_json")]


def test_values_that_are_not_json_are_refused(tmp_path):
    entry = row(metadata={"when": pa.scalar(0, pa.timestamp("s")).as_py()})
    assert outcome(parquet(tmp_path, pa.Table.from_pylist([entry]))) == [(1, "bad_type")]


def test_what_is_no_parquet_file_is_refused(tmp_path):
    with pytest.raises(BadManifestError, match=r"m.parquet is not a whole Parquet file"):
        outcome(write(tmp_path, b"PAR1 nothing", "m.parquet"))
