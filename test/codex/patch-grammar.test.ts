import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePatch } from '../../lib/patch/parse-patch.ts';
import { findBinary } from './find-binary.ts';
import { writeFiles } from './rooms.ts';

const FILES = { 'a.txt': 'one\ntwo\n', 'b.txt': 'one\n', 'c.txt': 'three\n' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'codex-guard-patch-'));
  // The client's own binary applies patches when it is called by this name.
  symlinkSync(findBinary(), join(folder, 'apply_patch'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the client makes of a patch: whether it takes the text at all, and the files it names when it applied it. */
function applyByClient(text: string): { readonly taken: boolean; readonly files?: readonly string[] } {
  const work = join(folder, 'work');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work);
  writeFiles(work, FILES);
  const { status, stdout, stderr } = spawnSync(join(folder, 'apply_patch'), {
    cwd: work,
    input: text,
    env: { HOME: folder, CODEX_HOME: folder },
    encoding: 'utf8',
  });
  const taken = !/^(Invalid patch|No files were modified|Usage)/.test(stderr);
  return status === 0
    ? { taken, files: [...stdout.matchAll(/^[AMD] .*$/gm)].map(([line]) => line).sort() }
    : { taken };
}

function applyByUs(text: string): { readonly taken: boolean; readonly files: readonly string[] } {
  const { ok, files } = parsePatch(text);
  const letters = { add: 'A', update: 'M', delete: 'D' };
  const names = files.map(({ op, path, moveTo }) => `${letters[op]} ${moveTo ?? path}`);
  return { taken: ok, files: names.sort() };
}

const change = fc.constantFrom('+new', '-one', ' one', '', ' ', '@@', '@@ one', '*** End of File');
const fileOfPatch = fc.oneof(
  fc
    .tuple(fc.constantFrom('n', 'd/n', 's p'), fc.nat(2))
    .map(([path, n]) => [`*** Add File: ${path}`, ...Array(n).fill('+x')]),
  fc.constantFrom('b.txt', 'c.txt').map((path) => [`*** Delete File: ${path}`]),
  fc
    .tuple(
      fc.constantFrom('a.txt', 'b.txt'),
      fc.option(fc.constantFrom('m', 'd/m')),
      fc.array(change, { maxLength: 5 }),
    )
    .map(([path, target, lines]) => [
      `*** Update File: ${path}`,
      ...(target === null ? [] : [`*** Move to: ${target}`]),
      ...lines,
    ]),
);
const stray = fc
  .tuple(
    fc.constantFrom('', ' ', '\t', '\u00a0', '\u0085', '\ufeff'),
    fc.oneof(
      change,
      fc.constantFrom(
        '*** Begin Patch',
        '*** End Patch',
        '*** Delete File: c.txt',
        '*** Add File: ',
        '*** Move to: q',
      ),
      fc.constantFrom(
        '*** Environment ID: e',
        '*** Environment ID:',
        '<<EOF',
        "<<'EOF'",
        'EOF',
        'text',
        '***',
        '@',
      ),
    ),
    fc.constantFrom('', ' ', '\r', '\u2003'),
  )
  .map((parts) => parts.join(''));

/** Patches as models write them, some with a stray line, a lost one, a wrapper or Windows line ends. */
const anyPatch = fc
  .record({
    wrapper: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      '<<EOF',
      "<<'EOF'",
      '<<"EOF"',
      ' <<EOF',
      '<<PATCH',
    ),
    files: fc.array(fileOfPatch, { maxLength: 3 }),
    strays: fc.array(fc.tuple(fc.nat(20), stray), { maxLength: 2 }),
    lost: fc.option(fc.nat(20), { freq: 4 }),
    lineEnd: fc.constantFrom('\n', '\n', '\n', '\r\n'),
    around: fc.constantFrom('', '\n', ' \n\n'),
  })
  .map(({ wrapper, files, strays, lost, lineEnd, around }) => {
    const lines = ['*** Begin Patch', ...files.flat(), '*** End Patch'];
    const wrapped = wrapper === undefined ? lines : [wrapper, ...lines, 'EOF'];
    for (const [place, line] of strays) wrapped.splice(place % (wrapped.length + 1), 0, line);
    if (lost !== null) wrapped.splice(lost % wrapped.length, 1);
    return around + wrapped.join(lineEnd) + around;
  });

it('our reading of a patch is the client’s', () => {
  let applied = 0;
  fc.assert(
    fc.property(anyPatch, (text) => {
      const theirs = applyByClient(text);
      const ours = applyByUs(text);
      expect(ours.taken).toBe(theirs.taken);
      if (theirs.files === undefined) return;
      applied++;
      expect(ours.files).toEqual(theirs.files);
    }),
    { numRuns: 1500 },
  );
  expect(applied).toBeGreaterThan(100);
});
