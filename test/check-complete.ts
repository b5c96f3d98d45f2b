/** What every guard owes, over texts by path: what complete.test.ts runs on the repository and on seeded gaps. */

import type { AnyGuard } from '../lib/kit/define-guard.ts';
import { readJsonc } from '../lib/policy/read-jsonc.ts';

/** Files by path from the root. */
type Tree = ReadonlyMap<string, string>;

const FEWEST_EXAMPLES = 5;
/** Less prose than this is a placeholder. */
const FEWEST_WORDS = 30;
const FEWEST_WORDS_OF_LIMITS = 10;

interface SchemaPart {
  readonly definitions?: Readonly<Record<string, { readonly anyOf?: readonly SchemaPart[] } | undefined>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Everything that guards lack, as `id: what`.
 *
 * @param tree at least `lib/guards`, `policies`
 * @param guards the declarations of the folders
 */
export function findGaps(tree: Tree, guards: readonly AnyGuard[]): readonly string[] {
  const folders = [...tree.keys()].flatMap((path) => /^lib\/guards\/([^/]+)\//.exec(path)?.[1] ?? []);
  const ids = [...new Set([...folders, ...guards.map(({ id }) => id)])].sort();
  return ids.flatMap((id) => {
    const guard = guards.find((each) => each.id === id);
    const gaps = [
      ...(guard === undefined ? ['has no guard.ts that declares it'] : findDeclarationGaps(guard)),
      ...findReadmeGaps(tree.get(`lib/guards/${id}/README.md`)),
      ...(tree.get('lib/guards/index.ts')?.includes(`'./${id}/guard.ts'`)
        ? []
        : ['is not in lib/guards/index.ts']),
      ...(guard === undefined ? [] : findSchemaGaps(tree.get('policies/policy.schema.json') ?? '{}', guard)),
      ...findPresetGaps(tree, id),
    ];
    return gaps.map((gap) => `${id}: ${gap}`);
  });
}

function findDeclarationGaps(guard: AnyGuard): readonly string[] {
  const { title, events, examples, options } = guard;
  const few = (['deny', 'pass'] as const).filter((kind) => examples[kind].length < FEWEST_EXAMPLES);
  return [
    ...few.map((kind) => `has ${examples[kind].length} ${kind} examples, fewer than ${FEWEST_EXAMPLES}`),
    ...(/^[A-Z].{10,}[^.]$/.test(title) ? [] : ['has no title that is a sentence without a full stop']),
    ...(events.length > 0 ? [] : ['listens to no event']),
    ...Object.entries(options).flatMap(([name, { about }]) =>
      /^[A-Z].{5,}\.$/s.test(about) ? [] : [`option ${name} is not explained by a sentence`],
    ),
  ];
}

function findReadmeGaps(text: string | undefined): readonly string[] {
  if (text === undefined) return ['has no README.md'];
  const parts = /^([\s\S]*)<!-- gen:start -->([\s\S]*)<!-- gen:end -->([\s\S]*)$/.exec(text);
  if (parts === null) return ['README.md has no <!-- gen:start --> and <!-- gen:end -->'];
  const prose = parts[3] ?? '';
  const limits = /^## Limits\n([\s\S]*?)(?=^## |$(?![\s\S]))/m.exec(prose)?.[1] ?? '';
  return [
    ...((parts[2] ?? '').includes('## Examples') ? [] : ['README.md was not generated']),
    ...(countWords(limits) >= FEWEST_WORDS_OF_LIMITS ? [] : ['README.md does not say what the limits are']),
    ...(countWords(prose) >= FEWEST_WORDS ? [] : ['README.md says nothing but what is generated']),
  ];
}

function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

function findSchemaGaps(text: string, guard: AnyGuard): readonly string[] {
  const schema = JSON.parse(text) as SchemaPart;
  const part = schema.definitions?.[guard.id]?.anyOf?.find(({ properties }) => properties !== undefined);
  if (part === undefined) return ['is not in the schema'];
  return Object.keys(guard.options).flatMap((name) =>
    Object.hasOwn(part.properties ?? {}, name) ? [] : [`option ${name} is not in the schema`],
  );
}

function findPresetGaps(tree: Tree, id: string): readonly string[] {
  return [...tree].flatMap(([path, text]) => {
    if (!/^policies\/level-[^/]+\.jsonc$/.test(path)) return [];
    const { node } = readJsonc(text, path);
    const members = node?.kind === 'object' ? node.members : [];
    const guards = members.find(({ key }) => key === 'guards')?.node;
    const entry = guards?.kind === 'object' ? guards.members.find(({ key }) => key === id)?.node : undefined;
    return entry === undefined || entry.kind === 'object' ? [`has no level in ${path}`] : [];
  });
}
