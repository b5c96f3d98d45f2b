import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit } from '../../lib/audit/append.ts';
import { streamAudit } from '../../lib/audit/read.ts';
import { sealAudit, verifyAudit } from '../../lib/audit/seal.ts';
import { NOON, record } from './example.ts';

const DAY = 24 * 3_600_000;
let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guard-seal-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const file = (day: number) => join(home, `audit/2026-03-0${day}.jsonl`);
const write = (day: number, serial: number) =>
  appendAudit(record({ time: NOON + (day - 1) * DAY, serial }), home);
const seal = (day: number) => sealAudit(home, NOON + (day - 1) * DAY, 1);
const problems = () =>
  verifyAudit(home).flatMap(({ day, problems: found }) => found.map((text) => `${day}: ${text}`));
/** Three days: two records, seal, one record, seal on each; on the last day one more record. */
const fill = () => {
  for (const day of [1, 2, 3]) {
    for (const serial of [1, 2]) write(day, serial);
    expect(seal(day)).toBeUndefined();
    write(day, 3);
    expect(seal(day)).toBeUndefined();
  }
  write(3, 4);
};

describe('sealAudit and verifyAudit', () => {
  it('vouches for what was there', () => {
    fill();
    const days = verifyAudit(home);
    expect(days.map(({ day, seals, problems: found }) => [day, seals, found])).toEqual([
      ['2026-03-01', 2, []],
      ['2026-03-02', 2, []],
      ['2026-03-03', 2, []],
    ]);
    expect(days.map(({ sealed, bytes }) => sealed > 0 && sealed < bytes)).toEqual([true, true, true]);
    expect(new Set(days.map(({ sha256 }) => sha256)).size).toBe(3);
    expect([...streamAudit({ guardHome: home })]).toHaveLength(10);
  });

  it('has nothing to do without records', () => {
    expect(seal(1)).toBeUndefined();
    expect(existsSync(file(1))).toBe(false);
    expect(verifyAudit(home)).toEqual([]);
  });

  it('goes on from the last sealed day', () => {
    write(1, 1);
    seal(1);
    write(2, 1);
    write(3, 1);
    seal(3);
    seal(2);
    expect(problems()).toEqual([]);
  });

  it('holds when two seal at the same time and others write in between', () => {
    write(1, 1);
    seal(1);
    const first = readFileSync(file(1), 'utf8');
    const line = first.split('\n')[1];
    write(1, 2);
    appendFileSync(file(1), `${line}\n`);
    expect(problems()).toEqual([]);
    expect(verifyAudit(home)[0]?.seals).toBe(2);
  });

  it.each<[string, () => void, RegExp[]]>([
    [
      'a changed record',
      () => change(2, (text) => text.replace('"pid":42', '"pid":43')),
      [/03-02.*line 3/, /03-02.*line 5/],
    ],
    [
      'a record changed after the first seal',
      () => change(2, (text) => lines(text, (all) => all.with(3, (all[3] ?? '').replace('42', '43')))),
      [/03-02.*line 5/],
    ],
    [
      'a removed record',
      () => change(1, (text) => lines(text, (all) => all.slice(1))),
      [/01.*line 2/, /01.*line 4/],
    ],
    [
      'a record put in',
      () => change(1, (text) => lines(text, (all) => [all[0] ?? '', ...all])),
      [/01.*line 4/, /01.*line 6/],
    ],
    [
      'a seal that was moved up',
      () => change(1, (text) => lines(text, (all) => [all[2] ?? '', all[0] ?? '', all[1] ?? ''])),
      [/01.*line 1 vouches for more/],
    ],
    ['a day that is gone', () => unlinkSync(file(2)), [/03-03.*line 3 goes on/, /03-03.*line 5 goes on/]],
    [
      'a day sealed anew',
      () => {
        change(2, (text) => lines(text, (all) => all.filter((one) => !one.includes('seal/v1')).slice(1)));
        seal(2);
      },
      [/03-03.*line 3 goes on/, /03-03.*line 5 goes on/],
    ],
  ])('finds %s', (_, tamper, expected) => {
    fill();
    tamper();
    const found = problems();
    for (const pattern of expected)
      expect(
        found.some((text) => pattern.test(text)),
        `${pattern} in ${found.join('\n')}`,
      ).toBe(true);
    expect(found.length).toBeGreaterThan(0);
  });

  it('does not mind that the oldest days were removed', () => {
    fill();
    unlinkSync(file(1));
    expect(problems()).toEqual([]);
  });
});

function change(day: number, edit: (text: string) => string): void {
  writeFileSync(file(day), edit(readFileSync(file(day), 'utf8')));
}

function lines(text: string, edit: (all: string[]) => string[]): string {
  return `${edit(text.split('\n').slice(0, -1)).join('\n')}\n`;
}
