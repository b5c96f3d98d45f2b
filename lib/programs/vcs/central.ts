/** Version control in which a commit or a submit reaches the server at once: Subversion, Perforce, CVS, Bazaar, Fossil and their kin. */

import type { Word } from '../../types/text.ts';
import { net, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import type { Page } from '../page.ts';
import {
  type Deed,
  deedEffect,
  destroys,
  does,
  firstOf,
  given,
  pushes,
  type Scene,
  toolPage,
  unless,
} from './tool.ts';

/** The branch that a path of a Subversion server lies on: `trunk`, or what follows `branches/`. */
function branchOfUrl(url: Word): Word | undefined {
  const text = knownStart(url).replace(/@\w*$/, '');
  const name = /\/(?:branches)\/([^/]+)/.exec(text)?.[1] ?? /\/(trunk)(?:\/|$)/.exec(text)?.[1];
  return name === undefined ? undefined : wordAt(name, url);
}

const isUrl = (word: Word): boolean => /^(?:[a-z+]+:\/\/|\^\/)/.test(knownStart(word));

/** Contact with the server, where it is written. */
const reaches: Deed = ({ words }) => ({
  effects: words.filter((word) => /^[a-z+]+:\/\//.test(knownStart(word))).map((word) => net(word)),
});

const branchesOf = ({ words }: Scene): readonly Word[] =>
  words.filter(isUrl).flatMap((word) => branchOfUrl(word) ?? []);

/** A command that commits only when its paths are the server's own. */
const commitsThere =
  (isDeletion: boolean): Deed =>
  (scene) => {
    const urls = scene.words.filter(isUrl);
    if (urls.length === 0) return { effects: [] };
    const target = urls.at(-1) as Word;
    const isWhole = /\/(?:trunk|branches\/[^/]+)\/?$/.test(knownStart(target));
    const dst = branchOfUrl(target) ?? { ...target, text: undefined, pieces: [null] };
    const isTag = /\/tags\//.test(knownStart(target));
    const ref = { dst: isTag ? wordAt('refs/tags/x', target) : dst, force: false };
    return {
      effects: [
        ...reaches(scene).effects,
        deedEffect(scene, 'push', { refs: [{ ...ref, delete: isDeletion && isWhole }], force: 'no' }),
      ],
    };
  };

export const pages: readonly Page[] = [
  toolPage({
    names: 'svn',
    about: 'svn: Subversion',
    options:
      'm= message= F= file= r= revision= username= password= config-dir= config-option= depth= targets= changelist= cl= q quiet non-interactive force R recursive remove-unversioned remove-ignored no-auth-cache',
    deeds: {
      'commit; ci': pushes({ find: branchesOf }),
      'delete; del; remove; rm': firstOf(commitsThere(true), given('force', does('rm', { lossy: true }))),
      'copy; cp; mkdir; import; move; mv; rename; ren': commitsThere(false),
      'propset; propdel; ps; pd': given('revprop', pushes()),
      revert: does('restore', { lossy: true }),
      cleanup: given('remove-unversioned remove-ignored', does('clean', { lossy: true })),
      'checkout; co; export; list; ls; log; cat; info; diff; switch; sw; merge; blame': reaches,
    },
    examples: [
      { command: 'svn commit -m x', effects: [{ kind: 'git', op: 'push' }] },
      {
        command: 'svn rm https://svn.example/app/trunk -m x',
        effects: [
          { kind: 'git', op: 'push', refs: [{ dst: 'trunk', delete: true }] },
          { kind: 'net', host: 'svn.example' },
        ],
      },
      {
        command: 'svn copy ^/trunk ^/branches/x -m x',
        effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'x', delete: false }] }],
      },
      { command: 'svn revert -R .', effects: [{ kind: 'git', op: 'restore', lossy: true }] },
      { command: 'svn status', effects: [] },
      { command: 'svn rm old.c', effects: [] },
    ],
  }),
  toolPage({
    names: 'p4',
    about: 'p4: Perforce',
    options: 'p= u= c= P= H= C= d= a y n f k',
    deeds: {
      'submit; populate': pushes(),
      revert: unless('n k', does('restore', { lossy: true })),
      clean: unless('n', does('clean', { lossy: true })),
      'obliterate; depot; archive': given('y d f', destroys('perforce')),
    },
    examples: [
      { command: 'p4 submit -d x', effects: [{ kind: 'git', op: 'push' }] },
      { command: 'p4 obliterate -y //depot/x/...', effects: [{ kind: 'data', destructive: true }] },
      { command: 'p4 opened', effects: [] },
    ],
  }),
  toolPage({
    names: 'bzr brz fossil darcs pijul cvs got',
    about: 'smaller systems: Bazaar, Fossil, Darcs, Pijul, CVS, Got',
    options: 'm= message= b= r= d= overwrite force a all local no-autosync private F= R= f',
    deeds: {
      'push; send': pushes({ force: 'overwrite force f' }),
      'obliterate; unrecord': destroys('history'),
      'revert; undo': does('restore', { lossy: true }),
      'clean; clean-tree': does('clean', { lossy: true }),
      'scrub; purge': destroys('repository'),
      'commit; ci': ({ call, ...scene }) =>
        /^(?:cvs|fossil)$/.test(call.name) ? pushes()({ call, ...scene }) : { effects: [] },
    },
    examples: [
      { command: 'fossil commit -m x', effects: [{ kind: 'git', op: 'push' }] },
      { command: 'brz push lp:x', effects: [{ kind: 'git', op: 'push' }] },
      { command: 'darcs obliterate -a', effects: [{ kind: 'data', destructive: true }] },
      { command: 'bzr commit -m x', effects: [] },
      { command: 'fossil status', effects: [] },
    ],
  }),
];
