/** Reads hub, which is git with more commands for GitHub. */

import { file, wordAt } from '../effects.ts';
import { unknownAt } from '../git/call.ts';
import { readGit } from '../git/read-git.ts';
import { type Call, NOTHING, type Outcome } from '../page.ts';
import {
  codeVariables,
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

const HUB: ForgeClient = {
  bare: new Set([
    'api',
    'browse',
    'compare',
    'create',
    'delete',
    'fork',
    'pull-request',
    'sync',
    'alias',
    'ci-status',
  ]),
  aliases: new Map(),
  host: 'github.com',
  hostVariables: ['GITHUB_HOST'],
};

const REMOTES = /^[\w.-]+(?:,[\w.-]+)+$/;

/** Commands that git does not have. */
const COMMANDS: ReadonlyMap<string, ForgeCommand> = new Map(
  Object.entries<ForgeCommand>({
    api: (forge) => readApiCommand(forge, { prefix: '' }),
    browse: () => NOTHING,
    compare: () => NOTHING,
    alias: () => NOTHING,
    'ci-status': contact,
    create: (forge) => change(forge, 'create repository', false),
    delete: (forge) => change(forge, 'delete repository', true),
    fork: (forge) => change(forge, 'fork repository', false),
    'pull-request': readPullRequest,
    sync: (forge) => ({ effects: [forgeNet(forge), { kind: 'git', op: 'fetch', span: forge.word.span }] }),
    'pr checkout': (forge) => ({
      effects: [
        forgeNet(forge),
        { kind: 'git', op: 'switch', branch: unknownAt(forge.word), span: forge.word.span },
      ],
    }),
    'pr merge': (forge) => ({
      effects: [forgeNet(forge), forgeEffect(forge, 'api-merge')],
    }),
    'pr list': contact,
    'pr show': contact,
    'release create': readRelease,
    'release edit': readRelease,
    'release delete': (forge) => change(forge, 'delete release', true),
    'release show': contact,
    'release download': contact,
    'issue create': contact,
    'issue update': contact,
    'issue show': contact,
    'gist create': readGist,
    'gist show': contact,
  }),
);

/** Reads `hub …`: its own commands, or git's. */
export function readHubCall(call: Call): Outcome {
  const forge = findForgeCall(call, HUB);
  const own = forge && (COMMANDS.get(forge.command) ?? COMMANDS.get(forge.command.split(' ', 1)[0] ?? ''));
  if (!forge || !own) {
    const outcomes = eachRemote(call).map((one) => readGit({ ...one, name: 'git' }));
    const [first] = outcomes;
    if (first && outcomes.length === 1) return first;
    return {
      effects: outcomes.flatMap(({ effects }) => effects),
      runs: outcomes.flatMap(({ runs }) => runs ?? []),
    };
  }
  const { effects, runs } = own(forge);
  return { effects, runs: [...codeVariables(call, []), ...(runs ?? [])] };
}

/** `hub push a,b branch` is a push to each. */
function eachRemote(call: Call): readonly Call[] {
  const index =
    call.args[0]?.text === 'push' ? call.args.findIndex((word) => REMOTES.test(word.text ?? '')) : -1;
  const names = call.args[index];
  if (!names) return [call];
  const { args } = call;
  return (names.text ?? '').split(',').map((name) => ({
    ...call,
    args: [...args.slice(0, index), wordAt(name, names), ...args.slice(index + 1)],
  }));
}

function contact(forge: ForgeCall): Outcome {
  return { effects: [forgeNet(forge)] };
}

function change(forge: ForgeCall, op: string, destructive: boolean): Outcome {
  const [target] = forgeArgs(forge, { value: ['d', 'h', 'remote-name', 'org'] }).operands;
  return { effects: [forgeNet(forge), forgeData(forge, 'github', op, destructive, target)] };
}

/** `hub pull-request -p` pushes the current branch first. */
function readPullRequest(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, {
    value: ['m', 'message', 'F', 'file', 'b', 'base', 'h', 'head', 'r', 'a', 'M', 'l', 'i'],
  });
  const span = forge.word.span;
  return {
    effects: [
      forgeNet(forge),
      ...args
        .values('F', 'file')
        .filter((path) => path.text !== '-')
        .map((path) => file('read', path)),
      ...(args.has('p', 'push')
        ? [{ kind: 'git' as const, op: 'push' as const, onCurrent: true, force: 'no' as const, span }]
        : []),
    ],
  };
}

function readRelease(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, { value: ['a', 'attach', 'm', 'message', 'F', 'file', 't', 'commitish'] });
  const sends = args.values('a', 'attach');
  return {
    effects: [
      forgeNet(forge, sends.length > 0 ? { op: 'upload', sends } : {}),
      forgeData(forge, 'github', 'create release', false, args.operands[0]),
      ...[...sends, ...args.values('F', 'file')].map((path) => file('read', path)),
    ],
  };
}

function readGist(forge: ForgeCall): Outcome {
  const sends = forgeArgs(forge).operands.filter((path) => path.text !== '-');
  return {
    effects: [forgeNet(forge, { op: 'upload', sends }), ...sends.map((path) => file('read', path))],
  };
}
