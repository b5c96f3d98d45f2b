/** cargo and go: packages, builds, and the programs that settings put in the place of their own. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { knownStart, parseArgs, partOf } from '../options.ts';
import type { Outcome, Page } from '../page.ts';
import { generatorRuns } from './go-generate.ts';
import { type Managed, managerPage, writesProgram } from './manager.ts';
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
      ...(verb === 'make'
        ? [{ kind: 'argv' as const, argv: [wordAt('cargo-make', near), ...managed.rest], via: 'cargo make' }]
        : []),
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
      ...writesProgram(parsed.value('o')),
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
    runs: [
      ...codes.map((code) => programRun(code, `go ${verb}`)),
      ...(verb === 'generate' && !parsed.has('n') ? generatorRuns(call, operands, near) : []),
    ],
  };
}

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
      'build, b, run, r, test, t, bench, check, c, clippy, doc, d, rustc, nextest, fix': 'build',
      'audit, outdated, search, info': 'ask',
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
];
