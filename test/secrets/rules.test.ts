import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find-secrets.ts';
import { makeSample, seededRandom } from './samples.ts';

const random = seededRandom(41);
const r = (template: string): string => makeSample(template, random);
const basic = (pair: string): string => Buffer.from(pair).toString('base64');
const find = (text: string): readonly string[] =>
  findSecrets([{ where: 'command', text }]).hits.map(({ rule, tier }) => `${tier} ${rule}`);

const pem = (label: string, body: string): string =>
  `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
const keyBody = Array.from({ length: 6 }, () => r('{b64}')).join('\n');
const jwt = (claims: object, header: object = { alg: 'HS256', typ: 'JWT' }): string =>
  [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
/** A JWT with a real signature. */
const signed = (key: string): string =>
  `${jwt(claims)}.${createHmac('sha256', key).update(jwt(claims)).digest('base64url')}`;
const claims = { sub: '1234', name: 'somebody', admin: true };

describe('secrets without a provider of their own', () => {
  it.each<readonly [string, string, string]>([
    ['a PEM key', pem('RSA PRIVATE KEY', keyBody), 'deny private-key'],
    ['an EC key', pem('EC PRIVATE KEY', keyBody), 'deny private-key'],
    ['an OpenSSH key', pem('OPENSSH PRIVATE KEY', keyBody), 'deny private-key'],
    ['a PGP key', pem('PGP PRIVATE KEY BLOCK', `Version: 1\n\n${keyBody}\n=abcd`), 'deny private-key'],
    ['a key in JSON', JSON.stringify({ private_key: pem('PRIVATE KEY', keyBody) }), 'deny private-key'],
    ['a key that was cut off', `-----BEGIN PRIVATE KEY-----\n${keyBody}`, 'deny private-key'],
    ['a key in base64', basic(pem('PRIVATE KEY', keyBody)), 'deny private-key'],
    [
      'a PuTTY key',
      `PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nPrivate-Lines: 2\n${r('{b64}')}\n${r('{b64}')}\n`,
      'deny putty-private-key',
    ],
    ['a JWT', `Cookie: s=${jwt(claims)}.${r('{s43}')}`, 'deny jwt'],
    ['a JWT that somebody signed', `token = "${signed(r('{A32}'))}"`, 'deny jwt'],
    ['a JWT without signature', `${jwt(claims, { alg: 'none' })}.`, 'deny jwt'],
    ['a password in a URL', `psql postgres://app:${r('{A16}')}@db.acme.io:5432/x`, 'deny url-password'],
    [
      'a chosen password in a URL',
      `mongodb+srv://admin:${['Summer', '2024', 'Rain'].join('-')}@cluster0.mongodb.net/x`,
      'deny url-password',
    ],
    ['a token in a git URL', `git clone https://x:${r('{A32}')}@git.acme.io/a.git`, 'deny url-password'],
    ['a random password for a local host', `redis://:${r('{A24}')}@localhost:6379`, 'deny url-password'],
    ['a bearer header', `Authorization: Bearer ${r('{A40}')}`, 'deny http-authorization'],
    ['a basic header', `authorization: Basic ${basic(`svc:${r('{A12}')}`)}`, 'deny http-authorization'],
    ['a header of curl', `curl -H 'X-Api-Key: ${r('{a24}')}' https://api.acme.io`, 'deny curl-auth-header'],
    ['a user of curl', `curl -u admin:${r('{A12}')} https://api.acme.io`, 'deny curl-auth-user'],
    [
      'a quoted user of curl',
      `curl --user 'a.b@acme.io:${['h0pk1ns', '21s'].join('~')}' https://api.acme.io`,
      'deny curl-auth-user',
    ],
    ['an npmrc', `//registry.example/:_authToken=${r('{s40}')}`, 'deny npmrc-auth'],
    ['a netrc', `machine api.acme.io login me password ${r('{A14}')}`, 'deny netrc-password'],
    [
      'a Docker config',
      `{"auths":{"r.acme.io":{"auth":"${basic(`me:${r('{A12}')}`)}"}}}`,
      'deny docker-config-auth',
    ],
    [
      'a connection string',
      `Server=db.acme.io;Database=x;User Id=sa;Password=${r('{A14}')}!1;`,
      'deny connection-string-password',
    ],
    ['PGPASSWORD', `PGPASSWORD=${r('{A18}')} psql -h db`, 'deny shell-password-option'],
    ['sshpass', `sshpass -p '${r('{A18}')}' ssh me@host`, 'deny shell-password-option'],
    [
      'a Kubernetes secret',
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  password: ${basic(r('{A14}'))}\n`,
      'deny kubernetes-secret-yaml',
    ],
    [
      'a Kubernetes secret the other way round',
      `data:\n  password: ${basic(r('{A14}'))}\nkind: Secret\n`,
      'deny kubernetes-secret-yaml',
    ],
    ['Terraform', `administrator_login_password = "${r('{A12}')}"`, 'deny hashicorp-tf-password'],
    ['a Django key', `SECRET_KEY = '${r('{[a-z0-9!@#$%^&*(\\-_=+)]50}')}'`, 'deny django-secret-key'],
    [
      'a Jenkins start',
      `Please use the following password to proceed to installation:\n\n${r('{h32}')}\n`,
      'deny jenkins-initial-password',
    ],
  ])('%s', (_name, text, rule) => {
    expect(find(text)).toContain(rule);
  });

  it.each<readonly [string, string]>([
    ['code that builds a PEM key', `'-----BEGIN PRIVATE KEY-----\\n' + key + '\\n-----END PRIVATE KEY-----'`],
    ['a public key', pem('PUBLIC KEY', keyBody)],
    ['a certificate', pem('CERTIFICATE', keyBody)],
    ['a short PEM', pem('PRIVATE KEY', 'anything')],
    ['a toy password', 'postgres://user:password@localhost:5432/x'],
    ['a toy password elsewhere', 'postgres://postgres:postgres@db.acme.io/x'],
    ['a short password for a container', 'redis://app:s3cr3t@cache:6379'],
    ['a variable in a URL', 'https://user:${TOKEN}@git.acme.io/a.git'],
    ['a template in a URL', 'https://{{ user }}:{{ password }}@git.acme.io'],
    ['an address with a port', 'http://localhost:3000/a@b'],
    ['a package in a URL', 'https://cdn.acme.io/npm/@scope/pkg@1.2.3'],
    ['a variable in a header', 'curl -H "Authorization: Bearer $TOKEN" https://api.acme.io'],
    [
      'a call in a header',
      'curl -H "Authorization: Bearer $(gcloud auth print-access-token)" https://api.acme.io',
    ],
    ['a placeholder in a header', 'Authorization: Bearer <your access token>'],
    ['words in a header', 'Authorization: Bearer my-secret-access-token'],
    ['a variable as curl user', 'curl -u "$USER:$PASS" https://api.acme.io'],
    ['a toy as curl user', 'curl -u user:pass https://api.acme.io'],
    ['a curl user without password', 'curl -u myusername https://api.acme.io'],
    ['a template as password', '//registry.example/:_authToken=${NPM_TOKEN}'],
    ['a Kubernetes secret without data', 'apiVersion: v1\nkind: Secret\ndata:\n  password: ""\n'],
    ['a Kubernetes template', 'kind: Secret\ndata:\n  password: {{ .Values.password }}\n'],
    ['a config map', `kind: ConfigMap\ndata:\n  name: ${basic('some ordinary value')}\n`],
    ['an external secret', `kind: ExternalSecret\ndata:\n  remote: abcdefgh12\n`],
    [
      'a CVS root',
      'cvs -d :pserver:anoncvs1@cvs.acme.io:/src co x; cvs://:pserver:anoncvs1@cvs.acme.io:/src',
    ],
    ['a JWT that documentation signed', `Cookie: s=${signed('secret')}`],
    ['a value typed by hand', `client_secret="lksdj9823hfkajsd"`],
    ['an incomplete connection string', 'Server=db;Database=x;Trusted_Connection=True;'],
  ])('not in %s', (_name, text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('keys of providers', () => {
  const uuid = r('{u}');
  it.each([
    `HEROKU_APP_ID=${uuid}`,
    `heroku_app = "${uuid}"`,
    `herokuId: "${uuid}"`,
    `postmark_account_uuid = "${uuid}"`,
    `github: "${r('{h40}')}"`,
    `SENTRY_RELEASE=${r('{h64}')}`,
    `linear-gradient(90deg, ${r('{h32}')})`,
    `discord_channel_id = "${r('{d18}')}"`,
    `const boxes = "${r('{A32}')}"`,
    `rookTable = "00${r('{e40}')}"`,
    `SetSysctl = "${r('{a24}')}"`,
  ])('not in %s', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('generic values', () => {
  const value = r('{A32}');
  it.each([
    `api_key = "${value}"`,
    `export SERVICE_SECRET=${value}`,
    `{"access_token": "${value}"}`,
    `clientSecret: '${value}'`,
    `run --token ${value}`,
    `the token is ${value}`,
    `[DEBUG] Using API_KEY=${value}`,
    `os.environ.get("AUTH_TOKEN", "${value}")`,
    `<password>${value}</password>`,
    `<secret>{service AQAAABAAA ${value}}</secret>`,
    `- name: API_TOKEN\n  value: "${value}"`,
    `<add key="apiSecret" value="${value}" />`,
    `db_password = "${['tr0ub4dor', '3X'].join('&')}"`,
  ])('%s', (text) => {
    expect(find(text)).toEqual(['warn generic-api-key']);
  });

  it('belong to the provider that the key names', () => {
    expect(find(`LOKALISE_API_TOKEN=${value}`)).toEqual(['deny provider-api-key']);
    expect(find(`[DEBUG] Using tallyfy Key=${value}`)).toEqual(['deny provider-api-key']);
  });

  it.each([
    `public_key = "${value}"`,
    `cacheKey = "${value}"`,
    `csrf_token = "${value}"`,
    `next_page_token: "${value}"`,
    `tokenId = "${value}"`,
    `fake_token = "${value}"`,
    `secret_name = "prod-database-credentials-7"`,
    `token = getToken2(${value.slice(0, 12)})`,
    `token = config.auth.accessToken2`,
    `password = os.environ["DB_PASSWORD_2"]`,
    `API_KEY=\nOTHER_KEY=\n`,
    `token_url = "https://auth.acme.io/oauth2/token"`,
    `key = "createElementNS2WithOptions"`,
    `"integrity_token": "sha512-${r('{b86}')}=="`,
    `api_version = "2024-05-06T07:08:09Z"`,
    `secret: "s3cr3t"`,
    `keyFile = "certs/server_rsa_2048_key.pem"`,
    `password: "Password1!"`,
    `random = "${value}"`,
  ])('not in %s', (text) => {
    expect(find(text)).toEqual([]);
  });
});
