import { describe, expect, it } from 'vitest';
import { parsePatch } from '../../lib/patch/parse-patch.ts';
import { LimitError } from '../../lib/types/errors.ts';
import type { PatchFile } from '../../lib/types/patch.ts';

const BEGIN = '*** Begin Patch';
const END = '*** End Patch';

function patch(...lines: readonly string[]): string {
  return [BEGIN, ...lines, END].join('\n');
}
function add(path: string, ...added: readonly string[]): PatchFile {
  return { op: 'add', path, added, removed: [] };
}
function remove(path: string): PatchFile {
  return { op: 'delete', path, added: [], removed: [] };
}
function update(
  path: string,
  removed: readonly string[],
  added: readonly string[],
  moveTo?: string,
): PatchFile {
  return { op: 'update', path, ...(moveTo === undefined ? {} : { moveTo }), added, removed };
}

const wellFormed: readonly (readonly [string, string, readonly PatchFile[]])[] = [
  ['a new file', patch('*** Add File: a.txt', '+one', '+', '+two'), [add('a.txt', 'one', '', 'two')]],
  ['an empty new file', patch('*** Add File: a.txt'), [add('a.txt')]],
  ['a deletion', patch('*** Delete File: a.txt'), [remove('a.txt')]],
  ['an update', patch('*** Update File: a.txt', '@@', ' x', '-y', '+z'), [update('a.txt', ['y'], ['z'])]],
  ['an update without «@@»', patch('*** Update File: a', '-y', '+z'), [update('a', ['y'], ['z'])]],
  ['a move', patch('*** Update File: a', '*** Move to: b/c', '@@ fn', '-y'), [update('a', ['y'], [], 'b/c')]],
  [
    'several parts',
    patch('*** Update File: a', '@@ one', '-1', '@@ two', '+2', '*** End of File', '', '@@', '-3'),
    [update('a', ['1', '3'], ['2'])],
  ],
  [
    'several files',
    patch('*** Add File: a', '+x', '*** Delete File: b', '*** Update File: c', '@@', '-y', '+z'),
    [add('a', 'x'), remove('b'), update('c', ['y'], ['z'])],
  ],
  ['an absolute path', patch('*** Add File: /etc/x', '+1'), [add('/etc/x', '1')]],
  ['spaces in and before a path', patch('  *** Add File:  a b  ', '+1'), [add(' a b', '1')]],
  ['quotes in a path', patch('*** Add File: "a"', '+1'), [add('"a"', '1')]],
  ['blanks around everything', `\n\n  ${patch('*** Delete File: a')}  \n\n`, [remove('a')]],
  [
    'CRLF',
    patch('*** Add File: a', '+x', '').replaceAll('\n', '\r\n').replace('\r\n\r\n', '\r\n'),
    [add('a', 'x')],
  ],
  ['an unquoted here-document', `<<EOF\n${patch('*** Delete File: a')}\nEOF\n`, [remove('a')]],
  ['a quoted here-document', `<<'EOF'\n${patch('*** Delete File: a')}\nEOF`, [remove('a')]],
  ['a double-quoted here-document', `<<"EOF"\n${patch('*** Delete File: a')}\nEOF`, [remove('a')]],
  ['an environment ID', patch('*** Environment ID: e', '*** Delete File: a'), [remove('a')]],
  [
    'a header after an indented one',
    patch('*** Add File: a', '+x', '  *** Delete File: b'),
    [add('a', 'x'), remove('b')],
  ],
  [
    'an indented header in an update is context',
    patch('*** Update File: a', '@@', ' *** Delete File: b', '-x'),
    [update('a', ['x'], [])],
  ],
  [
    'an added header is content',
    patch('*** Add File: a', '+*** Delete File: b'),
    [add('a', '*** Delete File: b')],
  ],
  [
    'a removed header is content',
    patch('*** Update File: a', '@@', '-*** Delete File: b'),
    [update('a', ['*** Delete File: b'], [])],
  ],
  ['NEL counts as blank', patch('\u0085*** Delete File: a\u0085'), [remove('a')]],
  [
    'a line separator ends no line',
    patch('*** Add File: a', '+x\u2028*** Delete File: b'),
    [add('a', 'x\u2028*** Delete File: b')],
  ],
  ['the end marker twice', `${patch('*** Delete File: a')}\n\n${END}`, [remove('a')]],
];

const malformed: readonly (readonly [string, string, RegExp, readonly PatchFile[]])[] = [
  ['nothing', ' \n ', /empty/, []],
  ['no begin', `*** Delete File: a\n${END}`, /first line/, [remove('a')]],
  ['no end', `${BEGIN}\n*** Delete File: a`, /last line/, [remove('a')]],
  ['a byte order mark', `\uFEFF${patch('*** Delete File: a')}`, /first line/, [remove('a')]],
  ['no file', patch(), /no file/, []],
  [
    'text after the end',
    `${patch('*** Delete File: a')}\n*** Add File: b`,
    /last line/,
    [remove('a'), add('b')],
  ],
  [
    'a second patch',
    `${patch('*** Delete File: a')}\n${patch('*** Delete File: b')}`,
    /line 4/,
    [remove('a'), remove('b')],
  ],
  [
    'an unknown header',
    patch('*** Rename File: a', '*** Delete File: b'),
    /line 2: .*not a file header/,
    [remove('b')],
  ],
  ['a header in small letters', patch('*** add file: a'), /not a file header/, []],
  ['raw text in a new file', patch('*** Add File: a', 'x', '+y'), /line 3/, [add('a', 'y')]],
  [
    'a blank line between files',
    patch('*** Delete File: a', '', '*** Delete File: b'),
    /line 3/,
    [remove('a'), remove('b')],
  ],
  [
    'raw text in an update',
    patch('*** Update File: a', '@@', '-x', 'y', '*** Delete File: b'),
    /line 5/,
    [update('a', ['x'], []), remove('b')],
  ],
  ['an update without lines', patch('*** Update File: a'), /no lines/, [update('a', [], [])]],
  [
    'a move without lines',
    patch('*** Update File: a', '*** Move to: b'),
    /no lines/,
    [update('a', [], [], 'b')],
  ],
  ['two «@@»', patch('*** Update File: a', '@@', '@@', '-x'), /two/, [update('a', ['x'], [])]],
  ['an empty last part', patch('*** Update File: a', '-x', '@@'), /empty part/, [update('a', ['x'], [])]],
  [
    'two targets',
    patch('*** Update File: a', '*** Move to: b', '*** Move to: c', '-x'),
    /line 4/,
    [update('a', [], [], 'b'), update('a', ['x'], [], 'c')],
  ],
  [
    'a target too late',
    patch('*** Update File: a', '-x', '*** Move to: b'),
    /line 4/,
    [update('a', ['x'], [], 'b')],
  ],
  [
    'an end of file in a new file',
    patch('*** Add File: a', '+x', '*** End of File'),
    /line 4/,
    [add('a', 'x')],
  ],
  [
    'lines after the end of file',
    patch('*** Update File: a', '-x', '*** End of File', '+y'),
    /line 5/,
    [update('a', ['x'], ['y'])],
  ],
  [
    'two environment IDs',
    patch('*** Environment ID: e', '*** Environment ID: f', '*** Delete File: a'),
    /second/,
    [remove('a')],
  ],
  [
    'an empty environment ID',
    patch('*** Environment ID:', '*** Delete File: a'),
    /empty environment/,
    [remove('a')],
  ],
  [
    'another here-document word',
    `<<'PATCH'\n${patch('*** Delete File: a')}\nPATCH`,
    /first line/,
    [remove('a')],
  ],
  ['a fence', `\`\`\`\n${patch('*** Delete File: a')}\n\`\`\``, /first line/, [remove('a')]],
];

describe('parsePatch', () => {
  it.each(wellFormed)('reads %s', (_, text, files) => {
    expect(parsePatch(text)).toEqual({ ok: true, files });
  });

  it.each(malformed)('refuses %s and still shows its files', (_, text, error, files) => {
    const read = parsePatch(text);
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.error).toMatch(error);
    expect(read.files).toEqual(files);
  });

  it('repeats only the start of a long line', () => {
    const read = parsePatch(patch('y'.repeat(10_000)));
    expect(read.ok ? '' : read.error).toMatch(/^line 2: .{60,120}$/);
  });

  it('takes a line of 64 MiB', () => {
    const read = parsePatch(patch('*** Add File: a', `+${'x'.repeat(64 << 20)}`));
    expect(read.ok && read.files[0]?.added[0]?.length).toBe(64 << 20);
  });

  it.each([
    ['lines', patch('*** Add File: a', '+\n'.repeat(2_000_001))],
    ['files', patch('*** Delete File: a\n'.repeat(50_001))],
  ])('stops at too many %s', (_, text) => {
    expect(() => parsePatch(text)).toThrow(LimitError);
  });
});
