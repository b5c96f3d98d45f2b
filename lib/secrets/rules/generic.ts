/** Judges `key = value` where the key says that the value is a secret and the value looks random. Knows no format. */

import { type AddAnchor, RANK, type Report } from '../candidate.ts';
import { isDigitCode, isLowerCode, isUpperCode } from '../characters.ts';
import { findValueStart, splitKey, stick } from '../keys.ts';
import { isPublicExample } from '../public-examples.ts';
import { isPlaceholder, measureEntropy, readsLikeWords } from '../randomness.ts';
import { findProvider } from '../tables/provider-names.ts';
import { hasTokenPrefix } from './tokens.ts';
import { isBasicPair } from './web.ts';

/** What is looked for; the whole key is read around it. */
const ANCHORS = ['passw', 'passphrase', 'pwd', 'secret', 'token', 'key', 'cred', 'auth', 'bearer', 'apikey'];

/** Words that end the key of a secret. */
const PASSWORDS = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'pass',
  'passw',
  'userpassword',
  'dbpassword',
]);
const SECRETS = new Set(
  'secret secrets token tokens apikey credential credentials creds cred auth authorization bearer authtoken accesstoken clientsecret'.split(
    ' ',
  ),
);
/** Words before `key` that make it a secret. */
const KEY_KINDS = new Set(
  (
    'api access secret private auth encryption encrypt signing sign master account service license app application client consumer ' +
    'shared admin storage subscription write server deploy integration sdk ingest hmac aes crypto session user dev team project org ' +
    'x webhook jwt bot device license personal read live test prod account'
  ).split(' '),
);
/** Words after the noun that change nothing. */
const NEUTRAL =
  /^(?:\d{1,4}|v\d|value|val|string|str|text|raw|plain|base64|b64|hex|prod|production|dev|development|test|staging|live|sandbox|default|env|var|old|new|backup|main|primary|admin|root|ro|rw|api|is|used|here)$/;
/** Words anywhere in the key that make it no secret. */
const HARMLESS = new Set(
  (
    'public pub authenticity store csrf xsrf nonce page next continuation cursor sync primary foreign partition sort cache row bucket schema index hash ' +
    'lookup sequence natural request change action idempotency lease upload resume type name id ids file path dir url uri endpoint length size count limit field label header prefix suffix ' +
    'version format algorithm alg expiry expires expiration ttl timeout policy rule rules regex pattern syntax lexer parser keyword ' +
    'recv non invalid wrong bad fake mock dummy sample example placeholder fingerprint thumbprint checksum digest integrity etag sha sha1 sha256 md5 commit revision author max min'
  ).split(' '),
);

/** Bits a character; nine in ten random texts of sixteen lower-case letters and digits reach it. */
const LEAST_ENTROPY = 3.2;
/** For hex digits, and where the key names the provider. */
const LEAST_ENTROPY_NAMED = 3;
const LONG_VALUE = 24;
const IDENTIFIER_LEFT = 48;
const IDENTIFIER_RIGHT = 40;
/** What stands before the name of a variable or a setting that takes the next word: `ENV`, `setx`, `set -x`, `gh secret set`, `npm config set`. */
const SETTER =
  /(?:^|[\s;&|(])(?:ENV|ARG|setx|set -[a-z]{1,3}|secrets? set|configure set|config(?: set)?(?: --?[a-z]{1,12})?)[ \t]{1,4}["']?$/;
/** Between such a name and its value. */
const NEXT_WORD = /["']?[ \t]{1,4}(?:--body[ =]|-b[ \t]{0,2})?["']?/y;
const VALUE = /[A-Za-z0-9+/=_.~-]{8,512}/y;
const PASSWORD_VALUE = /[^\s"'`<>\\,;]{8,128}/y;

/** Adds the words that keys of secrets hold. */
export function addGenericAnchors(add: AddAnchor): void {
  for (const word of ANCHORS) add(word, matchAssignment, undefined);
}

function matchAssignment(_: undefined, text: string, at: number, _end: number, report: Report): void {
  const start = keyStart(text, at);
  const end = keyEnd(text, at);
  const key = text.slice(start, end);
  const left = text.slice(Math.max(0, start - 40), start);
  const words = splitKey(key);
  const line = left.slice(left.lastIndexOf('\n') + 1);
  const kind = classify(words);
  if (kind === undefined || /\bpub(?:lic)?[ -]$/i.test(line)) return;
  const takesNext = key.startsWith('--') || /\s--?$/.test(line) || SETTER.test(line);
  const valueStart = findValueStart(text, end) ?? (takesNext ? stick(NEXT_WORD, text, end) : undefined);
  if (valueStart === undefined) return;
  const provider = findProvider([...splitKey(line), ...words]);
  const between = text.slice(end, valueStart);
  if (splitKey(between.split('{', 1)[0] ?? '').some((word) => HARMLESS.has(word))) return;
  const isArgument = between.includes(',');
  const isLoose = kind === 'key' && provider === undefined && !/["'`]|^=/.test(between);
  for (const from of valueCandidates(text, valueStart)) {
    const length =
      kind === 'password'
        ? readPassword(text, from, takesNext)
        : readToken(text, from, provider !== undefined);
    if (length === undefined) continue;
    // A bare "key" is mostly a map's or a table's: without a provider beside it, it takes a long value that is no variable.
    if (kind === 'key' && provider === undefined && (isLoose || length < LONG_VALUE)) continue;
    if (kind === 'key' && provider === undefined && UUID.test(text.slice(from, from + length))) continue;
    // `"keys": {"id": …}`: what looks like the value is a key itself.
    if (between.includes('{') && /^["'`]\s{0,2}:/.test(text.slice(from + length, from + length + 4)))
      continue;
    if (between.endsWith('Basic ') && !isBasicPair(text.slice(from, from + length))) continue;
    // `f("token", "value")` names the value only when the pair is all there is.
    if (isArgument && !/^["'`]\s{0,2}\)/.test(text.slice(from + length, from + length + 4))) continue;
    report({
      rule: provider === undefined ? 'generic-api-key' : 'provider-api-key',
      provider: provider ?? 'unknown',
      tier: provider === undefined || kind === 'password' ? 'warn' : 'deny',
      rank: provider === undefined ? RANK.generic : RANK.named,
      start: from,
      end: from + length,
      matchStart: start,
      publicLength: 0,
    });
    return;
  }
}

function keyStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < IDENTIFIER_LEFT && /[\w.$-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

function keyEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && end - at < IDENTIFIER_RIGHT && /[\w.-]/.test(text.charAt(end))) end += 1;
  return end;
}

/** Which kind of secret a key names: `key` is a bare "key", which needs a provider beside it. */
function classify(words: readonly string[]): 'password' | 'secret' | 'key' | undefined {
  let last = words.length - 1;
  while (last > 0 && NEUTRAL.test(words[last] ?? '')) last -= 1;
  const noun = words[last] ?? '';
  if (words.some((word) => HARMLESS.has(word))) return undefined;
  if (PASSWORDS.has(noun)) return 'password';
  if (SECRETS.has(noun)) return 'secret';
  if (noun !== 'key' && noun !== 'keys') return undefined;
  return words.slice(0, last).some((word) => KEY_KINDS.has(word)) ? 'secret' : 'key';
}

/** The value, and in an XML element `<secret>{name value}</secret>` also the words after the first. */
function valueCandidates(text: string, start: number): readonly number[] {
  const starts = [start];
  if (text.charAt(start - 1) !== '{' && text.charAt(start - 1) !== '>') return starts;
  let at = start;
  while (starts.length < 4) {
    const next = stick(/[^\s<>"']{1,64}[ \t]{1,2}/y, text, at);
    if (next === undefined) return starts;
    starts.push(next);
    at = next;
  }
  return starts;
}

/** Length of a random value that stands at `from`, or undefined. */
function readToken(text: string, from: number, isNamed: boolean): number | undefined {
  const end = stick(VALUE, text, from);
  if (end === undefined) return undefined;
  const run = text.slice(from, end);
  if (run.endsWith('..')) return undefined;
  const value = run.replace(/[.~-]+$/, '');
  const after = text.charAt(from + value.length);
  // A call, an index or a template is code that computes the value; any other mark inside quotes means that the value goes on.
  if (/[([{$#!^*]/.test(after)) return undefined;
  return isRandomToken(value, isNamed) ? value.length : undefined;
}

/** Under a bare "key" it is the id of a row. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Versions, dates, file names, addresses, constants and integrity values: made of words and digits, but no secrets. */
const NAMES: readonly RegExp[] = [
  /^v?\d+(?:\.\d+)+/,
  /^\d{4}-\d\d/,
  /\.[a-z][a-z0-9]{0,4}$/,
  /^\/\/|\.(?:com|org|net|io|dev)\//,
  /^[A-Za-z][A-Za-z_.-]*\d{0,4}$/,
  /^[A-Z]+\d*(?:_[A-Z0-9]+)+$/,
  /^sha\d{3}-/,
  /_key|token|secret|password|api_?key/i,
  // Public keys in DER: of RSA, and of elliptic and Edwards curves.
  /^(?:MIGfMA0GCSqGSIb3|MII[BC][Io]jANBgkqhkiG9w0B|MFkwEwYHKoZI|MHYwEAYHKoZI|MIGbMBAGByqGSM49|MCowBQYDK2V[uw])/,
];

/**
 * True for a value that only a machine can have chosen.
 * @param isNamed the key names a provider, so less randomness will do
 */
export function isRandomToken(value: string, isNamed = false): boolean {
  if (value.length < 12 || !hasLettersAndDigits(value)) return false;
  const least = isNamed || /^[a-f0-9-]+$/.test(value) ? LEAST_ENTROPY_NAMED : LEAST_ENTROPY;
  if (measureEntropy(value) < least || readsLikeWords(value)) return false;
  if (NAMES.some((name) => name.test(value)) || isTypedByHand(value)) return false;
  return !isPlaceholder(value) && !isPublicExample(value) && !hasTokenPrefix(value) && !isSentence(value);
}

/** True for base64 of a sentence: a greeting in a manual, or what a person chose to say in place of a secret. */
function isSentence(value: string): boolean {
  const text = Buffer.from(value, 'base64').toString('latin1');
  return /^[\x20-\x7e]+$/.test(text) && /\S \S+ \S/.test(text) && readsLikeWords(text);
}

/** Letters that fingers rest on: eight of ten letters of a made-up value, and of one random value in a thousand. */
function isTypedByHand(value: string): boolean {
  const letters = value.replace(/[^a-z]/g, '');
  if (letters.length < 7 || /[A-Z]/.test(value) || /^[a-f0-9-]+$/.test(value)) return false;
  return letters.replace(/[^asdfghjkl]/g, '').length >= letters.length * 0.8;
}

function hasLettersAndDigits(value: string): boolean {
  let letters = 0;
  let digits = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (isDigitCode(code)) digits += 1;
    else if (isLowerCode(code) || isUpperCode(code)) letters += 1;
  }
  return letters > 0 && digits > 0;
}

/** Length of a password that stands at `from` and is more than a word, or undefined. */
function readPassword(text: string, from: number, takesNext: boolean): number | undefined {
  const token = readToken(text, from, false);
  if (token !== undefined) return token;
  const before = text.slice(Math.max(0, from - 2), from);
  if (!takesNext && !/["'`=>]$|[:=] $|:-$/.test(before)) return undefined;
  const end = stick(PASSWORD_VALUE, text, from);
  if (end === undefined) return undefined;
  // `${PASSWORD:-VALUE}`
  const value = /:[-=]$/.test(before) ? text.slice(from, end).replace(/\}.*$/, '') : text.slice(from, end);
  return isStrongPassword(value) ? value.length : undefined;
}

/** True for a password with letters, digits and another kind of character, that is no placeholder or code. */
export function isStrongPassword(value: string): boolean {
  if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || /[(){}[\]|]|=>|:\/\/|^\$|^%|^@|^[./]/.test(value))
    return false;
  if (!/[!#$%^&*@?+~]/.test(value) && !(/[A-Z]/.test(value) && /[a-z]/.test(value))) return false;
  return (
    measureEntropy(value) >= 2.8 &&
    !isPlaceholder(value) &&
    !isPublicExample(value) &&
    !/pass|secret|test|user/i.test(value)
  );
}
