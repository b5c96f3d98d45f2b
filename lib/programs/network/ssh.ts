/** ssh and its kin: which machine is reached, what runs there and what runs here. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { file, opaque, run, wordAt } from '../effects.ts';
import { knownStart, parseArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { secret } from '../verbs.ts';
import { readSettings, type SshSettings } from './ssh-settings.ts';
import { connect, findRemote, hostOf, listen } from './traffic.ts';

const SSH = [...'BbcDEeFIiJLlmOoPpQRSWw'];

function readSsh(call: Call): Outcome {
  const parsed = parseArgs(call.args, { value: SSH, stopAtOperand: true });
  // Options may also stand between the host and the command.
  const [target, ...after] = parsed.operands;
  const again = parseArgs(after, { value: SSH, stopAtOperand: true });
  const more = after[0] !== undefined && knownStart(after[0]).startsWith('-') ? again : undefined;
  const values = (name: string) => [...parsed.values(name), ...(more?.values(name) ?? [])];
  const has = (name: string) => parsed.has(name) || more?.has(name) === true;
  if (has('V') || has('Q')) return NOTHING;
  const settings = readSettings(call, values('o'), values('F'));
  const effects: Effect[] = [
    ...readsOf(values('F')),
    ...values('E').map((path) => file('append', path)),
    ...settings.effects,
  ];
  const runs: Nested[] = [...settings.runs];
  const library = values('I')[0];
  if (library) effects.push(opaque(library, 'ssh loads a library that the command names'));
  if (target === undefined || has('G') || has('O')) return { effects, runs };
  effects.push(...contacts(target, values('p')[0], values('J'), settings));
  for (const word of values('W')) effects.push({ ...connect(word, {}, 'tcp'), place: 'remote' });
  for (const word of [...values('L'), ...values('D')]) effects.push(listen(word, listenPort(word)));
  for (const word of values('R')) effects.push(listen(word, listenPort(word), { place: 'remote' }));
  const command = more ? more.operands : after;
  runs.push(...remoteCommand(call, command, settings));
  const isShell =
    command.length === 0 && settings.remoteCommand === undefined && !has('N') && !has('W') && !has('f');
  const isSubsystem = has('s');
  if (isShell && !isSubsystem && call.invocation.stdin === undefined)
    effects.push(run(programWord(call), { interactive: !has('T') }));
  return { effects, runs };
}

function contacts(
  target: Word,
  port: Word | undefined,
  jumps: readonly Word[],
  settings: SshSettings,
): readonly Effect[] {
  const url = findRemote(target);
  const named = url?.scheme ? url.host : hostOf(target);
  const number = port?.text ?? settings.port ?? url?.port;
  const more = {
    scheme: 'ssh',
    ...(number !== undefined && /^\d+$/.test(String(number)) ? { port: Number(number) } : {}),
  };
  const hosts = [...(settings.hostName ? [settings.hostName] : []), named];
  const through = [...jumps, ...settings.jumps].flatMap((word) =>
    word.text === undefined ? [word] : word.text.split(',').map((text) => wordAt(text, word)),
  );
  return [
    ...hosts.map((host): Effect => ({ kind: 'net', op: 'connect', host, span: host.span, ...more })),
    ...through.filter((word) => word.text !== 'none').map((word) => connect(word, { scheme: 'ssh' }, 'ssh')),
  ];
}

/** Port of `[bind:]port:host:hostport`. */
function listenPort(word: Word): string | undefined {
  const numbers = (word.text ?? '').split(':').filter((part) => /^\d+$/.test(part));
  return numbers[0];
}

/** The words after the host, joined by blanks, are text for a shell there; without them its input is. */
function remoteCommand(call: Call, words: readonly Word[], settings: SshSettings): readonly Nested[] {
  const code = words.length > 0 ? joined(words) : settings.remoteCommand;
  if (code) return [{ kind: 'code', via: 'ssh', lang: 'sh', code, place: 'remote' }];
  const stdin = call.invocation.stdin;
  if (stdin === undefined) return [];
  return [{ kind: 'argv', via: 'ssh', argv: [wordAt('sh', programWord(call))], place: 'remote' }];
}

function joined(words: readonly Word[]): Word {
  const span = { start: (words[0] as Word).span.start, end: (words.at(-1) as Word).span.end };
  const pieces = words.flatMap((word, index) => [
    ...(index > 0 ? [' '] : []),
    ...(word.text !== undefined ? [word.text] : (word.pieces ?? [null])),
  ]);
  if (!pieces.includes(null)) return { text: pieces.join(''), glob: false, span };
  return { text: undefined, pieces, glob: false, span };
}

function readMosh(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'client= server= ssh= predict= p= port= bind-server= a n 4 6 o family= help version',
    { stopAtOperand: true },
  );
  const [target, ...command] = parsed.operands;
  if (!target) return NOTHING;
  const code = command.length > 0 ? joined(command) : undefined;
  return {
    effects: [
      { kind: 'net', op: 'connect', host: hostOf(target), scheme: 'ssh', span: target.span },
      ...(code ? [] : [run(programWord(call), { interactive: true })]),
    ],
    runs: [
      ...parsed
        .values('ssh', 'client')
        .map((text): Nested => ({ kind: 'code', via: 'mosh --ssh', lang: 'sh', code: text })),
      ...parsed
        .values('server')
        .map(
          (text): Nested => ({ kind: 'code', via: 'mosh --server', lang: 'sh', code: text, place: 'remote' }),
        ),
      ...(code ? [{ kind: 'code', via: 'mosh', lang: 'sh', code, place: 'remote' } satisfies Nested] : []),
    ],
  };
}

/** ssh-keyscan, ssh-copy-id, sshfs: a host, and files beside it. */
function readHelper(call: Call): Outcome {
  const parsed = parseArgs(call.args, { value: ['p', 'f', 't', 'T', 'o', 'i', 'F', 'l', 's', 'S', 'J'] });
  const settings = readSettings(call, parsed.values('o'), parsed.values('F'));
  const effects: Effect[] = [...settings.effects];
  const hosts = call.name === 'sshfs' ? parsed.operands.slice(0, 1) : parsed.operands;
  for (const word of hosts) {
    const host = findRemote(word)?.host ?? hostOf(word);
    effects.push({ kind: 'net', op: 'connect', host, scheme: 'ssh', span: word.span });
  }
  if (call.name === 'ssh-keyscan') effects.push(...readsOf(parsed.values('f')));
  const mountPoint = call.name === 'sshfs' ? parsed.operands[1] : undefined;
  if (mountPoint)
    effects.push({
      kind: 'data',
      system: 'disk',
      op: 'mount',
      destructive: false,
      target: mountPoint,
      span: mountPoint.span,
    });
  return { effects, runs: settings.runs };
}

/** ssh-keygen makes, changes and shows keys. */
function readKeygen(call: Call): Outcome {
  const parsed = parseArgs(call.args, {
    value: [...'abCDEfFGHIJjKMmNnOPRrSsTtVWwYzZ'].filter((letter) => !'HY'.includes(letter)),
  });
  const path = parsed.value('f');
  const library = parsed.value('D');
  const effects: Effect[] = library
    ? [opaque(library, 'ssh-keygen loads a library that the command names')]
    : [];
  // -l -F -B -L only look, -y shows the public half; -p -c -R change; otherwise a pair is made.
  const looks = parsed.has('l', 'F', 'B', 'L', 'y', 'i', 'e', 'Y', 'H', 'r');
  if (path && parsed.has('i', 'e', 'y')) effects.push(...readsOf([path]));
  else if (path && !looks)
    effects.push(
      ...(parsed.has('p', 'c', 'R')
        ? writesOf(path, { clobbers: false })
        : [
            ...writesOf(path),
            ...(path.text === undefined ? [] : writesOf(wordAt(`${path.text}.pub`, path))),
          ]),
    );
  return { effects };
}

function readAgent(call: Call): Outcome {
  // Loading a key uses it; only a library is code. ssh-agent runs what follows its options.
  const isAdd = call.name === 'ssh-add';
  const parsed = parseArgs(call.args, {
    value: isAdd ? ['t', 's', 'e', 'E', 'S', 'H', 'h'] : ['a', 'E', 'O', 'P', 't'],
    stopAtOperand: true,
  });
  const library = isAdd ? parsed.value('s', 'S') : undefined;
  const forgets = isAdd && parsed.has('D', 'd');
  const loads = library?.text?.includes('/') && library;
  const runsProgram = !isAdd && parsed.operands.length > 0;
  // The text that `eval "$(ssh-agent -s)"` runs has always this form.
  const prints = !isAdd && !runsProgram && !parsed.has('c', 'd', 'D', 'k');
  return {
    effects: forgets
      ? [secret(programWord(call), 'ssh-agent', 'delete')]
      : loads
        ? [opaque(loads, 'the key agent loads a library that the command names')]
        : [],
    runs: runsProgram ? [{ kind: 'argv', via: 'ssh-agent', argv: parsed.operands }] : [],
    ...(prints ? { stdout: AGENT_OUTPUT } : {}),
  };
}

const AGENT_OUTPUT = [
  'SSH_AUTH_SOCK=/tmp/ssh-agent/agent.1; export SSH_AUTH_SOCK;',
  'SSH_AGENT_PID=1; export SSH_AGENT_PID;',
  'echo Agent pid 1;',
  '',
].join('\n');

export const pages: readonly Page[] = [
  definePage({
    names: ['ssh', 'autossh', 'slogin'],
    about: 'runs commands on another machine',
    read: readSsh,
    examples: [
      {
        command: "ssh -p 2222 me@prod.example 'rm -rf /var/lib/data'",
        effects: [
          { kind: 'net', op: 'connect', host: 'prod.example', port: 2222, scheme: 'ssh' },
          { kind: 'file', op: 'delete', path: '/var/lib/data', recursive: true, place: 'remote' },
        ],
      },
      {
        command: "ssh -o ProxyCommand='rm -rf /home/user' a",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'ssh prod.example', effects: [{ kind: 'run', interactive: true }] },
      { command: 'ssh -V', effects: [] },
    ],
  }),
  definePage({
    names: ['mosh'],
    about: 'opens a terminal on another machine',
    read: readMosh,
    examples: [
      {
        command: 'mosh prod.example',
        effects: [
          { kind: 'net', host: 'prod.example' },
          { kind: 'run', interactive: true },
        ],
      },
      {
        command: "mosh --ssh='rm -rf /home/user' a",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'mosh --version', effects: [] },
    ],
  }),
  definePage({
    names: ['ssh-keyscan', 'ssh-copy-id', 'sshfs'],
    about: 'reaches hosts over ssh',
    read: readHelper,
    examples: [
      { command: 'ssh-keyscan -t ed25519 github.com', effects: [{ kind: 'net', host: 'github.com' }] },
      { command: 'ssh-copy-id -i key.pub me@a.example', effects: [{ kind: 'net', host: 'a.example' }] },
      {
        command: 'sshfs me@a.example:/srv mnt',
        effects: [
          { kind: 'net', host: 'a.example' },
          { kind: 'data', system: 'disk', op: 'mount', target: 'mnt' },
        ],
      },
    ],
  }),
  definePage({
    names: ['ssh-keygen'],
    about: 'makes and shows keys',
    read: readKeygen,
    examples: [
      { command: 'ssh-keygen -t ed25519 -f key', effects: [{ kind: 'file', op: 'write', path: 'key' }] },
      { command: 'ssh-keygen -y -f key', effects: [{ kind: 'file', op: 'read', path: 'key' }] },
      { command: 'ssh-keygen -lf key.pub', effects: [] },
    ],
  }),
  definePage({
    names: ['ssh-add', 'ssh-agent'],
    about: 'keeps keys in memory',
    read: readAgent,
    examples: [
      { command: 'eval "$(ssh-agent -s)"', effects: [] },
      { command: 'ssh-add -l', effects: [] },
      { command: 'ssh-add -s ./evil.so', effects: [{ kind: 'opaque' }] },
    ],
  }),
];
