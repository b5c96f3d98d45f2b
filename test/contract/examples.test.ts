/** The examples of every guard, asked of the built programs as the client would: plain, and the denied ones wrapped as well. */

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EVENT_RULES } from '../../lib/codex/events.ts';
import { guards } from '../../lib/guards/index.ts';
import type { AnyGuard, Example } from '../../lib/kit/define-guard.ts';
import type { EventName } from '../../lib/types/payload.ts';
import { HOOKS } from '../built.ts';
import { ENV, makeProject } from '../pipeline.ts';
import { WRAPPINGS } from '../wrappings.ts';

/** Programs at a time. */
const POOL = 4;
const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-examples-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Item = Exclude<Example, string>;
interface Answer {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const itemOf = (example: Example): Item => (typeof example === 'string' ? { command: example } : example);
/** The name of the machine and the hour are what they are in another process. */
const isAskable = ({ mode }: Item): boolean => mode?.machine === undefined && mode?.hour === undefined;

let count = 0;

/** Runs the program of an example's event in a session and a home of its own. */
async function ask(guard: AnyGuard, item: Item): Promise<Answer> {
  const home = join(scratch, `home-${++count}`);
  mkdirSync(join(home, '.codex', 'guard'), { recursive: true });
  const policy = { guards: { [guard.id]: [guard.level, item.options ?? {}] } };
  writeFileSync(join(home, '.codex', 'guard', 'policy.jsonc'), JSON.stringify(policy));
  const cwd = makeProject(item.branch, item.files);
  const { event, fields } = payloadOf(item);
  const { NODE_EXTRA_CA_CERTS: _, ...env } = ENV;
  const child = spawn(process.execPath, [join(HOOKS, `${EVENT_RULES[event].program}.cjs`)], {
    cwd,
    env: { ...env, HOME: home, CODEX_HOME: join(home, '.codex'), XDG_CONFIG_HOME: join(home, '.config') },
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
    });
  child.stdin.end(
    JSON.stringify({
      session_id: `s-${count}`,
      turn_id: 't',
      cwd,
      hook_event_name: event,
      permission_mode: item.mode?.permission ?? 'default',
      ...fields,
    }),
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...texts }));
  });
}

function payloadOf({ command, patch, mcp, event, text }: Item): {
  readonly event: EventName;
  readonly fields: object;
} {
  const tool = (name: string, input: unknown) => ({ tool_name: name, tool_input: input, tool_use_id: 'c' });
  if (command !== undefined) return { event: event ?? 'PreToolUse', fields: tool('Bash', { command }) };
  if (patch !== undefined)
    return { event: event ?? 'PreToolUse', fields: tool('apply_patch', { command: patch }) };
  if (mcp !== undefined)
    return { event: event ?? 'PreToolUse', fields: tool(`mcp__${mcp.server}__${mcp.tool}`, mcp.args) };
  switch (event) {
    case 'PostToolUse':
      return { event, fields: { ...tool('Bash', { command: 'cat build.log' }), tool_response: text } };
    case 'SessionStart':
      return { event, fields: { source: 'startup' } };
    case undefined:
    case 'UserPromptSubmit':
      return { event: 'UserPromptSubmit', fields: { prompt: text } };
    default:
      throw new Error(`no example has the event ${event} so far`);
  }
}

/** Every answer with what was asked, a few programs at a time. */
async function askAll(
  guard: AnyGuard,
  items: readonly Item[],
): Promise<readonly (readonly [Item, Answer])[]> {
  const answers: (readonly [Item, Answer])[] = [];
  const waiting = items.filter(isAskable);
  const work = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop())
      answers.push([item, await ask(guard, item)]);
  };
  await Promise.all(Array.from({ length: POOL }, work));
  return answers;
}

function expectDenied(guard: AnyGuard, item: Item, answer: Answer): void {
  const label = JSON.stringify(item);
  if (item.event === 'SessionStart') {
    expect(answer, label).toMatchObject({ exitCode: 0, stderr: '' });
    const { continue: goesOn, stopReason, ...rest } = JSON.parse(answer.stdout);
    expect({ goesOn, rest }, label).toEqual({ goesOn: false, rest: {} });
    expect(stopReason, label).toContain(`[${guard.id}] `);
    return;
  }
  expect(answer, label).toMatchObject({ exitCode: 2, stdout: '' });
  expect(answer.stderr, label).toMatch(/^\[[a-z-]+\] \S[\s\S]*\. Instead: \S/);
  expect(answer.stderr, label).toContain(`[${guard.id}] `);
  expect(answer.stderr.length, label).toBeLessThanOrEqual(600);
}

function expectPassed(item: Item, answer: Answer): void {
  const label = JSON.stringify(item);
  expect(answer, label).toMatchObject({ exitCode: 0, stderr: '' });
  if (item.event === 'SessionStart') expect(JSON.parse(answer.stdout)).not.toHaveProperty('continue');
  else expect(answer.stdout, label).toBe('');
}

describe.each(guards.map((guard) => [guard.id, guard] as const))('%s', { timeout: 60_000 }, (_, guard) => {
  const { deny, pass } = guard.examples;

  it('denies its examples', async () => {
    const answers = await askAll(guard, deny.map(itemOf));
    expect(answers.length).toBeGreaterThanOrEqual(4);
    for (const [item, answer] of answers) expectDenied(guard, item, answer);
  });

  it('denies them wrapped', async () => {
    const wraps = Object.values(WRAPPINGS);
    const wrapped = deny.map(itemOf).flatMap((item, at) => {
      const wrap = wraps[at % wraps.length];
      return item.command === undefined || wrap === undefined
        ? []
        : [{ ...item, command: wrap(item.command) }];
    });
    for (const [item, answer] of await askAll(guard, wrapped)) expectDenied(guard, item, answer);
  });

  it('lets its examples pass', async () => {
    const answers = await askAll(guard, pass.map(itemOf));
    expect(answers.length).toBeGreaterThanOrEqual(4);
    for (const [item, answer] of answers) expectPassed(item, answer);
  });
});
