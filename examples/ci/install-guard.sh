#!/usr/bin/env bash
# Wires codex-guard for this user, has Codex trust the hooks, and proves that they stop things. Before the agent runs.
set -euo pipefail

# Trust is kept as hashes in $CODEX_HOME/config.toml. It covers these very hooks, and nothing that the checked-out project
# brings along, which `codex exec --dangerously-bypass-hook-trust` would.
codex-guard install --trust --yes
codex-guard doctor --live
