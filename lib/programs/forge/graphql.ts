/** Finds in a GitHub GraphQL request the mutations that change branches. Parses no more of it than it must. */

import type { GitEffect, GitOp } from '../../types/effect.ts';
import type { Span } from '../../types/text.ts';
import { branchWord, type ForgeFields, UNKNOWN } from './fields.ts';

/** Mutations, with the names that their branch argument can have. */
const MUTATIONS: Readonly<Record<string, readonly [op: GitOp, branch: readonly string[]]>> = {
  mergePullRequest: ['api-merge', []],
  enablePullRequestAutoMerge: ['api-merge', []],
  enqueuePullRequest: ['api-merge', []],
  mergeBranch: ['api-merge', ['base']],
  createCommitOnBranch: ['api-update-ref', ['branchName']],
  createRef: ['api-update-ref', ['name']],
  updateRef: ['api-update-ref', []],
  updateRefs: ['api-update-ref', ['name']],
  deleteRef: ['api-delete-ref', []],
  createBranchProtectionRule: ['api-protection', []],
  updateBranchProtectionRule: ['api-protection', []],
  deleteBranchProtectionRule: ['api-protection', []],
  createRepositoryRuleset: ['api-protection', []],
  updateRepositoryRuleset: ['api-protection', []],
  deleteRepositoryRuleset: ['api-protection', []],
};

const CALL = new RegExp(`\\b(${Object.keys(MUTATIONS).join('|')})\\s*\\(`, 'g');

/** The most characters after a mutation's name that are searched for its branch. */
const MAX_ARGUMENTS = 4096;

/** Git effects of the mutations in `fields.query`; the other fields are its variables. */
export function readGraphql(fields: ForgeFields, span: Span): readonly GitEffect[] {
  const query = fields.query ?? '';
  if (!/\bmutation\b/.test(query)) return [];
  return [...query.matchAll(CALL)].map((call): GitEffect => {
    const [op, names] = MUTATIONS[call[1] as string] ?? ['other-write', []];
    const base: GitEffect = { kind: 'git', op, span };
    if (op === 'api-protection' || (op === 'api-merge' && names.length === 0)) return base;
    const name = findArgument(query.slice(call.index, call.index + MAX_ARGUMENTS), names, fields)?.replace(
      /^refs\/heads\//,
      '',
    );
    return { ...base, branch: branchWord(name, span) };
  });
}

/** The first argument with one of the names: a literal, or the variable it stands for. */
function findArgument(text: string, names: readonly string[], fields: ForgeFields): string | undefined {
  if (names.length === 0) return undefined;
  const found = new RegExp(`\\b(?:${names.join('|')})\\s*:\\s*(?:"([^"]*)"|\\$(\\w+))`).exec(text);
  if (found?.[1] !== undefined) return found[1];
  if (found?.[2] !== undefined) return Object.hasOwn(fields, found[2]) ? fields[found[2]] : UNKNOWN;
  return names.map((name) => fields[name]).find((value) => value !== undefined);
}
