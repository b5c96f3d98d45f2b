import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

/** Outcome and guards of a command in a project with the given files. */
function judge(command: string, files: Readonly<Record<string, string>> = {}): string {
  const cwd = makeProject('feature/x', files);
  const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
  const ids = verdict.findings.filter(({ level }) => level !== 'note').map(({ guard }) => guard);
  return [verdict.outcome, ...new Set(ids)].join(' ');
}

const PUSH = 'git push origin main';
const DENIED = 'deny branch-protection';

describe('task files that are code', () => {
  it.each<[string, string, string, string]>([
    [
      'gulp',
      'gulpfile.js',
      `exports.default = () => require('child_process').execSync('${PUSH}')`,
      "exports.default = () => src('a').pipe(dest('b'))",
    ],
    [
      'npx grunt build',
      'Gruntfile.js',
      `module.exports = (g) => { require('child_process').exec('${PUSH}'); }`,
      "module.exports = (g) => { g.registerTask('default', ['build']); }",
    ],
    ['zx s.mjs', 's.mjs', `await $\`${PUSH}\``, 'await $`git status`'],
    [
      'doit',
      'dodo.py',
      `def task_x():\n    return {'actions': ["echo it is", "${PUSH}"]}\n`,
      "def task_x():\n    return {'actions': ['git status'], 'doc': 'git push origin main'}\n",
    ],
    [
      'ninja',
      'build.ninja',
      `rule x\n  command = ${PUSH}\nbuild out: x\n`,
      'rule x\n  command = cc -c $in -o $out\n  description = git push origin main\n',
    ],
    [
      'go generate ./...',
      'pkg/a.go',
      `package a\n\n//go:generate ${PUSH}\n`,
      'package a\n\n//go:generate stringer -type=A\n',
    ],
    ['run-parts hooks.d', 'hooks.d/one', `#!/bin/sh\n${PUSH}\n`, '#!/bin/sh\ngit status\n'],
  ])('%s follows %s', (command, path, wrong, right) => {
    expect(judge(command, { [path]: wrong })).toBe(DENIED);
    expect(judge(command, { [path]: right })).toBe('pass');
    expect(judge(command)).toBe('pass');
  });

  it.each<[string, string]>([
    ['gulp --version', 'gulpfile.js'],
    ['go generate -n ./...', 'a.go'],
    ['ninja -t clean', 'build.ninja'],
    ['doit list', 'dodo.py'],
    ['run-parts --test hooks.d', 'hooks.d/one'],
  ])('%s only tells', (command, path) => {
    const text = `//go:generate ${PUSH}\n  command = ${PUSH}\nrequire('child_process').execSync('${PUSH}')\n{'actions': ['${PUSH}']}`;
    expect(judge(command, { [path]: text })).toBe('pass');
  });
});

describe('odd ways to start a program', () => {
  it.each<[string, string]>([
    [`gdb -batch -ex run --args ${PUSH}`, DENIED],
    [`lldb -b -o run -- ${PUSH}`, DENIED],
    ['gdb -batch -ex bt --args ./app core', 'pass'],
    [`consul lock x ${PUSH}`, 'warn branch-protection'],
    [`ip netns exec blue ${PUSH}`, DENIED],
    ['ip netns list', 'pass'],
    ['ip addr show', 'pass'],
    [`script -q /dev/null ${PUSH}`, DENIED],
    [`heroku local:run ${PUSH}`, DENIED],
    ['heroku local:run npm test', 'pass'],
    [`zx -e '$\`${PUSH}\`'`, DENIED],
    [`dc -e '!${PUSH}'`, DENIED],
    [`echo 'syscmd(${PUSH})' | m4`, DENIED],
    [`ls | fzf --preview '${PUSH}'`, DENIED],
    [`fzf --bind 'start:execute-silent(${PUSH})'`, DENIED],
    ["ls | fzf --preview 'head {}'", 'pass'],
    [`certbot renew --deploy-hook '${PUSH}'`, DENIED],
    ["gnuplot -e 'plot sin(x)'", 'warn uncertain'],
    ['gnuplot plot.gp', 'pass'],
    ['LD_PRELOAD=./x.so git status', 'warn uncertain'],
    ['export LD_PRELOAD=/tmp/x.so; git status', 'warn uncertain'],
    ['LD_PRELOAD=/usr/lib/../../tmp/x.so git status', 'warn uncertain'],
    ['LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2 node src/index.ts', 'pass'],
    ['LD_PRELOAD= git status', 'pass'],
  ])('%s: %s', (command, expected) => {
    expect(judge(command)).toBe(expected);
  });
});
