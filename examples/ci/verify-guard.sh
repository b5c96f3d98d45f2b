#!/usr/bin/env bash
# Fails unless the hooks fired for every call of the last session. Runs also when the agent failed.
set -euo pipefail

summary=${GITHUB_STEP_SUMMARY:-/dev/stdout}
sarif=${SARIF_FILE:-codex-guard.sarif}
code=0

codex-guard verify-run --require-fired --fail-on "${FAIL_ON:-deny}" --format github >> "$summary" || code=$?
# 1 means findings, which are in the file; more means that there is none.
codex-guard verify-run --format sarif > "$sarif" || [ $? -eq 1 ]
exit "$code"
