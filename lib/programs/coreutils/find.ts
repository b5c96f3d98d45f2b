/** Programs that walk a tree and act on what they find: find and fd. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { type Action, type Narrowing, readExpression } from './find-expression.ts';
import { absolutePath, programWord, readsOf, somethingIn, writesOf } from './paths.ts';
import { readOptions } from './spec.ts';

/** A command is looked at for this many starting points and name patterns. */
const MAX_PLACES = 16;

function readFind(call: Call): Outcome {
  let start = 0;
  // -H -L -P -O3 come before the starting points, -D and -f take a word.
  while (/^-(?:[EHLPXdsx]+|O\d?|[Df])$/.test(call.args[start]?.text ?? ''))
    start += /^-[Df]$/.test(call.args[start]?.text ?? '') ? 2 : 1;
  let end = start;
  while (end < call.args.length && !/^(?:[-(),!]|$)/.test(firstCharacter(call.args[end]))) end++;
  const roots = call.args.slice(start, end);
  if (roots.length === 0) roots.push(wordAt('.', programWord(call)));
  const effects: Effect[] = roots.map((root) => file('list', root, { recursive: true }));
  const runs: Nested[] = [];
  for (const action of readExpression(call.args.slice(end))) {
    const [first] = action.words;
    if (action.name === 'delete')
      effects.push(...roots.flatMap((root) => deletesBelow(call, root, action.among)));
    else if (action.name === 'files0-from') effects.push(...(first ? readsOf([first]) : []));
    else if (/^f(?:print|ls)/.test(action.name)) effects.push(...(first ? writesOf(first) : []));
    else runs.push(...commandsOf(call, action, roots));
  }
  return { effects, runs, prints: roots.slice(0, MAX_PLACES).map((root) => somethingIn(root)) };
}

function firstCharacter(word: Word | undefined): string {
  // An unknown word is taken for a starting point.
  return word === undefined
    ? ''
    : word.text === undefined
      ? knownStart(word).charAt(0) || 'x'
      : word.text.charAt(0);
}

function deletesBelow(call: Call, root: Word, among: Narrowing): readonly Effect[] {
  if (!among.narrowed) return [file('delete', root, { recursive: true })];
  return placesOf(call, root, among).map((path) => file('delete', path));
}

/** Words for what the tests let through below a starting point. */
function placesOf(call: Call, root: Word, among: Narrowing): readonly Word[] {
  if (among.paths)
    return among.paths.map((glob) => ({
      text: undefined,
      // A pattern that may start with anything still starts where the search does.
      pieces:
        /^[*?[]/.test(glob) && root.text !== undefined
          ? [`${root.text.replace(/\/$/, '')}/`, ...globPieces(glob)]
          : globPieces(glob),
      glob: false,
      span: root.span,
    }));
  const directly = (glob: string): readonly Word[] =>
    root.text === undefined
      ? []
      : [{ ...root, text: `${root.text.replace(/\/$/, '')}/${glob}`, glob: /[*?[]/.test(glob) }];
  if (!among.narrowed && root.text !== undefined) return directly('*');
  // How deep a file lies says nothing more of a temporary directory.
  if (isTemporary(call, root)) return (among.names ?? ['*']).flatMap(directly);
  if (!among.names) return [somethingIn(root)];
  return among.names.flatMap((glob) => [...directly(glob), somethingIn(root, ...globPieces(glob))]);
}

/** True for a place in a temporary directory, unless the project itself lies there. */
function isTemporary(call: Call, root: Word): boolean {
  const path = absolutePath(call, root);
  if (path === undefined || /(?:^|\/)\.\.(?:\/|$)/.test(path)) return false;
  const isIn = (directory: string) => path === directory || path.startsWith(`${directory}/`);
  return call.host.temporary.some(isIn) && !call.host.projects.some(isIn);
}

/** `*.db` as `[null, '.db']`. */
function globPieces(glob: string): readonly (string | null)[] {
  const pieces: (string | null)[] = [];
  for (const part of glob.split(/(\[[^\]]*\]|[*?]+)/)) {
    if (part === '') continue;
    const unknown = /^(?:\[|[*?])/.test(part);
    if (!(unknown && pieces.at(-1) === null)) pieces.push(unknown ? null : part);
  }
  return pieces;
}

function commandsOf(call: Call, action: Action, roots: readonly Word[]): readonly Nested[] {
  const places = roots.flatMap((root) =>
    // Without a test that keeps it out, the starting point itself is the first file found.
    !action.among.narrowed && !action.among.below ? [root] : placesOf(call, root, action.among),
  );
  const root = roots[0] as Word;
  return places.slice(0, MAX_PLACES).map((place) => ({
    kind: 'argv',
    via: `find -${action.name}`,
    argv: action.words.map((word) => replaceBraces(word, '{}', place, root)),
  }));
}

/**
 * Puts a place where `{}` stands. Text with blanks is code for a shell: there an unknown place becomes the pattern
 * `root/*`, so that the code can still be read.
 */
function replaceBraces(word: Word, braces: string, place: Word, root: Word): Word {
  if (word.text === braces) return { ...place, span: word.span };
  if (!word.text?.includes(braces)) return word;
  if (/\s/.test(word.text) && root.text !== undefined)
    return {
      ...word,
      text: word.text.replaceAll(braces, () => place.text ?? `${root.text?.replace(/\/$/, '')}/*`),
    };
  const inside = place.text !== undefined ? [place.text] : (place.pieces ?? [null]);
  const pieces = word.text.split(braces).flatMap((part, index) => (index === 0 ? [part] : [...inside, part]));
  const kept = pieces.filter((piece) => piece !== '');
  return kept.includes(null)
    ? { text: undefined, pieces: kept, glob: false, span: word.span }
    : { ...word, text: kept.join(''), glob: word.glob || place.glob };
}

const FD =
  'H hidden I no-ignore u unrestricted s case-sensitive i ignore-case g glob F fixed-strings a absolute-path l list-details L follow p full-path d= max-depth= min-depth= exact-depth= E= exclude= t= type= e= extension= S= size= changed-within= changed-before= o= owner= c= color= j= threads= C= base-directory= search-path= ignore-file= and= format= batch-size= path-separator= max-results= gen-completions? 0 print0 1 q quiet';

function readFd(call: Call): Outcome {
  const at = call.args.findIndex((word) =>
    /^(?:-[HIusigFalLp0-9]*[xX]|--exec|--exec-batch)$/.test(word.text ?? ''),
  );
  const before = at < 0 ? call.args : call.args.slice(0, at);
  const stop = at < 0 ? -1 : call.args.findIndex((word, index) => index > at && word.text === ';');
  const command = at < 0 ? [] : call.args.slice(at + 1, stop < 0 ? undefined : stop);
  const parsed = readOptions(stop < 0 ? before : [...before, ...call.args.slice(stop + 1)], FD);
  const [pattern, ...given] = parsed.operands;
  const base = parsed.value('C', 'base-directory');
  const named = [...given, ...parsed.values('search-path')];
  const roots = (named.length > 0 ? named : [wordAt('.', programWord(call))]).map((root) =>
    base ? joinWord(base, root) : root,
  );
  const endings = parsed.values('e', 'extension').flatMap((word) => (word.text ? [`*.${word.text}`] : []));
  const says = pattern !== undefined && !/^[\W_]*$/.test(pattern.text ?? 'x');
  const literal =
    says && pattern.text !== undefined && /^[\w .-]+$/.test(pattern.text) ? pattern.text : undefined;
  const names = endings.length > 0 ? endings : literal ? [`*${literal}*`] : undefined;
  const among: Narrowing = { narrowed: says || endings.length > 0, below: true, ...(names ? { names } : {}) };
  const effects = roots.map((root) => file('list', root, { recursive: true }));
  if (command.length === 0) return { effects };
  // Every placeholder stands for (a part of) the found path.
  const placeholder = /\{(?:\/\/?|\.|\/\.)?\}/g;
  const holds = command.some((word) => word.text?.search(placeholder) !== -1 && word.text !== undefined);
  const whole = holds ? command : [...command, wordAt('{}', command[0] as Word)];
  const argv = whole.map((word) =>
    word.text === undefined ? word : { ...word, text: word.text.replace(placeholder, '{}') },
  );
  return {
    effects,
    runs: commandsOf(call, { name: 'exec', words: argv, among }, roots).map((run) => ({
      ...run,
      via: 'fd --exec',
    })),
  };
}

function readLocate(call: Call): Outcome {
  const parsed = readOptions(call.args, 'd= database= l= limit= n= S statistics');
  const database = parsed.values('d', 'database');
  return database.length > 0 ? { effects: readsOf(database) } : NOTHING;
}

export const pages: readonly Page[] = [
  definePage({
    names: ['find', 'gfind', 'bfs'],
    about: 'finds files and acts on them',
    read: readFind,
    examples: [
      {
        command: 'find build -delete',
        effects: [{ kind: 'file', op: 'delete', path: 'build', recursive: true }],
      },
      {
        command: 'find . -fprint names.txt',
        effects: [{ kind: 'file', op: 'write', path: 'names.txt' }],
      },
      {
        command: 'find /home/user -exec rm -rf {} +',
        effects: [{ kind: 'file', op: 'delete', path: '/home/user', recursive: true }],
      },
      { command: "find . -name '*.log' -print", effects: [] },
      { command: "find src -name '*.ts' -exec grep -l foo {} +", effects: [] },
    ],
  }),
  definePage({
    names: ['fd', 'fdfind'],
    about: 'finds files and acts on them',
    read: readFd,
    examples: [
      {
        command: 'fd -e log . /var/data -x rm',
        effects: [{ kind: 'file', op: 'delete' }],
      },
      { command: 'fd index src', effects: [] },
      { command: 'fd -e ts -x wc -l', effects: [] },
    ],
  }),
  definePage({
    names: ['locate', 'plocate', 'mlocate'],
    about: 'looks names up in a database',
    read: readLocate,
    examples: [
      { command: 'locate -n 5 tsconfig.json', effects: [] },
      { command: 'locate -d my.db x', effects: [{ kind: 'file', op: 'read', path: 'my.db' }] },
      { command: 'locate --limit 3 .env', effects: [] },
    ],
  }),
];
