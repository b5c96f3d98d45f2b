/** Judges what is said to the guard or to Codex from outside: environment variables and the guard's own command line. */

import { draft } from '../../kit/draft.ts';
import { lastPart } from '../../kit/paths.ts';
import type { Facts } from '../../types/facts.ts';
import type { Invocation } from '../../types/invocation.ts';
import type { Span, Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';

/** Variables that decide about the guard, or about git's hooks, and beside which program that matters. */
const SWITCHES: readonly { readonly name: RegExp; readonly beside?: RegExp; readonly what: string }[] = [
  { name: /^CODEX_GUARD_/, what: 'settings of the guard' },
  { name: /^(?:CODEX_HOME|HOME)$/, beside: /^codex$/, what: 'where Codex finds its hooks' },
  { name: /^NODE_OPTIONS$/, beside: /^codex(?:-guard)?$/, what: 'how the guard is started' },
  {
    name: /^(?:HUSKY|HUSKY_SKIP_HOOKS|LEFTHOOK|LEFTHOOK_EXCLUDE|OVERCOMMIT_DISABLE|PRE_COMMIT_ALLOW_NO_CONFIG)$/,
    beside: /^git$/,
    what: 'whether the hooks of the repository run',
  },
  { name: /^SKIP$/, beside: /^git$/, what: 'which hooks of the repository run' },
];

/** Words of the guard's command line that loosen or remove it. */
const LOOSENS: ReadonlySet<string> = new Set(['uninstall', 'install', 'allow']);
/** Words after `policy` that write policy files, or accept what changed in them. */
const POLICY_WRITES: ReadonlySet<string> = new Set(['init', 'lock']);
/** Programs that start a script or package named in their arguments. */
const STARTERS: ReadonlySet<string> = new Set([
  'node',
  'npx',
  'bunx',
  'bun',
  'pnpm',
  'yarn',
  'npm',
  'tsx',
  'deno',
  // BSD's takes the command as words behind the name of its file.
  'script',
]);

/** Findings about variables that are set for a program or for the rest of the text. */
export function judgeSwitches(facts: Facts): readonly FindingDraft[] {
  const programs = new Set(facts.invocations.map(programName));
  const named = (name: string, span: Span): readonly FindingDraft[] =>
    SWITCHES.filter(
      ({ name: which, beside }) => which.test(name) && (!beside || [...programs].some((p) => beside.test(p))),
    ).map(({ what }) =>
      draft({ span }, `${name} changes ${what}`, 'leave it as the person set it', {
        subject: { rule: name },
      }),
    );
  const set = facts.effects.flatMap((effect) =>
    effect.kind === 'env' && effect.op === 'set' && effect.name !== undefined
      ? named(effect.name, effect.span)
      : [],
  );
  const prefixed = facts.invocations.flatMap(({ assignments }) =>
    assignments.flatMap(({ name, value }) => named(name, value.span)),
  );
  return [...set, ...prefixed];
}

/** `codex-guard allow …`, however it is started. */
export function judgeCommandLine(invocation: Invocation): readonly FindingDraft[] {
  const { argv } = invocation;
  const at = STARTERS.has(programName(invocation)) ? argv.findIndex(isGuard) : isGuard(argv[0]) ? 0 : -1;
  if (at < 0) return [];
  const [verb, action] = argv.slice(at + 1).filter((word) => !word.text?.startsWith('-'));
  if (verb === undefined) return [];
  const name = nameOf(verb, action, argv);
  if (name === undefined) return [];
  return [
    draft(
      verb,
      `\`codex-guard ${name}\` is for a person to run`,
      'ask for it, and say what it is needed for',
      {
        subject: { command: `codex-guard ${name}` },
        ...(verb.text === undefined ? { uncertain: true } : {}),
      },
    ),
  ];
}

/** What the guard is told to do, when that is not for an agent. A word that nobody knows yet may be any. */
function nameOf(verb: Word, action: Word | undefined, argv: readonly Word[]): string | undefined {
  if (verb.text === undefined) return 'allow';
  if (LOOSENS.has(verb.text)) return verb.text;
  const writes = verb.text === 'policy' && POLICY_WRITES.has(action?.text ?? '');
  return writes && !argv.some((word) => word.text === '--check') ? `policy ${action?.text}` : undefined;
}

function isGuard(word: Word | undefined): boolean {
  return word?.text !== undefined && /^codex-guard(?:\.[cm]?[jt]s)?(?:@[^/]*)?$/.test(lastPart(word.text));
}

function programName(invocation: Invocation): string {
  return lastPart(invocation.argv[0]?.text ?? '').toLowerCase();
}
