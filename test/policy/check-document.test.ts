import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../lib/policy/check-document.ts';
import { readJsonc } from '../../lib/policy/read-jsonc.ts';
import { makePolicySchema } from '../../lib/policy/schema.ts';
import { SAMPLE_GUARDS } from './sample-guards.ts';

const TABLE = Object.fromEntries(SAMPLE_GUARDS.map((guard) => [guard.id, guard]));
const isValid = new Ajv({ strict: false }).compile(makePolicySchema(TABLE, ['codex-guard:level-2']));

function check(text: string) {
  const { node, problems } = readJsonc(text, 'p.jsonc');
  if (node === undefined) throw new Error(JSON.stringify(problems));
  return checkDocument(node, 'p.jsonc', TABLE);
}

/** `line:column message (hint)` of every problem. */
function complaints(text: string): readonly string[] {
  return check(text).problems.map(
    ({ line, column, message, hint }) =>
      `${line}:${column} ${message}${hint === undefined ? '' : ` (${hint})`}`,
  );
}

describe('checkDocument', () => {
  it('reads a whole policy', () => {
    const { document, problems } = check(`{
  "$schema": "./policy.schema.json",
  "extends": ["codex-guard:level-2", "./more.jsonc", "@acme/codex-policy"],
  "mode": "observe",
  "uncertain": "deny",
  "guards": {
    "size-limit": ["deny", { "lines": 20, "exclude": ["...", "!**/x"], "strict": true }],
    "host-list": { "listen": "none", "allow": [] }
  },
  "exceptions": [{ "guard": "host-list", "match": { "host": "a.example" }, "reason": "because", "until": "2028-02-29" }],
  "tests": [{ "command": "ls", "expect": "pass", "guard": "host-list" }]
}`);
    expect(problems).toEqual([]);
    expect(document).toEqual({
      name: 'p.jsonc',
      extends: [
        { value: 'codex-guard:level-2', line: 3, column: 15 },
        { value: './more.jsonc', line: 3, column: 38 },
        { value: '@acme/codex-policy', line: 3, column: 54 },
      ],
      mode: { value: 'observe', line: 4, column: 11 },
      uncertain: { value: 'deny', line: 5, column: 16 },
      guards: {
        'size-limit': {
          level: { value: 'deny', line: 7, column: 20 },
          options: {
            lines: { value: 20, line: 7, column: 39 },
            exclude: { value: ['...', '!**/x'], line: 7, column: 54 },
            strict: { value: true, line: 7, column: 82 },
          },
        },
        'host-list': {
          options: {
            listen: { value: 'none', line: 8, column: 30 },
            allow: { value: [], line: 8, column: 47 },
          },
        },
      },
      exceptions: [
        {
          value: { guard: 'host-list', match: { host: 'a.example' }, reason: 'because', until: '2028-02-29' },
          line: 10,
          column: 18,
        },
      ],
      tests: [{ command: 'ls', expect: 'pass', guard: 'host-list', file: 'p.jsonc' }],
    });
  });

  it.each([
    ['[]', '1:1 a policy has to be an object'],
    ['{"gaurds": {}}', '1:2 a policy has no `gaurds` (did you mean `guards`?)'],
    ['{"colour": 1}', '1:2 a policy has no `colour`'],
    ['{"__proto__": 1}', '1:2 a policy has no `__proto__`'],
    ['{"toString": 1}', '1:2 a policy has no `toString`'],
    ['{"mode": "enforced"}', '1:10 mode has to be `observe`, `warn` or `enforce` (did you mean `enforce`?)'],
    ['{"mode": 1}', '1:10 mode has to be `observe`, `warn` or `enforce`'],
    ['{"uncertain": "ask"}', '1:15 uncertain has to be `pass`, `warn` or `deny`'],
    ['{"extends": [1]}', '1:14 an entry of extends has to be a text'],
    ['{"guards": []}', '1:12 guards has to be an object'],
    [
      '{"guards": {"size-limits": "deny"}}',
      '1:13 there is no guard `size-limits` (did you mean `size-limit`?)',
    ],
    ['{"guards": {"constructor": "deny"}}', '1:13 there is no guard `constructor`'],
    [
      '{"guards": {"size-limit": "dney"}}',
      '1:27 the level of size-limit has to be `off`, `note`, `warn` or `deny` (did you mean `deny`?)',
    ],
    ['{"guards": {"size-limit": []}}', '1:27 guards.size-limit says nothing'],
    ['{"guards": {"size-limit": ["deny", {}, {}]}}', '1:27 guards.size-limit has more than 2 entries'],
    ['{"guards": {"size-limit": ["deny", 3]}}', '1:36 size-limit has to be an object'],
    ['{"guards": {"size-limit": {"line": 3}}}', '1:28 size-limit has no `line` (did you mean `lines`?)'],
    ['{"guards": {"size-limit": {"lines": 0}}}', '1:37 size-limit.lines has to be a number of at least 1'],
    ['{"guards": {"size-limit": {"lines": "9"}}}', '1:37 size-limit.lines has to be a number of at least 1'],
    ['{"guards": {"size-limit": {"strict": "yes"}}}', '1:38 size-limit.strict has to be true or false'],
    ['{"guards": {"size-limit": {"exclude": "*"}}}', '1:39 size-limit.exclude has to be a list'],
    ['{"guards": {"size-limit": {"exclude": [1]}}}', '1:40 an entry of size-limit.exclude has to be a text'],
    [
      '{"guards": {"size-limit": {"exclude": ["a[b"]}}}',
      '1:40 pattern `a[b` of size-limit.exclude has a `[` without `]` (write `\\[` for the character itself)',
    ],
    [
      '{"guards": {"size-limit": {"exclude": ["../a"]}}}',
      '1:40 pattern `../a` of size-limit.exclude holds `..`, which no resolved path has',
    ],
    ['{"guards": {"host-list": {"allow": ["!"]}}}', '1:37 an entry of host-list.allow takes nothing away'],
    [
      '{"guards": {"host-list": {"listen": "all"}}}',
      '1:37 host-list.listen has to be `any`, `loopback` or `none`',
    ],
    [
      '{"exceptions": [{"guard": "host-list", "match": {"host": "a"}, "reason": "r"}]}',
      '1:17 an exception needs `until`',
    ],
    [
      '{"exceptions": [{"guard": "x", "match": {"host": "a"}, "reason": "r", "until": "2026-12-31"}]}',
      '1:27 there is no guard `x`',
    ],
    [
      '{"exceptions": [{"guard": "host-list", "match": {}, "reason": "r", "until": "2026-12-31"}]}',
      '1:49 match has to name what is excepted',
    ],
    [
      '{"exceptions": [{"guard": "host-list", "match": {"hosts": "a"}, "reason": "r", "until": "2026-12-31"}]}',
      '1:50 match has no `hosts` (did you mean `host`?)',
    ],
    [
      '{"exceptions": [{"guard": "host-list", "match": {"host": "a"}, "reason": " ", "until": "2026-12-31"}]}',
      '1:74 reason has to be a text',
    ],
    [
      '{"exceptions": [{"guard": "host-list", "match": {"host": "a"}, "reason": "r", "until": "2026-02-30"}]}',
      '1:88 until has to be a day such as 2026-12-31, not `2026-02-30`',
    ],
    [
      '{"exceptions": [{"guard": "host-list", "match": {"host": "a"}, "reason": "r", "until": "for ever"}]}',
      '1:88 until has to be a day such as 2026-12-31, not `for ever`',
    ],
    ['{"tests": [{"command": "ls"}]}', '1:12 a test needs `expect`'],
    ['{"tests": [{"command": "ls", "expect": "block"}]}', '1:40 expect has to be `deny`, `warn` or `pass`'],
  ])('%s: %s', (text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  it('keeps what is right beside what is wrong', () => {
    const { document, problems } = check(
      '{"mode": "enforce", "guards": {"size-limit": ["deny", {"lines": -1, "strict": true}]}}',
    );
    expect(problems).toHaveLength(1);
    expect(document.mode?.value).toBe('enforce');
    expect(Object.keys(document.guards['size-limit']?.options ?? {})).toEqual(['strict']);
  });

  it('bounds lists and entries', () => {
    const list = (count: number, entry: string) =>
      JSON.stringify({ guards: { 'host-list': { allow: Array.from({ length: count }, () => entry) } } });
    expect(complaints(list(200, 'a'))).toEqual([]);
    expect(complaints(list(201, 'a'))).toHaveLength(1);
    expect(complaints(list(1, 'a'.repeat(257)))).toHaveLength(1);
  });
});

describe('makePolicySchema', () => {
  /** The schema cannot know calendars, patterns and what a lone `!` means: those are for `policy check`. */
  const onlyChecked = ['2026-02-30', 'a[b', '../a', '["!"]', '" "'];

  it.each([
    ['{}', true],
    ['{"$schema": "x", "extends": "codex-guard:level-2"}', true],
    ['{"extends": ["./a.jsonc", "/b.jsonc", "@acme/codex-policy", "acme"]}', true],
    ['{"extends": "codex-guard:level-9"}', false],
    ['{"guards": {"size-limit": "off", "host-list": ["deny"]}}', true],
    ['{"guards": {"size-limit": {"lines": 1}, "host-list": ["deny", {"allow": ["..."]}]}}', true],
    ['{"guards": {"size-limit": ["deny", {"lines": 0}]}}', false],
    ['{"guards": {"size-limit": ["deny", {"lnes": 3}]}}', false],
    ['{"guards": {"nothing": "deny"}}', false],
    ['{"guards": {"size-limit": []}}', false],
    ['{"mode": "off"}', false],
    ['{"moed": "warn"}', false],
    ['{"exceptions": [{"guard": "host-list", "match": {}, "reason": "r", "until": "2026-12-31"}]}', false],
    ['{"exceptions": [{"guard": "host-list", "match": {"path": "a"}, "reason": "r"}]}', false],
    ['{"tests": [{"command": "ls", "expect": "pass"}]}', true],
    ['{"tests": [{"command": "", "expect": "pass"}]}', false],
  ])('%s: %s, like the checks', (text, expected) => {
    expect(isValid(JSON.parse(text))).toBe(expected);
    const isPreset = text.includes('codex-guard:level-9');
    if (!isPreset && !onlyChecked.some((part) => text.includes(part))) {
      expect(check(text).problems.length === 0).toBe(expected);
    }
  });
});
