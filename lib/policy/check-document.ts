/** Checks the tree of a policy file against what policies and guards know. Owns the wording of its mistakes; merges nothing. */

import type { Policy, PolicyProblem, PolicyTest } from '../types/policy.ts';
import type { Level } from '../types/verdict.ts';
import { checkExceptions } from './check-exceptions.ts';
import {
  type Check,
  checkGuardName,
  checkItems,
  checkMembers,
  checkText,
  checkWord,
  report,
  reportMissing,
  reportUnknown,
} from './check-node.ts';
import { checkOption } from './check-option.ts';
import {
  type GuardStatement,
  type GuardTable,
  LEVELS,
  MODES,
  type PolicyDocument,
  type Stated,
  UNCERTAIN,
} from './document.ts';
import type { JsonMember, JsonNode } from './read-jsonc.ts';

const MAX_EXTENDS = 16;
const MAX_TESTS = 500;
const EXPECTATIONS: readonly PolicyTest['expect'][] = ['deny', 'warn', 'pass'];

/**
 * Reads a policy file's tree. What cannot be used is left out of the document and named in `problems`.
 *
 * @param name path of the file, or a preset's name
 */
export function checkDocument(
  node: JsonNode,
  name: string,
  guards: GuardTable,
): { readonly document: PolicyDocument; readonly problems: readonly PolicyProblem[] } {
  const check: Check = { file: name, guards, problems: [] };
  const found: { -readonly [K in keyof PolicyDocument]?: PolicyDocument[K] } = {};
  checkMembers(check, node, 'a policy', {
    $schema: () => {},
    extends: (value) => {
      found.extends = checkExtends(check, value);
    },
    mode: (value) => {
      const mode: Stated<Policy['mode']> | undefined = checkWord(check, value, 'mode', MODES);
      if (mode) found.mode = mode;
    },
    uncertain: (value) => {
      const uncertain: Stated<Policy['uncertain']> | undefined = checkWord(
        check,
        value,
        'uncertain',
        UNCERTAIN,
      );
      if (uncertain) found.uncertain = uncertain;
    },
    autoApprove: (value) => {
      if (value.kind === 'value' && typeof value.value === 'boolean')
        found.autoApprove = { value: value.value, line: value.line, column: value.column };
      else report(check, value, 'autoApprove has to be true or false');
    },
    guards: (value) => {
      found.guards = checkGuards(check, value);
    },
    exceptions: (value) => {
      found.exceptions = checkExceptions(check, value);
    },
    tests: (value) => {
      found.tests = checkTests(check, value);
    },
  });
  const empty = { extends: [], guards: {}, exceptions: [], tests: [] };
  return { document: { name, ...empty, ...found }, problems: check.problems };
}

function checkExtends(check: Check, node: JsonNode): readonly Stated<string>[] {
  const items = node.kind === 'array' ? checkItems(check, node, 'extends', MAX_EXTENDS) : [node];
  return items.flatMap((item) => {
    const value = checkText(check, item, 'an entry of extends', 256);
    return value === undefined ? [] : [{ value, line: item.line, column: item.column }];
  });
}

function checkGuards(check: Check, node: JsonNode): Readonly<Record<string, GuardStatement>> {
  if (node.kind !== 'object') {
    report(check, node, 'guards has to be an object');
    return {};
  }
  const known = Object.keys(check.guards);
  return Object.fromEntries(
    node.members.flatMap((member) => {
      if (Object.hasOwn(check.guards, member.key)) return [[member.key, checkGuard(check, member)]];
      reportUnknown(check, member, 'there is no guard', known);
      return [];
    }),
  );
}

/** `"deny"`, `["deny", { … }]` or `{ … }`. */
function checkGuard(check: Check, member: JsonMember): GuardStatement {
  const { key, node } = member;
  if (node.kind === 'object') return { options: checkOptions(check, key, node) };
  const items = node.kind === 'array' ? checkItems(check, node, `guards.${key}`, 2) : [node];
  const [first, second] = items;
  if (first === undefined) {
    if (node.kind === 'array' && node.items.length === 0) report(check, node, `guards.${key} says nothing`);
    return { options: {} };
  }
  const level: Stated<Level | 'off'> | undefined = checkWord(check, first, `the level of ${key}`, LEVELS);
  return { ...(level ? { level } : {}), options: second ? checkOptions(check, key, second) : {} };
}

function checkOptions(check: Check, guard: string, node: JsonNode): GuardStatement['options'] {
  const specs = check.guards[guard]?.options ?? {};
  const found: { [name: string]: GuardStatement['options'][string] } = {};
  const readers = Object.entries(specs).map(([name, spec]) => {
    const read = (value: JsonNode) => {
      const option = checkOption(check, value, `${guard}.${name}`, spec);
      if (option !== undefined) found[name] = { value: option, line: value.line, column: value.column };
    };
    return [name, read] as const;
  });
  checkMembers(check, node, guard, Object.fromEntries(readers));
  return found;
}

function checkTests(check: Check, node: JsonNode): readonly PolicyTest[] {
  return checkItems(check, node, 'tests', MAX_TESTS).flatMap((item) => {
    let command: string | undefined;
    let expect: PolicyTest['expect'] | undefined;
    let guard: string | undefined;
    const isObject = checkMembers(check, item, 'a test', {
      command: (value) => {
        command = checkText(check, value, 'command', 4096);
      },
      expect: (value) => {
        expect = checkWord(check, value, 'expect', EXPECTATIONS)?.value;
      },
      guard: (value) => {
        guard = checkGuardName(check, value);
      },
    });
    if (isObject) reportMissing(check, item, 'a test', ['command', 'expect']);
    if (command === undefined || expect === undefined) return [];
    return [{ command, expect, ...(guard === undefined ? {} : { guard }), file: check.file }];
  });
}
