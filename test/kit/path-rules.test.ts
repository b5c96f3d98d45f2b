import { describe, expect, it } from 'vitest';
import { CREDENTIAL_FILES, READABLE_LOOKALIKES, TEMPLATE_FILES } from '../../lib/kit/credentials.ts';
import { findForbidding } from '../../lib/kit/path-rules.ts';
import { namesOf } from '../../lib/kit/paths.ts';
import { patternOf } from '../../lib/kit/words.ts';
import { globSet, HOST, locate, unknown, word } from '../guards/build.ts';

const forbid = globSet(CREDENTIAL_FILES);
const permit = [globSet([...READABLE_LOOKALIKES, ...TEMPLATE_FILES])];

function ask(path: string): string {
  const names = namesOf(word(path), locate(path), HOST.paths);
  const found = findForbidding({ names, kind: word(path).glob ? 'pattern' : 'known' }, forbid, permit);
  return found === undefined ? 'free' : found.possible ? 'possible' : 'forbidden';
}

describe('paths', () => {
  it.each([
    ['.env', 'forbidden'],
    ['apps/web/.env.local', 'forbidden'],
    ['apps/web/.env.example', 'free'],
    ['.env.production.example', 'free'],
    ['.environment', 'free'],
    ['src/env.ts', 'free'],
    ['~/.ssh/id_rsa', 'forbidden'],
    ['~/.ssh/deploy', 'forbidden'],
    ['~/.ssh/id_ed25519.pub', 'free'],
    ['~/.ssh/known_hosts', 'free'],
    ['~/.aws/credentials', 'forbidden'],
    ['~/.aws/config', 'free'],
    ['~/.codex/auth.json', 'forbidden'],
    ['~/.npmrc', 'forbidden'],
    ['.npmrc', 'free'],
    ['certs/server.pem', 'forbidden'],
    ['/etc/ssl/certs/ca.pem', 'free'],
    ['/etc/shadow', 'forbidden'],
    ['/proc/self/environ', 'forbidden'],
    ['/proc/cpuinfo', 'free'],
    ['~/.config/chromium/Default/Cookies', 'forbidden'],
    ['/tmp/x/.env', 'forbidden'],
  ])('%s: %s', (path, expected) => {
    expect(ask(path)).toBe(expected);
  });
});

describe('patterns', () => {
  it.each([
    ['.e?v', 'forbidden'],
    ['.en*', 'forbidden'],
    ['.[e]nv', 'forbidden'],
    ['.env*', 'forbidden'],
    ['config/.??v', 'forbidden'],
    ['.env.*', 'possible'],
    ['.env.ex*', 'possible'],
    ['.env.*.example', 'free'],
    ['certs/*.pem', 'possible'],
    ['id_*', 'forbidden'],
    ['~/.ssh/*', 'forbidden'],
    ['~/.ssh/id_?sa', 'forbidden'],
    ['~/.ssh/*.pub', 'free'],
    ['~/.aws/*', 'forbidden'],
    ['~/.a?s/cred*', 'forbidden'],
    ['*', 'free'],
    ['src/*', 'free'],
    ['**/generated/**', 'free'],
    ['**/certs/**/*.rb', 'free'],
    ['~/**/Keychains/**', 'forbidden'],
    ['**/*', 'free'],
    ['*.json', 'free'],
    ['*.ts', 'free'],
    ['*.md', 'free'],
    ['config*', 'free'],
    ['index*', 'free'],
    ['.*ignore', 'free'],
    ['.prettierrc*', 'free'],
    ['.github/workflows/*.yml', 'free'],
    ['/etc/*release', 'free'],
    ['~/work/other/*.json', 'free'],
  ])('%s: %s', (path, expected) => {
    expect(ask(path)).toBe(expected);
  });
});

describe('partly unknown words', () => {
  const askPieces = (...pieces: (string | null)[]): string => {
    const pattern = patternOf(unknown(...pieces));
    const names = [pattern, pattern.slice(pattern.lastIndexOf('/') + 1)];
    const found = findForbidding({ names, kind: 'unknown' }, forbid, permit);
    return found === undefined ? 'free' : found.possible ? 'possible' : 'forbidden';
  };
  it.each<[(string | null)[], string]>([
    [[null], 'free'],
    [[null, '/.env'], 'forbidden'],
    [[null, '/.env.example'], 'free'],
    [[null, '/id_rsa'], 'forbidden'],
    [[null, '/config'], 'free'],
    [[null, '/credentials'], 'free'],
    [[null, '.ts'], 'free'],
    [[null, '.pem'], 'possible'],
    [['.env', null], 'possible'],
    [['src/', null, '/index.ts'], 'free'],
  ])('%j: %s', (pieces, expected) => {
    expect(askPieces(...pieces)).toBe(expected);
  });
});

it('lets the more specific glob decide, and the forbidding one of two equals', () => {
  const decide = (name: string, no: string[], yes: string[]) =>
    findForbidding({ names: [name], kind: 'known' }, globSet(no), [globSet(yes)]) === undefined;
  expect(decide('test/a.pem', ['*.pem', '**/*.pem'], ['test/*.pem'])).toBe(true);
  expect(decide('test/a.pem', ['**/*.pem', 'test/a.pem'], ['test/*.pem'])).toBe(false);
  expect(decide('a.pem', ['a.pem'], ['a.pem'])).toBe(false);
});
