import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { makeSample, seededRandom } from './samples.ts';

const random = seededRandom(8128);
const make = (template: string): string => makeSample(template, random);
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const rulesIn = (text: string): readonly string[] =>
  findSecrets([{ where: 'tool-output', text }]).hits.map(({ rule }) => rule);

const KEY_ID = `${'AK'}${'IA'}${make('{y16}')}`;
const JWT = [{ alg: 'HS256' }, { path: make('{A30}') }]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat(make('{s43}'))
  .join('.');
const PASSWORD = make('{A8}{d4}{A8}');

describe('what only looks like a secret', () => {
  it.each([
    ['a public key of an elliptic curve', `key: "${`MFkwEwYHKoZIzj0${make('{b108}')}`}=",`],
    ['a public RSA key', `signingKey: "${`MIIBIjANBgkqhkiG9w0B${make('{b300}')}`}"`],
    ['a public Ed25519 key', `"key": "${`MCowBQYDK2VwAyEA${make('{b43}')}`}="`],
    ['an id that keys are listed under', `{"keys": {"${make('{h64}')}": {"keytype": "ecdsa"}}}`],
    ['the id of a row', `{"parent_key": "${make('{h8}-{h4}-{h4}-{h4}-{h12}')}"}`],
    [
      'a digest that begins like a token',
      `example.com/m v1.0.0 h1:${'BS'}${'A'}${make('{A30}')}/${make('{b9}')}=`,
    ],
    ['a digest in a lock file', `integrity sha512-${'AK'}${'IA'}${make('{y16}')}/${make('{b66}')}==`],
    ['a toy of a slash', 'http://user:pa%2Fssword@host.example.com/'],
    ['a toy of an at sign', 'http://user:p%40ssword@host.example.com/'],
    ['a toy of a question mark', 'http://user:pa%3Fsword@host.example.com/'],
    ['a toy of a caret', 'http://user:passwo^rd@host.example.com/'],
    ['words where a password stands', `machine a.example.org login b password ${'too-late'}-in-file`],
    ['a sentence in base64', `rawKey: "${base64('Hello from the cloud platform 1')}"`],
    ['test and test in base64', `getPage('/a', [('Authorization', 'Basic ${base64('test:test')}')])`],
    [
      'who signed a link',
      `https://b.example/o?X-Amz-Credential=${KEY_ID}%2F20260101%2Feu-west-1%2Fs3%2Faws4_request`,
    ],
    [
      'where a release leads to',
      `Location: https://release-assets.githubusercontent.com/a/1?sp=r&jwt=${JWT}&response-content-type=x [following]`,
    ],
  ])('%s', (_name, text) => {
    expect(rulesIn(text)).toEqual([]);
  });
});

describe('what differs from a look-alike in what counts', () => {
  it.each([
    ['a password with a mark', `http://user:${make('{A5}')}%2F${make('{d2}{A5}')}@host.acme.io/`],
    ['a password of a machine', `machine a.acme.io login b password ${make('{A6}-{d3}{A6}')}`],
    ['a private key in DER', `signingKey: "${`MIIEvQIBADANBgkqhkiG9w0B${make('{b300}')}`}"`],
    ['a value that is no key of an object', `{"keys": {"secret_key": "${make('{h64}')}"}}`],
    ['a random value in base64', `secretKey: "${base64(make('{A24}'))}"`],
    ['a real pair in base64', `getPage('/a', [('Authorization', 'Basic ${base64(`ann:${PASSWORD}`)}')])`],
    ['a key id outside a link', `aws_access_key_id = ${KEY_ID}`],
    ['the same web token elsewhere', `https://host.example/a?sp=r&jwt=${JWT}`],
  ])('%s', (_name, text) => {
    expect(rulesIn(text)).not.toEqual([]);
  });

  it.each([
    ['//registry.example/:_password=', true],
    ['//registry.example/:_authToken=', true],
    ['npm_config__auth=', true],
    ['NPM_CONFIG__AUTH=', true],
    ['_auth = ', true],
    ['sim_auth_login_password = ', false],
    ['self._oauth_auth = ', false],
  ])('%s of npm: %s', (key, isNpm) => {
    expect(rulesIn(`${key}"${make('{A10}{d2}{A20}')}"`).includes('npmrc-auth')).toBe(isNpm);
  });

  it('the secret of a connection string ends at its semicolon', () => {
    const secret = `${make('{b43}')}=`;
    const text = `Endpoint=https://a.service.signalr.example;AccessKey=${secret};Version=1.0;`;
    const [hit] = findSecrets([{ where: 'patch', text }]).hits;
    expect(hit).toMatchObject({ rule: 'connection-string-password', tier: 'deny', length: secret.length });
  });
});
