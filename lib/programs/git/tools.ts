/** Reads the commands that run other programs or serve others: bisect, difftool, send-email, daemon, credential. */

import type { NetEffect, RefUpdate, SecretEffect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { file, joinWord, net, run, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import {
  atRoot,
  findSetting,
  type GitCall,
  gitEffect,
  listOf,
  pathAt,
  readArgs,
  shellCode,
  unknownAt,
} from './call.ts';
import { readGc } from './refs.ts';
import { parseRefspec } from './refspec.ts';
import { contact } from './remote.ts';

/** `git bisect …`; `run` starts a program at every step. */
export function readBisect(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  if (verb === undefined || ['log', 'terms', 'view', 'visualize', 'help'].includes(verb.text ?? ''))
    return NOTHING;
  const runs: readonly Nested[] =
    verb.text === 'run' && rest.length > 0
      ? [{ kind: 'argv', argv: rest, via: 'git bisect run', ...atRoot(git) }]
      : [];
  return { effects: [gitEffect(git, 'other-write')], runs };
}

/** `git difftool -x cmd`. */
export function readDifftool(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['x', 'extcmd', 't', 'tool'],
    flags: listOf('dir-diff no-prompt prompt gui no-gui tool-help trust-exit-code symlinks'),
  });
  return {
    effects: [],
    runs: args.values('x', 'extcmd').map((code) => shellCode(git, code, 'git difftool -x')),
  };
}

/** `git merge-index program …`. */
export function readMergeIndex(git: GitCall): Outcome {
  const argv = git.args.filter((word) => !/^-[oq]$/.test(word.text ?? ''));
  const [program] = argv;
  if (!program) return NOTHING;
  return {
    effects: [gitEffect(git, 'other-write')],
    runs: [{ kind: 'argv', argv, via: 'git merge-index', ...atRoot(git) }],
  };
}

/** `git hook run name`. */
export function readHook(git: GitCall): Outcome {
  const args = readArgs(git, { value: ['to-stdin'], flags: ['ignore-missing'] });
  const [verb, name] = args.operands;
  const folder =
    findSetting(git, 'core.hookspath') ?? wordAt(`${git.repository?.commonDir ?? '.git'}/hooks`, git.word);
  if (verb?.text !== 'run' || !name) return NOTHING;
  const path = joinWord(folder, name);
  return {
    effects: [],
    runs: [{ kind: 'file', lang: 'sh', path, args: args.all.slice(2), via: 'git hook', ...atRoot(git) }],
  };
}

/** `git for-each-repo --config=key -- arguments`: git with these arguments in every listed repository. */
export function readForEachRepo(git: GitCall): Outcome {
  const args = readArgs(git, { value: ['config'], flags: ['keep-going'], stopAtOperand: true });
  if (args.all.length === 0) return NOTHING;
  const argv = [wordAt('git', git.word), ...args.all];
  return { effects: [], runs: [{ kind: 'argv', argv, via: 'git for-each-repo', cwd: unknownAt(git.word) }] };
}

/** `git send-email …`. */
export function readSendEmail(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf(`
      to cc bcc from subject smtp-server smtp-server-port smtp-user smtp-pass sendmail-cmd
      to-cmd cc-cmd header-cmd in-reply-to reply-to confirm identity smtp-encryption
      smtp-domain envelope-sender batch-size relogin-delay transfer-encoding`),
    flags: listOf('dry-run annotate compose quiet force validate no-validate dump-aliases'),
  });
  const commands = args.values('sendmail-cmd', 'to-cmd', 'cc-cmd', 'header-cmd');
  const server = args.value('smtp-server') ?? findSetting(git, 'sendemail.smtpserver');
  const isProgram = server?.text?.startsWith('/') ?? false;
  const runs = [...commands, ...(server && isProgram ? [server] : [])].map((code) =>
    shellCode(git, code, 'git send-email'),
  );
  const reads = args.all.map((path) => file('read', pathAt(git, path)));
  if (args.has('dry-run', 'dump-aliases') || isProgram || args.has('sendmail-cmd'))
    return { effects: reads, runs };
  const mail: NetEffect = {
    ...net(server ?? unknownAt(git.word), { op: 'upload', scheme: 'smtp' }),
    sends: args.all,
  };
  return { effects: [mail, ...reads], runs };
}

/** `git daemon` and `git instaweb`: they wait for others. */
export function readDaemon(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: listOf('listen port p d httpd b browser base-path m'),
  });
  if (args.has('inetd', 'stop') || args.operands[0]?.text === 'stop') return NOTHING;
  const isDaemon = git.command === 'daemon';
  const port = Number(args.value('port', 'p')?.text ?? (isDaemon ? 9418 : 1234));
  const host = args.value('listen') ?? wordAt(args.has('local', 'l') ? '127.0.0.1' : '0.0.0.0', git.word);
  const programs = isDaemon ? [] : args.values('d', 'httpd', 'b', 'browser');
  return {
    effects: [
      { kind: 'net', op: 'listen', host, ...(Number.isFinite(port) ? { port } : {}), span: git.word.span },
    ],
    runs: programs.map((code) => shellCode(git, code, 'git instaweb')),
  };
}

/** `git maintenance …`: `start` makes the system run it again and again. */
export function readMaintenance(git: GitCall): Outcome {
  const [verb, ...rest] = git.args;
  switch (verb?.text) {
    case 'run':
      return readGc({ ...git, args: rest });
    case 'start':
      return {
        effects: [run(git.word, { persistent: true }), gitEffect(git, 'config', { key: 'maintenance.repo' })],
      };
    case 'register':
    case 'unregister':
    case 'stop':
      return { effects: [gitEffect(git, 'config', { key: 'maintenance.repo' })] };
    default:
      return NOTHING;
  }
}

const CREDENTIAL_VERBS: ReadonlyMap<string, SecretEffect['op']> = new Map(
  Object.entries<SecretEffect['op']>({
    fill: 'read',
    get: 'read',
    approve: 'write',
    store: 'write',
    reject: 'delete',
    erase: 'delete',
  }),
);

/** `git credential fill` and the helpers behind it. */
export function readCredential(git: GitCall): Outcome {
  const args = readArgs(git, { value: ['file', 'timeout', 'socket'] });
  const verb = args.operands[0];
  if (verb === undefined || verb.text === 'capability' || verb.text === 'exit') return NOTHING;
  const op = CREDENTIAL_VERBS.get(verb.text ?? '') ?? 'read';
  return { effects: [{ kind: 'secret', store: 'git-credential', op, span: verb.span }] };
}

/** `git-remote-https name url`, `git http-fetch … url` and other transports by hand. */
export function readTransport(git: GitCall): Outcome {
  const urls = git.args.filter((word) => word.text?.includes('://') || word.text?.includes('::'));
  const told = git.command.startsWith('remote-') ? toldRefs(git) : [];
  const isPush = told.length > 0 || git.command === 'http-push' || git.command === 'imap-send';
  const reached = contact(git, urls, isPush ? 'upload' : 'connect');
  return told.length > 0
    ? { ...reached, effects: [...reached.effects, gitEffect(git, 'push', { refs: told })] }
    : reached;
}

/** What a remote helper is told to push, in lines such as `push +src:dst`. See gitremote-helpers(7). */
function toldRefs(git: GitCall): readonly RefUpdate[] {
  const { stdin } = git.call.invocation;
  if (stdin === undefined) return [];
  if (stdin === 'pipe' || stdin.text === undefined)
    return [{ dst: unknownAt(git.word), force: false, delete: false }];
  return [...stdin.text.matchAll(/^push (\S+)$/gm)].flatMap(([, spec = '']) => {
    const { src, dst, force } = parseRefspec(wordAt(spec, git.word));
    return dst ? [{ dst, force, delete: src === undefined }] : [];
  });
}

/** `git interpret-trailers --in-place file…`. */
export function readTrailers(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['trailer', 'where', 'if-exists', 'if-missing'],
    flags: ['in-place', 'parse'],
  });
  return { effects: args.has('in-place') ? args.all.map((path) => file('write', pathAt(git, path))) : [] };
}

/** `git merge-file current base other` writes the first. */
export function readMergeFile(git: GitCall): Outcome {
  const args = readArgs(git, {
    value: ['L', 'marker-size'],
    flags: ['stdout', 'quiet', 'ours', 'theirs', 'union'],
  });
  const [current] = args.all;
  return { effects: current && !args.has('p', 'stdout') ? [file('write', pathAt(git, current))] : [] };
}
