/** What is approved in the person's place only reads the project; what could do anything else is asked about. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runStep } from '../../lib/engine/run-step.ts';
import type { ToolCall } from '../../lib/types/payload.ts';
import type { Policy } from '../../lib/types/policy.ts';
import { ENV, makeProject, shippedPolicy } from '../pipeline.ts';

const root = makeProject('feature/x', { 'approve/notes.txt': 'x\n' });
mkdirSync(join(root, 'bin'), { recursive: true });
writeFileSync(join(root, 'bin', 'cat'), '#!/bin/sh\nid\n', { mode: 0o755 });
symlinkSync('/etc', join(root, 'elsewhere'));
symlinkSync('/etc/passwd', join(root, 'innocent.txt'));
const env = { ...ENV, PATH: '/usr/local/bin:/usr/bin:/bin' };
const policy: Policy = { ...shippedPolicy(root), autoApprove: true };

interface Change {
  readonly policy?: Partial<Policy>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly call?: ToolCall;
  readonly event?: 'PermissionRequest' | 'PreToolUse';
}

function isApproved(command: string, change: Change = {}): boolean {
  const event = change.event ?? 'PermissionRequest';
  const { verdict } = runStep({
    payload: {
      event,
      eventText: event,
      sessionId: 'test',
      cwd: change.cwd ?? root,
      unknown: {},
      permissionMode: 'default',
      call: change.call ?? { kind: 'shell', command },
    },
    event,
    env: { ...env, ...change.env },
    sessionCwd: root,
    now: new Date(),
    budgetMs: 20_000,
    counts: false,
    policy: { ...policy, ...change.policy },
  });
  return verdict.approved === true;
}

describe('approved', () => {
  it.each([
    'cat README.md',
    'cat README.md 2>/dev/null',
    'ls',
    'ls -la src test',
    'pwd && ls -R src',
    'head -n 5 package.json',
    'tail -3 README.md 2>&1 | sort -u',
    'grep -rn "answer" src',
    'grep -rnE "a|b" src | head -20',
    'grep -A3 answer src/index.ts',
    'find . -name "*.ts" -type f | sort | uniq -c | sort -rn | head',
    "sed -n '1,20p' src/index.ts",
    'wc -l src/index.ts src/a.ts',
    'diff -u src/index.ts src/a.ts',
    'echo "done; rm -rf /" | tr a-z A-Z',
    'date +%s; uname -a; whoami',
    `cat ${root}/src/a.ts`,
    'cut -d: -f1 README.md | sort -k2,2n -t:',
  ])('%s', (command) => {
    expect(isApproved(command)).toBe(true);
  });
});

describe('asked about', () => {
  it.each([
    // Files outside the project, and what is not to be read at all.
    'cat /etc/passwd',
    'cat ~/.bashrc',
    'cat ../other/file',
    'cat src/../../other',
    'cat .env',
    'grep -rn "" .env',
    'cat innocent.txt',
    'cat elsewhere/hosts',
    'grep -f /etc/passwd README.md',
    'grep --file=/etc/passwd README.md',
    'grep -rR root elsewhere',
    'du -s /etc',
    'stat /etc/shadow',
    'diff --from-file=/etc/passwd README.md',
    'wc --files0-from=/etc/passwd',
    'sort --files0-from=/etc/passwd',
    'cat *.md',
    'cat {README.md,/etc/passwd}',
    // Programs with settings of their own, which may make them run something.
    'git status',
    'git log -3',
    'git fetch',
    'git diff --ext-diff',
    'git -c core.pager=./x log',
    'git show HEAD:README.md',
    'rg answer src',
    'rg --pre ./x answer src',
    'less README.md',
    'man ls',
    'file README.md',
    'jq . package.json',
    'awk 1 README.md',
    'tree',
    'python3 -c "print(1)"',
    'npm ls',
    'unknown-program README.md',
    // Readers that can write or run.
    'find . -exec id \\;',
    'find . -delete',
    'find . -name x -fprint out',
    'find . -ok id',
    'find -L . -name x',
    "sed -n 'w out' README.md",
    "sed -n '1e id' README.md",
    "sed -n '1p;w out' README.md",
    'sed -n 1p -i README.md',
    'sed -n -e 1p -f x README.md',
    "sed '1d' README.md",
    'sort -o out README.md',
    'sort -oout README.md',
    'sort --output=out README.md',
    'sort --compress-program=./x README.md',
    'sort -T . README.md',
    'uniq README.md out',
    'diff -l README.md src/a.ts',
    'date -s 2020-01-01',
    'date 010112002026',
    'tail -f README.md',
    'echo x > out',
    'cat README.md > out',
    'cat README.md >> out',
    'cat README.md 2> out',
    'cat README.md | tee out',
    'cat < /etc/passwd',
    // Where else a program or a word may come from.
    './bin/cat README.md',
    'bin/cat README.md',
    '/bin/cat README.md',
    '"cat" README.md',
    'c\\at README.md',
    'PATH=bin cat README.md',
    'PATH=bin; cat README.md',
    'export PATH=bin; cat README.md',
    'LESSOPEN="|id" cat README.md',
    'GIT_PAGER=./x cat README.md',
    'alias cat=id; cat README.md',
    'cat() { id; }; cat README.md',
    'function cat if true; then id; fi; cat README.md',
    'cat $(id)',
    'cat `id`',
    'cat "$HOME/x"',
    'echo "$GITHUB_TOKEN"',
    'echo $PATH',
    'cat <(id)',
    'cat <<EOF\nx\nEOF',
    'cat README.md\nid',
    'ls & touch x',
    'ls; sudo ls',
    'env ls',
    'bash -c "ls"',
    'xargs ls',
    'time ls',
    'if true; then ls; fi',
    'test -v "a[0]"',
    'printf -v x y',
    '[ -f README.md ]',
    '! ls',
    'cd /etc && ls',
    'source README.md',
    '',
    '   ',
    '#',
    `cat ${'a'.repeat(3000)}`,
    'cat\u00a0README.md',
  ])('%s', (command) => {
    expect(isApproved(command)).toBe(false);
  });

  it.each<readonly [string, Change]>([
    ['nobody switched it on', { policy: { autoApprove: false } }],
    ['the policy is only tried out', { policy: { mode: 'observe' } }],
    ['the policy only warns', { policy: { mode: 'warn' } }],
    ['another folder is meant', { cwd: '/etc' }],
    ['the folder is a way out', { cwd: join(root, 'elsewhere') }],
    ['the project is on the path', { env: { PATH: `${root}/bin:/usr/bin` } }],
    ['the path has a relative folder', { env: { PATH: 'node_modules/.bin:/usr/bin' } }],
    ['the path has an empty entry', { env: { PATH: '/usr/bin:' } }],
    ['the path has a temporary folder', { env: { PATH: '/usr/bin:/tmp/x' } }],
    ['there is no path', { env: { PATH: undefined } }],
    ['shells load a file first', { env: { BASH_ENV: '/tmp/x' } }],
    ['programs load a library first', { env: { LD_PRELOAD: './x.so' } }],
    ['a function has its name', { env: { 'BASH_FUNC_cat%%': '() { id; }' } }],
    ['the tool is about to run anyway', { event: 'PreToolUse' }],
    ['it is an MCP tool', { call: { kind: 'mcp', server: 'files', tool: 'read', args: {} } }],
    ['it is another tool', { call: { kind: 'other', tool: 'view_image', args: {} } }],
  ])('when %s', (_, change) => {
    expect(isApproved('cat README.md')).toBe(true);
    expect(isApproved('cat README.md', change)).toBe(false);
  });

  it('what only an exception lets through, or what is let through unseen', () => {
    const until = '2099-01-01';
    const exception = {
      guard: 'protected-paths',
      match: { path: '.env' },
      reason: 'r',
      until,
      layer: 'user',
    } as const;
    expect(isApproved('cat .env', { policy: { exceptions: [exception] } })).toBe(false);
    expect(isApproved('cat .e?v', { policy: { uncertain: 'pass' } })).toBe(false);
  });
});
