/** The JSON Schema of policy files, made from what the guards declare. Editors use it; the checks of this room do not. */

import type { OptionSpec } from '../kit/define-guard.ts';
import { SUBJECTS } from './check-exceptions.ts';
import { MAX_ENTRY, MAX_LIST } from './check-option.ts';
import { type GuardTable, INHERITED, LEVELS, MODES, UNCERTAIN } from './document.ts';

type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: 'string', minLength: 1 };

/** Draft-07 schema for policies over these guards. `presets` are the names that `extends` offers. */
export function makePolicySchema(guards: GuardTable, presets: readonly string[]): Schema {
  const ids = Object.keys(guards);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'codex-guard policy',
    ...object({
      $schema: { type: 'string' },
      extends: {
        description:
          'Policies that this one builds on: shipped presets, paths that start with ./, npm packages.',
        anyOf: [
          { $ref: '#/definitions/source' },
          { type: 'array', items: { $ref: '#/definitions/source' }, maxItems: 16 },
        ],
      },
      mode: words(
        MODES,
        'observe: only record. warn: tell the agent, stop nothing. enforce: stop what is denied.',
      ),
      uncertain: words(UNCERTAIN, 'What something means that nobody can judge before it runs.'),
      autoApprove: {
        type: 'boolean',
        default: false,
        description:
          'Answer for the person when Codex asks whether a command may run without its sandbox, where it only reads the project. A project may only switch it off.',
      },
      guards: object(Object.fromEntries(ids.map((id) => [id, { $ref: `#/definitions/${id}` }]))),
      exceptions: { type: 'array', maxItems: 200, items: { $ref: '#/definitions/exception' } },
      tests: { type: 'array', maxItems: 500, items: { $ref: '#/definitions/test' } },
    }),
    definitions: {
      source: {
        anyOf: [
          { enum: presets },
          { type: 'string', pattern: '^(\\.{1,2}/|/|(@[A-Za-z0-9][\\w.-]*/)?[A-Za-z0-9][\\w.-]*$)' },
        ],
      },
      level: words(
        LEVELS,
        'The mode of one guard. deny: stop it (what enforce is for all). warn: tell the agent, stop nothing. note: only record (what observe is for all). off: do not look.',
      ),
      exception: object(
        {
          guard: words(ids, 'Guard whose finding is let through.'),
          match: {
            ...object(Object.fromEntries(SUBJECTS.map((subject) => [subject, TEXT]))),
            description: 'What the finding is about; every given key has to match. Patterns are allowed.',
            minProperties: 1,
          },
          reason: { ...TEXT, maxLength: 500, description: 'Why it is right.' },
          until: {
            type: 'string',
            pattern: '^\\d{4}-\\d\\d-\\d\\d$',
            description: 'Last day that it holds, UTC.',
          },
        },
        ['guard', 'match', 'reason', 'until'],
      ),
      test: object(
        {
          command: { ...TEXT, description: 'A shell command at PreToolUse.' },
          expect: words(['deny', 'warn', 'pass'], 'What this policy has to say to it.'),
          guard: words(ids, 'Guard that has to say it.'),
        },
        ['command', 'expect'],
      ),
      ...Object.fromEntries(ids.map((id) => [id, guardSchema(guards[id])])),
    },
  };
}

function guardSchema(guard: GuardTable[string] | undefined): Schema {
  const level = { $ref: '#/definitions/level' };
  const specs = Object.entries(guard?.options ?? {});
  const options = object(Object.fromEntries(specs.map(([name, spec]) => [name, optionSchema(spec)])));
  return {
    description: `${guard?.title ?? ''} Default: ${guard?.level ?? ''}.`,
    anyOf: [
      level,
      options,
      { type: 'array', items: [level, options], minItems: 1, maxItems: 2, additionalItems: false },
    ],
  };
}

function optionSchema(spec: OptionSpec): Schema {
  const base = { description: spec.about, default: spec.default };
  switch (spec.type) {
    case 'boolean':
      return { ...base, type: 'boolean' };
    case 'number':
      return { ...base, type: 'number', minimum: spec.minimum };
    case 'choice':
      return { ...base, enum: spec.choices };
    case 'strings':
    case 'globs': {
      const effect =
        spec.direction === 'permission'
          ? `Replaces the list in force; \`${INHERITED}\` stands for it.`
          : 'Adds to the list in force; `!x` takes x out of it.';
      const items = { ...TEXT, maxLength: MAX_ENTRY };
      return { ...base, description: `${spec.about} ${effect}`, type: 'array', maxItems: MAX_LIST, items };
    }
  }
}

function words(list: readonly string[], description: string): Schema {
  return { enum: list, description };
}

function object(properties: Schema, required: readonly string[] = []): Schema {
  return {
    type: 'object',
    properties,
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  };
}
