import { describe, expect, it } from 'vitest';
import { failureReply, writeReply } from '../../lib/codex/reply.ts';
import { call, say, shell } from '../../lib/codex/scripted-model.ts';
import type { EventName } from '../../lib/types/payload.ts';
import type { Finding, Reply, Verdict } from '../../lib/types/verdict.ts';
import { type Outcome, runCodex, type Session } from './run-codex.ts';

const finding: Finding = {
  guard: 'sample-guard',
  level: 'deny',
  message: 'the «step» is "odd"',
  remedy: 'take another',
  evidence: [],
};
const REASON = '[sample-guard] the «step» is "odd". Instead: take another';
const NOTICE = 'a word to the person';

function reply(event: EventName, outcome: Verdict['outcome'], notice = ''): Reply {
  return writeReply(event, { outcome, findings: [finding], failures: [], policy: 'p', tier: 3 }, notice);
}

/** A session where one event's hook gives one answer, the first time it is asked. */
function answering(
  event: EventName,
  { exitCode, stdout, stderr }: Reply,
  session: Partial<Session> = {},
): Promise<Outcome> {
  const command = [
    'cd "$CODEX_HOME"',
    'test -e answered && exit 0',
    'touch answered',
    'cat reply-out; cat reply-err >&2',
    `exit ${exitCode}`,
  ].join('; ');
  return runCodex({
    turns: [[shell('touch ran.txt; echo printed')], [say('done')], [say('done again')]],
    ...session,
    homeFiles: { 'reply-out': stdout, 'reply-err': stderr },
    hooksJson: { hooks: { [event]: [{ hooks: [{ type: 'command', command, timeout: 3 }] }] } },
  });
}

function told({ modelSaw }: Outcome): string {
  return modelSaw.slice(1).flat().join('\n');
}
function everTold({ modelSaw }: Outcome): string {
  return modelSaw.flat().join('\n');
}
function statuses({ hooks }: Outcome, event: EventName): readonly string[] {
  return hooks.filter((hook) => hook.event === event).map(({ status }) => status);
}

/** The client reports nothing about the last event of a session; that the hook ran must do. */
function expectTaken(outcome: Outcome, event: EventName): void {
  expect(Object.keys(outcome.homeFiles)).toContain('answered');
  expect(statuses(outcome, event)).toEqual(event === 'SessionEnd' ? [] : ['Completed']);
}

const SUBAGENT: Partial<Session> = {
  model: 'sub-agent-model',
  routes: [
    {
      match: '"text":"SUBTASK',
      turns: [[shell('touch child.txt')], [say('child done')], [say('child done again')]],
    },
  ],
  turns: [
    [call('spawn_agent', { message: 'SUBTASK go', agent_type: 'worker' }, 'multi_agent_v1')],
    [
      ({ text }) => {
        const id = [...text.matchAll(/agent_id\\+":\\+"([0-9a-f-]{36})/g)].at(-1)?.[1];
        return call('wait_agent', { targets: [id], timeout_ms: 15_000 }, 'multi_agent_v1');
      },
    ],
    [say('parent done')],
  ],
};

describe('a denial', () => {
  it('stops a tool at PreToolUse', async () => {
    const outcome = await answering('PreToolUse', reply('PreToolUse', 'deny'));
    expect(outcome.calls[0]?.output).toContain(`Command blocked by PreToolUse hook: ${REASON}.`);
    expect(outcome.files).toEqual({});
  });

  it('replaces what a tool printed at PostToolUse', async () => {
    const outcome = await answering('PostToolUse', reply('PostToolUse', 'deny'));
    expect(outcome.calls[0]?.output).toBe(REASON);
    expect(everTold(outcome)).not.toContain('printed\n');
  });

  it('keeps a prompt from the model at UserPromptSubmit', async () => {
    const outcome = await answering('UserPromptSubmit', reply('UserPromptSubmit', 'deny'));
    expect(outcome.modelSaw).toEqual([]);
    expect(outcome.files).toEqual({});
  });

  it('refuses an escalation at PermissionRequest', async () => {
    const escalate = { sandbox_permissions: 'require_escalated', justification: 'need it' };
    const outcome = await answering('PermissionRequest', reply('PermissionRequest', 'deny'), {
      sandbox: 'reviewed',
      turns: [[shell('touch "$HOME/outside.txt"', escalate)], [say('done')]],
    });
    expect(statuses(outcome, 'PermissionRequest')).toEqual(['Blocked']);
    expect(outcome.calls[0]?.output).toContain('take another');
  });

  it('sends a turn back once at Stop', async () => {
    const outcome = await answering('Stop', reply('Stop', 'deny'));
    expect(outcome.replies).toEqual(['done', 'done again']);
    expect(told(outcome)).toContain(REASON);
  });

  it('sends a sub-agent back once at SubagentStop', async () => {
    const outcome = await answering('SubagentStop', reply('SubagentStop', 'deny'), SUBAGENT);
    expect(outcome.replies).toContain('child done again');
  });

  it('keeps a session from starting at SessionStart', async () => {
    const outcome = await answering('SessionStart', reply('SessionStart', 'deny'));
    expect(statuses(outcome, 'SessionStart')).toEqual(['Stopped']);
    expect(outcome.modelSaw).toEqual([]);
  });

  it('keeps a history from being compacted at PreCompact', async () => {
    const session: Partial<Session> = { args: ['-c', 'model_auto_compact_token_limit=50'] };
    const open = await answering('PreCompact', { exitCode: 0, stdout: '', stderr: '' }, session);
    const outcome = await answering('PreCompact', reply('PreCompact', 'deny'), session);
    expect(statuses(outcome, 'PreCompact')).toEqual(['Stopped']);
    expect(outcome.modelSaw.length).toBeLessThan(open.modelSaw.length);
  });

  it('is told to a sub-agent at SubagentStart, which nothing can stop', async () => {
    const outcome = await answering('SubagentStart', reply('SubagentStart', 'deny'), SUBAGENT);
    expect(everTold(outcome)).toContain(REASON);
    expect(outcome.replies).toContain('child done');
  });
});

describe('a warning with a notice', () => {
  it.each(['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'SessionStart'] as const)(
    'is told at %s',
    async (event) => {
      const outcome = await answering(event, reply(event, 'warn', NOTICE));
      expect(statuses(outcome, event)).toEqual(['Completed']);
      expect(everTold(outcome)).toContain(REASON);
      expect(everTold(outcome)).not.toContain(NOTICE);
      expect(outcome.files).toEqual({ 'ran.txt': '' });
    },
  );

  it.each(['Stop', 'SessionEnd'] as const)('is only shown at %s', async (event) => {
    const outcome = await answering(event, reply(event, 'warn', NOTICE));
    expectTaken(outcome, event);
    expect(everTold(outcome)).not.toContain('sample-guard');
    expect(outcome.replies).toEqual(['done']);
  });
});

describe('a failure of ours', () => {
  it.each(['PreToolUse', 'PostToolUse', 'UserPromptSubmit'] as const)('refuses at %s', async (event) => {
    const outcome = await answering(event, failureReply(event, 'engine', 'it broke'));
    expect(statuses(outcome, event)).toEqual(['Blocked']);
  });

  it.each(['Stop', 'SessionStart', 'SessionEnd'] as const)('lets go at %s', async (event) => {
    const outcome = await answering(event, failureReply(event, 'engine', 'it broke'));
    expectTaken(outcome, event);
    expect(outcome.replies).toEqual(['done']);
  });
});
