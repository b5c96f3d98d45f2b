import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import {
  addTrust,
  findTrust,
  parseToml,
  pinHooks,
  removeTrust,
  unpinHooks,
} from '../../lib/codex/config-toml.ts';
import { InputError } from '../../lib/types/errors.ts';

const entries = [
  { key: '/home/a "b"/.codex/hooks.json:stop:0:0', hash: `sha256:${'1'.repeat(64)}` },
  { key: '/home/a "b"/.codex/hooks.json:pre_tool_use:1:0', hash: `sha256:${'2'.repeat(64)}` },
];
const [first] = entries as [(typeof entries)[0]];

/** Files that a person may have, each in bytes that must come back. */
const FILES: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a line break', '\n'],
  ['empty lines at both ends', '\n\nmodel = "x"\n\n\n'],
  ['comments', '# top\nmodel = "gpt-5.5" # why\n\n# between\n[features] # f\nplugins = false # p\n# end'],
  ['no final newline', 'model = "x"'],
  ['no final newline after a table', '[features]\nplugins = false'],
  ['CRLF', 'model = "x"\r\n\r\n[features]\r\nplugins = false\r\n'],
  ['CRLF without the last', '# a\r\n[features]\r\nplugins = false'],
  ['a byte order mark', '\uFEFFmodel = "x"\n'],
  ['a byte order mark alone', '\uFEFF'],
  ['tabs and spaces', '\t[ features ]\t# x\n\t\tplugins\t=\tfalse  \n   \n\t'],
  ['trust of others', '[hooks.state."/x:stop:0:0"]\ntrusted_hash = "sha256:aa"\n\n[tui]\ntheme = "dark"\n'],
  ['hooks of others', '[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\ncommand = "echo"\n'],
  ['a table of all state', '[hooks.state]\n"/x:stop:0:0" = { enabled = false }\n'],
  [
    'a long text that looks like tables',
    'notes = """\n[hooks.state."x"]\n\\"""" # """\nmodel = \'\'\'a\n[b]\'\'\'\n',
  ],
  [
    'a list over lines',
    'notify = [\n  "a", # ]\n  "[x]",\n]\n[mcp_servers.a]\nargs = [ [1], { b = "}" } ]\n',
  ],
  ['other keys at our key', `[hooks.state.${JSON.stringify(first.key)}]\nenabled = false # mine\n\n[tui]\n`],
  ['dates and numbers', 'a = 1979-05-27T07:32:00Z\nb = 0x1F\nc = 1e6\nd = 9_000_000\n[[e]]\nf = nan\n'],
];

describe('addTrust', () => {
  it.each(FILES)('adds to a file with %s and gives its bytes back', (_, text) => {
    const added = addTrust(text, entries) as string;
    expect(findTrust(text, entries)).toEqual([]);
    expect(findTrust(added, entries)).toEqual(entries);
    expect(removeTrust(added, entries)).toBe(text);
    expect(removeTrust(added, [...entries].reverse())).toBe(text);
    expect(added.includes('\r\n')).toBe(text.includes('\r\n'));
  });

  it.each(FILES)('changes a file with %s only once', (_, text) => {
    const added = addTrust(text, entries) as string;
    expect(addTrust(added, entries)).toBe(added);
  });

  it('puts a new hash in the place of an old one', () => {
    const old = `[hooks.state.${JSON.stringify(first.key)}]\ntrusted_hash = 'sha256:0' # old\nenabled = true\n`;
    expect(addTrust(old, [first])).toBe(old.replace("'sha256:0'", `"${first.hash}"`));
  });

  it.each([
    ['state in an inline table', 'hooks = { state = {} }\n'],
    ['state in an inline table below', '[hooks]\nstate = { "/x" = { trusted_hash = "sha256:aa" } }\n'],
    ['our key in an inline table', `[hooks.state]\n${JSON.stringify(first.key)} = { enabled = true }\n`],
  ])('leaves a file with %s', (_, text) => {
    expect(addTrust(text, entries)).toBeUndefined();
  });

  it.each(['model = \n', '[a]\n[a]\n', 'a = "x\n', '<<<<<<< HEAD\n', 'a = 1\na = 2\n'])(
    'refuses %j, which is no TOML',
    (text) => {
      expect(() => addTrust(text, entries)).toThrow(InputError);
      expect(() => parseToml(text)).toThrow(/^line \d+: not valid TOML/);
    },
  );
});

describe('removeTrust', () => {
  it('leaves entries that hold another hash', () => {
    const added = addTrust('', entries) as string;
    const others = entries.map(({ key }) => ({ key, hash: 'sha256:other' }));
    expect(removeTrust(added, others)).toBe(added);
    expect(findTrust(added, others)).toEqual([]);
  });

  it('leaves comments that a person wrote below the header', () => {
    const text = `[hooks.state.${JSON.stringify(first.key)}]\n# I trust this\ntrusted_hash = "${first.hash}"\n`;
    expect(removeTrust(text, [first])).toContain('# I trust this');
  });

  it('takes out what the client wrote between other tables', () => {
    const before = '[hooks.state."/x"]\ntrusted_hash = "sha256:aa" # mine\n\n# next\n[tui]\n';
    const block = `\n[hooks.state.${JSON.stringify(first.key)}]\ntrusted_hash = "${first.hash}"\n`;
    expect(removeTrust(before.replace('# mine\n', `# mine\n${block}`), [first])).toBe(before);
  });
});

/** Configurations put together from lines that people write. */
const anyConfig = fc
  .array(
    fc.constantFrom(
      '',
      '',
      '# note',
      '  ',
      '\t# [x]',
      'K = "v"',
      "K = '#'",
      'K = [\n1,\n]',
      'K = """\n[a]\n"""',
      '[T]',
      '[T."a.b"]',
      '[[L]]',
    ),
    { maxLength: 12 },
  )
  .chain((lines) =>
    fc.record({ newline: fc.constantFrom('\n', '\r\n'), last: fc.boolean() }).map(({ newline, last }) => {
      const text = lines.map((line, n) =>
        line.replace('K', `k${n}`).replace('T', `t${n}`).replace('L', `l${n}`),
      );
      return (text.join('\n') + (last ? '\n' : '')).replaceAll('\n', newline);
    }),
  );

it('gives every configuration back to the byte', () => {
  fc.assert(
    fc.property(anyConfig, (text) => {
      parse(text);
      expect(removeTrust(addTrust(text, entries) as string, entries)).toBe(text);
      expect(unpinHooks(pinHooks(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

describe('pinHooks', () => {
  const PINNABLE: typeof FILES = [
    ...FILES,
    ['features', '[features]\nplugins = false\n'],
    ['features at the end', 'a = 1\n[features]'],
    ['features and CRLF', '[features] # x\r\nplugins = false\r\n'],
  ];
  it.each(PINNABLE)('pins in a file with %s and takes it back', (_, text) => {
    const pinned = pinHooks(text);
    expect(parseToml(pinned).features).toMatchObject({ hooks: true });
    expect(pinHooks(pinned)).toBe(pinned);
    expect(unpinHooks(pinned)).toBe(text);
  });

  it.each(['[features]\nhooks = true\n', 'features.hooks = true\n', 'features = { hooks = true }'])(
    'leaves %j, which is pinned already',
    (text) => {
      expect(pinHooks(text)).toBe(text);
      expect(unpinHooks(text)).toBe(text);
    },
  );

  it('leaves what others have put below our header', () => {
    expect(unpinHooks(`${pinHooks('')}plugins = false\n`)).toBe('[features]\nplugins = false\n');
  });

  it.each([
    ['the opposite', '[features]\nhooks = false\n', /another value/],
    ['an inline table', 'features = { plugins = false }\n', /not written as a table/],
    ['dotted keys', 'features.plugins = false\n', /not written as a table/],
    ['no TOML', 'features = \n', /not valid TOML/],
  ])('refuses %s', (_, text, message) => {
    expect(() => pinHooks(text)).toThrow(InputError);
    expect(() => pinHooks(text)).toThrow(message);
  });
});
