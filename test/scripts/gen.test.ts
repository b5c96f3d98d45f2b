import { createHash } from 'node:crypto';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import type { AnyGuard } from '../../lib/kit/define-guard.ts';
import { printGuardHead } from '../../scripts/gen/guard-readme.ts';
import { printTable, replaceMarked } from '../../scripts/gen/marked.ts';
import { findStale, planFiles, printIndex } from '../../scripts/gen/plan.ts';
import { checkGuardId, scaffoldGuard } from '../../scripts/gen/scaffold.ts';
import { SAMPLE_GUARDS } from '../policy/sample-guards.ts';

const PRESET = `// What it is for. More of it.
{ "mode": "enforce", "uncertain": "warn", "guards": { "host-list": "deny", "size-limit": ["warn", { "lines": 9 }] } }
`;
const README = 'before\n<!-- gen:start -->\n<!-- gen:end -->\nafter\n';
const TREE = new Map([
  ['policies/level-2.jsonc', PRESET],
  ['lib/guards/size-limit/README.md', README],
  ['lib/guards/host-list/README.md', README],
  ['README.md', '<!-- guards:start --><!-- guards:end -->'],
  ['policies/README.md', '<!-- ladder:start --><!-- ladder:end -->'],
]);
/** Made here, so that no file holds one. */
const TOKEN = `gh${'p_'}${createHash('sha256').update('sample').digest('base64').replace(/\W/g, '').slice(0, 36)}`;
const GUARDS = [...SAMPLE_GUARDS].sort((a, b) => (a.id < b.id ? -1 : 1));

describe('planFiles', () => {
  it('writes index, presets, schema, heads and table, and then has nothing more to do', () => {
    const plan = planFiles(TREE, GUARDS);
    expect(plan.problems).toEqual([]);
    expect(findStale(plan, TREE)).toEqual([
      'README.md',
      'lib/guards/host-list/README.md',
      'lib/guards/index.ts',
      'lib/guards/size-limit/README.md',
      'lib/policy/presets.gen.ts',
      'policies/README.md',
      'policies/policy.schema.json',
    ]);
    expect(plan.files.get('README.md')).toContain(
      '| [size-limit](lib/guards/size-limit/README.md) | Sizes stay small | warn    |',
    );
    expect(plan.files.get('lib/guards/host-list/README.md')).toMatch(
      /^before\n<!-- gen:start -->\n[\s\S]+\n<!-- gen:end -->\nafter\n$/,
    );
    expect(plan.files.get('lib/policy/presets.gen.ts')).toContain("about: 'What it is for.'");
    const done = new Map([...TREE, ...plan.files]);
    expect(findStale(planFiles(done, GUARDS), done)).toEqual([]);
    expect(findStale(planFiles(done, GUARDS), new Map([...done, ['README.md', 'x']]))).toEqual(['README.md']);
  });

  it('names what people forgot', () => {
    const forgetful = new Map([
      ...TREE,
      ['README.md', ''],
      ['policies/level-2.jsonc', '// A.\n{"guards": {"host-list": {}}}'],
    ]);
    expect(planFiles(forgetful, GUARDS).problems).toEqual([
      'policies/level-2.jsonc: needs `mode` and `uncertain`',
      'policies/level-2.jsonc: needs a level for host-list',
      'policies/level-2.jsonc: needs a level for size-limit',
      'README.md: lacks <!-- guards:start --> and <!-- guards:end -->',
    ]);
  });

  it.each([
    ['"guards": {', '"guards": { "gone": "deny",', 'policies/level-2.jsonc:2:55: there is no guard `gone`'],
    ['"lines"', '"lnies"', 'policies/level-2.jsonc:2:101: size-limit has no `lnies` (did you mean `lines`?)'],
    [
      '{ "mode"',
      '{ "extends": "./x", "mode"',
      'policies/level-2.jsonc: a shipped preset extends nothing and excepts nothing',
    ],
    ['"enforce"', 'enforce', 'policies/level-2.jsonc:2:11: this is no JSON'],
  ])('does not take a preset with %s → %s', (from, to, message) => {
    const tree = new Map([...TREE, ['policies/level-2.jsonc', PRESET.replace(from, to)]]);
    expect(() => planFiles(tree, GUARDS)).toThrow(message);
  });
});

describe('printIndex', () => {
  it('is formatted as the formatter would have it', () => {
    expect(printIndex(['a-b', 'c'])).toContain('AnyGuard[] = [aB, c];\n');
    const many = Array.from({ length: 12 }, (_, at) => `some-guard-${at}`);
    expect(printIndex(many)).toContain('AnyGuard[] = [\n  someGuard0,\n  someGuard1,\n');
  });
});

describe('printGuardHead', () => {
  const [first] = SAMPLE_GUARDS;
  if (first === undefined) throw new Error('no guard');
  const guard: AnyGuard = {
    ...first,
    examples: {
      deny: [
        'rm -rf /',
        { command: 'git push', branch: 'main', options: { lines: 1 } },
        { patch: '*** Begin Patch\n*** Add File: a.ts\n+x\n+y\n*** Delete File: b.ts\n*** End Patch\n' },
        { mcp: { server: 's', tool: 't', args: { a: 1 } } },
        { event: 'UserPromptSubmit', text: `use ${TOKEN}` },
      ],
      pass: [],
    },
  };

  it('shows every kind of example, and no token', () => {
    const head = printGuardHead(guard);
    expect(head).toContain('rm -rf /\ngit push   # on branch main, options {"lines":1}\n');
    expect(head).toContain('apply_patch: add a.ts (+2 −0), delete b.ts\n');
    expect(head).toContain('# MCP s/t {"a":1}\n');
    expect(head).toContain('# UserPromptSubmit: use ');
    expect(head).not.toContain(TOKEN);
    expect(head).toContain('| `exclude`   | Not counted.      | `**/*.lock` | a shorter list |');
  });
});

describe('replaceMarked and printTable', () => {
  it('leave everything else alone', () => {
    expect(replaceMarked('a', 'gen', 'x')).toBeUndefined();
    expect(replaceMarked('<!-- gen:end --><!-- gen:start -->', 'gen', 'x')).toBeUndefined();
    expect(
      printTable([
        ['a|b', 'c'],
        ['1', 'two\nlines'],
      ]),
    ).toBe('| a\\|b | c         |\n| ---- | --------- |\n| 1    | two lines |');
  });
});

describe('a new guard', () => {
  it.each([
    ['secret-scan', undefined],
    ['taken', 'is taken'],
    ['Secret', 'has to be words of small letters and digits, joined by hyphens'],
    ['../x', 'has to be words of small letters and digits, joined by hyphens'],
    ['a--b', 'has to be words of small letters and digits, joined by hyphens'],
  ])('%s: %s', (id, wrong) => {
    expect(checkGuardId(id, ['taken'])).toBe(wrong);
  });

  it('passes the type checker', { timeout: 60_000 }, () => {
    const path = `${process.cwd()}/lib/guards/scaffold-of-a-test/guard.ts`;
    const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.');
    const host = ts.createCompilerHost(options);
    const text = scaffoldGuard('scaffold-of-a-test')['guard.ts'] ?? '';
    const { getSourceFile, fileExists } = host;
    host.fileExists = (name) => name === path || fileExists(name);
    host.getSourceFile = (name, ...rest) =>
      name === path ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
    const program = ts.createProgram([path], options, host);
    const file = program.getSourceFile(path);
    const faults = [...program.getSemanticDiagnostics(file), ...program.getSyntacticDiagnostics(file)];
    expect(faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  });
});
