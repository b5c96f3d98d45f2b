#!/usr/bin/env bash
# Runs the agent once. Its exit code says nothing about hooks: it is 0 even when every step was denied, or none was judged.
set -euo pipefail

codex exec --sandbox workspace-write "${PROMPT:?}"
