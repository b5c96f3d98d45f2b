/** The first text of a process, when there is no index yet: short ones are searched for words before one is made. */

import { beforeEach, describe, expect, it, vi } from 'vitest';

const BODY = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
const TOKEN = `ghp_${BODY}`;

beforeEach(() => vi.resetModules());

/** Scans with a room that has scanned nothing before. */
async function scanFirst(text: string): Promise<number> {
  const { findSecrets } = await import('../../lib/secrets/index.ts');
  return findSecrets([{ where: 'command', text }]).hits.length;
}

describe('the first short text of a process', () => {
  it.each([
    ['a token', `git clone https://${TOKEN}@git.example/app.git`],
    ['a key in capitals', `export ADMIN_PASSWORD='${['h7Gq2vXz', '9KpLw4Tn'].reverse().join('')}'`],
    ['a token in base64', `echo ${Buffer.from(`token ${TOKEN}`).toString('base64')} | base64 -d`],
    ['a token that quotes split', `echo "${TOKEN.slice(0, 2)}""${TOKEN.slice(2)}"`],
    [
      'a token in escapes',
      `printf '${[...TOKEN].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join('')}'`,
    ],
  ])('%s is found', async (_, text) => {
    expect(text.length).toBeLessThan(4096);
    expect(await scanFirst(text)).toBeGreaterThan(0);
  });

  it.each(['git status', 'ls -la src', 'npx tsc --noEmit'])('nothing is found in %s', async (text) => {
    expect(await scanFirst(text)).toBe(0);
  });

  it('after one without any word the next is looked at as well', async () => {
    const { findSecrets } = await import('../../lib/secrets/index.ts');
    const texts = ['git status', `echo ${TOKEN}`].map((text) => ({ where: 'command' as const, text }));
    expect(findSecrets(texts).hits).toHaveLength(1);
  });
});
