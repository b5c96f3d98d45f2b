/** What git may throw away in a temporary directory, and where it only seems to be in one. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'codex-guard-scratch-')));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('repositories in temporary directories', () => {
  const cwd = makeProject('feature/x');
  const judged = (command: string) => {
    const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
    return (
      verdict.findings.filter(({ guard, level }) => guard === 'data-loss' && level !== 'note').length > 0
    );
  };
  const tree = join(base, 'tree');
  execaSync('git', ['init', '-q', tree]);
  const elsewhere = join(base, 'elsewhere');
  execaSync('git', ['init', '-q', elsewhere]);
  execaSync('git', ['-C', elsewhere, 'config', 'core.worktree', '/home/u/work']);
  mkdirSync(join(cwd, 'tmp'), { recursive: true });
  symlinkSync(cwd, join(base, 'link'));

  it.each([
    '(cd /tmp/copy && git reset --hard HEAD && git clean -fdx)',
    'git -C /tmp/copy checkout -- . && git -C /tmp/copy restore src',
    `git -C ${tree} reset --hard`,
    `git -C ${tree} clean -fdx`,
  ])('%s loses nothing', (command) => expect(judged(command)).toBe(false));

  it.each([
    'git reset --hard',
    'git clean -fdx',
    'git -C ../other reset --hard',
    `git -C ${join(base, 'link')} reset --hard`,
    `git -C ${elsewhere} checkout -- .`,
    `git -C ${elsewhere} clean -fd`,
    'cd tmp && git reset --hard',
    `TMPDIR=${cwd}/tmp; cd "$TMPDIR" && git clean -fdx`,
    'cd /tmp; git --work-tree=/home/u/work --git-dir=/home/u/work/.git reset --hard',
    'cd /tmp; GIT_DIR=/home/u/work/.git GIT_WORK_TREE=/home/u/work git checkout -- .',
    'git -C /tmp/../home/u/work reset --hard',
    'git -C /tmp/copy stash drop',
    'git -C /tmp/copy reflog expire --expire=now --all',
    'git -C "$WHERE" reset --hard',
  ])('%s loses work', (command) => expect(judged(command)).toBe(true));
});
