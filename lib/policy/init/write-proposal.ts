/** Writes a policy file that proposes what a survey found, every value with the place it comes from. Decides what goes in; asks nobody. */

import { matchesHost, normalizeHost } from '../../kit/hosts.ts';
import type { Policy } from '../../types/policy.ts';
import { coverGlobs } from '../covers.ts';
import { INHERITED } from '../document.ts';
import { PRESET_PREFIX } from '../read-layer.ts';
import { TRUST_LADDER } from '../trust-ladder.ts';
import type { Found, Survey } from './survey.ts';

export interface ProposalInput {
  readonly survey: Survey;
  readonly scope: 'user' | 'project';
  /** The project's directory, for the head. */
  readonly root: string;
  /** Name of a preset. A project builds on one only where it tightens. */
  readonly level: string | undefined;
  /** Hosts that a person took; the others found stand in comments. */
  readonly hosts: ReadonlySet<string>;
  /** What holds before this file: for a project everything, for a user the preset. */
  readonly before: Policy;
}

/** One entry of a list: a value, or a comment in its place. */
interface Line {
  readonly text: string;
  readonly note: string;
  readonly isOff?: boolean;
}

/** The text of the file: JSONC that passes `policy check` under the policy that it was made for. */
export function writeProposal(input: ProposalInput): string {
  const { survey, scope, root, level } = input;
  const guards = [
    ...section('branch-protection', 'branches', survey.branches.map(toLine)),
    ...section('network-allowlist', 'allow', scope === 'user' ? userHosts(input) : projectHosts(input)),
    ...section('sensitive-areas', 'paths', areaLines(input)),
  ];
  const members = [
    ...(level === undefined
      ? []
      : [[...levelComment(level), `"extends": [${JSON.stringify(PRESET_PREFIX + level)}]`]]),
    ['"guards": {', ...indent(joinMembers(guards)), '}'],
    ...testMembers(input),
  ];
  return `${[
    `// Proposed by codex-guard policy init from what is in ${printable(root)}: read it, change it, keep it.`,
    scope === 'project'
      ? '// A project can only tighten what the people who work in it have set.'
      : '// Yours, for every project. Arrays of what is allowed replace the one before; "..." stands for that one.',
    ...survey.checks.map(({ value, where }) => `// Checks this project: ${printable(value)} (${where})`),
    '{',
    ...indent(joinMembers(members)),
    '}',
  ].join('\n')}\n`;
}

/** Hosts of a survey that a policy does not allow. */
export function findNewHosts(survey: Survey, before: Policy): readonly Found[] {
  const allowed = listOf(before, 'network-allowlist', 'allow');
  return survey.hosts.filter(({ value }) => !isAllowed(allowed, value));
}

function levelComment(level: string): readonly string[] {
  const rung = TRUST_LADDER.find(({ preset }) => preset === level);
  if (rung === undefined) return [];
  return [
    `// For ${rung.about}. Goes with sandbox_mode ${rung.sandbox} and approval_policy ${rung.approvals.join(' or ')}.`,
  ];
}

/** `"id": { "option": [ … ] }`, or nothing when there is nothing to say. */
function section(id: string, option: string, lines: readonly Line[]): readonly (readonly string[])[] {
  if (lines.length === 0) return [];
  // A comma stands behind an entry that a comment follows, so that its slashes can simply be taken away.
  const entries = lines.map(({ text, note, isOff }, at) => {
    const value = `${JSON.stringify(text)}${isOff || at < lines.length - 1 ? ',' : ''}`;
    return `${isOff ? '// ' : ''}${value} // ${note}`;
  });
  return [
    [`${JSON.stringify(id)}: {`, `  ${JSON.stringify(option)}: [`, ...indent(indent(entries)), '  ]', '}'],
  ];
}

function toLine({ value, where }: Found): Line {
  return { text: value, note: printable(where) };
}

/** What the preset allows and what a person took; a host that nobody took is offered. */
function userHosts({ survey, hosts, before }: ProposalInput): readonly Line[] {
  const allowed = listOf(before, 'network-allowlist', 'allow');
  const registries = survey.registries.filter(({ value }) => !isAllowed(allowed, value));
  const lines = [...registries, ...findNewHosts(survey, before)].map((found) => {
    const isOff = !found.value.startsWith('registry:') && !hosts.has(found.value);
    const note = offNote(found, before, 'take the slashes away to allow it');
    return isOff ? { ...toLine(found), isOff, note } : toLine(found);
  });
  return lines.length === 0 ? [] : [{ text: INHERITED, note: 'what the preset allows' }, ...lines];
}

/** What holds already, without the registries of package managers that are not used here. */
function projectHosts({ survey, before }: ProposalInput): readonly Line[] {
  const allowed = listOf(before, 'network-allowlist', 'allow');
  const used = new Map(survey.registries.map(({ value, where }) => [value, where]));
  const isUnused = (entry: string) => entry.startsWith('registry:') && !used.has(entry);
  const kept = allowed.filter((entry) => !isUnused(entry));
  const lines = kept.map((entry) => ({ text: entry, note: printable(used.get(entry) ?? 'allowed so far') }));
  const refused = findNewHosts(survey, before);
  const unused = allowed
    .filter(isUnused)
    .map((text) => ({ text, note: 'nothing here uses it', isOff: true }));
  return [
    ...lines,
    ...unused,
    ...refused.map((found) => ({
      ...toLine(found),
      isOff: true,
      note: offNote(found, before, 'only a person can allow it, in their own policy'),
    })),
  ];
}

/** Why a host is only offered. */
function offNote({ where }: Found, before: Policy, otherwise: string): string {
  const isOwn =
    where.startsWith('remote ') && before.guards['network-allowlist']?.options.ownRemotes === true;
  return `${printable(where)}; ${isOwn ? 'allowed in this repository anyway' : otherwise}`;
}

/** Directories that no pattern in force covers. */
function areaLines({ survey, before }: ProposalInput): readonly Line[] {
  const isCovered = coverGlobs(listOf(before, 'sensitive-areas', 'paths'));
  return survey.areas.filter(({ value }) => !isCovered(value)).map(toLine);
}

function testMembers({ survey, before }: ProposalInput): readonly (readonly string[])[] {
  const [branch] = survey.branches;
  const isEnforced = before.mode === 'enforce' && before.guards['branch-protection']?.level === 'deny';
  if (branch === undefined || !isEnforced) return [];
  const name = branch.value.replace(/\*$/, '1.0');
  if (!/^[\w./-]+$/.test(name)) return [];
  const test = `{ "command": "git push origin ${name}", "expect": "deny", "guard": "branch-protection" }`;
  return [['// Run by codex-guard policy check.', `"tests": [${test}]`]];
}

function isAllowed(allowed: readonly string[], name: string): boolean {
  if (name.startsWith('registry:')) return allowed.includes(name);
  return allowed.some((entry) => matchesHost(entry, normalizeHost(name), undefined));
}

function listOf(policy: Policy, guard: string, option: string): readonly string[] {
  const value = policy.guards[guard]?.options[option];
  if (typeof value !== 'object') return [];
  return 'patterns' in value ? value.patterns : value;
}

/** Members of an object, with a comma behind each but the last. */
function joinMembers(members: readonly (readonly string[])[]): readonly string[] {
  return members.flatMap((lines, at) =>
    at < members.length - 1 ? [...lines.slice(0, -1), `${lines.at(-1)},`] : lines,
  );
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

/** Text from a project's files in a comment: nothing that would end the line. */
function printable(text: string): string {
  return text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029]/g, ' ').slice(0, 160);
}
