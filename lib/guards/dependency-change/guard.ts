/** Watches where dependencies come from: new registries, URLs and repositories, install scripts, lock files edited by hand. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import { printText, printWord } from '../../kit/words.ts';
import type { PackageEffect } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { brief } from './brief.ts';
import { judgeManifest } from './manifests.ts';

interface Rules {
  readonly packages: GlobSet;
  /** `any` or `registry`. */
  readonly sources: string;
  readonly global: boolean;
  readonly scripts: boolean;
  readonly publish: boolean;
}

const SOURCES: Partial<Record<PackageEffect['source'], string>> = {
  url: 'from a URL',
  git: 'from a repository',
  'other-registry': 'from another registry',
};

export default defineGuard({
  id: 'dependency-change',
  title: 'Dependencies come from where they always came from',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 4,
  needs: [],
  options: {
    packages: {
      type: 'globs',
      default: ['**'],
      direction: 'permission',
      about: 'Packages that may be added, by name: `@acme/*`.',
    },
    sources: {
      type: 'choice',
      default: 'registry',
      choices: ['any', 'registry'],
      about:
        'Where packages may come from: anywhere, or only the registry that is configured and the project itself.',
    },
    global: {
      type: 'boolean',
      default: false,
      tighter: false,
      about: 'Allow installing outside the project, for the user or the whole machine.',
    },
    scripts: {
      type: 'boolean',
      default: true,
      tighter: false,
      about: 'Allow packages to run their own scripts when they are installed.',
    },
    publish: {
      type: 'boolean',
      default: false,
      tighter: false,
      about: 'Allow publishing packages.',
    },
    lockfiles: {
      type: 'boolean',
      default: true,
      tighter: true,
      about: 'Forbid editing lock files by hand, and warn when one is deleted.',
    },
  },
  examples: {
    deny: [
      'npm install https://github.com/o/r/archive/main.tgz',
      'npm install o/r',
      'pip install git+https://github.com/o/r',
      'npm install left-pad --registry https://registry.example',
      'npm config set registry https://registry.example',
      'npm install -g typescript',
      'npm publish',
      { patch: patchOf('package.json', '    "left-pad": "git+https://github.com/o/left-pad.git",') },
      { patch: patchOf('requirements.txt', '--extra-index-url https://registry.example/simple') },
      { patch: patchOf('package-lock.json', '      "version": "1.0.0",') },
      { command: 'npm install left-pad', options: { packages: ['@acme/*'] } },
      { command: 'npm ci', options: { scripts: false } },
    ],
    pass: [
      'npm ci',
      'npm install --save-dev typescript',
      'pip install -r requirements.txt',
      'cargo build',
      'npm run build',
      'cat package-lock.json',
      { patch: patchOf('package.json', '    "left-pad": "^1.3.0",') },
      { patch: patchOf('package.json', '  "homepage": "https://github.com/o/r#readme",') },
      { patch: patchOf('requirements.txt', 'requests==2.32.0') },
      { command: 'npm ci --ignore-scripts', options: { scripts: false } },
      { command: 'npm install @acme/ui@2', options: { packages: ['@acme/*'] } },
    ],
  },
  brief,
  check(facts, options) {
    return mergeDrafts(
      facts.effects.flatMap((effect) => {
        if (effect.kind === 'package') return judgePackage(effect, options);
        if (effect.kind !== 'file' || effect.place !== undefined) return [];
        return judgeManifest(effect, {
          registryOnly: options.sources !== 'any',
          lockfiles: options.lockfiles,
        });
      }),
    );
  },
});

function judgePackage(effect: PackageEffect, rules: Rules): readonly FindingDraft[] {
  const { manager, op, names, source } = effect;
  const name = names.length === 0 ? 'packages' : names.slice(0, 3).map(printWord).join(', ');
  const subject = { command: manager, ...(names[0]?.text === undefined ? {} : { rule: names[0].text }) };
  const say = (message: string, remedy: string) => draft(effect, message, remedy, { subject });
  if (op === 'publish')
    return rules.publish
      ? []
      : [
          say(
            `this publishes with ${printText(manager)}`,
            'leave publishing to the release workflow or a person',
          ),
        ];
  if (op === 'registry')
    return rules.sources === 'any'
      ? []
      : [
          say(
            `this changes where ${printText(manager)} gets packages from`,
            'leave the registry as it is configured',
          ),
        ];
  if (op !== 'install') return [];
  const found: FindingDraft[] = [];
  const elsewhere = rules.sources === 'any' ? undefined : SOURCES[source];
  if (elsewhere !== undefined)
    found.push(say(`this installs ${name} ${elsewhere}`, 'use a version from the registry, or ask a person'));
  const unlisted = names.find((word) => source !== 'path' && !isListed(word.text, rules.packages));
  if (unlisted)
    found.push(
      say(
        `this adds ${printWord(unlisted)}, which is not an allowed package`,
        'use what the project already has',
      ),
    );
  if (effect.global && !rules.global)
    found.push(
      say(`this installs ${name} outside the project`, 'install it in the project, or ask a person'),
    );
  if (effect.runsScripts && !rules.scripts && source !== 'path')
    found.push(
      say(`this lets ${name} run install scripts`, 'install without scripts: `npm ci --ignore-scripts`'),
    );
  return found;
}

/** True when a package, its version left out, may be added. A name that is not known is not listed, unless all are. */
function isListed(spec: string | undefined, packages: GlobSet): boolean {
  if (packages.patterns.includes('**')) return true;
  const name = /^@?[^@=<>~!;[\s]+/.exec(spec ?? '')?.[0];
  return name !== undefined && packages.match(name) !== undefined;
}

/** A patch that adds one line to a file, for the examples. */
function patchOf(path: string, line: string): string {
  return `*** Begin Patch\n*** Add File: ${path}\n+${line}\n*** End Patch\n`;
}
