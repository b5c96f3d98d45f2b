/** What Python's calls send and fetch: the packages for HTTP, sockets, mail and servers. Data only. */

import { type CallTable, connects, contact, gives, option, pick, touches } from '../actions.ts';
import type { Action } from '../machine.ts';
import { runsStatement } from '../sql-actions.ts';
import * as v from '../value.ts';

/** `requests.get(url, …)` and its kin: what is given as content leaves. */
function requests(method: string | undefined, at: number): Action {
  return (site) => {
    const names = method === 'POST' || method === 'PUT' || method === 'PATCH' ? [at + 1] : [];
    const query = option(site, 'params');
    const slots = [
      ...names,
      ...['data', 'json', 'files', 'content', 'body'].map((name) => [99, name] as const),
    ];
    const bodies = [
      ...slots.map((slot) => pick({ ...site, args: { ...site.args, open: false } }, slot)),
      query && v.sourceOf(query) ? query : undefined,
    ];
    const url = pick(site, [at, 'url']) ?? v.UNKNOWN;
    const target = url.kind === 'ref' && url.args && !url.text ? (url.args.positional[0] ?? v.UNKNOWN) : url;
    let written =
      method ?? v.knownText(at === 1 ? site.args.positional[0] : option(site, 'method'))?.toUpperCase();
    const sent = bodies.filter((body) => body !== undefined && body.kind !== 'scalar') as v.Value[];
    // A request that was made before it is opened brings its own content.
    if (url.kind === 'ref' && url.path === 'urllib.request.Request()' && url.args) {
      const own = { ...site, args: url.args };
      const data = pick(own, [1, 'data']);
      if (data !== undefined) sent.push(data);
      written = v.knownText(option(own, 'method'))?.toUpperCase() ?? (data ? 'POST' : written);
    }
    contact(site, target, sent, written ? { method: written } : {});
    return v.ref('requests.get()', { source: { from: 'net' } });
  };
}

function verbs(prefix: string): CallTable {
  return ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'].map(
    (verb) => [requests(verb.toUpperCase(), 0), `${prefix}.${verb}`] as const,
  );
}

const opensUrl: Action = (site) => requests(undefined, 0)(site);

/** Contacts with other hosts, and listening for them. */
export const NET: CallTable = [
  ...[
    'requests',
    'httpx',
    'aiohttp',
    'requests.Session()',
    'requests.session()',
    'httpx.Client()',
    'httpx.AsyncClient()',
    'aiohttp.ClientSession()',
    'urllib3.PoolManager()',
  ].flatMap(verbs),
  [
    requests(undefined, 1),
    'requests.request httpx.request httpx.stream requests.Session().request httpx.Client().request aiohttp.ClientSession().request urllib3.request urllib3.PoolManager().request aiohttp.request',
  ],
  [opensUrl, 'urllib.request.urlopen urllib.request.build_opener().open webbrowser.open webbrowser.open_new'],
  [
    (site) => {
      opensUrl(site);
      const file = pick(site, [1, 'filename', 'out']);
      if (file) touches('write', [1, 'filename', 'out'], { clobbers: true })(site);
      return undefined;
    },
    'urllib.request.urlretrieve wget.download',
  ],
  [
    gives((site) =>
      v.ref('urllib.request.Request()', { args: site.args, text: pick(site, [0, 'url']) ?? v.UNKNOWN }),
    ),
    'urllib.request.Request',
  ],
  [connects({ host: [0, 'host'], port: [1, 'port'], scheme: 'https' }), 'http.client.HTTPSConnection'],
  [connects({ host: [0, 'host'], port: [1, 'port'], scheme: 'http' }), 'http.client.HTTPConnection'],
  [
    connects({ host: [0, 'address'] }),
    'socket.create_connection socket.socket().connect socket.socket().connect_ex',
  ],
  [connects({ host: 1, body: [0] }), 'socket.socket().sendto'],
  [
    connects({ host: [0, 'host', 'hostname'], port: [1, 'port'] }),
    'smtplib.SMTP smtplib.SMTP_SSL ftplib.FTP ftplib.FTP_TLS telnetlib.Telnet imaplib.IMAP4_SSL imaplib.IMAP4 poplib.POP3_SSL nntplib.NNTP paramiko.Transport asyncio.open_connection paramiko.SSHClient().connect pysftp.Connection',
  ],
  [
    connects({ host: [0, 'uri', 'url'] }),
    'websockets.connect websocket.create_connection xmlrpc.client.ServerProxy',
  ],
  [runsStatement, '?.execute ?.executescript ?.executemany ?.raw ?.exec_driver_sql'],
  [
    connects({ host: [0, 'host', 'dsn'], port: [1, 'port'] }),
    'psycopg2.connect psycopg.connect pymysql.connect mysql.connector.connect asyncpg.connect redis.Redis pymongo.MongoClient',
  ],
  [
    connects({ op: 'resolve' }),
    'socket.gethostbyname socket.gethostbyname_ex socket.getaddrinfo dns.resolver.resolve dns.resolver.query',
  ],
  [
    connects({ op: 'listen' }),
    'socket.socket().bind http.server.HTTPServer http.server.ThreadingHTTPServer socketserver.TCPServer',
  ],
];
