import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readGrants, writeGrant } from '../../lib/engine/grant-files.ts';
import {
  applyGrants,
  digestCall,
  findingKey,
  type GrantedStep,
  isLiftable,
  whyNotLiftable,
} from '../../lib/engine/grants.ts';
import { makeGrant, selectFindings } from '../../lib/engine/make-grant.ts';
import { runStep } from '../../lib/engine/run-step.ts';
import { parsePatch } from '../../lib/patch/parse-patch.ts';
import type { EventName, ToolCall } from '../../lib/types/payload.ts';
import type { Policy } from '../../lib/types/policy.ts';
import type { Verdict } from '../../lib/types/verdict.ts';
import { ENV, judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

const base = mkdtempSync(join(tmpdir(), 'codex-guard-grants-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let guardHome = '';
let count = 0;
beforeEach(() => {
  guardHome = join(base, String(count++));
});

const NOW = new Date('2026-03-01T12:00:00Z');
const PUSH = 'git push origin main';
const shell = (command: string): ToolCall => ({ kind: 'shell', command });

/** Grants what a command is denied for, as the command line does. */
function grant(command: string, until?: string, policy: Policy = shippedPolicy(makeProject())): string {
  const { verdict } = judgeCommand(command, makeProject(), policy);
  const id = (0x10000000 + count++).toString(16);
  const made = makeGrant({
    id,
    reason: 'agreed',
    user: 'ada',
    until,
    place: makeProject(),
    input: digestCall(shell(command)),
    command,
    findings: selectFindings(
      verdict.findings.filter(({ level }) => level === 'deny'),
      policy,
      undefined,
    ),
    policy,
    now: NOW,
  });
  writeGrant(guardHome, made);
  return id;
}

function ask(
  command: string,
  over: Partial<GrantedStep> = {},
  policy = shippedPolicy(makeProject()),
): Verdict {
  const { verdict } = judgeCommand(command, makeProject(), policy);
  return applyGrants(verdict, policy, {
    call: shell(command),
    guardHome,
    place: makeProject(),
    turn: 's t',
    event: 'PreToolUse',
    now: NOW,
    ...over,
  });
}

describe('a grant for one step', () => {
  it('lets it through once, and says whose word that was', () => {
    const id = grant(PUSH);
    expect(ask(PUSH)).toMatchObject({
      outcome: 'pass',
      findings: [],
      lifted: [{ guard: 'branch-protection', by: 'grant', grant: id, user: 'ada', reason: 'agreed' }],
    });
    expect(ask(PUSH).outcome).toBe('deny');
  });

  it('answers the approval of the same turn too, once', () => {
    grant(PUSH);
    const approval = { event: 'PermissionRequest' } as const;
    expect(ask(PUSH).outcome).toBe('pass');
    expect(ask(PUSH, { ...approval, turn: 'another' }).outcome).toBe('deny');
    expect(ask(PUSH, approval).outcome).toBe('pass');
    expect(ask(PUSH, approval).outcome).toBe('deny');
  });

  it.each<readonly [string, string, Partial<GrantedStep>]>([
    ['another command', 'git push --force origin main', {}],
    ['another spelling', 'git push  origin main', {}],
    ['more than the command', `${PUSH}; rm -rf ~`, {}],
    ['another repository', PUSH, { place: '/elsewhere' }],
    ['an hour later', PUSH, { now: new Date('2026-03-01T13:00:00Z') }],
  ])('does nothing for %s, and stays', (_, command, over) => {
    grant(PUSH);
    expect(ask(command, over).outcome).toBe('deny');
    expect(readGrants(guardHome, NOW).grants).toHaveLength(1);
  });

  it('stays when something else denies the step', () => {
    grant(PUSH);
    const policy = shippedPolicy(makeProject());
    const { verdict } = judgeCommand(PUSH, makeProject(), policy);
    const also = { guard: 'privilege', level: 'deny', message: 'm', remedy: 'r', evidence: [] } as const;
    const step: GrantedStep = {
      call: shell(PUSH),
      guardHome,
      place: makeProject(),
      turn: 't',
      event: 'PreToolUse',
      now: NOW,
    };
    const both = { ...verdict, findings: [...verdict.findings, also] };
    expect(applyGrants(both, policy, step)).toBe(both);
    const failed = { ...verdict, failures: [{ owner: 'x', message: 'broke' }] };
    expect(applyGrants(failed, policy, step)).toBe(failed);
    expect(readGrants(guardHome, NOW).grants).toHaveLength(1);
  });
});

describe('a grant until a day', () => {
  it('lets the same step through again and again, to the end of the day', () => {
    grant(PUSH, '2026-03-05');
    expect(ask(PUSH).outcome).toBe('pass');
    expect(ask(PUSH, { now: new Date('2026-03-05T23:59:59Z') }).outcome).toBe('pass');
    expect(ask(PUSH, { now: new Date('2026-03-06T00:00:00Z') }).outcome).toBe('deny');
  });

  it('is for what the person saw: not for a forced push that is said in the same words', () => {
    grant(PUSH, '2026-03-05');
    const forced = 'git push --force origin main';
    const [keyOf, keyOfForced] = [PUSH, forced].map((command) =>
      judgeCommand(command).verdict.findings.map(findingKey),
    );
    expect(keyOfForced).toEqual(keyOf);
    expect(ask(forced).outcome).toBe('deny');
  });
});

describe('nobody may lift', () => {
  const locked = (policy: Policy, ...keys: string[]): Policy => ({ ...policy, locked: keys });
  const plain = shippedPolicy(makeProject());
  const danger: Policy = {
    ...plain,
    sources: [...plain.sources, { layer: 'user', name: 'codex-guard:danger-run' }],
  };

  it.each<readonly [string, string, Policy]>([
    ['what keeps the guard in force', 'rm ~/.codex/hooks.json', plain],
    ['what the managed policy rules', PUSH, locked(plain, 'branch-protection')],
    ['anything where danger-run is in force', PUSH, danger],
    ['a step that could not be judged', 'eval "$X"', { ...plain, uncertain: 'deny' }],
    ['one of two, when the other is of that kind', `${PUSH}; rm ~/.codex/hooks.json`, plain],
  ])('%s', (_, command, policy) => {
    const { verdict } = judgeCommand(command, makeProject(), policy);
    expect(verdict.outcome).toBe('deny');
    expect(isLiftable(verdict, policy)).toBe(false);
    expect(() => grant(command, undefined, policy)).toThrow('this cannot be allowed: ');
    const forged = makeGrant({
      id: 'abcdef01',
      reason: 'r',
      user: 'u',
      until: undefined,
      place: makeProject(),
      input: digestCall(shell(command)),
      command,
      findings: verdict.findings.map((finding) => ({ ...finding, key: findingKey(finding) })),
      policy,
      now: NOW,
    });
    writeGrant(guardHome, forged);
    expect(ask(command, {}, policy).outcome).toBe('deny');
    expect(readGrants(guardHome, NOW).grants).toHaveLength(1);
  });

  it('what is uncertain, where the managed policy rules that', () => {
    const finding = { guard: 'data-loss', message: 'm', uncertain: true };
    expect(whyNotLiftable(finding, plain)).toBeUndefined();
    expect(whyNotLiftable(finding, locked(plain, 'uncertain'))).toContain('managed policy');
  });
});

it('tells inputs apart by kind and by every character', () => {
  const patch = '*** Begin Patch\n*** Delete File: a\n*** End Patch\n';
  const calls: ToolCall[] = [
    shell(PUSH),
    shell(`${PUSH} `),
    shell(patch),
    { kind: 'patch', text: patch, patch: parsePatch(patch) },
    { kind: 'mcp', server: 's', tool: 't', args: { a: 1 } },
    { kind: 'mcp', server: 's', tool: 't', args: { a: '1' } },
    { kind: 'other', tool: 't', args: { a: 1 } },
  ];
  expect(new Set(calls.map(digestCall)).size).toBe(calls.length);
  expect(digestCall({ kind: 'mcp', server: 's', tool: 't', args: { a: 1, b: 2 } })).toBe(
    digestCall({ kind: 'mcp', server: 's', tool: 't', args: { b: 2, a: 1 } }),
  );
});

describe('a real step', () => {
  const run = (command: string, event: EventName, counts = true) => {
    mkdirSync(guardHome, { recursive: true });
    return runStep({
      payload: {
        event,
        eventText: event,
        sessionId: 's',
        turnId: 't',
        cwd: makeProject(),
        call: shell(command),
        unknown: {},
      },
      event,
      env: { ...ENV, CODEX_GUARD_HOME: guardHome },
      sessionCwd: makeProject(),
      now: NOW,
      budgetMs: 20_000,
      counts,
    });
  };

  it('is let through by a grant; a trial does not use it up', () => {
    grant(PUSH);
    expect(run(PUSH, 'PreToolUse', false).verdict.outcome).toBe('deny');
    expect(run(PUSH, 'PreToolUse').verdict.outcome).toBe('pass');
    expect(readdirSync(join(guardHome, 'grants'))).toEqual([expect.stringMatching(/\.used\.json$/)]);
    expect(run(PUSH, 'PreToolUse').verdict.outcome).toBe('deny');
  });

  it('names the record by which a person may lift it, and only when one may', () => {
    const { verdict, id } = run(PUSH, 'PreToolUse');
    expect(verdict.appeal).toBe(id);
    expect(id).toMatch(/^[0-9a-z]{8}-[0-9a-z]+$/);
    expect(run('rm ~/.codex/hooks.json', 'PreToolUse').verdict).not.toHaveProperty('appeal');
    expect(run('git status', 'PreToolUse').verdict).not.toHaveProperty('appeal');
  });
});

describe('the words of a person', () => {
  const policy = shippedPolicy(makeProject());
  const make = (over: { reason?: string | undefined; until?: string | undefined }) =>
    makeGrant({
      id: '0',
      user: 'ada',
      place: '/w',
      input: 'i',
      command: 'c',
      findings: [],
      policy,
      now: NOW,
      reason: 'r',
      until: undefined,
      ...over,
    });

  it.each([
    [{ reason: undefined }, 'needs a reason'],
    [{ reason: ' \n\t' }, 'needs a reason'],
    [{ reason: 'r'.repeat(501) }, 'longer than 500'],
    [{ until: 'tomorrow' }, 'takes a day such as'],
    [{ until: '2026-02-30' }, 'takes a day such as'],
    [{ until: '2026-02-28' }, 'is over'],
    [{ until: '2026-05-31' }, 'more than 90 days ahead'],
  ])('%j are refused', (over, message) => {
    expect(() => make(over)).toThrow(message);
  });

  it.each([
    [undefined, '2026-03-01T13:00:00.000Z', true],
    ['2026-03-01', '2026-03-02T00:00:00.000Z', false],
    ['2026-05-30', '2026-05-31T00:00:00.000Z', false],
  ])('until %s ends at %s', (until, expires, once) => {
    expect(make({ until })).toMatchObject({ expires, once });
  });
});
