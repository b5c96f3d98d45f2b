import { describe, expect, it } from 'vitest';
import { cleanText, denialText } from '../../lib/codex/reason-text.ts';
import { failureReply, writeReply } from '../../lib/codex/reply.ts';
import type { Failure, Finding, Reply, Verdict } from '../../lib/types/verdict.ts';

function finding(guard: string, message: string, remedy: string, level: Finding['level'] = 'deny'): Finding {
  return { guard, level, message, remedy, evidence: [] };
}
function verdict(
  outcome: Verdict['outcome'],
  findings: readonly Finding[],
  failures: readonly Failure[] = [],
): Verdict {
  return { outcome, findings, failures, policy: 'p', tier: 3 };
}

const push = finding(
  'branch-protection',
  'the push goes to main.',
  'push to a branch and open a pull request',
);

describe('denialText', () => {
  it('has one line a reason, denials first', () => {
    const warned = finding('privilege', 'it runs sudo', 'run it without', 'warn');
    const noted = finding('change-size', 'it is long', 'split it', 'note');
    expect(
      denialText([warned, noted, push, push], [{ owner: 'policy', message: 'line 3: no such key' }]),
    ).toBe(
      [
        '[branch-protection] the push goes to main. Instead: push to a branch and open a pull request',
        '[codex-guard] policy failed (line 3: no such key). Instead: ask the user to look into it with codex-guard log',
        '[privilege] it runs sudo. Instead: run it without',
      ].join('\n'),
    );
  });

  it('counts what finds no room', () => {
    const many = Array.from({ length: 30 }, (_, n) =>
      finding('secrets', `token number ${n} in the command`, 'read it from the environment'),
    );
    const text = denialText(many, []);
    const shown = text.split('\n').length - 1;
    expect(text.length).toBeLessThanOrEqual(600);
    expect(text).toMatch(new RegExp(`\\n\\(\\+${30 - shown} more\\)$`));
    expect(shown).toBeGreaterThan(5);
  });

  it.each([
    ['what is wrong', 'w'.repeat(2_000), 'push to a branch', /^\[g\] w{100,}…\. Instead: push to a branch$/],
    ['the remedy', 'it is wrong', 'r'.repeat(2_000), /^\[g\] it is wrong\. Instead: r{100,}…$/],
    ['both', 'w'.repeat(2_000), 'r'.repeat(2_000), /^\[g\] w{200,}…\. Instead: r{200,}…$/],
  ])('shortens %s', (_, what, remedy, shape) => {
    const text = denialText([finding('g', what, remedy)], []);
    expect(text).toMatch(shape);
    expect(text.length).toBe(600);
    const two = denialText([finding('g', what, remedy), push], []);
    expect(two.length).toBeLessThanOrEqual(600);
    expect(two).toMatch(/\n\(\+1 more\)$/);
  });

  it('ends with a word to the person when they may lift it, and finds room for that', () => {
    const word = '\n(for the person, never the agent: codex-guard allow mhz0k3q2-1f4)';
    expect(denialText([push], [], 'mhz0k3q2-1f4')).toBe(denialText([push], []) + word);
    const long = denialText([finding('g', 'w'.repeat(2_000), 'r'.repeat(2_000)), push], [], 'mhz0k3q2-1f4');
    expect(long.length).toBeLessThanOrEqual(600);
    expect(long.endsWith(`\n(+1 more)${word}`)).toBe(true);
    const { stderr } = writeReply('PreToolUse', { ...verdict('deny', [push]), appeal: 'mhz0k3q2-1f4' });
    expect(stderr.endsWith(word)).toBe(true);
  });

  it('is never blank', () => {
    expect(denialText([], [])).toBe('[codex-guard] this step is refused. Instead: ask the user how to go on');
    expect(denialText([finding('g', '...', '\u001b[0m')], [])).toBe(
      '[g] this step is refused. Instead: ask the user how to go on',
    );
  });
});

describe('cleanText', () => {
  it.each([
    ['a\tb\nc  d\r\n', 'a b c d'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u009b31mred', 'red'],
    ['\u001b]8;;http://x\u0007link\u001b]8;;\u001b\\', 'link'],
    ['\u001b]unfinished', 'unfinished'],
    ['\u001b(Bx\u001b=y', 'xy'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['z\u200bw\ufeff\u00ad', 'zw'],
    ['t\u{e0061}\u{e0062}', 't'],
    ['lone \ud83d and \ude00', 'lone and'],
    ['pair \ud83d\ude00', 'pair \ud83d\ude00'],
    ['a\u2028b\u0085c\u007fd', 'a b c d'],
  ])('%j → %j', (text, clean) => {
    expect(cleanText(text)).toBe(clean);
  });

  it.each(['\u001b[', '\u001b]', '\u001b[0', ' ', '\u001b', '.'])('is fast on many %j', (piece) => {
    const start = performance.now();
    cleanText(piece.repeat(1_000_000));
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('writeReply', () => {
  it('denies a tool call by exit code 2 alone', () => {
    expect(writeReply('PreToolUse', verdict('deny', [push]), 'a notice')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: '[branch-protection] the push goes to main. Instead: push to a branch and open a pull request',
    });
  });

  it('stops a session that may not start', () => {
    expect(JSON.parse(writeReply('SessionStart', verdict('deny', [push])).stdout)).toEqual({
      continue: false,
      stopReason: expect.stringMatching(/^\[branch-protection\]/),
    });
  });

  it.each(['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'SessionStart', 'SubagentStart'] as const)(
    'tells a warning at %s',
    (event) => {
      const reply = writeReply(event, verdict('warn', [{ ...push, level: 'warn' }]), 'more');
      expect(JSON.parse(reply.stdout)).toEqual({
        systemMessage: 'more',
        hookSpecificOutput: {
          hookEventName: event,
          additionalContext: writeReply('Stop', verdict('deny', [push])).stderr,
        },
      });
    },
  );

  it.each(['PermissionRequest', 'Stop', 'SubagentStop', 'PreCompact', 'SessionEnd'] as const)(
    'keeps a warning to itself at %s',
    (event) => {
      expect(writeReply(event, verdict('warn', [{ ...push, level: 'warn' }])).stdout).toBe('');
    },
  );

  it.each(['SessionStart', 'SubagentStart'] as const)('tells the model the rules at %s', (event) => {
    const rules = 'two\nlines';
    const told = (reply: Reply) => JSON.parse(reply.stdout).hookSpecificOutput;
    expect(told(writeReply(event, verdict('pass', []), '', rules))).toEqual({
      hookEventName: event,
      additionalContext: rules,
    });
    const warned = told(writeReply(event, verdict('warn', [{ ...push, level: 'warn' }]), '', rules));
    expect(warned.additionalContext).toMatch(/^\[branch-protection\] .*\ntwo\nlines$/);
  });

  it('tells no rules where the client takes none, nor beside a refusal', () => {
    expect(writeReply('Stop', verdict('pass', []), '', 'rules').stdout).toBe('');
    expect(writeReply('SessionStart', verdict('deny', [push]), '', 'rules').stdout).not.toContain('rules');
  });

  it('answers for the person with the decision and nothing beside it', () => {
    const approved = { ...verdict('pass', []), approved: true } as const;
    expect(writeReply('PermissionRequest', approved, 'a notice', 'rules')).toEqual({
      exitCode: 0,
      stdout: '{"hookSpecificOutput":{"hookEventName":"PermissionRequest","decision":{"behavior":"allow"}}}',
      stderr: '',
    });
    for (const [event, given] of [
      ['PreToolUse', approved],
      ['PermissionRequest', { ...approved, outcome: 'warn' }],
      ['PermissionRequest', { ...approved, findings: [{ ...push, level: 'note' }] }],
      ['PermissionRequest', { ...approved, outcome: 'deny', failures: [{ owner: 'x', message: 'y' }] }],
      ['PermissionRequest', { ...approved, failures: [{ owner: 'x', message: 'y' }] }],
    ] as const)
      expect(writeReply(event, given).stdout).not.toContain('allow');
  });

  it('gives the person a notice', () => {
    expect(JSON.parse(writeReply('Stop', verdict('pass', []), 'three rounds are enough').stdout)).toEqual({
      systemMessage: 'three rounds are enough',
    });
  });

  it('does not send a turn back without a finding', () => {
    const reply = writeReply('Stop', verdict('deny', [], [{ owner: 'engine', message: 'it broke' }]));
    expect(reply).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(reply.stdout).systemMessage).toMatch(/^\[codex-guard\] engine failed \(it broke\)/);
  });
});

describe('failureReply', () => {
  it('does not name itself twice', () => {
    expect(failureReply('PreToolUse', 'codex-guard', 'the guard ran out of time').stderr).toBe(
      '[codex-guard] the guard ran out of time. Instead: ask the user to look into it with codex-guard log',
    );
  });

  it('refuses at an event that it does not know', () => {
    expect(failureReply('unknown', 'payload', 'the payload is not valid JSON')).toMatchObject({
      exitCode: 2,
      stderr:
        '[codex-guard] payload failed (the payload is not valid JSON). Instead: ask the user to look into it with codex-guard log',
    });
  });
});
