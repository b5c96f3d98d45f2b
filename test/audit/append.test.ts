import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appendAudit } from '../../lib/audit/append.ts';
import { streamAudit } from '../../lib/audit/read.ts';
import { unprivileged } from '../unprivileged.ts';
import { NOON, PAYLOAD, record } from './example.ts';

/** What the next writes do instead of writing: how many bytes fit, or an error code. */
const disk = vi.hoisted(() => ({ answers: [] as (number | string)[] }));
vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  return {
    ...real,
    writeSync: (fd: number, data: Buffer | string) => {
      const answer = disk.answers.shift();
      if (answer === undefined) return real.writeSync(fd, data as Buffer);
      if (typeof answer === 'string') throw Object.assign(new Error(answer), { code: answer });
      return real.writeSync(fd, Buffer.from(data).subarray(0, answer));
    },
  };
});

let home = '';
const file = () => join(home, 'audit/2026-03-01.jsonl');
const mode = (path: string) => (fs.statSync(path).mode & 0o777).toString(8);
beforeEach(() => {
  home = join(fs.mkdtempSync(join(tmpdir(), 'guard-audit-')), 'codex/guard');
});
afterEach(() => {
  disk.answers = [];
  fs.rmSync(join(home, '../..'), { recursive: true, force: true });
});

describe('appendAudit', () => {
  it('makes directories and the day’s file for the owner alone', () => {
    expect(appendAudit(record(), home)).toBeUndefined();
    expect(appendAudit(record({ time: NOON + 12 * 3_600_000 - 1 }), home)).toBeUndefined();
    expect(appendAudit(record({ time: NOON + 12 * 3_600_000 }), home)).toBeUndefined();
    expect(fs.readdirSync(join(home, 'audit'))).toEqual(['2026-03-01.jsonl', '2026-03-02.jsonl']);
    expect([mode(home), mode(join(home, 'audit')), mode(file())]).toEqual(['700', '700', '600']);
    expect(fs.readFileSync(file(), 'utf8').split('\n')).toHaveLength(3);
  });

  it('takes rights away that others were given', () => {
    appendAudit(record(), home);
    fs.chmodSync(file(), 0o666);
    fs.chmodSync(join(home, 'audit'), 0o777);
    expect(appendAudit(record(), home)).toBeUndefined();
    expect([mode(join(home, 'audit')), mode(file())]).toEqual(['700', '600']);
  });

  it('writes each record in one write of at most 64 KiB', () => {
    disk.answers = [65_536];
    const payload = { ...PAYLOAD, cwd: 'é'.repeat(100_000) };
    expect(appendAudit(record({ payload }), home)).toBeUndefined();
    expect([...streamAudit({ guardHome: home })]).toHaveLength(1);
  });

  it.each<[string, () => void, RegExp]>([
    [
      'a link for the directory',
      () => {
        fs.mkdirSync(home, { recursive: true });
        fs.mkdirSync(join(home, 'elsewhere'));
        fs.symlinkSync('elsewhere', join(home, 'audit'));
      },
      /audit is not a directory of its own/,
    ],
    [
      'a link for the file',
      () => {
        fs.mkdirSync(join(home, 'audit'), { recursive: true });
        fs.symlinkSync(join(home, 'victim'), file());
      },
      /a link stands at .*\.jsonl/,
    ],
    [
      'a second name for the file',
      () => {
        fs.mkdirSync(join(home, 'audit'), { recursive: true });
        fs.writeFileSync(join(home, 'victim'), '');
        fs.linkSync(join(home, 'victim'), file());
      },
      /not a file of its own/,
    ],
    [
      'a pipe',
      () => {
        fs.mkdirSync(join(home, 'audit'), { recursive: true });
        execFileSync('mkfifo', [file()]);
      },
      /not written/,
    ],
    [
      'a file for a directory',
      () => {
        fs.mkdirSync(join(home, '..'), { recursive: true });
        fs.writeFileSync(home, '');
      },
      /not written/,
    ],
    [
      'a full disk',
      () => {
        disk.answers = ['ENOSPC'];
      },
      /ENOSPC/,
    ],
  ])('reports %s and writes nothing', (_, prepare, problem) => {
    prepare();
    expect(appendAudit(record(), home)).toMatch(problem);
    for (const name of ['victim', 'elsewhere/2026-03-01.jsonl']) {
      const path = join(home, name);
      if (fs.existsSync(path)) expect(fs.readFileSync(path, 'utf8')).toBe('');
    }
  });

  it('reports a directory that it may not write to', () => {
    fs.mkdirSync(join(home, 'audit'), { recursive: true });
    for (let folder = home; folder !== tmpdir(); folder = dirname(folder)) fs.chmodSync(folder, 0o755);
    fs.chmodSync(join(home, 'audit'), 0o555);
    expect(unprivileged(() => appendAudit(record(), home))).toMatch(/EACCES|EPERM/);
  });

  it('loses one record at most when the disk fills up in the middle of it', () => {
    disk.answers = [50, 'ENOSPC'];
    expect(appendAudit(record(), home)).toMatch(/ENOSPC/);
    disk.answers = [];
    appendAudit(record({ serial: 1 }), home);
    disk.answers = [50];
    expect(appendAudit(record(), home)).toMatch(/cut off after 50 bytes/);
    appendAudit(record({ serial: 2 }), home);
    const damage: string[] = [];
    const found = [...streamAudit({ guardHome: home, onDamage: (place) => damage.push(place) })];
    expect(found.map(({ id }) => id)).toEqual([record({ serial: 1 }).id, record({ serial: 2 }).id]);
    expect(damage).toEqual(['2026-03-01.jsonl:2']);
  });

  it.each([
    ['a time that is none', { ...record(), time: Number.NaN }],
    ['a record that cannot be printed', { ...record(), policy: 1n as never }],
  ])('never throws: %s', (_, broken) => {
    expect(appendAudit(broken, home)).toMatch(/^audit record not written: /);
  });

  it('neither loses nor tears a record of many processes', async () => {
    const program = join(home, '../../writer.cjs');
    fs.mkdirSync(home, { recursive: true });
    const entry = `import { appendAudit } from ${JSON.stringify(join(process.cwd(), 'lib/audit/append.ts'))};
      const [home, record, who] = process.argv.slice(2);
      for (let n = 0; n < 50; n += 1) {
        const one = { ...JSON.parse(record), id: who + '-' + n, command: who.repeat(((n * 37) % 29) * 700) };
        const problem = appendAudit(one, home);
        if (problem !== undefined) throw new Error(problem);
      }`;
    buildSync({
      stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
    });
    const writers = Array.from({ length: 20 }, (_, who) => {
      const args = [program, home, JSON.stringify(record()), String.fromCharCode(97 + who)];
      const child = spawn(process.execPath, args, { stdio: 'ignore', env: { PATH: process.env.PATH } });
      return new Promise<number | null>((done) => child.on('close', done));
    });
    expect(await Promise.all(writers)).toEqual(Array.from({ length: 20 }, () => 0));
    const damage: string[] = [];
    const ids = [...streamAudit({ guardHome: home, onDamage: (place) => damage.push(place) })].map(
      ({ id }) => id,
    );
    expect([ids.length, new Set(ids).size, damage]).toEqual([1000, 1000, []]);
    for (const who of 'abc') {
      const own = ids.filter((id) => id.startsWith(`${who}-`));
      expect(own).toEqual(Array.from({ length: 50 }, (_, n) => `${who}-${n}`));
    }
  }, 60_000);
});
