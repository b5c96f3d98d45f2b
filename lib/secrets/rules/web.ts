/** Finds credentials that travel with requests: JSON Web Tokens, user:password in URLs, Authorization headers, curl's user option. */

import { createHmac } from 'node:crypto';
import { type AddAnchor, RANK, type Report } from '../candidate.ts';
import { isWordCode } from '../characters.ts';
import { isOpenAfter, isOpenBefore } from '../edges.ts';
import { stick } from '../keys.ts';
import { isPublicExample } from '../public-examples.ts';
import { isPlaceholder, isStandIn, measureEntropy, readsLikeWords } from '../randomness.ts';

/** Header names whose value is a credential. */
const HEADERS = ['authorization', 'x-api-key', 'api-token', 'apikey', 'token:', 'private-token'];

/** Adds the words that the places begin with. */
export function addWebAnchors(add: AddAnchor): void {
  for (const word of ['eyj', 'ey5']) add(word, matchJwt, undefined);
  for (const word of HEADERS) add(word, matchHeader, undefined);
  for (const word of ['curl', 'wget']) add(word, matchCurl, undefined);
  add('://', matchUrl, undefined);
}

const JWT = /ey[A-Za-z0-9_-]{8,2000}\.ey[A-Za-z0-9_/\\-]{10,6000}\.(?:[A-Za-z0-9_/\\-]{10,2000}={0,2})?/y;

function matchJwt(_: undefined, text: string, at: number, _end: number, report: Report): void {
  if (!text.startsWith('ey', at) || !isOpenBefore(text, at, '')) return;
  const end = stick(JWT, text, at);
  if (end === undefined || !isOpenAfter(text, end, '') || isDownload(text, at)) return;
  const token = text.slice(at, end);
  if (measureEntropy(token) < 3 || isPublicExample(token) || isStandIn(token) || isDemoSigned(token)) return;
  report({
    rule: 'jwt',
    provider: 'JSON Web Token',
    tier: 'deny',
    rank: RANK.structure,
    start: at,
    end,
    matchStart: at,
    publicLength: 0,
  });
}

/** Where a release of GitHub leads to: wget and `curl -v` print the address, which ends by itself within the hour. */
function isDownload(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - LONGEST_ADDRESS), at);
  return /[?&]jwt=$/.test(before) && /:\/\/[a-z-]{1,40}\.githubusercontent\.com\/[^\s"']*$/.test(before);
}

const LONGEST_ADDRESS = 2000;

/** Keys with which documentation signs its examples. */
const DEMO_KEYS = [
  'secret',
  'your-256-bit-secret',
  'your-384-bit-secret',
  'your-512-bit-secret',
  'key',
  'test',
  '',
];
const HASHES: Readonly<Record<string, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/** True for a token that anybody could have signed. */
function isDemoSigned(token: string): boolean {
  const [head = '', body = '', signature = ''] = token.split('.');
  const algorithm = /"alg"\s?:\s?"(HS\d{3})"/.exec(Buffer.from(head, 'base64url').toString('latin1'))?.[1];
  const hash = HASHES[algorithm ?? ''];
  return (
    hash !== undefined &&
    DEMO_KEYS.some((key) => createHmac(hash, key).update(`${head}.${body}`).digest('base64url') === signature)
  );
}

const CREDENTIALS = /:\/\/([^\s/?#@:"'`<>]{0,128}):([^\s/?#"'`<>@]{1,256})@([A-Za-z0-9_.[\]-]{1,253})/y;
const PLAIN_PASSWORD =
  /^(?:pass?(?:w(?:or)?d)?|pwd|secret|admin|root|test(?:ing)?|guest|user(?:name)?|postgres|mysql|mongo|redis|rabbit|guest|token|key|p[a4]ssw[o0]rd\d{0,3}|x+|\*+|\.+|-+|foo|bar|baz|none|null|qwerty|p|pw|demo|docker|changeit|changeme|default|[a-z])\d{0,3}$/i;
const CVS_METHOD = /^(?:pserver|gserver|kserver|server|ext|extssh|fork|local):/;
const LOCAL_HOST =
  /^(?:localhost|127\.\d|0\.0\.0\.0|\[::1|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|host\.docker)|^[A-Za-z0-9_-]*$|(?:^|\.)example(?:\.|$)|\.(?:test|local|localhost|invalid|internal)$/i;

/** `at` is where `://` stands. */
function matchUrl(_: undefined, text: string, at: number, _end: number, report: Report): void {
  CREDENTIALS.lastIndex = at;
  const match = CREDENTIALS.exec(text);
  if (match === null) return;
  const [, user = '', password = '', host = ''] = match;
  // `:pserver:anonymous@host` is a CVS root.
  if (user === '' && CVS_METHOD.test(password)) return;
  const isSidekiq = host.endsWith('.contribsys.com') && /^[a-f0-9]{8}$/i.test(user);
  if (!isSidekiq && !isRealPassword(password, LOCAL_HOST.test(host))) return;
  const start = at + 3 + user.length + 1;
  report({
    rule: isSidekiq ? 'sidekiq-sensitive-url' : 'url-password',
    provider: isSidekiq ? 'Sidekiq' : 'URL',
    tier: 'deny',
    rank: RANK.structure,
    start,
    end: start + password.length,
    matchStart: at,
    publicLength: 0,
  });
}

/** A password for a machine next door is mostly a toy, so it has to look random there. */
function isRealPassword(password: string, local: boolean): boolean {
  if (isPlaceholder(password) || PLAIN_PASSWORD.test(password) || /^[$%{[(\\]|%s|[)}\]]$/.test(password))
    return false;
  if (local)
    return (
      password.length >= 16 &&
      /\d/.test(password) &&
      measureEntropy(password) >= 3.3 &&
      !readsLikeWords(password)
    );
  const plain = unescapePassword(password);
  // `p@ss/word`: the toy of those who test how passwords are escaped.
  if (PLAIN_PASSWORD.test(plain.replace(/@/g, 'a').replace(/[^A-Za-z0-9]/g, ''))) return false;
  return plain.length >= 8 && /[^A-Za-z]/.test(plain) && measureEntropy(plain) >= 2.2;
}

/** A password with its percent escapes read, or as it is when they are malformed. */
function unescapePassword(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

const HEADER =
  /(?:authorization|(?:x-(?:[a-z]{1,20}-)?)?(?:api-?)?(?:key|token))\b["']?[ \t]{0,3}[:=][ \t]{0,5}["'`]?(?:(Basic)[ \t]{1,2}([A-Za-z0-9+/_-]{8,2000}={0,3})|(?:(?:Bearer|Token|Api-Token|ApiKey|Key|Bot|SSWS|OAuth|GenieKey|Splunk)[ \t]{1,2})?["']?([\w=~@.+/-]{8,1024}))/iy;
const CURL_REACH = 2048;

/** `Authorization: Bearer …` and its kin; a bare `Token: …` counts only inside a curl command. */
function matchHeader(_: undefined, text: string, at: number, _end: number, report: Report): void {
  HEADER.lastIndex = at;
  const match = HEADER.exec(text);
  if (match === null) return;
  const [whole, basic, pair, value] = match;
  const secret = basic === undefined ? value : pair;
  if (secret === undefined) return;
  const end = at + whole.length;
  if (basic === undefined && !/\d/.test(secret)) return;
  const inCurl = /\b(?:curl|wget)\b/.test(text.slice(Math.max(0, at - 400), at));
  if (basic === undefined ? !isHeaderSecret(secret, inCurl) : !isBasicPair(secret)) return;
  if (basic === undefined && !inCurl && !/^authorization/i.test(whole)) return;
  report({
    rule: inCurl ? 'curl-auth-header' : 'http-authorization',
    provider: 'HTTP',
    tier: 'deny',
    rank: RANK.named,
    start: end - secret.length,
    end,
    matchStart: at,
    publicLength: 0,
  });
}

function isHeaderSecret(value: string, inCurl: boolean): boolean {
  if (isPlaceholder(value) || isPublicExample(value) || !/\d/.test(value) || /^\d+$/.test(value))
    return false;
  if (measureEntropy(value) < (inCurl ? 2.75 : 3.3) || readsLikeWords(value)) return false;
  return inCurl || value.length >= 20;
}

/** True when base64 decodes to `user:password` with a password that is none of the usual toys. */
export function isBasicPair(value: string): boolean {
  if (isPublicExample(value) || isPlaceholder(value)) return false;
  const pair = Buffer.from(value, 'base64').toString('latin1');
  const colon = pair.indexOf(':');
  if (colon < 0) return value.length >= 20 && /\d/.test(value) && !readsLikeWords(value);
  const password = pair.slice(colon + 1);
  const user = pair.slice(0, colon);
  return (
    !PLAIN_PASSWORD.test(password) &&
    !isPlaceholder(pair) &&
    (password === '' ? !PLAIN_PASSWORD.test(user) : password.length >= 4)
  );
}

const USER_OPTION =
  /(?:^|[\s"'])(?:-u|--user|--proxy-user|--(?:http-|ftp-)?password)(?:=|[ \t]{0,5})("[^"\n]{3,256}"|'[^'\n]{3,256}'|(?:"[^"\n]{3,128}"|'[^'\n]{3,128}'|[\w$@.{}-]{1,128}):(?:"[^"\n]{3,128}"|'[^'\n]{3,128}'|[^\s"'`;|&<>]{3,128}))(?=\s|$)/g;

/** `curl -u user:password`, within the next two thousand characters. */
function matchCurl(_: undefined, text: string, at: number, _end: number, report: Report): void {
  if (isWordCode(text.charCodeAt(at - 1))) return;
  const command = text.slice(at, at + CURL_REACH);
  const next = /curl|wget/.exec(command.slice(4));
  const scope = next === null ? command : command.slice(0, next.index + 4);
  USER_OPTION.lastIndex = 0;
  for (let match = USER_OPTION.exec(scope); match !== null; match = USER_OPTION.exec(scope)) {
    const pair = match[1] ?? '';
    if (!isUserPair(pair)) continue;
    const start = at + match.index + match[0].length - pair.length;
    const inset = /^["']/.test(pair) && pair.endsWith(pair.charAt(0)) ? 1 : 0;
    report({
      rule: 'curl-auth-user',
      provider: 'HTTP',
      tier: 'deny',
      rank: RANK.structure,
      start: start + inset,
      end: start + pair.length - inset,
      matchStart: at,
      publicLength: 0,
    });
  }
}

function isUserPair(pair: string): boolean {
  const bare = pair.replace(/["']/g, '');
  const colon = bare.indexOf(':');
  if (colon < 0) return false;
  const user = bare.slice(0, colon);
  const password = bare.slice(colon + 1);
  if (user === '' && password === '') return false;
  const secret = password === '' ? user : password;
  if (/^\$|\$\{|\$\(|\{\{|^<|^\[|^%/.test(secret) || isStandIn(secret) || PLAIN_PASSWORD.test(secret))
    return false;
  return secret.length >= 4 && !/^[$<]/.test(secret) && (password !== '' || /\d/.test(user));
}
