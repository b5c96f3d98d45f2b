/** gem and bundler: packages for Ruby. */

import type { Outcome, Page } from '../page.ts';
import { type Managed, managerPage } from './manager.ts';
import { packageEffects } from './sources.ts';

function bundleMore({ verb, parsed, operands, near }: Managed): Outcome {
  const [key, value] = operands.filter((word) => word.text !== 'set');
  const isMirror = verb === 'config' && /^mirror\.|^gem\.push/.test(key?.text ?? '') && value !== undefined;
  return {
    effects: [
      ...(isMirror && value ? packageEffects('bundle', 'registry', near, [value]) : []),
      ...(verb === 'clean' && parsed.has('force')
        ? [
            {
              kind: 'package' as const,
              manager: 'bundle',
              op: 'remove' as const,
              names: [],
              source: 'registry' as const,
              span: near.span,
            },
          ]
        : []),
    ],
  };
}

export const pages: readonly Page[] = [
  managerPage({
    names: 'gem',
    about: 'gem: packages for Ruby',
    registry: 'gem',
    options:
      's= source= v= version= i= install-dir= n= bindir= host= p= http-proxy= g= file= k= key= otp= local l',
    indexes: ['s', 'source', 'host', 'p', 'http-proxy'],
    offline: ['local', 'l'],
    lists: ['g', 'file'],
    scripts: true,
    deeds: {
      'install, update, i': 'install',
      'uninstall, cleanup': 'remove',
      push: 'publish',
      'yank, owner': 'withdraw',
      'signin, signout': 'login',
      'fetch, search, outdated, specification': 'ask',
    },
    more: ({ verb, parsed, near }) => ({
      effects:
        verb === 'sources' && parsed.has('a', 'add')
          ? packageEffects('gem', 'registry', near, parsed.operands.slice(1))
          : [],
    }),
    examples: [
      {
        command: 'gem install rails',
        effects: [
          { kind: 'package', manager: 'gem' },
          { kind: 'net', registry: 'gem' },
        ],
      },
      {
        command: 'gem push x.gem --host https://registry.example',
        effects: [{ kind: 'net', host: 'registry.example', op: 'upload' }],
      },
      { command: 'gem list', effects: [] },
    ],
  }),
  managerPage({
    names: 'bundle bundler',
    about: 'bundler: the gems of a project',
    registry: 'gem',
    options: 'gemfile= path= jobs= j= without= with= source= s= git= version= v= retry= group= g= local',
    indexes: ['source', 's'],
    gits: ['git'],
    offline: ['local'],
    scripts: true,
    deeds: {
      ', install, i, update, add, lock, cache, package': 'install',
      remove: 'remove',
      outdated: 'ask',
      'exec, e': 'argv',
      console: 'interactive',
    },
    more: bundleMore,
    examples: [
      {
        command: 'bundle install',
        effects: [
          { kind: 'package', manager: 'bundle' },
          { kind: 'net', registry: 'gem' },
        ],
      },
      { command: 'bundle exec rm -rf tmp', effects: [{ kind: 'file', op: 'delete', path: 'tmp' }] },
      { command: 'bundle exec rspec', effects: [] },
    ],
  }),
];
