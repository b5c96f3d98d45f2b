import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit } from '../../lib/audit/append.ts';
import { type AuditQuery, readAudit, streamAudit } from '../../lib/audit/read.ts';
import { DENY, NOON, PASS, PAYLOAD, record } from './example.ts';

const DAY = 24 * 3_600_000;
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guard-read-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Three days with four records each; every second one a denial, sessions s-0 and s-1 in turn. */
const fill = () => {
  for (let index = 0; index < 12; index += 1) {
    const day = Math.floor(index / 4);
    const payload = { ...PAYLOAD, sessionId: `s-${index % 2}`, toolUseId: `call-${index}` };
    const verdict = index % 2 === 0 ? DENY : PASS;
    appendAudit(record({ payload, verdict, time: NOON + day * DAY + index, serial: index + 1 }), home);
  }
};
const calls = (query: Partial<AuditQuery> = {}) =>
  [...streamAudit({ guardHome: home, ...query })].map(({ tool_use_id }) => Number(tool_use_id?.slice(5)));

describe('streamAudit', () => {
  it('gives all records in order', () => {
    fill();
    expect(calls()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it.each<[string, Partial<AuditQuery>, number[]]>([
    ['since a moment', { since: NOON + DAY + 6 }, [6, 7, 8, 9, 10, 11]],
    ['of a session', { session: 's-1', since: NOON + DAY }, [5, 7, 9, 11]],
    ['that were denied', { blocked: true, since: NOON + 2 * DAY }, [8, 10]],
    ['of a call', { id: 'call-7' }, [7]],
    ['by id', { id: record({ time: NOON + DAY + 5, serial: 6 }).id }, [5]],
    ['of nobody', { session: 'none' }, []],
  ])('finds those %s', (_, query, expected) => {
    fill();
    expect(calls(query)).toEqual(expected);
  });

  it('is empty without an audit trail', () => {
    expect(calls()).toEqual([]);
  });

  it('tells of damaged lines and goes on', () => {
    fill();
    const file = join(home, 'audit/2026-03-01.jsonl');
    appendFileSync(file, `not json\n\n{"level":30}\n{"level":30,"tim`);
    appendFileSync(file, `${JSON.stringify(record({ payload: { ...PAYLOAD, toolUseId: 'call-99' } }))}\n`);
    appendFileSync(file, `${'x'.repeat(1_100_000)}\n`);
    appendFileSync(file, JSON.stringify(record({ payload: { ...PAYLOAD, toolUseId: 'call-98' } })));
    const damage: string[] = [];
    expect(calls({ onDamage: (place) => damage.push(place) })).toEqual([
      0, 1, 2, 3, 99, 98, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
    expect(damage).toEqual(['2026-03-01.jsonl:5', '2026-03-01.jsonl:9']);
  });

  it('reads long lines and characters across its chunks', () => {
    for (let index = 0; index < 40; index += 1) {
      const payload = { ...PAYLOAD, cwd: 'é'.repeat(500 * index), toolUseId: `call-${index}` };
      appendAudit(record({ payload }), home);
    }
    const lengths = [...streamAudit({ guardHome: home })].map(({ cwd }) => cwd.length);
    expect(lengths).toEqual(Array.from({ length: 40 }, (_, index) => 500 * index));
  });

  it('reads days’ own files only, and follows no link', () => {
    fill();
    mkdirSync(join(home, 'audit/2026-03-09.jsonl'));
    writeFileSync(join(home, 'audit/other.jsonl'), `${JSON.stringify(record())}\n`);
    symlinkSync('other.jsonl', join(home, 'audit/2026-03-08.jsonl'));
    expect(calls()).toHaveLength(12);
  });
});

describe('readAudit', () => {
  const newest = (limit: number, query: Partial<AuditQuery> = {}) =>
    readAudit({ guardHome: home, limit, ...query }).map(({ tool_use_id }) => Number(tool_use_id?.slice(5)));

  it('gives the newest in order', () => {
    fill();
    expect(newest(1)).toEqual([11]);
    expect(newest(3)).toEqual([9, 10, 11]);
    expect(newest(6)).toEqual([6, 7, 8, 9, 10, 11]);
    expect(newest(100)).toHaveLength(12);
    expect(newest(0)).toEqual([]);
    expect(newest(3, { blocked: true })).toEqual([6, 8, 10]);
  });
});
