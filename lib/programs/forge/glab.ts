/** Reads GitLab's own client, glab. */

import { file, run } from '../effects.ts';
import { listOf, unknownAt } from '../git/call.ts';
import type { ParsedArgs } from '../options.ts';
import { type Call, NOTHING, type Outcome } from '../page.ts';
import {
  asksForHelp,
  codeVariables,
  type ForgeCall,
  type ForgeClient,
  type ForgeCommand,
  findForgeCall,
  forgeArgs,
  forgeData,
  forgeEffect,
  forgeNet,
  readAliasOf,
  readApiCommand,
} from './forge-call.ts';
import { readConfigGet, secretOf } from './gh-setup.ts';
import { readRepoClone } from './gh-work.ts';

const GLAB: ForgeClient = {
  bare: new Set(['api', 'version', 'completion', 'help', 'check-update']),
  aliases: new Map(
    Object.entries({ project: 'repo', pipe: 'ci', pipeline: 'ci', var: 'variable', 'mr accept': 'merge' }),
  ),
  host: 'gitlab.com',
  followsRemote: true,
  hostVariables: ['GITLAB_HOST', 'GL_HOST', 'GITLAB_URI'],
};

/** Commands that contact nobody. */
const LOCAL = new Set([
  'version',
  'completion',
  'help',
  'alias list',
  'alias set',
  'alias delete',
  'config get',
]);

/** Changes of what GitLab keeps, and whether they can be taken back. */
const DATA: ReadonlyMap<string, readonly [op: string, destructive: boolean]> = new Map(
  Object.entries<readonly [string, boolean]>({
    'repo delete': ['delete repository', true],
    'repo archive': ['archive repository', false],
    'repo transfer': ['transfer repository', false],
    'repo create': ['create repository', false],
    'repo fork': ['fork repository', false],
    'repo mirror': ['mirror repository', false],
    'mr delete': ['delete merge request', true],
    'issue delete': ['delete issue', true],
    'release delete': ['delete release', true],
    'release create': ['create release', false],
    'release upload': ['upload release asset', false],
    'snippet create': ['create snippet', false],
    'ci run': ['run pipeline', false],
    'ci cancel': ['cancel pipeline', false],
    'ci delete': ['delete pipeline', true],
    'schedule create': ['create schedule', false],
    'schedule delete': ['delete schedule', false],
    'ssh-key add': ['add ssh key', false],
    'ssh-key delete': ['delete ssh key', false],
    'deploy-key add': ['add deploy key', false],
    'deploy-key delete': ['delete deploy key', false],
    'cluster agent': ['change cluster agent', false],
  }),
);

const COMMANDS: ReadonlyMap<string, ForgeCommand> = new Map(
  Object.entries<ForgeCommand>({
    api: (forge) => readApiCommand(forge, { prefix: 'api/v4/' }),
    'mr merge': (forge) => ({ effects: [forgeEffect(forge, 'api-merge')] }),
    'mr approve': (forge) => ({ effects: [forgeEffect(forge, 'api-approve')] }),
    'mr checkout': readCheckout,
    'mr create': readCreate,
    'repo clone': readRepoClone,
    'release create': readUpload,
    'release upload': readUpload,
    'snippet create': readUpload,
    'variable set': (forge) => secretOf(forge, 'gitlab-ci', 'write'),
    'variable update': (forge) => secretOf(forge, 'gitlab-ci', 'write'),
    'variable delete': (forge) => secretOf(forge, 'gitlab-ci', 'delete'),
    'variable get': (forge) => secretOf(forge, 'gitlab-ci', 'read'),
    'variable export': (forge) => secretOf(forge, 'gitlab-ci', 'read'),
    'token create': (forge) => secretOf(forge, 'gitlab', 'read'),
    'token rotate': (forge) => secretOf(forge, 'gitlab', 'read'),
    'securefile download': (forge) => secretOf(forge, 'gitlab', 'read'),
    'auth login': (forge) => secretOf(forge, 'glab', 'write'),
    'auth logout': (forge) => secretOf(forge, 'glab', 'delete'),
    'auth status': (forge) =>
      readGlab(forge).has('t', 'show-token') ? secretOf(forge, 'glab', 'read') : NOTHING,
    'auth git-credential': (forge) => secretOf(forge, 'glab', 'read'),
    'auth docker-helper': (forge) => secretOf(forge, 'glab', 'read'),
    'alias set': (forge) => {
      const args = readGlab(forge);
      const [, text] = args.operands;
      return text ? readAliasOf(forge, text, args.has('s', 'shell')) : NOTHING;
    },
    'config get': readConfigGet,
    'config set': readConfigSet,
  }),
);

/** Reads `glab …`. */
export function readGlabCall(call: Call): Outcome {
  const forge = findForgeCall(call, GLAB);
  const variables = codeVariables(call, ['GLAB_PAGER', 'GLAB_EDITOR']);
  if (!forge || asksForHelp(forge.args)) return { effects: [], runs: variables };
  const { effects, runs } = COMMANDS.get(forge.command)?.(forge) ?? NOTHING;
  const data = DATA.get(forge.command);
  const hasContact = effects.some((effect) => effect.kind === 'net') || LOCAL.has(forge.command);
  return {
    effects: [
      ...(hasContact ? [] : [forgeNet(forge)]),
      ...(data ? [forgeData(forge, 'gitlab', data[0], data[1], readGlab(forge).operands[0])] : []),
      ...effects,
    ],
    runs: [...variables, ...(runs ?? [])],
  };
}

const VALUES = listOf(`
      b branch d description t title a assignee l label m message milestone source-branch target-branch reviewer
      n name N notes F notes-file r ref g group v value scope k key visibility p per-page P page sha`);

function readGlab(forge: ForgeCall): ParsedArgs {
  // There `-t` shows the token.
  const flags = forge.command === 'auth status' ? ['t'] : [];
  return forgeArgs(forge, { value: VALUES.filter((name) => !flags.includes(name)) });
}

function readCheckout(forge: ForgeCall): Outcome {
  const branch = forgeArgs(forge, { value: ['b', 'branch', 'u', 'set-upstream-to'] }).value('b', 'branch');
  const span = forge.word.span;
  return {
    effects: [
      { kind: 'git', op: 'fetch', span },
      { kind: 'git', op: 'switch', branch: branch ?? unknownAt(forge.word), span },
    ],
  };
}

/** `glab mr create --push` pushes the current branch first. */
function readCreate(forge: ForgeCall): Outcome {
  if (!readGlab(forge).has('push', 'f', 'fill')) return NOTHING;
  return {
    effects: [
      forgeNet(forge, { op: 'upload' }),
      { kind: 'git', op: 'push', onCurrent: true, force: 'no', span: forge.word.span },
    ],
  };
}

function readUpload(forge: ForgeCall): Outcome {
  const paths = readGlab(forge).operands.slice(forge.command === 'snippet create' ? 0 : 1);
  return {
    effects: [
      forgeNet(forge, paths.length > 0 ? { op: 'upload', sends: paths } : {}),
      ...paths.map((path) => file('read', path)),
    ],
  };
}

function readConfigSet(forge: ForgeCall): Outcome {
  const [key, value] = readGlab(forge).operands;
  const isCode = ['editor', 'glab_pager', 'browser'].includes(key?.text ?? '');
  if (key?.text === 'token') return secretOf(forge, 'glab', 'write');
  if (!value || !isCode || /^[\w.+-]*$/.test(value.text ?? '?')) return NOTHING;
  return {
    effects: [run(forge.word, { persistent: true })],
    runs: [{ kind: 'code', lang: 'sh', code: value, via: 'glab config' }],
  };
}
