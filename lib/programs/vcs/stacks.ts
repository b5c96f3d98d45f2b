/** Programs built on top of git: stacks of branches, release flows, collections of short commands, many repositories at once. */

import type { Page } from '../page.ts';
import {
  asGit,
  type Deed,
  does,
  firstOf,
  given,
  inTurn,
  mergesRequest,
  nothing,
  pushes,
  runsCode,
  runsWords,
  toolPage,
  unless,
} from './tool.ts';

/** Branches of a stack are pushed with a lease; the branch that they start from never is. */
const submits: Deed = unless('dry-run n', asGit('push --force-with-lease origin HEAD'));

/** `{x} finish`: the work is merged into the main branch, which may be pushed. */
const finishesRelease: Deed = inTurn(
  asGit('switch {trunk}; merge {1?}'),
  given('p push', asGit('push origin {trunk}')),
);

const commitsAll: Deed = asGit('commit -a -m x');

/** The words behind the command are git's own. */
const runsGit: Deed = asGit('{@}');

export const pages: readonly Page[] = [
  toolPage({
    names: 'gt',
    about: 'gt: stacks of pull requests (Graphite)',
    options: 'm= message= b= branch= onto= cwd= n dry-run a all f force no-interactive u p c q',
    directory: ['cwd'],
    deeds: {
      'submit; s; ss; push; stack submit; stack s; downstack submit; upstack submit; branch submit': submits,
      'merge; m; downstack merge': mergesRequest,
      'create; c; branch create': asGit('switch -c {1?}'),
      'modify; commit amend; commit create': asGit('commit --amend'),
      'delete; branch delete': asGit('branch -D {@}'),
      'sync; repo sync': asGit('fetch origin'),
    },
    examples: [
      {
        command: 'gt submit --no-interactive',
        effects: [{ kind: 'git', op: 'push', force: 'lease', onCurrent: true }],
      },
      { command: 'gt merge', effects: [{ kind: 'git', op: 'api-merge' }] },
      { command: 'gt delete x', effects: [{ kind: 'git', op: 'branch-delete', lossy: true }] },
      { command: 'gt log', effects: [] },
    ],
  }),
  toolPage({
    names: 'git-branchless git-submit git-sl git-smartlog git-undo git-move git-restack git-hide',
    about: 'git-branchless: commits without branches',
    options: 'm= message= s= d= x= b= c create n dry-run hard soft i interactive y yes',
    deeds: {},
    always: (scene) => {
      const [first] = scene.words;
      const verb =
        scene.call.name === 'git-branchless' ? (first?.text ?? '') : scene.call.name.slice('git-'.length);
      if (verb === 'submit') return submits(scene);
      if (verb === 'undo') return does('reset', { onCurrent: true, lossy: scene.args.has('hard') })(scene);
      return /^(?:move|restack)$/.test(verb) ? asGit('rebase --continue')(scene) : { effects: [] };
    },
    examples: [
      { command: 'git submit', effects: [{ kind: 'git', op: 'push', onCurrent: true }] },
      { command: 'git undo --hard', effects: [{ kind: 'git', op: 'reset', lossy: true }] },
      { command: 'git sl', effects: [] },
    ],
  }),
  toolPage({
    names: 'git-town',
    about: 'git-town: branches that are made, kept up and shipped',
    options: 'm= message= to-parent dry-run a all s stack f force p prototype',
    deeds: {
      ship: unless('dry-run', asGit('push origin {trunk}')),
      sync: unless('dry-run', asGit('pull; push origin HEAD')),
      'hack; append; prepend': asGit('switch -c {1}'),
      'kill; delete': asGit('branch -D {1}; push origin --delete {1}'),
      propose: asGit('push origin HEAD'),
      rename: asGit('branch -m {1} {2}'),
    },
    examples: [
      { command: 'git town ship', effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }] },
      { command: 'git town kill x', effects: [{ kind: 'git', op: 'branch-delete', branch: 'x' }] },
      { command: 'git town hack x', effects: [{ kind: 'git', op: 'switch', branch: 'x' }] },
      { command: 'git-town config', effects: [] },
    ],
  }),
  toolPage({
    names: 'git-flow',
    about: 'git flow: features, releases and hotfixes',
    options: 'm= message= f= F p push k keep D S squash n notag',
    deeds: {
      'release finish; hotfix finish; support finish': finishesRelease,
      'release publish; hotfix publish; feature publish': asGit('push origin HEAD'),
      'feature delete; release delete; hotfix delete': asGit('branch -D {1}'),
      'feature start; release start; hotfix start; bugfix start': asGit('switch -c {1}'),
      'feature finish; bugfix finish': asGit('switch develop; merge {1?}'),
    },
    examples: [
      { command: 'git flow release finish 1.2', effects: [{ kind: 'git', op: 'merge', branch: 'main' }] },
      { command: 'git flow feature start x', effects: [{ kind: 'git', op: 'switch', branch: 'x' }] },
      { command: 'git flow version', effects: [] },
    ],
  }),
  toolPage({
    names: 'ghstack spr git-spr git-spice gs-spice git-machete git-cl git-review av',
    about: 'stacks and reviews: ghstack, spr, git-spice, git-machete, git cl, git review, av',
    options: 'm= message= b= n dry-run push W force f stack-only',
    deeds: {
      'land; merge': firstOf(
        ({ call, ...scene }) =>
          /^(?:git-cl|ghstack)$/.test(call.name)
            ? asGit('push origin HEAD:{trunk}')({ call, ...scene })
            : { effects: [] },
        mergesRequest,
      ),
      'branch submit; stack submit; upstack submit; downstack submit; submit': submits,
      'repo sync': asGit('fetch origin'),
      advance: asGit('merge {1?}'),
      traverse: given('push W', pushes()),
    },
    examples: [
      { command: 'spr land', effects: [{ kind: 'git', op: 'api-merge' }] },
      { command: 'git cl land', effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }] },
      { command: 'git spice stack submit', effects: [{ kind: 'git', op: 'push', onCurrent: true }] },
      { command: 'git cl upload', effects: [] },
      { command: 'git review', effects: [] },
    ],
  }),
  toolPage({
    names: 'git-delete-branch',
    about: 'git extras: short commands that delete, release and reset',
    options: '',
    deeds: { '*': asGit('branch -D {@}; push origin --delete {@}') },
    examples: [
      {
        command: 'git delete-branch main',
        effects: [
          { kind: 'git', op: 'branch-delete', branch: 'main' },
          { kind: 'git', op: 'push', refs: [{ dst: 'main', delete: true }] },
        ],
      },
      { command: 'git delete-branch x', effects: [{ kind: 'git', op: 'branch-delete', branch: 'x' }] },
      { command: 'git delete-branch --help', effects: [] },
    ],
  }),
  toolPage({
    names:
      'git-delete-merged-branches git-release git-rename-branch git-clear git-obliterate git-create-branch git-reset-file git-squash git-magic git-delete-tag git-delete-submodule',
    about: 'git extras, one program each',
    options: 'm= message= c r= remote= a all f force',
    deeds: {},
    always: (scene) => (EXTRAS[scene.call.name.slice('git-'.length)] ?? nothing)(scene),
    examples: [
      { command: 'git clear', effects: [{ kind: 'git', op: 'clean', lossy: true }] },
      { command: 'git release v1', effects: [{ kind: 'git', op: 'push', onCurrent: true }] },
      {
        command: 'git rename-branch main x',
        effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main', delete: true }] }],
      },
      { command: 'git obliterate a.txt', effects: [{ kind: 'git', op: 'filter-history' }] },
      { command: 'git squash --help', effects: [] },
    ],
  }),
  toolPage({
    names: 'bfg',
    about: 'bfg: rewrites the history',
    options:
      'D= delete-files= delete-folders= replace-text= b= strip-blobs-bigger-than= B= bi= p= protect-blobs-from=',
    deeds: { '': does('filter-history', { lossy: true }), '*': does('filter-history', { lossy: true }) },
    examples: [
      { command: 'bfg --delete-files x', effects: [{ kind: 'git', op: 'filter-history' }] },
      { command: 'bfg --replace-text p.txt app.git', effects: [{ kind: 'git', op: 'filter-history' }] },
      { command: 'bfg --version', effects: [] },
    ],
  }),
  toolPage({
    names: 'repo gita mr mu meta',
    about: 'many repositories at once: repo, gita, myrepos, meta',
    options: 'c= command= j= jobs= g= r= b= include-only= exclude= p v',
    deeds: {
      forall: runsCode('c', 'command'),
      'shell; exec; sh': runsWords,
      'git; super': runsGit,
      run: runsWords,
      push: pushes(),
    },
    examples: [
      {
        command: "repo forall -c 'git push origin main'",
        effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }],
      },
      {
        command: 'gita super push origin main',
        effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }],
      },
      { command: 'meta git push origin main', effects: [{ kind: 'git', op: 'push' }] },
      { command: 'repo sync', effects: [] },
      { command: 'gita ls', effects: [] },
    ],
  }),
];

const EXTRAS: Readonly<Record<string, Deed>> = {
  'delete-merged-branches': nothing,
  release: inTurn(commitsAll, asGit('push origin HEAD; push --tags')),
  'rename-branch': asGit('branch -m {1} {2}; push origin {2}; push origin --delete {1}'),
  clear: asGit('clean -dfx; reset --hard'),
  obliterate: does('filter-history', { lossy: true }),
  'create-branch': inTurn(asGit('switch -c {1}'), given('r remote', asGit('push {r|remote} {1}'))),
  'reset-file': does('restore', { lossy: true }),
  squash: asGit('merge --squash {1}; commit -m x'),
  magic: inTurn(commitsAll, given('p', asGit('push origin HEAD'))),
  'delete-tag': asGit('tag -d {@}; push origin --delete {@}'),
  'delete-submodule': asGit('rm {1}'),
};
