/** Pictures and other data in base64 hold every short prefix by chance: they raise no alarm, take no time, and hide no token beside them. */

import { describe, expect, it } from 'vitest';
import { readResponseText } from '../../lib/codex/response-text.ts';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { makeSample, seededRandom } from './samples.ts';

const random = seededRandom(707);
const TOKEN = makeSample('AKIA{y16}', random);
/** Bytes that no compression could shorten, as in a picture. */
function picture(bytes: number): string {
  const data = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 1) data[at] = Math.floor(random() * 256);
  return data.toString('base64');
}
const rulesIn = (response: unknown): readonly string[] =>
  findSecrets([{ where: 'tool-output', text: readResponseText(response) }]).hits.map(({ rule }) => rule);
/** What comes up by chance once in some millions of characters. */
const BY_CHANCE = ['BSA{A30}', 'fnA{A38}', 'AKIA{y16}'].map((template) => makeSample(template, random));
const PICTURE = BY_CHANCE.map((token) => `${picture(1_500_000)}/${token}+`).join('') + picture(1_500_000);

describe('a picture in the result of an MCP tool', () => {
  it('raises no alarm, though short prefixes stand in it', () => {
    const image = { type: 'image', data: PICTURE, mimeType: 'image/png' };
    for (const token of BY_CHANCE) expect(rulesIn(`x ${token} y`)).toHaveLength(1);
    expect(rulesIn({ content: [image] })).toEqual([]);
    expect(rulesIn([{ type: 'input_image', image_url: `data:image/png;base64,${PICTURE}` }])).toEqual([]);
  });

  it('takes no longer than a text', () => {
    const begin = performance.now();
    rulesIn({ content: [{ type: 'image', data: PICTURE, mimeType: 'image/png' }] });
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it.each([
    [
      'a text beside it',
      {
        content: [
          { type: 'image', data: picture(9000) },
          { type: 'text', text: `key ${TOKEN}` },
        ],
      },
    ],
    ['the same line', `${picture(9000)} ${TOKEN}`],
    [
      'a text in base64',
      {
        content: [{ type: 'resource', resource: { blob: Buffer.from(`id ${TOKEN}\n`).toString('base64') } }],
      },
    ],
    ['padding of one character', `${'A'.repeat(3000)}/${TOKEN}/${'A'.repeat(3000)}`],
  ])('does not hide a token in %s', (_, response) => {
    expect(rulesIn(response)).toEqual(['aws-access-token']);
  });
});
