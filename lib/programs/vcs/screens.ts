/** Screens over a repository, a cluster or a file tree that later keys drive, and smaller clients of forges. */

import type { Page } from '../page.ts';
import { asGit, type Deed, destroys, mergesRequest, nothing, opensScreen, toolPage } from './tool.ts';

/** Tells and ends, without a screen. */
const TELLS = 'v h help version print-config-dir print-default-config';

const screen: Deed = (scene) => (scene.args.has(...TELLS.split(' ')) ? { effects: [] } : opensScreen(scene));

export const pages: readonly Page[] = [
  toolPage({
    names: 'lazygit tig gitui lazyjj jjui gitu grv lazydocker lazysql ranger nnn lf vifm mc yazi xplr',
    about: 'screens over repositories, containers and files',
    options: 'p= path= w= work-tree= d= git-dir= f= filter= ucd= use-config-dir= v h l c= config=',
    deeds: { '': screen, '*': screen },
    examples: [
      { command: 'lazygit', effects: [{ kind: 'run', interactive: true }] },
      { command: 'tig status', effects: [{ kind: 'run', interactive: true }] },
      { command: 'gitui -d .git', effects: [{ kind: 'run', interactive: true }] },
      { command: 'lazygit --version', effects: [] },
    ],
  }),
  toolPage({
    names: 'lab bkt fj berg gcli gitea gitlab',
    about: 'smaller clients of GitLab, Bitbucket, Gitea and Forgejo',
    options: 'R= repo= r= remote= m= message= b= branch= y yes f force s squash',
    deeds: {
      'pr merge; pull merge; mr merge; pulls merge; pullrequest merge; pull-request merge; project-merge-request merge':
        mergesRequest,
      'repo delete; repos delete; project delete': destroys('forge'),
      'branch delete': asGit('push origin --delete {@}'),
      'mr checkout; pr checkout; pull checkout': nothing,
    },
    examples: [
      { command: 'bkt pr merge 3', effects: [{ kind: 'git', op: 'api-merge' }] },
      { command: 'fj pr merge 3', effects: [{ kind: 'git', op: 'api-merge' }] },
      { command: 'lab mr list', effects: [] },
      { command: 'lab project delete x', effects: [{ kind: 'data', destructive: true }] },
    ],
  }),
];
