/** Clients of SQL databases: statements on the command line, in files and on standard input; their own commands; hosts. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, textOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, net, opaque, run, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, type Outcome, type Page } from '../page.ts';
import { byNames, data } from '../verbs.ts';
import { readSql, sqlText } from './sql.ts';

interface Client {
  readonly system: string;
  readonly options: string;
  /** Options with statements, and with files of them. */
  readonly code: readonly string[];
  readonly files: readonly string[];
  readonly hosts: readonly string[];
  /** Variables that name the host. */
  readonly variables?: readonly string[];
  readonly outputs?: readonly string[];
  /** The first operand is a database file, the rest are statements. */
  readonly isFile?: boolean;
  /** Operands are statements. */
  readonly operandsAreCode?: boolean;
}

const PSQL =
  'c= command= d= dbname= f= file= v= set= variable= o= output= h= host= p= port= U= username= F= field-separator= P= pset= R= record-separator= T= table-attr= L= log-file= l list A t x q X w W e a b n 1 single-transaction version help';
const MYSQL =
  'e= execute= D= database= h= host= P= port= u= user= p? password? S= socket= default-character-set= tee= init-command= defaults-file= defaults-extra-file= protocol= ssl-ca= delimiter= B N s t f v version help';

const CLIENTS = byNames<Client>({
  'psql pgcli': {
    system: 'postgres',
    options: PSQL,
    code: ['c', 'command'],
    files: ['f', 'file'],
    hosts: ['h', 'host'],
    variables: ['PGHOST', 'PGHOSTADDR'],
    outputs: ['o', 'output', 'L', 'log-file'],
  },
  'mysql mariadb mycli': {
    system: 'mysql',
    options: MYSQL,
    code: ['e', 'execute', 'init-command'],
    files: [],
    hosts: ['h', 'host'],
    variables: ['MYSQL_HOST'],
    outputs: ['tee'],
  },
  'sqlite3 sqlite litecli': {
    system: 'sqlite',
    options:
      'cmd= init= separator= newline= nullvalue= mmap= vfs= maxsize= lookaside= pagecache= help version',
    singleDash: true,
    code: ['cmd'],
    files: ['init'],
    hosts: [],
    isFile: true,
  } as Client,
  duckdb: {
    system: 'duckdb',
    options: 'c= cmd= s= f= init= separator= newline= nullvalue= help version',
    code: ['c', 'cmd', 's'],
    files: ['init', 'f'],
    hosts: [],
    isFile: true,
  },
  'clickhouse-client clickhouse chc': {
    system: 'clickhouse',
    options:
      'q= query= queries-file= h= host= port= u= user= password= d= database= f= format= o= output= time help version',
    code: ['q', 'query'],
    files: ['queries-file'],
    hosts: ['h', 'host'],
  },
  cqlsh: {
    system: 'cassandra',
    options: 'e= execute= f= file= u= username= p= password= k= keyspace= cqlshrc= help version',
    code: ['e', 'execute'],
    files: ['f', 'file'],
    hosts: [],
  },
  'sqlcmd mssql-cli': {
    system: 'mssql',
    options: 'S= Q= q= i= o= d= U= P= v= h= s= help version',
    code: ['Q', 'q'],
    files: ['i'],
    hosts: ['S'],
    outputs: ['o'],
  },
  'snowsql bq-sql trino presto cockroach-sql isql impala-shell beeline usql': {
    system: 'database',
    options: 'e= execute= q= query= f= file= filename= h= host= server= u= url= c= command= i= help version',
    code: ['e', 'execute', 'q', 'query', 'c', 'command'],
    files: ['f', 'file', 'filename'],
    hosts: ['h', 'host', 'server', 'u', 'url'],
  },
});

/** Commands that the clients themselves understand, one a line. */
function readMeta(
  line: string,
  system: string,
  near: Word,
): { readonly effects: readonly Effect[]; readonly runs: readonly Nested[] } {
  const via = `${system} client`;
  const sh = (code: string) => ({
    effects: [],
    runs: [{ kind: 'code' as const, lang: 'sh' as const, code: wordAt(code, near), via }],
  });
  const shell = /^(?:\\!|\.(?:shell|system)\b|system\b)\s*(.+)$/.exec(line);
  if (shell) return sh((shell[1] as string).replace(/;$/, ''));
  const program = /^\\copy\b.*\b(?:to|from)\s+program\s+'([^']*)'/i.exec(line);
  if (program) return sh(program[1] as string);
  const piped = /^\\(?:o|out|g|w)\s*\|\s*(.+)$|^\.(?:output|once|excel)\s+\|\s*(.+)$/.exec(line);
  if (piped) return sh((piped[1] ?? piped[2]) as string);
  const editor = /\\(?:setenv\s+(?:PAGER|PSQL_PAGER|EDITOR)|pset\s+pager_command|P\s)\s*(.+)$/.exec(line);
  if (editor) return sh(editor[1] as string);
  const copy = /^\\copy\b.*\b(to|from)\s+'?([^'\s]+)'?/i.exec(line);
  const path =
    copy?.[2] ??
    /^(?:\\(?:o|out|g|w|s)|\.(?:output|once|save|backup|clone|log|open|read|import|restore|load)|\\(?:i|ir|include)|source|tee)\s+(?:--\w+\s+)*'?([^'\s;|]+)'?/.exec(
      line,
    )?.[1];
  if (path === undefined || /^(?:stdout|stdin|off|pstdout)$/i.test(path)) return { effects: [], runs: [] };
  const word = wordAt(path, near);
  if (/^\.load\b/.test(line))
    return { effects: [file('read', word), opaque(word, 'a library is loaded into the database')], runs: [] };
  const reads = copy
    ? copy[1]?.toLowerCase() === 'from'
    : /^(?:\\i|\.(?:read|import|restore|open)|source|\\ir)/.test(line);
  return { effects: [reads ? file('read', word) : file('write', word, { clobbers: true })], runs: [] };
}

/** What a text of statements and client commands does. */
export function readQueries(text: string, system: string, near: Word, target?: Word): Outcome {
  const lines = text.split('\n');
  const isMeta = (line: string) => /^\s*(?:\\[a-z!]|\.[a-z]{3,}|(?:system|source|tee)\s)/i.test(line);
  const metas = lines
    .filter(isMeta)
    .slice(0, 500)
    .map((line) => readMeta(line.trim(), system, near));
  const runs: Nested[] = metas.flatMap((meta) => meta.runs);
  const effects: Effect[] = metas.flatMap((meta) => meta.effects);
  for (const deed of readSql(lines.filter((line) => !isMeta(line)).join('\n'))) {
    if (deed.kind === 'program')
      runs.push({ kind: 'code', lang: 'sh', code: wordAt(deed.code, near), via: `${system} program` });
    else if (deed.kind === 'rights') effects.push(data(near, system, deed.op, false));
    else if (deed.kind === 'change')
      effects.push(
        data(
          near,
          system,
          deed.op,
          deed.destructive,
          deed.target === undefined ? target : wordAt(deed.target, near),
        ),
      );
    else
      effects.push(file(deed.kind, wordAt(deed.path, near), deed.kind === 'write' ? { clobbers: true } : {}));
  }
  // The load_extension function runs what a library holds.
  if (/\bload_extension\s*\(|\binstall\s+sonname|\bcreate\s+function\b[^;]*\bsoname\b/i.test(text))
    effects.push(opaque(near, 'a library is loaded into the database'));
  return { effects, runs };
}

const URL =
  /^(?:postgres(?:ql)?|mysql|mariadb|clickhouse|sqlserver|redis|rediss|mongodb(?:\+srv)?|cockroachdb|jdbc:\w+):\/\//i;

/** Contact with the hosts that options, variables, and URLs or `host=…` name. */
export function hostEffects(
  call: Call,
  parsed: ParsedArgs,
  hosts: readonly string[],
  variables: readonly string[] = [],
): readonly Effect[] {
  const named = [...parsed.values(...hosts), ...variables.flatMap((name) => assigned(call, name) ?? [])];
  const urls = [...parsed.operands, ...parsed.values('d', 'dbname', 'uri', 'url')].filter((word) =>
    URL.test(word.text ?? ''),
  );
  const keyed = [...parsed.operands, ...parsed.values('d', 'dbname')].flatMap((word) => {
    const host = /(?:^|\s)host(?:addr)?\s*=\s*'?([^'\s]+)/.exec(word.text ?? '')?.[1];
    return host ? [wordAt(host, word)] : [];
  });
  return [
    ...named.map((word) =>
      net(word.text?.includes(',') ? wordAt(word.text.split(',')[0] as string, word) : word),
    ),
    ...keyed.map((word) => net(word)),
    ...urls
      .filter((word) => /:\/\/[^/?]/.test(word.text ?? '') && !/:\/\/\//.test(word.text ?? ''))
      .map((word) => net(word)),
  ];
}

function readClient(call: Call): Outcome {
  const client = CLIENTS.get(call.name) as Client;
  const near = programWord(call);
  const isSqlite = client.system === 'sqlite';
  const parsed = readOptions(call.args, client.options, isSqlite ? { singleDash: true } : {});
  if (parsed.has('help', 'version', 'V', 'l', 'list')) return { effects: [] };
  const [first, ...more] = parsed.operands;
  const codes = [...parsed.values(...client.code), ...(client.isFile ? more : [])];
  const files = parsed.values(...client.files);
  const stdin = call.invocation.stdin;
  const hasQuery = codes.length > 0 || files.length > 0;
  const target = client.isFile
    ? first
    : (parsed.value('d', 'dbname', 'D', 'database') ??
      parsed.operands.find((word) => !URL.test(word.text ?? '')));
  const texts: string[] = codes.map(sqlText);
  for (const path of files) texts.push(textOf(call, path) ?? '');
  if (!hasQuery && stdin !== undefined && stdin !== 'pipe') texts.push(sqlText(stdin));
  const outcomes = texts.map((text) => readQueries(text, client.system, near, target));
  const isUnseen = !hasQuery && stdin === 'pipe';
  const isOpen =
    !hasQuery && stdin === undefined && !call.invocation.redirects.some(({ op }) => op === 'read');
  return {
    effects: [
      ...(isOpen ? [run(near, { interactive: true })] : []),
      ...(codes.some((word) => word.text === undefined && (word.pieces ?? [null])[0] === null) || isUnseen
        ? [opaque(near, `the statements for ${call.name} are known only when they run`)]
        : []),
      ...readsOf(files),
      ...parsed
        .values(...(client.outputs ?? []))
        .flatMap((word) => (word.text?.startsWith('|') ? [] : [file('write', word, { clobbers: true })])),
      ...hostEffects(call, parsed, client.hosts, client.variables),
      ...(client.isFile && first ? [file('read', first)] : []),
      ...outcomes.flatMap(({ effects }) => effects),
    ],
    runs: [
      ...parsed
        .values(...(client.outputs ?? []))
        .flatMap((word): readonly Nested[] =>
          word.text?.startsWith('|')
            ? [{ kind: 'code', lang: 'sh', code: wordAt(word.text.slice(1), word), via: `${call.name} -o` }]
            : [],
        ),
      ...outcomes.flatMap(({ runs }) => runs ?? []),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...CLIENTS.keys()],
    about: 'clients of SQL databases',
    read: readClient,
    examples: [
      {
        command: 'psql -c "DROP TABLE users"',
        effects: [{ kind: 'data', system: 'postgres', op: 'DROP TABLE', destructive: true, target: 'users' }],
      },
      {
        command: "psql -c '\\! rm -rf /home/user'",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: 'psql -h db.example -c "DELETE FROM t"',
        effects: [
          { kind: 'net', host: 'db.example' },
          { kind: 'data', op: 'DELETE', destructive: true },
        ],
      },
      {
        command: "psql <<'EOF'\nTRUNCATE users;\nEOF",
        effects: [{ kind: 'data', op: 'TRUNCATE', destructive: true }],
      },
      {
        command: "mysql app -e 'DELETE FROM t WHERE id = 3'",
        effects: [{ kind: 'data', op: 'DELETE', destructive: false }],
      },
      {
        command: "sqlite3 x.db '.shell rm -rf build'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'psql -c "SELECT * FROM users"', effects: [] },
      { command: 'sqlite3 x.db .tables', effects: [] },
      { command: 'psql -c "SELECT \'drop table x\'"', effects: [] },
    ],
  }),
];
