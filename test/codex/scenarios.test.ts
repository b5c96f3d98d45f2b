import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { call, code, patch, say, shell } from '../../lib/codex/scripted-model.ts';
import { writeFiles } from './rooms.ts';
import { type Outcome, runCodex, type Session } from './run-codex.ts';

/** A session with our hooks as `codex-guard install` leaves them. The bundles in dist/ must be built. */
function guarded(session: Session): Promise<Outcome> {
  return runCodex({ install: true, ...session });
}

/** Built here, so that no token stands in the tree. */
const TOKEN = `ghp_${'aB3dE6gH9jK2mN5pQ8sT'.repeat(2).slice(0, 36)}`;
const PUSH = 'git push origin HEAD:main';

/** What was decided at one event, in order. */
function verdicts({ audit }: Outcome, event: string): readonly unknown[] {
  return audit.filter((record) => record.event === event).map(({ verdict }) => verdict);
}

describe('the installed guard, asked by the real client', () => {
  it('stops a push to main and says why', async () => {
    const outcome = await guarded({ turns: [[shell(`${PUSH}; touch ran.txt`)], [say('done')]] });
    expect(outcome.calls[0]?.output).toMatch(
      /^Command blocked by PreToolUse hook: \[branch-protection\] .*\. Instead: /,
    );
    expect(outcome.modelSaw[1]?.join()).toContain('[branch-protection]');
    expect(outcome.files).toEqual({});
    expect(verdicts(outcome, 'PreToolUse')).toEqual(['deny']);
  });

  it('leaves ordinary work alone, and every hook answers as the client likes it', async () => {
    const outcome = await guarded({
      files: { 'a.txt': 'one\n' },
      turns: [
        [shell('git status --short && cat a.txt && ls')],
        [patch('*** Update File: a.txt', '@@', '-one', '+two')],
        [
          shell(
            'git add -A && git -c user.name=T -c user.email=t@example.com commit -qm "two" && git log --oneline',
          ),
        ],
        [say('done')],
      ],
    });
    expect(outcome.files).toEqual({ 'a.txt': 'two\n' });
    expect(outcome.calls[2]?.output).toContain(' two');
    expect(new Set(outcome.hooks.map(({ status }) => status))).toEqual(new Set(['Completed']));
    expect(outcome.modelSaw.slice(1).flat().join()).not.toContain('Instead: ');
    expect(outcome.replies).toEqual(['done']);
  });

  it('keeps a leaked token from the model', async () => {
    const outcome = await guarded({
      prepare: ({ project }) => writeFiles(project, { 'build.log': `fetching with ${TOKEN}\n` }),
      turns: [[shell('cat build.log')], [say('done')]],
    });
    expect(outcome.calls[0]?.output).toMatch(/^\[secrets\] .*\. Instead: /);
    expect(outcome.modelSaw.flat().join()).not.toContain(TOKEN);
    expect(JSON.stringify(outcome.audit)).not.toContain(TOKEN);
  });

  it('refuses a patch into .codex', async () => {
    const outcome = await guarded({
      turns: [[patch('*** Add File: .codex/config.toml', '+[features]', '+hooks = false')], [say('done')]],
    });
    expect(outcome.calls[0]?.output).toMatch(/^Command blocked by PreToolUse hook: \[[a-z-]+\]/);
    expect(outcome.files).toEqual({});
  });

  it('sends an oversized turn back once', async () => {
    const outcome = await guarded({
      homeFiles: { 'guard/policy.jsonc': '{ "guards": { "change-size": ["deny", { "lines": 20 }] } }' },
      turns: [
        [shell('seq 1 30 > long.txt')],
        [say('done')],
        [shell('seq 1 10 > long.txt')],
        [say('done, smaller')],
      ],
    });
    expect(outcome.replies).toEqual(['done', 'done, smaller']);
    expect(outcome.modelSaw[2]?.join()).toContain('[change-size]');
    expect(verdicts(outcome, 'Stop')).toEqual(['deny', 'pass']);
  });

  it('stops a command of a sub-agent', async () => {
    const outcome = await guarded({
      model: 'sub-agent-model',
      routes: [
        { match: '"text":"SUBTASK', turns: [[shell(`${PUSH}; touch child.txt`)], [say('child done')]] },
      ],
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
    expect(outcome.files).toEqual({});
    expect(outcome.modelSaw.flat().join()).toContain('[branch-protection]');
    expect(outcome.replies).toContain('child done');
  });

  it('stops a command that JavaScript of the model runs', async () => {
    const outcome = await guarded({
      model: 'gpt-6.1-sol',
      turns: [
        [
          code(
            `try { await tools.exec_command({ cmd: '${PUSH}; touch ran.txt' }); text('RAN'); } catch (e) { text('CAUGHT ' + e); }`,
          ),
        ],
        [say('done')],
      ],
    });
    expect(outcome.calls[0]?.output).toMatch(/CAUGHT .*\[branch-protection\]/);
    expect(outcome.files).toEqual({});
  });

  it('stops an MCP call that carries a secret', async () => {
    const outcome = await guarded({
      model: 'sub-agent-model',
      mcp: true,
      turns: [[call('echo', { text: `use ${TOKEN}` }, 'mcp__echo')], [say('done')]],
    });
    expect(outcome.calls[0]?.output).toMatch(/^Tool call blocked by PreToolUse hook: \[[a-z-]+\] /);
    expect(outcome.calls[0]?.output).not.toContain('echo {');
  });

  it('stops an MCP call that names a protected path', async () => {
    const outcome = await guarded({
      model: 'sub-agent-model',
      mcp: true,
      turns: [
        [call('echo', { path: '.codex/config.toml', text: 'x' }, 'mcp__echo')],
        [call('echo', { path: '.env' }, 'mcp__echo')],
        [say('done')],
      ],
    });
    expect(outcome.calls[1]?.output).toMatch(/^Tool call blocked by PreToolUse hook: \[protected-paths\] /);
    expect(verdicts(outcome, 'PreToolUse')).toEqual(['pass', 'deny']);
  });

  it('refuses when its program is gone', async () => {
    const outcome = await guarded({
      prepare: ({ codexHome }) => rmSync(join(codexHome, 'guard', 'hooks', 'pre-tool-use.cjs')),
      turns: [[shell('touch ran.txt')], [say('done')]],
    });
    expect(outcome.calls[0]?.output).toContain('[codex-guard] the guard broke down (exit code 1)');
    expect(outcome.files).toEqual({});
  });

  it('is trusted by hashes as well', async () => {
    const outcome = await guarded({
      trust: 'state',
      turns: [[shell(`${PUSH}; touch ran.txt`)], [say('done')]],
    });
    expect(outcome.files).toEqual({});
  });
});
