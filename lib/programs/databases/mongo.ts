/** MongoDB's shells: what their JavaScript asks the database to lose, and what it runs here. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, textOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { opaque, run, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { data } from '../verbs.ts';
import { isUnseen, scriptText } from './script.ts';
import { connectTo, databaseName, isUrl } from './server.ts';

/** Calls that change something, with the start of what they are given; also as `db["drop"]()`. */
const CALLS =
  /(?:[.]\s*|\[\s*["'`])(dropDatabase|drop|dropIndexes|dropIndex|dropUser|dropRole|dropAllUsersFromDatabase|dropAllRolesFromDatabase|dropCollection|deleteMany|deleteOne|remove|findOneAndDelete|updateMany|updateOne|replaceOne|insertOne|insertMany|shutdownServer|renameCollection)(?:["'`]\s*\])?\s*\(\s*(\{\s*\}|\)|)/g;
/** The same as commands: `db.runCommand({ dropDatabase: 1 })`. */
const COMMANDS =
  /(?:runCommand|adminCommand)\s*\(\s*\{\s*["']?(dropDatabase|drop|delete|shutdown|dropAllUsersFromDatabase)\b/g;
const LOSES_WHOLE = /^(?:dropDatabase|drop|dropCollection|dropAll\w+|delete)$/;
const LOSES_ALL_MATCHING = /^(?:deleteMany|remove)$/;
/** JavaScript that reaches this machine. */
const REACHES_HERE =
  /\b(?:require|process|child_process|import|runProgram|run|fs|load|cat|writeFile|removeFile|fetch)\b/;
const MAX_CALLS = 200;

function readCode(text: string, near: Word, database: Word | undefined): readonly Effect[] {
  const calls = [...text.matchAll(CALLS)].slice(0, MAX_CALLS).map((match) => {
    const [, op, given] = match as unknown as readonly [string, string, string];
    return data(
      near,
      'mongo',
      op,
      LOSES_WHOLE.test(op) || (LOSES_ALL_MATCHING.test(op) && given !== ''),
      database,
    );
  });
  const commands = [...text.matchAll(COMMANDS)]
    .slice(0, MAX_CALLS)
    .map((match) => data(near, 'mongo', match[1] as string, match[1] !== 'shutdown', database));
  return [...calls, ...commands];
}

function readMongo(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'eval= host= port= u= username= p= password= f= file= authenticationDatabase= authenticationMechanism= tlsCAFile= tlsCertificateKeyFile= apiVersion= norc nodb quiet shell tls version help json?',
  );
  if (asksForHelp(parsed) || parsed.has('h')) return NOTHING;
  const near = programWord(call);
  const { stdin, redirects } = call.invocation;
  const input = redirects.findLast(({ op, fd }) => op === 'read' && fd === 0)?.target;
  const isScript = (word: Word) => /\.(?:[cm]?js|mongodb)$/.test(word.text ?? '');
  const files = [...parsed.operands.filter(isScript), ...parsed.values('f', 'file')];
  const address = parsed.operands.find((word) => !isScript(word));
  const codes = parsed.values('eval');
  const isInput = codes.length === 0 && files.length === 0;
  const effects: Effect[] = [];
  const texts: Word[] = codes.map((word) => ({ ...word, text: scriptText(word) }));
  for (const path of [...files, ...(isInput && input ? [input] : [])]) {
    const text = textOf(call, path);
    if (text !== undefined) texts.push(wordAt(text, path));
  }
  if (isInput && input === undefined && stdin !== undefined && stdin !== 'pipe')
    texts.push({ ...stdin, text: scriptText(stdin) });
  const opens =
    (isInput && stdin === undefined && input === undefined && !parsed.has('nodb')) || parsed.has('shell');
  if (opens) effects.push(run(near, { interactive: true }));
  const unknown = codes.find(isUnseen) ?? (isInput && stdin === 'pipe' ? near : undefined);
  if (unknown) effects.push(opaque(unknown, 'the commands for the database are known only when it runs'));
  return {
    effects: [
      ...connectTo(
        call,
        { host: parsed.value('host'), database: hostAddress(address), port: parsed.value('port') },
        'mongodb',
      ),
      ...readsOf(files),
      ...effects,
      ...texts.flatMap((word) => readCode(word.text ?? '', word, databaseOf(word.text ?? '', address))),
    ],
    runs: texts
      .filter((word) => REACHES_HERE.test(word.text ?? ''))
      .map((code) => ({ kind: 'code', lang: 'javascript', code, via: call.name })),
  };
}

/** `host/db` and `host:port/db` as a URL; a bare name is a database here. */
function hostAddress(word: Word | undefined): Word | undefined {
  if (word?.text === undefined || isUrl(word) || !/[/:]/.test(word.text)) return word;
  return { ...word, text: `mongodb://${word.text}` };
}

/** The database that a text is about: what it was started on, unless the text takes another. */
function databaseOf(text: string, address: Word | undefined): Word | undefined {
  return /\bgetSiblingDB\b|\bgetDB\b|\buse\b|\bMongo\s*\(/.test(text)
    ? undefined
    : databaseName(hostAddress(address));
}

export const pages: readonly Page[] = [
  definePage({
    names: ['mongosh', 'mongo'],
    about: 'shells of MongoDB',
    read: readMongo,
    examples: [
      {
        command: "mongosh shop --eval 'db.dropDatabase()'",
        effects: [{ kind: 'data', system: 'mongo', op: 'dropDatabase', destructive: true, target: 'shop' }],
      },
      {
        command: "mongosh app --eval 'db.users.deleteMany({})'",
        effects: [{ kind: 'data', destructive: true }],
      },
      {
        command: "mongosh mongodb://db.example/app --eval 'db.users.deleteMany({ old: true })'",
        effects: [
          { kind: 'data', op: 'deleteMany', destructive: false, target: 'app' },
          { kind: 'net', scheme: 'mongodb', host: 'db.example' },
        ],
      },
      { command: 'mongosh', effects: [{ kind: 'run', interactive: true }] },
      { command: "mongosh --eval 'db.users.find()'", effects: [] },
    ],
  }),
];
