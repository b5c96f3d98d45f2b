import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  call,
  code,
  type Item,
  type ModelRequest,
  patch,
  say,
  shell,
} from '../../lib/codex/scripted-model.ts';
import { runCodex, type Session } from './run-codex.ts';
import { rolloutOf, verified, verify } from './verify-session.ts';

/** Built here, so that no token stands in the tree. */
const TOKEN = `ghp_${'aB3dE6gH9jK2mN5pQ8sT'.repeat(2).slice(0, 36)}`;

/** Writes to the session that runs, whatever its number is. */
const typing =
  (chars: string) =>
  ({ text }: ModelRequest): Item => {
    const id = [...text.matchAll(/session ID (\d+)/g)].at(-1)?.[1];
    return call('write_stdin', { session_id: Number(id), chars, yield_time_ms: 3000 });
  };

const CLEAN: Session = {
  files: { 'a.txt': 'one\n' },
  turns: [
    [shell('cat a.txt'), shell('ls')],
    [patch('*** Update File: a.txt', '@@', '-one', '+two')],
    [shell('false')],
    [patch('*** Update File: missing.txt', '@@', '-one', '+two')],
    [call('get_goal', {})],
    [call('no_such_tool', {})],
    [say('done')],
  ],
};

describe('a run is covered', () => {
  it('when every call has its records, also where one failed', async () => {
    const { report, exitCode, kinds } = await verified(CLEAN, [
      '--require-fired',
      '--fail-on',
      'deny,warn,gap',
    ]);
    expect({ exitCode, kinds, reasons: report.reasons }).toEqual({ exitCode: 0, kinds: [], reasons: [] });
    expect(report.calls).toEqual({ total: 7, judged: 6, unrecorded: 0, blind: 0, empty: 1 });
    expect(report.fired).toMatchObject({ PreToolUse: 6, Stop: 1 });
    expect(report.audit).toMatchObject({ verified: true, seal: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('with a sub-agent and MCP', async () => {
    const { report, exitCode, kinds } = await verified({
      model: 'sub-agent-model',
      mcp: true,
      routes: [
        {
          match: '"text":"SUBTASK',
          turns: [[shell('echo child')], [shell('git push origin main')], [say('child done')]],
        },
      ],
      turns: [
        [call('echo', { text: 'x' }, 'mcp__echo')],
        [call('fail', { text: 'x' }, 'mcp__echo')],
        [call('echo', { path: '.env' }, 'mcp__echo')],
        [call('spawn_agent', { message: 'SUBTASK go', agent_type: 'worker' }, 'multi_agent_v1')],
        [
          ({ text }) => {
            const id = [...text.matchAll(/agent_id\\+":\\+"([0-9a-f-]{36})/g)].at(-1)?.[1];
            return call('wait_agent', { targets: [id], timeout_ms: 15_000 }, 'multi_agent_v1');
          },
        ],
        [say('done')],
      ],
    });
    expect({ exitCode, kinds }).toEqual({ exitCode: 0, kinds: [] });
    expect(report).toMatchObject({ threads: 2, calls: { total: 7, judged: 7 } });
    expect(report.denied.map(({ guards, agent }) => [guards[0], agent])).toEqual([
      ['protected-paths', undefined],
      ['branch-protection', 'worker'],
    ]);
  });

  it('in code mode, by the calls that the script made', async () => {
    const { report, exitCode, kinds } = await verified({
      model: 'gpt-6.1-sol',
      mcp: true,
      turns: [
        [
          code(
            `await tools.exec_command({cmd:'echo a'}); await tools.mcp__echo__echo({text:'x'}); await tools.exec_command({cmd:"apply_patch <<'E'\\n*** Begin Patch\\n*** Add File: z\\n+z\\n*** End Patch\\nE"}); await tools.apply_patch('*** Begin Patch\\n*** Add File: y\\n+y\\n*** End Patch'); await tools.exec_command({cmd:'git push origin main'});`,
          ),
        ],
        [say('done')],
      ],
    });
    expect({ exitCode, kinds }).toEqual({ exitCode: 0, kinds: ['script-output'] });
    expect(report.calls).toEqual({ total: 5, judged: 4, unrecorded: 0, blind: 1, empty: 0 });
    expect(report.denied).toHaveLength(1);
  });

  it('when the prompt itself was refused', async () => {
    const { report, exitCode, kinds, all } = await verified({
      prompt: `use ${TOKEN}`,
      turns: [[say('done')]],
    });
    expect({ exitCode, kinds, calls: report.calls.total }).toEqual({ exitCode: 0, kinds: [], calls: 0 });
    expect(report.denied).toMatchObject([{ event: 'UserPromptSubmit', guards: ['secrets'] }]);
    expect(all).not.toContain(TOKEN);
  });

  it('when its rollout was packed', async () => {
    const { exitCode, report } = await verified(CLEAN, ['--require-fired'], (rooms) => {
      const file = rolloutOf(rooms);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file)));
      renameSync(file, join(rooms.tmp, 'old'));
    });
    expect({ exitCode, total: report.calls.total }).toEqual({ exitCode: 0, total: 7 });
  });
});

describe('what escapes the hooks is named', () => {
  it('typed text and late output', async () => {
    const session: Session = {
      turns: [
        [shell('cat', { tty: true, yield_time_ms: 300 })],
        [typing('hello\n\u0004')],
        [shell('echo early; sleep 60', { yield_time_ms: 300 })],
        [say('done')],
      ],
    };
    const loose = await verified(session);
    expect({ exitCode: loose.exitCode, kinds: loose.kinds.toSorted() }).toEqual({
      exitCode: 0,
      kinds: ['late-output', 'typed-text'],
    });
    const { exitCode, report } = await verified(session, ['--fail-on', 'gap']);
    expect({ exitCode, reasons: report.reasons.length }).toEqual({ exitCode: 1, reasons: 2 });
  });

  it('typed text by a script', async () => {
    const { kinds } = await verified({
      model: 'gpt-6.1-sol',
      turns: [
        [
          code(
            `const p = await tools.exec_command({cmd:'cat',tty:true,yield_time_ms:300}); await tools.write_stdin({session_id:p.session_id,chars:'x\\n\\u0004',yield_time_ms:2000});`,
          ),
        ],
        [say('done')],
      ],
    });
    expect(kinds.toSorted()).toEqual(['script-output', 'typed-text']);
  });

  it('hosted tools, without the secrets of their arguments', async () => {
    const search = {
      type: 'web_search_call',
      id: 'ws_1',
      status: 'completed',
      action: { type: 'search', query: TOKEN },
    };
    const { kinds, all, exitCode } = await verified({ turns: [[search, shell('echo a')], [say('done')]] }, [
      '--fail-on',
      'gap',
    ]);
    expect({ kinds, exitCode }).toEqual({ kinds: ['hosted-tool'], exitCode: 1 });
    expect(all).not.toContain(TOKEN);
  });
});

describe('a run fails --require-fired', () => {
  const short: Session = { turns: [[shell('echo a')], [shell('git push origin main')], [say('done')]] };

  it('when no hook fired at all', async () => {
    const { exitCode, kinds, report } = await verified({ ...short, trust: 'none' });
    expect(exitCode).toBe(1);
    expect(kinds).toEqual(['never-fired', 'no-record', 'no-stop-record']);
    expect(report.calls).toMatchObject({ total: 2, unrecorded: 2 });
    expect((await verified({ ...short, trust: 'none' }, [])).exitCode).toBe(0);
  });

  /** Replaces the command of one event, as somebody would who wires it badly. */
  const rewired = (event: string, wrap: (command: string) => string): Session => ({
    ...short,
    prepare: ({ codexHome }) => {
      const path = join(codexHome, 'hooks.json');
      const file = JSON.parse(readFileSync(path, 'utf8'));
      const [handler] = file.hooks[event][0].hooks;
      handler.command = wrap(handler.command);
      writeFileSync(path, JSON.stringify(file));
    },
  });

  it.each([
    ['PreToolUse', 'no-record', 2],
    ['PostToolUse', 'no-result-record', 1],
    ['Stop', 'no-stop-record', 0],
  ])('when the hook of %s fails', async (event, kind, unrecorded) => {
    const { exitCode, kinds, report } = await verified(rewired(event, () => 'exit 1'));
    expect({ exitCode, kinds, unrecorded: report.calls.unrecorded }).toEqual({
      exitCode: 1,
      kinds: [kind],
      unrecorded,
    });
  });

  it('when the guard broke down', async () => {
    const { exitCode, kinds } = await verified({
      ...short,
      prepare: ({ codexHome }) =>
        writeFileSync(join(codexHome, 'guard/hooks/pre-tool-use.cjs'), 'throw new Error()'),
    });
    expect({ exitCode, kinds }).toEqual({ exitCode: 1, kinds: ['no-record', 'guard-broke-down'] });
  });

  it('and always when a denial was not taken', async () => {
    const session = rewired('PreToolUse', (command) => `${command.replace(/^exec /, '')}; exit 1`);
    const { exitCode, kinds } = await verified(session, []);
    expect({ exitCode, kinds }).toEqual({ exitCode: 1, kinds: ['ran-although-denied'] });
  });

  it('and always when a record was changed', async () => {
    const { exitCode, report } = await verified(CLEAN, [], ({ codexHome }) => {
      const folder = join(codexHome, 'guard', 'audit');
      const file = join(folder, readdirSync(folder)[0] as string);
      writeFileSync(file, readFileSync(file, 'utf8').replace('cat a.txt', 'cat b.txt'));
    });
    expect({ exitCode, verified: report.audit.verified }).toEqual({ exitCode: 1, verified: false });
  });
});

it('says when the policy changed in mid-run', async () => {
  const { kinds } = await verified({
    turns: [[shell('echo a')], [shell('sleep 0.1')], [say('done')]],
    prepare: ({ codexHome }) => {
      const path = join(codexHome, 'hooks.json');
      const file = JSON.parse(readFileSync(path, 'utf8'));
      // Somebody else's hook that edits the policy after the first command.
      const policy = join(codexHome, 'guard', 'policy.jsonc');
      file.hooks.PostToolUse.push({
        hooks: [{ type: 'command', command: `echo '{ "guards": { "secrets": "warn" } }' > ${policy}` }],
      });
      writeFileSync(path, JSON.stringify(file));
    },
  });
  expect(kinds).toContain('policy-changed');
});

it('fails on denials and on warnings when told to', async () => {
  const session: Session = { turns: [[shell('git push origin main')], [say('done')]] };
  expect((await verified(session)).exitCode).toBe(0);
  const { exitCode, report } = await verified(session, ['--fail-on', 'deny']);
  expect({ exitCode, reasons: report.reasons }).toEqual({ exitCode: 1, reasons: ['1 step was denied'] });
});

it('finds a session by its id, by its file, and among others', async () => {
  await runCodex({
    install: true,
    turns: [[shell('echo a')], [say('done')]],
    inspect: (rooms) => {
      const file = rolloutOf(rooms);
      const id = /([0-9a-f-]{36})\.jsonl$/.exec(file)?.[1] as string;
      const later = file.replace(
        id,
        id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
      );
      appendFileSync(later, readFileSync(file, 'utf8').replaceAll(id, 'f'.repeat(8)));
      for (const words of [
        ['--session', id],
        ['--rollout', file],
      ])
        expect(JSON.parse(verify(rooms, [...words, '--json']).stdout).session).toBe(id);
      expect(JSON.parse(verify(rooms, ['--last', '--json']).stdout).session).toBe('f'.repeat(8));
      expect(verify(rooms, ['--session', 'nobody']).status).toBe(2);
      expect(existsSync(later)).toBe(true);
    },
  });
});
