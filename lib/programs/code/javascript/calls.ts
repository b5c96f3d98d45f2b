/** JavaScript's dialect in Node, Deno and Bun: all its calls together, its constants and the one spelling of each name. How calls are written is reader.ts's business. */

import * as a from '../actions.ts';
import type { Dialect, Machine } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import { CODE } from './code-calls.ts';
import { fileCalls, OTHER_FILES } from './file-calls.ts';
import { NET } from './net-calls.ts';
import { ENVIRONMENT, PROCESSES } from './process-calls.ts';
import { itemsOf, VALUES } from './value-calls.ts';

let dialect: Dialect | undefined;

/** JavaScript's dialect; the table is built when it is first asked for. */
export function javascriptDialect(): Dialect {
  dialect ??= {
    language: 'javascript',
    calls: a.callsOf(fileCalls(), OTHER_FILES, PROCESSES, CODE, NET, ENVIRONMENT, VALUES),
    constants: new Map<string, (machine: Machine, self?: v.Value) => v.Value>([
      ['process.env', () => v.ref('process.env', { source: { from: 'env' } })],
      ['process.execPath', () => v.text('node')],
      ['process.argv', argumentsOf],
      ['Deno.args', (machine) => v.list(itemsOf(argumentsOf(machine)).slice(2), machine.args === undefined)],
      ['__filename', fileOf],
      ['import.meta.filename', fileOf],
      ['import.meta.url', fileOf],
      ['__dirname', (machine) => t.parentOf(fileOf(machine))],
      ['import.meta.dirname', (machine) => t.parentOf(fileOf(machine))],
      ['os.EOL', () => v.text('\n')],
      ['path.sep', () => v.text('/')],
      ['process.platform', () => v.text('linux')],
    ]),
    canonical,
  };
  return dialect;
}

function fileOf(machine: Machine): v.Value {
  return v.text(machine.file ?? './code');
}

function argumentsOf(machine: Machine): v.Value {
  if (!machine.args) return v.list([], true);
  const words = machine.args.map((word) =>
    v.textOf(
      word.text !== undefined ? [word.text] : (word.pieces ?? [null]).map((piece) => piece ?? v.UNKNOWN),
    ),
  );
  // With a file it stands second, without one it is left out.
  return v.list([v.text('node'), ...(machine.file === undefined ? words.slice(1) : words)]);
}

const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:globalThis|global|window|self)\.(?=.)/, ''],
  [/^node:/, ''],
  [/^(?:process\.mainModule|module|require\.main|process)\.(?:require|getBuiltinModule)$/, 'require'],
  [/^module\.createRequire\(\)$/, 'require'],
  [/^([\w:@/-]+)\.default(?=\.|$)/, '$1'],
  [/^(?:fs-extra|graceful-fs|mz\/fs|fs\/promises)(?=\.|$)/, 'fs'],
  [/^fs\.promises\./, 'fs.'],
  [/^(fs|os)\.constants\./, '$1.constant.'],
  [/^fs\.(\w+)Sync$/, 'fs.$1'],
  [/^(?:path\/posix|path\.posix|path\.win32)(?=\.|$)/, 'path'],
  [/^dns\/promises(?=\.|$)/, 'dns'],
  [/^bun\.(?=[$swf])/, 'Bun.'],
  [/^Deno\.env\.(?!get$|toObject$)/, 'process.env.'],
  [/^Bun\.env(?=\.|$)/, 'process.env'],
];

function canonical(written: string): string {
  let path = written;
  for (const [pattern, spelling] of SPELLINGS) path = path.replace(pattern, spelling);
  return path;
}
