/** Programs that commit, tag and push by themselves when something is released or a site is published. */

import type { Page } from '../page.ts';
import { asGit, type Deed, firstOf, given, inTurn, toolPage, unless } from './tool.ts';

const commits: Deed = asGit('commit -m release');
const pushesOwn: Deed = asGit('push origin HEAD');

export const pages: readonly Page[] = [
  toolPage({
    names: 'semantic-release release-it np standard-version commit-and-tag-version',
    about: 'releases of JavaScript packages',
    options:
      'b= branches= branch= r= i= increment= t= tag-prefix= release-as= dry-run d ci no-ci no-git preview skip',
    deeds: {},
    always: unless(
      'd dry-run no-git preview',
      inTurn(commits, (scene) => (/version$/.test(scene.call.name) ? { effects: [] } : pushesOwn(scene))),
    ),
    examples: [
      { command: 'release-it --ci', effects: [{ kind: 'git', op: 'push', onCurrent: true }] },
      { command: 'npx standard-version', effects: [{ kind: 'git', op: 'commit' }] },
      { command: 'semantic-release --dry-run', effects: [] },
    ],
  }),
  toolPage({
    names: 'bumpversion bump2version bump-my-version',
    about: 'version numbers of Python projects',
    options: 'config-file= current-version= new-version= m= message= n dry-run no-commit',
    deeds: { '*': unless('n dry-run no-commit', given('commit', commits)) },
    examples: [
      { command: 'bump2version --commit patch', effects: [{ kind: 'git', op: 'commit' }] },
      { command: 'bump2version --dry-run --commit patch', effects: [] },
      { command: 'bumpversion --version', effects: [] },
    ],
  }),
  toolPage({
    names: 'cz',
    about: 'cz: commits and version numbers (commitizen)',
    options: 'n= name= dry-run increment= prerelease= files-only get-next',
    deeds: { 'commit; c; bump': unless('dry-run files-only get-next', commits) },
    examples: [
      { command: 'cz bump', effects: [{ kind: 'git', op: 'commit' }] },
      { command: 'cz bump --dry-run', effects: [] },
      { command: 'cz check --message "feat: x"', effects: [] },
    ],
  }),
  toolPage({
    names: 'gh-pages ghp-import mkdocs mike hexo docusaurus',
    about: 'sites that are published by a push to a branch of their own',
    options:
      'd= dist= b= branch= remote-branch= r= remote= remote-name= repo= m= message= f= config-file= p push force no-push o cname= c= t= n x F= dest=',
    deeds: {},
    always: (scene) => {
      const publishes = PUBLISHERS[scene.call.name];
      return publishes === undefined || publishes(scene.words[0]?.text, scene.args.has('p', 'push'))
        ? unless(
            'no-push',
            firstOf(
              given(
                'force',
                asGit('push --force {r|remote|remote-name=origin} HEAD:{b|branch|remote-branch}'),
              ),
              asGit('push {r|remote|remote-name=origin} HEAD:{b|branch|remote-branch}'),
              asGit('ls-remote'),
            ),
          )(scene)
        : { effects: [] };
    },
    examples: [
      {
        command: 'gh-pages -d dist -b main',
        effects: [{ kind: 'git', op: 'push', refs: [{ dst: 'main' }] }],
      },
      {
        command: 'mkdocs gh-deploy --force -b main',
        effects: [{ kind: 'git', op: 'push', force: 'yes', refs: [{ dst: 'main' }] }],
      },
      { command: 'mkdocs build', effects: [] },
      { command: 'ghp-import docs', effects: [] },
    ],
  }),
];

/** Whether a call publishes, by its first word and by `--push`. */
const PUBLISHERS: Readonly<Record<string, (verb: string | undefined, push: boolean) => boolean>> = {
  mkdocs: (verb) => verb === 'gh-deploy',
  mike: (verb, push) => push && /^(?:deploy|delete|alias|set-default|retitle)$/.test(verb ?? ''),
  hexo: (verb) => /^(?:deploy|d)$/.test(verb ?? ''),
  docusaurus: (verb) => verb === 'deploy',
  'ghp-import': (_, push) => push,
};
