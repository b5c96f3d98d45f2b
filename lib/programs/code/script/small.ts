/** Reads Lua, R, Julia and AppleScript: their tokens, and what their functions do. */

import type { Outcome } from '../../page.ts';
import * as a from '../actions.ts';
import type { Action, Dialect, Machine, Surroundings } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import type { Lexicon } from './lexicon.ts';
import type { Manner } from './manner.ts';
import { readScript } from './reader.ts';

const PLAIN: Lexicon = {
  lineComments: ['#'],
  blockComments: [],
  sigils: '',
  raw: '',
  cooked: '"\'',
  command: '',
  interpolation: 'none',
};
const LINES = { lines: true, bareCalls: false, autoCalls: false };

const LUA: Manner = {
  ...LINES,
  lexicon: { ...PLAIN, blockComments: [['--[[', ']]']], lineComments: ['--'], longBrackets: true },
  members: /^[.:]$/,
  joins: /^\.\.$/,
  assigns: /^=$/,
  bareCalls: true,
  endWords: true,
  braceLists: true,
};

const R: Manner = {
  ...LINES,
  lexicon: { ...PLAIN, inNames: /[\p{L}.][\p{L}\p{N}_.]*/uy },
  members: /^(?:::|\$|@)$/,
  joins: /^$/,
  assigns: /^(?:=|<-|<<-)$/,
  namedArguments: true,
};

const JULIA: Manner = {
  ...LINES,
  lexicon: { ...PLAIN, cooked: '"', command: '`', blockComments: [['#=', '=#']], interpolation: 'julia' },
  members: /^\.$/,
  joins: /^\*$/,
  assigns: /^=$/,
  endWords: true,
  namedArguments: true,
};

const APPLESCRIPT: Manner = {
  ...LINES,
  lexicon: { ...PLAIN, cooked: '"', lineComments: ['--', '#'], blockComments: [['(*', '*)']] },
  members: /^$/,
  joins: /^&$/,
  assigns: /^$/,
  bareCalls: true,
};

const listed: Action = ({ args }) =>
  args.named.size > 0
    ? { kind: 'dictionary', entries: args.named }
    : v.list(args.positional.flatMap((one) => (one.kind === 'list' ? one.items : [one])));

const joinsAll =
  (standard: string): Action =>
  (site) => {
    const between = site.args.named.get('sep') ?? v.text(standard);
    return v.join(site.args.positional.flatMap((item, at) => (at === 0 ? [item] : [between, item])));
  };

const LUA_CALLS: a.CallTable = [
  [a.shells(0), 'os.execute io.popen'],
  [a.deletes(0), 'os.remove lfs.rmdir'],
  [a.moves('move', 0, 1), 'os.rename'],
  [a.opens(0, 1), 'io.open'],
  [a.reads(0), 'io.lines io.input'],
  [a.writes(0), 'io.output'],
  [a.runsFile(0), 'dofile loadfile'],
  [a.evaluates(0), 'load loadstring'],
  [a.readsEnv(0), 'os.getenv'],
  [a.shows, 'print io.write'],
  [a.creates(0), 'lfs.mkdir'],
  [
    (site) => {
      site.machine.changeDirectory(site.args.positional[0] ?? v.UNKNOWN);
      return undefined;
    },
    'lfs.chdir',
  ],
  [a.connects({ host: 0, body: [1] }), 'socket.http.request http.request'],
  [a.connects({ host: 0, port: 1 }), 'socket.connect socket.tcp().connect ?.connect'],
  [a.gives((site) => v.ref(v.knownText(site.args.positional[0]) ?? '?')), 'require'],
  [t.passes(0), 'ipairs pairs tostring'],
  [t.reverses(0), 'string.reverse'],
  [t.reverses('self'), 'text.reverse'],
  [t.fromCodes, 'string.char'],
  [t.joinsItems(0, 1), 'table.concat'],
  [
    a.gives((site) => {
      const [format = v.UNKNOWN, ...rest] = site.args.positional;
      return t.fillPercent(format, v.list(rest));
    }),
    'string.format',
  ],
];

const R_CALLS: a.CallTable = [
  [a.shells(0), 'system shell base.system'],
  [a.startsProgram([0, 'command'], [1, 'args']), 'system2 base.system2 processx.run'],
  [a.deletesTree(0, 'recursive'), 'unlink base.unlink'],
  [a.deletes('*'), 'file.remove fs.file_delete'],
  [a.deletesTree(0), 'fs.dir_delete'],
  [a.moves('move', 0, 1), 'file.rename'],
  [a.copies(0, 1), 'file.copy'],
  [a.creates(0), 'dir.create'],
  [a.writes(0), 'file.create'],
  [a.changesMode(0, 1), 'Sys.chmod'],
  [
    a.reads([0, 'file', 'con']),
    'readLines readRDS read.csv read.table scan readr.read_csv jsonlite.fromJSON load read_csv',
  ],
  [a.writes([1, 'file', 'con']), 'writeLines saveRDS write.csv write.table write readr.write_csv ggsave'],
  [(site) => (site.args.named.has('file') ? a.writes([99, 'file'])(site) : a.shows(site)), 'cat sink'],
  [(site) => a.opens(0, [1, 'open'])(site), 'file gzfile'],
  [a.runsFile(0), 'source sys.source'],
  [
    (site) => {
      const [given] = site.args.positional;
      return given?.kind === 'ref' && given.path === 'parse()' && given.text
        ? a.evaluates(0)({ ...site, args: { ...site.args, positional: [given.text] } })
        : undefined;
    },
    'eval',
  ],
  [
    a.gives((site) => v.ref('parse()', { text: site.args.named.get('text') ?? v.UNKNOWN })),
    'parse str2lang str2expression',
  ],
  [a.readsEnv(0), 'Sys.getenv'],
  [a.shows, 'print message'],
  [
    a.connects({ host: 0 }),
    'url httr.GET httr2.request curl.curl_fetch_memory socketConnection RCurl.getURL',
  ],
  [a.connects({ host: 0, body: [[99, 'body']] }), 'httr.POST httr.PUT'],
  [
    (site) => {
      a.connects()(site);
      return a.writes([1, 'destfile'])(site);
    },
    'download.file curl.curl_download',
  ],
  [
    (site) => {
      site.machine.changeDirectory(site.args.positional[0] ?? v.UNKNOWN);
      return undefined;
    },
    'setwd',
  ],
  [listed, 'c list'],
  [joinsAll(' '), 'paste'],
  [joinsAll(''), 'paste0'],
  [t.joinsPaths, 'file.path'],
  [a.gives((site) => t.expandHome(site.args.positional[0] ?? v.UNKNOWN)), 'path.expand normalizePath'],
  [t.constant(v.text('.')), 'getwd'],
  [
    a.gives((site) => {
      const [format = v.UNKNOWN, ...rest] = site.args.positional;
      return t.fillPercent(format, v.list(rest));
    }),
    'sprintf',
  ],
];

const JULIA_CALLS: a.CallTable = [
  [a.shells(0), 'run read success readchomp open pipeline'],
  [a.gives(({ args }) => v.ref('`()', { text: args.positional[0] ?? v.UNKNOWN, args })), '`'],
  [(site) => orFile(site, a.reads(0)), 'read readlines eachline readchomp'],
  [(site) => orFile(site, a.opens(0, 1)), 'open'],
  [a.deletesTree(0, 'recursive'), 'rm Base.rm'],
  [a.writes(0), 'write'],
  [a.copies(0, 1), 'cp'],
  [a.moves('move', 0, 1), 'mv'],
  [a.creates(0), 'mkdir mkpath touch'],
  [a.changesMode(0, 1), 'chmod'],
  [a.moves('link', 0, 1), 'symlink'],
  [a.runsFile(0), 'include'],
  [a.gives((site) => site.args.positional[0] ?? v.UNKNOWN), 'Meta.parse'],
  [a.evaluates(0), 'eval include_string'],
  [
    (site) => {
      a.connects()(site);
      return site.args.positional.length > 1 ? a.writes(1)(site) : undefined;
    },
    'download Downloads.download',
  ],
  [a.connects(), 'HTTP.get HTTP.request'],
  [a.connects({ host: 0, body: [2] }), 'HTTP.post HTTP.put'],
  [a.connects({ host: 0, port: 1 }), 'connect'],
  [t.joinsPaths, 'joinpath'],
  [t.constant(v.HOME), 'homedir'],
  [t.constant(v.text('.')), 'pwd'],
  [
    (site) => {
      site.machine.changeDirectory(site.args.positional[0] ?? v.HOME);
      return undefined;
    },
    'cd',
  ],
  [joinsAll(''), 'string'],
  [a.shows, 'println print show'],
  [a.gives((site) => v.ref(v.knownText(site.args.positional[0]) ?? '?')), 'getfield'],
];

/** What is given as a command runs, what is given as a path is opened. */
function orFile(site: Parameters<Action>[0], action: Action): v.Value | undefined {
  const [given] = site.args.positional;
  if (given?.kind !== 'ref' || given.path !== '`()') return action(site);
  a.runCode(site, given, 'sh');
  return undefined;
}

const APPLESCRIPT_CALLS: a.CallTable = [
  [a.shells(0), 'script'],
  [t.passes(0), 'quoted form POSIX path'],
];

function dialect(
  language: Dialect['language'],
  calls: a.CallTable,
  environment: string,
  files: string,
): Dialect {
  return {
    language,
    calls: a.callsOf(calls),
    constants: new Map<string, (machine: Machine) => v.Value>([
      [environment, () => v.ref(environment, { source: { from: 'env' } })],
      [files, (machine) => t.argumentsOf(machine.args)],
    ]),
    canonical: (path) => path.replace(/^Base\.(?=\w+$)/, ''),
  };
}

/** What a Lua text does. */
export function readLua(code: string, around: Surroundings): Outcome {
  return readScript(code, around, dialect('lua', LUA_CALLS, '', 'arg'), LUA);
}

/** What an R text does. */
export function readR(code: string, around: Surroundings): Outcome {
  return readScript(code, around, dialect('r', R_CALLS, '', 'commandArgs'), R);
}

/** What a Julia text does. */
export function readJulia(code: string, around: Surroundings): Outcome {
  return readScript(code, around, dialect('julia', JULIA_CALLS, 'ENV', 'ARGS'), JULIA);
}

/** What an AppleScript text does. */
export function readAppleScript(code: string, around: Surroundings): Outcome {
  return readScript(code, around, dialect('applescript', APPLESCRIPT_CALLS, '', ''), APPLESCRIPT);
}
