/** Programs whose output is known from their words and literal input: what `echo cm0K | base64 -d` would print. */

import { Buffer } from 'node:buffer';
import { readsOf } from './coreutils/paths.ts';
import { readSedScript } from './coreutils/sed-script.ts';
import { readOptions } from './coreutils/spec.ts';
import { type Call, definePage, type Outcome, type Page } from './page.ts';
import { PRINTERS, readPrinter } from './text-printers.ts';
import { applyCut, applySet, decodeBase32, decodeHex, foldLines, selectLines } from './text-transforms.ts';

/** Longest text that is worked on, in characters. */
const MAX_TEXT = 1_048_576;

/** One filter: arguments → output for an input, or undefined when it cannot be told. */
type Filter = (call: Call, input: string) => string | undefined;

const lines = (text: string): string[] => (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
const joined = (list: readonly string[]): string => (list.length === 0 ? '' : `${list.join('\n')}\n`);
const perLine = (text: string, change: (line: string) => string): string => {
  const out = lines(text).map(change).join('\n');
  return text.endsWith('\n') ? `${out}\n` : out;
};

const same: Filter = (_call, input) => input;

const base64: Filter = (call, input) => {
  const parsed = readOptions(
    call.args,
    'd D decode i ignore-garbage w= wrap= base64 base64url base32 base32hex base16 A',
  );
  if (parsed.has('d', 'D', 'decode')) {
    if (call.name === 'base32' || parsed.has('base32')) return decodeBase32(input);
    if (parsed.has('base16')) return decodeHex(input);
    return parsed.has('base32hex') ? undefined : Buffer.from(input, 'base64').toString('utf8');
  }
  if (call.name !== 'base64') return undefined;
  const width = Number(parsed.value('w', 'wrap')?.text ?? '76');
  const text = Buffer.from(input, 'utf8').toString('base64');
  return width > 0 ? joined(text.match(new RegExp(`.{1,${Math.floor(width)}}`, 'g')) ?? []) : text;
};

const openssl: Filter = (call, input) => {
  const words = call.args.map((word) => word.text ?? '');
  const is64 =
    words.some((word) => /^-?-?(?:base64|a)$/.test(word)) &&
    !words.some((word) => /^-?-(?:aes|des|rc4|k|pass)/.test(word));
  if (!is64 || !/^(?:enc|base64)$/.test(words[0] ?? '')) return undefined;
  return words.includes('-d')
    ? Buffer.from(input, 'base64').toString('utf8')
    : `${Buffer.from(input, 'utf8').toString('base64')}\n`;
};

const xxd: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'r revert p ps plain c= cols= g= s= l=');
  if (!parsed.has('r', 'revert')) return undefined;
  if (parsed.has('p', 'ps', 'plain')) return decodeHex(input);
  return decodeHex(
    lines(input)
      .map((line) => /^[0-9a-f]+: ((?:[0-9a-f]+ )+)/i.exec(line)?.[1] ?? '')
      .join(' '),
  );
};

const tr: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'd delete c C complement s squeeze-repeats t truncate-set1');
  const [from, to] = parsed.operands.map((word) => word.text);
  if (from === undefined || (parsed.operands.length > 1 && to === undefined)) return undefined;
  return applySet(input, from, to, {
    deletes: parsed.has('d', 'delete'),
    complement: parsed.has('c', 'C', 'complement'),
    squeezes: parsed.has('s', 'squeeze-repeats'),
  });
};

const sed: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'n e= expression= f= E r u s z i?');
  const scripts = parsed.has('e', 'expression')
    ? parsed.values('e', 'expression')
    : parsed.operands.slice(0, 1);
  if (parsed.has('n', 'f', 'i', 'z')) return undefined;
  const plain = scripts.map((word) =>
    word.text === undefined ? undefined : readSedScript(word.text).substitutions,
  );
  if (scripts.length === 0 || plain.includes(undefined)) return undefined;
  return perLine(input, (line) =>
    plain
      .flatMap((list) => list ?? [])
      .reduce(
        (text, { from, to, all }) => (all ? text.replaceAll(from, () => to) : text.replace(from, () => to)),
        line,
      ),
  );
};

const headTail: Filter = (call, input) => {
  const parsed = readOptions(withLetters(call.args), 'c= bytes= n= lines= q v z zero-terminated');
  if (parsed.has('z', 'zero-terminated')) return undefined;
  const bytes = parsed.value('c', 'bytes')?.text;
  const count = bytes ?? parsed.value('n', 'lines')?.text ?? '10';
  const match = /^([+-]?)(\d{1,9})$/.exec(count);
  if (!match || (parsed.value('c', 'bytes', 'n', 'lines')?.text === undefined && parsed.has('c', 'n')))
    return undefined;
  const isTail = call.name.endsWith('tail');
  const list = bytes === undefined ? lines(input) : [...input];
  const chosen = selectLines(list, isTail, match[1] as string, Number(match[2]));
  return bytes === undefined ? joined(chosen) : chosen.join('');
};

/** `-5` as `-n5`; `+5` likewise. */
function withLetters(args: Call['args']): Call['args'] {
  return args.map((word, index) =>
    /^[-+]\d+$/.test(word.text ?? '') && !/^(?:-[cn]|--bytes|--lines)$/.test(args[index - 1]?.text ?? '')
      ? { ...word, text: `-n${word.text?.replace(/^-/, '')}` }
      : word,
  );
}

const cut: Filter = (call, input) => {
  const parsed = readOptions(
    call.args,
    'b= bytes= c= characters= d= delimiter= f= fields= n complement s only-delimited output-delimiter= z',
  );
  const fields = parsed.value('f', 'fields')?.text;
  const characters = parsed.value('c', 'characters', 'b', 'bytes')?.text;
  const delimiter = parsed.has('d', 'delimiter') ? parsed.value('d', 'delimiter')?.text : '\t';
  const list = fields ?? characters;
  if (list === undefined || delimiter === undefined || parsed.has('complement', 'z', 'output-delimiter'))
    return undefined;
  return perLine(input, (line) => applyCut(line, list, fields === undefined ? undefined : delimiter));
};

const sort: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'r reverse u unique o= output= k= t= c C m n h V R z');
  if (parsed.options.some((option) => !['r', 'reverse', 'u', 'unique'].includes(option.name)))
    return undefined;
  const list = lines(input).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const kept = parsed.has('u', 'unique') ? [...new Set(list)] : list;
  return joined(parsed.has('r', 'reverse') ? kept.reverse() : kept);
};

const grep: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'F fixed-strings E e= regexp= v invert-match i ignore-case h a text');
  const pattern = (parsed.value('e', 'regexp') ?? parsed.operands[0])?.text;
  const known = ['F', 'fixed-strings', 'E', 'e', 'regexp', 'v', 'invert-match', 'h', 'a', 'text'];
  if (pattern === undefined || parsed.options.some((option) => !known.includes(option.name)))
    return undefined;
  const isFixed = parsed.has('F', 'fixed-strings') || call.name === 'fgrep';
  if (!isFixed && /[^\w\s/:,;="'@%#!~-]/.test(pattern)) return undefined;
  return joined(lines(input).filter((line) => line.includes(pattern) !== parsed.has('v', 'invert-match')));
};

const fold: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'w= width= b s spaces');
  const width = Number(parsed.value('w', 'width')?.text ?? '80');
  return parsed.has('s', 'spaces') || !(width > 0) ? undefined : foldLines(input, width);
};

const paste: Filter = (call, input) => {
  const parsed = readOptions(call.args, 'd= delimiters= s serial z');
  const delimiter = parsed.has('d') ? parsed.value('d', 'delimiters')?.text : '\t';
  const known = delimiter !== undefined && delimiter.length <= 1 && parsed.has('s', 'serial');
  return known ? `${lines(input).join(delimiter)}\n` : undefined;
};

const uniq: Filter = (call, input) =>
  call.args.length > 0
    ? undefined
    : joined(lines(input).filter((line, index, all) => line !== all[index - 1]));

const FILTERS: Readonly<Record<string, Filter>> = {
  cat: (call, input) => (call.args.every((word) => /^-[u-]?$/.test(word.text ?? '')) ? input : undefined),
  gcat: same,
  tac: (call, input) => (call.args.length > 0 ? undefined : joined(lines(input).reverse())),
  rev: (_call, input) => perLine(input, (line) => [...line].reverse().join('')),
  ...{ base64, gbase64: base64, base32: base64, basenc: base64, openssl, xxd, tr, sed, gsed: sed },
  ...{ head: headTail, tail: headTail, ghead: headTail, gtail: headTail, cut, gcut: cut, sort, gsort: sort },
  ...{
    grep,
    fgrep: grep,
    egrep: grep,
    ggrep: grep,
    fold,
    paste,
    uniq,
    less: same,
    more: same,
    zcat: () => undefined,
  },
};

/** Output of a filter over its literal standard input; undefined when the input, an argument or the filter is not known. */
export function filterOutput(call: Call): string | undefined {
  const stdin = call.invocation.stdin;
  if (stdin === undefined || stdin === 'pipe' || stdin.text === undefined || stdin.text.length > MAX_TEXT)
    return undefined;
  if (call.args.some((word) => word.text === undefined) || !Object.hasOwn(FILTERS, call.name))
    return undefined;
  return FILTERS[call.name]?.(call, stdin.text);
}

function readFilter(call: Call): Outcome {
  const stdout = filterOutput(call);
  return { effects: [], ...(stdout === undefined ? {} : { stdout }) };
}

/** date prints what it is given, apart from `%` fields. */
function readDate(call: Call): Outcome {
  const format = call.args.find((word) => word.text?.startsWith('+'))?.text;
  const parsed = readOptions(
    call.args,
    'd= date= f= file= I? iso-8601? r= reference= R rfc-3339= s= set= u utc debug v= j',
  );
  return {
    effects: readsOf(parsed.values('f', 'file')),
    ...(format === undefined || format.includes('%') ? {} : { stdout: `${format.slice(1)}\n` }),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['tr'],
    about: 'replaces and deletes characters',
    read: readFilter,
    examples: [
      { command: "echo 'sn -sg /ipnf/vtfs' | tr a-z z-za-y", effects: [] },
      { command: 'tr -d "\\r" < a.txt', effects: [] },
      {
        command: "echo 'RM -RF /home/user' | tr A-Z a-z | sh",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
    ],
  }),
  definePage({
    names: PRINTERS,
    about: 'prints something made of its words',
    read: readPrinter,
    examples: [
      {
        command: 'rm -r "$(dirname /srv/data/x)"',
        effects: [{ kind: 'file', op: 'delete', path: '/srv/data' }],
      },
      { command: '$(which rm) -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'basename src/a.ts .ts', effects: [] },
      { command: 'seq 1 10', effects: [] },
    ],
  }),
  definePage({
    names: ['date', 'gdate'],
    about: 'prints the date',
    read: readDate,
    examples: [
      { command: 'date -f .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: 'date +%Y-%m-%d', effects: [] },
      { command: 'date -u', effects: [] },
    ],
  }),
];
