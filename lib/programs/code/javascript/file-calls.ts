/** What JavaScript's calls do to files: `fs` and its kin, Deno, Bun and the packages for globs and deletion. Data only. */

import * as a from '../actions.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';

/** Functions of `fs`; each also as `…Sync`, in `fs.promises`, and, where the name says it all, on unknown objects. */
const FILES: a.CallTable = [
  [a.deletes(0), 'unlink rmdir'],
  [a.deletesTree(0, 'recursive'), 'rm rmdir'],
  [a.deletesTree(0), 'remove emptyDir'],
  [a.writes(0), 'writeFile truncate outputFile writeJson writeJSON outputJson createWriteStream'],
  [a.appends(0), 'appendFile'],
  [a.creates(0), 'mkdir ensureDir mkdirp ensureFile'],
  [a.reads(0), 'readFile createReadStream readJson readJSON'],
  [a.lists(0), 'stat lstat access exists existsSync opendir'],
  [a.all(a.lists(0), t.constant(v.list([], true))), 'readdir'],
  [a.copies(0, 1), 'copyFile copy'],
  [a.copies(0, 1, { recursive: true }), 'cp'],
  [a.moves('move', 0, 1), 'rename move'],
  [a.moves('link', 0, 1), 'symlink link ensureSymlink ensureLink'],
  [a.changesMode(0, 1), 'chmod lchmod'],
  [a.changesMode(0), 'chown lchown utimes'],
  [a.opens(0, 1), 'open'],
  [a.gives((site) => v.join([a.pick(site, 0) ?? v.UNKNOWN, v.UNKNOWN])), 'mkdtemp'],
];
/** Names that mean a file function on any object, also without `Sync`. */
const DISTINCT = new Set([
  'unlink',
  'rmdir',
  'writeFile',
  'appendFile',
  'readFile',
  'copyFile',
  'createWriteStream',
]);

/** `fs` under all its spellings. */
export function fileCalls(): a.CallTable {
  return FILES.map(([action, names]) => {
    const all = names
      .split(' ')
      .flatMap((name) => [`fs.${name}`, `?.${name}Sync`, ...(DISTINCT.has(name) ? [`?.${name}`] : [])]);
    return [action, all.join(' ')] as const;
  });
}

/** Files outside `fs`, and the directory of the process. */
export const OTHER_FILES: a.CallTable = [
  [
    a.deletesTree(0),
    'rimraf rimraf.rimraf rimraf.sync del del.deleteSync del.deleteAsync del.sync shelljs.rm trash',
  ],
  [a.deletes('*'), 'Bun.file().delete'],
  [a.deletesTree(0, 'recursive'), 'Deno.remove Deno.removeSync'],
  [
    a.writes(0),
    'Deno.writeTextFile Deno.writeTextFileSync Deno.writeFile Deno.writeFileSync Deno.create Deno.truncate Bun.write bun.write shelljs.ShellString().to',
  ],
  [a.reads(0), 'Deno.readTextFile Deno.readTextFileSync Deno.readFile Deno.readFileSync shelljs.cat'],
  [
    t.standsFor((site) => {
      a.reads(0)(site);
      return a.pick(site, 0) ?? v.UNKNOWN;
    }),
    'Bun.file',
  ],
  [a.opens(0, 9), 'Deno.open'],
  [a.copies(0, 1), 'Deno.copyFile Deno.copyFileSync shelljs.cp'],
  [a.moves('move', 0, 1), 'Deno.rename Deno.renameSync shelljs.mv'],
  [a.moves('link', 0, 1), 'Deno.symlink Deno.symlinkSync Deno.link'],
  [a.changesMode(0, 1), 'Deno.chmod Deno.chmodSync'],
  [a.creates(0), 'Deno.mkdir Deno.mkdirSync shelljs.mkdir'],
  [
    (site) => {
      site.machine.changeDirectory(a.pick(site, 0) ?? v.UNKNOWN);
      return undefined;
    },
    'process.chdir Deno.chdir shelljs.cd',
  ],
  [
    a.gives((site) => t.matchesOf(a.pick(site, 0) ?? v.UNKNOWN)),
    'glob glob.sync glob.globSync glob.glob fast-glob fast-glob.sync globby globby.globby globby.globbySync tinyglobby.globSync tinyglobby.glob fs.glob',
  ],
];
