/** Tells a random value from a word, a placeholder or a code name. Owns the measures; knows no provider. */

/** Shannon entropy over UTF-16 units, in bits a character. */
export function measureEntropy(text: string): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const TEMPLATE_MARKS = /[<>{}]|\$\(|\$[A-Za-z_]|\.\.\.|…|\*\*\*|%[A-Z_]+%|%[sdv]\b|^@[A-Za-z_]+@$/;
const STAND_INS =
  /example|sample|placeholder|change_?-?(?:me|it)|insert|replace|redacted|dummy|foobar|goes_?here|your[_-]?[a-z]|my[_-](?:token|secret|key|pass)|test[_-]?(?:token|secret|key|pass)|lorem|not[_-]?a?[_-]?real|put_?your|secret_?here|enter_?your|xxxx/i;
/** In long values a short stand-in can stand by chance; these cannot. */
const LONG_STAND_INS = /example|placeholder|redacted|xxxxxxxx|changeme|goes_here/i;
const LONG = 48;
const ALPHABET_RUNS = runsOf('abcdefghijklmnopqrstuvwxyz').concat(runsOf('qwertyuiopasdfghjklzxcvbnm'));

/** Every stretch of eight characters of a row of letters. */
function runsOf(row: string): readonly string[] {
  return Array.from({ length: row.length - 7 }, (_, at) => row.slice(at, at + 8));
}

/**
 * True for the body of a token that stands in for a real one: `xxxxxxxx`, `your-key-here`, `abcdefghijkl`.
 * @param body the part of a value that would be random in a real secret
 */
export function isStandIn(body: string): boolean {
  return (body.length > LONG ? LONG_STAND_INS : STAND_INS).test(body) || isMonotonous(body) || hasAlphabetRun(body);
}

/** True for a value that a template or a shell fills in later, `<token>` or `${TOKEN}`, or that is a stand-in. */
export function isPlaceholder(value: string): boolean {
  return TEMPLATE_MARKS.test(value) || isStandIn(value);
}

/** One character fills most of it, or a third of it in one row (`A` is spared there: it is base64 for zero bytes). */
function isMonotonous(text: string): boolean {
  const counts = new Map<string, number>();
  let run = 0;
  let longestRun = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    run = char === text.charAt(at - 1) ? run + 1 : 1;
    if (char !== 'A' && run > longestRun) longestRun = run;
    counts.set(char, (counts.get(char) ?? 0) + 1);
  }
  return text.length > 3 && (Math.max(...counts.values()) > text.length * 0.6 || longestRun > Math.max(5, text.length / 3));
}

function hasAlphabetRun(text: string): boolean {
  const lower = text.toLowerCase();
  return ALPHABET_RUNS.some((run) => lower.includes(run));
}

/** The commonest pairs of letters in English words and code names. A random text holds about one in five of them. */
const COMMON_PAIRS =
  'thheineranreonatenndtiesorteofedisitalarsttontngsehaasouiolevecomedehiriroicneearacelichllbemasi' +
  'omurcaeltalansdifohopeecprnoctusacotiltrlyncetutsssorsunlowageiewheewiemadolrtpowenaulnitsmoowpa' +
  'immiaishirsuidosiviaamficivipligtuevldrympfeblabghtyopbackscuedsbukeclffrugrdadoapagupexaylurdey' +
  'ubspquucefobewptogifovltftodbyauocpsipsyvojsbo';

/** Share of random letter pairs that are in COMMON_PAIRS by chance. */
const CHANCE = 0.25;

/**
 * How far the share of common letter pairs lies above chance, in standard deviations. Case changes, digits and punctuation end a run.
 * Words and code names reach 3 and more; one random text in three hundred exceeds 2.7.
 */
export function measureWordiness(text: string): number {
  commonPairs ??= readPairs();
  let pairs = 0;
  let common = 0;
  let before = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isLower = code >= 97 && code <= 122;
    const isUpper = code >= 65 && code <= 90;
    // `aB` is a border between words; `Ab` and `AB` are not.
    if ((isLower && before !== 0) || (isUpper && before >= 65 && before <= 90)) {
      pairs += 1;
      common += commonPairs[((before | 32) - 97) * 26 + ((code | 32) - 97)] ?? 0;
    }
    before = isLower || isUpper ? code : 0;
  }
  return pairs === 0 ? 0 : (common - CHANCE * pairs) / Math.sqrt(pairs * CHANCE * (1 - CHANCE));
}

let commonPairs: Uint8Array | undefined;

function readPairs(): Uint8Array {
  const table = new Uint8Array(26 * 26);
  for (let at = 0; at < COMMON_PAIRS.length; at += 2)
    table[(COMMON_PAIRS.charCodeAt(at) - 97) * 26 + COMMON_PAIRS.charCodeAt(at + 1) - 97] = 1;
  return table;
}

/** True when most of the text consists of words: `createElementNS2`, `rootpasswd`, `my-branch-2024`. */
export function readsLikeWords(text: string): boolean {
  return measureWordiness(text) > 2.7;
}
