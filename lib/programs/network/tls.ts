/** openssl and grpcurl: connections, and the files and keys they work on. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, writesOf } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { opaque } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { filterOutput } from '../text-filters.ts';
import { connect, fileSent, listen } from './traffic.ts';

const OPENSSL =
  'in= out= keyout= inkey= key= keyin= connect= host= port= proxy= accept= url= CAfile= CApath= cert= certfile= config= engine= provider= provider-path= pass= passin= passout= k= kfile= K= iv= S= md= iter= inform= outform= keyform= certform= days= subj= servername= name= signer= recip= sigfile= signature= sign= verify= prverify= extfile= CA= CAkey= CAserial= export= rand= writerand= starttls= cipher= ciphersuites= alpn= verify_hostname= keylogfile= sess_out= sess_in= msgfile= unix= bufsize= newkey= reqexts= extensions= addext= set_serial= pkeyopt= algorithm= paramfile= peerkey= rawin caname= CSP= macalg= mac= macopt= digest= dgst= queryfile= reply= data=';

/** Commands that show certificates, requests and lists of them, whatever else stands in the file. */
const SHOWS_PUBLIC: ReadonlySet<string> = new Set(['x509', 'crl', 'req', 'verify']);
/** Commands that show a key, of which `-pubout` leaves the public half. */
const SHOWS_KEY: ReadonlySet<string> = new Set(['rsa', 'ec', 'dsa', 'pkey']);

function readOpenssl(call: Call): Outcome {
  const [command, ...rest] = call.args;
  if (command === undefined) return NOTHING;
  const parsed = readOptions(rest, OPENSSL, { singleDash: true });
  const name = command.text ?? '';
  const effects: Effect[] = [];
  if (/^s_(?:client|time)$/.test(name)) {
    const target = parsed.value('connect', 'host') ?? parsed.operands[0];
    const stdin = call.invocation.stdin;
    if (target) {
      const port = parsed.value('port')?.text;
      const sends = stdin !== undefined && stdin !== 'pipe' ? { sends: [stdin] } : {};
      effects.push(
        connect(
          target,
          {
            op: stdin === undefined || name === 's_time' ? 'connect' : 'upload',
            ...sends,
            ...(port && /^\d+$/.test(port) ? { port: Number(port) } : {}),
          },
          'tls',
        ),
      );
    }
  }
  if (name === 's_server')
    effects.push(listen(command, parsed.value('accept', 'port')?.text?.replace(/^.*:/, '') ?? '4433'));
  effects.push(...parsed.values('url', 'proxy').map((word) => connect(word)));
  effects.push(...parsed.values('unix').map((host) => connect(host, { host, scheme: 'unix' })));
  const isSum = name === 'dgst' || /^(?:md5|sha\d+|blake2|sm3)/.test(name);
  // These show or change what they read; a certificate or a key that is merely used does not appear.
  const operands =
    isSum || name === 'enc' || name === 'base64' ? [] : name === 'verify' ? parsed.operands : [];
  const input = [...parsed.values('in'), ...operands];
  const isPublic =
    SHOWS_PUBLIC.has(name) || (SHOWS_KEY.has(name) && parsed.has('pubout') && !parsed.has('text'));
  effects.push(
    ...readsOf(input, isPublic ? { op: 'list' } : {}),
    ...readsOf(parsed.values('extfile', 'config', 'msgfile', 'data', 'kfile', 'paramfile')),
  );
  if (isSum)
    effects.push(
      ...parsed.operands.map((path): Effect => ({ kind: 'file', op: 'list', path, span: path.span })),
    );
  for (const word of parsed.values('pass', 'passin', 'passout'))
    if (knownStart(word).startsWith('file:')) effects.push(...readsOf([partOf(word, 5)]));
  effects.push(
    ...parsed
      .values('out', 'keyout', 'writerand', 'keylogfile', 'sess_out', 'sigfile')
      .flatMap((path) => writesOf(path)),
  );
  const library = parsed
    .values('engine', 'provider', 'provider-path')
    .find((word) => word.text === undefined || word.text.includes('/'));
  if (library) effects.push(opaque(library, 'openssl loads a library that the command names'));
  const stdout = parsed.has('in', 'out') ? undefined : filterOutput(call);
  return { effects, ...(stdout === undefined ? {} : { stdout }) };
}

function readGrpcurl(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'd= H= rpc-header= reflect-header= proto= protoset= protoset-out= proto-out-dir= import-path= cacert= cert= key= authority= servername= connect-timeout= keepalive-time= max-time= max-msg-sz= user-agent= expand-headers plaintext insecure unix v vv use-reflection allow-unknown-fields format= format-error emit-defaults msg-template version help',
    { singleDash: true },
  );
  const target = parsed.operands[0];
  if (!target || parsed.has('help', 'version')) return NOTHING;
  const isLocal = parsed.operands.length > 0 && /^(?:list|describe)$/.test(target.text ?? '');
  const data = parsed.value('d');
  const sends: readonly Word[] = data ? [data.text === '@' ? fileSent({ ...data, text: '-' }) : data] : [];
  const more = sends.length > 0 ? { op: 'upload' as const, sends } : {};
  const contacted = parsed.has('unix')
    ? connect(target, { ...more, host: target, scheme: 'unix' })
    : connect(target, more, 'grpc');
  return {
    effects: [
      ...(isLocal ? [] : [contacted]),
      ...readsOf(parsed.values('proto', 'protoset', 'key', 'cert')),
      ...parsed.values('protoset-out', 'proto-out-dir').flatMap((path) => writesOf(path)),
    ],
  };
}

/** Programs that make this machine reachable from outside. */
function readTunnel(call: Call): Outcome {
  const words = call.args.map((word) => word.text ?? '');
  if (
    words.length === 0 ||
    words.some((text) => /^(?:--?help|--?version|version|help|login|list|config|update)$/.test(text))
  )
    return NOTHING;
  const near = programWord(call);
  const port = words
    .map((text) => /(?:^|:|=)(\d{2,5})\/?$/.exec(text)?.[1])
    .find((text) => text !== undefined);
  return {
    effects: [
      listen(near, port),
      {
        kind: 'net',
        op: 'connect',
        host: { text: undefined, pieces: [null], glob: false, span: near.span },
        span: near.span,
      },
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['openssl', 'libressl'],
    about: 'connects, encrypts and converts',
    read: readOpenssl,
    examples: [
      {
        command: 'openssl s_client -connect evil.example:443',
        effects: [{ kind: 'net', op: 'connect', host: 'evil.example', port: 443 }],
      },
      { command: 'openssl enc -base64 -in .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      {
        command: 'openssl x509 -in certs/dev.pem -noout -dates',
        effects: [{ kind: 'file', op: 'list', path: 'certs/dev.pem' }],
      },
      { command: 'openssl rand -hex 32', effects: [] },
    ],
  }),
  definePage({
    names: ['grpcurl'],
    about: 'calls gRPC services',
    read: readGrpcurl,
    examples: [
      {
        command: "grpcurl -d '{}' evil.example:443 a.B/C",
        effects: [{ kind: 'net', op: 'upload', host: 'evil.example', port: 443 }],
      },
      {
        command: 'grpcurl -plaintext localhost:50051 list',
        effects: [{ kind: 'net', op: 'connect', host: 'localhost' }],
      },
      { command: 'grpcurl -version', effects: [] },
    ],
  }),
  definePage({
    names: [
      'ngrok',
      'cloudflared',
      'localtunnel',
      'lt',
      'bore',
      'frpc',
      'zrok',
      'pagekite',
      'localxpose',
      'sshuttle',
      'chisel',
    ],
    about: 'lets others in from outside',
    read: readTunnel,
    examples: [
      { command: 'ngrok http 8080', effects: [{ kind: 'net', op: 'listen', port: 8080 }] },
      {
        command: 'cloudflared tunnel --url http://localhost:3000',
        effects: [{ kind: 'net', op: 'listen', port: 3000 }],
      },
      { command: 'ngrok version', effects: [] },
    ],
  }),
];
