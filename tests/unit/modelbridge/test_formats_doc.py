"""`docs/formats.md` names every field that the schemas and the manifest have."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from modelbridge.dataset.options import Consensus, Format, Ties
from modelbridge.dataset.pairs import DecidedBy, TieKind
from modelbridge.dataset.verify import SCHEMAS
from modelbridge.dataset.write import COUNTED

TEXT = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
PROSE = re.sub(r"```.*?```", "", TEXT, flags=re.DOTALL)
NAMED = set(re.findall(r"`([^`]+)`", PROSE))


def fields(schema: dict[str, Any]) -> set[str]:
    """Every property of a schema and of what it nests."""
    found = set(schema.get("properties", {}))
    for name in ("properties", "$defs"):
        for nested in schema.get(name, {}).values():
            found |= fields(nested)
    items = schema.get("items")
    return found | (fields(items) if isinstance(items, dict) else set())


@pytest.mark.parametrize("name", list(Format))
def test_it_works(name):
    schema = json.loads((SCHEMAS / f"{name}-1.json").read_text(encoding="utf-8"))
    missing = fields(schema) - NAMED - {"model2_overall_score", "model2_dim1_score"}
    assert len(fields(schema)) > 12
    assert missing == set()


def test_options_and_counts_are_named():
    words = {
        *Consensus,
        *Ties,
        *TieKind,
        *DecidedBy,
        *Format,
        *COUNTED,
        "format_version",
        "as_of",
        "drops",
        "files",
    }
    assert words - NAMED - {"mean", "keep"} == set()
    assert {"`mean` (default)", "`keep` (default)"} <= set(re.findall(r"`\w+` \(default\)", PROSE))
