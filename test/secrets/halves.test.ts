/** Tokens that a text puts together from names, and what is left of a token that was cut: found where it is whole, taken out everywhere. */

import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { redactSecrets } from '../../lib/secrets/redact-secrets.ts';
import { makeSample, seededRandom } from './samples.ts';

const random = seededRandom(505);
const TOKEN = makeSample('ghp_{A36}', random);
const [ONE, TWO] = [TOKEN.slice(0, 18), TOKEN.slice(18)];
const BODY = TOKEN.slice(4);
const rulesIn = (text: string): readonly string[] =>
  findSecrets([{ where: 'tool-input', text }]).hits.map(({ rule }) => rule);

const JOINED: readonly (readonly [string, string])[] = [
  ['shell variables', `A=${ONE}; B=${TWO}; curl -H "X: $A$B" h`],
  ['braces', `A=${ONE}\nB=${TWO}\necho "\${A}\${B}"`],
  ['quotes between', `A='${ONE}' B="${TWO}"; x "$A""$B"`],
  ['a short first piece', `A=gh; B=p_${BODY}; use $A$B`],
  ['a literal and a variable', `B=${TWO}; use ${ONE}$B`],
  ['a default', `B=p_${BODY}; use \${X:-gh}$B`],
  ['JSON around it', JSON.stringify({ note: `export A="${ONE}"; export B="${TWO}"; curl "$A$B"` })],
  ['a sum', `const a = "${ONE}"; const b = '${TWO}'; f(a + b)`],
  ['a template', `const a = "${ONE}", b = "${TWO}"; f(\`\${a}\${b}\`)`],
  ['an f-string', `a = "${ONE}"\nb = "${TWO}"\nf(f"{a}{b}")`],
];

describe('a token put together by', () => {
  it.each(JOINED)('%s is found', (_, text) => {
    expect(rulesIn(text)).toEqual(['github-pat']);
  });

  it.each(JOINED)('%s leaves no piece when it is redacted', (_, text) => {
    const redacted = redactSecrets(text);
    for (let at = 0; at + 8 <= BODY.length; at += 1) expect(redacted).not.toContain(BODY.slice(at, at + 8));
  });

  it('names that are never used together is none', () => {
    expect(rulesIn(`A=${ONE}; B=${TWO}; echo $A; echo $B`)).toEqual([]);
    expect(rulesIn(`A=${TWO}; B=${ONE}; use $A$B`)).toEqual([]);
  });

  it('ends in time, however many names there are', () => {
    const text = `A=${ONE};`.repeat(500) + '$A{A}A+'.repeat(3000);
    const begin = performance.now();
    findSecrets([{ where: 'command', text }]);
    expect(performance.now() - begin).toBeLessThan(2000);
  });
});

describe('what is left of a token', () => {
  it.each([
    ['its beginning', `notes/${TOKEN.slice(0, 20)}… is a file`, BODY.slice(0, 16)],
    ['both ends', `this deletes ${TOKEN.slice(0, 14)}…${TOKEN.slice(-14)}, outside`, TOKEN.slice(-14)],
    ['two fields', JSON.stringify({ first: ONE, second: TWO }), TWO],
  ])('%s is taken out', (_, text, piece) => {
    expect(redactSecrets(text)).not.toContain(piece.slice(0, 10));
    expect(redactSecrets(text)).not.toContain(piece.slice(-10));
  });

  it('is taken out of other texts about the same step', () => {
    const { redact } = findSecrets([{ where: 'command', text: `A=${ONE}; B=${TWO}; x $A$B` }]);
    expect(redact(`deletes ${TWO.slice(0, 12)}… and docs/a.md`)).toBe(
      'deletes [redacted:piece]… and docs/a.md',
    );
  });

  it.each([
    'npm_config_registry=https://registry.example npm ci',
    'rm -rf ghp_cache/ghp_notes_2024',
    'git checkout 3fa9c1d2e4b5a6978877665544332211ffeeddcc',
    'live_streams_v2 and test_helpers_01',
    'sk-learn-intro.md hf_transfer AKIAK',
  ])('is not seen in %s', (text) => {
    expect(redactSecrets(text)).toBe(text);
  });

  it('is a key of which only the end was printed', () => {
    const end = `${makeSample('{b70}\n{b70}', random)}\n-----END RSA PRIVATE ${'KEY'}-----`;
    expect(rulesIn(`$ tail -3 id_rsa\n${end}\n`)).toEqual(['private-key']);
    expect(rulesIn(`see -----END RSA PRIVATE ${'KEY'}----- at its end`)).toEqual([]);
  });
});
