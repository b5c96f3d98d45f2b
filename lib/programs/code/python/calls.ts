/** Python's dialect: all its calls together, its constants and the one spelling of each name. How calls are written is reader.ts's business. */

import { appends, callsOf } from '../actions.ts';
import type { Dialect, Machine } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import { CODE } from './code-calls.ts';
import { FILES } from './file-calls.ts';
import { NET } from './net-calls.ts';
import { newPath, own, PATHS } from './path-calls.ts';
import { ENVIRONMENT, PROCESSES } from './process-calls.ts';
import { VALUES } from './value-calls.ts';

const HOME_NAMES = /^(?:posixpath|ntpath)\./;

let dialect: Dialect | undefined;

/** Python's dialect; the table is built when it is first asked for. */
export function pythonDialect(): Dialect {
  dialect ??= {
    language: 'python',
    calls: callsOf(FILES, PATHS, PROCESSES, CODE, NET, ENVIRONMENT, VALUES, [[appends(0), '']]),
    constants: new Map<string, (machine: Machine, self?: v.Value) => v.Value>([
      ['os.environ', () => v.ref('os.environ', { source: { from: 'env' } })],
      ['os.environb', () => v.ref('os.environ', { source: { from: 'env' } })],
      ['sys.executable', () => v.text('python3')],
      ['os.sep', () => v.text('/')],
      ['os.linesep', () => v.text('\n')],
      ['os.curdir', () => v.text('.')],
      ['os.pardir', () => v.text('..')],
      ['os.devnull', () => v.text('/dev/null')],
      ['os.name', () => v.text('posix')],
      ['__file__', (machine) => v.text(machine.file ?? './code')],
      ['sys.argv', (machine) => argumentsOf(machine)],
      ['pathlib.Path().parent', (machine, self) => newPath(t.parentOf(own(machine, self)))],
      ['pathlib.Path().name', (machine, self) => t.baseOf(own(machine, self))],
      ['os.DirEntry().path', own],
      ['os.DirEntry().name', (machine, self) => t.baseOf(own(machine, self))],
      ['tempfile.NamedTemporaryFile().name', own],
      ['tempfile.TemporaryDirectory().name', own],
    ]),
    canonical,
  };
  return dialect;
}

function argumentsOf(machine: Machine): v.Value {
  if (!machine.args) return v.list([], true);
  return v.list(
    machine.args.map((word) =>
      v.textOf(
        word.text !== undefined ? [word.text] : (word.pieces ?? [null]).map((piece) => piece ?? v.UNKNOWN),
      ),
    ),
  );
}

/** Modules under which others of the standard library lie about: `shutil.os.system`. */
const MODULES = new Set([
  'os',
  'sys',
  'subprocess',
  'shutil',
  'builtins',
  'socket',
  'pathlib',
  'importlib',
  '_os',
  '_sys',
]);
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:posix|nt)\./, 'os.'],
  [HOME_NAMES, 'os.path.'],
  [/^(?:builtins|__builtins__|__builtin__)\./, ''],
  [/^(?:io|codecs|_io)\.open$/, 'open'],
  [/^pathlib\.(?:Posix|Pure|PurePosix|Windows)Path\b/, 'pathlib.Path'],
  [/^pathlib2\./, 'pathlib.'],
  [/^importlib\.import_module$/, '__import__'],
  [/^importlib\.__import__$/, '__import__'],
  [/^(?:urllib2|urllib|six\.moves\.urllib\.request)\.(?=url|Request|build_opener)/, 'urllib.request.'],
  [/^httplib\./, 'http.client.'],
  [/^commands\./, 'subprocess.'],
  [/^pd\./, 'pandas.'],
  [/^np\./, 'numpy.'],
  [/^(?:globals|locals|vars)\(\)\./, ''],
  [/^sys\.modules\./, ''],
  [/^.*\.(?:__globals__|__builtins__)\./, ''],
  [/^Path(?=\.|\(\)|$)/, 'pathlib.Path'],
];

function canonical(written: string): string {
  let path = written.replaceAll('.__dict__.', '.').replaceAll('().__enter__()', '()');
  if (path.endsWith('.__call__')) path = path.slice(0, -9);
  const names = path.split('.');
  // `logging.os.system` is `os.system`; the last name can be anything.
  const inner = names.findLastIndex((name, at) => at > 0 && at < names.length - 1 && MODULES.has(name));
  if (inner > 0) path = names.slice(inner).join('.').replace(/^_/, '');
  for (const [pattern, spelling] of SPELLINGS) path = path.replace(pattern, spelling);
  return path;
}
