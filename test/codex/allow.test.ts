/** What a person may allow and an agent may not, with the real client. */

import { describe, expect, it } from 'vitest';
import { call, code, patch, say, shell } from '../../lib/codex/scripted-model.ts';
import { hasTerminals, runOnTerminal } from '../bin/on-terminal.ts';
import { CLI } from '../built.ts';
import type { Rooms } from './rooms.ts';
import { type Outcome, runCodex } from './run-codex.ts';

const PUSH = 'git push origin HEAD:main; touch ran.txt';
const ALLOW = `node '${CLI}' allow '${PUSH}' --reason 'needed for the task'`;

/** Our files of grants after a session. */
function grants({ homeFiles }: Outcome): readonly string[] {
  return Object.keys(homeFiles).filter((name) => name.startsWith('guard/grants/'));
}

/** Allows the push as a person at a terminal of their own does. */
function allowPush({ project, home, codexHome }: Rooms): void {
  const { exitCode, output } = runOnTerminal(
    'branch-protection',
    [process.execPath, CLI, 'allow', PUSH, '--reason', 'agreed'],
    { cwd: project, env: { HOME: home, CODEX_HOME: codexHome } },
  );
  if (exitCode !== 0) throw new Error(output);
}

describe('codex-guard allow, run by the model,', () => {
  it.each([
    ['plain', ALLOW],
    ['by npx', `npx codex-guard allow '${PUSH}' --reason x`],
    ['in a shell without Codex’s variables', `env -i PATH="$PATH" HOME="$HOME" bash -c "${ALLOW}"`],
    ['on a terminal made by script', `printf 'branch-protection\\n' | script -qc "${ALLOW}" /dev/null`],
    ['by Python on a pseudo-terminal', `python3 -c "import pty; pty.spawn(['codex-guard','allow','x'])"`],
    ['from a script that it writes first', `printf '%s\\n' "${ALLOW}" > go.sh; bash go.sh`],
    [
      'by writing the grant itself',
      'mkdir -p ~/.codex/guard/grants; echo {} > ~/.codex/guard/grants/0a1b2c3d.json',
    ],
  ])('is denied: %s', async (_, command) => {
    const outcome = await runCodex({
      install: true,
      turns: [[shell(command, { tty: true })], [shell(PUSH)], [say('done')]],
    });
    expect(outcome.calls[0]?.output).toMatch(/^Command blocked by PreToolUse hook: .*\[self-protection\] /s);
    expect(outcome.calls[0]?.output).not.toContain('for the person');
    expect(outcome.calls[1]?.output).toContain('[branch-protection]');
    expect(grants(outcome)).toEqual([]);
    expect(Object.keys(outcome.files)).not.toContain('ran.txt');
  });

  it('is denied to its JavaScript and to a patch', async () => {
    const nested = await runCodex({
      install: true,
      model: 'gpt-6.1-sol',
      turns: [
        [
          code(
            `try { await tools.exec_command({ cmd: ${JSON.stringify(ALLOW)}, tty: true }); text('RAN'); } catch (e) { text('CAUGHT ' + e); }`,
          ),
        ],
        [say('done')],
      ],
    });
    expect(nested.calls[0]?.output).toMatch(/CAUGHT .*\[self-protection\]/s);
    const patched = await runCodex({
      install: true,
      turns: ({ codexHome }) => [
        [patch(`*** Add File: ${codexHome}/guard/grants/0a1b2c3d.json`, '+{}')],
        [say('done')],
      ],
    });
    expect(patched.calls[0]?.output).toMatch(/\[(?:self-protection|protected-paths)\]/);
    expect([...grants(nested), ...grants(patched)]).toEqual([]);
  });

  it('refuses by itself when no hook stands in the way', async () => {
    const outcome = await runCodex({
      turns: [
        [shell(ALLOW, { tty: true })],
        // A shell that forgets who it came from still has the client above it.
        [shell(`env -i PATH="$PATH" HOME="$HOME" ${ALLOW}`, { tty: true })],
        [say('done')],
      ],
    });
    expect(outcome.calls[0]?.output).toMatch(
      /error\[refused\]: an agent seems to ask for this: CODEX_\w+ is set/,
    );
    expect(outcome.calls[1]?.output).toMatch(/among its ancestors (?:is codex|carries CODEX_)/);
    expect(grants(outcome)).toEqual([]);
  });
});

describe('the commands that only look', () => {
  it('pass when the model runs them', async () => {
    const commands = [
      'check "git push origin main"',
      'explain ls',
      'log --blocked',
      'guards',
      'policy print',
      'policy check',
    ];
    const outcome = await runCodex({
      install: true,
      turns: [
        commands.map((words) => shell(`node '${CLI}' ${words}`)),
        [call('get_goal', {})],
        [say('done')],
      ],
    });
    for (const { output } of outcome.calls.slice(0, commands.length))
      expect(output).toMatch(/exited with code [01]\n/);
  });
});

describe.skipIf(!hasTerminals)('what a person allowed', () => {
  it('runs once, and the audit trail has whose word that was', async () => {
    const outcome = await runCodex({
      install: true,
      prepare: allowPush,
      turns: [[shell(PUSH)], [shell(`rm ran.txt`)], [shell(PUSH)], [say('done')]],
    });
    expect(outcome.calls[0]?.output).not.toContain('[branch-protection]');
    expect(outcome.calls[2]?.output).toMatch(
      /\[branch-protection\] .*\n\(for the person, never the agent: codex-guard allow \S+\)/s,
    );
    expect(Object.keys(outcome.files)).not.toContain('ran.txt');
    const [first, , third] = outcome.audit.filter(({ event }) => event === 'PreToolUse');
    expect(first).toMatchObject({
      verdict: 'pass',
      lifted: [{ by: 'grant', reason: 'agreed', guard: 'branch-protection' }],
    });
    expect(third).toMatchObject({ verdict: 'deny' });
    expect(outcome.calls[2]?.output).toContain(`allow ${third?.id})`);
  });

  it('is used by one of two calls at the same time', async () => {
    const outcome = await runCodex({
      install: true,
      prepare: allowPush,
      turns: [[shell(PUSH), shell(PUSH)], [say('done')]],
    });
    const verdicts = outcome.audit
      .filter(({ event }) => event === 'PreToolUse')
      .map(({ verdict }) => verdict);
    expect(verdicts.sort()).toEqual(['deny', 'pass']);
  });
});
