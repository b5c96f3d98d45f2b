/** Runs steps through the real engine in a scratch repository, for tests of guards, pages and corpora. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll } from 'vitest';
import { runStep, type StepResult } from '../lib/engine/run-step.ts';
import { openHost } from '../lib/facts/host.ts';
import { guards } from '../lib/guards/index.ts';
import type { Example } from '../lib/kit/define-guard.ts';
import { compileGlobs } from '../lib/kit/globs.ts';
import type { RunMode } from '../lib/kit/host-facts.ts';
import { parsePatch } from '../lib/patch/parse-patch.ts';
import { loadPolicy } from '../lib/policy/load-policy.ts';
import type { EventName, Payload, ToolCall } from '../lib/types/payload.ts';
import type { GuardSetting, OptionValues, Policy } from '../lib/types/policy.ts';

/** Files that every example project has. */
const SHARED: Readonly<Record<string, string>> = {
  'package.json':
    '{ "name": "example", "version": "1.0.0", "scripts": { "test": "vitest run", "build": "tsc" } }\n',
  'README.md': '# example\n',
  'src/index.ts': 'export const answer = 42;\n',
  'src/a.ts': 'export {};\n',
  'test/a.test.ts': 'export {};\n',
  '.gitignore': 'node_modules/\ndist/\n.env\n',
  '.env': 'KEY=value\n',
};

const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-')));
const home = join(base, 'home');
const made = new Map<string, string>();
mkdirSync(join(home, '.codex'), { recursive: true });
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Environment of all test steps: a home of their own, nothing of the machine's git configuration. */
export const ENV: Readonly<Record<string, string | undefined>> = {
  ...process.env,
  HOME: home,
  USER: 'dev',
  CODEX_HOME: join(home, '.codex'),
  CODEX_GUARD_HOME: undefined,
  CODEX_GUARD_POLICY: undefined,
  XDG_CONFIG_HOME: join(home, '.config'),
};

/** A repository on a branch, with the shared files committed and others beside them. */
export function makeProject(branch = 'feature/x', files: Readonly<Record<string, string>> = {}): string {
  const key = JSON.stringify([branch, files]);
  const known = made.get(key);
  if (known !== undefined) return known;
  const root = join(base, `project-${made.size}`);
  for (const [path, text] of Object.entries({ ...SHARED, ...files })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const git = (...args: string[]): void => {
    execaSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], {
      cwd: root,
      env: { HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
    });
  };
  git('init', '-q', '-b', 'main');
  git('add', 'package.json', 'README.md', 'src', 'test', '.gitignore');
  git('commit', '-qm', 'start');
  git('remote', 'add', 'origin', 'https://github.com/o/r.git');
  if (branch !== 'main') git('checkout', '-q', '-b', branch);
  made.set(key, root);
  return root;
}

/** The shipped policy, or that of some presets, with the given options over one guard's. */
export function shippedPolicy(
  cwd: string,
  guardId?: string,
  options: Readonly<Record<string, unknown>> = {},
  presets: readonly string[] = [],
): Policy {
  const host = openHost({ sessionCwd: cwd, callCwd: cwd, env: ENV });
  const managedPath = join(base, `${['managed', ...presets].join('-')}.jsonc`);
  if (presets.length > 0)
    writeFileSync(managedPath, JSON.stringify({ extends: presets.map((name) => `codex-guard:${name}`) }));
  const policy = loadPolicy({ host, projectRoot: cwd, managedPath, now: new Date('2026-01-01') });
  const guard = guards.find((candidate) => candidate.id === guardId);
  if (guard === undefined) return policy;
  const values: OptionValues = Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      guard.options[name]?.type === 'globs' ? compileGlobs(value as string[]) : value,
    ]),
  ) as OptionValues;
  const setting: GuardSetting = {
    level: guard.level,
    options: { ...(policy.guards[guard.id]?.options ?? {}), ...values },
  };
  return { ...policy, guards: { ...policy.guards, [guard.id]: setting } };
}

/** Judges a shell command. */
export function judgeCommand(command: string, cwd = makeProject(), policy = shippedPolicy(cwd)): StepResult {
  return judgeCall({ kind: 'shell', command }, cwd, policy);
}

function judgeCall(
  call: ToolCall | undefined,
  cwd: string,
  policy: Policy,
  event: EventName = 'PreToolUse',
  more: Partial<Payload> = {},
  mode: Partial<RunMode> = {},
): StepResult {
  const payload: Payload = {
    event,
    eventText: event,
    sessionId: 'test',
    cwd,
    unknown: {},
    permissionMode: mode.permission ?? 'default',
    ...(call === undefined ? {} : { call }),
    ...more,
  };
  return runStep({
    payload,
    event,
    env: ENV,
    sessionCwd: cwd,
    now: new Date(),
    budgetMs: 20_000,
    counts: false,
    mode: { machine: 'laptop', hour: 12, ...mode },
    policy,
  });
}

/** Judges a guard's example. @param wrap turns a shell command into another with the same effect @param presets instead of the shipped policy */
export function judgeExample(
  example: Example,
  guardId: string,
  wrap: (command: string) => string = (command) => command,
  presets: readonly string[] = [],
): StepResult {
  const item = typeof example === 'string' ? { command: example } : example;
  const cwd = makeProject(item.branch, item.files);
  const policy = shippedPolicy(cwd, guardId, item.options, presets);
  const call: ToolCall | undefined =
    item.command !== undefined
      ? { kind: 'shell', command: wrap(item.command) }
      : item.patch !== undefined
        ? { kind: 'patch', text: item.patch, patch: parsePatch(item.patch) }
        : item.mcp !== undefined
          ? { kind: 'mcp', ...item.mcp }
          : undefined;
  if (call !== undefined) return judgeCall(call, cwd, policy, item.event, {}, item.mode);
  const event = item.event ?? 'UserPromptSubmit';
  const text = item.text ?? '';
  const more =
    event === 'PostToolUse'
      ? { response: text }
      : event === 'UserPromptSubmit'
        ? { prompt: text }
        : { lastMessage: text };
  return judgeCall(undefined, cwd, policy, event, more, item.mode);
}
