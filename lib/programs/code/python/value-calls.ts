/** What Python's calls make of texts, bytes, lists and dictionaries. None of them touches anything outside. */

import { type CallTable, gives, pick, serialises } from '../actions.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** What texts, lists and dictionaries become; later rows win. */
export const VALUES: CallTable = [
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
  [
    gives(({ args }) => ({ kind: 'dictionary', entries: translation(args) })),
    'text.maketrans str.maketrans bytes.maketrans',
  ],
  [
    t.changesText((known, { args }) => {
      const [table] = args.positional;
      const entries = table?.kind === 'dictionary' ? table.entries : undefined;
      return [...known].map((one) => v.knownText(entries?.get(one)) ?? one).join('');
    }),
    'text.translate',
  ],
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

/** `str.maketrans('abc', 'xyz')`. */
function translation(args: v.Args): ReadonlyMap<string, v.Value> {
  const [from, to] = args.positional.map((one) => [...(v.knownText(one) ?? '')]);
  return new Map(from?.map((letter, at) => [letter, v.text(to?.[at] ?? '')]));
}
