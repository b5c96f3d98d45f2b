/** What Python's paths do and give: `pathlib`, `os.path` and `tempfile`. Files named by plain text are file-calls.ts's business. */

import {
  all,
  type CallTable,
  changesMode,
  creates,
  deletes,
  deletesTree,
  gives,
  lists,
  moves,
  opens,
  pick,
  reads,
  writes,
} from '../actions.ts';
import type { Action } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** Path text of a `Path` object. */
export const own = (_: unknown, self?: v.Value): v.Value =>
  self?.kind === 'ref' && self.text ? self.text : v.unknownFrom(self && v.sourceOf(self));

const path = (make: (self: v.Value, args: v.Args) => v.Value): Action =>
  gives(({ self, args }) => v.eachOption(make(own(undefined, self), args), newPath));

export function newPath(text: v.Value): v.Value {
  return v.ref('pathlib.Path()', { text });
}

/** What a pattern below a `Path` finds, as `Path` objects. */
const finds = (deep: boolean): Action =>
  gives(({ self, args }) => {
    const parts = [own(undefined, self), ...(deep ? [v.text('**')] : []), args.positional[0] ?? v.UNKNOWN];
    return v.list(t.matchesOf(t.joinPaths(parts), true).items.map(newPath));
  });

/** Methods of `Path`, and functions that give paths. */
export const PATHS: CallTable = [
  [
    t.standsFor(({ args }) => t.joinPaths(args.open ? [...args.positional, v.UNKNOWN] : args.positional)),
    'pathlib.Path',
  ],
  [deletes('self'), 'pathlib.Path().unlink pathlib.Path().rmdir ?.unlink ?.rmdir ?.removedirs'],
  [deletesTree('self'), 'pathlib.Path().rmtree ?.rmtree'],
  [writes('self'), 'pathlib.Path().write_text pathlib.Path().write_bytes ?.write_text ?.write_bytes'],
  [reads('self'), 'pathlib.Path().read_text pathlib.Path().read_bytes ?.read_text ?.read_bytes'],
  [(site) => opens('self', [0, 'mode'])(site), 'pathlib.Path().open'],
  [creates('self'), 'pathlib.Path().mkdir pathlib.Path().touch'],
  [changesMode('self', [0, 'mode']), 'pathlib.Path().chmod'],
  [
    all(moves('move', 'self', [0, 'target']), t.passes(0)),
    'pathlib.Path().rename pathlib.Path().replace pathlib.Path().move',
  ],
  [moves('link', [0, 'target'], 'self'), 'pathlib.Path().symlink_to pathlib.Path().hardlink_to'],
  [lists('self'), 'pathlib.Path().exists pathlib.Path().is_file pathlib.Path().is_dir pathlib.Path().stat'],
  [finds(false), 'pathlib.Path().glob'],
  [finds(true), 'pathlib.Path().rglob'],
  [
    gives(({ self }) => v.list([newPath(t.joinPaths([own(undefined, self), v.UNKNOWN]))])),
    'pathlib.Path().iterdir pathlib.Path().walk',
  ],
  [path((self, args) => t.joinPaths([self, ...args.positional])), 'pathlib.Path().joinpath'],
  [path((self) => self), 'pathlib.Path().resolve pathlib.Path().absolute'],
  [path((self) => t.expandHome(self)), 'pathlib.Path().expanduser'],
  [
    path((self, args) => t.joinPaths([t.parentOf(self), args.positional[0] ?? v.UNKNOWN])),
    'pathlib.Path().with_name',
  ],
  [
    path((self, args) =>
      v.eachOption(self, (one) =>
        v.textOf([
          ...v.piecesOf(one).slice(0, -1),
          String(v.piecesOf(one).at(-1) ?? '').replace(/\.[^./]*$/, ''),
          ...v.piecesOf(args.positional[0] ?? v.UNKNOWN),
        ]),
      ),
    ),
    'pathlib.Path().with_suffix',
  ],
  [path(() => v.HOME), 'pathlib.Path.home'],
  [path(() => v.text('.')), 'pathlib.Path.cwd'],
  [gives(({ self }) => own(undefined, self)), 'pathlib.Path().as_posix pathlib.Path().__str__'],
  [t.joinsPaths, 'os.path.join'],
  [
    t.passes(0),
    'os.path.abspath os.path.realpath os.path.normpath os.path.normcase os.path.relpath os.fspath os.fsencode os.fsdecode',
  ],
  [gives((site) => t.expandHome(pick(site, 0) ?? v.UNKNOWN)), 'os.path.expanduser'],
  [
    gives((site) =>
      v.eachOption(pick(site, 0) ?? v.UNKNOWN, (one) =>
        /^(\$HOME|\$\{HOME\})(?=\/|$)/.test(v.knownText(one) ?? '')
          ? v.join([v.HOME, v.text((v.knownText(one) as string).replace(/^\$\{?HOME\}?/, ''))])
          : one,
      ),
    ),
    'os.path.expandvars',
  ],
  [gives((site) => t.parentOf(pick(site, 0) ?? v.UNKNOWN)), 'os.path.dirname'],
  [gives((site) => t.baseOf(pick(site, 0) ?? v.UNKNOWN)), 'os.path.basename'],
  [t.constant(v.text('.')), 'os.getcwd os.getcwdb'],
  [t.constant(v.text('/tmp')), 'tempfile.gettempdir'],
  [
    gives((site) => v.ref(`${site.path}()`, { text: v.textOf(['/tmp/', v.UNKNOWN]) })),
    'tempfile.TemporaryDirectory tempfile.NamedTemporaryFile tempfile.mktemp',
  ],
  [t.constant(v.textOf(['/tmp/', v.UNKNOWN])), 'tempfile.mkdtemp'],
  [t.constant(v.list([v.UNKNOWN, v.textOf(['/tmp/', v.UNKNOWN])])), 'tempfile.mkstemp'],
];
