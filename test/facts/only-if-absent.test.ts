import { describe, expect, it } from 'vitest';
import { findAbsent } from '../../lib/facts/only-if-absent.ts';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

/** What protected-paths makes of a command where `.env` is there. */
function judge(command: string): string {
  const cwd = makeProject();
  const { verdict } = judgeCommand(command, cwd, shippedPolicy(cwd));
  return verdict.findings.some(({ guard }) => guard === 'protected-paths') ? 'deny' : 'pass';
}

describe('a file that is written only where it is not there', () => {
  it.each<[string, string]>([
    ['[ -f .env ] || cp .env.example .env', 'pass'],
    ['test -e .env || cp .env.example .env', 'pass'],
    ['[[ -f ".env" ]] || cat .env.example > .env', 'pass'],
    ['[ ! -f .env ] && cp .env.example .env', 'pass'],
    ['if [ ! -f .env ]; then cp .env.example .env; fi', 'pass'],
    ['npm ci && if test ! -f .env\nthen\n  cp .env.example .env\nfi', 'pass'],
    ['[ -e .env ] || touch .env', 'pass'],
    ['cp -n .env.example .env', 'pass'],
    ['cp --update=none .env.example .env', 'pass'],
    // What there is would be lost, or read.
    ['cp .env.example .env', 'deny'],
    ['cp -n -f .env.example .env', 'deny'],
    ['[ -f .env ] && cp .env.example .env', 'deny'],
    ['[ ! -f .env ] || cp .env.example .env', 'deny'],
    ['[ -f other ] || cp .env.example .env', 'deny'],
    ['[ -d .env ] || cp .env.example .env', 'deny'],
    ['[ -f .env ]; cp .env.example .env', 'deny'],
    ['[ -f .env ] || cat .env', 'deny'],
    ['[ -f .env ] || rm .env', 'deny'],
    ['[ -f .env ] || mv .env x', 'deny'],
    ['# if [ ! -f .env ]; then\ncp .env.example .env', 'deny'],
    ['#; [ -f .env ] ||\ncp .env.example .env', 'deny'],
    ["echo '[ -f .env ] ||'\ncp .env.example .env", 'deny'],
  ])('%s: %s', (command, expected) => {
    expect(judge(command)).toBe(expected);
  });

  it('looks at the program right behind the test alone', () => {
    const text = '[ -f .env ] || cp a .env; cp b .env';
    expect(findAbsent(text, text.indexOf('cp a'))).toBe('.env');
    expect(findAbsent(text, text.indexOf('cp b'))).toBeUndefined();
  });

  it('says how to make the file without losing what is there', () => {
    const cwd = makeProject();
    const { verdict } = judgeCommand('cp .env.example .env', cwd, shippedPolicy(cwd));
    expect(verdict.findings.map(({ remedy }) => remedy).join()).toContain('`cp -n .env.example .env`');
  });
});
