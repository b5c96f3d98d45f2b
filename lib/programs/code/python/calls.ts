/** What Python's functions, methods and modules do. Data only: how calls are written is python.ts's business. */

import {
  all,
  appends,
  type CallTable,
  callsOf,
  changesMode,
  connects,
  contact,
  copies,
  creates,
  deletes,
  deletesTree,
  evaluates,
  gives,
  hides,
  lists,
  moves,
  opens,
  option,
  pick,
  reads,
  readsEnv,
  runArgv,
  runCode,
  runsFile,
  runsProgram,
  serialises,
  shells,
  shows,
  startsProgram,
  touches,
  writes,
} from '../actions.ts';
import type { Action, Dialect, Machine } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** Path text of a `Path` object. */
const own = (_: unknown, self?: v.Value): v.Value =>
  self?.kind === 'ref' && self.text ? self.text : v.unknownFrom(self && v.sourceOf(self));

const path = (make: (self: v.Value, args: v.Args) => v.Value): Action =>
  gives(({ self, args }) => v.eachOption(make(own(undefined, self), args), newPath));

function newPath(text: v.Value): v.Value {
  return v.ref('pathlib.Path()', { text });
}

/** A list of words is a program, one text a program's name, or a shell's text with `shell=True`. */
const runsProcess: Action = (site) => {
  const given = pick(site, [0, 'args']) ?? v.UNKNOWN;
  for (const words of v.optionsOf(given)) {
    if (!v.isTrue(option(site, 'shell'))) runArgv(site, words);
    else if (words.kind === 'list') runCode(site, words.items[0] ?? v.UNKNOWN, 'sh');
    else runCode(site, words, 'sh');
  }
  return undefined;
};

/** `os.execl(path, name, …)`: the first word of the list is only what the program is told it is called. */
function replacesProcess(from: number): Action {
  return (site) => {
    const program = site.args.positional[from] ?? v.UNKNOWN;
    const rest = site.args.positional.slice(from + 1).filter((one) => one.kind !== 'dictionary');
    const [only] = rest;
    const words = rest.length === 1 && only?.kind === 'list' ? only : v.list(rest, site.args.open);
    const isUnknown = only !== undefined && only.kind === 'unknown';
    runArgv(
      site,
      v.list([program, ...words.items.slice(isUnknown ? 0 : 1)], words.open === true || isUnknown),
    );
    return undefined;
  };
}

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
    const written =
      method ?? v.knownText(at === 1 ? site.args.positional[0] : option(site, 'method'))?.toUpperCase();
    const sent = bodies.filter((body) => body !== undefined && body.kind !== 'scalar') as v.Value[];
    // A request that was made before it is opened brings its own content.
    if (url.kind === 'ref' && url.path === 'urllib.request.Request()' && url.args) {
      const own = { ...site, args: url.args };
      sent.push(...[pick(own, [1, 'data'])].filter((body) => body !== undefined));
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

const importsModule: Action = (site) => {
  const given = pick(site, [0, 'name']) ?? v.UNKNOWN;
  return v.eachOption(given, (one) => {
    const name = v.knownText(one);
    if (name !== undefined) return v.ref(name.replace(/^\.+/, ''));
    // What only the start is known of is a module of that package.
    if (typeof v.piecesOf(one)[0] !== 'string')
      hides('it loads a module that is known only when it runs')(site);
    return v.UNKNOWN;
  });
};

const getsAttribute: Action = (site) => {
  const [of, name] = site.args.positional;
  return of && name
    ? v.combine([of, name], ([one, key]) => site.machine.member(one as v.Value, v.knownText(key) ?? '?'))
    : undefined;
};

const setsEnv: Action = (site) => {
  site.machine.env('set', v.knownText(pick(site, 0)), {
    value: v.wordOf(pick(site, 1) ?? v.UNKNOWN, site.machine.near),
  });
  return undefined;
};

/** Only a program that wants to hide brings its own pickle. */
const unpickles: Action = (site) =>
  v.knownText(pick(site, 0)) === undefined
    ? undefined
    : hides('it unpacks an object that may run code')(site);

const walks: Action = gives((site) => {
  const root = pick(site, [0, 'top']) ?? v.text('.');
  site.machine.sink.effect({
    kind: 'file',
    op: 'list',
    path: site.machine.place(root),
    span: site.machine.near.span,
  });
  const below = t.joinPaths([root, v.UNKNOWN]);
  return v.list([v.list([below, v.list([], true), v.list([], true)])]);
});

const listsNames: Action = all(lists(0), t.constant(v.list([], true)));

/** What a pattern below a `Path` finds, as `Path` objects. */
const finds = (deep: boolean): Action =>
  gives(({ self, args }) => {
    const parts = [own(undefined, self), ...(deep ? [v.text('**')] : []), args.positional[0] ?? v.UNKNOWN];
    return v.list(t.matchesOf(t.joinPaths(parts), true).items.map(newPath));
  });

/** `os.open(path, os.O_WRONLY | os.O_CREAT)`. */
const opensRaw: Action = (site) => {
  const flags = site.args.positional[1];
  const names = flags?.kind === 'ref' ? flags.path : undefined;
  if (names === undefined) touches('write', 0, { uncertain: true })(site);
  else if (/O_(?:WRONLY|RDWR|APPEND|CREAT|TRUNC)/.test(names)) touches('write', 0)(site);
  else reads(0)(site);
  return undefined;
};

const FILES: CallTable = [
  [deletes([0, 'path']), 'os.remove os.unlink os.rmdir os.removedirs send2trash.send2trash'],
  [deletesTree([0, 'path']), 'shutil.rmtree'],
  [moves('move', [0, 'src'], [1, 'dst']), 'os.rename os.replace os.renames shutil.move'],
  [copies([0, 'src'], [1, 'dst']), 'shutil.copy shutil.copy2 shutil.copyfile'],
  [copies([0, 'src'], [1, 'dst'], { recursive: true }), 'shutil.copytree distutils.dir_util.copy_tree'],
  [moves('link', [0, 'src'], [1, 'dst']), 'os.symlink os.link'],
  [changesMode([0, 'path'], [1, 'mode']), 'os.chmod os.lchmod'],
  [changesMode([0, 'path']), 'os.chown os.lchown shutil.chown os.setxattr os.utime'],
  [writes([0, 'path']), 'os.truncate os.mkfifo os.mknod'],
  [creates([0, 'name', 'path']), 'os.mkdir os.makedirs'],
  [opens([0, 'file']), 'open gzip.open bz2.open lzma.open zipfile.ZipFile'],
  [opens([0, 'name', 'fileobj']), 'tarfile.open'],
  [opensRaw, 'os.open'],
  [writes([0, 'base_name']), 'shutil.make_archive'],
  [touches('write', [1, 'extract_dir', 'path'], { recursive: true }), 'shutil.unpack_archive'],
  [
    (site) =>
      touches('write', 0, { recursive: true })({
        ...site,
        args: { ...site.args, positional: [pick(site, [0, 'path']) ?? v.text('.')] },
      }),
    '?.extractall',
  ],
  [
    lists(0),
    'os.path.exists os.path.isfile os.path.isdir os.stat os.path.getsize os.path.getmtime os.access',
  ],
  [listsNames, 'os.listdir'],
  [
    gives((site) =>
      v.list([v.ref('os.DirEntry()', { text: t.joinPaths([pick(site, 0) ?? v.text('.'), v.UNKNOWN]) })]),
    ),
    'os.scandir',
  ],
  [walks, 'os.walk os.fwalk'],
  [gives((site) => t.matchesOf(pick(site, [0, 'pathname']) ?? v.UNKNOWN)), 'glob.glob glob.iglob'],
  [
    reads([0, 'filepath_or_buffer', 'fname', 'file', 'io']),
    'pandas.read_csv pandas.read_json pandas.read_excel pandas.read_parquet numpy.load numpy.loadtxt linecache.getlines fileinput.input dotenv.dotenv_values dotenv.load_dotenv',
  ],
  [
    writes([0, 'path_or_buf', 'fname']),
    '?.to_csv ?.to_json ?.to_excel ?.to_parquet ?.savefig numpy.save numpy.savetxt',
  ],
  [
    (site) =>
      v.isTrue(option(site, 'inplace')) ? touches('write', [0, 'files'])(site) : reads([0, 'files'])(site),
    'fileinput.input fileinput.FileInput',
  ],
  [
    (site) => {
      site.machine.changeDirectory(pick(site, [0, 'path']) ?? v.UNKNOWN);
      return undefined;
    },
    'os.chdir',
  ],
];

const PATHS: CallTable = [
  [
    t.standsFor(({ args }) => t.joinPaths(args.open ? [...args.positional, v.UNKNOWN] : args.positional)),
    'pathlib.Path',
  ],
  [deletes('self'), 'pathlib.Path().unlink pathlib.Path().rmdir ?.unlink ?.rmdir ?.removedirs'],
  [deletesTree('self'), 'pathlib.Path().rmtree ?.rmtree'],
  [writes('self'), 'pathlib.Path().write_text pathlib.Path().write_bytes ?.write_text ?.write_bytes'],
  [reads('self'), 'pathlib.Path().read_text pathlib.Path().read_bytes ?.read_text ?.read_bytes'],
  [(site) => opens('self', [0, 'mode'])(site), 'pathlib.Path().open'],
  [creates('self'), 'pathlib.Path().mkdir pathlib.Path().touch'],
  [changesMode('self', [0, 'mode']), 'pathlib.Path().chmod'],
  [
    all(moves('move', 'self', [0, 'target']), t.passes(0)),
    'pathlib.Path().rename pathlib.Path().replace pathlib.Path().move',
  ],
  [moves('link', [0, 'target'], 'self'), 'pathlib.Path().symlink_to pathlib.Path().hardlink_to'],
  [lists('self'), 'pathlib.Path().exists pathlib.Path().is_file pathlib.Path().is_dir pathlib.Path().stat'],
  [finds(false), 'pathlib.Path().glob'],
  [finds(true), 'pathlib.Path().rglob'],
  [
    gives(({ self }) => v.list([newPath(t.joinPaths([own(undefined, self), v.UNKNOWN]))])),
    'pathlib.Path().iterdir pathlib.Path().walk',
  ],
  [path((self, args) => t.joinPaths([self, ...args.positional])), 'pathlib.Path().joinpath'],
  [path((self) => self), 'pathlib.Path().resolve pathlib.Path().absolute'],
  [path((self) => t.expandHome(self)), 'pathlib.Path().expanduser'],
  [
    path((self, args) => t.joinPaths([t.parentOf(self), args.positional[0] ?? v.UNKNOWN])),
    'pathlib.Path().with_name',
  ],
  [
    path((self, args) =>
      v.eachOption(self, (one) =>
        v.textOf([
          ...v.piecesOf(one).slice(0, -1),
          String(v.piecesOf(one).at(-1) ?? '').replace(/\.[^./]*$/, ''),
          ...v.piecesOf(args.positional[0] ?? v.UNKNOWN),
        ]),
      ),
    ),
    'pathlib.Path().with_suffix',
  ],
  [path(() => v.HOME), 'pathlib.Path.home'],
  [path(() => v.text('.')), 'pathlib.Path.cwd'],
  [gives(({ self }) => own(undefined, self)), 'pathlib.Path().as_posix pathlib.Path().__str__'],
  [t.joinsPaths, 'os.path.join'],
  [
    t.passes(0),
    'os.path.abspath os.path.realpath os.path.normpath os.path.normcase os.path.relpath os.fspath os.fsencode os.fsdecode',
  ],
  [gives((site) => t.expandHome(pick(site, 0) ?? v.UNKNOWN)), 'os.path.expanduser'],
  [
    gives((site) =>
      v.eachOption(pick(site, 0) ?? v.UNKNOWN, (one) =>
        /^(\$HOME|\$\{HOME\})(?=\/|$)/.test(v.knownText(one) ?? '')
          ? v.join([v.HOME, v.text((v.knownText(one) as string).replace(/^\$\{?HOME\}?/, ''))])
          : one,
      ),
    ),
    'os.path.expandvars',
  ],
  [gives((site) => t.parentOf(pick(site, 0) ?? v.UNKNOWN)), 'os.path.dirname'],
  [gives((site) => t.baseOf(pick(site, 0) ?? v.UNKNOWN)), 'os.path.basename'],
  [t.constant(v.text('.')), 'os.getcwd os.getcwdb'],
  [t.constant(v.text('/tmp')), 'tempfile.gettempdir'],
  [
    gives((site) => v.ref(`${site.path}()`, { text: v.textOf(['/tmp/', v.UNKNOWN]) })),
    'tempfile.TemporaryDirectory tempfile.NamedTemporaryFile tempfile.mktemp',
  ],
  [t.constant(v.textOf(['/tmp/', v.UNKNOWN])), 'tempfile.mkdtemp'],
  [t.constant(v.list([v.UNKNOWN, v.textOf(['/tmp/', v.UNKNOWN])])), 'tempfile.mkstemp'],
];

const PROCESSES: CallTable = [
  [
    shells([0, 'command', 'cmd']),
    'os.system os.popen os.popen2 os.popen3 os.popen4 subprocess.getoutput subprocess.getstatusoutput asyncio.create_subprocess_shell pexpect.run ?.system',
  ],
  [
    runsProcess,
    'subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen',
  ],
  [runsProgram, 'asyncio.create_subprocess_exec pexpect.spawn'],
  [startsProgram(0, 1), 'os.posix_spawn os.posix_spawnp'],
  [
    replacesProcess(0),
    'os.execv os.execve os.execvp os.execvpe os.execl os.execle os.execlp os.execlpe os.posix_spawn os.posix_spawnp',
  ],
  [
    replacesProcess(1),
    'os.spawnv os.spawnve os.spawnvp os.spawnvpe os.spawnl os.spawnle os.spawnlp os.spawnlpe',
  ],
  [
    (site) => {
      runArgv(site, pick(site, 0) ?? v.UNKNOWN);
      return undefined;
    },
    'pty.spawn',
  ],
  [
    (site) => {
      runCode(site, pick(site, 0) ?? v.UNKNOWN, 'sh', { place: 'remote' });
      return undefined;
    },
    'paramiko.SSHClient().exec_command ?.exec_command',
  ],
  [shells(0), '?.getoutput'],
];

const CODE: CallTable = [
  [evaluates(0), 'eval exec execfile'],
  [all(t.passes([0, 'source'])), 'compile'],
  [
    (site) => {
      runCode(site, pick(site, [0, 'stmt']) ?? v.text(''), 'python');
      return undefined;
    },
    'timeit.timeit timeit.repeat cProfile.run profile.run pdb.run code.interact ?.runcode ?.runsource',
  ],
  [runsFile([0, 'path_name']), 'runpy.run_path'],
  [importsModule, '__import__ runpy.run_module'],
  [getsAttribute, 'getattr operator.attrgetter'],
  [
    gives((site) => site.machine.member(site.self ?? v.UNKNOWN, v.knownText(pick(site, 0)) ?? '?')),
    'os.__getattribute__ subprocess.__getattribute__',
  ],
  [gives((site) => v.ref(v.knownText(pick(site, 0)) ?? '?')), 'globals().get locals().get sys.modules.get'],
  [unpickles, 'pickle.loads marshal.loads dill.loads cloudpickle.loads'],
  [hides('it reaches for functions by way of the object tree'), '?.__subclasses__'],
  [
    hides('it calls a function of a sensitive module that is known only when it runs'),
    'os.? subprocess.? shutil.? builtins.? globals().?',
  ],
  [t.mapsItems(0, 1), 'map'],
  [t.choosesItems(0, 1), 'filter'],
  [
    (site) => t.mapItems(site, pick(site, [0, 'func', 'fn']), pick(site, [1, 'iterable']) ?? v.UNKNOWN),
    '?.map ?.imap_unordered',
  ],
];

const NET: CallTable = [
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
  [
    connects({ op: 'resolve' }),
    'socket.gethostbyname socket.gethostbyname_ex socket.getaddrinfo dns.resolver.resolve dns.resolver.query',
  ],
  [
    connects({ op: 'listen' }),
    'socket.socket().bind http.server.HTTPServer http.server.ThreadingHTTPServer socketserver.TCPServer',
  ],
];

const ENVIRONMENT: CallTable = [
  [readsEnv(0), 'os.getenv os.getenvb os.environ.get os.environ.pop os.environ.__getitem__'],
  [setsEnv, 'os.putenv os.environ.setdefault os.environ.__setitem__'],
  [t.isHarmless, 'os.environ.keys os.unsetenv'],
  [
    shows,
    'print pprint.pprint pprint sys.stdout.write sys.stderr.write sys.stdout.buffer.write logging.info logging.debug logging.warning logging.error rich.print',
  ],
  [all(serialises), 'json.dumps yaml.dump pprint.pformat repr str'],
];

const VALUES: CallTable = [
  [
    t.isHarmless,
    'len bool isinstance issubclass type id hash callable hasattr any all sum min max platform.system platform.release os.getpid time.time',
  ],
  [
    t.passes(0),
    'iter next aiter vars textwrap.dedent bytes.decode shlex.quote copy.copy copy.deepcopy bytearray memoryview',
  ],
  [
    gives((site) => {
      serialises(site);
      const [of] = site.args.positional;
      return of === undefined
        ? v.text('')
        : v.eachOption(of, (one) =>
            one.kind === 'list' || one.kind === 'dictionary'
              ? v.unknownFrom(v.sourceOf(one))
              : v.textOf(v.piecesOf(one)),
          );
    }),
    'str',
  ],
  [
    gives(
      (site) =>
        (site.args.positional[0]?.kind === 'list' ? t.fromCodes(site) : t.passes(0)(site)) ?? v.UNKNOWN,
    ),
    'bytes',
  ],
  [
    gives((site) =>
      v.eachOption(pick(site, 0) ?? v.UNKNOWN, (one) => {
        const number = Number(v.knownText(one) ?? v.knownNumber(one) ?? Number.NaN);
        return Number.isFinite(number)
          ? v.scalar(
              Math.trunc(
                v.knownNumber(pick(site, 1)) === 16 ? Number.parseInt(v.knownText(one) ?? '', 16) : number,
              ),
            )
          : v.UNKNOWN;
      }),
    ),
    'int',
  ],
  [t.fromCodes, 'chr'],
  [t.decodes((known) => v.scalar(known.codePointAt(0) ?? 0)), 'ord'],
  [t.listsItems, 'list tuple sorted set frozenset'],
  [t.reverses(0), 'reversed'],
  [t.dictionary, 'dict'],
  [t.zips, 'zip'],
  [t.enumerates, 'enumerate'],
  [
    t.decodesBase64(0),
    'base64.b64decode base64.urlsafe_b64decode base64.standard_b64decode base64.decodebytes binascii.a2b_base64',
  ],
  [t.decodesHex(0), 'bytes.fromhex bytearray.fromhex binascii.unhexlify base64.b16decode'],
  [
    t.decodes((known, site) => {
      const how = v.knownText(pick(site, 1)) ?? '';
      return /rot/.test(how)
        ? v.text(t.rot13(known))
        : /hex/.test(how)
          ? v.text(Buffer.from(known, 'hex').toString())
          : /64/.test(how)
            ? v.text(Buffer.from(known, 'base64').toString())
            : v.text(known);
    }),
    'codecs.decode codecs.encode',
  ],
  [t.splits(0, 9), 'shlex.split'],
  [t.joinsItems([0], 9, ' '), 'shlex.join subprocess.list2cmdline'],
  [t.joinsItems(0, 'self'), 'text.join'],
  [t.splits('self', 0), 'text.split text.rsplit'],
  [t.decodes((known) => v.list(known.split('\n').map(v.text)), 'self'), 'text.splitlines'],
  [gives(({ self, args }) => t.fillBraces(self ?? v.UNKNOWN, args)), 'text.format'],
  [t.replacesText, 'text.replace'],
  [t.changesText((known) => known.toLowerCase()), 'text.lower text.casefold'],
  [t.changesText((known) => known.toUpperCase()), 'text.upper'],
  [t.changesText((known) => known.trim()), 'text.strip text.lstrip text.rstrip'],
  [
    gives(
      (site) =>
        (/hex|rot|base64/.test(v.knownText(pick(site, 0)) ?? '')
          ? t.changesText((known) =>
              /rot/.test(v.knownText(pick(site, 0)) ?? '')
                ? t.rot13(known)
                : Buffer.from(known, 'hex').toString(),
            )(site)
          : t.passes('self')(site)) ?? v.UNKNOWN,
    ),
    'text.decode text.encode',
  ],
  [t.getsEntry, 'dictionary.get dictionary.pop dictionary.setdefault'],
  [
    gives(({ self }) => (self?.kind === 'dictionary' ? v.list([...self.entries.values()]) : v.UNKNOWN)),
    'dictionary.values',
  ],
  [
    gives(({ self }) =>
      self?.kind === 'dictionary'
        ? v.list([...self.entries].map(([key, value]) => v.list([v.text(key), value])))
        : v.UNKNOWN,
    ),
    'dictionary.items',
  ],
  [gives(({ self }) => (self?.kind === 'list' ? (self.items.at(-1) ?? v.UNKNOWN) : v.UNKNOWN)), 'list.pop'],
  [t.passes('self'), 'list.copy dictionary.copy'],
];

const HOME_NAMES = /^(?:posixpath|ntpath)\./;

let dialect: Dialect | undefined;

/** Python's dialect; the table is built when it is first asked for. */
export function pythonDialect(): Dialect {
  dialect ??= {
    language: 'python',
    calls: callsOf(FILES, PATHS, PROCESSES, CODE, NET, ENVIRONMENT, VALUES, [[appends(0), '']]),
    constants: new Map<string, (machine: Machine, self?: v.Value) => v.Value>([
      ['os.environ', () => v.ref('os.environ', { source: { from: 'env' } })],
      ['os.environb', () => v.ref('os.environ', { source: { from: 'env' } })],
      ['sys.executable', () => v.text('python3')],
      ['os.sep', () => v.text('/')],
      ['os.linesep', () => v.text('\n')],
      ['os.curdir', () => v.text('.')],
      ['os.pardir', () => v.text('..')],
      ['os.devnull', () => v.text('/dev/null')],
      ['os.name', () => v.text('posix')],
      ['__file__', (machine) => v.text(machine.file ?? './code')],
      ['sys.argv', (machine) => argumentsOf(machine)],
      ['pathlib.Path().parent', (machine, self) => newPath(t.parentOf(own(machine, self)))],
      ['pathlib.Path().name', (machine, self) => t.baseOf(own(machine, self))],
      ['os.DirEntry().path', own],
      ['os.DirEntry().name', (machine, self) => t.baseOf(own(machine, self))],
      ['tempfile.NamedTemporaryFile().name', own],
      ['tempfile.TemporaryDirectory().name', own],
    ]),
    canonical,
  };
  return dialect;
}

function argumentsOf(machine: Machine): v.Value {
  if (!machine.args) return v.list([], true);
  return v.list(
    machine.args.map((word) =>
      v.textOf(
        word.text !== undefined ? [word.text] : (word.pieces ?? [null]).map((piece) => piece ?? v.UNKNOWN),
      ),
    ),
  );
}

/** Modules under which others of the standard library lie about: `shutil.os.system`. */
const MODULES = new Set([
  'os',
  'sys',
  'subprocess',
  'shutil',
  'builtins',
  'socket',
  'pathlib',
  'importlib',
  '_os',
  '_sys',
]);
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:posix|nt)\./, 'os.'],
  [HOME_NAMES, 'os.path.'],
  [/^(?:builtins|__builtins__|__builtin__)\./, ''],
  [/^(?:io|codecs|_io)\.open$/, 'open'],
  [/^pathlib\.(?:Posix|Pure|PurePosix|Windows)Path\b/, 'pathlib.Path'],
  [/^pathlib2\./, 'pathlib.'],
  [/^importlib\.import_module$/, '__import__'],
  [/^importlib\.__import__$/, '__import__'],
  [/^(?:urllib2|urllib|six\.moves\.urllib\.request)\.(?=url|Request|build_opener)/, 'urllib.request.'],
  [/^httplib\./, 'http.client.'],
  [/^commands\./, 'subprocess.'],
  [/^pd\./, 'pandas.'],
  [/^np\./, 'numpy.'],
  [/^(?:globals|locals|vars)\(\)\./, ''],
  [/^sys\.modules\./, ''],
  [/^.*\.(?:__globals__|__builtins__)\./, ''],
  [/^Path(?=\.|\(\)|$)/, 'pathlib.Path'],
];

function canonical(written: string): string {
  let path = written.replaceAll('.__dict__.', '.').replaceAll('().__enter__()', '()');
  if (path.endsWith('.__call__')) path = path.slice(0, -9);
  const names = path.split('.');
  // `logging.os.system` is `os.system`; the last name can be anything.
  const inner = names.findLastIndex((name, at) => at > 0 && at < names.length - 1 && MODULES.has(name));
  if (inner > 0) path = names.slice(inner).join('.').replace(/^_/, '');
  for (const [pattern, spelling] of SPELLINGS) path = path.replace(pattern, spelling);
  return path;
}
