/** What a text of SQL statements and client commands does to the database, its files and this machine. Knows no program's options. */

import type { Effect } from '../../types/effect.ts';
import type { Language, Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, lastPart, textOf } from '../coreutils/paths.ts';
import { file, net, opaque, wordAt } from '../effects.ts';
import type { Call, Outcome } from '../page.ts';
import { data } from '../verbs.ts';
import { type ClientDeed, readClientCommand } from './client-commands.ts';
import type { Dialect } from './dialects.ts';
import { databaseName, isUrl } from './server.ts';
import { cutSql } from './sql-text.ts';
import { readStatement, type SqlDeed } from './statement.ts';

/** Where a text is run. */
export interface Session {
  readonly call: Call;
  readonly dialect: Dialect;
  /** The word that effects point at. */
  readonly near: Word;
  /** Name, URL or file of the database, as written. */
  readonly database: Word | undefined;
  /** True when the server, with its files and programs, is another machine. */
  readonly isRemote: boolean;
}

const MAX_DEPTH = 4;
const MAX_EFFECTS = 300;
const SERVER_LANGUAGES: readonly (readonly [RegExp, Language])[] = [
  [/^plpython/, 'python'],
  [/^plperl/, 'perl'],
  [/^plsh$/, 'sh'],
  [/^plv8/, 'javascript'],
];

/** Statements and commands of a text, in order. */
export function readScript(text: string, session: Session): Outcome {
  const effects = new Map<string, Effect>();
  const runs: Nested[] = [];
  const { call, dialect, near } = session;
  let database = session.database;
  let budget = MAX_EFFECTS * 4;

  const push = (effect: Effect): void => {
    const key = JSON.stringify(effect);
    if (effects.size < MAX_EFFECTS) effects.set(key, effect);
  };
  const runCode = (code: string, lang: Language, isOnServer: boolean): void => {
    if (runs.length >= MAX_EFFECTS) return;
    runs.push({
      kind: 'code',
      lang,
      code: wordAt(code, near),
      via: call.name,
      ...(isOnServer && session.isRemote ? { place: 'remote' as const } : {}),
    });
  };
  const touch = (op: 'read' | 'write', path: string, isOnServer: boolean): void => {
    const word = wordAt(path, near);
    if (isUrl(word)) {
      push(net(word, op === 'write' ? { op: 'upload' } : {}));
      return;
    }
    if (path === '' || /^\/dev\/(?:null|std\w+|tty)$/.test(path)) return;
    push(
      file(op, word, {
        ...(op === 'write' ? { clobbers: true } : {}),
        ...(isOnServer && session.isRemote ? { place: 'remote' as const } : {}),
      }),
    );
  };

  const take = (deed: SqlDeed | ClientDeed, depth: number, isOnServer: boolean): void => {
    switch (deed.kind) {
      case 'change':
        push(changeOf(deed, database, session));
        break;
      case 'program':
        runCode(deed.code, 'sh', isOnServer);
        break;
      case 'code':
        runCode(
          deed.text,
          SERVER_LANGUAGES.find(([name]) => name.test(deed.language))?.[1] ?? 'unknown',
          isOnServer,
        );
        break;
      case 'read':
      case 'write':
        touch(deed.kind, deed.path, isOnServer);
        break;
      case 'script': {
        touch('read', deed.path, false);
        const included = textOf(call, wordAt(deed.path, near));
        if (included !== undefined && depth < MAX_DEPTH) read(included, depth + 1);
        return;
      }
      case 'library':
        push(opaque(wordAt(deed.path, near), 'the database loads a library that the command names'));
        break;
      case 'unseen':
        push(opaque(near, 'what a query gives is run as statements'));
        break;
      case 'use':
        if (deed.database !== '' && deed.database !== '-') database = wordAt(deed.database, near);
        if ('host' in deed && deed.host !== undefined && !deed.host.startsWith('/'))
          push(net(wordAt(deed.host, near)));
        return;
      case 'sql':
        if (depth < MAX_DEPTH) read(deed.text.replace(BLOCK_WORDS, ';'), depth + 1);
        return;
    }
  };
  const read = (sql: string, depth: number): void => {
    for (const part of cutSql(sql, dialect)) {
      if (budget-- <= 0) {
        push(opaque(near, 'it has too many statements to judge', 'limit'));
        return;
      }
      if (part.kind === 'command')
        for (const deed of readClientCommand(part.line, dialect.system)) take(deed, depth, false);
      else {
        const deeds = readStatement(part.tokens);
        // A plain INSERT or SELECT costs nothing; dumps have thousands of them.
        if (deeds.every((deed) => deed.kind === 'change' && !deed.destructive)) budget++;
        for (const deed of deeds) take(deed, depth, true);
      }
    }
  };
  read(text, 0);
  return { effects: [...effects.values()], runs };
}

/** Words of a procedural block after which a statement starts. */
const BLOCK_WORDS = /\b(?:BEGIN|THEN|ELSE|LOOP|DECLARE)\b/gi;

/** The change of a database; when its name is known it is the target, and the thing in it part of what is done. */
function changeOf(
  deed: SqlDeed & { kind: 'change' },
  database: Word | undefined,
  { call, dialect, near }: Session,
): Effect {
  const isFile = dialect.system === 'sqlite' || dialect.system === 'duckdb';
  const isWhole = /^DROP (?:DATABASE|SCHEMA|KEYSPACE|ROLE|USER)$/.test(deed.op);
  const object = deed.target === undefined ? undefined : wordAt(deed.target, near);
  const name = isFile ? fileName(database) : databaseName(database);
  const named = name !== undefined && !(isWhole && object !== undefined) ? name : object;
  const op = named === object || deed.target === undefined ? deed.op : `${deed.op} ${deed.target}`;
  const destructive = deed.destructive && !(isFile && isScratch(database, call));
  return data(near, dialect.system, op, destructive, named);
}

/** Name of a database file without its ending; unknown stays unknown. */
function fileName(path: Word | undefined): Word | undefined {
  if (path === undefined) return undefined;
  const last = lastPart(path);
  return last?.text === undefined
    ? last
    : { ...last, text: last.text.replace(/(?<=.)\.\w{1,8}$/, ''), glob: false };
}

/** True for a database that lives in memory or in a temporary directory. */
function isScratch(path: Word | undefined, call: Call): boolean {
  if (path === undefined || path.text === '' || path.text === ':memory:') return true;
  const absolute = absolutePath(call, path);
  return (
    absolute !== undefined &&
    !/(?:^|\/)\.\.(?:\/|$)/.test(absolute) &&
    call.host.temporary.some((folder) => absolute.startsWith(`${folder}/`))
  );
}

/** Text of a word; a harmless name stands for what is not known of it. */
export function scriptText(word: Word): string {
  return word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? 'unknown_part').join('');
}

/** True when not even the first word of a text is known. */
export function isUnseen(word: Word): boolean {
  return word.text === undefined && !/^\s*\S+\s/.test(word.pieces?.[0] ?? '');
}
