/** Programs that search text in files: grep, ripgrep and their kin. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { filterOutput } from '../text-filters.ts';
import { filteredReads } from './names-only.ts';
import { programWord, somethingIn, textOf, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

interface Searcher {
  readonly spec: string;
  /** Walks trees unless told not to. */
  readonly recursive: boolean;
  /** Options that narrow a walk to file patterns; `!` in front of one excludes. */
  readonly globs: readonly string[];
  /** Options after which only names or counts are printed. */
  readonly quiet: readonly string[];
  /** Options whose value is a program that is run. */
  readonly runs: readonly string[];
  /** Options after which no pattern operand is expected. */
  readonly patterns: readonly string[];
}

const GREP: Searcher = {
  spec: 'E extended-regexp F fixed-strings G basic-regexp P perl-regexp e= regexp= f= file= i ignore-case no-ignore-case w word-regexp x line-regexp z null-data s no-messages v invert-match V version help m= max-count= b byte-offset n line-number line-buffered H with-filename h no-filename label= o only-matching q quiet silent binary-files= a text I d= directories= D= devices= r recursive R dereference-recursive include= exclude= exclude-from= exclude-dir= L files-without-match l files-with-matches c count T initial-tab Z null B= before-context= A= after-context= C= context= group-separator= no-group-separator color? colour? U binary',
  recursive: false,
  globs: ['include'],
  quiet: ['q', 'quiet', 'silent', 'l', 'files-with-matches', 'L', 'files-without-match', 'c', 'count'],
  runs: [],
  patterns: ['e', 'regexp', 'f', 'file'],
};

const RG: Searcher = {
  spec: 'A= after-context= B= before-context= C= context= e= regexp= f= file= g= glob= iglob= t= type= T= type-not= type-add= type-clear= m= max-count= M= max-columns= j= threads= r= replace= E= encoding= d= max-depth= maxdepth= max-filesize= dfa-size-limit= regex-size-limit= color= colors= context-separator= field-context-separator= field-match-separator= path-separator= sort= sortr= engine= ignore-file= pre= pre-glob= hostname-bin= hyperlink-format= generate= a text c count count-matches l files-with-matches files-without-match files q quiet json hidden no-ignore u unrestricted n line-number N no-line-number i ignore-case S smart-case s case-sensitive F fixed-strings w word-regexp x line-regexp v invert-match o only-matching P pcre2 U multiline L follow z search-zip H with-filename I no-filename no-config type-list h help V version',
  recursive: true,
  globs: ['g', 'glob', 'iglob'],
  quiet: [
    'q',
    'quiet',
    'l',
    'files-with-matches',
    'files-without-match',
    'c',
    'count',
    'count-matches',
    'files',
  ],
  runs: ['pre', 'hostname-bin'],
  patterns: ['e', 'regexp', 'f', 'file', 'files', 'type-list'],
};

const ACK: Searcher = {
  spec: 'A= after= after-context= B= before= before-context= C? context? G= g= m= max-count= p? path-to-ignore= ignore= ignore-dir= ignore-file= ignore-directory= ignore-ack-defaults ackrc= pager= output= depth= W= width= workers= color-match= color-path= color-line-number= type= t= T= type-add= type-set= type-del= sort-files match= x files-from= l files-with-matches L files-without-matches c count f help version i smart-case w v h H Q literal o r R recurse n no-recurse u unrestricted a all-types hidden nopager filter= view= glob= include= exclude=',
  recursive: true,
  globs: ['G', 'glob', 'include'],
  quiet: ['l', 'files-with-matches', 'L', 'files-without-matches', 'c', 'count', 'f', 'g'],
  runs: ['pager', 'view'],
  patterns: ['match', 'g', 'f'],
};

const SEARCHERS: Readonly<Record<string, Searcher>> = {
  rg: RG,
  ag: ACK,
  ack: ACK,
  'ack-grep': ACK,
  pt: ACK,
  ugrep: { ...ACK, recursive: false },
  ug: ACK,
};

function readSearch(call: Call): Outcome {
  const searcher = SEARCHERS[call.name] ?? GREP;
  const config = call.name === 'rg' ? configuredArgs(call) : [];
  const parsed = readOptions([...config, ...call.args], searcher.spec);
  if (asksForHelp(parsed) || parsed.has('V')) return NOTHING;
  const hasPattern = parsed.has(...searcher.patterns);
  const given = hasPattern ? parsed.operands : parsed.operands.slice(1);
  const recursive =
    (searcher.recursive && !parsed.has('n', 'no-recurse')) ||
    (searcher !== RG && parsed.has('r', 'R', 'recursive', 'dereference-recursive', 'recurse')) ||
    parsed.value('d', 'directories')?.text === 'recurse';
  const fromInput = given.length === 0 && call.invocation.stdin !== undefined;
  const roots = given.length > 0 || !recursive || fromInput ? given : [wordAt('.', programWord(call))];
  const op = parsed.has(...searcher.quiet) ? 'list' : 'read';
  const globs = recursive ? parsed.values(...searcher.globs) : [];
  const lists = parsed.values('files-from', ...(searcher === ACK ? [] : ['f', 'file']));
  const effects: Effect[] = [
    ...filteredReads(call, [...roots, ...lists], { op, ...(recursive ? { recursive } : {}) }),
    ...roots.flatMap((root) =>
      globs.flatMap((glob) => chosenBelow(root, glob)).map((path) => file(op, path)),
    ),
  ];
  const stdout = given.length === 0 ? filterOutput(call) : undefined;
  return { effects, runs: programsRun(searcher, parsed, roots), ...(stdout === undefined ? {} : { stdout }) };
}

/** Files that `--include=.env` picks out of a walk: they count as named. */
function chosenBelow(root: Word, glob: Word): readonly Word[] {
  const text = glob.text;
  if (text === undefined || text.startsWith('!') || /^\*+$/.test(text)) return [];
  const pieces = text.split(/[*?]+/).flatMap((part, index) => (index === 0 ? [part] : [null, part]));
  return [somethingIn(root, ...pieces.filter((piece) => piece !== ''))];
}

function programsRun(searcher: Searcher, parsed: ParsedArgs, roots: readonly Word[]): readonly Nested[] {
  const commands = parsed.values(...searcher.runs).map(
    (code): Nested => ({
      kind: 'code',
      via: `${searcher === RG ? 'rg' : 'ack'} --pager`,
      lang: 'sh',
      code,
    }),
  );
  const filters = parsed.values('filter').map(
    // `pdf:pdftotext % -`: what follows the colon is run.
    (word): Nested => ({
      kind: 'code',
      via: 'ugrep --filter',
      lang: 'sh',
      code: wordAt((word.text ?? '').replace(/^[^:]*:/, ''), word),
    }),
  );
  const pre = searcher === RG ? parsed.values('pre', 'hostname-bin') : [];
  if (searcher !== RG) return [...commands, ...filters];
  return pre.map((program) => ({ kind: 'argv', via: 'rg --pre', argv: [program, ...roots] }));
}

/** Arguments in the file that $RIPGREP_CONFIG_PATH names, one a line. */
function configuredArgs(call: Call): readonly Word[] {
  const path = call.invocation.assignments.findLast(({ name }) => name === 'RIPGREP_CONFIG_PATH')?.value;
  const text = path && textOf(call, path);
  if (path === undefined || text === undefined) return [];
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => wordAt(line, path));
}

/** agrep, pcregrep and zgrep know what grep knows. */
const GREPS = [
  'grep',
  'egrep',
  'fgrep',
  'zgrep',
  'zegrep',
  'zfgrep',
  'bzgrep',
  'xzgrep',
  'zstdgrep',
  'ggrep',
  'rgrep',
  'pcregrep',
  'pcre2grep',
  'pdfgrep',
];

/** ripgrep-replace and sad write what they find. */
function readReplacer(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'p preview s string-mode F fixed-strings f= flags= n= max-replacements= A across help version',
  );
  if (asksForHelp(parsed) || parsed.has('p', 'preview')) return NOTHING;
  return { effects: parsed.operands.slice(2).flatMap((path) => writesOf(path, { clobbers: false })) };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...GREPS, ...Object.keys(SEARCHERS)],
    about: 'searches text in files',
    read: readSearch,
    examples: [
      { command: 'grep -r "" .env', effects: [{ kind: 'file', op: 'read', path: '.env', recursive: true }] },
      { command: "rg --pre 'rm -rf /home/user' x src", effects: [{ kind: 'run' }] },
      { command: "grep -rn 'rm -rf' docs/", effects: [] },
      { command: "rg -n 'git push --force'", effects: [] },
      { command: 'grep -q TOKEN .env', effects: [{ kind: 'file', op: 'list', path: '.env' }] },
    ],
  }),
  definePage({
    names: ['sd'],
    about: 'replaces text in files',
    read: readReplacer,
    examples: [
      { command: 'sd foo bar src/a.ts', effects: [{ kind: 'file', op: 'write', path: 'src/a.ts' }] },
      { command: 'sd -p foo bar src/a.ts', effects: [] },
      { command: 'echo foo | sd foo bar', effects: [] },
    ],
  }),
];
