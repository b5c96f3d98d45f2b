/** What `policy init` finds in a project, and that what it proposes is a policy that holds. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openHost } from '../../lib/facts/host.ts';
import { type Survey, surveyProject } from '../../lib/policy/init/survey.ts';
import { findNewHosts, writeProposal } from '../../lib/policy/init/write-proposal.ts';
import { loadPolicy } from '../../lib/policy/load-policy.ts';
import type { Policy } from '../../lib/types/policy.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-init-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let count = 0;

const KNOWN = new Map([['npm', ['registry.example']]]);
const git = (cwd: string, ...args: readonly string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' });

/** A repository with files, and a home of its own. */
function makeProject(files: Readonly<Record<string, string>>) {
  const root = join(base, String(count++));
  const home = join(root, '..', `home-${count}`);
  mkdirSync(root);
  mkdirSync(join(home, '.codex', 'guard'), { recursive: true });
  git(root, 'init', '-q', '-b', 'feature/x');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  git(
    root,
    '-c',
    'user.name=t',
    '-c',
    'user.email=t@example.com',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'x',
  );
  const host = openHost({ sessionCwd: root, callCwd: root, env: { HOME: home } });
  return { root, home, host };
}

function survey({ root, home }: { readonly root: string; readonly home: string }): Survey {
  const host = openHost({ sessionCwd: root, callCwd: root, env: { HOME: home } });
  return surveyProject(host, root, host.repository(root), KNOWN);
}

const shown = (found: readonly { readonly value: string; readonly where: string }[]) =>
  found.map(({ value, where }) => `${value} (${where})`);

const FILES = {
  'package.json': '{ "scripts": { "test": "vitest", "lint": "biome" } }',
  'package-lock.json':
    '{\n"resolved": "https://registry.example/a.tgz",\n"resolved": "https://mirror.acme.example/b.tgz"\n}',
  '.npmrc': '# npm\n@acme:registry=https://npm.acme.example/\n',
  'services/api/pyproject.toml': '[tool.pytest]\n',
  'Cargo.toml': '[package]\n',
  '.github/workflows/ci.yml':
    'run: |\n  curl https://ci.acme.example:8443/x http://127.0.0.1/ http://10.0.0.1/\n',
  'db/migrations/1.sql': '',
  'src/payments/index.ts': '',
  'src/payments/auth/x.ts': '',
  'deploy/prod/x': '',
  'node_modules/x/auth/y.js': '',
  'docs/security/x.md': '',
};

describe('a survey', () => {
  const project = makeProject(FILES);
  git(project.root, 'remote', 'add', 'origin', 'git@git.acme.example:o/r.git');
  for (const name of ['release/1.0', 'release/1.1', 'staging', 'topic/y']) git(project.root, 'branch', name);
  for (const name of ['develop', 'hotfix/2'])
    git(project.root, 'update-ref', `refs/remotes/origin/${name}`, 'HEAD');
  git(project.root, 'pack-refs', '--all');
  git(project.root, 'update-ref', 'refs/remotes/origin/support/3', 'HEAD');
  git(project.root, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
  const found = survey(project);

  it('finds branches', () => {
    expect(shown(found.branches)).toEqual([
      'develop (default branch of origin)',
      'staging (a branch of that name)',
      'release/* (branches such as release/1.0)',
      'hotfix/* (branches such as hotfix/2)',
      'support/* (branches such as support/3)',
    ]);
  });

  it('finds hosts of remotes, settings, lockfiles and workflows, but not those of default registries', () => {
    expect(shown(found.hosts)).toEqual([
      'git.acme.example (remote origin)',
      'npm.acme.example (.npmrc:2)',
      'mirror.acme.example (package-lock.json:3)',
      'ci.acme.example (.github/workflows/ci.yml:2)',
    ]);
  });

  it('finds registries, sensitive directories and checks', () => {
    expect(shown(found.registries)).toEqual([
      'registry:npm (package.json)',
      'registry:pypi (services/api/pyproject.toml)',
      'registry:cargo (Cargo.toml)',
    ]);
    expect(found.areas.map(({ value }) => value)).toEqual([
      'deploy/**',
      'db/migrations/**',
      'src/payments/**',
    ]);
    expect(found.checks.map(({ value }) => value)).toEqual(['npm test', 'npm run lint', 'cargo test']);
  });

  it('finds nothing in an empty directory', () => {
    const empty = { branches: [], hosts: [], registries: [], areas: [], checks: [] };
    const host = openHost({ sessionCwd: base, callCwd: base, env: { HOME: base } });
    mkdirSync(join(base, 'empty'));
    expect(surveyProject(host, join(base, 'empty'), undefined, KNOWN)).toEqual(empty);
  });
});

describe('a proposal', () => {
  const now = new Date('2026-01-01');

  function propose(
    scope: 'user' | 'project',
    files: Readonly<Record<string, string>>,
    level?: string,
    takesHosts = false,
    user?: string,
  ) {
    const project = makeProject(files);
    git(project.root, 'remote', 'add', 'origin', 'git@git.acme.example:o/r.git');
    git(project.root, 'branch', 'main');
    const userPath = join(project.home, '.codex', 'guard', 'policy.jsonc');
    if (user !== undefined) writeFileSync(userPath, user);
    const before = loadPolicy({ host: project.host, now });
    const found = survey(project);
    const hosts = new Set(takesHosts ? findNewHosts(found, before).map(({ value }) => value) : []);
    const text = writeProposal({ survey: found, scope, root: project.root, level, hosts, before });
    const path = scope === 'user' ? userPath : join(project.root, '.codex', 'guard.jsonc');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const host = openHost({ sessionCwd: project.root, callCwd: project.root, env: { HOME: project.home } });
    return { text, before, after: loadPolicy({ host, projectRoot: project.root, now }) };
  }
  const allow = (policy: Policy) => policy.guards['network-allowlist']?.options.allow;

  it.each(['user', 'project'] as const)('for a %s is right and refused nowhere', (scope) => {
    const { after, text } = propose(scope, FILES, scope === 'user' ? 'level-3' : undefined);
    expect(after.problems).toEqual([]);
    expect(after.tests).toHaveLength(1);
    expect(text).toContain('// Checks this project: npm test (package.json)');
  });

  it('allows a host only when a person took it', () => {
    expect(allow(propose('user', FILES, 'level-2').after)).not.toContain('npm.acme.example');
    expect(allow(propose('user', FILES, 'level-2', true).after)).toEqual(
      expect.arrayContaining(['registry:npm', '**.github.com', 'npm.acme.example', 'ci.acme.example']),
    );
  });

  it('is right with the comments taken away', () => {
    const { text } = propose('user', FILES, 'level-2');
    const open = text.replace(/^( +)\/\/ (?=")/gm, '$1');
    expect(open).not.toBe(text);
    const { before } = propose('project', {}, undefined, false, open);
    expect(before.problems).toEqual([]);
    expect(allow(before)).toContain('ci.acme.example');
  });

  it('for a project keeps what is allowed and leaves out registries that nothing uses', () => {
    const { before, after, text } = propose('project', { 'package.json': '{}' });
    const unused = (entry: string) => entry.startsWith('registry:') && entry !== 'registry:npm';
    expect(allow(after)).toEqual((allow(before) as readonly string[]).filter((entry) => !unused(entry)));
    expect(text).toContain('// "registry:cargo", // nothing here uses it');
    expect(text).toContain('// "git.acme.example", // remote origin; allowed in this repository anyway');
  });

  it('makes no test of what is only watched', () => {
    expect(propose('project', FILES, undefined, false, '{ "mode": "observe" }').after.tests).toEqual([]);
  });

  it('takes hostile names for what they are', () => {
    const { after, text } = propose(
      'user',
      { '.npmrc': 'registry=https://a.example/"]}}\u2028//\n', 'x\u2028y/auth/z': '' },
      'level-2',
      true,
    );
    expect(after.problems).toEqual([]);
    expect(text).not.toContain('\u2028');
  });
});
