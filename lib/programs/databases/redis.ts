/** Redis and its kin: commands on the command line, on standard input and in Lua scripts. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, textOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { opaque, run, wordAt } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { data } from '../verbs.ts';
import { scriptText } from './script.ts';
import { connectTo } from './server.ts';

/** Commands that lose all keys, or hand the server to another one's data. */
const LOSES = /^(?:flushall|flushdb|swapdb|replicaof|slaveof|shutdown|migrate)$/i;
const LOSES_BY_WORD: Readonly<Record<string, RegExp>> = {
  cluster: /^(?:reset|forget|failover|flushslots|delslots)$/i,
  script: /^$/,
  function: /^(?:flush|delete)$/i,
  debug: /^(?:flushall|reload|restart|crash-and-recover|segfault)$/i,
  xgroup: /^destroy$/i,
};
const READS =
  /^(?:get|mget|keys|scan|hscan|sscan|zscan|hget|hgetall|hmget|hkeys|hvals|hlen|hexists|lrange|llen|lindex|lpos|smembers|scard|sismember|sinter|sunion|sdiff|zrange|zrevrange|zrangebyscore|zcard|zscore|zrank|zcount|exists|ttl|pttl|type|info|ping|dbsize|monitor|client|slowlog|memory|object|dump|strlen|time|echo|lastsave|role|command|xrange|xrevrange|xlen|xread|xinfo|subscribe|psubscribe|getrange|getbit|bitcount|help|hello|auth|select|randomkey|latency|module|acl|pubsub|readonly|wait|geopos|geosearch|quit|multi|exec|discard|watch|unwatch)$/i;
const HAS_CODE = /^(?:eval|eval_ro|evalsha|fcall|script|function)$/i;
const MAX_LINES = 2000;

/** What one command does, its name first. */
function readCommand(words: readonly string[], near: Word): readonly Effect[] {
  const [verb = '', first = ''] = words;
  const op = verb.toUpperCase();
  const target = first === '' ? undefined : wordAt(first, near);
  if (verb === '' || verb.startsWith('#')) return [];
  if (LOSES.test(verb))
    return [data(near, 'redis', op, op === 'SHUTDOWN' ? /^nosave$/i.test(first) : !/^no$/i.test(first))];
  if (LOSES_BY_WORD[verb.toLowerCase()]?.test(first))
    return [data(near, 'redis', `${op} ${first.toUpperCase()}`, true)];
  if (op === 'CONFIG') {
    if (!/^(?:set|rewrite)$/i.test(first)) return [];
    return [
      data(
        near,
        'redis',
        `CONFIG ${first.toUpperCase()}`,
        // Where the server writes: the usual way to overwrite somebody's file.
        /^(?:dir|dbfilename)$/i.test(words[2] ?? ''),
        words[2] === undefined ? undefined : wordAt(words[2], near),
      ),
    ];
  }
  if (op === 'MODULE' && /^load/i.test(first))
    return [opaque(near, 'the database loads a library that the command names')];
  if (op === 'ACL' && !/^(?:list|whoami|users|cat|getuser|log)$/i.test(first))
    return [data(near, 'redis', `ACL ${first.toUpperCase()}`, false)];
  if (HAS_CODE.test(verb)) return [data(near, 'redis', op, losesByScript(words.slice(1).join(' ')))];
  return READS.test(verb) ? [] : [data(near, 'redis', op, false, target)];
}

/** True when a Lua text calls a command that loses everything, or puts a command's name together. */
function losesByScript(lua: string): boolean {
  return /flush(?:all|db)|swapdb|p?call\s*\(\s*['"][^'"]*['"]\s*\.\./i.test(lua);
}

/** Words of one line that redis-cli reads. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']+/g) ?? [];
  // A number in front repeats the command.
  const bare = words.map((word) => word.replace(/^(["'])([\s\S]*)\1$/, '$2'));
  return /^\d+$/.test(bare[0] ?? '') ? bare.slice(1) : bare;
}

/** Modes that ask the server something of their own and read no commands. */
const MODES =
  'bigkeys memkeys hotkeys keystats stat latency latency-history latency-dist intrinsic-latency lru-test scan rdb functions-rdb replica cluster eval'.split(
    ' ',
  );

function readRedis(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    `h= p= s= a= u= n= r= i= x X= d= D= t= user= pass= eval= sni= cacert= cacertdir= cert= key= tls-ciphers= pipe pipe-timeout= rdb= functions-rdb= pattern= quoted-pattern= count= intrinsic-latency= lru-test= tls c raw no-raw csv json ldb version help ${MODES.filter((mode) => !/rdb|eval|lru|intrinsic/.test(mode)).join(' ')}`,
    { stopAtOperand: true },
  );
  if (parsed.has('version', 'help', 'v')) return NOTHING;
  const near = programWord(call);
  const { stdin, redirects } = call.invocation;
  const input = redirects.findLast(({ op, fd }) => op === 'read' && fd === 0)?.target;
  const isInput = parsed.operands.length === 0 && !parsed.has(...MODES);
  const script = parsed.value('eval');
  const connection = connectTo(
    call,
    { host: parsed.value('h'), database: parsed.value('u'), port: parsed.value('p') },
    'redis',
  );
  const effects: Effect[] = [
    ...connection,
    ...parsed.values('rdb', 'functions-rdb').flatMap((word) => writesOf(word)),
    ...readsOf(script ? [script] : []),
  ];
  if (script) effects.push(data(near, 'redis', 'EVAL', losesByScript(textOf(call, script) ?? '')));
  if (parsed.has('cluster')) effects.push(...readCluster(parsed.operands, near));
  else if (!isInput) {
    if (parsed.operands[0]?.text === undefined && parsed.operands.length > 0)
      effects.push(unseen(parsed.operands[0] as Word));
    const words = parsed.operands.map(scriptText);
    effects.push(...readCommand(/^\d+$/.test(words[0] ?? '') ? words.slice(1) : words, near));
  } else if (stdin === undefined && input === undefined) effects.push(run(near, { interactive: true }));
  else {
    const text = input
      ? textOf(call, input)
      : stdin === 'pipe' || stdin === undefined
        ? undefined
        : scriptText(stdin);
    if (text === undefined) effects.push(unseen(input ?? near));
    else
      for (const line of text.split('\n').slice(0, MAX_LINES))
        effects.push(...readCommand(wordsOf(line), near));
  }
  return { effects };
}

function readCluster(words: readonly Word[], near: Word): readonly Effect[] {
  const verb = words[0]?.text ?? '';
  return /^(?:del-node|reshard|import|call|fix)$/.test(verb)
    ? [
        data(
          near,
          'redis',
          `--cluster ${verb}`,
          words.some((word) => LOSES.test(word.text ?? '')),
          words[1],
        ),
      ]
    : [];
}

function unseen(near: Word): Effect {
  return opaque(near, 'the commands for the database are known only when it runs');
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
          { kind: 'data', op: 'FLUSHDB', destructive: true },
          { kind: 'net', scheme: 'redis', host: 'cache.example' },
        ],
      },
      { command: 'redis-cli DEL a', effects: [{ kind: 'data', op: 'DEL', destructive: false, target: 'a' }] },
      {
        command: `redis-cli eval "redis.call('flushall')" 0`,
        effects: [{ kind: 'data', op: 'EVAL', destructive: true }],
      },
      { command: 'redis-cli', effects: [{ kind: 'run', interactive: true }] },
      { command: 'redis-cli ping', effects: [] },
      { command: "redis-cli keys 'user:*'", effects: [] },
    ],
  }),
];
