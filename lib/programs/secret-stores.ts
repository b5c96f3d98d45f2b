/** Programs of which single commands hand out credentials: password managers, login helpers, clients with a token. Table only; the larger ones have pages of their own. */

import type { Effect } from '../types/effect.ts';
import { programWord } from './coreutils/paths.ts';
import { asksForHelp, readOptions } from './coreutils/spec.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';
import { byNames, data, secret } from './verbs.ts';

interface Store {
  /** First words of commands that show a credential, keep one, lose one. */
  readonly shows?: RegExp;
  readonly writes?: RegExp;
  readonly loses?: RegExp;
  /** Options that show one, whatever the command. */
  readonly showing?: readonly string[];
  /** Options that keep one. */
  readonly writing?: readonly string[];
  /** Options that make a command lose nothing and show nothing. */
  readonly options?: string;
}

const STORES = byNames<Store>({
  lpass: { shows: /^(?:show|export)/, writes: /^(?:add|edit|generate|import|login)/, loses: /^rm/ },
  keyring: { shows: /^get/, writes: /^set/, loses: /^del/, options: 'b= keyring-backend= p= keyring-path=' },
  'kwallet-query': { showing: ['r', 'read-password'], writing: ['w', 'write-password'], options: 'r= f= w=' },
  credstash: { shows: /^get/, writes: /^put/, loses: /^delete/, options: 'r= t= p= n=' },
  'git-secret': { shows: /^(?:reveal|cat)/, writes: /^(?:add|hide|tell)/ },
  'git-crypt': { shows: /^(?:unlock|export-key)/, writes: /^(?:init|add-gpg-user)/ },
  transcrypt: { showing: ['display', 'd', 'show-raw', 's'], writing: ['p', 'password'], options: 'c= p= s=' },
  'blackbox_cat blackbox_decrypt_all_files blackbox_decrypt_file blackbox_edit_start': { shows: /^/ },
  rbw: {
    shows: /^(?:get|code|totp|search -f|history)/,
    writes: /^(?:add|edit|generate|login)/,
    loses: /^remove/,
  },
  bws: {
    shows: /^secret (?:get|list)/,
    writes: /^secret (?:create|edit)/,
    loses: /^(?:secret|project) delete/,
  },
  'dcli dashlane': { shows: /^(?:password|p|note|n|otp|read|inject|secret)(?: |$)/ },
  'keepassxc-cli': {
    shows: /^(?:show|clip|export|attachment-export)/,
    writes: /^(?:add|edit|import|db-create)/,
    loses: /^(?:rm|rmdir)/,
    options: 'k= key-file= a= attributes= f= format=',
  },
  conjur: { shows: /^variable (?:get|value)/, writes: /^(?:variable set|login)/, options: 'i= id=' },
  akeyless: {
    shows: /^(?:get-(?:dynamic-|rotated-)?secret-value|get-ssh-certificate|auth$)/,
    writes: /^(?:create|update)-secret/,
    loses: /^delete-/,
    options: 'n= name= p= profile=',
  },
  vlt: { shows: /^secrets get/, writes: /^(?:secrets create|login)/, loses: /^secrets delete/ },
  hcp: { shows: /^vault-secrets secrets (?:open|read)|^auth print-access-token/, options: 'app= project=' },
  cf: { shows: /^(?:oauth-token|env|service-key)(?: |$)/, writes: /^(?:login|auth)/ },
  ibmcloud: { shows: /^iam (?:oauth-tokens|api-key-create)/, writes: /^login/ },
  argocd: { shows: /^(?:account generate-token|admin initial-password)/, writes: /^login/ },
  'systemd-creds': { shows: /^(?:decrypt|cat)/, options: 'name= with-key= tpm2-device=' },
  nmcli: {
    shows: /wifi show-password/,
    showing: ['s', 'show-secrets'],
    options: 'f= fields= t terse g= m= c=',
  },
  ykman: { shows: /^oath accounts (?:code|uri)/, loses: /^oath (?:reset|accounts delete)/ },
  eas: {
    shows: /^(?:env:(?:get|pull|list)|secret:list|credentials)/,
    writes: /^(?:env:create|secret:create|login)/,
  },
  'pscale planetscale': { shows: /^(?:password|service-token) create/, writes: /^auth login/ },
  snyk: { shows: /^config(?:$| get (?:api|oauth|internal))/, writes: /^(?:auth|config set (?:api|oauth))/ },
  stripe: { showing: ['list'], writes: /^login/, options: 'list' },
  'databricks-cli databricks': { shows: /^(?:auth (?:token|env)|tokens? create|secrets get-secret)/ },
  'sf sfdx': { shows: /^(?:org auth show-sfdx-auth-url|force:org:display|org display)/ },
  'jf jfrog': { shows: /^(?:config export|c export|access-token-create|atc|config show)/ },
  'wg wg-quick': { shows: /^(?:genkey|genpsk|showconf|show \S+ (?:private-key|preshared-keys|dump))/ },
});

function readStore(call: Call): Outcome {
  const store = STORES.get(call.name) as Store;
  const parsed = readOptions(call.args, store.options ?? '');
  if (asksForHelp(parsed) || parsed.has('h')) return NOTHING;
  const near = programWord(call);
  const text = parsed.operands
    .slice(0, 4)
    .map((word) => word.text ?? '')
    .join(' ');
  const target = parsed.operands.length > 1 ? parsed.operands.at(-1) : undefined;
  const effects: Effect[] = [];
  if (store.shows?.test(text) || parsed.has(...(store.showing ?? [])))
    effects.push(secret(near, call.name, 'read', target));
  else if (store.loses?.test(text))
    effects.push(secret(near, call.name, 'delete', target), data(near, call.name, text, true));
  else if (store.writes?.test(text) || parsed.has(...(store.writing ?? [])))
    effects.push(secret(near, call.name, 'write', target));
  return { effects };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...STORES.keys()],
    about: 'programs of which single commands hand out credentials',
    read: readStore,
    examples: [
      { command: 'lpass show mail', effects: [{ kind: 'secret', store: 'lpass', op: 'read' }] },
      { command: 'keyring get system me', effects: [{ kind: 'secret', store: 'keyring', op: 'read' }] },
      { command: 'kwallet-query -r x kdewallet', effects: [{ kind: 'secret', op: 'read' }] },
      { command: 'git secret cat x.txt', effects: [{ kind: 'secret', store: 'git-secret', op: 'read' }] },
      { command: 'stripe config --list', effects: [{ kind: 'secret', store: 'stripe', op: 'read' }] },
      { command: 'bws secret delete x', effects: [{ kind: 'data', destructive: true }] },
      { command: 'lpass ls', effects: [] },
      { command: 'git crypt status', effects: [] },
      { command: 'snyk test', effects: [] },
      { command: 'kwallet-query -l kdewallet', effects: [] },
    ],
  }),
];
