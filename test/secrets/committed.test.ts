import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { StepResult } from '../../lib/engine/run-step.ts';
import { runStep } from '../../lib/engine/run-step.ts';
import type { EventName, Payload } from '../../lib/types/payload.ts';
import { ENV, shippedPolicy } from '../pipeline.ts';
import { makeSample, seededRandom } from './samples.ts';

const TOKEN = makeSample('ghp_{A36}', seededRandom(71));
const OTHER = makeSample('glpat-{s20}', seededRandom(72));
const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-commit-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));

let root = '';
let rounds = 0;
const git = (...args: string[]): string =>
  execaSync('git', ['-c', 'user.name=dev', '-c', 'user.email=dev@example.com', ...args], {
    cwd: root,
    env: { HOME: base, GIT_CONFIG_NOSYSTEM: '1' },
  }).stdout;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = join(base, String(rounds++));
  mkdirSync(root);
  git('init', '-q', '-b', 'main');
  write('README.md', '# r\n');
  write('.gitignore', 'dist/\n');
  git('add', '.');
  git('commit', '-qm', 'start');
  git('remote', 'add', 'origin', 'https://github.com/o/r.git');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  git('checkout', '-qb', 'feature/x');
});

function run(more: Partial<Payload>, event: EventName = 'PreToolUse'): StepResult {
  const payload: Payload = { event, eventText: event, sessionId: 't', cwd: root, unknown: {}, ...more };
  return runStep({
    payload,
    event,
    env: ENV,
    sessionCwd: root,
    now: new Date(),
    budgetMs: 20_000,
    counts: false,
    policy: shippedPolicy(root),
  });
}
const judge = (command: string): StepResult => run({ call: { kind: 'shell', command } });
const secretsOf = ({ verdict }: StepResult): string[] =>
  verdict.findings
    .filter(({ guard }) => guard === 'secrets')
    .map(({ level, message }) => `${level} ${message.replace(/, fingerprint \w+/, '')}`);

describe('a commit', () => {
  it('is denied for what is staged, with file and line', () => {
    write('src/a.ts', `one\ntwo\nconst t = "${TOKEN}";\n`);
    git('add', '.');
    const step = judge('git commit -m "add it"');
    expect(step.verdict.outcome).toBe('deny');
    expect(secretsOf(step)).toEqual([
      'deny a secret (GitHub, rule github-pat) stands in the commit at src/a.ts:3:12',
    ]);
    expect(JSON.stringify(step.verdict)).not.toContain(TOKEN.slice(4, 16));
  });

  it.each<[string, string]>([
    ['-a', 'git commit -am x'],
    ['a path', 'git commit -m x README.md'],
    ['add before it', 'git add README.md && git commit -m x'],
    ['everything', 'git add -A; git commit -m x'],
    ['another directory', 'cd src && git add .. && git commit -m x'],
    ['git -C', `git -C . add README.md && git -C . commit -m x`],
    ['--amend', 'git add -u && git commit --amend --no-edit'],
    ['a wrapper', "bash -c 'git add . && git commit -m x'"],
    ['a pattern', "git add '*.md' && git commit -m x"],
  ])('is denied for what it takes along: %s', (_, command) => {
    mkdirSync(join(root, 'src'), { recursive: true });
    write('README.md', `# r\n${TOKEN}\n`);
    expect(secretsOf(judge(command))).toEqual([
      'deny a secret (GitHub, rule github-pat) stands in the commit at README.md:2:1',
    ]);
  });

  it.each<[string, string]>([
    ['a new file', 'git add notes/n.txt && git commit -m x'],
    ['a new directory', 'git add notes && git commit -m x'],
    ['a copy made on the way', 'cp notes/n.txt src.txt && git add src.txt && git commit -m x'],
  ])('is denied for %s', (_, command) => {
    write('notes/n.txt', `a\n${TOKEN}\n`);
    expect(secretsOf(judge(command))).toEqual([
      'deny a secret (GitHub, rule github-pat) stands in the commit at notes/n.txt:2:1',
    ]);
  });

  it('is denied for text that attributes call binary', () => {
    write('.gitattributes', '* binary\n');
    write('a.txt', `${TOKEN}\n`);
    git('add', '.');
    expect(secretsOf(judge('git commit -m x'))).toHaveLength(1);
  });

  it.each<[string, () => void, string]>([
    ['nothing else is staged', () => write('new.txt', TOKEN), 'git commit -m x'],
    [
      'another file is added',
      () => {
        write('new.txt', TOKEN);
        write('good.txt', 'fine');
      },
      'git add good.txt && git commit -m x',
    ],
    ['the file is ignored', () => write('dist/a.txt', TOKEN), 'git add -A && git commit -m x'],
    ['nothing is committed', () => write('README.md', TOKEN), 'git add -A'],
    ['it only asks', () => write('README.md', TOKEN), 'git commit -a --dry-run'],
  ])('passes when %s', (_, prepare, command) => {
    prepare();
    expect(secretsOf(judge(command))).toEqual([]);
  });

  it('passes when it takes a secret out', () => {
    write('a.txt', `${TOKEN}\nrest\n`);
    git('add', '.');
    git('commit', '-qm', 'bad');
    write('a.txt', 'rest\n');
    expect(secretsOf(judge('git commit -am "take it out"'))).toEqual([]);
  });

  it('starts nothing that the repository configures', () => {
    write('.gitattributes', '*.txt filter=evil diff=evil\n');
    for (const key of ['filter.evil.clean', 'diff.evil.textconv', 'diff.evil.command', 'core.fsmonitor'])
      git('config', key, `touch ${root}/ran; cat`);
    write('a.txt', `${TOKEN}\n`);
    expect(secretsOf(judge('git add -A && git commit -m x'))).toHaveLength(1);
    expect(statSync(join(root, 'ran'), { throwIfNoEntry: false })).toBeUndefined();
  });

  it('says when it could not be looked at', () => {
    write('a.txt', 'x\n');
    git('add', '.');
    const step = runStep({
      payload: {
        event: 'PreToolUse',
        eventText: 'PreToolUse',
        sessionId: 't',
        cwd: root,
        unknown: {},
        call: { kind: 'shell', command: 'git commit -m x' },
      },
      event: 'PreToolUse',
      env: { ...ENV, PATH: '/nowhere' },
      sessionCwd: root,
      now: new Date(),
      budgetMs: 20_000,
      counts: false,
      policy: shippedPolicy(root),
    });
    expect(secretsOf(step)).toEqual([
      'warn what is committed or pushed was not wholly looked at for secrets: git is not on PATH',
    ]);
  });
});

describe('a push', () => {
  it('is denied for commits that the remote does not have', () => {
    write('a.txt', `x\n${TOKEN}\n`);
    git('add', '.');
    git('commit', '-qm', 'bad');
    write('a.txt', 'x\n');
    git('commit', '-qam', 'good again');
    const found = secretsOf(judge('git push -u origin feature/x'));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/stands in a commit that is pushed \([0-9a-f]{12}\) at a\.txt:2:1$/);
  });

  it('passes for those that it has, and for none', () => {
    write('a.txt', `x\n${TOKEN}\n`);
    git('add', '.');
    git('commit', '-qm', 'bad');
    git('update-ref', 'refs/remotes/origin/feature/x', 'HEAD');
    expect(secretsOf(judge('git push'))).toEqual([]);
    expect(secretsOf(judge('git push origin HEAD:refs/heads/feature/x'))).toEqual([]);
  });

  it('looks at what merges add, and at new branches of the same text', () => {
    git('checkout', '-qb', 'other', 'main');
    write('README.md', '# other\n');
    git('commit', '-qam', 'other');
    git('checkout', '-q', 'feature/x');
    write('README.md', '# mine\n');
    git('commit', '-qam', 'mine');
    git('merge', '--no-commit', '-s', 'ours', 'other');
    write('README.md', `# both\n${TOKEN}\n`);
    git('commit', '-qam', 'merge');
    expect(secretsOf(judge('git checkout -b new && git push -u origin new'))).toHaveLength(1);
  });
});

describe('the end of a turn', () => {
  it('goes on for what stands in the work tree', () => {
    write('src/new.ts', `\n${TOKEN}\n`);
    write('README.md', `# r\n${OTHER}\n`);
    const step = run({ lastMessage: 'done' }, 'Stop');
    expect(step.verdict.outcome).toBe('deny');
    expect(secretsOf(step)).toEqual([
      'deny a secret (GitLab, rule gitlab-pat) stands in the work tree at README.md:2:1',
      'deny a secret (GitHub, rule github-pat) stands in the work tree at src/new.ts:2:1',
    ]);
  });

  it('leaves alone what was there before the session', () => {
    write('mine.txt', TOKEN);
    utimesSync(join(root, 'mine.txt'), 1000, 1000);
    const transcript = join(base, `rollout-${rounds}.jsonl`);
    writeFileSync(transcript, '');
    expect(secretsOf(run({ lastMessage: 'done', transcriptPath: transcript }, 'Stop'))).toEqual([]);
  });

  it('only warns of the last message', () => {
    expect(run({ lastMessage: `it is ${TOKEN}` }, 'Stop').verdict.outcome).toBe('warn');
  });
});
