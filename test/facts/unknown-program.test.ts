import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject } from '../pipeline.ts';

/** Programs that nobody knows, with another program's start among their words. */
const STARTS: readonly string[] = [
  'faketool x git push origin main',
  'faketool -- rm -rf ~',
  'faketool rm -rf ~',
  "faketool exec 'git push origin main'",
  "faketool -c 'git push origin main'",
  "faketool --command='git push origin main'",
  'faketool run git push origin main',
  'faketool --level 3 sudo rm -rf /etc',
  'faketool cat ~/.ssh/id_rsa',
  'faketool run git push "$REMOTE" main',
  'faketool x rm -rf "$HOME/$NAME"',
  'faketool bash -c "git push origin main"',
  'faketool git switch main; git commit -m x',
];

/** Words that only speak of programs, and commands of the unknown program's own. */
const MENTIONS: readonly string[] = [
  'tldr git push origin main',
  'cheat git push origin main',
  "gum confirm 'rm -rf ~?'",
  'notify-send git push origin main',
  'say git push origin main',
  'faketool help git push origin main',
  "faketool -m 'git push origin main'",
  "faketool --title 'rm -rf ~'",
  "faketool 'git push origin main is what it ran'",
  'faketool rm production',
  'faketool rm -f thing',
  'faketool install git curl',
  'faketool merge origin main',
  'faketool kill 1234',
  'faketool --editor vim file.txt',
  'faketool --package-manager npm install',
  'faketool python setup.py',
  'faketool render report.qmd',
  'faketool jobs list --all',
  'faketool send task "done: $STATUS of $NAME"',
  'faketool rm "the $NAME"',
];

describe('programs that nobody knows', () => {
  const cwd = makeProject('feature/x');
  it.each(STARTS)('%s may start what it names', (command) => {
    const { verdict } = judgeCommand(command, cwd);
    expect(verdict.outcome).toBe('warn');
    expect(verdict.findings.length).toBeGreaterThan(0);
  });
  it.each(MENTIONS)('%s', (command) => {
    expect(judgeCommand(command, cwd).verdict).toMatchObject({ outcome: 'pass', findings: [] });
  });
  it('does not take what only may run as done', () => {
    const { facts } = judgeCommand('faketool git switch main; git branch', cwd);
    expect(facts.invocations.map(({ argv }) => argv[0]?.text)).toEqual(['faketool', 'git']);
    expect(facts.effects.filter(({ kind }) => kind === 'git').map(({ uncertain }) => uncertain)).toContain(
      true,
    );
  });
});
