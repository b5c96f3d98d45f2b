import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Grant,
  giveBack,
  pruneGrants,
  readGrants,
  revokeGrant,
  takeGrant,
  writeGrant,
} from '../../lib/engine/grant-files.ts';

const base = mkdtempSync(join(tmpdir(), 'codex-guard-grant-files-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
let home = '';
let count = 0;
beforeEach(() => {
  home = join(base, String(count++));
});

const NOW = new Date('2026-03-01T12:00:00Z');
const GRANT: Omit<Grant, 'schema'> = {
  id: '0a1b2c3d',
  made: '2026-03-01T12:00:00.000Z',
  expires: '2026-03-01T13:00:00.000Z',
  once: true,
  user: 'ada',
  reason: 'agreed',
  place: '/work/app',
  input: 'i',
  command: 'git push origin main',
  policy: 'd',
  findings: [{ guard: 'branch-protection', message: 'm', key: 'k' }],
};
const fileOf = (id = GRANT.id): string => join(home, 'grants', `${id}.json`);
const TURN = '0123456789abcdef';

describe('a grant', () => {
  it('is written for its owner alone, and read back', () => {
    writeGrant(home, GRANT);
    expect(statSync(fileOf()).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'grants')).mode & 0o777).toBe(0o700);
    expect(readGrants(home, NOW)).toEqual({
      grants: [{ grant: { schema: 'codex-guard/grant/v1', ...GRANT } }],
      problems: [],
    });
  });

  it('ends by itself, and is swept away later', () => {
    writeGrant(home, GRANT);
    writeGrant(home, { ...GRANT, id: '0a1b2c3e', once: false, expires: '2026-03-06T00:00:00.000Z' });
    const later = new Date('2026-03-01T13:00:00Z');
    expect(readGrants(home, later).grants.map(({ grant }) => grant.id)).toEqual(['0a1b2c3e']);
    pruneGrants(home, later);
    expect(readdirSync(join(home, 'grants'))).toEqual(['0a1b2c3e.json']);
  });

  it('can be taken back, used or not', () => {
    writeGrant(home, GRANT);
    expect(revokeGrant(home, 'ffffffff')).toBe(false);
    expect(revokeGrant(home, GRANT.id)).toBe(true);
    writeGrant(home, GRANT);
    expect(takeGrant(home, { grant: { schema: 'codex-guard/grant/v1', ...GRANT } }, TURN)).toBe(true);
    expect(revokeGrant(home, GRANT.id)).toBe(true);
    expect(readdirSync(join(home, 'grants'))).toEqual([]);
  });

  it('is used up by one only, and given back when that one is denied after all', () => {
    writeGrant(home, GRANT);
    const [stored] = readGrants(home, NOW).grants;
    if (stored === undefined) throw new Error('no grant');
    expect([takeGrant(home, stored, TURN), takeGrant(home, stored, TURN)]).toEqual([true, false]);
    const [used] = readGrants(home, NOW).grants;
    expect(used?.usedIn).toBe(TURN);
    giveBack(home, stored, TURN);
    expect(takeGrant(home, stored, TURN)).toBe(true);
  });

  it('is used up by one of many processes at the same time', { timeout: 60_000 }, async () => {
    const files = join(import.meta.dirname, '..', '..', 'lib', 'engine', 'grant-files.ts');
    const runner = join(import.meta.dirname, '..', '..', 'scripts', 'run-ts.mjs');
    writeGrant(home, GRANT);
    const script = join(home, 'take.ts');
    // All wait for the same moment, so that they really meet.
    writeFileSync(
      script,
      `import { readGrants, takeGrant } from ${JSON.stringify(files)};
const [home, turn, at] = process.argv.slice(2) as [string, string, string];
const [stored] = readGrants(home, new Date('2026-03-01T12:00:00Z')).grants;
while (Date.now() < Number(at)) {}
console.log(stored !== undefined && takeGrant(home, stored, turn) ? 'took' : 'missed');
`,
    );
    const at = String(Date.now() + 3000);
    const runs = Array.from({ length: 4 }, (_, n) =>
      promisify(execFile)(process.execPath, [runner, script, home, TURN.replace('0', String(n)), at]),
    );
    const said = (await Promise.all(runs)).map(({ stdout }) => stdout.trim()).sort();
    expect(said).toEqual(['missed', 'missed', 'missed', 'took']);
  });
});

describe('a file that is not to be trusted', () => {
  const isRoot = process.getuid?.() === 0;
  const rewrite = (over: object): void => {
    writeFileSync(fileOf(), JSON.stringify({ schema: 'codex-guard/grant/v1', ...GRANT, ...over }), {
      mode: 0o600,
    });
  };

  it.each<readonly [string, () => void, string]>([
    ['can be written by the group', () => chmodSync(fileOf(), 0o620), 'can be written by others'],
    ['can be written by all', () => chmodSync(fileOf(), 0o602), 'can be written by others'],
    [
      'is a link',
      () => {
        renameSync(fileOf(), join(home, 'x'));
        symlinkSync(join(home, 'x'), fileOf());
      },
      'is a link',
    ],
    ['has a second name', () => linkSync(fileOf(), join(home, 'x')), 'has a second name'],
    [
      'is a folder',
      () => {
        rmSync(fileOf());
        mkdirSync(fileOf());
      },
      'is no regular file',
    ],
    ['is no JSON', () => writeFileSync(fileOf(), '{'), 'is no JSON'],
    ['is null', () => writeFileSync(fileOf(), 'null'), 'is no grant as codex-guard writes it'],
    ['is huge', () => writeFileSync(fileOf(), ' '.repeat(70_000)), 'is too large'],
    ['has the id of another', () => rewrite({ id: 'ffffffff' }), 'is no grant as'],
    ['has no reason', () => rewrite({ reason: ' ' }), 'is no grant as'],
    ['lifts nothing', () => rewrite({ findings: [] }), 'is no grant as'],
    ['has a finding without a key', () => rewrite({ findings: [{ guard: 'x' }] }), 'is no grant as'],
    [
      'lasts longer than an hour for one step',
      () => rewrite({ expires: '2026-03-02T12:00:00.000Z' }),
      'is no grant as',
    ],
    [
      'lasts longer than 90 days',
      () => rewrite({ once: false, expires: '2027-01-01T00:00:00.000Z' }),
      'is no grant as',
    ],
    ['has times that are none', () => rewrite({ expires: 'never' }), 'is no grant as'],
  ])('because it %s is ignored and reported', (_, spoil, why) => {
    writeGrant(home, GRANT);
    spoil();
    const { grants, problems } = readGrants(home, NOW);
    expect(grants).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`${fileOf()} ${why}`);
  });

  it.skipIf(!isRoot)('because it belongs to somebody else is ignored and reported', () => {
    writeGrant(home, GRANT);
    chownSync(fileOf(), 12345, 12345);
    expect(readGrants(home, NOW)).toEqual({
      grants: [],
      problems: [expect.stringContaining('belongs to somebody else')],
    });
  });

  it('because of a stray name is reported, and the others count', () => {
    writeGrant(home, GRANT);
    writeFileSync(join(home, 'grants', 'more.json'), '{}');
    const { grants, problems } = readGrants(home, NOW);
    expect(grants).toHaveLength(1);
    expect(problems).toEqual([expect.stringContaining('more.json is no grant')]);
  });

  it.each<readonly [string, () => void, string]>([
    ['can be written by others', () => chmodSync(join(home, 'grants'), 0o777), 'can be written by others'],
    [
      'is a link',
      () => {
        renameSync(join(home, 'grants'), join(home, 'x'));
        symlinkSync(join(home, 'x'), join(home, 'grants'));
      },
      'is no directory of its own',
    ],
  ])('because its folder %s', (_, spoil, why) => {
    writeGrant(home, GRANT);
    spoil();
    expect(readGrants(home, NOW)).toEqual({ grants: [], problems: [expect.stringContaining(why)] });
  });

  it('costs little when there are thousands', () => {
    writeGrant(home, GRANT);
    for (let n = 0; n < 2000; n++) writeFileSync(join(home, 'grants', `x${n}`), '');
    const started = performance.now();
    expect(readGrants(home, NOW).problems[0]).toContain('more than 500 files');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
