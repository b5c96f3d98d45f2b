/** Tells a random value from a word, a placeholder or a code name. Owns the measures; knows no provider. */

/** How often each UTF-16 unit below 256 stands in the text that was counted last; higher ones share the last place. */
const counts = new Uint32Array(257);

function countCharacters(text: string): void {
  counts.fill(0);
  for (let at = 0; at < text.length; at += 1) {
    const place = Math.min(text.charCodeAt(at), 256);
    counts[place] = (counts[place] as number) + 1;
  }
}

/** Shannon entropy over UTF-16 units, in bits a character. */
export function measureEntropy(text: string): number {
  countCharacters(text);
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const TEMPLATE_MARKS = /[<>{}]|\$\(|\$[A-Za-z_]|\.\.\.|…|\*\*\*|%[A-Z_]+%|%[sdv]\b|^@[A-Za-z_]+@$/;
const STAND_INS =
  /example|sample|placeholder|change_?-?(?:me|it)|insert|replace|redacted|dummy|foobar|goes_?here|your[_-]?[a-z]|my[_-](?:token|secret|key|pass)|test[_-]?(?:token|secret|key|pass)|lorem|not[_-]?a?[_-]?real|put_?your|secret_?here|enter_?your|xxxx/i;
/** In long values a short stand-in can stand by chance; these cannot. */
const LONG_STAND_INS = /example|placeholder|redacted|xxxxxxxx|changeme|goes_here/i;
const LONG = 48;
/** Of each lower-case letter the code of the one beside it on the keyboard, two rows; 0 where there is none. */
const KEY_AFTER = /* @__PURE__ */ (() => {
  const table = new Uint8Array(128);
  const keys = 'qwertyuiopasdfghjkl';
  for (let at = 1; at < keys.length; at += 1) table[keys.charCodeAt(at - 1)] = keys.charCodeAt(at);
  return table;
})();
/** So many letters in the order of the alphabet or the keyboard do not come by chance. */
const ROW = 8;

/**
 * True for the body of a token that stands in for a real one: `xxxxxxxx`, `your-key-here`, `abcdefghijkl`.
 * @param body the part of a value that would be random in a real secret
 */
export function isStandIn(body: string): boolean {
  return (
    (body.length > LONG ? LONG_STAND_INS : STAND_INS).test(body) || isMonotonous(body) || hasAlphabetRun(body)
  );
}

/** True for a value that a template or a shell fills in later, `<token>` or `${TOKEN}`, or that is a stand-in. */
export function isPlaceholder(value: string): boolean {
  return TEMPLATE_MARKS.test(value) || isStandIn(value);
}

/** One character fills most of it, or a third of it in one row (`A` is spared there: it is base64 for zero bytes). */
function isMonotonous(text: string): boolean {
  if (text.length <= 3) return false;
  countCharacters(text);
  if (counts.some((count) => count > text.length * 0.6)) return true;
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    run = text.charCodeAt(at) === text.charCodeAt(at - 1) && text.charCodeAt(at) !== 65 ? run + 1 : 1;
    if (run > Math.max(5, text.length / 3)) return true;
  }
  return false;
}

function hasAlphabetRun(text: string): boolean {
  let inAlphabet = 1;
  let inKeys = 1;
  let before = text.charCodeAt(0) | 32;
  for (let at = 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at) | 32;
    const isLetter = code >= 97 && code <= 122;
    inAlphabet = isLetter && code === before + 1 ? inAlphabet + 1 : 1;
    inKeys = isLetter && KEY_AFTER[before] === code ? inKeys + 1 : 1;
    before = code;
    if (inAlphabet >= ROW || inKeys >= ROW) return true;
  }
  return false;
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

/** Hex digits form common pairs by nature. */
const HEX = /^[0-9A-Fa-f-]+$/;
/** Digits in three places are rare in words and code names, so it takes more to call such a text one. */
const SCATTERED_DIGITS = /\d\D+\d\D+\d/;

/** True when most of the text consists of words: `createElementNS2`, `rootpasswd`, `my-branch-2024`. */
export function readsLikeWords(text: string): boolean {
  const wordiness = measureWordiness(text);
  return wordiness > 2.7 && !HEX.test(text) && (wordiness > 4.5 || !SCATTERED_DIGITS.test(text));
}

/** True for a run of letters and digits that no person has chosen: part of a token, a digest, an id. */
export function isRandomRun(text: string): boolean {
  return (
    /\d/.test(text) &&
    /[A-Za-z]/.test(text) &&
    measureEntropy(text) >= 2.5 &&
    !readsLikeWords(text) &&
    !isStandIn(text)
  );
}
