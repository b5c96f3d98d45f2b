/** nx, turbo, lerna, wsrun: scripts and targets of a project's packages. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { chooseManifests, type Manifest, scriptRuns } from '../packages/package-json.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { findVerb } from '../verbs.ts';
import { folderOf } from './steps.ts';
import { MAX_BYTES, readJson, type Tree, textsOf, textUnder, under } from './tree.ts';

const OPTIONS =
  'scope= ignore= since= filter= F= concurrency= cwd= token= team= cache-dir= output-logs= log-order= profile= graph= t= target= targets= p= projects= c= configuration= runner= parallel= base= head= exclude= output-style= env-mode= nxBail nxIgnoreCycles stream no-bail dry-run dry verbose skip-nx-cache force h help version';

/** Commands of nx that are no targets. */
const NX_OWN =
  /^(?:graph|dep-graph|list|show|report|reset|init|generate|g|migrate|format(?::\w+)?|sync(?::\w+)?|release|repair|view-logs|connect|daemon|login|logout|add|import|watch|print-affected|workspace-lint|lint:all|exec|run|run-many|affected|new|help)$/;

/** What a target of an nx project runs: `nx:run-commands` or a command of its own. */
function targetRuns(manifest: Manifest, call: Call, target: string, near: Word): readonly Nested[] {
  const text = call.host.readFile(`${manifest.folder}/project.json`, MAX_BYTES);
  const tree: Tree = text === undefined ? '' : readJson(text).tree;
  const found = under(tree, 'targets', target);
  const options = under(found, 'options');
  const commands = [under(found, 'command'), under(options, 'command'), under(options, 'commands')].flatMap(
    (one) =>
      (Array.isArray(one) ? one : one === undefined ? [] : [one]).flatMap((each: Tree) =>
        typeof each === 'string' ? [each] : (textUnder(each, 'command') ?? []),
      ),
  );
  const root = folderOf(call) ?? manifest.folder;
  return commands.map((code) => ({
    kind: 'code',
    lang: 'sh',
    code: wordAt(code, near),
    cwd: wordAt(
      textUnder(options, 'cwd') === undefined ? root : `${root}/${textsOf(under(options, 'cwd'))[0]}`,
      near,
    ),
    via: `nx ${target}`,
  }));
}

/** The scripts of these names in the chosen packages, or in all. */
function scriptsOf(call: Call, names: readonly string[], chosen: readonly string[], via: string): Outcome {
  const folder = folderOf(call);
  if (folder === undefined || call.invocation.place !== undefined) return NOTHING;
  const near = programWord(call);
  const all = chooseManifests(call.host, folder, 'all');
  const plain = chosen.map((name) => name.replace(/^[.{]*|[.}^]*$/g, '').replace(/^\.\//, ''));
  const matching = all.filter(
    (one) => plain.length === 0 || plain.some((name) => name === one.name || one.folder.endsWith(`/${name}`)),
  );
  // A name that fits no package may be a pattern or another kind of choice.
  const taken = matching.length > 0 ? matching : all;
  return {
    effects: [],
    runs: taken.flatMap((manifest) =>
      names.flatMap((name) => [
        ...scriptRuns(manifest, name, near, `${via} ${name}`),
        ...(call.name === 'nx' ? targetRuns(manifest, call, name, near) : []),
      ]),
    ),
  };
}

function textList(words: readonly Word[]): readonly string[] {
  return words.flatMap((word) => word.text?.split(',') ?? []).filter((name) => name !== '');
}

function readNx(call: Call): Outcome {
  const { name, rest } = findVerb(call.args, OPTIONS);
  const parsed = readOptions(rest, OPTIONS);
  const [first] = parsed.operands;
  const all = readOptions(call.args, OPTIONS);
  if (all.has('h', 'help', 'version', 'graph', 'dry-run') || name === '') return NOTHING;
  if (name === 'exec') {
    const dashes = rest.findIndex((word) => word.text === '--');
    const argv = dashes < 0 ? [] : rest.slice(dashes + 1);
    return { effects: [], runs: argv.length > 0 ? [{ kind: 'argv', argv, via: 'nx exec' }] : [] };
  }
  if (name === 'run') {
    const [project = '', target] = (first?.text ?? '').split(':');
    return target === undefined ? NOTHING : scriptsOf(call, [target], [project], 'nx run');
  }
  if (name === 'run-many' || name === 'affected') {
    const targets = textList([...parsed.values('t', 'target', 'targets'), ...parsed.operands]);
    return scriptsOf(call, targets, textList(parsed.values('p', 'projects')), `nx ${name}`);
  }
  if (name === 'release') return readNxRelease(call, parsed.operands[0]?.text);
  return NX_OWN.test(name) ? NOTHING : scriptsOf(call, [name], textList(parsed.operands.slice(0, 1)), 'nx');
}

/** What a release comes to, as command lines: a commit, a push of it where that is the way, and the packages. */
function releaseRuns(
  call: Call,
  steps: Readonly<Record<'commits' | 'pushes' | 'publishes', boolean>>,
): Outcome {
  const near = programWord(call);
  const lines = [
    ...(steps.commits ? ['git commit -m release'] : []),
    ...(steps.pushes ? ['git push origin HEAD'] : []),
    ...(steps.publishes ? ['npm publish'] : []),
  ];
  return {
    effects: [],
    runs: lines.map((line) => ({
      kind: 'argv',
      argv: line.split(' ').map((word) => wordAt(word, near)),
      via: `${call.name} release`,
    })),
  };
}

/** `nx release`: commits and publishes, and leaves the push to people. */
function readNxRelease(call: Call, verb: string | undefined): Outcome {
  const parsed = readOptions(call.args, OPTIONS);
  if (parsed.has('dry-run', 'd')) return NOTHING;
  const commits = verb === 'publish' ? false : !parsed.has('no-git-commit');
  const publishes = verb === 'publish' || (verb === undefined && !parsed.has('skip-publish'));
  return releaseRuns(call, { commits, pushes: parsed.has('git-push'), publishes });
}

/** `lerna version` and `lerna publish`: commit, push and publish. */
function readLernaRelease(call: Call, verb: 'version' | 'publish'): Outcome {
  const parsed = readOptions(call.args, OPTIONS);
  const isMade = parsed.operands.some(({ text }) => text === 'from-git' || text === 'from-package');
  const commits = !isMade && !parsed.has('no-git-tag-version');
  return releaseRuns(call, {
    commits,
    pushes: commits && !parsed.has('no-push'),
    publishes: verb === 'publish',
  });
}

/** turbo and lerna: `run` with names; turbo takes names alone as well. */
function readRun(call: Call): Outcome {
  const { name, rest } = findVerb(call.args, OPTIONS);
  const all = readOptions(call.args, OPTIONS);
  if (all.has('h', 'help', 'version', 'dry-run', 'dry')) return NOTHING;
  if (name === 'exec') {
    const inner = readOptions(rest, OPTIONS, { stopAtOperand: true });
    const argv = inner.operands;
    return { effects: [], runs: argv.length > 0 ? [{ kind: 'argv', argv, via: `${call.name} exec` }] : [] };
  }
  const OWN =
    /^(?:login|logout|link|unlink|prune|daemon|gen|generate|telemetry|ls|query|scan|bin|config|boundaries|info|docs|watch|completion|devtools)$/;
  if (call.name === 'lerna' && (name === 'version' || name === 'publish'))
    return readLernaRelease(call, name);
  if (call.name === 'lerna' ? name !== 'run' : OWN.test(name)) return NOTHING;
  const dashes = call.args.findIndex((word) => word.text === '--');
  const words = readOptions(dashes < 0 ? call.args : call.args.slice(0, dashes), OPTIONS).operands;
  const names = words.flatMap((word) => word.text ?? []).filter((word, i) => !(i === 0 && word === 'run'));
  // `app#build` names the package too.
  return scriptsOf(
    call,
    names.map((one) => one.slice(one.indexOf('#') + 1)),
    textList(all.values('scope', 'filter', 'F')),
    call.name,
  );
}

export const pages: readonly Page[] = [
  definePage({
    names: ['nx'],
    about: 'nx: runs targets and scripts of the packages',
    read: readNx,
    examples: [
      { command: 'nx graph', effects: [] },
      { command: 'nx run-many -t test lint', effects: [] },
      { command: 'nx release --dry-run', effects: [] },
      { command: 'nx release publish', effects: [{ kind: 'package', op: 'publish' }] },
      { command: 'nx exec -- rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
    ],
  }),
  definePage({
    names: ['turbo', 'lerna'],
    about: 'turbo and lerna: run scripts of the packages',
    read: readRun,
    examples: [
      { command: 'turbo run build test --filter=web', effects: [] },
      { command: 'lerna run test --scope web', effects: [] },
      { command: 'lerna version patch', effects: [{ kind: 'git', op: 'push' }] },
      { command: 'lerna publish from-git', effects: [{ kind: 'package', op: 'publish' }] },
      { command: 'lerna exec -- rm -rf build', effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
    ],
  }),
];
