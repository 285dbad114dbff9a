#!/usr/bin/env bash
# Lints the Dockerfile and the compose files; needs no engine.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
bin="$here/../.venv/bin"
"$bin/hadolint" "$here/Dockerfile"
"$bin/check-jsonschema" --builtin-schema vendor.compose-spec "$here"/compose*.yaml
