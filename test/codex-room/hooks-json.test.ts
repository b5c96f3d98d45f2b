import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findOurHandlers, mergeHooks, removeHooks } from '../../lib/codex/hooks-json.ts';
import { isOurCommand, wiringEntries } from '../../lib/codex/wiring.ts';
import { InputError } from '../../lib/types/errors.ts';

const entries = wiringEntries({ nodePath: '/usr/bin/node', hooksDir: '/home/user/.codex/guard/hooks' });
const moved = wiringEntries({ nodePath: '/opt/node', hooksDir: '/srv/guard/hooks' });

const foreign = { type: 'command', command: 'audit --all', timeout: 5 };
const foreignFile = {
  description: 'ours since 2024',
  hooks: {
    Stop: [{ hooks: [foreign] }],
    PreToolUse: [{ matcher: 'Bash', hooks: [foreign, { type: 'prompt' }] }, { hooks: [] }],
    Notification: [{ hooks: 7 }],
  },
};

/** Files that a person may have, each in bytes that must come back. */
const FILES: readonly (readonly [string, string])[] = [
  ['two spaces', `${JSON.stringify(foreignFile, null, 2)}\n`],
  ['four spaces, no final newline', JSON.stringify(foreignFile, null, 4)],
  ['tabs', `${JSON.stringify(foreignFile, null, '\t')}\n\n`],
  ['one line', JSON.stringify(foreignFile)],
  ['one line with spaces', `{ "hooks": { "Stop": [ { "hooks": [ ${JSON.stringify(foreign)} ] } ] } }\n`],
  ['CRLF', `${JSON.stringify(foreignFile, null, 2)}\n`.replaceAll('\n', '\r\n')],
  ['lines inside, brackets close', '{"hooks": {\n  "Stop": [{"hooks": []},\n    {"hooks": []}]}}'],
  ['an empty object', '{}'],
  ['an empty object on a line', '{}\n'],
  ['a spaced empty object', '{ }\n'],
  ['an empty object over lines', '{\n}\n'],
  ['an empty object with an empty line', '{\n\n  }\n'],
  ['no hooks', '{\n  "description": "x"\n}\n'],
  ['no hooks on one line', '{"description":null}'],
  ['empty hooks', '{"hooks":{}}'],
  ['empty hooks over lines', '{\n  "hooks": {}\n}\n'],
  ['empty hooks over more lines', '{\n  "hooks": {\n  }\n}\n'],
  ['an empty event', '{\n  "hooks": {\n    "PreToolUse": []\n  }\n}\n'],
  ['an empty event over lines', '{\n  "hooks": {\n    "PreToolUse": [\n    ],\n    "Stop": [ ]\n  }\n}\n'],
  ['an empty event on one line', '{"hooks":{"PreToolUse":[],"Stop":[ ]}}'],
  ['a group without hooks', '{"hooks":{"PreToolUse":[{}]}}'],
  ['blanks around', ' \n {\n  "hooks": {}\n} \n '],
  ['escapes and other scripts', '{"description":"\\u00e9 é \\" \\\\ 日本","hooks":{}}'],
];

/** Every foreign handler with its place, which the client's trust hangs on. */
function places(text: string): readonly string[] {
  const { hooks = {} } = JSON.parse(text) as { hooks?: Record<string, { hooks?: { command?: string }[] }[]> };
  return Object.entries(hooks).flatMap(([event, groups]) =>
    Array.isArray(groups)
      ? groups.flatMap((group, g) =>
          (Array.isArray(group.hooks) ? group.hooks : []).flatMap((handler, h) =>
            isOurCommand(handler.command ?? '') ? [] : [`${event}:${g}:${h}:${JSON.stringify(handler)}`],
          ),
        )
      : [],
  );
}

function merged(text: string | undefined, wanted = entries): string {
  return mergeHooks(text, wanted).text as string;
}

describe('mergeHooks', () => {
  it('writes a file where there is none', () => {
    const { text, changed } = mergeHooks(undefined, entries);
    expect(changed).toBe(true);
    expect(text).toMatch(/^\{\n {2}"hooks": \{\n/);
    expect(text).toMatch(/\n\}\n$/);
    expect(removeHooks(text as string)).toEqual({ text: undefined, changed: true });
  });

  it.each(FILES)('wires a file with %s and gives its bytes back', (_, original) => {
    const { text, changed } = mergeHooks(original, entries);
    expect(changed).toBe(true);
    expect(findOurHandlers(text as string)).toHaveLength(entries.length);
    expect(JSON.parse(text as string)).toMatchObject(
      original.includes('description') ? { description: JSON.parse(original).description } : {},
    );
    expect(places(text as string)).toEqual(places(original));
    expect(removeHooks(text as string)).toEqual({ text: original, changed: true });
  });

  it.each(FILES)('changes a file with %s only once', (_, original) => {
    const once = merged(original);
    expect(mergeHooks(once, entries)).toEqual({ text: once, changed: false });
  });

  it.each(FILES)('replaces an older version in a file with %s where it stands', (_, original) => {
    const later = merged(merged(original), moved);
    expect(later).toBe(merged(original, moved));
    expect(removeHooks(later).text).toBe(original);
  });

  it('keeps a hook that was added behind ours, and its place', () => {
    const file = JSON.parse(merged('{}'));
    file.hooks.PreToolUse.push({ hooks: [foreign] });
    const edited = JSON.stringify(file, null, 2);
    expect(places(merged(edited, moved))).toEqual(places(edited));
    expect(places(merged(edited, moved))[0]).toMatch(/^PreToolUse:1:0:/);
    expect(JSON.parse(removeHooks(edited).text as string)).toEqual({
      hooks: { PreToolUse: [{ hooks: [foreign] }] },
    });
  });

  it.each([
    ['a matcher', { matcher: 'Bash' }],
    ['an empty matcher', { matcher: '' }],
  ])('does not leave ours under %s', (_, more) => {
    const file = JSON.parse(merged(undefined));
    Object.assign(file.hooks.PreToolUse[0], more);
    const text = merged(JSON.stringify(file));
    expect(JSON.parse(text).hooks.PreToolUse).toEqual(JSON.parse(merged(undefined)).hooks.PreToolUse);
  });

  it('takes ours out of a group that it shares', () => {
    const file = JSON.parse(merged(undefined));
    file.hooks.Stop[0].hooks.push(foreign);
    const { Stop } = JSON.parse(merged(JSON.stringify(file))).hooks;
    expect(Stop).toEqual([{ hooks: [foreign] }, ...JSON.parse(merged(undefined)).hooks.Stop]);
  });

  it('leaves one of several', () => {
    const file = JSON.parse(merged(undefined));
    file.hooks.Stop.push(...file.hooks.Stop, { hooks: [foreign] }, ...file.hooks.Stop);
    const text = merged(JSON.stringify(file, null, 2));
    expect(JSON.parse(text).hooks.Stop).toHaveLength(2);
    expect(findOurHandlers(text)).toHaveLength(entries.length);
  });

  it('removes events that are wired no more', () => {
    const text = merged(merged(undefined), entries.slice(0, 2));
    expect(Object.keys(JSON.parse(text).hooks)).toEqual(entries.slice(0, 2).map(({ event }) => event));
  });

  it.each([
    ['a byte order mark', '\uFEFF{}', 'byte order mark'],
    ['nothing', ' \n', 'empty'],
    ['a comment', '{\n  // mine\n  "hooks": {}\n}', 'line 2: comments'],
    ['a block comment', '{/* */}', 'line 1: comments'],
    ['a trailing comma', '{\n"hooks": {},\n}', 'line 3: not valid JSON'],
    ['text after the end', '{} x', 'not valid JSON'],
    ['single quotes', "{'hooks':{}}", 'not valid JSON'],
    ['a control character in a string', '{"description":"\t"}', 'not valid JSON'],
    ['a list', '[]', 'not a JSON object'],
    ['deep nesting', `{"hooks":{"x":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`, 'nested too deep'],
    ['an unknown key', '{\n"$schema":"x"}', 'line 2: unknown key "$schema"'],
    ['a description that is no text', '{"description":1}', 'description is not text'],
    ['hooks that are null', '{"hooks":null}', 'hooks is not an object'],
    ['hooks that are a list', '{"hooks":[]}', 'hooks is not an object'],
    ['an event that is no list', '{"hooks":{"Stop":{}}}', 'hooks.Stop is not a list'],
    ['an event twice', '{"hooks":{"Stop":[],"Stop":[]}}', 'hooks has Stop twice'],
    ['hooks twice', '{"hooks":{},"hooks":{}}', 'has hooks twice'],
    ['a group that is no object', '{"hooks":{"Stop":["x"]}}', 'hooks.Stop[0] is not an object'],
    ['a matcher that is no text', '{"hooks":{"Stop":[{"matcher":1}]}}', 'hooks.Stop[0].matcher is not text'],
    ['handlers that are null', '{"hooks":{"Stop":[{"hooks":null}]}}', 'hooks.Stop[0].hooks is not a list'],
    [
      'a handler that is text',
      '{"hooks":{"Stop":[{"hooks":["x"]}]}}',
      'hooks.Stop[0].hooks[0] is not an object',
    ],
    ['no type', '{"hooks":{"Stop":[{"hooks":[{"command":"x"}]}]}}', 'has no type'],
    ['an unknown type', '{"hooks":{"Stop":[{"hooks":[{"type":"Command"}]}]}}', 'type is none of'],
    ['an inherited type', '{"hooks":{"Stop":[{"hooks":[{"type":"toString"}]}]}}', 'type is none of'],
    ['no command', '{"hooks":{"Stop":[{"hooks":[{"type":"command"}]}]}}', 'has no command'],
    [
      'a list as command',
      '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":["x"]}]}]}}',
      'command is not text',
    ],
    [
      'a fraction of a second',
      '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","timeout":1.5}]}]}}',
      'timeout is not a whole',
    ],
    [
      'a timeout as text',
      '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","timeout":"5"}]}]}}',
      'timeout is not a whole',
    ],
    [
      'a negative timeout',
      '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","timeout":-1}]}]}}',
      'timeout is not a whole',
    ],
    [
      'async as text',
      '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"x","async":"no"}]}]}}',
      'async is not true or false',
    ],
    [
      'an MCP handler without a server',
      '{"hooks":{"Stop":[{"hooks":[{"type":"mcp_tool"}]}]}}',
      'has no server',
    ],
  ])('refuses a file with %s', (_, text, message) => {
    expect(() => mergeHooks(text, entries)).toThrow(InputError);
    expect(() => mergeHooks(text, entries)).toThrow(message);
    expect(() => removeHooks(text)).toThrow(InputError);
  });
});

/** A file with blanks wherever JSON takes them. */
const anyFile = fc
  .array(fc.constantFrom('', ' ', '\n', '\n  ', '\t', '\r\n ', ' \n\n'), { minLength: 1, maxLength: 40 })
  .chain((blanks) => {
    let used = 0;
    const blank = () => blanks[used++ % blanks.length] as string;
    const list = (items: readonly string[], [open, close]: readonly [string, string]) =>
      `${open}${blank()}${items.map((item, i) => `${i > 0 ? `,${blank()}` : ''}${item}${blank()}`).join('')}${close}`;
    const object = (members: Readonly<Record<string, string>>) =>
      list(
        Object.entries(members).map(([key, value]) => `"${key}"${blank()}:${blank()}${value}`),
        ['{', '}'],
      );
    const group = fc.nat(2).map((n) =>
      object({
        hooks: list(
          Array.from({ length: n }, () => object({ type: '"command"', command: '"x"' })),
          ['[', ']'],
        ),
      }),
    );
    const groups = fc.array(group, { maxLength: 3 }).map((items) => list(items, ['[', ']']));
    const events = fc
      .dictionary(fc.constantFrom('Stop', 'PreToolUse', 'SessionEnd', 'Later'), groups)
      .map(object);
    return fc
      .record({ description: fc.constant('"d"'), hooks: events }, { requiredKeys: [] })
      .map((members) => `${blank()}${object(members as Record<string, string>)}${blank()}`);
  });

it('gives every file back to the byte, however it is spaced', () => {
  fc.assert(
    fc.property(anyFile, (original) => {
      const text = merged(original);
      expect(places(text)).toEqual(places(original));
      expect(mergeHooks(text, entries).changed).toBe(false);
      expect(removeHooks(text).text).toBe(original);
    }),
    { numRuns: 300 },
  );
});

describe('removeHooks', () => {
  it.each(FILES)('leaves a file with %s alone when nothing of ours is in it', (_, original) => {
    expect(removeHooks(original)).toEqual({ text: original, changed: false });
  });
});
