/** Keys and key rings: gpg, age, the stores of desktops, Kerberos, Java. Which of them hand a credential out, and which files they touch. */

import type { Effect } from '../types/effect.ts';
import type { Word } from '../types/text.ts';
import { programWord, readsOf, writesOf } from './coreutils/paths.ts';
import { asksForHelp, readOptions } from './coreutils/spec.ts';
import { file, opaque, run, wordAt } from './effects.ts';
import { registryNet } from './packages/sources.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from './page.ts';
import { data, secret } from './verbs.ts';

const GPG =
  'o= output= r= recipient= R= hidden-recipient= u= local-user= default-key= homedir= keyserver= passphrase= passphrase-file= passphrase-fd= status-fd= logger-fd= command-fd= pinentry-mode= trust-model= cipher-algo= digest-algo= options= keyring= secret-keyring= export-options= import-options= compress-algo= batch yes no-tty armor a d decrypt e encrypt s sign b detach-sign c symmetric k list-keys K list-secret-keys verify export export-secret-keys export-secret-subkeys delete-keys delete-secret-keys delete-secret-and-public-key import recv-keys receive-keys search-keys send-keys refresh-keys gen-key full-generate-key quick-generate-key edit-key clearsign clear-sign';

function readGpg(call: Call): Outcome {
  const parsed = readOptions(call.args, GPG);
  if (asksForHelp(parsed)) return NOTHING;
  const near = programWord(call);
  const { operands } = parsed;
  const effects: Effect[] = [
    ...parsed.values('o', 'output').flatMap((path) => writesOf(path)),
    ...readsOf(parsed.values('passphrase-file')),
  ];
  if (parsed.has('export-secret-keys', 'export-secret-subkeys'))
    effects.push(secret(near, 'gpg', 'read', operands[0]));
  else if (parsed.has('delete-secret-keys', 'delete-secret-and-public-key'))
    effects.push(
      secret(near, 'gpg', 'delete', operands[0]),
      data(near, 'gpg', 'delete-secret-keys', true, operands[0]),
    );
  else if (parsed.has('delete-keys')) effects.push(data(near, 'gpg', 'delete-keys', false, operands[0]));
  else if (parsed.has('recv-keys', 'receive-keys', 'search-keys', 'send-keys', 'refresh-keys'))
    effects.push(
      ...registryNet('keys.openpgp.org', near, parsed.values('keyserver'), {
        op: parsed.has('send-keys') ? 'upload' : 'connect',
      }),
    );
  else if (parsed.has('d', 'decrypt'))
    effects.push(...readsOf(operands), secret(near, 'gpg', 'read', operands[0]));
  else if (
    parsed.has(
      'e',
      'encrypt',
      's',
      'sign',
      'b',
      'detach-sign',
      'c',
      'symmetric',
      'verify',
      'import',
      'clearsign',
      'clear-sign',
    )
  )
    effects.push(...readsOf(operands));
  else if (parsed.has('edit-key')) effects.push(run(near, { interactive: true }));
  return { effects };
}

function readAge(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'o= output= i= identity= r= recipient= R= recipients-file= j= d decrypt e encrypt p a y',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const near = programWord(call);
  return {
    effects: [
      ...readsOf([...parsed.values('i', 'identity', 'R', 'recipients-file'), ...parsed.operands]),
      ...parsed.values('o', 'output').flatMap((path) => writesOf(path)),
      ...(parsed.has('d', 'decrypt') ? [secret(near, 'age', 'read', parsed.operands[0])] : []),
    ],
  };
}

/** `security`, the key chain of macOS. */
function readSecurity(call: Call): Outcome {
  const [verb, ...rest] = call.args;
  const near = programWord(call);
  const name = verb?.text ?? '';
  if (name === '-i' || name === '-p') return readSecurityInput(call, near);
  const parsed = readOptions(rest, 'a= s= l= c= C= D= G= j= r= p= T= k= P= t= f= o= w? g');
  if (/^find-(?:generic|internet)-password$/.test(name))
    return {
      effects: parsed.has('w', 'g') ? [secret(near, 'keychain', 'read', parsed.value('s', 'l', 'a'))] : [],
    };
  if (/^(?:dump-keychain|export)$/.test(name))
    return { effects: [secret(near, 'keychain'), ...parsed.values('o').flatMap((path) => writesOf(path))] };
  if (/^(?:add-|import|set-)/.test(name)) return { effects: [secret(near, 'keychain', 'write')] };
  if (/^delete-/.test(name))
    return { effects: [secret(near, 'keychain', 'delete'), data(near, 'keychain', name, true)] };
  return NOTHING;
}

/** `security -i` takes its commands from standard input. */
function readSecurityInput(call: Call, near: Word): Outcome {
  const { stdin } = call.invocation;
  if (stdin === undefined) return { effects: [run(near, { interactive: true })] };
  if (stdin === 'pipe' || stdin.text === undefined)
    return { effects: [opaque(near, 'what `security` is told is known only when it runs')] };
  const lines = stdin.text.split('\n').filter((line) => line.trim() !== '');
  return {
    effects: [],
    runs: lines.slice(0, 100).map((line) => ({
      kind: 'code',
      lang: 'sh',
      code: wordAt(`security ${line}`, near),
      via: 'security -i',
    })),
  };
}

/** Stores whose first word says what is done: secret-tool, pass, keyctl, credential helpers of docker. */
const STORES: Readonly<
  Record<string, { readonly reads: RegExp; readonly writes: RegExp; readonly deletes: RegExp }>
> = {
  'secret-tool': { reads: /^(?:lookup|search)$/, writes: /^store$/, deletes: /^clear$/ },
  pass: {
    reads:
      /^(?!(?:ls|list|find|search|git|help|version|init|insert|add|edit|generate|rm|remove|delete|mv|rename|cp|copy|--\w+)$)./,
    writes: /^(?:insert|add|edit|generate|mv|rename|cp|copy|init)$/,
    deletes: /^(?:rm|remove|delete)$/,
  },
  gopass: {
    reads:
      /^(?!(?:agent|audit|clone|completion|config|convert|cp|copy|create|delete|rm|edit|find|search|fsck|generate|git|grep|help|history|init|insert|link|ls|list|merge|mounts|move|mv|pwgen|rcs|recipients|reorg|setup|sum|sync|templates|unclip|update|version)$)./,
    writes: /^(?:insert|edit|generate|mv|cp|create)$/,
    deletes: /^(?:rm|delete)$/,
  },
  keyctl: {
    reads: /^(?:print|read|pipe)$/,
    writes: /^(?:add|padd|update|pupdate)$/,
    deletes: /^(?:revoke|unlink|clear|purge)$/,
  },
  'docker-credential-desktop': { reads: /^get$/, writes: /^store$/, deletes: /^erase$/ },
  'docker-credential-osxkeychain': { reads: /^get$/, writes: /^store$/, deletes: /^erase$/ },
  'docker-credential-pass': { reads: /^get$/, writes: /^store$/, deletes: /^erase$/ },
  'docker-credential-secretservice': { reads: /^get$/, writes: /^store$/, deletes: /^erase$/ },
};

function readStore(call: Call): Outcome {
  const store = STORES[call.name] as (typeof STORES)[string];
  const words = call.args.filter((word) => !word.text?.startsWith('-'));
  const [verb] = words;
  const near = programWord(call);
  const name = verb?.text ?? '';
  const target = words.at(-1);
  if (name === '') return NOTHING;
  if (store.deletes.test(name))
    return {
      effects: [secret(near, call.name, 'delete', target), data(near, call.name, name, true, target)],
    };
  if (store.writes.test(name)) return { effects: [secret(near, call.name, 'write', target)] };
  return store.reads.test(name) ? { effects: [secret(near, call.name, 'read', target)] } : NOTHING;
}

/** Programs that make keys, tickets and password files. */
function readMaker(call: Call): Outcome {
  const near = programWord(call);
  if (call.name === 'kinit') return { effects: [secret(near, 'kerberos', 'write')] };
  if (call.name === 'kdestroy') return { effects: [secret(near, 'kerberos', 'delete')] };
  if (call.name === 'htpasswd') {
    const parsed = readOptions(call.args, 'C= r= c B b n i m d s p D v 2 5');
    const path = parsed.has('n') ? undefined : parsed.operands[0];
    return { effects: path ? [file('write', path, parsed.has('c') ? { clobbers: true } : {})] : [] };
  }
  const parsed = readOptions(
    call.args,
    'keystore= alias= storepass= keypass= file= keyalg= dname= importkeystore srckeystore= destkeystore=',
    { singleDash: true },
  );
  const path = parsed.value('keystore', 'destkeystore') ?? wordAt(`${call.host.home}/.keystore`, near);
  const changes = parsed.has(
    'genkey',
    'genkeypair',
    'import',
    'importcert',
    'importkeystore',
    'delete',
    'importpass',
    'storepasswd',
  );
  const output = parsed.has('export', 'exportcert', 'certreq') ? parsed.value('file') : undefined;
  return {
    effects: [changes ? file('write', path) : file('read', path), ...(output ? writesOf(output) : [])],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['gpg', 'gpg2', 'gpgv'],
    about: 'gpg: encrypts, signs, keeps keys',
    read: readGpg,
    examples: [
      { command: 'gpg --export-secret-keys me', effects: [{ kind: 'secret', store: 'gpg', op: 'read' }] },
      {
        command: 'gpg -d notes.gpg',
        effects: [
          { kind: 'file', op: 'read', path: 'notes.gpg' },
          { kind: 'secret', op: 'read' },
        ],
      },
      {
        command: 'gpg --keyserver keys.example --recv-keys ABCD',
        effects: [{ kind: 'net', host: 'keys.example' }],
      },
      { command: 'gpg --delete-secret-keys me', effects: [{ kind: 'data', destructive: true }] },
      { command: 'gpg --list-keys', effects: [] },
      { command: 'gpg --verify x.sig x', effects: [] },
    ],
  }),
  definePage({
    names: ['age', 'rage', 'age-keygen'],
    about: 'age: encrypts files',
    read: readAge,
    examples: [
      {
        command: 'age -d -i key.txt x.age',
        effects: [
          { kind: 'secret', store: 'age' },
          { kind: 'file', op: 'read', path: 'key.txt' },
        ],
      },
      { command: 'age-keygen -o key.txt', effects: [{ kind: 'file', op: 'write', path: 'key.txt' }] },
      { command: 'age --version', effects: [] },
    ],
  }),
  definePage({
    names: ['security'],
    about: 'the key chain of macOS',
    read: readSecurity,
    examples: [
      {
        command: 'security find-generic-password -s x -w',
        effects: [{ kind: 'secret', store: 'keychain', op: 'read', target: 'x' }],
      },
      { command: 'security dump-keychain -d', effects: [{ kind: 'secret', op: 'read' }] },
      { command: 'security list-keychains', effects: [] },
    ],
  }),
  definePage({
    names: Object.keys(STORES),
    about: 'stores of passwords and credential helpers',
    read: readStore,
    examples: [
      {
        command: 'pass show mail/work',
        effects: [{ kind: 'secret', op: 'read', store: 'pass', target: 'mail/work' }],
      },
      {
        command: 'secret-tool lookup service x',
        effects: [{ kind: 'secret', op: 'read', store: 'secret-tool' }],
      },
      { command: 'docker-credential-pass get', effects: [{ kind: 'secret', op: 'read' }] },
      { command: 'pass ls', effects: [] },
      { command: 'pass find mail', effects: [] },
    ],
  }),
  definePage({
    names: ['htpasswd', 'keytool', 'kinit', 'kdestroy'],
    about: 'password files, key stores of Java, Kerberos tickets',
    read: readMaker,
    examples: [
      {
        command: 'htpasswd -cb users me x',
        effects: [{ kind: 'file', op: 'write', path: 'users', clobbers: true }],
      },
      { command: 'kinit me', effects: [{ kind: 'secret', store: 'kerberos' }] },
      { command: 'keytool -list -keystore x.jks', effects: [] },
    ],
  }),
];
