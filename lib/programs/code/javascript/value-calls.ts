/** What JavaScript's calls make of texts, lists, dictionaries and paths. None of them touches anything outside. */

import * as a from '../actions.ts';
import type { Site } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** The items of a list; an unknown one for any other value. */
export const itemsOf = (value: v.Value | undefined): readonly v.Value[] =>
  value?.kind === 'list' ? value.items : value ? [v.UNKNOWN] : [];

/** A text with its `%xx` bytes decoded. */
export function unescapeUrl(known: string): string {
  return known.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll('%', ''), 'hex').toString(),
  );
}

/** What paths, texts, lists and dictionaries become; later rows win. */
export const VALUES: a.CallTable = [
  [t.joinsPaths, 'path.join'],
  [t.joinsPaths, 'path.resolve'],
  [
    t.passes(0),
    'require.resolve path.normalize url.fileURLToPath url.pathToFileURL util.promisify String Promise.resolve structuredClone Object.freeze encodeURI Object path.relative',
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
  [a.gives((site) => listEntries(site, (_, value) => value)), 'Object.values'],
  [a.gives((site) => listEntries(site, (key, value) => v.list([key, value]))), 'Object.entries'],
  [
    a.gives(({ args }) => ({ kind: 'dictionary', entries: new Map(args.positional.flatMap(v.spreadOf)) })),
    'Object.assign',
  ],
];

/** What the entries of an object give; those of a module are known only when it runs. */
function listEntries(site: Site, make: (key: v.Value, value: v.Value) => v.Value): v.Value {
  const [of = v.UNKNOWN] = site.args.positional;
  if (of.kind === 'dictionary')
    return v.list([...of.entries].map(([key, value]) => make(v.text(key), value)));
  const source = v.sourceOf(of);
  if (of.kind !== 'ref' || source) return v.unknownFrom(source);
  return v.list([make(v.UNKNOWN, site.machine.member(of, '?'))]);
}
