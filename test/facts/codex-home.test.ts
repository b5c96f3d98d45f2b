/** `$CODEX_HOME` is where the settings of Codex are, or nothing at all: a step is judged for both. */

import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

const CASES: readonly (readonly [string, string])[] = [
  ['python3 "${CODEX_HOME:-$HOME/.codex}/skills/x/run.py" --repo "$(pwd)"', 'pass'],
  ['ls "${CODEX_HOME:-~/.codex}/skills"; sed -n 1,40p "$CODEX_HOME/skills/x/SKILL.md"', 'pass'],
  ['cat "$CODEX_HOME/auth.json"', 'deny'],
  ['cat "${CODEX_HOME:-$HOME/.codex}/auth.json"', 'deny'],
  ['echo x >> "$CODEX_HOME/config.toml"', 'deny'],
  ['cat "$CODEX_HOME/etc/shadow"', 'deny'],
  ['unset CODEX_HOME; cat "$CODEX_HOME/etc/shadow"', 'deny'],
  ['rm -rf "$CODEX_HOME"/*', 'deny'],
  ['${CODEX_HOME:-git} push origin main', 'deny'],
  ['"${CODEX_HOME}git" push origin main', 'deny'],
  ['CODEX_HOME=/tmp/x; cat "$CODEX_HOME/auth.json"', 'pass'],
];

describe('CODEX_HOME', () => {
  const cwd = makeProject('feature/x');
  it.each(CASES)('%s: %s', (command, expected) => {
    expect(judgeCommand(command, cwd, shippedPolicy(cwd)).verdict.outcome).toBe(expected);
  });
});
