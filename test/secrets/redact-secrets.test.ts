import { describe, expect, it } from 'vitest';
import { redactSecrets } from '../../lib/secrets/redact-secrets.ts';
import { ENCODINGS, makeSample, seededRandom } from './samples.ts';

const token = makeSample('ghp_{A36}', seededRandom(21));
const password = makeSample('{A20}', seededRandom(22));

describe('redactSecrets', () => {
  it('replaces secrets and leaves the rest', () => {
    expect(redactSecrets(`curl -H "Authorization: Bearer ${token}" https://api.example.com && ls`)).toBe(
      'curl -H "Authorization: Bearer [redacted:github-pat]" https://api.example.com && ls',
    );
    expect(redactSecrets(`psql postgres://app:${password}@db.acme.io/x`)).toBe(
      'psql postgres://app:[redacted:url-password]@db.acme.io/x',
    );
  });

  it.each(Object.entries(ENCODINGS))('leaves nothing of a secret in %s', (_name, encode) => {
    const redacted = redactSecrets(encode(token));
    expect(redacted).toContain('[redacted:');
    for (let at = 0; at + 8 <= token.length; at += 1) {
      const piece = token.slice(at, at + 8);
      expect(redacted).not.toContain(piece);
      expect(redacted).not.toContain(Buffer.from(piece).toString('hex'));
    }
  });

  it.each(['', 'git status', 'ls -la | wc -l', 'echo "password=${PASSWORD}"', 'export TOKEN=<token>'])(
    'leaves %j as it is',
    (text) => {
      expect(redactSecrets(text)).toBe(text);
    },
  );

  it('gives up the whole text rather than a part that it did not scan', () => {
    const random = seededRandom(23);
    const many = Array.from({ length: 6000 }, () => makeSample('ghp_{A36}', random)).join('\n');
    expect(redactSecrets(many)).toBe('[redacted:unscanned]');
  });
});
