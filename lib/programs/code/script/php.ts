/** Reads PHP: its tokens, and what its functions and classes do. */

import type { Outcome } from '../../page.ts';
import * as a from '../actions.ts';
import type { Action, Dialect, Machine, Surroundings } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import type { Manner } from './manner.ts';
import { readScript } from './reader.ts';

/** What a PHP text does; with tags, only what stands between them is code. */
export function readPhp(code: string, around: Surroundings): Outcome {
  return readScript(code.includes('<?') ? withoutText(code) : code, around, phpDialect(), PHP);
}

/** The code between `<?php` and `?>`. */
function withoutText(code: string): string {
  return code
    .split('<?')
    .slice(1)
    .map((part) => {
      const isEcho = part.startsWith('=');
      const end = part.indexOf('?>');
      const inner = (end < 0 ? part : part.slice(0, end)).replace(/^(?:php|=)/, '');
      return isEcho ? `echo ${inner};` : `${inner};`;
    })
    .join('\n');
}

const PHP: Manner = {
  lexicon: {
    lineComments: ['//', '#'],
    blockComments: [['/*', '*/']],
    sigils: '$',
    raw: "'",
    cooked: '"',
    command: '`',
    interpolation: 'php',
    heredocs: '<<<',
  },
  lines: false,
  members: /^(?:->|\?->|::)$/,
  joins: /^\.$/,
  assigns: /^(?:=|\.=|\?\?=)$/,
  bareCalls: true,
  autoCalls: false,
};

/** A path that may be a URL. */
const orUrl =
  (action: Action): Action =>
  (site) => {
    const [start] = v.piecesOf(site.args.positional[0] ?? v.UNKNOWN);
    if (typeof start === 'string' && /^(?:https?|ftps?):/.test(start)) return a.connects()(site);
    // Wrappers of its own: `php://stdin`, `data:`.
    return typeof start === 'string' && /^(?:php|data|compress\.zlib):/.test(start)
      ? undefined
      : action(site);
  };

/** `include`: a file, or what an address gives. */
const includes: Action = (site) => {
  const fetched = orUrl(a.runsFile(0))(site);
  if (fetched !== undefined) a.runCode(site, fetched, 'php');
  return fetched;
};

/** `curl_setopt($c, CURLOPT_POSTFIELDS, $body)`. */
const setsOption: Action = (site) => {
  const [, name, value] = site.args.positional;
  const option = name?.kind === 'ref' ? name.path : '';
  const handle = site.args.positional[0];
  const target = handle?.kind === 'ref' ? handle.text : undefined;
  if (option === 'CURLOPT_URL' && value) a.contact(site, value, []);
  if (option === 'CURLOPT_POSTFIELDS' && value) a.contact(site, target ?? v.UNKNOWN, [value]);
  return undefined;
};

const contacts: Action = (site) => {
  const [target] = site.args.positional;
  if (target) a.contact(site, target, []);
  return v.ref('curl_init()', { source: { from: 'net' }, ...(target ? { text: target } : {}) });
};

/** Calls what is named by a text: `call_user_func('system', 'ls')`. */
const callsNamed: Action = (site) => {
  const [name, ...rest] = site.args.positional;
  const list = site.path.endsWith('_array') && rest[0]?.kind === 'list' ? rest[0].items : rest;
  const written = v.knownText(name);
  if (written === undefined && name?.kind !== 'ref' && name?.kind !== 'routine')
    return a.hides('it calls a function that is known only when it runs')(site);
  return site.machine.call(written === undefined ? (name as v.Value) : v.ref(written), {
    ...site.args,
    positional: list,
  });
};

const callsEach: Action = (site) => {
  const texts = site.args.positional;
  const isMap = site.path === 'array_map';
  const callback = texts[isMap ? 0 : 1];
  const name = v.knownText(callback);
  return t.mapItems(site, name === undefined ? callback : v.ref(name), texts[isMap ? 1 : 0] ?? v.UNKNOWN);
};

const CALLS: a.CallTable = [
  [a.shells(0), 'system exec shell_exec passthru popen ` pcntl_exec'],
  [
    (site) => {
      a.runCode(site, site.args.positional[0] ?? v.UNKNOWN, 'sh');
      return undefined;
    },
    'proc_open',
  ],
  [a.deletes(0), 'unlink rmdir'],
  [orUrl(a.writes(0)), 'file_put_contents'],
  [
    (site) => {
      const third = site.args.positional[2];
      return /FILE_APPEND/.test(third?.kind === 'ref' ? third.path : '')
        ? a.appends(0)(site)
        : orUrl(a.writes(0))(site);
    },
    'file_put_contents',
  ],
  [
    orUrl(a.reads(0)),
    'file_get_contents file readfile parse_ini_file simplexml_load_file highlight_file show_source fpassthru',
  ],
  [orUrl(a.opens(0, 1)), 'fopen SplFileObject gzopen'],
  [a.copies(0, 1), 'copy move_uploaded_file'],
  [a.moves('move', 0, 1), 'rename'],
  [a.moves('link', 0, 1), 'symlink link'],
  [a.creates(0), 'mkdir touch tempnam'],
  [a.changesMode(0, 1), 'chmod'],
  [a.changesMode(0), 'chown chgrp'],
  [a.lists(0), 'file_exists is_file is_dir stat filesize'],
  [a.all(a.lists(0), t.constant(v.list([], true))), 'scandir'],
  [a.gives((site) => t.matchesOf(site.args.positional[0] ?? v.UNKNOWN)), 'glob'],
  [
    (site) => {
      site.machine.changeDirectory(site.args.positional[0] ?? v.UNKNOWN);
      return undefined;
    },
    'chdir',
  ],
  [a.evaluates(0), 'eval assert create_function'],
  [includes, 'include include_once require require_once'],
  [callsNamed, 'call_user_func call_user_func_array'],
  [callsEach, 'array_map array_walk array_filter'],
  [a.hides('it loads native code'), 'dl FFI.cdef'],
  [a.shows, 'echo print print_r var_dump var_export printf'],
  [a.serialises, 'json_encode serialize'],
  [a.readsEnv(0), 'getenv'],
  [t.isHarmless, 'count strlen array_keys isset empty'],
  [a.shows, 'phpinfo'],
  [contacts, 'curl_init'],
  [setsOption, 'curl_setopt'],
  [
    a.connects({ host: 0, port: 1 }),
    'fsockopen pfsockopen ftp_connect ssh2_connect ldap_connect mysqli_connect',
  ],
  [a.connects({ host: 0 }), 'stream_socket_client get_headers SoapClient'],
  [a.connects({ host: 0, op: 'resolve' }), 'gethostbyname dns_get_record gethostbynamel checkdnsrr'],
  [a.connects({ host: 1, body: [2] }), 'GuzzleHttp.Client().request'],
  [
    (site) => {
      a.contact(site, v.text('localhost'), site.args.positional.slice(2, 3));
      return undefined;
    },
    'mail',
  ],
  [t.decodesBase64(0), 'base64_decode'],
  [t.decodesHex(0), 'hex2bin'],
  [t.changesText(t.rot13, 0), 'str_rot13'],
  [t.reverses(0), 'strrev array_reverse'],
  [t.fromCodes, 'chr'],
  [t.decodes((known) => v.scalar(known.codePointAt(0) ?? 0)), 'ord'],
  [t.joinsItems(1, 0), 'implode join'],
  [a.gives((site) => t.splits(1, 0)(site) ?? v.UNKNOWN), 'explode'],
  [
    a.gives(({ args }) =>
      args.named.size > 0 ? { kind: 'dictionary', entries: args.named } : v.list(args.positional),
    ),
    'array',
  ],
  [t.passes(0), 'escapeshellarg escapeshellcmd trim realpath strval rtrim ltrim array_values'],
  [a.gives((site) => t.parentOf(site.args.positional[0] ?? v.UNKNOWN)), 'dirname'],
  [a.gives((site) => t.baseOf(site.args.positional[0] ?? v.UNKNOWN)), 'basename'],
  [t.changesText((known) => known.toLowerCase(), 0), 'strtolower'],
  [t.changesText((known) => known.toUpperCase(), 0), 'strtoupper'],
  [
    a.gives((site) => {
      const [from, to, of] = site.args.positional;
      return of
        ? (t.replacesText({
            ...site,
            self: of,
            args: { ...site.args, positional: [from ?? v.UNKNOWN, to ?? v.UNKNOWN] },
          }) ?? v.UNKNOWN)
        : v.UNKNOWN;
    }),
    'str_replace',
  ],
  [
    a.gives((site) => {
      const [format = v.UNKNOWN, ...rest] = site.args.positional;
      return t.fillPercent(format, v.list(rest));
    }),
    'sprintf',
  ],
  [t.constant(v.text('.')), 'getcwd'],
  [t.constant(v.text('/tmp')), 'sys_get_temp_dir'],
];

let dialect: Dialect | undefined;

/** PHP's dialect; the table is built when it is first asked for. */
function phpDialect(): Dialect {
  dialect ??= {
    language: 'php',
    calls: a.callsOf(CALLS),
    constants: new Map<string, (machine: Machine) => v.Value>([
      ['$_env', () => v.ref('$_ENV', { source: { from: 'env' } })],
      ['$_server', () => v.ref('$_SERVER', { source: { from: 'env' } })],
      ['$argv', (machine) => t.argumentsOf(machine.args)],
      ['__file__', (machine) => v.text(machine.file ?? './code')],
      ['__dir__', (machine) => t.parentOf(v.text(machine.file ?? './code'))],
      ['php_eol', () => v.text('\n')],
      ['directory_separator', () => v.text('/')],
    ]),
    // Functions are found in any spelling.
    canonical: (path) => (/^[\\A-Za-z_$]\w*$/.test(path) ? path.replace(/^\\/, '').toLowerCase() : path),
  };
  return dialect;
}
