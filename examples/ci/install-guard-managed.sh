#!/usr/bin/env bash
# Wires codex-guard for the whole machine (/etc/codex). Before the agent runs, while there is still sudo.
set -euo pipefail

# Managed hooks need no trust, and with the pin neither the project nor a flag can switch them off.
sudo env "PATH=$PATH" codex-guard install --scope managed --pin
