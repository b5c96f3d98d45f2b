/** Reads Perl: its tokens, and what its functions and modules do. */

import type { Outcome } from '../../page.ts';
import * as a from '../actions.ts';
import type { Action, Dialect, Machine, Surroundings } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import type { Manner } from './manner.ts';
import { readScript } from './reader.ts';

/** What a Perl text does. */
export function readPerl(code: string, around: Surroundings): Outcome {
  return readScript(code, around, perlDialect(), PERL);
}

const PERL: Manner = {
  lexicon: {
    lineComments: ['#'],
    blockComments: [
      ['=pod', '\n=cut'],
      ['=head', '\n=cut'],
      ['=begin', '\n=cut'],
      ['=over', '\n=cut'],
    ],
    sigils: '$@%&',
    raw: "'",
    cooked: '"',
    command: '`',
    interpolation: 'perl',
    patterns: true,
    heredocs: '<<',
    quoteWords: {
      q: 'raw',
      qq: 'cooked',
      qx: 'command',
      qw: 'words',
      m: 'pattern',
      qr: 'pattern',
      s: 'replace',
      tr: 'translate',
      y: 'translate',
    },
    end: /^__(?:END|DATA)__/m,
  },
  lines: false,
  members: /^(?:->|::)$/,
  joins: /^\.$/,
  assigns: /^(?:=|\.=|\+=|\|\|=|\/\/=)$/,
  bareCalls: true,
  autoCalls: true,
  topical: /^(?:unlink|rmdir|eval)$/,
  operatorWords: /^(?:x|eq|ne|lt|gt|le|ge|cmp)$/,
};

/** The current item, for functions that were given nothing. */
const orTopic =
  (action: Action): Action =>
  (site) =>
    site.args.positional.length > 0 || site.args.open
      ? action(site)
      : action({ ...site, args: { ...site.args, positional: [site.machine.name('$_')] } });

/** `open(FH, '<', $path)`, `open(FH, "cmd |")`, `open(FH, '-|', 'cmd', …)`. */
const opensHandle: Action = (site) => {
  const [, mode = v.UNKNOWN, ...rest] = site.args.positional;
  for (const one of v.optionsOf(mode)) {
    const known = v.knownText(one);
    const start = v.piecesOf(one)[0];
    if (rest.length > 0) openWith(site, known ?? '+<', rest);
    else if (known !== undefined && /^\s*\||\|\s*$/.test(known)) {
      a.runCode(site, v.text(known.replace(/^\s*\|\s*|\s*\|\s*$/g, '')), 'sh');
    } else if (typeof start === 'string' && /^\s*\|/.test(start)) a.runCode(site, one, 'sh');
    else if (v.piecesOf(one).at(-1) !== undefined && /\|\s*$/.test(String(v.piecesOf(one).at(-1))))
      a.runCode(site, one, 'sh');
    else {
      const sign = typeof start === 'string' ? (/^\s*(\+?[<>]{1,2})/.exec(start)?.[1] ?? '<') : '+<';
      const path =
        typeof start === 'string'
          ? v.textOf([start.replace(/^\s*\+?[<>]{0,2}\s*/, ''), ...v.piecesOf(one).slice(1)])
          : one;
      openWith(site, sign, [path]);
    }
  }
  const path = rest[0] ?? mode;
  const [handle] = site.args.positional;
  if (handle?.kind === 'ref') site.machine.define(handle.path, v.unknownFrom({ from: 'file', path }));
  return undefined;
};

function openWith(site: Parameters<Action>[0], sign: string, rest: readonly v.Value[]): void {
  const args: v.Args = { positional: rest, named: new Map() };
  const inner = { ...site, args };
  // Layers follow the sign: `<:encoding(UTF-8)`.
  const kind = /^\s*([-+<>|]*)/.exec(sign)?.[1] ?? '';
  if (kind.includes('|')) a.runsProgram(inner);
  else if (kind === '>') a.writes(0)(inner);
  else if (kind === '>>') a.appends(0)(inner);
  else if (kind.startsWith('+')) a.touches('write', 0)(inner);
  else a.reads(0)(inner);
}

/** `sysopen(FH, $path, O_WRONLY|O_CREAT)`. */
const opensRaw: Action = (site) => {
  const inner = { ...site, args: { ...site.args, positional: site.args.positional.slice(1, 2) } };
  a.touches('write', 0)(inner);
  return undefined;
};

/** `Module->method(…)` with `key => host` arguments. */
const named = (...names: readonly string[]): a.Slot => [99, ...names];

const slurps: Action = (site) => {
  const path = site.args.positional.find((one) => one.kind !== 'scalar') ?? v.UNKNOWN;
  return a.reads(0)({ ...site, args: { ...site.args, positional: [path] } });
};

const CALLS: a.CallTable = [
  [a.runsProgram, 'system exec'],
  [a.shells(0), '` readpipe'],
  [
    (site) =>
      a.runsProgram({ ...site, args: { ...site.args, positional: site.args.positional.slice(0, 1) } }),
    'IPC.Run.run IPC.Cmd.run',
  ],
  [
    (site) => a.runsProgram({ ...site, args: { ...site.args, positional: site.args.positional.slice(2) } }),
    'open2 IPC.Open2.open2',
  ],
  [
    (site) => a.runsProgram({ ...site, args: { ...site.args, positional: site.args.positional.slice(3) } }),
    'open3 IPC.Open3.open3',
  ],
  [a.shells(0), 'capture capturex IPC.System.Simple.capture'],
  [opensHandle, 'open'],
  [opensRaw, 'sysopen'],
  [orTopic(a.deletes('*')), 'unlink'],
  [orTopic(a.deletes(0)), 'rmdir ?.unlink'],
  [a.deletesTree('*'), 'rmtree remove_tree File.Path.rmtree File.Path.remove_tree'],
  [a.deletesTree('self'), '?.remove_tree Path.Tiny.path().remove_tree path().remove_tree'],
  [a.deletes('self'), 'Path.Tiny.path().remove path().remove'],
  [a.writes('self'), 'path().spew path().spew_utf8 Path.Tiny.path().spew'],
  [a.reads('self'), 'path().slurp path().slurp_utf8 path().lines Path.Tiny.path().slurp'],
  [t.standsFor(({ args }) => t.joinPaths(args.positional)), 'path Path.Tiny.path Path.Tiny.new'],
  [a.creates('*'), 'mkdir make_path mkpath File.Path.make_path File.Path.mkpath'],
  [a.moves('move', 0, 1), 'rename move mv File.Copy.move File.Copy.mv'],
  [a.copies(0, 1), 'copy cp File.Copy.copy File.Copy.cp'],
  [a.moves('link', 0, 1), 'symlink link'],
  [
    (site) =>
      a.changesMode(
        '*',
        9,
      )({
        ...site,
        args: {
          ...site.args,
          positional: [...site.args.positional.slice(1), ...Array(8).fill(v.NULL)]
            .slice(0, 9)
            .concat(site.args.positional.slice(0, 1)),
        },
      }),
    'chmod',
  ],
  [
    (site) =>
      a.changesMode('*')({ ...site, args: { ...site.args, positional: site.args.positional.slice(2) } }),
    'chown utime',
  ],
  [a.writes(0), 'truncate write_file File.Slurp.write_file'],
  [slurps, 'read_file read_text File.Slurp.read_file File.Slurper.read_text'],
  [a.lists(1), 'opendir'],
  [t.isHarmless, 'readdir readline length defined scalar exists ref'],
  [a.gives((site) => t.matchesOf(v.join(site.args.positional))), 'glob bsd_glob File.Glob.bsd_glob'],
  [
    (site) => {
      site.machine.changeDirectory(site.args.positional[0] ?? v.UNKNOWN);
      return undefined;
    },
    'chdir',
  ],
  [a.evaluates(0), 'eval'],
  [a.runsFile(0), 'do require'],
  [a.shows, 'print say printf warn die'],
  [a.serialises, 'Dumper Data.Dumper.Dumper encode_json'],
  [a.readsEnv(0), 'getenv POSIX.getenv'],
  [
    a.gives((site) => {
      const [between = v.text(''), ...items] = site.args.positional;
      const all = items.flatMap((one) => (one.kind === 'list' ? one.items : [one]));
      return v.join(all.flatMap((item, at) => (at === 0 ? [item] : [between, item])));
    }),
    'join',
  ],
  [t.reverses(0), 'reverse'],
  [t.fromCodes, 'chr'],
  [t.decodes((known) => v.scalar(known.codePointAt(0) ?? 0)), 'ord'],
  [
    a.gives((site) =>
      t.mapItems(
        site,
        site.args.positional[0],
        v.list(site.args.positional.slice(1).flatMap((one) => (one.kind === 'list' ? one.items : [one]))),
      ),
    ),
    'map',
  ],
  [t.passes(0), 'grep sort keys values'],
  [t.changesText((known) => known.toLowerCase(), 0), 'lc'],
  [t.changesText((known) => known.toUpperCase(), 0), 'uc'],
  [
    a.gives((site) => {
      const how = v.knownText(site.args.positional[0]) ?? '';
      const of = { ...site, args: { ...site.args, positional: site.args.positional.slice(1) } };
      return (
        (/^H/.test(how) ? t.decodesHex(0)(of) : /^[CU]/.test(how) ? t.fromCodes(of) : undefined) ?? v.UNKNOWN
      );
    }),
    'pack',
  ],
  [t.decodesBase64(0), 'decode_base64 MIME.Base64.decode_base64'],
  [
    a.gives((site) => {
      const [format = v.UNKNOWN, ...rest] = site.args.positional;
      return t.fillPercent(format, v.list(rest));
    }),
    'sprintf',
  ],
  [t.joinsPaths, 'File.Spec.catfile File.Spec.catdir catfile catdir'],
  [t.constant(v.HOME), 'File.HomeDir.my_home'],
  [t.constant(v.text('.')), 'getcwd cwd Cwd.getcwd Cwd.cwd'],
  [a.connects({ host: [0] }), 'get getprint getstore LWP.Simple.get LWP.Simple.getprint head'],
  [
    a.connects({ host: 0 }),
    'LWP.UserAgent.new().get HTTP.Tiny.new().get HTTP.Tiny.new().head Mojo.UserAgent.new().get ?.get_url',
  ],
  [
    a.connects({ host: 0, body: [1, named('Content', 'content')] }),
    'LWP.UserAgent.new().post LWP.UserAgent.new().put HTTP.Tiny.new().post HTTP.Tiny.new().put HTTP.Tiny.new().post_form Mojo.UserAgent.new().post',
  ],
  [a.connects({ host: 1, body: [[99, 'content']] }), 'HTTP.Tiny.new().request'],
  [
    a.connects({ host: named('PeerAddr', 'PeerHost'), port: named('PeerPort') }),
    'IO.Socket.INET.new IO.Socket.IP.new IO.Socket.SSL.new',
  ],
  [
    (site) => {
      a.connects({ host: 0 })(site);
      return a.writes(1)(site);
    },
    'getstore LWP.Simple.getstore LWP.Simple.mirror',
  ],
  [a.connects({ host: 0 }), 'Net.FTP.new Net.SMTP.new Net.SSH.Perl.new Net.OpenSSH.new'],
  [a.connects({ host: 0, op: 'resolve' }), 'gethostbyname inet_aton Socket.inet_aton'],
  [a.connects({ host: 1 }), 'connect'],
  [(site) => a.connects({ host: 1 })(site), 'sockaddr_in'],
];

function listed(value: v.Value): readonly v.Value[] {
  return value.kind === 'list' && value.items.length > 0 ? value.items : [v.UNKNOWN];
}

let dialect: Dialect | undefined;

/** Perl's dialect; the table is built when it is first asked for. */
function perlDialect(): Dialect {
  dialect ??= {
    language: 'perl',
    calls: a.callsOf(CALLS),
    constants: new Map<string, (machine: Machine) => v.Value>([
      ['$ENV', () => v.ref('$ENV', { source: { from: 'env' } })],
      ['$ARGV', (machine) => t.argumentsOf(machine.args?.slice(1))],
      ['$0', (machine) => v.text(machine.file ?? '-e')],
      ['STDIN', () => v.UNKNOWN],
      ['shift', (machine) => v.either(listed(machine.name('@_')))],
      ['pop', (machine) => v.either(listed(machine.name('@_')))],
    ]),
    canonical: (path) => path.replace(/^(?:CORE(?:\.GLOBAL)?|POSIX|main|Cwd)\.(?=\w+$)/, ''),
  };
  return dialect;
}
