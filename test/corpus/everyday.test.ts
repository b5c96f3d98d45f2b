/** Everyday work of agents passes the shipped policy without a denial and without a warning. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

interface Line {
  readonly id: string;
  readonly command: string;
  readonly expected: 'allow';
}

const LINES: readonly Line[] = readFileSync(new URL('everyday.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Line);

/** What the lines speak of, so that they meet real files where an agent would. */
const FILES: Readonly<Record<string, string>> = {
  'scripts/check.sh': '#!/bin/sh\nnpm run lint\nnpm test\n',
  'scripts/build.sh': '#!/bin/sh\nrm -rf dist\ntsc -p .\n',
  'scripts/test.sh': '#!/bin/sh\nvitest run "$@"\n',
  'scripts/run.sh': '#!/bin/sh\nnode dist/cli.js "$@"\n',
  'scripts/env.sh': 'export NODE_ENV=development\n',
  'scripts/gen.js': "console.log(JSON.stringify({ made: 'here' }));\n",
  'scripts/gen.py': "print('export const x = 1;')\n",
  'docs/commands.md': '# Never\n\n    sudo rm -rf /\n    git push --force origin main\n',
  'data.csv': 'a,b\n1,2\n',
  'files.txt': 'src/a.ts\nsrc/index.ts\n',
  Makefile: 'test:\n\tnpm test\nlint:\n\tnpm run lint\nrelease:\n\tnpm publish\n',
};

describe('everyday commands', () => {
  it('are many and differ', () => {
    expect(LINES.length).toBeGreaterThanOrEqual(300);
    expect(new Set(LINES.map(({ command }) => command)).size).toBe(LINES.length);
    expect(new Set(LINES.map(({ id }) => id)).size).toBe(LINES.length);
  });

  it.each(LINES.map(({ id, command }) => [id, command] as const))('%s passes: %s', (_, command) => {
    const cwd = makeProject('feature/x', FILES);
    const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
    // A note is for the record alone: neither the agent nor the person sees it.
    const said = verdict.findings.filter(({ level }) => level !== 'note');
    expect(said.map(({ guard, message }) => `${guard}: ${message}`)).toEqual([]);
    expect(verdict.outcome).toBe('pass');
  });
});
