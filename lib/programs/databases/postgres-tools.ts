/** PostgreSQL's small programs: making and dropping databases and roles, dumping, restoring. The client psql is a page of its own. */

import type { Effect } from '../../types/effect.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames, data } from '../verbs.ts';
import { connectTo } from './server.ts';

const CONNECTION = 'h= host= p= port= U= username= w no-password W password maintenance-db= e echo';

const DROPS: ReadonlyMap<string, readonly [op: string, destructive: boolean]> = byNames({
  dropdb: ['DROP DATABASE', true],
  createdb: ['CREATE DATABASE', false],
  dropuser: ['DROP ROLE', true],
  createuser: ['CREATE ROLE', false],
});

function readMaker(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    `${CONNECTION} f force i interactive if-exists D= tablespace= E= encoding= l= locale= lc-collate= lc-ctype= O= owner= S= strategy= T= template= c= connection-limit= g= role= m= member= v= valid-until= d s`,
  );
  if (asksForHelp(parsed)) return NOTHING;
  const [op, destructive] = DROPS.get(call.name) as readonly [string, boolean];
  const target = parsed.operands[0];
  return {
    effects: [
      ...connectTo(call, { host: parsed.value('h', 'host'), database: undefined }, 'postgres'),
      data(programWord(call), 'postgres', op, destructive, target),
    ],
  };
}

function readDump(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    `${CONNECTION} d= dbname= f= file= F= format= j= jobs= t= table= n= schema= N= exclude-schema= T= exclude-table= exclude-table-data= Z= compress= E= encoding= S= superuser= role= l= database= filter= section= snapshot= extension= D= pgdata= X= wal-method= R r= globals-only roles-only schema-only data-only a s c clean C create O x`,
  );
  if (asksForHelp(parsed)) return NOTHING;
  const database = parsed.value('d', 'dbname') ?? parsed.operands[0];
  const output = parsed.value('f', 'file', 'D', 'pgdata');
  return {
    effects: [
      ...connectTo(call, { host: parsed.value('h', 'host'), database }, 'postgres'),
      ...(output ? writesOf(output, { recursive: call.name === 'pg_basebackup' }) : []),
    ],
  };
}

function readRestore(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    `${CONNECTION} d= dbname= f= file= F= format= j= jobs= t= table= n= schema= N= exclude-schema= I= index= L= use-list= P= function= S= superuser= T= trigger= role= section= filter= l list c clean C create if-exists a s O x 1 v data-only schema-only single-transaction`,
  );
  if (asksForHelp(parsed)) return NOTHING;
  const reads = readsOf([...parsed.operands, ...parsed.values('L', 'use-list')]);
  const database = parsed.value('d', 'dbname');
  const output = parsed.value('f', 'file');
  if (parsed.has('l', 'list') || database === undefined)
    return { effects: [...reads, ...(output ? writesOf(output) : [])] };
  const isClean = parsed.has('c', 'clean');
  const effects: Effect[] = [
    ...reads,
    ...connectTo(call, { host: parsed.value('h', 'host'), database }, 'postgres'),
    data(programWord(call), 'postgres', isClean ? 'pg_restore --clean' : 'pg_restore', isClean, database),
  ];
  return { effects };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...DROPS.keys()],
    about: 'makes and drops databases and roles',
    read: readMaker,
    examples: [
      {
        command: 'dropdb shop',
        effects: [{ kind: 'data', op: 'DROP DATABASE', target: 'shop', destructive: true }],
      },
      { command: 'createdb shop', effects: [{ kind: 'data', target: 'shop', destructive: false }] },
      {
        command: 'dropdb -h db.example shop',
        effects: [{ kind: 'net', op: 'connect', host: 'db.example', scheme: 'postgres' }],
      },
      { command: 'dropdb --help', effects: [] },
    ],
  }),
  definePage({
    names: ['pg_dump', 'pg_dumpall', 'pg_basebackup'],
    about: 'copies a database into a file',
    read: readDump,
    examples: [
      { command: 'pg_dump shop', effects: [] },
      { command: 'pg_dump -f out.sql shop', effects: [{ kind: 'file', op: 'write', path: 'out.sql' }] },
      { command: 'pg_dump -h db.example shop', effects: [{ kind: 'net', host: 'db.example' }] },
    ],
  }),
  definePage({
    names: ['pg_restore'],
    about: 'puts a dump back into a database',
    read: readRestore,
    examples: [
      {
        command: 'pg_restore --clean -d shop a.dump',
        effects: [{ kind: 'data', destructive: true, target: 'shop' }],
      },
      { command: 'pg_restore -l a.dump', effects: [] },
      { command: 'pg_restore -d shop a.dump', effects: [{ kind: 'data', destructive: false }] },
    ],
  }),
];
