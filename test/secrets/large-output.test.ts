/** An output as large as a hook reads is answered in time and in so many words. Runs the built program. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HOOKS } from '../built.ts';
import { makeProject } from '../pipeline.ts';
import { payloadOf } from './planted-places.ts';
import { makeSample, seededRandom } from './samples.ts';

const PROGRAM = join(HOOKS, 'post-tool-use.cjs');
const MIB = 1 << 20;
/** The deadline is 5 s; reading and writing 64 MiB, on a busy machine, takes its own time. */
const LIMIT = 20_000;
const TOKEN = makeSample('glpat-{s20}', seededRandom(64));
const LINE = "  const state = readState(path.join(root, 'src', name), { token: undefined, deep: true });\n";
const home = mkdtempSync(join(tmpdir(), 'codex-guard-large-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function answer(response: string): { code: number | null; stderr: string; stdout: string; ms: number } {
  const begin = performance.now();
  const { status, stderr, stdout } = spawnSync(process.execPath, [PROGRAM], {
    cwd: makeProject(),
    env: { ...process.env, HOME: home, CODEX_HOME: home, NODE_EXTRA_CA_CERTS: '' },
    input: payloadOf('PostToolUse', makeProject(), {
      tool_name: 'Bash',
      tool_input: { command: 'cat huge.log' },
      tool_use_id: 'c',
      tool_response: response,
    }),
    encoding: 'utf8',
  });
  return { code: status, stderr, stdout, ms: performance.now() - begin };
}

const fill = (unit: string, bytes: number): string => unit.repeat(Math.floor(bytes / unit.length));

describe('an output', () => {
  it.each([
    ['of source code', fill(LINE, 60 * MIB), /^$|\[secrets\]|\[codex-guard\]/],
    ['with a token at its end', `${fill(LINE, 60 * MIB)}${TOKEN}\n`, /^\[(?:secrets|codex-guard)\] /],
    ['with a token at its start', `${TOKEN}\n${fill(LINE, 60 * MIB)}`, /^\[secrets\] |\[codex-guard\] /],
    [
      'full of words that rules look for',
      fill('password= _authToken= ', 63 * MIB),
      /^\[(?:secrets|codex-guard)\] /,
    ],
    ['of base64', fill('QUFBQUFB', 63 * MIB), /^$|^\[(?:secrets|codex-guard)\] /],
    ['in one line of escapes', fill('%67', 63 * MIB), /^$|^\[(?:secrets|codex-guard)\] /],
    ['larger than is read', fill('x', 64 * MIB), /^\[codex-guard\] the step is larger than 64 MiB/],
  ])('%s is answered', { timeout: 60_000 }, (_, response, expected) => {
    const { code, stderr, stdout, ms } = answer(response);
    expect(code).toBe(stderr === '' ? 0 : 2);
    expect(stderr).toMatch(expected);
    expect(stdout).toBe('');
    expect(stderr).not.toContain(TOKEN.slice(6, 16));
    expect(ms).toBeLessThan(LIMIT);
  });
});
