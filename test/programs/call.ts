/** Builds calls for page tests from one line of words. Not a shell: it knows quotes, `$unknown` and leading assignments, nothing else. */

import type { Call, Outcome, Page } from '../../lib/programs/page.ts';
import type { HostView, Repository } from '../../lib/types/host.ts';
import type { Assignment } from '../../lib/types/invocation.ts';
import type { Word } from '../../lib/types/text.ts';

/** A known word. */
export function word(text: string): Word {
  return { text, glob: false, span: { start: 0, end: 0 } };
}

/** A word of which only some pieces are known; null stands for an unknown stretch. */
export function unknownWord(...pieces: readonly (string | null)[]): Word {
  return {
    text: undefined,
    pieces: pieces.length > 0 ? pieces : [null],
    glob: false,
    span: { start: 0, end: 0 },
  };
}

/**
 * Splits a line into words. Single and double quotes group, `$NAME` (also inside double quotes) is unknown, an unquoted
 * `*`, `?` or `[` makes a pattern.
 */
export function words(line: string): readonly Word[] {
  const found: Word[] = [];
  let pieces: (string | null)[] = [];
  let started = false;
  let glob = false;
  let quote = '';
  const add = (text: string): void => {
    const last = pieces.at(-1);
    if (typeof last === 'string') pieces[pieces.length - 1] = last + text;
    else pieces.push(text);
  };
  const finish = (start: number, end: number): void => {
    if (!started) return;
    const span = { start, end };
    found.push(
      pieces.includes(null) ? { text: undefined, pieces, glob, span } : { text: pieces.join(''), glob, span },
    );
    pieces = [];
    started = false;
    glob = false;
  };
  let start = 0;
  for (let i = 0; i < line.length; i++) {
    const c = line[i] as string;
    if (quote === '' && (c === ' ' || c === '\n')) {
      finish(start, i);
      start = i + 1;
      continue;
    }
    started = true;
    if (quote === '' && (c === "'" || c === '"')) quote = c;
    else if (c === quote) quote = '';
    else if (c === '\\' && quote !== "'" && i + 1 < line.length) add(line[++i] as string);
    else if (c === '$' && quote !== "'" && /^[A-Za-z_]/.test(line[i + 1] ?? '')) {
      while (/\w/.test(line[i + 1] ?? '')) i++;
      pieces.push(null);
    } else {
      if (quote === '' && /[*?[]/.test(c)) glob = true;
      add(c);
    }
  }
  finish(start, line.length);
  return found;
}

/** A machine with nothing on it but what is given. */
export function fakeHost(
  more: Partial<HostView> & { readonly files?: Readonly<Record<string, string>> } = {},
): HostView {
  const { files = {}, ...rest } = more;
  const isDirectory = (path: string) => Object.keys(files).some((file) => file.startsWith(`${path}/`));
  return {
    home: '/home/user',
    user: 'user',
    temporary: ['/tmp'],
    codexHome: '/home/user/.codex',
    guardHome: '/home/user/.codex/guard',
    projects: ['/work/app'],
    readFile: (path) => files[path],
    readDirectory: () => undefined,
    pathKind: (path) => (files[path] !== undefined ? 'file' : isDirectory(path) ? 'directory' : undefined),
    realPath: (path) => path,
    repository: () => undefined,
    ...rest,
  };
}

/** A repository at /work/app with the given branch, branches and configuration. */
export function fakeRepository(
  more: Partial<Omit<Repository, 'config' | 'branches' | 'defaultBranch'>> & {
    readonly config?: Readonly<Record<string, string>>;
    readonly branches?: readonly string[];
    readonly defaults?: Readonly<Record<string, string>>;
  } = {},
): Repository {
  const { config = {}, branches = ['main'], defaults = {}, ...rest } = more;
  return {
    root: '/work/app',
    gitDir: '/work/app/.git',
    commonDir: '/work/app/.git',
    branch: 'main',
    ...rest,
    config: (key) => config[key],
    configUnder: (prefix) => new Map(Object.entries(config).filter(([key]) => key.startsWith(prefix))),
    branches: () => branches,
    defaultBranch: (remote) => defaults[remote],
  };
}

/** What a call may be given besides its words. */
export interface CallSetup {
  readonly host?: HostView;
  readonly stdin?: string | 'pipe';
  readonly cwd?: string;
}

/** The call that a line makes: `NAME=value program words…`. */
export function callOf(line: string, setup: CallSetup = {}): Call {
  const all = [...words(line)];
  const assignments: Assignment[] = [];
  for (;;) {
    const first = all[0];
    const head = first?.text ?? (typeof first?.pieces?.[0] === 'string' ? first.pieces[0] : '');
    const match = /^([A-Za-z_]\w*)=/.exec(head);
    if (!first || !match) break;
    const from = match[0].length;
    const value: Word =
      first.text !== undefined
        ? { ...first, text: first.text.slice(from) }
        : { ...first, pieces: [head.slice(from), ...(first.pieces ?? []).slice(1)] };
    assignments.push({ name: match[1] as string, value });
    all.shift();
  }
  const [program = word(''), ...args] = all;
  const stdin = setup.stdin === undefined || setup.stdin === 'pipe' ? setup.stdin : word(setup.stdin);
  return {
    name: (program.text ?? '').replace(/^.*\//, '').toLowerCase(),
    args,
    invocation: {
      argv: [program, ...args],
      assignments,
      redirects: [],
      ...(stdin === undefined ? {} : { stdin }),
      cwd: word(setup.cwd ?? '/work/app'),
      via: [],
      span: { start: 0, end: line.length },
    },
    host: setup.host ?? fakeHost(),
  };
}

/** Reads a line with the page among `pages` that knows its program. */
export function readWith(pages: readonly Page[], line: string, setup: CallSetup = {}): Outcome {
  const call = callOf(line, setup);
  const page = pages.find((candidate) => candidate.names.includes(call.name));
  if (!page) throw new Error(`no page for ${call.name}`);
  return page.read(call);
}

/** The same value with every Word replaced by its text, `undefined` included, and places in the text left out. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('glob' in value && 'span' in value) return (value as Word).text;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'span')
      .map(([key, item]) => [key, plain(item)]),
  );
}
