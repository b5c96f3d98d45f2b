/** Reads `key = value` in any language's clothing: where the value begins after a key, and which words a key consists of. */

/** Rest of a key and what may follow it on the line before the operator: `_TOKEN string`, `.apiKey`. */
const KEY_TAIL = /[ \t\w.-]{0,40}/y;
/** `=`, `:=`, `::=`, `?=`, `=>`, `:`, `>`, `,`, `||`, `??`, `|` of a table, with the quotes and brackets around them. */
const OPERATOR =
  /[\s"'`\\)\]*]{0,4}(?:&quot;)?(?:[:?|+]?:{0,2}={1,3}>?|\|{1,2}|\?\?=?|:-|[:>,])(?:&quot;)?[\s"'`\\=([{<>]{0,8}/y;
/** A type between the key and its value: `: string = "`, `: &'static str = "`, `: Option<String> = "`. */
const TYPED =
  /[?!]?[ \t]{0,3}:[ \t]{0,3}&?(?:'[a-z]{1,10} )?[A-Za-z_][\w.]{0,30}(?:<[\w., &']{1,30}>)?[?!]?[ \t]{0,3}=[ \t]{0,3}[bru]{0,2}["'`]/y;
/** The default of a Terraform variable, on one of the first lines of its block. */
const DEFAULT =
  /["']?[ \t]{0,3}\{\s{0,20}(?:[a-z_]{1,20}[ \t]{0,20}=[^\n]{0,120}\n\s{0,20}){0,4}default[ \t]{0,20}=[ \t]{0,3}"/y;
/** What can stand between a key and the mark that begins its declaration. */
const BEFORE_MARK = '?! \t"\'';
/** "the token is VALUE", in prose. */
const IS = /[ \t]{1,3}(?:is|was|are)[ \t:]{1,3}["'`]?/y;
/** `name: KEY` followed by `value: …`, and `key="KEY" value="…"`. */
const VALUE_FIELD = /["']?[\s,]{1,24}["']?(?:secret_)?[Vv]alue["']?\s{0,3}[:=]\s{0,3}["'`|]?/y;
/** A shell option or a plain word in front of its value: `--token VALUE`. */
const SPACE = /[\w.-]{0,40}["']?[ \t]{1,4}["']?/y;
/** Scheme names that stand in front of a credential. */
const SCHEME = /(?:[Bb]earer|[Bb]asic|[Tt]oken|[Aa]pi-?[Kk]ey|Bot|SSWS|OAuth)[ \t]{1,2}/y;

/** Where the value begins when a key ends at `at` and an operator follows; undefined when none does. */
export function findValueStart(text: string, at: number): number | undefined {
  const declared = findDeclared(text, at);
  if (declared !== undefined) return declared;
  const tailEnd = stick(KEY_TAIL, text, at) ?? at;
  const start = stick(OPERATOR, text, tailEnd) ?? stick(VALUE_FIELD, text, tailEnd) ?? stick(IS, text, at);
  return start === undefined ? undefined : (stick(SCHEME, text, start) ?? start);
}

/** Where the value begins in a declaration. The mark after the key tells which one to try, so that none is compiled for most keys. */
function findDeclared(text: string, at: number): number | undefined {
  let mark = at;
  while (mark < at + 4 && BEFORE_MARK.includes(text.charAt(mark))) mark += 1;
  if (text.charAt(mark) === ':') return stick(TYPED, text, at);
  return text.charAt(mark) === '{' ? stick(DEFAULT, text, at) : undefined;
}

/** Starts of the next words on the line, at most four: for `provider token VALUE`. */
export function findWordStarts(text: string, at: number): readonly number[] {
  const starts: number[] = [];
  let next = stick(SPACE, text, at);
  while (next !== undefined && starts.length < 4) {
    starts.push(next);
    next = stick(SPACE, text, next);
  }
  return starts;
}

/** End of a sticky pattern's match at a place, or undefined. */
export function stick(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/** The words of a key in lower case: `githubApiToken_2` → github, api, token, 2. */
export function splitKey(key: string): readonly string[] {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
