/** Reads tea, the client of Gitea and Forgejo. */

import { file } from '../effects.ts';
import { unknownAt } from '../git/call.ts';
import { type Call, NOTHING, type Outcome } from '../page.ts';
import {
  asksForHelp,
  type ForgeCall,
  type ForgeClient,
  type ForgeCommand,
  findForgeCall,
  forgeArgs,
  forgeData,
  forgeEffect,
  forgeNet,
  readApiCommand,
} from './forge-call.ts';
import { secretOf } from './gh-setup.ts';
import { readRepoClone } from './gh-work.ts';

const TEA: ForgeClient = {
  bare: new Set(['api', 'whoami', 'open', 'o', 'clone', 'C', 'help']),
  aliases: new Map(
    Object.entries({
      pull: 'pulls',
      pr: 'pulls',
      release: 'releases',
      r: 'releases',
      repo: 'repos',
      branch: 'branches',
      b: 'branches',
      login: 'logins',
      logout: 'logins',
      C: 'clone',
      action: 'actions',
      'pulls m': 'merge',
      'pulls co': 'checkout',
      'releases rm': 'delete',
      'repos rm': 'delete',
      'branches p': 'protect',
      'branches u': 'unprotect',
    }),
  ),
  host: undefined,
  followsRemote: true,
  hostVariables: ['GITEA_INSTANCE_URL', 'GITEA_SERVER_URL'],
};

const COMMANDS: ReadonlyMap<string, ForgeCommand> = new Map(
  Object.entries<ForgeCommand>({
    api: (forge) => readApiCommand(forge, { prefix: 'api/v1/' }),
    clone: readRepoClone,
    help: () => NOTHING,
    'pulls merge': (forge) => ({ effects: [forgeEffect(forge, 'api-merge')] }),
    'pulls approve': (forge) => ({ effects: [forgeEffect(forge, 'api-approve')] }),
    'pulls checkout': (forge) => ({
      effects: [{ kind: 'git', op: 'switch', branch: unknownAt(forge.word), span: forge.word.span }],
    }),
    'branches protect': readProtection,
    'branches unprotect': readProtection,
    'repos delete': (forge) => change(forge, 'delete repository', true),
    'repos create': (forge) => change(forge, 'create repository', false),
    'releases create': readRelease,
    'releases delete': (forge) => change(forge, 'delete release', true),
    'logins add': (forge) => secretOf(forge, 'tea', 'write'),
    'logins delete': (forge) => secretOf(forge, 'tea', 'delete'),
    'logins helper': (forge) => secretOf(forge, 'tea', 'read'),
    'actions secrets': (forge) => secretOf(forge, 'gitea-actions', 'write'),
  }),
);

/** Reads `tea …`. The instance stands in its settings; without a word about it the host is not known. */
export function readTeaCall(call: Call): Outcome {
  const forge = findForgeCall(call, TEA);
  if (!forge || asksForHelp(forge.args)) return NOTHING;
  const { effects, runs } = COMMANDS.get(forge.command)?.(forge) ?? NOTHING;
  const hasContact = effects.some((effect) => effect.kind === 'net') || forge.command === 'help';
  return { effects: [...(hasContact ? [] : [forgeNet(forge)]), ...effects], runs: runs ?? [] };
}

function change(forge: ForgeCall, op: string, destructive: boolean): Outcome {
  return { effects: [forgeData(forge, 'gitea', op, destructive, forgeArgs(forge).operands[0])] };
}

function readProtection(forge: ForgeCall): Outcome {
  const [branch] = forgeArgs(forge, { value: ['l', 'login', 'o', 'output'] }).operands;
  return {
    effects: [forgeEffect(forge, 'api-protection', branch ? { branch } : {})],
  };
}

function readRelease(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, {
    value: ['a', 'asset', 'tag', 'target', 't', 'title', 'n', 'note', 'f', 'note-file'],
  });
  const sends = args.values('a', 'asset');
  return {
    effects: [
      forgeNet(forge, sends.length > 0 ? { op: 'upload', sends } : {}),
      forgeData(forge, 'gitea', 'create release', false, args.operands[0]),
      ...[...sends, ...args.values('f', 'note-file')].map((path) => file('read', path)),
    ],
  };
}
