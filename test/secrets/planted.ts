/** Secrets to plant, made at run time, and the search for what is left of them in what the product wrote. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeSample, seededRandom } from './samples.ts';

/** A secret and the beginning of it that everybody may see. */
export interface Planted {
  readonly name: string;
  readonly secret: string;
  readonly prefix: string;
}

const random = seededRandom(4711);
const sample = (name: string, prefix: string, body: string): Planted => ({
  name,
  secret: makeSample(prefix + body, random),
  prefix,
});

export const PLANTED: readonly Planted[] = [
  sample('github', 'ghp_', '{A36}'),
  sample('gitlab', 'glpat-', '{s20}'),
  sample('npm', 'npm_', '{A36}'),
  sample('aws', 'AKIA', '{y16}'),
  sample('anthropic', 'sk-ant-api03-', '{s93}AA'),
  sample('slack', 'xoxb-', '{d12}-{d12}-{A24}'),
  {
    name: 'key',
    prefix: '-----BEGIN OPENSSH PRIVATE KEY-----\n',
    secret: `-----BEGIN OPENSSH PRIVATE ${'KEY'}-----\n${makeSample('{b70}\n{b70}\n{b70}', random)}\n-----END OPENSSH PRIVATE ${'KEY'}-----`,
  },
];

/** So many characters in a row of a secret, or of its encodings, are too many. */
const SHARED = 10;

const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
  plain: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
  'base64, one later': (text) => Buffer.from(`a${text}`).toString('base64').slice(2).replace(/=+$/, ''),
  'base64, two later': (text) => Buffer.from(`aa${text}`).toString('base64').slice(3).replace(/=+$/, ''),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  percent: (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  reversed: (text) => [...text].reverse().join(''),
};

interface Needle {
  readonly name: string;
  readonly text: string;
}

const NEEDLES: readonly Needle[] = PLANTED.flatMap(({ name, secret, prefix }) =>
  Object.entries(ENCODINGS).flatMap(([encoding, encode]) => {
    // Lines of a key are one to a line, whoever prints them.
    const bodies = secret.slice(prefix.length).split('\n').slice(0, 3);
    return bodies
      .map(encode)
      .flatMap((body) => windowsOf(body).map((text) => ({ name: `${name}, ${encoding}`, text })));
  }),
);

/** Every stretch of ten characters; of encodings in which a character takes more, of as many characters. */
function windowsOf(body: string): readonly string[] {
  const width = body.startsWith('%') ? SHARED * 3 : SHARED;
  return Array.from({ length: Math.max(0, body.length - width + 1) }, (_, at) => body.slice(at, at + width));
}

/** Which secrets, in which form, a text gives away, each once. */
export function findLeaks(text: string): readonly string[] {
  const lower = text.toLowerCase();
  return [
    ...new Set(
      NEEDLES.flatMap(({ name, text: needle }) =>
        text.includes(needle) || (name.endsWith('hex') && lower.includes(needle)) ? [name] : [],
      ),
    ),
  ];
}

/** Every file below some folders, with its text. */
export function* filesBelow(folder: string): Generator<readonly [path: string, text: string]> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield [path, readFileSync(path, 'latin1')];
  }
}
