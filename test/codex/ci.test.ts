import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { say, shell, startModel, type Turn } from '../../lib/codex/scripted-model.ts';
import { CLI, ROOT } from '../built.ts';
import { canBeManaged, managedWords } from '../managed.ts';
import { findBinary } from './find-binary.ts';
import { closeRooms, commitProject, openRooms, type Rooms } from './rooms.ts';

const EXAMPLES = join(ROOT, 'examples', 'ci');
const CLIENT_VERSION: string = JSON.parse(readFileSync(join(import.meta.dirname, 'package.json'), 'utf8'))
  .dependencies['@openai/codex'];
const WORKFLOWS = ['codex-exec.yml', 'codex-action.yml'] as const;

let rooms: Rooms;
beforeEach(() => {
  rooms = openRooms();
  commitProject(rooms);
  const bin = join(rooms.base, 'bin');
  mkdirSync(bin);
  const programs = {
    codex: `exec '${findBinary()}' "$@"`,
    'codex-guard': `exec '${process.execPath}' '${CLI}' "$@"`,
    sudo: 'exec "$@"',
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
});
afterEach(() => closeRooms(rooms));

interface Job {
  readonly codes: Readonly<Record<string, number | null>>;
  readonly summary: string;
  readonly sarif: string;
  readonly log: string;
}

/** The scripts that a workflow calls, in its order. */
function scriptsOf(workflow: string): readonly string[] {
  const text = readFileSync(join(EXAMPLES, workflow), 'utf8');
  return [...text.matchAll(/\.github\/codex-guard\/([\w-]+\.sh)$/gm)].map(([, name]) => name as string);
}

/** Runs the steps of a job one by one, as a runner does; `before` goes in front of each. */
async function play(
  scripts: readonly string[],
  turns: readonly Turn[],
  { before = [] as readonly string[], failOn = 'deny' } = {},
): Promise<Job> {
  const model = await startModel(turns);
  const summary = join(rooms.tmp, 'summary.md');
  const sarif = join(rooms.project, 'codex-guard.sarif');
  writeFileSync(
    join(rooms.codexHome, 'config.toml'),
    [
      'model = "gpt-5.5"\nmodel_provider = "scripted"\ncheck_for_update_on_startup = false',
      `[model_providers.scripted]\nname = "scripted"\nbase_url = "${model.baseUrl}"\nwire_api = "responses"\nenv_key = "CODEX_API_KEY"`,
      '[analytics]\nenabled = false\n[features]\nplugins = false\napps = false\n',
    ].join('\n'),
  );
  const codes: Record<string, number | null> = {};
  let log = '';
  try {
    for (const script of scripts) {
      const [program = 'bash', ...words] = [...before, 'bash', join(EXAMPLES, script)];
      const child = spawn(program, words, {
        cwd: rooms.project,
        env: {
          PATH: `${join(rooms.base, 'bin')}:${process.env.PATH}`,
          HOME: rooms.home,
          CODEX_HOME: rooms.codexHome,
          TMPDIR: rooms.tmp,
          CODEX_API_KEY: 'none',
          PROMPT: 'do the task',
          GITHUB_STEP_SUMMARY: summary,
          FAIL_ON: failOn,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', (text: string) => {
          log += text;
        });
      codes[basename(script, '.sh')] = await new Promise((resolve) => child.once('close', resolve));
    }
  } finally {
    await model.close();
  }
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  return { codes, summary: read(summary), sarif: read(sarif), log };
}

describe.each(WORKFLOWS)('%s', (workflow) => {
  const text = readFileSync(join(EXAMPLES, workflow), 'utf8');

  it('calls scripts that are there, and verifies last', () => {
    const scripts = scriptsOf(workflow);
    expect(scripts.length).toBeGreaterThanOrEqual(2);
    for (const script of scripts) expect(existsSync(join(EXAMPLES, script)), script).toBe(true);
    expect(scripts.at(-1)).toBe('verify-guard.sh');
  });

  it('pins what it takes from elsewhere', () => {
    const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name);
    expect(uses.length).toBeGreaterThan(2);
    for (const name of uses) expect(name).toMatch(/@v\d+\.\d+\.\d+$/);
    expect(text).toContain(CLIENT_VERSION);
  });
});

describe('the job with the plain command', () => {
  const scripts = scriptsOf('codex-exec.yml');

  it('is green when every call was judged', async () => {
    const { codes, summary, sarif, log } = await play(scripts, [[shell('ls')], [say('done')]]);
    expect(codes, log).toEqual({ 'install-guard': 0, 'run-codex': 0, 'verify-guard': 0 });
    expect(log).toContain('5 of 5 stopped');
    expect(summary).toContain('the run is covered');
    expect(JSON.parse(sarif).runs[0].results).toEqual([]);
  });

  it('is red when a step was denied', async () => {
    const { codes, summary, sarif, log } = await play(scripts, [
      [shell('git push origin main')],
      [say('done')],
    ]);
    expect(codes, log).toEqual({ 'install-guard': 0, 'run-codex': 0, 'verify-guard': 1 });
    expect(summary).toContain('git push origin main');
    expect(log).toContain('::error title=codex-guard::1 step was denied');
    const [result] = JSON.parse(sarif).runs[0].results;
    expect(result).toMatchObject({ ruleId: 'branch-protection', level: 'error' });
    expect(result.locations).toHaveLength(1);
  });

  it('is red when nothing was wired, although the agent ends with 0', async () => {
    const { codes, summary } = await play(scripts.slice(1), [[shell('ls')], [say('done')]], {
      failOn: 'none',
    });
    expect(codes).toEqual({ 'run-codex': 0, 'verify-guard': 1 });
    expect(summary).toContain('no hook fired in this session');
  });
});

const isPossible = canBeManaged();
if (!isPossible) console.warn('no mount namespace here: managed wiring is not tried on the real client');

describe.runIf(isPossible)('the job with the action', () => {
  it('is green with managed wiring, without any trust', async () => {
    const scripts = ['install-guard-managed.sh', 'run-codex.sh', 'verify-guard.sh'];
    const { codes, summary, log } = await play(scripts, [[shell('ls')], [say('done')]], {
      before: managedWords(rooms.base),
    });
    expect(codes, log).toEqual({ 'install-guard-managed': 0, 'run-codex': 0, 'verify-guard': 0 });
    expect(summary).toContain('the run is covered');
    for (const path of ['/etc/codex/hooks.json', '/usr/local/lib/codex-guard'])
      expect(existsSync(path)).toBe(false);
  });
});
