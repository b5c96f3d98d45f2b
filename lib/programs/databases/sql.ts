/** Sorts SQL statements by what they cost: which destroy, which only change, which run programs or touch files. Parses no SQL beyond that. */

import type { Word } from '../../types/text.ts';

/** What one statement does that counts. */
export type SqlDeed =
  | { readonly kind: 'change'; readonly op: string; readonly destructive: boolean; readonly target?: string }
  | { readonly kind: 'program'; readonly code: string }
  | { readonly kind: 'write' | 'read'; readonly path: string }
  | { readonly kind: 'rights'; readonly op: string };

const MAX_STATEMENTS = 2000;

/**
 * Statements with comments left out and texts in quotes replaced by `'#n'`, and the texts themselves.
 */
function splitStatements(sql: string): {
  readonly statements: readonly string[];
  readonly texts: readonly string[];
} {
  const texts: string[] = [];
  const statements: string[] = [];
  let at = '';
  for (let i = 0; i < sql.length; i++) {
    const c = sql[i] as string;
    const two = sql.slice(i, i + 2);
    if (two === '--' || (c === '#' && /^\s*$/.test(at))) {
      const end = sql.indexOf('\n', i);
      i = end < 0 ? sql.length : end;
      at += ' ';
    } else if (two === '/*') {
      const end = sql.indexOf('*/', i + 2);
      const body = sql.slice(i + 2, end < 0 ? sql.length : end);
      // MySQL runs what stands in `/*! … */`.
      at += body.startsWith('!') ? ` ${body.replace(/^!\d*/, '')} ` : ' ';
      i = end < 0 ? sql.length : end + 1;
    } else if (c === "'") {
      let end = i + 1;
      while (end < sql.length && (sql[end] !== "'" || sql[end + 1] === "'"))
        end += sql[end] === "'" || sql[end] === '\\' ? 2 : 1;
      texts.push(sql.slice(i + 1, end).replaceAll("''", "'"));
      at += `'${texts.length - 1}'`;
      i = end;
    } else if (c === '$' && /^\$\w*\$/.test(sql.slice(i, i + 64))) {
      const tag = (/^\$\w*\$/.exec(sql.slice(i, i + 64)) as RegExpExecArray)[0];
      const end = sql.indexOf(tag, i + tag.length);
      // The body of a function or a DO block is SQL itself.
      const body = sql.slice(i + tag.length, end < 0 ? sql.length : end);
      if (/^\s*do\b/i.test(at))
        statements.push(
          ...body.split(';').map((part) => part.replace(/^\s*(?:begin|declare|then|else)\b/i, '').trim()),
        );
      at += ' $body$ ';
      i = end < 0 ? sql.length : end + tag.length - 1;
    } else if (c === ';') {
      statements.push(at.trim());
      at = '';
      if (statements.length > MAX_STATEMENTS) break;
    } else at += c;
  }
  statements.push(at.trim());
  return { statements: statements.filter((statement) => statement !== ''), texts };
}

const NAME = String.raw`[\w."\x60\[\]$-]+`;
const DROPS =
  /^(?:explain\s+analy[sz]e\s+)?drop\s+(?:external\s+|materialized\s+|foreign\s+|temporary\s+)?(\w+)(?:\s+concurrently)?(?:\s+if\s+exists)?\s+([\w."`[\]$-]+)?/i;
/** Kinds whose loss takes no rows with it. */
const LIGHT =
  /^(?:index|view|function|procedure|trigger|policy|rule|aggregate|operator|cast|statistics|comment|sequence|extension|type|domain|constraint|prepare)$/i;

/** What the statements of an SQL text do. Unknown stretches are to be replaced by a harmless word before. */
export function readSql(sql: string): readonly SqlDeed[] {
  const { statements, texts } = splitStatements(sql);
  return statements.flatMap((statement) => readStatement(statement, texts));
}

function readStatement(statement: string, texts: readonly string[]): readonly SqlDeed[] {
  const plain = statement.replace(/\s+/g, ' ').replace(/^\(+/, '');
  const head = plain.replace(/^explain (?:\([^)]*\) )?(?:analy[sz]e )?(?:verbose )?/i, '');
  // EXPLAIN without ANALYZE runs nothing.
  if (head !== plain && !/^explain (?:\([^)]*analy|analy)/i.test(plain)) return [];
  const text = (index: string | undefined) => texts[Number(index)] ?? '';
  const found: SqlDeed[] = [];
  const drop = DROPS.exec(head);
  if (drop)
    found.push(change(`DROP ${(drop[1] as string).toUpperCase()}`, !LIGHT.test(drop[1] as string), drop[2]));
  const truncate = new RegExp(`^truncate (?:table )?(?:if exists )?(?:only )?(${NAME})`, 'i').exec(head);
  if (truncate) found.push(change('TRUNCATE', true, truncate[1]));
  found.push(...rowChanges(head));
  const alter = new RegExp(
    `^alter (table|database|schema|system|user|role) (?:if exists )?(?:only )?(${NAME})?(.*)`,
    'i',
  ).exec(head);
  if (alter)
    found.push(
      change(
        `ALTER ${(alter[1] as string).toUpperCase()}`,
        /\bdrop (?:column|partition|(?!constraint|default|not|identity|index|key|foreign|primary|check)\w)/i.test(
          alter[3] ?? '',
        ),
        alter[2],
      ),
    );
  if (/^(?:grant|revoke|create user|create role|alter user|alter role|set password)\b/i.test(head))
    found.push({ kind: 'rights', op: (head.split(' ')[0] as string).toUpperCase() });
  if (
    /^flush\b|^reset master|^purge (?:binary|master) logs/i.test(head) &&
    !/^flush (?:privileges|tables|logs|status)/i.test(head)
  )
    found.push(change('PURGE', true, undefined));
  const program = /\b(?:from|to) program '(\d+)'/i.exec(head);
  if (program) found.push({ kind: 'program', code: text(program[1]) });
  const shell = /\bxp_cmdshell '(\d+)'/i.exec(head);
  if (shell) found.push({ kind: 'program', code: text(shell[1]) });
  for (const match of head.matchAll(/\b(?:sys_exec|sys_eval|dblink_exec|system)\( ?'(\d+)'/gi))
    found.push({ kind: 'program', code: text(match[1]) });
  const outfile = /\binto (?:outfile|dumpfile) '(\d+)'/i.exec(head);
  if (outfile) found.push({ kind: 'write', path: text(outfile[1]) });
  const copy = /^copy .* (to|from) '(\d+)'/i.exec(head);
  if (copy) found.push({ kind: copy[1]?.toLowerCase() === 'to' ? 'write' : 'read', path: text(copy[2]) });
  for (const match of head.matchAll(
    /\b(?:pg_read_file|pg_read_binary_file|load_file|readfile|load data (?:local )?infile|lo_import) ?\(? ?'(\d+)'/gi,
  ))
    found.push({ kind: 'read', path: text(match[1]) });
  const attach = /^(?:vacuum into|attach database) '(\d+)'/i.exec(head);
  if (attach) found.push({ kind: /^vacuum/i.test(head) ? 'write' : 'read', path: text(attach[1]) });
  return found;
}

function change(op: string, destructive: boolean, target: string | undefined): SqlDeed {
  const name = target?.replace(/["`[\]]/g, '');
  return { kind: 'change', op, destructive, ...(name ? { target: name } : {}) };
}

/** DELETE and UPDATE, also behind WITH: without a condition, or with one that is always true, every row goes. */
function rowChanges(head: string): readonly SqlDeed[] {
  const match = new RegExp(`(?:^|[() ])(delete from|update|replace into) (?:only )?(${NAME})(.*)$`, 'i').exec(
    head,
  );
  if (!match || (!/^with\b/i.test(head) && match.index > 0)) return [];
  const op = (match[1] as string).split(' ')[0]?.toUpperCase() as string;
  const rest = match[3] as string;
  if (op === 'REPLACE' || (op === 'UPDATE' && !/\bset\b/i.test(rest))) return [];
  const condition = /\bwhere\b(.*)$/i
    .exec(/^with\b/i.test(head) ? (rest.split(')')[0] as string) : rest)?.[1]
    ?.trim();
  const all =
    condition === undefined ||
    /^\(? ?(?:true|1|1 ?= ?1|not false|'(\d+)' ?= ?'\1')(?: ?\)| ?$| or\b)/i.test(condition);
  return [change(op, all, match[2])];
}

/** Text of a word with a harmless name for what is not known of it. */
export function sqlText(word: Word): string {
  return word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? 'unknown_part').join('');
}
