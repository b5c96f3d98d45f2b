/** Keepers of secrets: vault, 1Password, Bitwarden, doppler, sops and their kin; what they show and what they start with secrets at hand. */

import type { Effect } from '../../types/effect.ts';
import { programWord, readsOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { net, run, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames, data, findVerb, secret } from '../verbs.ts';

interface Vault {
  /** Commands that show secrets, change them, lose them, only look; by their first words. */
  readonly shows: RegExp;
  readonly loses?: RegExp;
  readonly changes?: RegExp;
  /** Commands whose words after `--` (or after so many words) are a program. */
  readonly runs?: RegExp;
  readonly skip?: number;
  readonly options: string;
  readonly addresses?: readonly string[];
  readonly variable?: string;
  /** Host of the service; the program only looks into files or a local store when there is none. */
  readonly host?: string;
}

const VAULTS = byNames<Vault>({
  'vault bao': {
    shows: /^(?:read|kv get|token (?:create|lookup)|unwrap|print token|operator (?:init|generate-root))/,
    loses:
      /^(?:delete|kv (?:delete|destroy|metadata delete)|secrets disable|auth disable|operator (?:seal|raft remove)|lease revoke)/,
    changes: /^(?:write|kv (?:put|patch)|login|policy write|secrets enable|auth enable)/,
    options: 'address= namespace= ns= field= format= mount= version=',
    addresses: ['address'],
    variable: 'VAULT_ADDR',
  },
  op: {
    shows: /^(?:read|item get|document get|inject|signin|account get|connect token)/,
    loses: /^(?:item delete|vault delete|document delete)/,
    changes: /^(?:item (?:create|edit)|document (?:create|edit))/,
    runs: /^run/,
    options: 'account= vault= fields= format= env-file= o= out-file= i= in-file= session=',
    host: '1password.com',
  },
  bw: {
    shows: /^(?:get|list items|export|unlock|send)/,
    loses: /^delete/,
    changes: /^(?:create|edit|login)/,
    options: 'session= organizationid=',
    host: 'bitwarden.com',
  },
  doppler: {
    shows: /^(?:secrets(?:$| get| download)|configs tokens create)/,
    loses: /^(?:secrets delete|projects delete|configs delete)/,
    changes: /^(?:secrets set|secrets upload|login)/,
    runs: /^run/,
    options: 'p= project= c= config= t= token= command= name-transformer= mount=',
    host: 'api.doppler.com',
  },
  infisical: {
    shows: /^(?:secrets(?:$| get)|export)/,
    loses: /^secrets delete/,
    changes: /^secrets set/,
    runs: /^run/,
    options: 'env= path= projectId= command= domain= token=',
    host: 'app.infisical.com',
    addresses: ['domain'],
  },
  'aws-vault aws-okta saml2aws granted assume': {
    shows: /^(?:export|exec$)/,
    loses: /^(?:remove|rm|clear)/,
    changes: /^(?:add|login|rotate)/,
    runs: /^exec/,
    skip: 1,
    options: 'd= duration= region= backend= prompt= a= idp-account= e=',
    host: 'amazonaws.com',
  },
  chamber: {
    shows: /^(?:read|export|env|list -e)/,
    loses: /^delete/,
    changes: /^(?:write|import)/,
    runs: /^exec/,
    options: 'b= backend= f= format=',
    host: 'amazonaws.com',
  },
  'teller envconsul summon berglas': {
    shows: /^(?:show|env|sh|access|export|copy)/,
    runs: /^(?:run|exec)/,
    options: 'c= config= f= p= e=',
  },
});

function readVault(call: Call): Outcome {
  const vault = VAULTS.get(call.name) as Vault;
  const near = programWord(call);
  const { name, before, rest } = findVerb(call.args, vault.options);
  const parsed = readOptions(call.args, vault.options);
  const text = parsed.operands
    .slice(0, 3)
    .map((word) => word.text ?? '')
    .join(' ');
  if (text === '' || parsed.has('help', 'h', 'version')) return NOTHING;
  const dashes = rest.findIndex((word) => word.text === '--');
  const inner = readOptions(rest, vault.options, { stopAtOperand: true }).operands;
  const argv = !vault.runs?.test(name)
    ? []
    : dashes >= 0
      ? rest.slice(dashes + 1)
      : inner.slice(vault.skip ?? 0);
  const code = vault.runs?.test(name) ? parsed.value('command') : undefined;
  const address =
    before.value(...(vault.addresses ?? [])) ??
    parsed.value(...(vault.addresses ?? [])) ??
    (vault.variable ? assigned(call, vault.variable) : undefined);
  const effects: Effect[] = [];
  if (vault.shows.test(text) && argv.length === 0)
    effects.push(secret(near, call.name, 'read', parsed.operands.at(-1)));
  else if (vault.loses?.test(text))
    effects.push(
      secret(near, call.name, 'delete', parsed.operands.at(-1)),
      data(near, call.name, text, true),
    );
  else if (vault.changes?.test(text)) effects.push(secret(near, call.name, 'write', parsed.operands.at(-1)));
  if (address) effects.push(net(address));
  else if (vault.host && effects.length + argv.length > 0)
    effects.push(net(wordAt(vault.host, near), { scheme: 'https' }));
  if (vault.runs?.test(name) && argv.length === 0 && !code && call.name.startsWith('aws'))
    effects.push(run(near, { interactive: true }));
  return {
    effects,
    runs: [
      ...(argv.length > 0 ? [{ kind: 'argv' as const, argv, via: `${call.name} ${name}` }] : []),
      ...(code ? [{ kind: 'code' as const, lang: 'sh' as const, code, via: `${call.name} ${name}` }] : []),
    ],
  };
}

function readSops(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'a= age= k= kms= p= pgp= input-type= output-type= output= config= set= extract= encryption-context= d decrypt e encrypt i in-place r rotate',
  );
  const near = programWord(call);
  const [verb, ...rest] = parsed.operands;
  const name = verb?.text ?? '';
  if (/^(?:exec-env|exec-file)$/.test(name)) {
    const code = rest[1];
    return {
      effects: readsOf(rest.slice(0, 1)),
      runs: code ? [{ kind: 'code', lang: 'sh', code, via: `sops ${name}` }] : [],
    };
  }
  const shows = parsed.has('d', 'decrypt') || name === 'decrypt';
  return {
    effects: [
      ...(shows ? [secret(near, 'sops', 'read', parsed.operands.at(-1))] : []),
      ...readsOf(
        verb &&
          !/^(?:decrypt|encrypt|edit|rotate|set|unset|updatekeys|groups|keyservice|publish|filestatus)$/.test(
            name,
          )
          ? [verb]
          : rest,
      ),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...VAULTS.keys()],
    about: 'keepers of secrets, and programs started with secrets at hand',
    read: readVault,
    examples: [
      { command: 'vault kv get secret/db', effects: [{ kind: 'secret', store: 'vault', op: 'read' }] },
      { command: 'op read op://x/y/z', effects: [{ kind: 'secret', store: 'op', op: 'read' }] },
      { command: 'op run -- rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      {
        command: 'aws-vault exec prod -- rm -rf build',
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'vault status', effects: [] },
      { command: 'op item list', effects: [] },
    ],
  }),
  definePage({
    names: ['sops'],
    about: 'sops: files with encrypted values',
    read: readSops,
    examples: [
      {
        command: 'sops -d secrets.yaml',
        effects: [{ kind: 'secret', store: 'sops', op: 'read', target: 'secrets.yaml' }],
      },
      {
        command: "sops exec-env s.yaml 'rm -rf build'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'sops --version', effects: [] },
    ],
  }),
];
