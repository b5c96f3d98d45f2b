import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVENT_RULES } from '../../lib/codex/events.ts';
import { mergeHooks } from '../../lib/codex/hooks-json.ts';
import { call, patch, say, shell } from '../../lib/codex/scripted-model.ts';
import { wiringEntries } from '../../lib/codex/wiring.ts';
import type { EventName } from '../../lib/types/payload.ts';
import { type Files, type Rooms, writeFiles } from './rooms.ts';
import { type Outcome, runCodex, type Session } from './run-codex.ts';

const programs = Object.values(EVENT_RULES).flatMap(({ program }) =>
  program === undefined ? [] : [program],
);
/** Every program notes that it ran, in the file that the rest of its text goes to. */
const quiet = Object.fromEntries(
  programs.map((name) => [`${name}.cjs`, `echo ${name} >> "$CODEX_HOME/ran"`]),
);

/** A session with our wiring around programs in shell, trusted as a person's trust is kept. */
function wired(changed: Files, session: Partial<Session> = {}): Promise<Outcome> {
  return runCodex({
    turns: [[shell('touch ran.txt')], [say('done')]],
    trust: 'state',
    ...session,
    hooksJson: (rooms) => {
      const paths = { nodePath: '/bin/sh', hooksDir: hooksDirOf(rooms) };
      return mergeHooks(undefined, wiringEntries(paths)).text as string;
    },
    prepare: (rooms) => {
      mkdirSync(hooksDirOf(rooms), { recursive: true });
      writeFiles(hooksDirOf(rooms), { ...quiet, ...changed });
    },
  });
}

function hooksDirOf({ codexHome }: Rooms): string {
  return join(codexHome, "it's $HOME", 'hooks');
}

function ran({ homeFiles }: Outcome): readonly string[] {
  return [...new Set((homeFiles.ran ?? '').trim().split('\n'))].sort();
}

describe('the wiring', () => {
  it('is trusted by its hashes and runs the programs of a session', async () => {
    const outcome = await wired(
      {},
      {
        model: 'sub-agent-model',
        args: ['-c', 'model_auto_compact_token_limit=50'],
        routes: [{ match: '"text":"SUBTASK', turns: [[say('child done')]] }],
        turns: [[call('spawn_agent', { message: 'SUBTASK go' }, 'multi_agent_v1')], [shell('sleep 1')]],
      },
    );
    expect(ran(outcome)).toEqual(programs.filter((name) => name !== 'permission-request').sort());
  });

  it('runs the program that answers requests for more rights', async () => {
    const escalate = { sandbox_permissions: 'require_escalated', justification: 'need it' };
    const outcome = await wired(
      { 'permission-request.cjs': 'echo "not here" >&2; exit 2' },
      { sandbox: 'reviewed', turns: [[shell('touch "$HOME/x"', escalate)], [say('done')]] },
    );
    expect(outcome.calls[0]?.output).toContain('not here');
  });

  it.each([
    ['is killed', 'kill -9 $$', 137],
    ['crashes', 'kill -SEGV $$', 139],
    ['throws', 'echo stack >&2; exit 1', 1],
    ['says no without a word', 'exit 2', 2],
  ])('refuses when the program %s', async (_, program, code) => {
    const outcome = await wired({ 'pre-tool-use.cjs': program });
    expect(outcome.calls[0]?.output).toContain(`[codex-guard] the guard broke down (exit code ${code})`);
    expect(outcome.files).toEqual({});
  });

  it('hides what a patch did when the program that checks it breaks', async () => {
    const outcome = await wired(
      { 'post-tool-use.cjs': 'exit 1' },
      { turns: [[patch('*** Add File: a', '+x')], [say('done')]] },
    );
    expect(outcome.calls[0]?.output).toMatch(/^\[codex-guard\] the guard broke down/);
  });

  it.each(['Stop', 'SessionStart', 'SessionEnd'] as const satisfies readonly EventName[])(
    'lets go when the program of %s breaks',
    async (event) => {
      const outcome = await wired({ [`${EVENT_RULES[event].program}.cjs`]: 'echo half; kill -9 $$' });
      expect(outcome.replies).toEqual(['done']);
      expect(outcome.hooks.map(({ status }) => status)).not.toContain('Failed');
      expect(outcome.files).toEqual({ 'ran.txt': '' });
    },
  );
});
