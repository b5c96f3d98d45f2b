/** What Python's calls do to files named by text: `os`, `shutil`, `open`, archives and tables. Data only; `Path` is path-calls.ts's business. */

import {
  all,
  type CallTable,
  changesMode,
  copies,
  creates,
  deletes,
  deletesTree,
  gives,
  lists,
  moves,
  opens,
  option,
  pick,
  reads,
  touches,
  writes,
} from '../actions.ts';
import type { Action } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

const walks: Action = gives((site) => {
  const root = pick(site, [0, 'top']) ?? v.text('.');
  site.machine.sink.effect({
    kind: 'file',
    op: 'list',
    path: site.machine.place(root),
    span: site.machine.near.span,
  });
  const below = t.joinPaths([root, v.UNKNOWN]);
  return v.list([v.list([below, v.list([], true), v.list([], true)])]);
});

const listsNames: Action = all(lists(0), t.constant(v.list([], true)));

/** `os.open(path, os.O_WRONLY | os.O_CREAT)`. */
const opensRaw: Action = (site) => {
  const flags = site.args.positional[1];
  const names = flags?.kind === 'ref' ? flags.path : undefined;
  if (names === undefined) touches('write', 0, { uncertain: true })(site);
  else if (/O_(?:WRONLY|RDWR|APPEND|CREAT|TRUNC)/.test(names)) touches('write', 0)(site);
  else reads(0)(site);
  return undefined;
};

/** Files, directories and archives. */
export const FILES: CallTable = [
  [deletes([0, 'path']), 'os.remove os.unlink os.rmdir os.removedirs send2trash.send2trash'],
  [deletesTree([0, 'path']), 'shutil.rmtree'],
  [moves('move', [0, 'src'], [1, 'dst']), 'os.rename os.replace os.renames shutil.move'],
  [copies([0, 'src'], [1, 'dst']), 'shutil.copy shutil.copy2 shutil.copyfile'],
  [copies([0, 'src'], [1, 'dst'], { recursive: true }), 'shutil.copytree distutils.dir_util.copy_tree'],
  [moves('link', [0, 'src'], [1, 'dst']), 'os.symlink os.link'],
  [changesMode([0, 'path'], [1, 'mode']), 'os.chmod os.lchmod'],
  [changesMode([0, 'path']), 'os.chown os.lchown shutil.chown os.setxattr os.utime'],
  [writes([0, 'path']), 'os.truncate os.mkfifo os.mknod'],
  [creates([0, 'name', 'path']), 'os.mkdir os.makedirs'],
  [opens([0, 'file']), 'open gzip.open bz2.open lzma.open zipfile.ZipFile'],
  [opens([0, 'name', 'fileobj']), 'tarfile.open'],
  [opensRaw, 'os.open'],
  [writes([0, 'base_name']), 'shutil.make_archive'],
  [touches('write', [1, 'extract_dir', 'path'], { recursive: true }), 'shutil.unpack_archive'],
  [
    (site) =>
      touches('write', 0, { recursive: true })({
        ...site,
        args: { ...site.args, positional: [pick(site, [0, 'path']) ?? v.text('.')] },
      }),
    '?.extractall',
  ],
  [
    lists(0),
    'os.path.exists os.path.isfile os.path.isdir os.stat os.path.getsize os.path.getmtime os.access',
  ],
  [listsNames, 'os.listdir'],
  [
    gives((site) =>
      v.list([v.ref('os.DirEntry()', { text: t.joinPaths([pick(site, 0) ?? v.text('.'), v.UNKNOWN]) })]),
    ),
    'os.scandir',
  ],
  [walks, 'os.walk os.fwalk'],
  [gives((site) => t.matchesOf(pick(site, [0, 'pathname']) ?? v.UNKNOWN)), 'glob.glob glob.iglob'],
  [
    reads([0, 'filepath_or_buffer', 'fname', 'file', 'io']),
    'pandas.read_csv pandas.read_json pandas.read_excel pandas.read_parquet numpy.load numpy.loadtxt linecache.getlines fileinput.input dotenv.dotenv_values dotenv.load_dotenv',
  ],
  [
    writes([0, 'path_or_buf', 'fname']),
    '?.to_csv ?.to_json ?.to_excel ?.to_parquet ?.savefig numpy.save numpy.savetxt',
  ],
  [
    (site) =>
      v.isTrue(option(site, 'inplace')) ? touches('write', [0, 'files'])(site) : reads([0, 'files'])(site),
    'fileinput.input fileinput.FileInput',
  ],
  [
    (site) => {
      site.machine.changeDirectory(pick(site, [0, 'path']) ?? v.UNKNOWN);
      return undefined;
    },
    'os.chdir',
  ],
];
