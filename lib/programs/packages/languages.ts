/** Package managers and build tools of other languages: cargo, go, gem, bundle, maven, gradle, dotnet and the rest. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { knownStart, parseArgs, partOf } from '../options.ts';
import type { Outcome, Page } from '../page.ts';
import { type Managed, managerPage, writesFile } from './manager.ts';
import { packageEffects, registryNet } from './sources.ts';

const CARGO_RUNNER = /(?:runner|rustc-wrapper|rustc-workspace-wrapper|rustc|linker|rustdoc)\s*=\s*(.*)$/s;

/** Programs that settings put in the place of cargo's own: `--config target.x.runner=…`, `RUSTC_WRAPPER`. */
function cargoMore(managed: Managed): Outcome {
  const { call, parsed, verb, near } = managed;
  const values = parsed.values('config').flatMap((value) => {
    const start = knownStart(value);
    const match = CARGO_RUNNER.exec(start);
    return match ? [partOf(value, start.length - (match[1] as string).length)] : [];
  });
  const variables = call.invocation.assignments.filter(({ name }) =>
    /^(?:RUSTC(?:_WORKSPACE)?(?:_WRAPPER)?|RUSTDOC|CARGO_TARGET_\w+_(?:RUNNER|LINKER))$/.test(name),
  );
  return {
    effects:
      verb === 'clean'
        ? [file('delete', parsed.value('target-dir') ?? wordAt('target', near), { recursive: true })]
        : [],
    runs: [
      ...values.map((word) => programRun(unquote(word), 'cargo --config')),
      ...variables.map(({ name, value }) => programRun(value, name)),
    ],
  };
}

function unquote(word: Word): Word {
  return word.text === undefined
    ? word
    : { ...word, text: word.text.replace(/^\[?\s*["']|["']\s*\]?$/g, '').replace(/["']\s*,\s*["']/g, ' ') };
}

/** A program, or a program with arguments in one text. */
function programRun(code: Word, via: string): Nested {
  return { kind: 'code', lang: 'sh', code, via };
}

const GO_CODE = ['exec', 'toolexec', 'vettool'];

function goMore(managed: Managed): Outcome {
  const { call, parsed, verb, near, operands } = managed;
  const flags = assigned(call, 'GOFLAGS')?.text ?? '';
  const fromFlags = parseArgs(
    flags.split(/\s+/).map((text) => wordAt(text, near)),
    { singleDash: true },
  );
  const codes = [...parsed.values(...GO_CODE), ...fromFlags.values(...GO_CODE)];
  const proxy = assigned(call, 'GOPROXY')?.text;
  const hosts = proxy === 'direct' ? operands.filter((word) => word.text?.includes('.')) : [];
  const target = verb === 'run' ? operands[0] : undefined;
  const isRemote = target?.text !== undefined && /^[\w.-]+\.[a-z]+\/.*@/.test(target.text);
  return {
    effects: [
      ...writesFile(parsed.value('o')),
      ...hosts.flatMap((word) => registryNet((word.text ?? '').split('/')[0] as string, near, [])),
      ...(verb === 'clean' && parsed.has('modcache', 'cache')
        ? [file('delete', wordAt('~/go/pkg/mod/cache', near), { recursive: true })]
        : []),
      ...(verb === 'env' &&
      parsed.has('w') &&
      operands.some((word) => /^GO(?:PROXY|SUMDB|NOSUMDB|FLAGS|PRIVATE)=/.test(word.text ?? ''))
        ? packageEffects('go', 'registry', near, operands, { otherRegistry: true })
        : []),
      ...(isRemote && target ? packageEffects('go', 'install', near, [target], { runsScripts: true }) : []),
      ...(isRemote ? registryNet('go', near, []) : []),
    ],
    runs: codes.map((code) => programRun(code, `go ${verb}`)),
  };
}

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

/** `mvn exec:exec -Dexec.executable=rm -Dexec.args='-rf x'`. */
function mavenMore({ call, operands, near }: Managed): Outcome {
  const defines = new Map(
    call.args.flatMap((word) => {
      const match = /^-D([\w.]+)=/.exec(knownStart(word));
      return match ? [[match[1] as string, partOf(word, match[0].length)] as const] : [];
    }),
  );
  const program = defines.get('exec.executable');
  const args = defines.get('exec.args') ?? defines.get('exec.commandlineArgs');
  const runs: Nested[] = program
    ? [
        {
          kind: 'code',
          lang: 'sh',
          code: wordAt([program.text ?? '', args?.text ?? ''].join(' ').trim(), program),
          via: 'mvn exec',
        },
      ]
    : [];
  const deploys = operands.some((word) => /^(?:deploy|release:perform|publish)(?::|$)/.test(word.text ?? ''));
  return {
    effects: deploys
      ? [
          ...packageEffects(call.name, 'publish', near, []),
          ...registryNet(
            'maven',
            near,
            defines.has('altDeploymentRepository')
              ? [partOf(defines.get('altDeploymentRepository') as Word, 0)]
              : [],
            { op: 'upload' },
          ),
        ]
      : [],
    runs,
  };
}

const MAVEN_OPTIONS =
  'f= file= s= settings= gs= global-settings= P= activate-profiles= pl= projects= rf= resume-from= T= threads= l= log-file= t= toolchains= b= build-file= p= project-dir= I= init-script= x= exclude-task= c= settings-file= console= g= gradle-user-home= include-build= tests= max-workers= warning-mode= stacktrace offline o';

export const pages: readonly Page[] = [
  managerPage({
    names: 'cargo',
    about: 'cargo: crates, builds, publishing',
    registry: 'cargo',
    options:
      'config= Z= C= p= package= bin= example= test= bench= features= F= target= target-dir= manifest-path= j= jobs= profile= color= message-format= index= registry= git= path= branch= tag= rev= vers= version= root= rename= token= exclude= out-dir= filter-platform= edition= name= vcs= i= invert= offline frozen dry-run global',
    indexes: ['index'],
    gits: ['git'],
    paths: ['path'],
    offline: ['offline', 'frozen'],
    dry: ['dry-run', 'n'],
    scripts: true,
    deeds: {
      'install, add, update, fetch, generate-lockfile, binstall, vendor': 'install',
      'build, b, run, r, test, t, bench, check, c, clippy, doc, d, rustc, nextest, fix, audit, outdated, search, info':
        'ask',
      'remove, rm, uninstall': 'remove',
      publish: 'publish',
      'yank, owner': 'withdraw',
      'login, logout': 'login',
    },
    more: cargoMore,
    examples: [
      { command: 'cargo build --release', effects: [{ kind: 'net', registry: 'cargo' }] },
      {
        command: 'cargo install --git https://git.example/o/r',
        effects: [
          { kind: 'package', source: 'git' },
          { kind: 'net', host: 'git.example' },
        ],
      },
      {
        command: 'cargo publish',
        effects: [
          { kind: 'package', op: 'publish' },
          { kind: 'net', op: 'upload' },
        ],
      },
      { command: 'cargo build --offline', effects: [] },
      { command: 'cargo fmt --all', effects: [] },
      { command: 'cargo --version', effects: [] },
    ],
  }),
  managerPage({
    names: 'go',
    about: 'go: modules, builds, programs that it starts',
    registry: 'go',
    options:
      'C= o= exec= toolexec= vettool= run= bench= benchtime= count= cover= covermode= coverprofile= coverpkg= cpu= cpuprofile= memprofile= timeout= tags= ldflags= gcflags= asmflags= mod= modfile= p= parallel= f= require= replace= exclude= droprequire= dropreplace= overlay= pkgdir= buildmode= go= fuzz= fuzztime= outputdir= blockprofile= mutexprofile= trace= shuffle= skip= v race json short failfast w modcache cache m x n a i',
    singleDash: true,
    variables: ['GOPROXY'],
    deeds: {
      'get, install, mod download, mod tidy, mod vendor, work sync': 'install',
      'build, run, mod why, mod graph, mod verify': 'ask',
    },
    more: goMore,
    examples: [
      {
        command: 'go get example.org/x@latest',
        effects: [
          { kind: 'package', manager: 'go' },
          { kind: 'net', registry: 'go' },
        ],
      },
      {
        command: "go test -exec 'rm -rf /home/user' ./...",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: 'GOPROXY=https://registry.example go mod download',
        effects: [{ kind: 'net', host: 'registry.example' }],
      },
      { command: 'go test ./... -run TestX -count=1', effects: [] },
      { command: 'go vet ./...', effects: [] },
    ],
  }),
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
  managerPage({
    names: 'mvn mvnw gradle gradlew mvnd sbt ant lein',
    about: 'builds for the JVM, which fetch what they need',
    registry: 'maven',
    options: MAVEN_OPTIONS,
    offline: ['offline', 'o'],
    dry: ['dry-run', 'm'],
    otherwise: 'ask',
    deeds: { 'deploy, publish, publishToMavenCentral': 'publish' },
    more: mavenMore,
    examples: [
      { command: 'mvn test', effects: [{ kind: 'net', registry: 'maven' }] },
      {
        command: "mvn exec:exec -Dexec.executable=rm -Dexec.args='-rf src'",
        effects: [{ kind: 'file', op: 'delete', path: 'src' }],
      },
      { command: 'mvn -o test', effects: [] },
      { command: 'gradle --offline build', effects: [] },
    ],
  }),
  managerPage({
    names: 'dotnet nuget',
    about: 'packages and builds for .NET',
    registry: 'api.nuget.org',
    options:
      's= source= c= configuration= f= framework= o= output= r= runtime= v= verbosity= k= api-key= n= name= project= version= p= property= filter= logger= no-restore no-build',
    indexes: ['s', 'source'],
    offline: ['no-restore', 'no-build'],
    deeds: {
      'restore, add, tool install, tool update, workload install, install': 'install',
      'build, run, test, publish, pack': 'ask',
      'remove, tool uninstall': 'remove',
      'nuget push, push': 'publish',
      'nuget delete, delete': 'withdraw',
      'nuget add, nuget update, sources': 'registry',
    },
    examples: [
      { command: 'dotnet restore', effects: [{ kind: 'net', host: 'api.nuget.org' }] },
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
    registry: 'hex.pm',
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
      { command: 'mix deps.get', effects: [{ kind: 'net', host: 'hex.pm' }] },
      { command: 'mix ecto.drop', effects: [{ kind: 'data', destructive: true }] },
      { command: 'mix test', effects: [] },
    ],
  }),
  managerPage({
    names: 'dart flutter',
    about: 'packages and builds for Dart',
    registry: 'pub.dev',
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
      { command: 'flutter pub get', effects: [{ kind: 'net', host: 'pub.dev' }] },
      { command: 'dart pub publish', effects: [{ kind: 'package', op: 'publish' }] },
      { command: 'flutter test', effects: [] },
    ],
  }),
];
