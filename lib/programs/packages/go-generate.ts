/** The command lines that `go generate` runs: the `//go:generate` lines of Go files. */

import type { HostView } from '../../types/host.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { absolutePath } from '../coreutils/paths.ts';
import { wordAt } from '../effects.ts';
import type { Call } from '../page.ts';

const MAX_BYTES = 1 << 18;
const MAX_FILES = 400;
const MAX_DEPTH = 8;
const MAX_LINES = 200;
/** Directories that go itself leaves out. */
const LEFT_OUT = /^(?:[._]|vendor$|testdata$|node_modules$)/;

/**
 * What `go generate` of some packages runs.
 *
 * @param packages directories, files, or `./...` for all below; none = here
 */
export function generatorRuns(call: Call, packages: readonly Word[], near: Word): readonly Nested[] {
  const wanted = packages.length > 0 ? packages : [wordAt('.', near)];
  const lines: { readonly text: string; readonly folder: string }[] = [];
  let files = 0;
  const readGo = (path: string, folder: string): void => {
    if (++files > MAX_FILES || lines.length >= MAX_LINES) return;
    const text = call.host.readFile(path, MAX_BYTES);
    for (const [, line = ''] of text?.matchAll(/^\/\/go:generate[ \t]+(.+)$/gm) ?? [])
      lines.push({ text: line.trim(), folder });
  };
  const walk = (folder: string, depth: number): void => {
    for (const name of call.host.readDirectory(folder) ?? []) {
      if (files > MAX_FILES) return;
      if (name.endsWith('.go')) readGo(`${folder}/${name}`, folder);
      else if (depth > 0 && !LEFT_OUT.test(name) && isFolder(call.host, `${folder}/${name}`))
        walk(`${folder}/${name}`, depth - 1);
    }
  };
  for (const word of wanted) {
    const path = absolutePath(call, word)?.replace(/\/+\.?$/, '');
    if (path === undefined) continue;
    if (path.endsWith('.go')) readGo(path, path.slice(0, path.lastIndexOf('/')));
    else if (path.endsWith('/...')) walk(path.slice(0, -4), MAX_DEPTH);
    else walk(path, 0);
  }
  return lines.slice(0, MAX_LINES).map(({ text, folder }) => ({
    kind: 'code',
    lang: 'sh',
    code: wordAt(text.replace(/^-command\s+\S+\s+/, ''), near),
    via: 'go generate',
    cwd: wordAt(folder, near),
  }));
}

function isFolder(host: HostView, path: string): boolean {
  return !/\.\w+$/.test(path) && host.pathKind(path) === 'directory';
}
