/** redis, mongo, the tools around databases (dump, restore, create, drop) and migration programs. */

import type { Effect } from '../../types/effect.ts';
import { programWord, readsOf, textOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, net, run, wordAt } from '../effects.ts';
import { type Call, definePage, type Outcome, type Page } from '../page.ts';
import { data } from '../verbs.ts';
import { hostEffects } from './clients.ts';
import { sqlText } from './sql.ts';

const REDIS_LOSES = /^(?:flushall|flushdb|shutdown|cluster|swapdb|replicaof|slaveof|failover)$/i;
const REDIS_READS =
  /^(?:get|mget|keys|scan|hscan|sscan|zscan|hget|hgetall|hmget|hkeys|hvals|hlen|lrange|llen|lindex|smembers|scard|sismember|zrange|zcard|zscore|exists|ttl|pttl|type|info|ping|dbsize|monitor|client|slowlog|memory|object|dump|strlen|time|echo|lastsave|role|command|xrange|xlen|xinfo|subscribe|psubscribe|getrange|help|hello|auth|select|randomkey)$/i;

function readRedisLine(words: readonly string[], call: Call): readonly Effect[] {
  const [verb = '', ...rest] = words;
  const near = programWord(call);
  const target = rest[0] === undefined ? undefined : wordAt(rest[0], near);
  if (
    REDIS_LOSES.test(verb) &&
    !(verb.toLowerCase() === 'cluster' && !/^(?:reset|forget|failover|flushslots)$/i.test(rest[0] ?? ''))
  )
    return [data(near, 'redis', verb.toUpperCase(), true)];
  if (/^config$/i.test(verb))
    return /^set$/i.test(rest[0] ?? '')
      ? [data(near, 'redis', 'CONFIG SET', false, rest[1] === undefined ? undefined : wordAt(rest[1], near))]
      : [];
  if (/^(?:del|unlink)$/i.test(verb)) return [data(near, 'redis', verb.toUpperCase(), false, target)];
  if (/^(?:eval|evalsha|fcall|script|function)$/i.test(verb)) {
    const loses = /flushall|flushdb/i.test(rest.join(' '));
    return [data(near, 'redis', verb.toUpperCase(), loses || /^(?:flush|delete)$/i.test(rest[0] ?? ''))];
  }
  return verb === '' || REDIS_READS.test(verb)
    ? []
    : [data(near, 'redis', verb.toUpperCase(), false, target)];
}

function readRedis(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'h= p= s= a= u= n= r= i= x= X= d= D= user= pass= eval= cacert= cert= key= pipe rdb= pattern= tls c raw no-raw csv bigkeys memkeys hotkeys stat latency scan version help',
    { stopAtOperand: true },
  );
  if (parsed.has('version', 'help')) return { effects: [] };
  const near = programWord(call);
  const stdin = call.invocation.stdin;
  const isInput =
    parsed.operands.length === 0 &&
    !parsed.has('bigkeys', 'memkeys', 'hotkeys', 'stat', 'latency', 'scan', 'eval', 'rdb');
  const lines =
    parsed.operands.length > 0
      ? [parsed.operands.map((word) => word.text ?? 'unknown')]
      : isInput && stdin !== undefined && stdin !== 'pipe'
        ? sqlText(stdin)
            .split('\n')
            .slice(0, 1000)
            .map((line) => line.trim().split(/\s+/))
        : [];
  const url = parsed.value('u');
  return {
    effects: [
      ...(isInput && stdin === undefined ? [run(near, { interactive: true })] : []),
      ...hostEffects(call, parsed, ['h']),
      ...(url ? [net(url)] : []),
      ...parsed.values('rdb').map((word) => file('write', word, { clobbers: true })),
      ...readsOf(parsed.values('eval')),
      ...lines.flatMap((line) => readRedisLine(line, call)),
    ],
  };
}

const MONGO_LOSES =
  /\b(dropDatabase|drop|dropIndexes|dropUser|deleteMany|remove|shutdownServer|dropAllUsersFromDatabase|dropCollection)\s*\(\s*(\)|\{\s*\}|[^)]*)/g;

function readMongo(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'eval= host= port= u= username= p= password= f= file= authenticationDatabase= norc quiet shell version help',
  );
  if (parsed.has('version', 'help')) return { effects: [] };
  const near = programWord(call);
  const stdin = call.invocation.stdin;
  const files = parsed.operands.filter((word) => /\.[cm]?js$/.test(word.text ?? ''));
  const codes = parsed.values('eval');
  const texts = [
    ...codes.map(sqlText),
    ...[...files, ...parsed.values('f', 'file')].map((path) => textOf(call, path) ?? ''),
  ];
  if (texts.length === 0 && stdin !== undefined && stdin !== 'pipe') texts.push(sqlText(stdin));
  const deeds = texts
    .flatMap((text) => [...text.matchAll(MONGO_LOSES)].slice(0, 100))
    .map((match) => {
      const isAll = match[2] === ')' || /^\{\s*\}/.test(match[2] ?? '');
      const isWhole = /^drop|^shutdown/.test(match[1] as string) && match[1] !== 'dropIndexes';
      return data(near, 'mongo', match[1] as string, isWhole || isAll);
    });
  const runs = [...codes, ...texts.slice(codes.length).map((text) => wordAt(text, near))];
  return {
    effects: [
      ...(texts.length === 0 && stdin === undefined ? [run(near, { interactive: true })] : []),
      ...hostEffects(call, parsed, ['host']),
      ...readsOf(files),
      ...deeds,
    ],
    runs: runs
      .filter((code) => /require|process|child|fs\./.test(sqlText(code)))
      .map((code) => ({ kind: 'code', lang: 'javascript', code, via: call.name })),
  };
}

const TOOL_OPTIONS =
  'd= dbname= h= host= p= port= U= username= u= user= f= file= n= t= table= schema= j= jobs= F= format= e= r= result-file= T= tab= uri= db= collection= o= out= archive? c clean C create i interactive if-exists force drop all-databases';

/** Programs that make, drop, dump and restore whole databases. */
function readTool(call: Call): Outcome {
  const parsed = readOptions(call.args, TOOL_OPTIONS);
  if (parsed.has('help', 'version')) return { effects: [] };
  const near = programWord(call);
  const { name } = call;
  const system = /mongo/.test(name) ? 'mongo' : 'mysql';
  const effects: Effect[] = [...hostEffects(call, parsed, ['h', 'host', 'uri'])];
  const [first, second] = parsed.operands;
  if (name === 'mysqladmin' || name === 'mariadb-admin') {
    const verb = parsed.operands.find((word) =>
      /^(?:drop|create|shutdown|flush-|password|kill)/.test(word.text ?? ''),
    );
    if (verb)
      effects.push(
        data(
          near,
          system,
          verb.text ?? '',
          verb.text === 'drop' || verb.text === 'shutdown',
          verb === first ? second : undefined,
        ),
      );
  } else if (/restore|import/.test(name)) {
    effects.push(
      ...readsOf(parsed.operands),
      data(near, system, name, parsed.has('c', 'clean', 'drop'), parsed.value('d', 'dbname', 'db')),
    );
  } else
    effects.push(
      ...parsed.values('f', 'file', 'r', 'result-file', 'o', 'out').flatMap((word) => writesOf(word)),
    );
  return { effects };
}

/** Commands of migration programs that lose data, and those that change it. */
const MIGRATIONS: readonly (readonly [RegExp, RegExp, RegExp])[] = [
  [/^flyway$/, /\bclean\b/, /\b(?:migrate|repair|undo|baseline)\b/],
  [/^liquibase$/, /\b(?:drop-all|dropAll|rollback\S*)\b/, /\b(?:update\S*|tag)\b/],
  [/^alembic$/, /\bdowngrade\b/, /\b(?:upgrade|stamp)\b/],
  [
    /^prisma$/,
    /\bmigrate reset\b|--force-reset|--accept-data-loss/,
    /\b(?:migrate (?:deploy|dev|resolve)|db (?:push|seed|execute))\b/,
  ],
  [
    /^(?:rails|rake|bin\/rails)$/,
    /\bdb:(?:drop|reset|purge|truncate_all|migrate:reset|schema:load|setup|rollback|migrate:down)\b/,
    /\bdb:\S+/,
  ],
  [
    /^(?:knex|sequelize|sequelize-cli|typeorm|mikro-orm|drizzle-kit)$/,
    /\b(?:db:drop|schema:drop|database:drop|migrate:down|migrate:rollback|db:migrate:undo\S*|migration:revert|schema:fresh)\b|\bdrop\b/,
    /\b(?:migrate\S*|db:\S+|push|migration:run|schema:\S+)\b/,
  ],
  [
    /^(?:goose|migrate|dbmate|atlas|sqlx|diesel|sqitch|artisan)$/,
    /\b(?:down|down-to|reset|drop|migrate:fresh|migrate:reset|migrate:refresh|db:wipe|schema clean|database (?:drop|reset)|migration (?:revert|redo)|revert)\b/,
    /\b(?:up|run|migrate|apply|deploy)\b/,
  ],
];

function readMigration(call: Call): Outcome {
  const near = programWord(call);
  const text = call.args
    .map((word) => word.text ?? '')
    .join(' ')
    .slice(0, 4000);
  const [, loses, changes] = MIGRATIONS.find(([name]) => name.test(call.name)) ?? [];
  const parsed = readOptions(call.args, 'url= database= e= environment= help');
  if (parsed.has('help')) return { effects: [] };
  const effects: Effect[] = hostEffects(call, parsed, []).slice();
  const lost = loses?.exec(text);
  const changed = lost ? undefined : changes?.exec(text);
  if (lost) effects.push(data(near, 'database', `${call.name} ${lost[0]}`, true));
  else if (changed) effects.push(data(near, 'database', `${call.name} ${changed[0]}`, false));
  const isConsole = call.name === 'rails' && /^(?:c|console|dbconsole|db)(?:\s|$)/.test(text);
  const code =
    call.name === 'rails' && /^(?:r|runner)$/.test(call.args[0]?.text ?? '') ? call.args[1] : undefined;
  return {
    effects: [...effects, ...(isConsole ? [run(near, { interactive: true })] : [])],
    runs: code ? [{ kind: 'code', lang: 'ruby', code, via: 'rails runner' }] : [],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['redis-cli', 'valkey-cli', 'keydb-cli'],
    about: 'redis and its kin',
    read: readRedis,
    examples: [
      {
        command: 'redis-cli FLUSHALL',
        effects: [{ kind: 'data', system: 'redis', op: 'FLUSHALL', destructive: true }],
      },
      {
        command: 'echo flushdb | redis-cli -h cache.example',
        effects: [
          { kind: 'data', destructive: true },
          { kind: 'net', host: 'cache.example' },
        ],
      },
      { command: 'redis-cli DEL a', effects: [{ kind: 'data', op: 'DEL', destructive: false }] },
      { command: 'redis-cli GET a', effects: [] },
    ],
  }),
  definePage({
    names: ['mongosh', 'mongo'],
    about: 'shells of MongoDB',
    read: readMongo,
    examples: [
      {
        command: "mongosh --eval 'db.dropDatabase()'",
        effects: [{ kind: 'data', system: 'mongo', destructive: true }],
      },
      {
        command: "mongosh app --eval 'db.users.deleteMany({})'",
        effects: [{ kind: 'data', destructive: true }],
      },
      { command: "mongosh --eval 'db.users.find()'", effects: [] },
    ],
  }),
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
  definePage({
    names:
      'flyway liquibase alembic prisma rails knex sequelize sequelize-cli typeorm mikro-orm drizzle-kit goose-migrate migrate dbmate atlas sqlx diesel sqitch artisan'.split(
        ' ',
      ),
    about: 'migrations of databases',
    read: readMigration,
    examples: [
      { command: 'prisma migrate reset --force', effects: [{ kind: 'data', destructive: true }] },
      { command: 'rails db:drop', effects: [{ kind: 'data', destructive: true }] },
      { command: 'alembic upgrade head', effects: [{ kind: 'data', destructive: false }] },
      { command: 'prisma generate', effects: [] },
      { command: 'rails routes', effects: [] },
    ],
  }),
];
