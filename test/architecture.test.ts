/** Who may import whom, kept; and a proof that breaking it is noticed. */

import { describe, expect, it } from 'vitest';
import { readTree } from '../scripts/gen/read-tree.ts';
import { findViolations } from './check-architecture.ts';

const isSource = (path: string) => path.endsWith('.ts');

describe('the architecture', () => {
  it('holds in this repository', () => {
    const sources = readTree('.', ['lib', 'hooks', 'bin'], isSource);
    expect(sources.size).toBeGreaterThan(100);
    expect(findViolations(sources)).toEqual([]);
  });

  const house = {
    'lib/types/word.ts': 'export interface Word {}\n',
    'lib/kit/draft.ts':
      "import type { Word } from '../types/word.ts';\nexport const draft = (word: Word) => word;\n",
    'lib/guards/a/guard.ts':
      "import { draft } from '../../kit/draft.ts';\nimport './rules.ts';\nexport default draft;\n",
    'lib/guards/a/rules.ts': 'export {};\n',
    'lib/guards/ab/guard.ts': 'export default {};\n',
    'lib/guards/index.ts': "export { default } from './a/guard.ts';\nexport * from './ab/guard.ts';\n",
    'lib/shell/parse.ts': "import { parse } from 'unbash';\nexport { parse };\n",
    'lib/shell/arguments.ts': 'export {};\n',
    'lib/facts/read.ts':
      "import '../shell/parse.ts';\nimport { readFileSync } from 'node:fs';\nexport { readFileSync };\n",
    'lib/policy/load.ts': "import '../guards/index.ts';\nimport '../kit/draft.ts';\nexport {};\n",
    'lib/engine/run.ts': "import '../facts/read.ts';\nimport '../policy/load.ts';\nexport {};\n",
    'lib/api.ts': "export * from './engine/run.ts';\nexport * from './types/word.ts';\n",
    'lib/codex/reply.ts': 'export {};\n',
    'hooks/stop.ts': "import '../lib/engine/run.ts';\nimport '../lib/codex/reply.ts';\n",
    'bin/codex-guard.ts': "import '../lib/api.ts';\nimport './commands/check.ts';\nimport 'execa';\n",
    'bin/commands/check.ts': "import '../../lib/api.ts';\n",
  };

  it('has nothing against a small house that keeps it', () => {
    expect(findViolations(new Map(Object.entries(house)))).toEqual([]);
  });

  it.each([
    [
      'types import something',
      'lib/types/word.ts',
      "import '../kit/draft.ts';",
      'lib/types/word.ts: imports ../kit/draft.ts: types may not import kit',
    ],
    [
      'as a type only',
      'lib/types/word.ts',
      "import type { x } from '../kit/draft.ts';",
      'types may not import kit',
    ],
    ['as an export', 'lib/kit/draft.ts', "export * from '../shell/parse.ts';", 'kit may not import shell'],
    [
      'when it is needed',
      'lib/kit/draft.ts',
      "const x = await import('../shell/parse.ts');",
      'kit may not import shell',
    ],
    [
      'by require',
      'lib/shell/parse.ts',
      "const x = require('../facts/read.ts');",
      'shell may not import facts',
    ],
    [
      'a guard reads files',
      'lib/guards/a/guard.ts',
      "import { readFileSync } from 'node:fs';",
      'guards is pure',
    ],
    [
      'a guard uses a package',
      'lib/guards/a/guard.ts',
      "import micromatch from 'micromatch';",
      'guards is pure',
    ],
    ['the kit uses Node', 'lib/kit/draft.ts', "import { join } from 'node:path';", 'kit is pure'],
    [
      'a guard knows another',
      'lib/guards/a/guard.ts',
      "import b from '../ab/guard.ts';",
      'guards do not know each other',
    ],
    [
      'a guard knows the facts',
      'lib/guards/a/guard.ts',
      "import '../../facts/read.ts';",
      'guards may not import facts',
    ],
    [
      'the policy knows one guard',
      'lib/policy/load.ts',
      "import '../guards/a/guard.ts';",
      'policy may not import guards',
    ],
    [
      'the CLI goes behind the door',
      'bin/commands/check.ts',
      "import '../../lib/engine/run.ts';",
      'bin may not import engine',
    ],
    [
      'for a type',
      'bin/commands/check.ts',
      "import type { Word } from '../../lib/types/word.ts';",
      'bin may not import types',
    ],
    ['somebody imports a hook', 'lib/engine/run.ts', "import '../../hooks/stop.ts';", 'nobody imports hooks'],
    [
      'somebody imports the CLI',
      'lib/engine/run.ts',
      "import '../../bin/codex-guard.ts';",
      'nobody imports bin',
    ],
    ['a page parses YAML itself', 'lib/programs/make.ts', "import 'yaml';", 'too slow for a hook'],
    ['a hook starts a logger', 'hooks/stop.ts', "import pino from 'pino';", 'too slow for a hook'],
    [
      'an ending is left out',
      'lib/facts/read.ts',
      "import '../shell/parse';",
      'imports carry the ending .ts',
    ],
    ['a file is gone', 'lib/facts/read.ts', "import '../shell/gone.ts';", 'there is no such file'],
    ['a module of Node without its prefix', 'lib/facts/read.ts', "import fs from 'fs';", 'write node:fs'],
    ['a room is new', 'lib/util/text.ts', 'export {};', 'lies in no known room'],
    ['rooms form a ring', 'lib/facts/read.ts', "import '../engine/run.ts';", 'engine: is in a ring of rooms'],
    ['a file is long', 'lib/facts/read.ts', '\n'.repeat(340), 'has 34'],
  ])('notices when %s', (_, path, line, complaint) => {
    const text = (house as Readonly<Record<string, string>>)[path] ?? '';
    const faulty = new Map(Object.entries({ ...house, [path]: `${line}\n${text}` }));
    expect(findViolations(faulty).some((violation) => violation.includes(complaint))).toBe(true);
  });

  it('reads imports, not text that looks like one', () => {
    const text = "// import '../engine/run.ts';\nexport const x = \"import '../engine/run.ts'\";\n";
    expect(findViolations(new Map(Object.entries({ ...house, 'lib/shell/parse.ts': text })))).toEqual([]);
  });
});
