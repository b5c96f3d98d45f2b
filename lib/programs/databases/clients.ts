/** Clients of SQL databases: where their options put statements, files, hosts and outputs. What the statements cost is script.ts's. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath, programWord, readsOf, textOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, opaque, run } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames } from '../verbs.ts';
import { CLIENT_EXAMPLES } from './client-examples.ts';
import {
  CASSANDRA,
  CLICKHOUSE,
  type Dialect,
  DUCKDB,
  MSSQL,
  MYSQL,
  PLAIN_SQL,
  POSTGRES,
  SQLITE,
} from './dialects.ts';
import { isUnseen, readScript, scriptText } from './script.ts';
import { connectTo, isUrl } from './server.ts';

interface Client {
  readonly dialect: Dialect;
  readonly scheme: string;
  readonly options: string;
  /** Options with statements; those that end in a prompt all the same. */
  readonly code: readonly string[];
  readonly staysOpen?: readonly string[];
  /** Options with files of statements. */
  readonly files: readonly string[];
  readonly database: readonly string[];
  readonly hosts: readonly string[];
  /** Options with which it only shows something. */
  readonly shows?: readonly string[];
  readonly outputs?: readonly string[];
  /** What the first operand is, and those after it. */
  readonly operands: 'database' | 'host' | 'file';
}

const CLIENTS = byNames<Client>({
  'psql pgcli': {
    dialect: POSTGRES,
    scheme: 'postgres',
    options:
      'c= command= d= dbname= f= file= v= set= variable= o= output= h= host= p= port= U= username= F= field-separator= P= pset= R= record-separator= T= table-attr= L= log-file= l list A t x q X w W e a b n 1 single-transaction version help? no-psqlrc quiet tuples-only csv',
    code: ['c', 'command'],
    files: ['f', 'file'],
    database: ['d', 'dbname'],
    hosts: ['h', 'host'],
    shows: ['l', 'list', 'V', '?'],
    outputs: ['o', 'output', 'L', 'log-file'],
    operands: 'database',
  },
  'mysql mariadb mycli': {
    dialect: MYSQL,
    scheme: 'mysql',
    options:
      'e= execute= D= database= h= host= P= port= u= user= p? password? S= socket= default-character-set= tee= init-command= defaults-file= defaults-extra-file= protocol= ssl-ca= ssl-mode= delimiter= plugin-dir= pager= B N s t f v batch force help version',
    code: ['e', 'execute', 'init-command'],
    files: [],
    database: ['D', 'database'],
    hosts: ['h', 'host'],
    shows: ['V', '?', 'I'],
    outputs: ['tee'],
    operands: 'database',
  },
  'sqlite3 sqlite litecli': {
    dialect: SQLITE,
    scheme: 'sqlite',
    options:
      'cmd= init= separator= newline= nullvalue= mmap= vfs= maxsize= lookaside= pagecache= heap= help version',
    code: ['cmd'],
    staysOpen: ['cmd'],
    files: ['init'],
    database: [],
    hosts: [],
    operands: 'file',
  },
  duckdb: {
    dialect: DUCKDB,
    scheme: 'duckdb',
    options: 'c= cmd= s= f= init= separator= newline= nullvalue= storage-version= help version',
    code: ['c', 'cmd', 's'],
    staysOpen: ['cmd'],
    files: ['init', 'f'],
    database: [],
    hosts: [],
    operands: 'file',
  },
  'clickhouse-client clickhouse chc': {
    dialect: CLICKHOUSE,
    scheme: 'clickhouse',
    options:
      'q= query= queries-file= h= host= port= u= user= password= d= database= f= format= o= output= c= config-file= C= config= time n multiquery secure help version',
    code: ['q', 'query'],
    files: ['queries-file'],
    database: ['d', 'database'],
    hosts: ['h', 'host'],
    shows: ['V'],
    operands: 'database',
  },
  cqlsh: {
    dialect: CASSANDRA,
    scheme: 'cassandra',
    options:
      'e= execute= f= file= u= username= p= password= k= keyspace= cqlshrc= encoding= request-timeout= connect-timeout= ssl debug help version',
    code: ['e', 'execute'],
    files: ['f', 'file'],
    database: ['k', 'keyspace'],
    hosts: [],
    operands: 'host',
  },
  'sqlcmd mssql-cli': {
    dialect: MSSQL,
    scheme: 'mssql',
    options: 'S= Q= q= i= o= d= U= P= v= h= s= w= W E C b N t= l= K= help version',
    code: ['Q', 'q'],
    staysOpen: ['q'],
    files: ['i'],
    database: ['d'],
    hosts: ['S'],
    shows: ['?', 'L'],
    outputs: ['o'],
    operands: 'database',
  },
  'snowsql trino presto impala-shell beeline usql hive spark-sql': {
    dialect: PLAIN_SQL,
    scheme: 'sql',
    options:
      'e= execute= q= query= f= file= filename= h= host= server= u= url= c= command= i= d= dbname= database= n= p= o= help version',
    code: ['e', 'execute', 'q', 'query', 'c', 'command'],
    files: ['f', 'file', 'filename', 'i'],
    database: ['u', 'url', 'd', 'dbname', 'database'],
    hosts: ['h', 'host', 'server'],
    operands: 'database',
  },
});

function readClient(call: Call): Outcome {
  const client = CLIENTS.get(call.name) as Client;
  const near = programWord(call);
  const parsed = readOptions(
    call.args,
    client.options,
    client.operands === 'file' ? { singleDash: true } : {},
  );
  if (asksForHelp(parsed) || parsed.has('help', 'version', ...(client.shows ?? []))) return NOTHING;
  const [first, ...more] = parsed.operands;
  const database =
    parsed.value(...client.database) ??
    parsed.operands.find(isUrl) ??
    (client.operands === 'host' ? undefined : first);
  const hosts = hostsOf(call, client, parsed, database);
  const scripts = scriptsOf(call, client, parsed, client.operands === 'file' ? more : []);
  const isRemote = hosts.some((effect) => effect.kind === 'net' && !isLoopback(effect.host));
  const outcomes = scripts.texts.map(({ text, near: at }) =>
    readScript(text, { call, dialect: client.dialect, near: at, database, isRemote }),
  );
  return {
    effects: [
      ...(scripts.isOpen ? [run(near, { interactive: true })] : []),
      ...hosts,
      ...(client.operands === 'file' && first && first.text !== ':memory:' && first.text !== ''
        ? [file('read', first)]
        : []),
      ...scripts.effects,
      ...outputsOf(client, parsed)
        .filter((word) => !word.text?.startsWith('|'))
        .flatMap((word) => writesOf(word)),
      ...outcomes.flatMap(({ effects }) => effects),
    ],
    runs: [
      ...outputsOf(client, parsed)
        .filter((word) => word.text?.startsWith('|'))
        .map(
          (word): Nested => ({
            kind: 'code',
            lang: 'sh',
            code: { ...word, text: (word.text as string).slice(1) },
            via: call.name,
          }),
        ),
      ...outcomes.flatMap(({ runs }) => runs ?? []),
    ],
  };
}

function outputsOf(client: Client, parsed: ParsedArgs): readonly Word[] {
  return parsed.values(...(client.outputs ?? []));
}

function hostsOf(
  call: Call,
  client: Client,
  parsed: ParsedArgs,
  database: Word | undefined,
): readonly Effect[] {
  if (client.operands === 'file') return [];
  const given = parsed.value(...client.hosts);
  const host = client.operands === 'host' ? (parsed.operands[0] ?? given) : given;
  // sqlcmd: `tcp:host,1433` and `host\instance`.
  const bare =
    client.dialect === MSSQL && host?.text
      ? { ...host, text: host.text.replace(/^(?:tcp|np|lpc|admin):/i, '').split(/[,\\]/, 1)[0] as string }
      : host;
  return connectTo(call, { host: bare, database, port: parsed.value('p', 'P', 'port') }, client.scheme);
}

function isLoopback(host: Word): boolean {
  return /^(?:localhost|127\.[\d.]+|\[?::1\]?|\.)$/i.test(host.text ?? '');
}

interface Scripts {
  readonly texts: readonly { readonly text: string; readonly near: Word }[];
  readonly effects: readonly Effect[];
  readonly isOpen: boolean;
}

/** All texts that the client is given: options, operands, files, standard input. */
function scriptsOf(call: Call, client: Client, parsed: ParsedArgs, operands: readonly Word[]): Scripts {
  const near = programWord(call);
  const codes = [...parsed.values(...client.code), ...operands];
  const startUp = assigned(call, 'PSQLRC');
  const files = [...parsed.values(...client.files), ...(startUp ? [startUp] : [])];
  const effects: Effect[] = [...readsOf(files)];
  const texts = codes.map((word) => ({ text: scriptText(word), near: word }));
  const staying = parsed.values(...(client.staysOpen ?? [])).length;
  const asked =
    codes.length - staying + parsed.values(...client.files.filter((name) => name !== 'init')).length;
  const { stdin, redirects, place } = call.invocation;
  const input = redirects.findLast(({ op, fd }) => op === 'read' && fd === 0)?.target;
  const isInput = asked === 0;

  const takeFile = (path: Word, isHere: boolean): void => {
    const text = isHere ? textOf(call, path) : undefined;
    if (text !== undefined) texts.push({ text, near: path });
    else if (!isHere || isThere(call, path)) effects.push(unseen(path, call));
  };
  for (const path of files) takeFile(path, place === undefined);
  // The shell here opens a redirect, whatever place the client runs in.
  if (isInput && input !== undefined) takeFile(input, true);
  else if (isInput && stdin === 'pipe') effects.push(unseen(near, call));
  else if (isInput && typeof stdin === 'object') texts.push({ text: scriptText(stdin), near: stdin });
  const unknown = [...codes, ...(isInput && typeof stdin === 'object' ? [stdin] : [])].find(isUnseen);
  if (unknown) effects.push(unseen(unknown, call));
  return { texts, effects, isOpen: isInput && stdin === undefined && input === undefined };
}

/** True when a file that could not be read may hold statements; one that is not there makes the client fail. */
function isThere(call: Call, path: Word): boolean {
  const absolute = absolutePath(call, path);
  return absolute === undefined || path.glob || call.host.pathKind(absolute) !== undefined;
}

function unseen(near: Word, call: Call): Effect {
  return opaque(near, `the statements for ${call.name} are known only when it runs`);
}

export const pages: readonly Page[] = [
  definePage({
    names: [...CLIENTS.keys()],
    about: 'clients of SQL databases',
    read: readClient,
    examples: CLIENT_EXAMPLES,
  }),
];
