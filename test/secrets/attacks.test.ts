/** Texts made to take a rule long: every rule of the tables against one of its own, and whatever has no table against all. */

import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { redactSecrets } from '../../lib/secrets/redact-secrets.ts';
import { type Attack, allAttacks, attackText } from './attacks.ts';

/** Milliseconds; the bench measures against 150, here a busy machine must not fail. */
const LIMIT = 1500;

const ATTACKS = allAttacks();
/** One attack a rule of the tables, and many on the others: those are patterns of their own. */
const CHOSEN: readonly Attack[] = [
  ...new Map(ATTACKS.map((attack) => [attack.rule, attack])).values(),
  ...ATTACKS.slice(-600).filter((_, at) => at % 2 === 0),
];

function slowest(work: (text: string) => void): readonly [ms: number, unit: string] {
  let worst: readonly [number, string] = [0, ''];
  for (const attack of CHOSEN) {
    const text = attackText(attack);
    const begin = performance.now();
    work(text);
    const spent = performance.now() - begin;
    if (spent > worst[0]) worst = [spent, attack.unit];
  }
  return worst;
}

describe('20 KB of attack text', () => {
  it('there is for every rule', () => {
    expect(new Set(ATTACKS.map(({ rule }) => rule)).size).toBeGreaterThan(600);
    expect(CHOSEN.length).toBeGreaterThan(900);
  });

  it('is scanned in time', { timeout: 180_000 }, () => {
    const [ms, unit] = slowest((text) => void findSecrets([{ where: 'command', text }]));
    expect(ms, unit).toBeLessThan(LIMIT);
  });

  it('is redacted in time', { timeout: 180_000 }, () => {
    const [ms, unit] = slowest((text) => void redactSecrets(text));
    expect(ms, unit).toBeLessThan(LIMIT);
  });
});
