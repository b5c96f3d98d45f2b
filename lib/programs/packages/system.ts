/** Package managers of operating systems that need more than a host and a few commands, and those for Perl. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { file, run, wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import type { Outcome, Page } from '../page.ts';
import { type Deed, type Managed, managerPage } from './manager.ts';
import { packageEffects } from './sources.ts';

/** apt's settings that run a command: `-o DPkg::Pre-Invoke::=cmd`, `-o APT::Update::Post-Invoke=cmd`. */
const INVOKES =
  /(?:Pre-Invoke|Post-Invoke|Pre-Install-Pkgs|Post-Invoke-Success|::Run|Proxy-Auto-Detect|ProxyAutoDetect)[^=]*=\s*/i;

function aptMore({ call, parsed, near, verb }: Managed): Outcome {
  const runs = [...parsed.values('o', 'option')].flatMap((value): Nested[] => {
    const match = INVOKES.exec(knownStart(value));
    if (!match) return [];
    const code = partOf(value, match.index + match[0].length);
    return [{ kind: 'code', lang: 'sh', code, via: `${call.name} -o` }];
  });
  const key =
    ['add-apt-repository', 'apt-add-repository'].includes(call.name) ||
    (call.name === 'apt-key' && verb === 'add');
  const names = parsed.operands;
  return {
    effects: key ? packageEffects(call.name, 'registry', near, names, { otherRegistry: true }) : [],
    runs,
  };
}

const APT_DEEDS: Readonly<Record<string, Deed>> = {
  'install, reinstall, upgrade, dist-upgrade, full-upgrade, build-dep, safe-upgrade': 'install',
  'remove, purge, autoremove, autopurge': 'remove',
  'update, download, source, changelog': 'ask',
  'edit-sources': 'registry',
};

/** dpkg, rpm: packages from files, without a registry. */
function localPackages({ call, parsed, near }: Managed): Outcome {
  const installs =
    call.name === 'rpm'
      ? parsed.has('i', 'install', 'U', 'upgrade', 'F') && !parsed.has('q', 'query')
      : parsed.has('i', 'install', 'unpack', 'configure');
  const removes = call.name === 'rpm' ? parsed.has('e', 'erase') : parsed.has('r', 'remove', 'P', 'purge');
  const names = parsed.operands;
  const effects: Effect[] = [];
  if (installs)
    effects.push(...packageEffects(call.name, 'install', near, names, { runsScripts: true, global: true }));
  if (removes) effects.push(...packageEffects(call.name, 'remove', near, names, { global: true }));
  const folder = call.name === 'dpkg' && parsed.has('x', 'extract', 'vextract', 'X') ? names[1] : undefined;
  if (folder) effects.push(file('write', folder, { recursive: true }));
  return { effects };
}

function pacmanMore({ parsed, near, call, operands }: Managed): Outcome {
  const words = [...parsed.operands];
  const base = { global: true, runsScripts: true };
  if (parsed.has('S', 'sync') && !parsed.has('s', 'search', 'i', 'info', 'l', 'list'))
    return { effects: packageEffects(call.name, 'install', near, words, base) };
  if (parsed.has('U', 'upgrade')) return { effects: packageEffects(call.name, 'install', near, words, base) };
  if (parsed.has('R', 'remove')) return { effects: packageEffects(call.name, 'remove', near, operands) };
  return { effects: [] };
}

function brewMore({ verb, parsed, near, operands }: Managed): Outcome {
  if (verb === 'services' && /^(?:start|restart|run)$/.test(operands[0]?.text ?? ''))
    return { effects: [run(near, { persistent: true })] };
  const url = verb === 'tap' ? operands[1] : undefined;
  if (verb === 'tap' && operands.length > 0)
    return {
      effects: packageEffects(
        'brew',
        'install',
        near,
        [url ?? wordAt(`github:${operands[0]?.text ?? ''}`, near)],
        { source: 'git' },
      ),
    };
  if (verb === 'uninstall' && parsed.has('zap'))
    return { effects: [file('delete', wordAt('~/Library/Application Support', near))] };
  return { effects: [] };
}

export const pages: readonly Page[] = [
  managerPage({
    names: 'apt apt-get aptitude add-apt-repository apt-add-repository apt-key',
    about: 'packages of Debian and its kin',
    registry: 'apt',
    options:
      'o= option= c= config-file= t= target-release= default-release= a= host-architecture= y yes assume-yes q s simulate dry-run just-print download-only d no-download',
    offline: ['no-download'],
    dry: ['s', 'simulate', 'dry-run', 'just-print'],
    scripts: true,
    global: true,
    deeds: APT_DEEDS,
    more: aptMore,
    examples: [
      {
        command: 'apt-get install -y jq',
        effects: [
          { kind: 'package', manager: 'apt-get', op: 'install', global: true },
          { kind: 'net', registry: 'apt' },
        ],
      },
      {
        command: "apt-get update -o APT::Update::Pre-Invoke::='rm -rf /home/user'",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'apt list --installed', effects: [] },
      { command: 'apt-get -s install jq', effects: [] },
    ],
  }),
  managerPage({
    names: 'apk',
    about: 'packages of Alpine',
    registry: 'apk',
    options:
      'X= repository= p= root= t= virtual= repositories-file= cache-dir= arch= keys-dir= no-network s simulate',
    indexes: ['X', 'repository'],
    offline: ['no-network'],
    dry: ['s', 'simulate'],
    scripts: true,
    global: true,
    deeds: { 'add, upgrade, fix': 'install', del: 'remove', 'update, fetch, search': 'ask' },
    examples: [
      {
        command: 'apk add --no-cache curl',
        effects: [
          { kind: 'package', manager: 'apk' },
          { kind: 'net', registry: 'apk' },
        ],
      },
      {
        command: 'apk add x -X https://registry.example/main',
        effects: [{ kind: 'net', host: 'registry.example' }],
      },
      { command: 'apk info -vv', effects: [] },
    ],
  }),
  managerPage({
    names: 'brew',
    about: 'Homebrew',
    registry: 'brew',
    options: 'file= cask formula zap dry-run n',
    dry: ['dry-run', 'n'],
    scripts: true,
    global: true,
    deeds: {
      'install, reinstall, upgrade, update, bundle, fetch': 'install',
      'uninstall, remove, rm, cleanup, autoremove': 'remove',
    },
    more: brewMore,
    examples: [
      {
        command: 'brew install jq',
        effects: [
          { kind: 'package', manager: 'brew' },
          { kind: 'net', registry: 'brew' },
        ],
      },
      { command: 'brew services start redis', effects: [{ kind: 'run', persistent: true }] },
      { command: 'brew list --versions', effects: [] },
    ],
  }),
  managerPage({
    names: 'dpkg rpm',
    about: 'packages of the system, from files',
    registry: 'apt',
    options:
      'root= admindir= instdir= log= dbpath= prefix= D= i install U upgrade F e erase r remove P purge q query l L s S x extract unpack configure',
    deeds: {},
    more: localPackages,
    examples: [
      {
        command: 'dpkg -i x.deb',
        effects: [{ kind: 'package', manager: 'dpkg', op: 'install', source: 'path', global: true }],
      },
      { command: 'dpkg -l', effects: [] },
      { command: 'rpm -qa', effects: [] },
    ],
  }),
  managerPage({
    names: 'pacman yay paru',
    about: 'packages of Arch',
    registry: 'archlinux.org',
    options:
      'b= dbpath= r= root= config= cachedir= S sync R remove U upgrade Q query s search i info l list y refresh u',
    deeds: {},
    more: (managed) => ({
      effects: [
        ...pacmanMore(managed).effects,
        ...(managed.parsed.has('S', 'sync') && !managed.parsed.has('s', 'i', 'l')
          ? [
              {
                kind: 'net' as const,
                op: 'connect' as const,
                host: wordAt('archlinux.org', managed.near),
                span: managed.near.span,
              },
            ]
          : []),
      ],
    }),
    examples: [
      {
        command: 'pacman -Syu',
        effects: [
          { kind: 'package', op: 'install' },
          { kind: 'net', host: 'archlinux.org' },
        ],
      },
      { command: 'pacman -Rns x', effects: [{ kind: 'package', op: 'remove' }] },
      { command: 'pacman -Qi bash', effects: [] },
    ],
  }),
  managerPage({
    names: 'nix nix-env nix-shell nix-build',
    about: 'Nix: packages, shells and builds',
    registry: 'cache.nixos.org',
    options:
      'p= packages= I= A= attr= f= file= run= command= c= E= expr= option= i= install= e= uninstall= offline',
    offline: ['offline'],
    deeds: {
      'profile install, profile upgrade, flake update, build, develop, shell, run': 'ask',
      'profile remove': 'remove',
    },
    more: ({ call, parsed, near, rest }) => {
      const code = parsed.value('run', 'command');
      const at = rest.findIndex((word) => word.text === '-c' || word.text === '--command');
      const argv = call.name === 'nix' && at >= 0 ? rest.slice(at + 1) : [];
      const installs = call.name === 'nix-env' ? parsed.values('i', 'install') : [];
      return {
        effects: [
          ...(installs.length > 0 ? packageEffects('nix', 'install', near, installs) : []),
          ...(call.name === 'nix-shell' && !code ? [run(near, { interactive: true })] : []),
        ],
        runs: [
          ...(code && call.name === 'nix-shell'
            ? [{ kind: 'code' as const, lang: 'sh' as const, code, via: 'nix-shell --run' }]
            : []),
          ...(argv.length > 0 ? [{ kind: 'argv' as const, argv, via: 'nix -c' }] : []),
        ],
      };
    },
    examples: [
      {
        command: "nix-shell -p jq --run 'rm -rf build'",
        effects: [{ kind: 'file', op: 'delete', path: 'build' }],
      },
      { command: 'nix develop -c rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
      { command: 'nix flake show', effects: [] },
    ],
  }),
  managerPage({
    names: 'cpan cpanm',
    about: 'packages for Perl',
    registry: 'www.cpan.org',
    options: 'l= local-lib= mirror= installdeps',
    indexes: ['mirror'],
    deeds: {},
    scripts: true,
    more: ({ call, near, parsed }) => ({
      effects:
        parsed.operands.length > 0
          ? [
              ...packageEffects(call.name, 'install', near, parsed.operands, { runsScripts: true }),
              { kind: 'net', op: 'connect', host: wordAt('www.cpan.org', near), span: near.span },
            ]
          : [],
    }),
    examples: [
      {
        command: 'cpanm Moose',
        effects: [
          { kind: 'package', op: 'install' },
          { kind: 'net', host: 'www.cpan.org' },
        ],
      },
      { command: 'cpan Moose', effects: [{ kind: 'package', op: 'install' }] },
      { command: 'cpanm --version', effects: [] },
    ],
  }),
];
