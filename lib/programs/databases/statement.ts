/** What one SQL statement costs: which rows, tables and databases go, which files and programs it reaches. Cuts no text itself. */

import type { Token } from './sql-text.ts';

/** What a statement does that counts. */
export type SqlDeed =
  | { readonly kind: 'change'; readonly op: string; readonly destructive: boolean; readonly target?: string }
  | { readonly kind: 'program'; readonly code: string }
  | { readonly kind: 'read' | 'write'; readonly path: string }
  | { readonly kind: 'library'; readonly path: string }
  /** Later statements are about this database. */
  | { readonly kind: 'use'; readonly database: string }
  /** A text that is run as SQL in turn. */
  | { readonly kind: 'sql'; readonly text: string }
  /** Code in a language of the server's, with its name. */
  | { readonly kind: 'code'; readonly language: string; readonly text: string };

/** Kinds of things whose loss takes no rows with it. */
const LIGHT =
  /^(?:INDEX|VIEW|FUNCTION|PROCEDURE|ROUTINE|TRIGGER|POLICY|RULE|AGGREGATE|OPERATOR|CAST|STATISTICS|SEQUENCE|EXTENSION|TYPE|DOMAIN|PREPARE|COLLATION|CONVERSION|SYNONYM|EVENT|MACRO|SECRET|DICTIONARY|PUBLICATION|SUBSCRIPTION|TEMPORARY|TEMP|LANGUAGE|TRANSFORM|ACCESS|TEXT)$/;
const TAKES_COLUMNS = /^(?:TYPE|DOMAIN|EXTENSION|FUNCTION)$/;
/** Parts of a table whose loss takes no rows with it. */
const LIGHT_PART =
  /^(?:CONSTRAINT|INDEX|KEY|DEFAULT|NOT|IDENTITY|EXPRESSION|PRIMARY|FOREIGN|CHECK|PROJECTION|POLICY|ATTRIBUTE|STATISTICS|SYSTEM)$/;
const FILLERS =
  /^(?:IF|EXISTS|ONLY|CONCURRENTLY|TABLE|FROM|INTO|LOW_PRIORITY|QUICK|IGNORE|OR|ROLLBACK|ABORT|REPLACE|FAIL|EXTERNAL|FOREIGN|MATERIALIZED|UNLOGGED)$/;
const PLAIN_CHANGES =
  /^(?:GRANT|REVOKE|DENY|CREATE|INSERT|REPLACE|MERGE|UPSERT|COMMENT|RENAME|REINDEX|CLUSTER|REFRESH|SECURITY|SHUTDOWN|KILL|OPTIMIZE|DETACH|IMPORT)$/;
/** Functions and clauses that take a path or code as their first text. */
const REACHES: readonly (readonly [names: RegExp, deed: 'read' | 'write' | 'program' | 'library' | 'sql'])[] =
  [
    [
      /^(?:pg_read_file|pg_read_binary_file|pg_ls_dir|load_file|readfile|lo_import|infile|read_text|read_blob|read_csv|read_csv_auto|read_json|read_json_auto|read_parquet|parquet_scan|openrowset)$/i,
      'read',
    ],
    [/^(?:writefile|outfile|dumpfile|pg_file_write|lo_export)$/i, 'write'],
    [/^(?:xp_cmdshell|sys_exec|sys_eval|executable|program)$/i, 'program'],
    [/^(?:load_extension|soname)$/i, 'library'],
    [/^(?:dblink_exec|dblink|sp_executesql|query_to_xml|xp_execresultset|exec_sql)$/i, 'sql'],
  ];
/** Most tokens of one statement inside another that are looked at. */
const MAX_CONDITION = 2000;
/** Columns that no row is without. */
const KEY_COLUMN = /^(?:[\w"]+\.)?(?:id|_id|rowid|_rowid_|oid|ctid|uuid|pk)$/i;

/** What one statement does, its parts in the order of the text. */
export function readStatement(all: readonly Token[]): readonly SqlDeed[] {
  const open = all.findIndex((token) => upper(token) !== '(');
  const tokens = open < 0 ? undefined : withoutExplain(open > 0 ? all.slice(open) : all);
  if (tokens === undefined || tokens.length === 0) return [];
  const head = upper(tokens[0]);
  const deeds: SqlDeed[] = [...reaches(tokens)];
  if (head === 'DROP') deeds.push(readDrop(tokens));
  else if (head === 'TRUNCATE') deeds.push(change('TRUNCATE', true, objectAfter(tokens, 1)));
  else if (head === 'DELETE' || head === 'UPDATE') deeds.push(readRows(tokens));
  else if (head === 'WITH') deeds.push(...readCommonTables(tokens));
  else if (head === 'ALTER') deeds.push(...readAlter(tokens));
  else if (head === 'USE') deeds.push({ kind: 'use', database: tokens[1]?.text ?? '' });
  else if (head === 'COPY' || head === 'EXPORT' || head === 'BACKUP' || head === 'VACUUM')
    deeds.push(...readCopy(tokens, head));
  else if (head === 'RESTORE')
    deeds.push(
      change(
        'RESTORE',
        tokens.some((token) => upper(token) === 'REPLACE'),
        objectAfter(tokens, 2),
      ),
    );
  else if (/^(?:RESET|PURGE)$/.test(head) && /^(?:MASTER|BINARY)$/.test(upper(tokens[1])))
    deeds.push(change(`${head} ${upper(tokens[1])}`, true, undefined));
  else if (/^(?:ATTACH|BULK|LOAD|SOURCE)$/.test(head)) deeds.push(...readFirstText(tokens, head));
  else if (/^(?:EXEC|EXECUTE|PREPARE)$/.test(head)) deeds.push({ kind: 'sql', text: textsOf(tokens) });
  else if (head === 'DO') deeds.push(...readBlock(tokens));
  else if (PLAIN_CHANGES.test(head)) deeds.push(change(head, false, undefined));
  return deeds;
}

/** The statement that EXPLAIN is in front of, when it is run (ANALYZE); undefined when it is only planned. */
function withoutExplain(tokens: readonly Token[]): readonly Token[] | undefined {
  if (!/^(?:EXPLAIN|DESCRIBE|DESC)$/.test(upper(tokens[0]))) return tokens;
  const end = tokens.findIndex(
    (token, i) =>
      i > 0 &&
      token.kind === 'word' &&
      token.depth === 0 &&
      /^(?:DROP|TRUNCATE|DELETE|UPDATE|INSERT|WITH|CREATE|SELECT)$/.test(upper(token)),
  );
  const isRun = tokens.slice(1, end < 0 ? 1 : end).some((token) => /^ANALY[SZ]E$/.test(upper(token)));
  return isRun ? tokens.slice(end) : undefined;
}

function upper(token: Token | undefined): string {
  return token === undefined || token.kind === 'name' || token.kind === 'text'
    ? ''
    : token.text.toUpperCase();
}

function change(op: string, destructive: boolean, target: string | undefined): SqlDeed {
  return { kind: 'change', op, destructive, ...(target ? { target } : {}) };
}

/** The name of the thing at a place, after words such as IF EXISTS; parts of a name joined by dots. */
function objectAfter(tokens: readonly Token[], from: number): string | undefined {
  let at = from;
  while (FILLERS.test(upper(tokens[at]))) at++;
  if (upper(tokens[at]) === 'TOP') at += 4;
  while (FILLERS.test(upper(tokens[at]))) at++;
  let name = '';
  for (; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const isDot = token.kind === 'mark' && token.text === '.';
    if (token.kind === 'mark' && !isDot) break;
    if (!isDot && name !== '' && !name.endsWith('.')) break;
    name += token.text;
  }
  return name === '' ? undefined : name;
}

function readDrop(tokens: readonly Token[]): SqlDeed {
  let at = 1;
  if (/^(?:EXTERNAL|FOREIGN|UNLOGGED)$/.test(upper(tokens[at]))) at++;
  const isView = upper(tokens[at]) === 'MATERIALIZED';
  const kind = isView ? 'MATERIALIZED VIEW' : upper(tokens[at]);
  const target = objectAfter(tokens, at + (isView ? 2 : 1));
  const cascades = tokens.some((token) => upper(token) === 'CASCADE');
  const isLight = isView || (LIGHT.test(kind) && !(cascades && TAKES_COLUMNS.test(kind)));
  // In T-SQL `#name` is a temporary table.
  return change(`DROP ${kind}`.trim(), !isLight && !target?.startsWith('#'), target);
}

/** DELETE and UPDATE: without a condition, or with one that holds for every row, all of them change. */
function readRows(tokens: readonly Token[]): SqlDeed {
  const op = upper(tokens[0]);
  const base = tokens[0]?.depth ?? 0;
  const closing = tokens.findIndex(
    (token, i) => i > 0 && token.text === ')' && token.kind === 'mark' && token.depth < base,
  );
  const own = closing < 0 ? tokens : tokens.slice(0, closing);
  const where = own.findIndex((token) => upper(token) === 'WHERE' && token.depth === base);
  const joins = own.some((token) => /^(?:JOIN|USING)$/.test(upper(token)) && token.depth === base);
  const all = where < 0 ? !joins : holdsAlways(own.slice(where + 1));
  return change(op, all, objectAfter(own, 1));
}

/** True when a condition, or one side of its outermost OR, holds for every row. */
function holdsAlways(condition: readonly Token[]): boolean {
  const end = condition.findIndex((token) => /^(?:RETURNING|LIMIT|ORDER|ALLOW)$/.test(upper(token)));
  const tokens = end < 0 ? condition : condition.slice(0, end);
  const base = Math.min(...tokens.slice(0, 1).map(({ depth }) => depth));
  let side: Token[] = [];
  const sides = [side];
  for (const token of tokens) {
    if (token.depth === base && upper(token) === 'OR') {
      side = [];
      sides.push(side);
    } else side.push(token);
  }
  return sides.some(isAlwaysTrue);
}

function isAlwaysTrue(side: readonly Token[]): boolean {
  const words = side.filter(({ kind, text }) => !(kind === 'mark' && /[()]/.test(text)));
  if (words.length === 0 || words.length > 12) return false;
  const [a, b, c, d] = words;
  const operator = words
    .slice(1, -1)
    .map((token) => token.text)
    .join('');
  const last = words.at(-1);
  if (words.length === 1) return /^(?:true|[1-9]\d*)$/i.test(a?.text ?? '');
  if (/^NOT$/.test(upper(a)) && words.length === 2) return /^(?:false|0)$/i.test(b?.text ?? '');
  if (/^(?:=|==|<=|>=|LIKE|IS)$/i.test(operator) && a?.text === last?.text && a?.kind === last?.kind)
    return true;
  if (words.every(isConstant))
    return !(words.length === 3 && operator === '=') && !/^(?:false|0)$/i.test(a?.text ?? '');
  if (upper(b) === 'LIKE' && c?.kind === 'text' && /^%+$/.test(c.text) && words.length === 3) return true;
  if (!KEY_COLUMN.test(a?.text ?? '')) return false;
  if (upper(b) === 'IS' && upper(c) === 'NOT' && upper(d) === 'NULL' && words.length === 4) return true;
  return /^(?:>|>=|<>|!=)$/.test(operator) && /^(?:0|1|)$/.test(last?.text ?? '');
}

function isConstant(token: Token): boolean {
  return (
    token.kind === 'text' ||
    (token.kind === 'mark' && token.text !== '*') ||
    /^(?:\d[\w.]*|TRUE|FALSE|NULL|NOT|AND|IS|IN|LIKE|BETWEEN)$/.test(upper(token))
  );
}

/** `WITH x AS (DELETE …) …`: every statement in it that changes rows. */
function readCommonTables(tokens: readonly Token[]): readonly SqlDeed[] {
  return tokens.flatMap((token, i) => {
    const isStart = /^(?:DELETE|UPDATE)$/.test(upper(token)) && /^[()]$/.test(tokens[i - 1]?.text ?? '');
    return isStart ? [readRows(tokens.slice(i, i + MAX_CONDITION))] : [];
  });
}

function readAlter(tokens: readonly Token[]): readonly SqlDeed[] {
  const kind = upper(tokens[1]);
  const target = objectAfter(tokens, 2);
  const command = tokens.findIndex(({ text }) => /^\w+_command$/i.test(text));
  const code =
    kind === 'SYSTEM' && command > 0
      ? tokens.slice(command).find((token) => token.kind === 'text')
      : undefined;
  const loses = tokens.some((token, i) => {
    const next = upper(tokens[i + 1]);
    if (i < 2) return false;
    if (upper(token) === 'DROP') return !LIGHT_PART.test(next);
    if (upper(token) === 'DELETE' && next === 'WHERE') return holdsAlways(tokens.slice(i + 2));
    return upper(token) === 'TRUNCATE' || (upper(token) === 'CLEAR' && next === 'COLUMN');
  });
  return [
    ...(code ? [{ kind: 'program' as const, code: code.text }] : []),
    change(
      loses ? `ALTER ${kind} … DROP` : `ALTER ${kind}`,
      loses && /^(?:TABLE|DATABASE|KEYSPACE|TYPE|FOREIGN)$/.test(kind),
      target,
    ),
  ];
}

/** COPY, EXPORT DATABASE, BACKUP and VACUUM INTO: the file that is read or written. */
function readCopy(tokens: readonly Token[], head: string): readonly SqlDeed[] {
  const isAhead = (i: number) =>
    tokens[i + 1]?.kind === 'text' || /^(?:DISK|FILE)$/.test(upper(tokens[i + 1]));
  const at = tokens.findIndex(
    (token, i) => token.depth === 0 && /^(?:TO|FROM|INTO)$/.test(upper(token)) && isAhead(i),
  );
  const near = head === 'EXPORT' ? tokens : at < 0 ? [] : tokens.slice(at + 1, at + 4);
  const path = near.find((token) => token.kind === 'text')?.text;
  if (path === undefined) return [];
  return [{ kind: upper(tokens[at]) === 'FROM' ? 'read' : 'write', path }];
}

/** ATTACH and BULK INSERT read a file; PostgreSQL's and DuckDB's LOAD take a library. */
function readFirstText(tokens: readonly Token[], head: string): readonly SqlDeed[] {
  if (head === 'LOAD' && /^(?:DATA|XML)$/.test(upper(tokens[1]))) return [];
  const text = tokens.find((token) => token.kind === 'text')?.text;
  if (text === undefined || text === ':memory:' || text === '') return [];
  return [{ kind: head === 'LOAD' ? 'library' : 'read', path: text }];
}

/** `DO [LANGUAGE x] 'body'`. */
function readBlock(tokens: readonly Token[]): readonly SqlDeed[] {
  const body = tokens.find((token) => token.kind === 'text')?.text ?? '';
  const at = tokens.findIndex((token) => upper(token) === 'LANGUAGE');
  const language = at < 0 ? 'plpgsql' : (tokens[at + 1]?.text ?? 'plpgsql').toLowerCase();
  return /^(?:plpgsql|sql)$/.test(language)
    ? [{ kind: 'sql', text: body }]
    : [{ kind: 'code', language, text: body }];
}

function textsOf(tokens: readonly Token[]): string {
  return tokens
    .filter((token) => token.kind === 'text')
    .map(({ text }) => text)
    .join(' ');
}

/** Files, programs and libraries that functions and clauses anywhere in a statement reach. */
function reaches(tokens: readonly Token[]): readonly SqlDeed[] {
  return tokens.flatMap((token, i): readonly SqlDeed[] => {
    if (token.kind !== 'word') return [];
    const name = token.text.slice(token.text.lastIndexOf('.') + 1);
    const deed = REACHES.find(([names]) => names.test(name))?.[1];
    if (deed === undefined || (/^program$/i.test(name) && !/^(?:TO|FROM)$/.test(upper(tokens[i - 1]))))
      return [];
    const near = tokens.slice(i + 1, i + 8);
    const texts = near.filter(({ kind }) => kind === 'text');
    const text = (deed === 'sql' || name.toLowerCase() === 'lo_export' ? texts.at(-1) : texts[0])?.text;
    if (text === undefined) return [];
    if (deed === 'program') return [{ kind: 'program', code: text }];
    return deed === 'sql' ? [{ kind: 'sql', text }] : [{ kind: deed, path: text }];
  });
}
