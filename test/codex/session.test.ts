/** How sessions begin and what is approved, with the real client: what the model is told, who is stopped, what runs unasked. */

import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, say, shell } from '../../lib/codex/scripted-model.ts';
import { findBinary } from './find-binary.ts';
import { type Rooms, writeFiles } from './rooms.ts';
import { type Outcome, runCodex, type Session } from './run-codex.ts';

function guarded(session: Session): Promise<Outcome> {
  return runCodex({ install: true, ...session });
}

const RULES = /codex-guard judges every step before it runs[\s\S]*report risks\./;
const policyFile = (policy: object) => ({ 'guard/policy.jsonc': JSON.stringify(policy) });
const DEVELOP = policyFile({ guards: { 'branch-protection': { branches: ['develop'] } } });

describe('the model is told the policy in force', () => {
  it('when a session starts, before the prompt', async () => {
    const { modelSaw, files } = await guarded({
      homeFiles: DEVELOP,
      prompt: 'THE PROMPT',
      turns: [[say('done')]],
    });
    const told = (modelSaw[0] ?? []).findIndex((text) => RULES.test(text));
    expect(modelSaw[0]?.[told]).toContain('Branches: develop, main, ');
    expect(modelSaw[0]?.indexOf('THE PROMPT')).toBeGreaterThan(told);
    expect(told).toBeGreaterThanOrEqual(0);
    expect(files).toEqual({});
  });

  it('and a sub-agent of its own', async () => {
    const { modelSaw, replies } = await guarded({
      homeFiles: DEVELOP,
      model: 'sub-agent-model',
      routes: [{ match: '"text":"SUBTASK', turns: [[say('child done')]] }],
      turns: [
        [call('spawn_agent', { message: 'SUBTASK go', agent_type: 'worker' }, 'multi_agent_v1')],
        [
          ({ text }) => {
            const id = [...text.matchAll(/agent_id\\+":\\+"([0-9a-f-]{36})/g)].at(-1)?.[1];
            return call('wait_agent', { targets: [id], timeout_ms: 20_000 }, 'multi_agent_v1');
          },
        ],
        [say('parent done')],
      ],
    });
    expect(replies).toContain('child done');
    const child = modelSaw.find((texts) => texts.some((text) => text.startsWith('SUBTASK')));
    expect(child?.some((text) => RULES.test(text) && text.includes('develop'))).toBe(true);
  });

  it('again after its context was compacted', async () => {
    const { audit, modelSaw } = await guarded({
      homeFiles: DEVELOP,
      args: ['-c', 'model_auto_compact_token_limit=100'],
      turns: [[shell('true')], [say('a summary')], [say('done')]],
    });
    expect(audit.map(({ event }) => event)).toContain('PreCompact');
    expect(audit.filter(({ event }) => event === 'SessionStart')).toHaveLength(2);
    expect(modelSaw.at(-1)?.join('\n')).toMatch(RULES);
  });

  it('unless nothing is stopped', async () => {
    const { modelSaw } = await guarded({
      homeFiles: policyFile({ mode: 'observe' }),
      turns: [[say('done')]],
    });
    expect(modelSaw).toHaveLength(1);
    expect(modelSaw.flat().join()).not.toContain('codex-guard judges');
  });
});

describe('a session that asks nobody', () => {
  const danger = (level: string, machines: readonly string[]): Session => ({
    homeFiles: policyFile({ guards: { 'danger-mode': [level, { machines }] } }),
    turns: [[shell('touch ran.txt')], [say('done')]],
  });
  /** As when only the start was not trusted: everything but that event stays wired. */
  const withoutStart = ({ codexHome }: Rooms) => {
    const path = join(codexHome, 'hooks.json');
    const wiring = JSON.parse(readFileSync(path, 'utf8'));
    delete wiring.hooks.SessionStart;
    writeFileSync(path, JSON.stringify(wiring));
  };

  it.each<readonly [string, Session, boolean, string]>([
    [
      'does not start on a machine that is not for that',
      danger('deny', ['ci-only-*']),
      false,
      'SessionStart',
    ],
    [
      'is refused its prompt when its start was not guarded',
      { ...danger('deny', ['ci-only-*']), prepare: withoutStart },
      false,
      'UserPromptSubmit',
    ],
    ['goes on where it is allowed', danger('deny', ['*']), true, 'Stop'],
    ['is only recorded where the policy notes it', danger('note', []), true, 'Stop'],
  ])('%s', async (_, session, goesOn, last) => {
    const { modelSaw, files, audit, replies } = await guarded(session);
    expect(modelSaw.length > 0).toBe(goesOn);
    expect(files).toEqual(goesOn ? { 'ran.txt': '' } : {});
    expect(replies).toEqual(goesOn ? ['done'] : []);
    const events = audit.filter(({ event }) => event !== undefined && event !== 'SessionEnd');
    expect(events.at(-1)).toMatchObject({ event: last, verdict: goesOn ? 'pass' : 'deny' });
  });
});

describe('with autoApprove', () => {
  // The client puts a folder beside itself into PATH. This clone may lie below the system's temporary folder, where no program is
  // beyond the agent's reach, and nothing is approved.
  const away = mkdtempSync('/var/tmp/codex-guard-client-');
  const client = join(away, 'codex');
  beforeAll(() => copyFileSync(findBinary(), client));
  afterAll(() => rmSync(away, { recursive: true, force: true }));
  const escalated = (cmd: string, more: object = {}) =>
    shell(cmd, { sandbox_permissions: 'require_escalated', justification: 'it is needed', ...more });
  const questions = ({ audit }: Outcome) => audit.filter(({ event }) => event === 'PermissionRequest');
  const session = (turns: Session['turns'], autoApprove = true): Session => ({
    sandbox: 'reviewed',
    files: { 'a.txt': 'one\n' },
    homeFiles: policyFile({ autoApprove }),
    client,
    turns,
  });

  it('a step that only reads runs unasked, in no shell but the own one', async () => {
    const outcome = await guarded({
      ...session(({ project }) => [
        [escalated('cat a.txt')],
        [escalated('cat a.txt', { shell: join(project, 'bash') })],
        [escalated('cat a.txt', { shell: join(project, 'odd') })],
        [say('done')],
      ]),
      prepare: ({ project }) => {
        const planted = '#!/bin/sh\ntouch planted.txt\n';
        writeFiles(project, { bash: planted, odd: planted });
        for (const name of ['bash', 'odd']) chmodSync(join(project, name), 0o755);
      },
    });
    for (const { output } of outcome.calls) expect(output).toMatch(/exited with code 0[\s\S]*one\n$/);
    expect(outcome.calls).toHaveLength(3);
    expect(questions(outcome).map(({ approved }) => approved)).toEqual([true, true, true]);
    expect(Object.keys(outcome.files)).not.toContain('planted.txt');
    expect(outcome.replies).toEqual(['done']);
  });

  it('one that writes is left to whoever is asked, and one that is denied stays so', async () => {
    const writes = await guarded(session([[escalated('touch b.txt')], [say('not now')], [say('done')]]));
    expect(questions(writes)).toMatchObject([{ verdict: 'pass' }]);
    expect(questions(writes)[0]).not.toHaveProperty('approved');
    expect(Object.keys(writes.files)).toEqual(['a.txt']);
    const denied = await guarded(session([[escalated('cat ~/.ssh/id_rsa')], [say('done')]]));
    expect(denied.calls[0]?.output).toContain('[protected-paths]');
  });

  it('nothing is, when it is off', async () => {
    const outcome = await guarded(
      session([[escalated('cat a.txt')], [say('not now')], [say('done')]], false),
    );
    expect(outcome.calls[0]?.output).toContain('Rejected');
    expect(questions(outcome)[0]).not.toHaveProperty('approved');
  });
});
