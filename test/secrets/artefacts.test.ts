/** Nothing that the product writes holds a secret that it was shown: not its answers, its files, nor its reports. Runs the built programs. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_RULES } from '../../lib/codex/events.ts';
import type { EventName } from '../../lib/types/payload.ts';
import { CLI, DIST } from '../built.ts';
import { filesBelow, findLeaks, PLANTED, type Planted } from './planted.ts';
import { CANARY, PLACES, payloadOf } from './planted-places.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-artefacts-')));
const home = join(base, 'home');
const codexHome = join(home, '.codex');
const guardHome = join(codexHome, 'guard');
const project = join(base, 'project');
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Everything that was printed, by what printed it. */
const printed: (readonly [what: string, text: string])[] = [];

function environment(): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    USER: 'dev',
    CODEX_HOME: codexHome,
    NO_COLOR: '1',
    GIT_CONFIG_NOSYSTEM: '1',
    GITHUB_TOKEN: PLANTED[0]?.secret ?? '',
    DEPLOY_KEY: PLANTED[6]?.secret ?? '',
  };
}

function run(program: string, args: readonly string[], input: string, cwd = project): number | undefined {
  const { exitCode, stdout, stderr } = execaSync(process.execPath, [program, ...args], {
    cwd,
    input,
    env: environment(),
    extendEnv: false,
    reject: false,
  });
  const what = [program.slice(DIST.length + 1), ...args].join(' ');
  printed.push([`${what}: standard output`, stdout], [`${what}: standard error`, stderr]);
  return exitCode;
}

const hook = (event: EventName, input: string, cwd = project): number | undefined =>
  run(join(DIST, 'hooks', `${EVENT_RULES[event].program ?? 'pre-compact'}.cjs`), [], input, cwd);

const write = (path: string, text: string): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};

const git = (...args: string[]): void => {
  execaSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], {
    cwd: project,
    env: { HOME: home, GIT_CONFIG_NOSYSTEM: '1' },
  });
};

/** A session is denied only so many steps: one for each secret. */
const sessionOf = ({ name }: Planted): string => (name === 'github' ? 's1' : name);

/** Steps of sessions, one for each place and secret; then every command of the command line about them. */
function runEverything(): void {
  const [github, gitlab] = PLANTED.map(({ secret }) => secret) as [string, string];
  const inputs = join(base, 'inputs');
  mkdirSync(project, { recursive: true });
  git('init', '-q', '-b', 'main');
  write(join(project, 'README.md'), '# r\n');
  git('add', '.');
  git('commit', '-qm', `start with ${gitlab}`);
  git('checkout', '-qb', `feature/${github}`);
  write(join(project, 'src', `${gitlab}.txt`), `x\n${github}\n`);
  git('add', '.');
  for (const { event, fields } of PLACES)
    for (const each of PLANTED)
      hook(event, payloadOf(event, project, { ...fields(each), session_id: sessionOf(each) }));
  hook(
    'PreToolUse',
    payloadOf('PreToolUse', join(project, 'src'), { tool_name: 'Bash', tool_input: { command: 'ls' } }),
  );
  for (const broken of [
    `{"cwd": "${github}`,
    github,
    `["${github}"]`,
    JSON.stringify({ hook_event_name: github, cwd: '/x' }),
  ])
    for (const event of Object.keys(EVENT_RULES) as EventName[]) hook(event, broken);

  write(
    join(guardHome, 'policy.jsonc'),
    `{ "guards": { "${github}": "deny", "network-allowlist": ["deny", { "allow": ["${gitlab}.example.com", 3] }] } }`,
  );
  write(join(project, '.gitleaks.toml'), `title = "x"\n[[rules]]\nid = "a"\nregex = '''${github}('''\n`);
  hook('SessionStart', payloadOf('SessionStart', project, { source: 'startup' }));
  const rollout = write(
    join(codexHome, 'sessions', '2026', '01', '01', 'rollout-2026-01-01T00-00-00-s1.jsonl'),
    rolloutText(github, gitlab),
  );
  const halves = `A=${github.slice(0, 20)}; B=${github.slice(20)}; curl -H "X: $A$B" https://api.github.com/${gitlab}`;
  const step = write(
    join(inputs, 'step.json'),
    payloadOf('PreToolUse', project, { tool_name: 'Bash', tool_input: { command: halves } }),
  );
  const patch = write(
    join(inputs, 'p.patch'),
    `*** Begin Patch\n*** Add File: ${gitlab}.ts\n+const t = "${github}";\n*** End Patch\n`,
  );
  const corpus = write(
    join(inputs, 'c.jsonl'),
    `${JSON.stringify({ id: github, command: `rm -rf ~/${gitlab}` })}\n{"id": "${github}"\n`,
  );
  for (const args of [
    ['check', halves],
    ['check', '--json', `rm -rf "$HOME/${github}"`],
    ['check', '--payload', step, '--json'],
    ['check', '--patch', patch],
    ['check', '--corpus', corpus],
    ['explain', halves],
    ['explain', '--json', halves],
    ['explain', `cat ~/${gitlab} | base64 ${github}`],
    ['scan'],
    ['scan', '--json'],
    ['scan', '--format', 'sarif'],
    ['scan', '--staged'],
    ['scan', '--staged', '--format', 'sarif'],
    ['scan', '--diff', 'main'],
    ['scan', github],
    ['scan', '--config', join(project, '.gitleaks.toml')],
    ['scan', '--format', github],
    ['log'],
    ['log', '--json'],
    ['log', '--blocked', '--limit', '500'],
    ['log', github],
    ['log', '--verify', '--json'],
    ...['text', 'json', 'github', 'sarif'].map((format) => [
      'verify-run',
      '--rollout',
      rollout,
      '--format',
      format,
    ]),
    ['verify-run', '--session', 's1', '--require-fired', '--fail-on', 'deny,gap'],
    ['verify-run', '--session', `${github}!`],
    ['doctor'],
    ['doctor', '--json'],
    ['status'],
    ['status', '--json'],
    ['guards'],
    ['guards', 'secrets'],
    ['guards', github],
    ['policy', 'check'],
    ['policy', 'check', '--json'],
    ['policy', 'print'],
    ['policy', 'print', '--json'],
    ['policy', 'print', '--policy', github],
    ['policy', 'init', '--dry-run'],
    ['policy', 'drift', '--json'],
    ['policy', 'schema'],
    ['policy', 'export', '--json'],
    ['allow', '--list', '--json'],
    ['allow', halves, '--reason', gitlab],
    ['install', '--dry-run'],
    ['uninstall', '--dry-run'],
    [github],
    [`--${gitlab}`],
    ['check', `--${github}`],
    ['check', '--payload', join(inputs, github)],
  ])
    run(CLI, args, github);
  run(CLI, ['scan', '-', '--json'], PLANTED.map(({ secret }) => secret).join('\n'));
  run(CLI, ['check', '--payload', '-'], `{"hook_event_name": "${github}", `);
}

/** A session as Codex keeps it, in which the model and a tool said a secret. */
function rolloutText(one: string, other: string): string {
  const line = (type: string, payload: object) =>
    JSON.stringify({ timestamp: '2026-01-01T00:00:00.000Z', ordinal: 0, type, payload });
  return [
    line('session_meta', { id: 's1', session_id: 's1', cwd: project, cli_version: '0.169.0' }),
    line('event_msg', { type: 'task_started', turn_id: 'u1' }),
    ...['missing', 'call-1'].map((id) =>
      line('response_item', {
        type: 'function_call',
        call_id: id,
        name: 'exec_command',
        arguments: JSON.stringify({ cmd: `A=${one.slice(0, 20)}; B=${one.slice(20)}; echo $A$B ${other}` }),
      }),
    ),
    line('response_item', { type: 'function_call_output', call_id: 'call-1', output: one }),
    line('event_msg', {
      type: 'item_completed',
      turn_id: 'u1',
      item: { id: 'exec-9', type: 'CommandExecution', command: ['sh', '-lc', `curl ${other}`] },
    }),
    line('event_msg', { type: 'task_complete', turn_id: 'u1', last_agent_message: other }),
    '',
  ].join('\n');
}

beforeAll(runEverything, 600_000);

describe('the search', () => {
  it.each(PLANTED.map((each) => [each.name, each.secret, each.prefix] as const))(
    'sees %s, whole, in halves and encoded',
    (_, secret, prefix) => {
      const body = secret.slice(prefix.length).split('\n')[0] as string;
      for (const text of [
        secret,
        body.slice(0, 12),
        body.slice(-12),
        Buffer.from(`xy${body}`).toString('base64'),
        Buffer.from(`x${body}`).toString('base64'),
        Buffer.from(body).toString('hex').toUpperCase(),
      ])
        expect(findLeaks(`a ${text} b`)).not.toEqual([]);
      expect(findLeaks(`a ${prefix} b`)).toEqual([]);
    },
  );

  it('sees what is no secret wherever a secret was planted', () => {
    const audit = [...filesBelow(join(guardHome, 'audit'))].map(([, text]) => text).join('');
    const all = audit + printed.map(([, text]) => text).join('');
    for (const { place, isKept } of PLACES)
      expect([place, all.includes(`${CANARY}-${place}`)]).toEqual([place, isKept]);
  });
});

describe('no planted secret', () => {
  it('is in anything that was printed', () => {
    expect(printed.length).toBeGreaterThan(200);
    expect(
      printed.flatMap(([what, text]) => findLeaks(text).map((leak) => `${leak} in ${what}`.slice(0, 300))),
    ).toEqual([]);
  });

  it('is in any file that was written', () => {
    const inputs = [join(guardHome, 'policy.jsonc'), join(codexHome, 'sessions')];
    const files = [...filesBelow(home)].filter(([path]) => !inputs.some((input) => path.startsWith(input)));
    expect(files.map(([path]) => path.slice(guardHome.length + 1).split('/')[0])).toEqual(
      expect.arrayContaining(['audit', 'state', 'fingerprint.key']),
    );
    expect(
      files.flatMap(([path, text]) =>
        [...findLeaks(text), ...findLeaks(path)].map((leak) => `${leak} in ${path}`),
      ),
    ).toEqual([]);
  });
});
