/** Reads GitHub's own client, gh. What its API calls mean for branches is in api.ts. */

import type { Nested } from '../../types/invocation.ts';
import { file, run, wordAt } from '../effects.ts';
import { type Call, NOTHING, type Outcome } from '../page.ts';
import {
  asksForHelp,
  codeVariables,
  type ForgeCall,
  type ForgeClient,
  type ForgeCommand,
  findForgeCall,
  forgeData,
  forgeEffect,
  forgeNet,
  readApiCommand,
  runAgain,
} from './forge-call.ts';
import {
  extensionRun,
  readAliasSet,
  readCodespaceSsh,
  readConfigGet,
  readConfigSet,
  readExtensionInstall,
  readKeyAdd,
  readSetupGit,
  secretOf,
} from './gh-setup.ts';
import { DATA, filesOf, GROUPS, LOCAL, readGh } from './gh-tables.ts';
import {
  changesAccess,
  readDownload,
  readGist,
  readIssueDevelop,
  readPrCheckout,
  readPrClose,
  readPrMerge,
  readRelease,
  readReleaseDelete,
  readRepoClone,
  readRepoCreate,
  readRepoEdit,
  readRepoSync,
} from './gh-work.ts';

const GH: ForgeClient = {
  bare: new Set(['api', 'browse', 'status', 'version', 'completion', 'help', 'copilot']),
  aliases: new Map(
    Object.entries({
      cs: 'codespace',
      ext: 'extension',
      extensions: 'extension',
      at: 'attestation',
      rs: 'ruleset',
      'secret remove': 'delete',
      'variable remove': 'delete',
      'pr new': 'create',
      'issue new': 'create',
      'release new': 'create',
      'repo new': 'create',
      'gist new': 'create',
      'gist rm': 'delete',
      'pr co': 'checkout',
    }),
  ),
  host: 'github.com',
  hostVariables: ['GH_HOST'],
};

const COMMANDS: ReadonlyMap<string, ForgeCommand> = new Map(
  Object.entries<ForgeCommand>({
    api: (forge) => readApiCommand(forge, { prefix: '' }),
    'pr merge': readPrMerge,
    'pr review': (forge) =>
      readGh(forge).has('a', 'approve') ? { effects: [forgeEffect(forge, 'api-approve')] } : NOTHING,
    'pr close': readPrClose,
    'pr checkout': readPrCheckout,
    'issue develop': readIssueDevelop,
    'release create': readRelease,
    'release upload': readRelease,
    'release delete': readReleaseDelete,
    'release download': readDownload,
    'run download': readDownload,
    'repo sync': readRepoSync,
    'repo clone': readRepoClone,
    'repo create': readRepoCreate,
    'repo edit': readRepoEdit,
    'repo archive': (forge) => changesAccess(forge),
    'repo deploy-key': (forge) =>
      /^(?:add|delete)$/.test(readGh(forge).operands[0]?.text ?? '') ? changesAccess(forge) : NOTHING,
    'workflow disable': (forge) => changesAccess(forge),
    'gist clone': readRepoClone,
    'gist create': readGist,
    'gist edit': readGist,
    'secret set': (forge) => secretOf(forge, 'github-actions', 'write'),
    'secret delete': (forge) => secretOf(forge, 'github-actions', 'delete'),
    'auth token': (forge) => secretOf(forge, 'gh', 'read'),
    'auth status': (forge) =>
      readGh(forge).has('t', 'show-token') ? secretOf(forge, 'gh', 'read') : NOTHING,
    'auth login': (forge) => secretOf(forge, 'gh', 'write'),
    'auth refresh': (forge) => secretOf(forge, 'gh', 'write'),
    'auth logout': (forge) => secretOf(forge, 'gh', 'delete'),
    'auth git-credential': (forge) => secretOf(forge, 'gh', 'read'),
    'auth setup-git': readSetupGit,
    'alias set': readAliasSet,
    'alias import': (forge) => ({
      effects: [
        run(forge.word, { persistent: true }),
        ...readGh(forge)
          .operands.filter((path) => path.text !== '-')
          .map((path) => file('read', path)),
      ],
    }),
    'config get': readConfigGet,
    'config set': readConfigSet,
    'extension install': readExtensionInstall,
    'extension upgrade': (forge) => ({ effects: [run(forge.word, { remote: true })] }),
    'extension exec': (forge) => ({ effects: [], runs: extensionRun(forge) }),
    'ssh-key add': readKeyAdd,
    'gpg-key add': readKeyAdd,
    'codespace ssh': readCodespaceSsh,
    'codespace cp': (forge) => ({
      effects: [forgeNet(forge, { op: 'upload', sends: readGh(forge).operands })],
    }),
  }),
);

/** Reads `gh …`. */
export function readGhCall(call: Call): Outcome {
  const forge = findForgeCall(call, GH);
  const variables = codeVariables(call, ['GH_PAGER', 'GH_EDITOR', 'GH_BROWSER']);
  if (!forge || asksForHelp(forge.args)) return { effects: [], runs: variables };
  const group = forge.command.split(' ', 1)[0] ?? '';
  const alias = GROUPS.has(group) ? undefined : findAlias(forge, group);
  if (alias) return { effects: [], runs: [...variables, alias] };
  const { effects, runs } = COMMANDS.get(forge.command)?.(forge) ?? NOTHING;
  const data = DATA.get(forge.command);
  const hasContact =
    effects.some((effect) => effect.kind === 'net') || LOCAL.has(forge.command) || LOCAL.has(group);
  return {
    effects: [
      ...(hasContact ? [] : [forgeNet(forge)]),
      ...(data ? [forgeData(forge, 'github', data[0], data[1], readGh(forge).operands[0])] : []),
      ...effects,
      ...filesOf(forge).map((path) => file('read', path)),
    ],
    runs: [...variables, ...(runs ?? [])],
  };
}

/** What an alias of the person's own settings stands for. */
function findAlias(forge: ForgeCall, name: string): Nested | undefined {
  const path = `${forge.call.host.home}/.config/gh/config.yml`;
  const text = /^[\w-]+$/.test(name) ? forge.call.host.readFile(path, 1 << 16) : undefined;
  const block = text?.split(/^aliases:[ \t]*$/m)[1]?.split(/^\S/m, 1)[0];
  const value = block?.split('\n').find((line) => line.trimStart().startsWith(`${name}:`));
  if (value === undefined) return undefined;
  const meaning = value
    .slice(value.indexOf(':') + 1)
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2');
  if (meaning.split(' ', 1)[0] === name) return undefined;
  const rest = forge.call.args.slice(1);
  if (!meaning.startsWith('!')) {
    const nested = runAgain(forge, meaning.split(/\s+/), 'gh alias');
    return nested.kind === 'argv' ? { ...nested, argv: [...nested.argv, ...rest] } : nested;
  }
  return {
    kind: 'code',
    lang: 'sh',
    code: wordAt(meaning.slice(1), forge.word),
    args: [forge.word, ...rest],
    via: 'gh alias',
  };
}
