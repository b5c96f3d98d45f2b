import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject } from '../../pipeline.ts';
import { TASK_FILES } from './files.ts';

/** Calls of tasks that push to main. */
const PUSHES: readonly string[] = [
  'task rel',
  'task block',
  'task chain',
  'go-task build rel',
  'task -d . rel',
  'task given TO=main',
  'task g TO=main',
  'task all -- push origin main',
  'task dynamic',
  'task sub:rel',
  'cd packages/a && task rel',
  'rake rel',
  'bundle exec rake rel',
  'rake short',
  "rake 'deploy:prod[x]'",
  'inv rel',
  'invoke test rel',
  'inv other-name',
  'inv foo-bar',
  'inv after',
  'uv run inv rel',
  'python -m invoke rel',
  'nox -s rel',
  'nox -s tests rel',
  'nox -s rel-3.12',
  'tox -e rel',
  'tox run -e lint,rel',
  'python -m tox -e rel',
  'poe rel',
  'poe shelled',
  'poe several',
  'poe own',
  'poetry run poe rel',
  'poetry poe rel',
  'pdm run prel',
  'pdm run both',
  'pdm prel',
  'hatch run hrel',
  'hatch run docs:drel',
  'rye run rrel',
  'pixi run xrel',
  'mise run rel',
  'mise run after',
  'mise rel',
  'mise run script',
  'cargo make rel',
  'cargo make scripted',
  'makers chain',
  'pre-commit run rel --hook-stage manual',
  'pre-commit run --hook-stage manual --all-files',
  'lefthook run pre-push',
  'npx lint-staged',
  'foreman start rel',
  'honcho start',
  'overmind start -l web,rel',
  'hivemind',
  'devbox run rel',
  'nx run a:deploy',
  'nx deploy a',
  'nx ship a',
  'npx nx run-many -t test,deploy',
  'turbo run deploy --filter=a',
  'turbo deploy',
  'lerna run deploy',
  'npm run wired',
  "npm-run-all 'r*'",
];

/** Calls of other tasks in the same files, and of nothing. */
const HARMLESS: readonly string[] = [
  'task',
  'task test',
  'task sub:test',
  'task --list',
  'task given TO=feature/x',
  'task all -- status',
  'task no-such-task',
  'rake',
  'rake test',
  'rake -T',
  'inv test',
  'inv --list',
  'nox',
  'nox -l',
  'tox',
  'tox -e lint',
  'tox -l',
  'poe test -k push',
  'pdm run test',
  'pdm run pytest',
  'pdm list',
  'hatch run test',
  'hatch version',
  'pixi run test',
  'mise run test',
  'mise tasks',
  'cargo make test',
  'cargo build',
  'pre-commit run',
  'pre-commit run lint --all-files',
  'pre-commit run trailing-whitespace',
  'pre-commit autoupdate',
  'lefthook run pre-commit',
  'foreman start web',
  'devbox run test',
  'nx run a:test',
  'nx check a',
  'nx graph',
  'turbo run test',
  'turbo run deploy --dry-run',
  'lerna run test',
  'lerna bootstrap',
  'npm run quiet',
  "npm-run-all 't*'",
];

describe('tasks that stand in files of their own', () => {
  const cwd = makeProject('feature/x', TASK_FILES);
  it.each(PUSHES)('%s pushes to main', (command) => {
    const { verdict } = judgeCommand(command, cwd);
    expect(verdict.outcome).toBe('deny');
    expect(verdict.findings.map(({ guard }) => guard)).toContain('branch-protection');
  });
  it.each(HARMLESS)('%s pushes nothing', (command) => {
    expect(
      judgeCommand(command, cwd).verdict.findings.filter(({ guard }) => guard === 'branch-protection'),
    ).toEqual([]);
  });
});

describe('task files that cannot be read whole', () => {
  const cwd = makeProject('feature/x', {
    'Taskfile.yml': 'tasks:\n  test:\n    cmd: go test\n  odd\n',
    'Makefile.toml': '[tasks.test]\ncommand = "cargo"\nthis is no TOML\n',
  });
  it.each([
    ['task rel', 1],
    ['task test', 0],
    ['makers rel', 1],
    ['makers test', 1],
  ])('%s leaves %i unseen', (command, count) => {
    const { facts } = judgeCommand(command, cwd);
    expect(facts.effects.filter(({ kind }) => kind === 'opaque')).toHaveLength(count);
  });
});
