import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { keyedRows } from '../../lib/secrets/rules/keyed.ts';
import { tokenRows } from '../../lib/secrets/rules/tokens.ts';
import type { TokenRow } from '../../lib/secrets/shape.ts';
import { type Part, parseTemplate, templatePrefix } from '../../lib/secrets/template.ts';
import { CONTEXTS, ENCODINGS, makeSample, seededRandom } from './samples.ts';

const rulesIn = (text: string): readonly string[] =>
  findSecrets([{ where: 'command', text }]).hits.flatMap(({ rule, tier }) => (tier === 'deny' ? [rule] : []));

/** Samples of a row that are not turned down for looking too plain by chance. */
function goodSamples(row: TokenRow, count: number): readonly string[] {
  const random = seededRandom(row.template.length * 7919 + row.rule.length);
  const samples = Array.from({ length: count + 2 }, () => makeSample(row.template, random));
  return samples.filter((sample) => rulesIn(sample).length > 0).slice(0, count);
}

const hasHoles = (parts: readonly Part[]): boolean => parts.some((part) => part.kind !== 'text');

describe('token tables', () => {
  it('name at least two hundred providers', () => {
    const providers = new Set([...tokenRows(), ...keyedRows()].map((row) => row.provider));
    expect(providers.size).toBeGreaterThan(200);
  });

  it('use one rule id for one provider', () => {
    const owners = new Map<string, Set<string>>();
    for (const { rule, provider } of [...tokenRows(), ...keyedRows()])
      owners.set(rule, (owners.get(rule) ?? new Set()).add(provider));
    expect([...owners].filter(([, providers]) => providers.size > 1)).toEqual([]);
  });

  it.each(tokenRows().map((row) => [row.rule, row.template, row] as const))(
    '%s: %s is found wherever it stands',
    (_rule, _template, row) => {
      const samples = goodSamples(row, 3);
      expect(samples).toHaveLength(3);
      for (const sample of samples)
        for (const [context, place] of Object.entries(CONTEXTS))
          expect(rulesIn(place(sample)), `${row.rule} in ${context}`).not.toEqual([]);
    },
  );

  it.each(tokenRows().map((row) => [row.rule, row.template, row] as const))(
    '%s: %s is found encoded',
    (_rule, _template, row) => {
      const [sample = ''] = goodSamples(row, 1);
      for (const [encoding, encode] of Object.entries(ENCODINGS))
        expect(rulesIn(encode(sample)), `${row.rule} in ${encoding}`).not.toEqual([]);
    },
  );

  it.each(tokenRows().map((row) => [row.rule, row.template, row] as const))(
    '%s: %s is not found in stand-ins',
    (_rule, _template, row) => {
      const parts = parseTemplate(row.template);
      if (!hasHoles(parts)) return;
      for (const fill of ['x', 'X', '0']) {
        const standIn = fillHoles(parts, fill);
        if (!standIn.includes(fill.repeat(2))) continue;
        expect(rulesIn(standIn), `${row.rule} filled with ${fill}`).toEqual([]);
      }
      expect(rulesIn(`${templatePrefix(row.template)}\${TOKEN}`)).toEqual([]);
      expect(rulesIn(`${templatePrefix(row.template)}<your-token>`)).toEqual([]);
    },
  );
});

/** A token with the same character all over, whether the alphabet has it or not. */
function fillHoles(parts: readonly Part[], fill: string): string {
  return parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'run') return fill.repeat(part.min);
      return part.optional ? '' : fillHoles(part.branches[0] ?? [], fill);
    })
    .join('');
}

describe('keyed tables', () => {
  const cases = keyedRows().flatMap((row) =>
    row.templates.map((template) => [row.rule, template, row] as const),
  );

  it.each(cases)('%s: %s is found after its key', (_rule, template, row) => {
    const random = seededRandom(template.length * 104729 + row.rule.length);
    const [word = ''] = row.words;
    const places: readonly ((value: string) => string)[] = [
      (value) => `${word.toUpperCase()}_TOKEN=${value} make`,
      (value) => `${word}_token: "${value}"`,
      (value) => `const ${word}Token = '${value}';`,
      (value) => `{"${word}_secret": "${value}"}`,
      (value) => `run --${word}-token ${value}`,
    ];
    let found = 0;
    for (let round = 0; round < 10; round += 1) {
      const value = makeSample(template, random);
      if (places.every((place) => rulesIn(place(value)).length > 0)) found += 1;
    }
    expect(found).toBeGreaterThanOrEqual(8);
  });

  it.each(cases)('%s: %s is nothing without its key', (_rule, template, row) => {
    const [word = ''] = row.words;
    const value = makeSample(template, seededRandom(template.length + row.rule.length));
    const others = tokenRows().map((other) => other.rule);
    expect(rulesIn(`total = ${value}`).filter((rule) => !others.includes(rule))).toEqual([]);
    expect(rulesIn(`${word}_token=${'x'.repeat(32)}`)).toEqual([]);
    expect(rulesIn(`${word}_token=\${${word.toUpperCase().replace(/\W/g, '_')}_TOKEN}`)).toEqual([]);
  });
});
