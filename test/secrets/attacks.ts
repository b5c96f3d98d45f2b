/** Texts that are made to take a rule long: its beginnings repeated, and values that are almost right. Made from the rules' own tables. */

import { keyedRows } from '../../lib/secrets/rules/keyed.ts';
import { tokenRows } from '../../lib/secrets/rules/tokens.ts';
import { templatePrefix } from '../../lib/secrets/template.ts';
import { makeSample, seededRandom } from './samples.ts';

export interface Attack {
  readonly rule: string;
  /** What is repeated. */
  readonly unit: string;
}

/** Characters of an attack. */
export const ATTACK_LENGTH = 20 * 1024;

/** An attack's whole text. */
export function attackText({ unit }: Attack): string {
  return unit.repeat(Math.ceil(ATTACK_LENGTH / unit.length)).slice(0, ATTACK_LENGTH);
}

/** What stands between two beginnings. */
const GLUES = ['', ' ', '=', '-', 'a', '\n'];

/** Rules that no table holds, by what they look for and what goes almost far enough. */
const PATTERNS: Readonly<Record<string, readonly string[]>> = {
  jwt: ['eyJ', 'eyJa.eyJ', 'eyJhbGciOiJIUzI1NiJ9.', `ey${'a'.repeat(40)}.ey${'b'.repeat(40)}.!`, 'ey'],
  'url-password': ['://', '://a:', 'https://user:a1b2c3d4!', '://a:b@', `://${'a'.repeat(100)}:`],
  'http-authorization': [
    'Authorization: Bearer ',
    'x-api-key: ',
    'x-a-x-a-key',
    'authorization: Basic QUFB',
    'token: ',
  ],
  'curl-auth-user': ['curl ', 'curl -u ', 'curl -u a:a', 'curl --user "a', "curl -u '", 'wget --password '],
  'generic-api-key': [
    'password=',
    'secret: ',
    'token ',
    'key-',
    'auth',
    'cred=',
    'password: "aA1!',
    'secret="a1b2c3d4e5f6" ',
    'apikey>{',
  ],
  'private-key': [
    `-----BEGIN PRIVATE ${'KEY'}-----`,
    `-----END PRIVATE ${'KEY'}-----`,
    'PRIVATE KEY',
    `-----BEGIN PRIVATE ${'KEY'}-----\nQUFBQUFB\n`,
    `QUFBQUFBQUFBQUFB-----END PRIVATE ${'KEY'}`,
    'PuTTY-User-Key-File',
    'PuTTY-User-Key-File Private-Lines: 9 AAAA ',
  ],
  files: [
    'kind: Secret\n',
    'kind: Secret\ndata:\n a: ',
    'data:\n  a: QUFBQUFBQUFB\nkind: Secret\n',
    'machine a login b ',
    'machine a login b password ',
    'Server=a;password=',
    '"auth": "',
    '_authToken=',
    'NetworkCredential("a", "',
    'psexec -p ',
    'credentials {',
    '<add key="Password" value="',
    'kubeadm join ',
    'Connect-VIServer ',
    'secret_key = "',
  ],
  decoders: [
    'QUFB',
    'Z2hw',
    '41',
    '67 68 ',
    '0x67, ',
    '103, ',
    '%41',
    '%2541',
    '\\x41',
    '\\u0041',
    '&#65;',
    '"a"b',
    '"a" + ',
    "'a',",
    '\\"a\\"',
  ],
  variables: [
    'A=a1b2c3d4 ',
    'A=a1b2c3d4;$A',
    '${A',
    '${A:-b}',
    '{a}',
    'a + ',
    'A=a1B2c3D4;{A}A+',
    'a=b.',
    '=a1b2c3d4',
  ],
};

/** Attacks on every rule of every table, and on what has no table. */
export function allAttacks(): readonly Attack[] {
  const random = seededRandom(8080);
  const almost = (template: string): string => makeSample(template, random).slice(0, -1);
  const tokens = tokenRows().flatMap(({ rule, template, find }) => {
    const words = find.length > 0 ? find : [templatePrefix(template)];
    const sample = almost(template);
    return [
      ...words.flatMap((word) => GLUES.map((glue) => ({ rule, unit: word + glue }))),
      ...[sample, `${sample} `, `${sample.slice(0, sample.length >> 1)}!`].map((unit) => ({ rule, unit })),
    ];
  });
  const keyed = keyedRows().flatMap(({ rule, words, templates }) => [
    ...words.flatMap((word) => GLUES.map((glue) => ({ rule, unit: word + glue }))),
    ...templates.flatMap((template) =>
      [` = "${almost(template)}`, `_token=${almost(template)}\n`, ` token is ${almost(template)}~`].map(
        (rest) => ({
          rule,
          unit: `${words[0]}${rest}`,
        }),
      ),
    ),
  ]);
  const others = Object.entries(PATTERNS).flatMap(([rule, units]) =>
    units.flatMap((unit) => GLUES.map((glue) => ({ rule, unit: unit + glue }))),
  );
  return [...tokens, ...keyed, ...others];
}
