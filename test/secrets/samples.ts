/** Builds tokens at run time from the tables' own templates, so that no token stands in the tree. Seeded: a run can be repeated. */

import { type Part, parseTemplate } from '../../lib/secrets/template.ts';

/** A small linear congruential generator; returns numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Every character of a character class as templates write it: `A-Za-z0-9_\-`. */
export function charactersOf(alphabet: string): string {
  const pattern = new RegExp(`[${alphabet}]`);
  return Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
    .filter((char) => pattern.test(char))
    .join('');
}

/** A text that a template matches. Runs that may be empty or long get a middling length; edges are letters or digits. */
export function makeSample(template: string, random: () => number): string {
  const whole = makeParts(parseTemplate(template), random);
  return whole;
}

function makeParts(parts: readonly Part[], random: () => number): string {
  return parts.map((part) => makePart(part, random)).join('');
}

function makePart(part: Part, random: () => number): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'choice') {
    if (part.optional && random() < 0.5) return '';
    return makeParts(part.branches[Math.floor(random() * part.branches.length)] ?? [], random);
  }
  const characters = charactersOf(part.alphabet);
  const plain = characters.replace(/[^A-Za-z0-9]/g, '') || characters;
  const length = part.min + Math.floor((Math.min(part.max, part.min + 24) - part.min) * random());
  return Array.from({ length }, (_, at) => {
    const from = at === 0 || at === length - 1 ? plain : characters;
    return from.charAt(Math.floor(random() * from.length));
  }).join('');
}

/** The places where a token stands on command lines, in files and in requests. */
export const CONTEXTS: Readonly<Record<string, (token: string) => string>> = {
  alone: (token) => token,
  bearer: (token) => `curl -H "Authorization: Bearer ${token}" https://api.example.com/v1`,
  environment: (token) => `TOKEN=${token} npm run deploy`,
  'diff line': (token) => `+  token: "${token}",`,
  'url user': (token) => `git clone https://user:${token}@git.example.com/a/b.git`,
  'query string': (token) => `curl 'https://api.example.com/v1?t=${token}&page=2'`,
  pipe: (token) => `echo ${token}|docker login --password-stdin`,
  call: (token) => `client = connect(${token})`,
  list: (token) => `tokens = [${token}, other]`,
  element: (token) => `<t>${token}</t>`,
  'default value': (token) => `run --with \${TOKEN:-${token}}`,
  'escaped quotes': (token) => `{"body": "{\\"token\\": \\"${token}\\"}"}`,
  'single quotes': (token) => `export X='${token}'; make`,
  'escaped line ends': (token) => `"first\\n${token}\\nlast"`,
};

/** Encodings that a scan reads through. */
export const ENCODINGS: Readonly<Record<string, (token: string) => string>> = {
  base64: (token) => `echo ${Buffer.from(`token=${token}`).toString('base64')} | base64 -d`,
  'base64 twice': (token) =>
    `x=${Buffer.from(Buffer.from(`token=${token}`).toString('base64')).toString('base64')}`,
  base64url: (token) => `x=${Buffer.from(`token=${token}`).toString('base64url')}`,
  hex: (token) => `printf ${Buffer.from(`token=${token}`).toString('hex')} | xxd -r -p`,
  'hex number': (token) => `const t = 0x${Buffer.from(token).toString('hex')}n;`,
  percent: (token) => `curl 'https://example.com/?q=token%3D${encodeURIComponent(token)}%26a'`,
  'percent, every character': (token) =>
    `curl 'https://example.com/?q=${[...token].map((char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}'`,
  unicode: (token) =>
    `{"token":"${[...token].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
  'shell escapes': (token) =>
    `export T=$'${[...token].map((char) => `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}'`,
  'percent, twice': (token) => `curl 'https://example.com/?q=${hexOf(token, (digits) => `%25${digits}`)}'`,
  'base64 behind a shell default': (token) => `run "\${X:-${Buffer.from(token).toString('base64')}}"`,
  'base64 behind an option': (token) => `tool -p${Buffer.from(`t=${token}`).toString('base64')} run`,
  'base64 behind a line end': (token) => `"one\\n${Buffer.from(token).toString('base64')}\\ntwo"`,
  'hex in a path': (token) => `sed s/X/${Buffer.from(token).toString('hex')}/ file`,
  'joined strings': (token) =>
    `const t = '${token.slice(0, 9)}' + "${token.slice(9, 20)}" +\n  '${token.slice(20)}';`,
  'joined strings in JSON': (token) => JSON.stringify(`t = "${token.slice(0, 9)}" + "${token.slice(9)}"`),
  'neighbouring strings': (token) => `t = ("${token.slice(0, 9)}"\n     "${token.slice(9)}")`,
  'list of strings': (token) => `''.join(["${token.slice(0, 9)}", "${token.slice(9)}"])`,
  'list of hex bytes': (token) => `bytes([${hexOf(token, (digits) => `0x${digits}`, ', ')}])`,
  'list of decimal bytes': (token) => `String.fromCharCode(${[...Buffer.from(token)].join(', ')})`,
  'hex dump': (token) => `echo '${hexOf(token, (digits) => digits, ' ')}' | xxd -r -p`,
  'UTF-16 base64': (token) =>
    `powershell -EncodedCommand ${Buffer.from(`$t = '${token}'`, 'utf16le').toString('base64')}`,
};

/** Every byte of a text, written by its two hex digits. */
function hexOf(text: string, write: (digits: string) => string, glue = ''): string {
  return [...Buffer.from(text)].map((byte) => write(byte.toString(16).padStart(2, '0'))).join(glue);
}
