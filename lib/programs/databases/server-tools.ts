/** The tools beside MySQL and MongoDB: administration, dump, restore, import, export. */

import type { Effect } from '../../types/effect.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { type Call, definePage, type Outcome, type Page } from '../page.ts';
import { data } from '../verbs.ts';
import { connectTo } from './server.ts';

const TOOL_OPTIONS =
  'd= dbname= h= host= port= U= username= u= user= f= file= n= t= table= schema= j= jobs= P= S= socket= p? password? F= format= e= r= result-file= T= tab= uri= db= collection= o= out= archive? c clean C create i interactive if-exists force drop all-databases';

/** Programs that make, drop, dump and restore whole databases. */
function readTool(call: Call): Outcome {
  // For the administration `-f` asks nothing back, for the others it names a file.
  const isAdmin = /admin$/.test(call.name);
  const parsed = readOptions(call.args, isAdmin ? TOOL_OPTIONS.replace(' f= ', ' f force ') : TOOL_OPTIONS);
  if (parsed.has('help', 'version')) return { effects: [] };
  const near = programWord(call);
  const { name } = call;
  const system = /mongo/.test(name) ? 'mongo' : 'mysql';
  const isMongo = system === 'mongo';
  const effects: Effect[] = [
    ...connectTo(
      call,
      {
        host: parsed.value('h', 'host'),
        database: isMongo ? parsed.value('uri') : undefined,
        port: parsed.value('port', isMongo ? 'port' : 'P'),
      },
      isMongo ? 'mongodb' : 'mysql',
    ),
  ];
  const [first, second] = parsed.operands;
  if (isAdmin) {
    const verb = parsed.operands.find((word) =>
      /^(?:drop|create|shutdown|flush-|password|kill)/.test(word.text ?? ''),
    );
    if (verb)
      effects.push(
        data(near, system, verb.text ?? '', verb.text === 'drop', verb === first ? second : undefined),
      );
  } else if (/restore|import/.test(name)) {
    effects.push(
      ...readsOf(parsed.operands),
      data(near, system, name, parsed.has('drop', 'delete', 'D'), parsed.value('d', 'db')),
    );
  } else
    effects.push(
      ...parsed.values('f', 'file', 'r', 'result-file', 'o', 'out').flatMap((word) => writesOf(word)),
    );
  return { effects };
}

export const pages: readonly Page[] = [
  definePage({
    names:
      'mysqladmin mariadb-admin mysqldump mariadb-dump mysqlimport mongodump mongorestore mongoexport mongoimport'.split(
        ' ',
      ),
    about: 'programs that make, drop, dump and restore databases',
    read: readTool,
    examples: [
      {
        command: 'mysqladmin drop shop',
        effects: [{ kind: 'data', op: 'drop', destructive: true, target: 'shop' }],
      },
      { command: 'mongorestore --drop dump', effects: [{ kind: 'data', destructive: true }] },
      { command: 'mysqldump shop -r out.sql', effects: [{ kind: 'file', op: 'write', path: 'out.sql' }] },
      { command: 'mysqladmin status', effects: [] },
    ],
  }),
];
