/** Version control with histories of its own that reaches the same remotes as git: jj, Mercurial, Sapling. */

import type { Word } from '../../types/text.ts';
import { net, opaque, wordAt } from '../effects.ts';
import { partOf } from '../options.ts';
import type { Page } from '../page.ts';
import {
  asGit,
  type Deed,
  destroys,
  does,
  firstOf,
  given,
  inTurn,
  pushes,
  runsWords,
  toolPage,
  unless,
} from './tool.ts';

/** Settings of one call that hold code: `--config alias.x='!…'`, hooks, merge tools, extensions. */
const runsSettings: Deed = ({ call, args, near }) => {
  const settings = args.values('config').map((word): readonly [string, Word] => {
    const equals = word.text?.indexOf('=') ?? -1;
    return equals < 0 ? ['', word] : [(word.text ?? '').slice(0, equals), partOf(word, equals + 1)];
  });
  return {
    effects: settings.flatMap(([key, value]) =>
      key === '' || (/^extensions\./.test(key) && /[/\\]/.test(value.text ?? '/'))
        ? [opaque(near, 'a setting of this call loads code', 'dynamic')]
        : [],
    ),
    runs: settings.flatMap(([key, value]) => {
      const isCode =
        /^(?:hooks|ui\.(?:ssh|editor|pager|diff)|pager\.pager|merge-tools\.|extdiff\.cmd)/.test(key) ||
        (/^alias\./.test(key) && value.text?.startsWith('!'));
      const code = value.text?.startsWith('!') ? partOf(value, 1) : value;
      return isCode ? [{ kind: 'code', lang: 'sh', code, via: `${call.name} --config` }] : [];
    }),
  };
};

/** Hosts of stores that are named by a bucket. */
const BUCKETS: Readonly<Record<string, string>> = {
  s3: 'amazonaws.com',
  gs: 'storage.googleapis.com',
  azure: 'blob.core.windows.net',
  gdrive: 'www.googleapis.com',
};

/** Contact with the stores that `.dvc/config` names. See dvc.org, «Remote storage». */
const reachesStores =
  (op: 'upload' | 'connect'): Deed =>
  ({ call, near, directory }) => {
    const start = (directory ?? call.invocation.cwd).text;
    const root = start === undefined ? undefined : (call.host.repository(start)?.root ?? start);
    const config = root === undefined ? undefined : call.host.readFile(`${root}/.dvc/config`, 65_536);
    const urls = [...(config ?? '').matchAll(/^[ \t]*url[ \t]*=[ \t]*([a-z0-9]+):\/\/(\S+)/gm)];
    return {
      effects: urls.map(([, scheme = '', rest = '']) =>
        net(wordAt(BUCKETS[scheme] ?? `${scheme}://${rest}`, near), { op, scheme }),
      ),
    };
  };

/** Bookmarks and named branches that a push names. */
const namedRefs: Deed = pushes({
  find: ({ args }) => args.values('B', 'bookmark', 'b', 'branch', 'to', 't'),
  force: 'f force',
});

export const pages: readonly Page[] = [
  toolPage({
    names: 'jj',
    about: 'jj: changes and bookmarks over a git repository',
    options:
      'R= repository= at-op= at-operation= config= config-file= color= remote= b= bookmark= branch= named= c= change= r= revision= revisions= to= from= d= destination= o= onto= m= message= s= source= t= tool= all tracked deleted dry-run allow-backwards B ignore-working-copy ignore-immutable no-pager quiet allow-new N',
    directory: ['R', 'repository'],
    deeds: {
      'git push': unless(
        'dry-run',
        inTurn(
          given('all tracked', asGit('push --all {remote?}')),
          given('deleted', pushes()),
          asGit('push {remote=origin} {b|bookmark|branch|named}'),
          // Bookmarks made for a change, and those on it, cannot be `main`: moving that is judged by itself.
          unless('all tracked deleted b bookmark branch named', asGit('ls-remote {remote?}')),
        ),
      ),
      'git fetch': asGit('fetch {remote?}'),
      'git clone': asGit('clone {@}'),
      'git remote add': asGit('remote add {1} {2}'),
      'git remote set-url': asGit('remote set-url {1} {2}'),
      'git remote remove': asGit('remote remove {1}'),
      'bookmark set; bookmark s; bookmark move; bookmark m; b set; b s; b move; b m; branch set': inTurn(
        asGit('branch -f {1}'),
        asGit('branch -f {2}'),
      ),
      'bookmark create; bookmark c; b create; b c; branch create': asGit('branch {1}'),
      'bookmark delete; bookmark d; bookmark forget; bookmark f; b delete; b d; b forget; b f; branch delete':
        asGit('branch -d {@}'),
      'bookmark rename; bookmark r; b rename; b r': asGit('branch -m {1} {2}'),
      // What these drop can be had back as long as jj's own record of operations lasts.
      'abandon; restore; op restore; operation restore; op revert': does('restore', {
        lossy: true,
        uncertain: true,
      }),
      'op abandon; operation abandon': does('reflog-expire', { lossy: true }),
      'util gc': given('expire', does('gc', { lossy: true })),
      'util exec': runsWords,
    },
    examples: [
      {
        command: 'jj git push -b main',
        effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }],
      },
      { command: 'jj git push --all', effects: [{ kind: 'git', op: 'push', allRefs: 'branches' }] },
      {
        command: 'jj bookmark set main -r @',
        effects: [{ kind: 'git', op: 'branch-create', branch: 'main', force: 'yes' }],
      },
      { command: 'jj abandon abc', effects: [{ kind: 'git', lossy: true, uncertain: true }] },
      { command: 'jj util exec -- rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'jj describe -m "push to main"', effects: [] },
      { command: 'jj log -r main', effects: [] },
    ],
  }),
  toolPage({
    names: 'hg chg',
    about: 'hg: Mercurial',
    options:
      'R= repository= cwd= config= r= rev= B= bookmark= b= branch= m= message= u= user= d= date= I= include= X= exclude= s= source= base= tool= e= ssh= remotecmd= f force n dry-run C clean a all no-backup new-branch y noninteractive q v delete',
    directory: ['R', 'repository', 'cwd'],
    always: runsSettings,
    deeds: {
      push: namedRefs,
      'strip; debugstrip; rollback; prune; obsolete': destroys('hg'),
      'update; up; checkout; co': given('C clean', does('checkout', { lossy: true })),
      'purge; clean': unless('p print', does('clean', { lossy: true })),
      revert: unless('n dry-run', does('restore', { lossy: true })),
      shelve: given('d delete cleanup', does('stash-drop', { lossy: true })),
    },
    examples: [
      {
        command: 'hg push -f -B main',
        effects: [{ kind: 'git', op: 'push', force: 'yes', refs: [{ dst: 'main', force: true }] }],
      },
      { command: 'hg update -C default', effects: [{ kind: 'git', op: 'checkout', lossy: true }] },
      { command: 'hg purge', effects: [{ kind: 'git', op: 'clean', lossy: true }] },
      {
        command: "hg --config alias.x='!rm -rf build' x",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'hg commit -m "push"', effects: [] },
      { command: 'hg log -r tip', effects: [] },
    ],
  }),
  toolPage({
    names: 'sl',
    about: 'sl: Sapling',
    options:
      'R= repository= cwd= config= r= rev= B= bookmark= t= to= m= message= d= dest= s= source= u= user= f force n dry-run C clean a all no-backup D delete q v create',
    directory: ['R', 'repository', 'cwd'],
    always: runsSettings,
    deeds: {
      push: unless('n dry-run', firstOf(asGit('push {1=origin} HEAD:{to|t}'), namedRefs)),
      'land; pushrebase': asGit('push origin HEAD:{trunk}'),
      'goto; go; update; up; checkout; co': given('C clean', does('checkout', { lossy: true })),
      'purge; clean': does('clean', { lossy: true }),
      revert: does('restore', { lossy: true }),
      hide: does('restore', { lossy: true, uncertain: true }),
      strip: destroys('sl'),
      'bookmark; book; bo': given('d D delete', asGit('branch -D {@}')),
      shelve: given('delete cleanup', does('stash-drop', { lossy: true })),
    },
    examples: [
      {
        command: 'sl push --to main',
        effects: [{ kind: 'git', op: 'push', refs: [{ src: 'HEAD', dst: 'main' }] }],
      },
      { command: 'sl land', effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }] },
      { command: 'sl goto -C main', effects: [{ kind: 'git', op: 'checkout', lossy: true }] },
      { command: 'sl status', effects: [] },
    ],
  }),
  toolPage({
    names: 'dvc git-annex',
    about: 'dvc and git-annex: large files beside git',
    options: 'r= remote= c w workspace f force a all-branches T all-tags cloud j= jobs= from= to= unused',
    deeds: {
      push: reachesStores('upload'),
      'pull; fetch': reachesStores('connect'),
      gc: given('f force c cloud', destroys('dvc')),
      drop: given('force', destroys('git-annex')),
      dropunused: given('force', destroys('git-annex')),
      'destroy; uninit': destroys('dvc'),
      sync: asGit('pull; push'),
      assist: asGit('commit -a; pull; push'),
    },
    examples: [
      {
        command: 'git annex drop --force x',
        effects: [{ kind: 'data', system: 'git-annex', destructive: true }],
      },
      { command: 'dvc gc -w -f', effects: [{ kind: 'data', system: 'dvc', destructive: true }] },
      { command: 'dvc status', effects: [] },
    ],
  }),
];
