/** Package managers and build tools of .NET, Elixir, Erlang and Dart, which need hardly more than a table. */

import type { Page } from '../page.ts';
import { managerPage } from './manager.ts';

export const pages: readonly Page[] = [
  managerPage({
    names: 'dotnet nuget',
    about: 'packages and builds for .NET',
    registry: 'nuget',
    options:
      's= source= c= configuration= f= framework= o= output= r= runtime= v= verbosity= k= api-key= n= name= project= version= p= property= filter= logger= no-restore no-build',
    indexes: ['s', 'source'],
    offline: ['no-restore', 'no-build'],
    deeds: {
      'restore, add, tool install, tool update, workload install, install': 'install',
      'build, run, test, publish, pack': 'build',
      'remove, tool uninstall': 'remove',
      'nuget push, push': 'publish',
      'nuget delete, delete': 'withdraw',
      'nuget add, nuget update, sources': 'registry',
    },
    examples: [
      { command: 'dotnet restore', effects: [{ kind: 'net', registry: 'nuget' }] },
      {
        command: 'dotnet nuget push x.nupkg -s https://registry.example',
        effects: [
          { kind: 'package', op: 'publish' },
          { kind: 'net', host: 'registry.example', op: 'upload' },
        ],
      },
      { command: 'dotnet test --no-build', effects: [] },
    ],
  }),
  managerPage({
    names: 'mix rebar3',
    about: 'mix: packages and tasks for Elixir and Erlang',
    registry: 'hex',
    deeds: {
      'deps.get, deps.update, local.hex, local.rebar, archive.install, escript.install, get-deps, upgrade':
        'install',
      'hex.publish': 'publish',
      'hex.user, hex.organization': 'login',
      'hex.outdated, hex.info, hex.search': 'ask',
    },
    more: ({ verb, near }) => ({
      effects: /^(?:ecto\.drop|ecto\.reset)$/.test(verb)
        ? [{ kind: 'data', system: 'database', op: `mix ${verb}`, destructive: true, span: near.span }]
        : [],
    }),
    examples: [
      { command: 'mix deps.get', effects: [{ kind: 'net', registry: 'hex' }] },
      { command: 'mix ecto.drop', effects: [{ kind: 'data', destructive: true }] },
      { command: 'mix test', effects: [] },
    ],
  }),
  managerPage({
    names: 'dart flutter',
    about: 'packages and builds for Dart',
    registry: 'pub',
    options: 'd= device-id= t= target= flavor= o= output= name= hosted-url= dart-define= offline dry-run',
    indexes: ['hosted-url'],
    variables: ['PUB_HOSTED_URL'],
    offline: ['offline'],
    dry: ['dry-run'],
    deeds: {
      'pub get, pub upgrade, pub add, pub downgrade, pub global, upgrade, precache': 'install',
      'pub remove': 'remove',
      'pub publish, pub lish': 'publish',
      'pub login, pub token': 'login',
      'pub outdated': 'ask',
      'pub run': 'none',
    },
    examples: [
      { command: 'flutter pub get', effects: [{ kind: 'net', registry: 'pub' }] },
      { command: 'dart pub publish', effects: [{ kind: 'package', op: 'publish' }] },
      { command: 'flutter test', effects: [] },
    ],
  }),
];
