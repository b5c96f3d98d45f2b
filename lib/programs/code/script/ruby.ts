/** Reads Ruby: its tokens, and what its methods and modules do. */

import type { Outcome } from '../../page.ts';
import * as a from '../actions.ts';
import type { Action, Dialect, Machine, Surroundings } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import type { Manner } from './manner.ts';
import { readScript } from './reader.ts';

/** What a Ruby text does. */
export function readRuby(code: string, around: Surroundings): Outcome {
  return readScript(code, around, rubyDialect(), RUBY);
}

const RUBY: Manner = {
  lexicon: {
    lineComments: ['#'],
    blockComments: [['=begin', '\n=end']],
    sigils: '$@',
    raw: "'",
    cooked: '"',
    command: '`',
    interpolation: 'hash',
    patterns: true,
    heredocs: '<<',
    percentWords: true,
    colonKeys: true,
    symbols: true,
    inNames: /[\p{L}_][\p{L}\p{N}_]*[?!]?/uy,
    end: /^__END__/m,
  },
  lines: true,
  members: /^(?:\.|&\.|::)$/,
  joins: /^(?:\+|<<| )$/,
  assigns: /^(?:=|\+=|<<|\|\|=)$/,
  bareCalls: true,
  autoCalls: true,
  endWords: true,
};

/** `open(path, mode)`; a leading `|` makes it a command, a URL a request. */
const opensAnything: Action = (site) => {
  const target = site.args.positional[0] ?? v.UNKNOWN;
  for (const one of v.optionsOf(target)) {
    const pieces = v.piecesOf(one);
    const [start] = pieces;
    const inner = { ...site, args: { ...site.args, positional: [one, ...site.args.positional.slice(1)] } };
    if (typeof start === 'string' && start.startsWith('|')) {
      a.runCode(site, v.textOf([start.slice(1), ...pieces.slice(1)]), 'sh');
    } else if (typeof start === 'string' && /^(?:https?|ftp):/.test(start)) return a.connects()(inner);
    else a.opens(0, 1)(inner);
  }
  return v.ref('open()', { source: { from: 'file', path: target } });
};

/** Words of a program, without a leading environment and trailing options. */
const starts: Action = (site) => {
  const words = site.args.positional.filter((one) => one.kind !== 'dictionary');
  const [first] = words;
  const isList = first?.kind === 'list';
  a.runsProgram({ ...site, args: { ...site.args, positional: isList ? [first, ...words.slice(1)] : words } });
  return undefined;
};

/** `send(:system, …)`: the method's name is its first argument. */
const sends: Action = (site) => {
  const [name, ...rest] = site.args.positional;
  const written = v.knownText(name);
  const isOwn =
    site.self === undefined || (site.self.kind === 'ref' && /^(?:Kernel|Object|self)$/.test(site.self.path));
  if (written === undefined)
    return isOwn ? a.hides('it calls a method that is known only when it runs')(site) : undefined;
  const method = isOwn || !site.self ? v.ref(written) : site.machine.member(site.self, written);
  return site.machine.call(method, { ...site.args, positional: rest });
};

const takesMethod: Action = (site) => v.ref(v.knownText(site.args.positional[0]) ?? '?');

/** What is given as content leaves. */
const posts: Action = (site) => {
  const [target = v.UNKNOWN, body] = site.args.positional;
  a.contact(site, target, body && body.kind !== 'scalar' ? [body] : []);
  return v.ref('Net.HTTP.post()', { source: { from: 'net' } });
};

const writesOwn = (at: a.Slot): Action => a.writes(at);

const CALLS: a.CallTable = [
  [
    starts,
    'system exec spawn Kernel.system Kernel.exec Kernel.spawn Process.spawn Open3.capture2 Open3.capture2e Open3.capture3 Open3.popen2 Open3.popen2e Open3.popen3 Open3.pipeline IO.popen PTY.spawn',
  ],
  [a.shells(0), '` Kernel.`'],
  [sends, '?.send ?.public_send ?.__send__ Kernel.send Object.send send __send__ public_send'],
  [takesMethod, 'method Kernel.method Object.const_get Kernel.const_get ?.const_get ?.method'],
  [(site) => (site.self ? site.machine.call(site.self, site.args) : undefined), '?.call'],
  [opensAnything, 'open Kernel.open URI.open OpenURI.open_uri'],
  [a.opens(0, 1), 'File.open File.new IO.open'],
  [
    a.deletes('*'),
    'File.delete File.unlink Dir.rmdir Dir.delete Dir.unlink FileUtils.rm FileUtils.rm_f FileUtils.remove FileUtils.rmdir FileUtils.safe_unlink rm rm_f',
  ],
  [
    a.deletesTree('*'),
    'FileUtils.rm_r FileUtils.rm_rf FileUtils.rmtree FileUtils.remove_dir FileUtils.remove_entry FileUtils.remove_entry_secure FileUtils.remove_dir rm_rf rm_r',
  ],
  [a.deletes('self'), 'Pathname().delete Pathname().unlink Pathname().rmdir ?.unlink'],
  [a.deletesTree('self'), 'Pathname().rmtree ?.rmtree'],
  [a.writes(0), 'File.write IO.write File.binwrite IO.binwrite File.truncate'],
  [writesOwn('self'), 'Pathname().write Pathname().binwrite'],
  [
    a.reads(0),
    'File.read IO.read File.binread File.readlines IO.readlines File.foreach IO.foreach YAML.load_file JSON.load_file JSON.parse_file CSV.read CSV.foreach',
  ],
  [a.reads('self'), 'Pathname().read Pathname().readlines Pathname().binread Pathname().each_line'],
  [a.copies(0, 1), 'FileUtils.cp FileUtils.copy FileUtils.copy_file FileUtils.install IO.copy_stream'],
  [a.copies(0, 1, { recursive: true }), 'FileUtils.cp_r FileUtils.copy_entry'],
  [a.moves('move', 0, 1), 'File.rename FileUtils.mv FileUtils.move'],
  [a.moves('link', 0, 1), 'File.symlink File.link FileUtils.ln FileUtils.ln_s FileUtils.ln_sf'],
  [a.creates('*'), 'Dir.mkdir FileUtils.mkdir FileUtils.mkdir_p FileUtils.makedirs FileUtils.touch'],
  [(site) => a.changesMode(1, 0)(site), 'File.chmod FileUtils.chmod FileUtils.chmod_R'],
  [(site) => a.changesMode(2)(site), 'File.chown FileUtils.chown FileUtils.chown_R'],
  [a.lists(0), 'File.exist? File.file? File.directory? File.stat File.size'],
  [a.all(a.lists(0), t.constant(v.list([], true))), 'Dir.children Dir.entries Dir.each_child'],
  [a.gives((site) => t.matchesOf(site.args.positional[0] ?? v.UNKNOWN)), 'Dir.glob Dir.[] Pathname.glob'],
  [
    (site) => {
      site.machine.changeDirectory(site.args.positional[0] ?? v.HOME);
      return undefined;
    },
    'Dir.chdir FileUtils.cd FileUtils.chdir',
  ],
  [t.standsFor(({ args }) => t.joinPaths(args.positional)), 'Pathname'],
  [
    a.gives(({ self, args }) =>
      v.ref('Pathname()', {
        text: t.joinPaths([self?.kind === 'ref' && self.text ? self.text : v.UNKNOWN, ...args.positional]),
      }),
    ),
    'Pathname().join Pathname().+ Pathname()./',
  ],
  [t.joinsPaths, 'File.join'],
  [
    a.gives((site) =>
      t.expandHome(
        site.args.positional.length > 1
          ? t.joinPaths([site.args.positional[1] as v.Value, site.args.positional[0] as v.Value])
          : (site.args.positional[0] ?? v.UNKNOWN),
      ),
    ),
    'File.expand_path',
  ],
  [t.passes(0), 'File.absolute_path File.realpath String Array Integer URI URI.parse Shellwords.escape'],
  [a.gives((site) => t.parentOf(a.pick(site, 0) ?? v.UNKNOWN)), 'File.dirname'],
  [a.gives((site) => t.baseOf(a.pick(site, 0) ?? v.UNKNOWN)), 'File.basename'],
  [t.constant(v.HOME), 'Dir.home'],
  [t.constant(v.text('.')), 'Dir.pwd Dir.getwd FileUtils.pwd __dir__'],
  [t.constant(v.text('/tmp')), 'Dir.tmpdir'],
  [t.constant(v.textOf(['/tmp/', v.UNKNOWN])), 'Dir.mktmpdir'],
  [
    a.evaluates(0),
    'eval instance_eval class_eval module_eval Kernel.eval ?.instance_eval ?.class_eval ?.module_eval ?.eval binding.eval',
  ],
  [a.runsFile(0), 'load Kernel.load'],
  [
    (site) =>
      /^\.{0,2}\//.test(v.knownText(site.args.positional[0]) ?? '') && site.machine.file === undefined
        ? a.runsFile(0)(site)
        : undefined,
    'require require_relative',
  ],
  [a.shows, 'puts print p pp printf $stdout.puts $stdout.write $stderr.puts STDOUT.puts STDERR.puts warn'],
  [a.serialises, '?.inspect ENV.inspect JSON.generate JSON.dump YAML.dump'],
  [a.readsEnv(0), 'ENV.fetch ENV.[] ENV.delete'],
  [
    a.gives(() => v.ref('ENV', { source: { from: 'env' } })),
    'ENV.to_h ENV.to_hash ENV.to_a ENV.each ENV.map',
  ],
  [t.isHarmless, 'ENV.keys ENV.key? ENV.has_key? ENV.include?'],
  [
    a.connects(),
    'Net.HTTP.get Net.HTTP.get_print Net.HTTP.get_response HTTParty.get Faraday.get RestClient.get HTTP.get Excon.get',
  ],
  [
    posts,
    'Net.HTTP.post Net.HTTP.post_form HTTParty.post HTTParty.put Faraday.post RestClient.post RestClient.put HTTP.post Excon.post',
  ],
  [
    a.connects({ host: 0, port: 1 }),
    'Net.HTTP.start Net.HTTP.new TCPSocket.new TCPSocket.open Socket.tcp Net.FTP.new Net.FTP.open Net.SMTP.start Net.SSH.start Net.SCP.start Net.SFTP.start OpenSSL.SSL.SSLSocket.open UNIXSocket.new',
  ],
  [a.connects({ op: 'resolve' }), 'Resolv.getaddress Addrinfo.ip IPSocket.getaddress Socket.getaddrinfo'],
  [
    a.gives((site) => {
      const [first = v.text('0.0.0.0'), second] = site.args.positional;
      a.contact(site, v.list(second ? [first, second] : [v.text('0.0.0.0'), first]), [], { op: 'listen' });
      return v.UNKNOWN;
    }),
    'TCPServer.new TCPServer.open',
  ],
  [
    t.passes('self'),
    'text.to_s text.to_sym text.dup text.freeze text.b text.chomp text.strip list.each list.to_a list.uniq list.compact list.flatten list.sort ?.dup',
  ],
  [t.changesText((known) => known.toLowerCase()), 'text.downcase'],
  [t.changesText((known) => known.toUpperCase()), 'text.upcase'],
  [t.reverses('self'), 'text.reverse list.reverse'],
  [t.splits('self', 0), 'text.split'],
  [t.joinsItems('self', 0), 'list.join'],
  [t.replacesText, 'text.gsub text.sub text.tr'],
  [
    a.gives((site) => {
      const how = v.knownText(site.args.positional[0]) ?? '';
      const [first] = site.self?.kind === 'list' ? site.self.items : [];
      const inner = { ...site, args: { positional: first ? [first] : [], named: new Map() } };
      return (
        (/^m/.test(how)
          ? t.decodesBase64(0)(inner)
          : /^H/.test(how)
            ? t.decodesHex(0)(inner)
            : /^[cCU]/.test(how) && site.self
              ? t.fromCodes({ ...site, args: { positional: [site.self], named: new Map() } })
              : undefined) ?? v.UNKNOWN
      );
    }),
    'list.pack',
  ],
  [
    a.gives((site) => {
      const how = v.knownText(site.args.positional[0]) ?? '';
      const inner = { ...site, args: { positional: [site.self ?? v.UNKNOWN], named: new Map() } };
      const decoded = /^m/.test(how) ? t.decodesBase64(0)(inner) : undefined;
      return decoded ? v.list([decoded]) : v.UNKNOWN;
    }),
    'text.unpack',
  ],
  [
    a.gives((site) => {
      const inner = { ...site, args: { positional: [site.self ?? v.UNKNOWN], named: new Map() } };
      return (
        (/^m/.test(v.knownText(site.args.positional[0]) ?? '') ? t.decodesBase64(0)(inner) : undefined) ??
        v.UNKNOWN
      );
    }),
    'text.unpack1',
  ],
  [t.decodesBase64(0), 'Base64.decode64 Base64.strict_decode64 Base64.urlsafe_decode64'],
  [a.gives(({ self }) => t.fromCodesOf(self ?? v.UNKNOWN)), 'scalar.chr'],
  [a.gives(({ self }) => (self?.kind === 'list' ? (self.items[0] ?? v.UNKNOWN) : v.UNKNOWN)), 'list.first'],
  [
    a.gives((site) => {
      const [format = v.UNKNOWN, ...rest] = site.args.positional;
      return t.fillPercent(format, v.list(rest));
    }),
    'format sprintf',
  ],
];

let dialect: Dialect | undefined;

/** Ruby's dialect; the table is built when it is first asked for. */
function rubyDialect(): Dialect {
  dialect ??= {
    language: 'ruby',
    calls: a.callsOf(CALLS),
    constants: new Map<string, (machine: Machine) => v.Value>([
      ['ENV', () => v.ref('ENV', { source: { from: 'env' } })],
      ['ARGV', (machine) => t.argumentsOf(machine.args?.slice(1))],
      ['__FILE__', (machine) => v.text(machine.file ?? './code')],
      ['RbConfig.ruby', () => v.text('ruby')],
    ]),
    canonical: (path) =>
      path
        .replace(/^Pathname\.new(?=\.|$|\()/, 'Pathname')
        .replace(
          /^(?:Kernel|self|Object)\.(?=(?:system|exec|spawn|open|eval|load|require|puts|print|p)$)/,
          '',
        ),
  };
  return dialect;
}
