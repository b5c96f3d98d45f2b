/** What JavaScript's calls send and fetch: `fetch`, the packages for HTTP, sockets and servers. Data only. */

import * as a from '../actions.ts';
import type { Action } from '../machine.ts';
import { runsStatement } from '../sql-actions.ts';
import * as v from '../value.ts';

const SENT = ['body', 'data', 'json', 'form', 'formData'];

/** `fetch(url, { method, body })`, `axios({ url, method, data })`. */
function fetches(method?: string, bodyAt?: number): Action {
  return (site) => {
    const [first = v.UNKNOWN] = site.args.positional;
    const target = first.kind === 'dictionary' ? hostOf(first) : first;
    const bodies = [
      ...SENT.map((name) => a.option(site, name)),
      bodyAt === undefined ? undefined : site.args.positional[bodyAt],
    ];
    const written = method ?? v.knownText(a.option(site, 'method'))?.toUpperCase();
    const sent = bodies.filter((body) => body !== undefined && body.kind !== 'scalar') as v.Value[];
    a.contact(site, target, sent, written ? { method: written } : {});
    return v.ref(`${site.path}()`, { source: { from: 'net' }, text: target });
  };
}

/** Host out of `{ hostname, port }` or `{ url }`. */
function hostOf(options: v.Dictionary): v.Value {
  const { entries } = options;
  const url = entries.get('url') ?? entries.get('uri');
  if (url) return url;
  const host = entries.get('hostname') ?? entries.get('host') ?? v.text('localhost');
  const port = entries.get('port');
  return port ? v.list([host, port]) : host;
}

/** `http.request(url | options)`: what is written to it later leaves too. */
const requests: Action = (site) => {
  const given = site.args.positional.slice(0, 2);
  const url = given.find((one) => one.kind !== 'dictionary' && one.kind !== 'routine');
  const options = given.find((one) => one.kind === 'dictionary');
  const target = url ?? (options ? hostOf(options) : v.UNKNOWN);
  const method = v.knownText(options?.entries.get('method'))?.toUpperCase() ?? 'GET';
  const isUrl = url !== undefined;
  a.contact(site, target, [], {
    method,
    ...(isUrl ? {} : { scheme: site.path.startsWith('https') ? 'https' : 'http' }),
  });
  return v.ref('http.request()', {
    text: target,
    source: { from: 'net' },
    args: { positional: [v.text(method)], named: new Map() },
  });
};

const sendsRequest: Action = (site) => {
  const [body] = site.args.positional;
  const { self } = site;
  if (!body || body.kind === 'routine' || self?.kind !== 'ref' || !self.text) return undefined;
  const method = v.knownText(self.args?.positional[0]);
  a.contact(site, self.text, [body], method ? { method } : {});
  return undefined;
};

/** `net.connect(port, host)` or `net.connect({ port, host })`; a path is a Unix socket. */
const connectsSocket: Action = (site) => {
  const [first = v.UNKNOWN, second] = site.args.positional;
  const isPort = first.kind === 'scalar' || /^\d+$/.test(v.knownText(first) ?? '');
  const target =
    first.kind === 'dictionary'
      ? (first.entries.get('path') ?? hostOf(first))
      : isPort
        ? v.list([second && second.kind !== 'routine' ? second : v.text('localhost'), first])
        : first;
  a.contact(site, target, []);
  return v.ref('net.connect()', { text: target, source: { from: 'net' } });
};

const sendsDatagram: Action = (site) => {
  const texts = site.args.positional.filter(
    (one, at) => at > 0 && one.kind !== 'scalar' && one.kind !== 'routine',
  );
  a.contact(site, texts.at(-1) ?? v.UNKNOWN, site.args.positional.slice(0, 1));
  return undefined;
};

const listens: Action = (site) => {
  const [first, second] = site.args.positional;
  const options = first?.kind === 'dictionary' ? first.entries : undefined;
  const host = options?.get('host') ?? (second && second.kind === 'text' ? second : v.text('0.0.0.0'));
  const port = options?.get('port') ?? first;
  a.contact(site, v.list([host, port ?? v.UNKNOWN]), [], { op: 'listen' });
  return undefined;
};

/** Contacts with other hosts, and listening for them. */
export const NET: a.CallTable = [
  [
    runsStatement,
    '?.query ?.execute ?.prepare ?.$executeRawUnsafe ?.$queryRawUnsafe better-sqlite3().exec sqlite.DatabaseSync().exec sqlite3.Database().exec sqlite3.Database().run',
  ],
  [
    fetches(),
    'fetch node-fetch undici.fetch undici.request axios axios.request got ky request superagent needle ofetch.ofetch ofetch.$fetch',
  ],
  ...['axios', 'got', 'ky', 'superagent', 'request', 'needle', 'axios.create()', 'got.extend()'].flatMap(
    (name): a.CallTable => [
      [fetches('GET'), `${name}.get ${name}.head ${name}.options`],
      [fetches('DELETE'), `${name}.delete ${name}.del`],
      [fetches('POST', 1), `${name}.post`],
      [fetches('PUT', 1), `${name}.put`],
      [fetches('PATCH', 1), `${name}.patch`],
    ],
  ),
  [requests, 'http.request http.get https.request https.get http2.connect'],
  [
    sendsRequest,
    'http.request().write http.request().end net.connect().write net.connect().end WebSocket().send ws().send',
  ],
  [connectsSocket, 'net.connect net.createConnection tls.connect net.Socket().connect'],
  [sendsDatagram, 'dgram.createSocket().send'],
  [a.connects(), 'WebSocket ws ws.WebSocket EventSource socket.io-client.io Deno.upgradeWebSocket ?.goto'],
  [
    (site) =>
      fetches(v.knownText(site.args.positional[0])?.toUpperCase())({
        ...site,
        args: { ...site.args, positional: site.args.positional.slice(1) },
      }),
    'XMLHttpRequest().open',
  ],
  [
    (site) => {
      a.contact(
        site,
        site.args.positional[0]?.kind === 'dictionary' ? hostOf(site.args.positional[0]) : v.UNKNOWN,
        [],
      );
      return undefined;
    },
    'Deno.connect Deno.connectTls Bun.connect ssh2.Client().connect nodemailer.createTransport',
  ],
  [
    a.connects({ op: 'resolve' }),
    'dns.lookup dns.resolve dns.resolve4 dns.resolve6 dns.resolveTxt dns.promises.lookup dns.promises.resolve Deno.resolveDns',
  ],
  [
    listens,
    'http.createServer().listen https.createServer().listen net.createServer().listen express().listen Deno.serve Deno.listen Bun.serve',
  ],
];
