import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject } from '../pipeline.ts';

/** Scripts of the project that a command starts, and whether what stands in them is denied. */
const FILES = {
  'deploy.sh': '#!/bin/sh\ngit push origin main\n',
  'no-line': 'git push origin main\n',
  git: '#!/bin/bash\nrm -rf /srv/data\n',
  'clean.py': "#!/usr/bin/env python3\nimport shutil\nshutil.rmtree('/srv/data')\n",
  'fine.sh': '#!/bin/sh\nnpm test\n',
  'node_modules/tool/cli.js':
    "#!/usr/bin/env node\nrequire('fs').rmSync('/srv/data', { recursive: true });\n",
  'package.json': '{ "name": "x", "scripts": { "deploy": "./deploy.sh", "test": "vitest run" } }',
  Makefile: 'release:\n\tgit push origin main\n\ntest:\n\tnpm test\n',
  '.git-hooks/pre-commit': '#!/bin/sh\nrm -rf /srv/data\n',
};

describe('scripts of the project are judged by what stands in them', () => {
  const cwd = makeProject('feature/x', FILES);
  it.each([
    ['./deploy.sh', 'deny'],
    ['bash deploy.sh', 'deny'],
    ['. ./deploy.sh', 'deny'],
    ['./no-line', 'deny'],
    ['./git status', 'deny'],
    ['./clean.py', 'deny'],
    ['python3 clean.py', 'deny'],
    ['npm run deploy', 'deny'],
    ['make release', 'deny'],
    ['cd src && ../deploy.sh', 'deny'],
    ['./fine.sh', 'pass'],
    ['npm test', 'pass'],
    ['make test', 'pass'],
    ['./node_modules/tool/cli.js', 'pass'],
    ['cat deploy.sh', 'pass'],
  ])('%s', (command, outcome) => {
    expect(judgeCommand(command, cwd).verdict.outcome).toBe(outcome);
  });

  it('says how it got there', () => {
    const { facts } = judgeCommand('npm run deploy', cwd);
    const push = facts.effects.find((effect) => effect.kind === 'git' && effect.op === 'push');
    expect(push?.via?.join(' ')).toMatch(/npm.*deploy\.sh/);
  });
});

describe('scripts know their arguments and their own place', () => {
  const cwd = makeProject('feature/x', {
    'tools/ship.py':
      'import os, shutil, sys\nroot = os.path.join(os.path.dirname(__file__), "..")\nos.system("git push origin " + sys.argv[1])\nshutil.rmtree(os.path.join(root, sys.argv[2]))\n',
    'tools/ship.mjs':
      "import { execSync } from 'node:child_process';\nimport { rmSync } from 'node:fs';\nimport { dirname, join } from 'node:path';\nimport { fileURLToPath } from 'node:url';\nconst root = join(dirname(fileURLToPath(import.meta.url)), '..');\nexecSync(`git push origin ${process.argv[2]}`);\nrmSync(join(root, process.argv[3]), { recursive: true });\n",
  });
  it.each([
    ['python3 tools/ship.py main dist', 'deny'],
    ['python3 tools/ship.py feature/x dist', 'pass'],
    ['node tools/ship.mjs main dist', 'deny'],
    ['node tools/ship.mjs feature/x dist', 'pass'],
    ['cd tools && node ship.mjs feature/x dist', 'pass'],
  ])('%s', (command, outcome) => {
    expect(judgeCommand(command, cwd).verdict.outcome).toBe(outcome);
  });

  it.each(['python3 tools/ship.py feature/x dist', 'cd tools && node ship.mjs feature/x dist'])(
    '%s deletes in the project',
    (command) => {
      const { effects } = judgeCommand(command, cwd).facts;
      const deleted = effects.flatMap((effect) =>
        effect.kind === 'file' && effect.op === 'delete' ? [effect.at?.real] : [],
      );
      expect(deleted).toEqual([join(realpathSync(cwd), 'dist')]);
    },
  );
});
