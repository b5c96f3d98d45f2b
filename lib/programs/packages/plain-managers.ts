/** Package managers that a host and a few commands describe, of systems and of single languages. */

import type { Page, PageExample } from '../page.ts';
import { type Deed, managerPage } from './manager.ts';

/** Managers that a host and a few commands describe. */
const SMALL: readonly (readonly [
  names: string,
  host: string,
  about: string,
  deeds: Readonly<Record<string, Deed>>,
  more?: readonly PageExample[],
])[] = [
  [
    'dnf yum microdnf tdnf',
    'mirrors.fedoraproject.org',
    'packages of Fedora and its kin',
    {
      'install, reinstall, update, upgrade, groupinstall, group, swap, distro-sync, builddep, localinstall':
        'install',
      'remove, erase, autoremove': 'remove',
      'makecache, check-update, download, search': 'ask',
      'config-manager, copr': 'registry',
    },
  ],
  [
    'zypper',
    'download.opensuse.org',
    'packages of openSUSE',
    {
      'install, in, update, up, dist-upgrade, dup, patch': 'install',
      'remove, rm': 'remove',
      'refresh, ref': 'ask',
      'addrepo, ar': 'registry',
    },
  ],
  [
    'snap',
    'api.snapcraft.io',
    'snap packages',
    { 'install, refresh': 'install', remove: 'remove', 'find, download': 'ask', login: 'login' },
  ],
  [
    'flatpak',
    'dl.flathub.org',
    'flatpak packages',
    {
      'install, update': 'install',
      'uninstall, remove': 'remove',
      'remote-add, remote-modify': 'registry',
      run: 'none',
    },
  ],
  [
    'port',
    'distfiles.macports.org',
    'packages of MacPorts',
    { 'install, upgrade, selfupdate, sync': 'install', 'uninstall, deactivate': 'remove' },
  ],
  [
    'pkg',
    'pkg.freebsd.org',
    'packages of FreeBSD and Termux',
    { 'install, upgrade, update, add': 'install', 'delete, remove, autoremove, uninstall': 'remove' },
  ],
  [
    'winget choco scoop',
    'community.chocolatey.org',
    'packages of Windows',
    { 'install, upgrade, update': 'install', uninstall: 'remove', 'source, bucket': 'registry' },
  ],
  [
    'luarocks',
    'luarocks.org',
    'packages for Lua',
    { 'install, build, make, download': 'install', remove: 'remove', upload: 'publish', search: 'ask' },
  ],
  [
    'opam',
    'opam.ocaml.org',
    'packages for OCaml',
    {
      'install, update, upgrade, init, reinstall, pin': 'install',
      'remove, uninstall': 'remove',
      repository: 'registry',
      exec: 'argv',
      env: 'none',
    },
  ],
  [
    'cabal stack',
    'hackage.haskell.org',
    'packages and builds for Haskell',
    { 'install, update, build, test, run, setup, upgrade, fetch': 'ask', upload: 'publish', exec: 'argv' },
    [
      { command: 'cabal build all', effects: [{ kind: 'net', host: 'hackage.haskell.org' }] },
      { command: 'cabal exec -- rm -rf tmp', effects: [{ kind: 'file', op: 'delete', path: 'tmp' }] },
      { command: 'cabal list --installed', effects: [] },
    ],
  ],
  [
    'pod',
    'cdn.cocoapods.org',
    'packages for Xcode',
    { 'install, update, repo': 'install', trunk: 'publish' },
  ],
  [
    'rustup',
    'static.rust-lang.org',
    'toolchains for Rust',
    { 'install, update, self, target, component': 'ask', uninstall: 'remove' },
    [
      {
        command: 'rustup target add wasm32-unknown-unknown',
        effects: [{ kind: 'net', host: 'static.rust-lang.org' }],
      },
      {
        command: 'rustup uninstall nightly',
        effects: [{ kind: 'package', manager: 'rustup', op: 'remove' }],
      },
      { command: 'rustup show', effects: [] },
    ],
  ],
  [
    'ghcup',
    'downloads.haskell.org',
    'toolchains for Haskell',
    { 'install, upgrade': 'install', rm: 'remove', run: 'argv' },
  ],
  [
    'conan',
    'center2.conan.io',
    'packages for C++',
    { 'install, create, download': 'install', remove: 'remove', upload: 'publish', remote: 'registry' },
  ],
  ['vcpkg', 'github.com', 'packages for C++ from source', { install: 'install', remove: 'remove' }],
];

export const pages: readonly Page[] = SMALL.map(([names, registry, about, deeds, more = []]) => {
  const first = names.split(' ')[0] as string;
  const install = Object.entries(deeds)
    .find(([, deed]) => deed === 'install')?.[0]
    .split(',')[0];
  return managerPage({
    names,
    about,
    registry,
    options: 'y yes',
    deeds,
    scripts: true,
    examples: [
      ...(install
        ? [
            {
              command: `${first} ${install} x`,
              effects: [
                { kind: 'package', manager: first, op: 'install' },
                { kind: 'net', host: registry },
              ],
            },
          ]
        : []),
      ...more,
      { command: `${first} --help`, effects: [] },
      { command: `${first} --version`, effects: [] },
      { command: `${first} help`, effects: [] },
    ],
  });
});
