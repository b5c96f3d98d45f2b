/** What JavaScript's functions and modules do, in Node, Deno and Bun. Data only: how calls are written is javascript.ts's business. */

import * as a from '../actions.ts';
import type { Action, Dialect, Machine, Site } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** Functions of `fs`; each also as `…Sync`, in `fs.promises`, and, where the name says it all, on unknown objects. */
const FILES: a.CallTable = [
  [a.deletes(0), 'unlink rmdir'],
  [a.deletesTree(0, 'recursive'), 'rm rmdir'],
  [a.deletesTree(0), 'remove emptyDir'],
  [a.writes(0), 'writeFile truncate outputFile writeJson writeJSON outputJson createWriteStream'],
  [a.appends(0), 'appendFile'],
  [a.creates(0), 'mkdir ensureDir mkdirp ensureFile'],
  [a.reads(0), 'readFile createReadStream readJson readJSON'],
  [a.lists(0), 'stat lstat access exists existsSync opendir'],
  [a.all(a.lists(0), t.constant(v.list([], true))), 'readdir'],
  [a.copies(0, 1), 'copyFile copy'],
  [a.copies(0, 1, { recursive: true }), 'cp'],
  [a.moves('move', 0, 1), 'rename move'],
  [a.moves('link', 0, 1), 'symlink link ensureSymlink ensureLink'],
  [a.changesMode(0, 1), 'chmod lchmod'],
  [a.changesMode(0), 'chown lchown utimes'],
  [a.opens(0, 1), 'open'],
  [a.gives((site) => v.join([a.pick(site, 0) ?? v.UNKNOWN, v.UNKNOWN])), 'mkdtemp'],
];
/** Names that mean a file function on any object, also without `Sync`. */
const DISTINCT = new Set([
  'unlink',
  'rmdir',
  'writeFile',
  'appendFile',
  'readFile',
  'copyFile',
  'createWriteStream',
]);

function fileCalls(): a.CallTable {
  return FILES.map(([action, names]) => {
    const all = names
      .split(' ')
      .flatMap((name) => [`fs.${name}`, `?.${name}Sync`, ...(DISTINCT.has(name) ? [`?.${name}`] : [])]);
    return [action, all.join(' ')] as const;
  });
}

const callsSelf =
  (from: (site: Site) => readonly v.Value[]): Action =>
  (site) =>
    site.self && (site.self.kind === 'ref' || site.self.kind === 'routine')
      ? site.machine.call(site.self, {
          positional: from(site),
          named: new Map(),
          open: site.args.open === true,
        })
      : undefined;

const itemsOf = (value: v.Value | undefined): readonly v.Value[] =>
  value?.kind === 'list' ? value.items : value ? [v.UNKNOWN] : [];

/** `new Deno.Command(program, { args })` and kin. */
const startsCommand: Action = (site) => {
  const words = itemsOf(a.option(site, 'args'));
  a.runArgv(
    site,
    v.list([site.args.positional[0] ?? v.UNKNOWN, ...words], a.option(site, 'args')?.kind === 'unknown'),
  );
  return undefined;
};

/** `Bun.spawn([…])`, `Deno.run({ cmd })`. */
const startsWords: Action = (site) => {
  const given = a.option(site, 'cmd') ?? site.args.positional[0] ?? v.UNKNOWN;
  a.runArgv(site, given);
  return undefined;
};

/** Runs another script of the same language. */
const forks: Action = (site) => {
  const file = site.args.positional[0] ?? v.UNKNOWN;
  a.runArgv(site, v.list([v.text('node'), file, ...itemsOf(site.args.positional[1])]));
  return undefined;
};

const loads: Action = (site) => {
  const given = site.args.positional[0] ?? v.UNKNOWN;
  return v.eachOption(given, (one) => {
    const name = v.knownText(one);
    const pieces = v.piecesOf(one);
    if (name === undefined) {
      if (typeof pieces[0] !== 'string') a.hides('it loads a module that is known only when it runs')(site);
      return v.UNKNOWN;
    }
    if (/^(?:data|https?):/.test(name)) return loadsFrom(site, name);
    if (!/^(?:\.{0,2}\/|file:)/.test(name)) return v.ref(name);
    if (/\.json$/.test(name))
      return a.reads(0)({ ...site, args: { ...site.args, positional: [one] } }) ?? v.UNKNOWN;
    // Modules beside an inline text are its own code; those of a file are the project's.
    if (site.machine.file === undefined)
      a.runsFile(0)({
        ...site,
        args: { ...site.args, positional: [v.text(name.replace(/^file:\/\//, ''))] },
      });
    return v.UNKNOWN;
  });
};

function loadsFrom(site: Site, url: string): v.Value {
  const data = /^data:[^,]*?(;base64)?,/.exec(url);
  if (!data) {
    a.contact(site, v.text(url), []);
    a.runCode(site, v.unknownFrom({ from: 'net' }), 'javascript');
    return v.UNKNOWN;
  }
  const body = url.slice(data[0].length);
  a.runCode(site, v.text(data[1] ? Buffer.from(body, 'base64').toString() : unescapeUrl(body)), 'javascript');
  return v.UNKNOWN;
}

function unescapeUrl(known: string): string {
  return known.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
}

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

/** A text that a function takes in place of code: `setTimeout('…')`. */
const evaluatesText: Action = (site) => {
  const [first, ...rest] = site.args.positional;
  if (first?.kind === 'text') a.evaluates(0)(site);
  else if (first) site.machine.call(first, { positional: rest.slice(1), named: new Map() });
  return undefined;
};

/** The last argument of `Function` is its body; it runs when the result is called, which is what it is for. */
const makesFunction: Action = (site) => {
  const body = site.args.positional.at(-1);
  if (body && body.kind !== 'routine') a.runCode(site, body, 'javascript');
  return undefined;
};

const PROCESSES: a.CallTable = [
  [
    a.shells(0),
    'child_process.exec child_process.execSync ?.execSync shelljs.exec execa.command execa.commandSync execa.execaCommand execa.execaCommandSync',
  ],
  [a.shells(0), '$ zx.$ Bun.$ bun.$ execa.$ $.sync zx.$.sync execa.$.sync'],
  [
    a.startsProgram(0, 1),
    'child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync ?.spawnSync ?.execFileSync ?.execFile execa execa.execa execa.execaSync execa.sync cross-spawn cross-spawn.sync tinyexec.x tinyexec.exec nano-spawn node-pty.spawn',
  ],
  [forks, 'child_process.fork'],
  [startsCommand, 'Deno.Command'],
  [startsWords, 'Bun.spawn Bun.spawnSync bun.spawn Deno.run'],
  [
    (site) => {
      a.runCode(site, site.args.positional[0] ?? v.UNKNOWN, 'sh', { place: 'remote' });
      return undefined;
    },
    'ssh2.Client().exec node-ssh.NodeSSH().execCommand ?.execCommand',
  ],
];

const OTHER_FILES: a.CallTable = [
  [
    a.deletesTree(0),
    'rimraf rimraf.rimraf rimraf.sync del del.deleteSync del.deleteAsync del.sync shelljs.rm trash',
  ],
  [a.deletes('*'), 'Bun.file().delete'],
  [a.deletesTree(0, 'recursive'), 'Deno.remove Deno.removeSync'],
  [
    a.writes(0),
    'Deno.writeTextFile Deno.writeTextFileSync Deno.writeFile Deno.writeFileSync Deno.create Deno.truncate Bun.write bun.write shelljs.ShellString().to',
  ],
  [a.reads(0), 'Deno.readTextFile Deno.readTextFileSync Deno.readFile Deno.readFileSync shelljs.cat'],
  [
    t.standsFor((site) => {
      a.reads(0)(site);
      return a.pick(site, 0) ?? v.UNKNOWN;
    }),
    'Bun.file',
  ],
  [a.opens(0, 9), 'Deno.open'],
  [a.copies(0, 1), 'Deno.copyFile Deno.copyFileSync shelljs.cp'],
  [a.moves('move', 0, 1), 'Deno.rename Deno.renameSync shelljs.mv'],
  [a.moves('link', 0, 1), 'Deno.symlink Deno.symlinkSync Deno.link'],
  [a.changesMode(0, 1), 'Deno.chmod Deno.chmodSync'],
  [a.creates(0), 'Deno.mkdir Deno.mkdirSync shelljs.mkdir'],
  [
    (site) => {
      site.machine.changeDirectory(a.pick(site, 0) ?? v.UNKNOWN);
      return undefined;
    },
    'process.chdir Deno.chdir shelljs.cd',
  ],
  [
    a.gives((site) => t.matchesOf(a.pick(site, 0) ?? v.UNKNOWN)),
    'glob glob.sync glob.globSync glob.glob fast-glob fast-glob.sync globby globby.globby globby.globbySync tinyglobby.globSync tinyglobby.glob fs.glob',
  ],
];

const CODE: a.CallTable = [
  [loads, 'require import'],
  [
    a.evaluates(0),
    'eval vm.runInThisContext vm.runInNewContext vm.runInContext vm.Script vm.compileFunction vm.SourceTextModule',
  ],
  [
    makesFunction,
    'Function ?.constructor text.constructor list.constructor routine.constructor AsyncFunction',
  ],
  [evaluatesText, 'setTimeout setInterval setImmediate'],
  [
    (site) => (v.isTrue(a.option(site, 'eval')) ? a.evaluates(0)(site) : a.runsFile(0)(site)),
    'Worker worker_threads.Worker',
  ],
  [
    a.hides('it reaches below the functions that are known'),
    'process.binding process._linkedBinding process.dlopen',
  ],
  [
    a.hides('it calls a function of a sensitive module that is known only when it runs'),
    'fs.? child_process.? process.? Deno.? Bun.?',
  ],
  [t.constant(v.ref('require')), 'module.createRequire'],
  [callsSelf((site) => site.args.positional.slice(1)), 'call ?.call routine.call'],
  [callsSelf((site) => itemsOf(site.args.positional[1])), '?.apply routine.apply'],
  [
    (site) => {
      if (site.args.positional.length > 1) callsSelf((one) => one.args.positional.slice(1))(site);
      return site.self;
    },
    '?.bind routine.bind',
  ],
  [
    (site) =>
      site.machine.call(site.args.positional[0] ?? v.UNKNOWN, {
        positional: itemsOf(site.args.positional[2]),
        named: new Map(),
      }),
    'Reflect.apply',
  ],
  [
    a.gives((site) =>
      site.machine.index(site.args.positional[0] ?? v.UNKNOWN, site.args.positional[1] ?? v.UNKNOWN),
    ),
    'Reflect.get',
  ],
  [
    (site) => {
      const [callback] = site.args.positional;
      if (callback)
        site.machine.call(callback, {
          positional: [
            site.self?.kind === 'ref' && !site.self.source && /^[\w:@/.-]+$/.test(site.self.path)
              ? site.self
              : v.unknownFrom(site.self && v.sourceOf(site.self)),
          ],
          named: new Map(),
        });
      return undefined;
    },
    '?.then',
  ],
];

const NET: a.CallTable = [
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

const ENVIRONMENT: a.CallTable = [
  [a.readsEnv(0), 'Deno.env.get'],
  [a.gives(() => v.ref('process.env', { source: { from: 'env' } })), 'Deno.env.toObject'],
  [
    a.shows,
    'console.log console.error console.info console.warn console.debug console.table console.dir process.stdout.write process.stderr.write',
  ],
  [a.serialises, 'JSON.stringify util.inspect'],
  [
    t.isHarmless,
    'Object.keys Boolean Number isNaN parseInt parseFloat ?.includes text.includes text.startsWith text.endsWith text.indexOf',
  ],
];

const VALUES: a.CallTable = [
  [t.joinsPaths, 'path.join'],
  [t.joinsPaths, 'path.resolve'],
  [
    t.passes(0),
    'path.normalize url.fileURLToPath url.pathToFileURL util.promisify String Promise.resolve structuredClone Object.freeze encodeURI Object path.relative',
  ],
  [a.gives((site) => t.parentOf(a.pick(site, 0) ?? v.UNKNOWN)), 'path.dirname'],
  [a.gives((site) => t.baseOf(a.pick(site, 0) ?? v.UNKNOWN)), 'path.basename'],
  [t.constant(v.HOME), 'os.homedir'],
  [t.constant(v.text('/tmp')), 'os.tmpdir'],
  [t.constant(v.text('.')), 'process.cwd Deno.cwd'],
  [
    t.standsFor((site) => {
      const [path = v.UNKNOWN, base] = site.args.positional;
      const root = base && v.knownText(base);
      return base === undefined
        ? path
        : root !== undefined && /^https?:/.test(root)
          ? v.join([v.text((/^https?:\/\/[^/]*/.exec(root) as RegExpExecArray)[0]), v.text('/'), path])
          : t.joinPaths([t.parentOf(base), path]);
    }),
    'URL',
  ],
  [a.gives(({ self }) => (self?.kind === 'ref' && self.text ? self.text : v.UNKNOWN)), 'URL().toString'],
  [t.fromCodes, 'String.fromCharCode String.fromCodePoint'],
  [
    a.gives((site) => {
      const how = v.knownText(site.args.positional[1]) ?? '';
      const first = site.args.positional[0];
      return (
        (first?.kind === 'list'
          ? t.fromCodes({ ...site, args: { ...site.args, positional: [first] } })
          : /^base64/.test(how)
            ? t.decodesBase64(0)(site)
            : how === 'hex'
              ? t.decodesHex(0)(site)
              : first) ?? v.UNKNOWN
      );
    }),
    'Buffer.from Uint8Array Uint8Array.from Buffer',
  ],
  [t.decodesBase64(0), 'atob'],
  [t.changesText(unescapeUrl, 0), 'decodeURIComponent decodeURI unescape'],
  [
    t.passes('self'),
    'text.toString text.valueOf text.normalize list.flat list.slice list.sort list.concat ?.bind TextDecoder().decode',
  ],
  [t.passes(0), 'TextDecoder().decode'],
  [a.gives((site) => v.join([site.self ?? v.UNKNOWN, ...site.args.positional])), 'text.concat'],
  [
    a.gives((site) =>
      v.list([
        ...itemsOf(site.self),
        ...site.args.positional.flatMap((one) => (one.kind === 'list' ? one.items : [one])),
      ]),
    ),
    'list.concat',
  ],
  [t.replacesText, 'text.replace text.replaceAll'],
  [
    a.gives(
      (site) =>
        (v.knownText(a.pick(site, 0)) === ''
          ? t.decodes((known) => v.list([...known].map(v.text)), 'self')(site)
          : t.splits('self', 0)(site)) ?? v.UNKNOWN,
    ),
    'text.split',
  ],
  [t.slices(), 'text.slice text.substring text.substr list.slice'],
  [t.changesText((known) => known.toLowerCase()), 'text.toLowerCase'],
  [t.changesText((known) => known.toUpperCase()), 'text.toUpperCase'],
  [t.changesText((known) => known.trim()), 'text.trim text.trimEnd text.trimStart'],
  [a.gives((site) => t.repeat(site.self ?? v.UNKNOWN, a.pick(site, 0) ?? v.UNKNOWN)), 'text.repeat'],
  [
    a.gives((site) => site.machine.index(site.self ?? v.UNKNOWN, a.pick(site, 0) ?? v.UNKNOWN)),
    'text.charAt text.at list.at',
  ],
  [
    t.decodes((known, site) => v.scalar(known.charCodeAt(v.knownNumber(a.pick(site, 0)) ?? 0)), 'self'),
    'text.charCodeAt text.codePointAt',
  ],
  [t.reverses('self'), 'list.reverse list.toReversed'],
  [t.joinsItems('self', [0], ','), 'list.join'],
  [t.mapsItems(0, 'self'), 'list.map list.forEach list.flatMap ?.map ?.forEach ?.flatMap'],
  [t.choosesItems(0, 'self'), 'list.filter list.find list.some list.every ?.filter ?.find ?.some ?.every'],
  [
    a.gives((site) =>
      site.args.positional[1]
        ? t.mapItems(site, site.args.positional[1], t.listsItems(site) ?? v.UNKNOWN)
        : (t.listsItems(site) ?? v.UNKNOWN),
    ),
    'Array.from',
  ],
  [a.gives((site) => v.list(site.args.positional)), 'Array.of Promise.all Promise.allSettled'],
  [
    a.gives((site) => (site.args.positional[0]?.kind === 'list' ? site.args.positional[0] : v.UNKNOWN)),
    'Promise.all Promise.allSettled Promise.race',
  ],
  [
    a.gives(({ args }) =>
      args.positional[0]?.kind === 'dictionary'
        ? v.list([...args.positional[0].entries.values()])
        : v.unknownFrom(args.positional[0] && v.sourceOf(args.positional[0])),
    ),
    'Object.values',
  ],
  [
    a.gives(({ args }) =>
      args.positional[0]?.kind === 'dictionary'
        ? v.list([...args.positional[0].entries].map(([key, value]) => v.list([v.text(key), value])))
        : v.unknownFrom(args.positional[0] && v.sourceOf(args.positional[0])),
    ),
    'Object.entries',
  ],
  [
    a.gives(({ args }) => ({
      kind: 'dictionary',
      entries: new Map(
        args.positional.flatMap((one) =>
          one.kind === 'dictionary'
            ? [...one.entries]
            : v.sourceOf(one)
              ? [['', v.unknownFrom(v.sourceOf(one))] as [string, v.Value]]
              : [],
        ),
      ),
    })),
    'Object.assign',
  ],
];

let dialect: Dialect | undefined;

/** JavaScript's dialect; the table is built when it is first asked for. */
export function javascriptDialect(): Dialect {
  dialect ??= {
    language: 'javascript',
    calls: a.callsOf(fileCalls(), OTHER_FILES, PROCESSES, CODE, NET, ENVIRONMENT, VALUES),
    constants: new Map<string, (machine: Machine, self?: v.Value) => v.Value>([
      ['process.env', () => v.ref('process.env', { source: { from: 'env' } })],
      ['process.execPath', () => v.text('node')],
      ['process.argv', argumentsOf],
      ['Deno.args', (machine) => v.list(itemsOf(argumentsOf(machine)).slice(2), machine.args === undefined)],
      ['__filename', fileOf],
      ['import.meta.filename', fileOf],
      ['import.meta.url', fileOf],
      ['__dirname', (machine) => t.parentOf(fileOf(machine))],
      ['import.meta.dirname', (machine) => t.parentOf(fileOf(machine))],
      ['os.EOL', () => v.text('\n')],
      ['path.sep', () => v.text('/')],
      ['process.platform', () => v.text('linux')],
    ]),
    canonical,
  };
  return dialect;
}

function fileOf(machine: Machine): v.Value {
  return v.text(machine.file ?? './code');
}

function argumentsOf(machine: Machine): v.Value {
  if (!machine.args) return v.list([], true);
  const words = machine.args.map((word) =>
    v.textOf(
      word.text !== undefined ? [word.text] : (word.pieces ?? [null]).map((piece) => piece ?? v.UNKNOWN),
    ),
  );
  // With a file it stands second, without one it is left out.
  return v.list([v.text('node'), ...(machine.file === undefined ? words.slice(1) : words)]);
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:globalThis|global|window|self)\.(?=.)/, ''],
  [/^node:/, ''],
  [/^(?:process\.mainModule|module|require\.main|process)\.(?:require|getBuiltinModule)$/, 'require'],
  [/^module\.createRequire\(\)$/, 'require'],
  [/^([\w:@/-]+)\.default(?=\.|$)/, '$1'],
  [/^(?:fs-extra|graceful-fs|mz\/fs|fs\/promises)(?=\.|$)/, 'fs'],
  [/^fs\.promises\./, 'fs.'],
  [/^(fs|os)\.constants\./, '$1.constant.'],
  [/^fs\.(\w+)Sync$/, 'fs.$1'],
  [/^(?:path\/posix|path\.posix|path\.win32)(?=\.|$)/, 'path'],
  [/^dns\/promises(?=\.|$)/, 'dns'],
  [/^bun\.(?=[$swf])/, 'Bun.'],
  [/^Deno\.env\.(?!get$|toObject$)/, 'process.env.'],
  [/^Bun\.env(?=\.|$)/, 'process.env'],
];

function canonical(written: string): string {
  let path = written;
  for (const [pattern, spelling] of SPELLINGS) path = path.replace(pattern, spelling);
  return path;
}
