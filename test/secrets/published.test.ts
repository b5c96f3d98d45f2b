import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { PUBLISHED } from './published-formats.ts';
import { makeSample, seededRandom } from './samples.ts';

const ROUNDS = 20;
/** One random text in a hundred reads like words where a format has no digits. */
const LEAST_FOUND = 18;

const isDenied = (text: string): boolean =>
  findSecrets([{ where: 'command', text }]).hits.some(({ tier }) => tier === 'deny');

describe('published formats', () => {
  it.each(PUBLISHED.trim().split('\n'))('%s is found', (line) => {
    const [name = '', template = '', key] = line.split('  ');
    const random = seededRandom(name.length * 7919 + template.length);
    const samples = Array.from({ length: ROUNDS }, () => makeSample(template, random));
    const places: readonly ((value: string) => string)[] =
      key === undefined
        ? [(value) => `run ${value} now`, (value) => `x = "${value}"`, (value) => `_${value}_`]
        : [(value) => `${key}=${value} run`, (value) => `${key.toLowerCase()}: "${value}"`];
    for (const place of places)
      expect(samples.filter((value) => isDenied(place(value))).length).toBeGreaterThanOrEqual(LEAST_FOUND);
  });
});

describe('a Discord token', () => {
  const random = seededRandom(1729);
  const base64 = (text: string): string => Buffer.from(text).toString('base64url');
  const make = (number: string, rest: string): string =>
    `${base64(makeSample(number, random))}.${makeSample(rest, random)}`;
  const shapes = [
    ['with a number of 17 digits', '{[1-9]1}{d16}', '{s6}.{s27}'],
    ['with a number of 18 digits', '{[1-9]1}{d17}', '{s6}.{s27}'],
    ['with a number of 19 digits', '{[1-9]1}{d18}', 'G{s5}.{s38}'],
  ] as const;

  it.each(shapes)('%s is found wherever it stands', (_name, number, rest) => {
    const token = make(number, rest);
    for (const text of [
      token,
      `client.login('${token}')`,
      `curl -H 'Authorization: Bot ${token}' https://discord.example/`,
      `https://host.example/${token}`,
      `bot -t${token}`,
      `run \${TOKEN:-${token}}`,
      `"one\\n${token}\\ntwo"`,
      Buffer.from(`login ${token}`).toString('base64'),
    ])
      expect(isDenied(text), text.replace(token, 'TOKEN')).toBe(true);
  });

  it('is nothing without a number in front', () => {
    expect(isDenied(`${base64(makeSample('M{A17}', random))}.${makeSample('{s6}.{s27}', random)}`)).toBe(
      false,
    );
    expect(isDenied(make('{[1-9]1}{d11}', '{s6}.{s27}'))).toBe(false);
    expect(isDenied(make('{[1-9]1}{d17}', '{s5}.{s27}'))).toBe(false);
    expect(isDenied(`${make('{[1-9]1}{d17}', '{s6}')}.${'x'.repeat(27)}`)).toBe(false);
  });
});
