/** Reads `.gitleaks.toml` into a rule set. Owns what its tables mean; the TOML itself is parsed by the caller, who alone loads a parser. */

import type { Excusable, RuleSet, UserScan } from '../rule-set.ts';
import type { Found, ScanResult } from '../scan.ts';
import { type Allowlist, type Complain, readAllowlist, readStrings } from './allowlist.ts';
import { readUserRule, runUserRule, type UserRule } from './user-rule.ts';

export interface GitleaksSource {
  /** Text of the configuration. */
  readonly text: string;
  /** Its path, for `extend.path` and for messages. */
  readonly path: string;
  readonly parseToml: (text: string) => unknown;
  /** Text of another configuration that this one extends, its path as written; undefined when there is none. */
  readonly readFile?: (path: string) => string | undefined;
}

export interface GitleaksConfig {
  readonly rules: RuleSet;
  /** What was left out and why, one sentence each. */
  readonly problems: readonly string[];
}

type Table = Readonly<Record<string, unknown>>;

/** gitleaks follows `extend` this deep. */
const DEEPEST = 2;

/** What the configuration and those it extends add up to. */
interface Collected {
  /** Rule tables by id; a later one overrides fields of an earlier one. */
  readonly rules: Map<string, Table>;
  readonly allowlists: Allowlist[];
  readonly ruleAllowlists: Map<string, Allowlist[]>;
  readonly disabled: Set<string>;
}

/**
 * Reads a configuration. The own tables always run beside it, whether it says `useDefault` or not: a project's file must not be
 * able to switch the guard off. A configuration that cannot be read adds nothing and says so.
 */
export function readGitleaksConfig(source: GitleaksSource): GitleaksConfig {
  const problems: string[] = [];
  const complain: Complain = (problem) => problems.push(`${source.path}: ${problem}`);
  const all: Collected = { rules: new Map(), allowlists: [], ruleAllowlists: new Map(), disabled: new Set() };
  collect(source, source.text, 0, all, complain);
  const rules = [...all.rules]
    .filter(([id]) => !all.disabled.has(id))
    .map(([id, table]) => readUserRule(id, table, complain));
  return { rules: makeRuleSet(rules, all), problems };
}

function collect(
  source: GitleaksSource,
  text: string,
  depth: number,
  all: Collected,
  complain: Complain,
): void {
  let config: Table;
  try {
    config = asTable(source.parseToml(text));
  } catch (error) {
    complain(`cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'error'}`);
    return;
  }
  const extend = asTable(config.extend);
  if (typeof extend.path === 'string') {
    const other = depth < DEEPEST ? source.readFile?.(extend.path) : undefined;
    if (other === undefined) complain(`extend.path ${extend.path} was not read`);
    else collect(source, other, depth + 1, all, complain);
  }
  if (extend.url !== undefined) complain('extend.url is not followed: nothing is fetched');
  for (const id of readStrings(extend.disabledRules)) all.disabled.add(id);
  for (const table of asTables(config.rules)) collectRule(table, all, complain);
  for (const table of [...asTables(config.allowlists), ...asTables(config.allowlist)]) {
    const list = readAllowlist(table, 'allowlist', complain);
    if (list !== undefined) all.allowlists.push(list);
  }
}

function collectRule(table: Table, all: Collected, complain: Complain): void {
  const { id } = table;
  if (typeof id !== 'string' || id === '') {
    complain('a rule without id was left out');
    return;
  }
  const base = all.rules.get(id);
  all.rules.set(id, {
    ...base,
    ...table,
    keywords: [...readStrings(base?.keywords), ...readStrings(table.keywords)],
  });
  const lists = all.ruleAllowlists.get(id) ?? [];
  for (const list of [...asTables(table.allowlists), ...asTables(table.allowlist)]) {
    const read = readAllowlist(list, `rule ${id}`, complain);
    if (read !== undefined) lists.push(read);
  }
  all.ruleAllowlists.set(id, lists);
}

function makeRuleSet(rules: readonly UserRule[], all: Collected): RuleSet {
  // An own rule with an expression stands in for the tables' rule of the same name.
  const replaced = new Set(rules.filter((rule) => rule.pattern !== undefined).map((rule) => rule.id));
  const isAllowed = (finding: Excusable): boolean =>
    all.allowlists.some((list) => appliesTo(list, finding.rule) && list.allows(finding)) ||
    (all.ruleAllowlists.get(finding.rule)?.some((list) => list.allows(finding)) ?? false);
  return {
    find: (scan) => runAll(rules, scan),
    excuses: (finding) =>
      (!finding.isOwn && (all.disabled.has(finding.rule) || replaced.has(finding.rule))) ||
      isAllowed(finding),
  };
}

function appliesTo(list: Allowlist, rule: string): boolean {
  return list.targetRules.length === 0 || list.targetRules.includes(rule);
}

function runAll(rules: readonly UserRule[], scan: UserScan): ScanResult {
  const lower = scan.text.toLowerCase();
  const found: Found[] = [];
  const complete = rules.every((rule) => !scan.isLate() && runUserRule(rule, scan, lower, found));
  return { found, complete };
}

function asTable(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

/** An array of tables, or one table. */
function asTables(value: unknown): readonly Table[] {
  if (Array.isArray(value)) return value.map(asTable);
  return value === undefined ? [] : [asTable(value)];
}
