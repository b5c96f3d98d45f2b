/** Every command, asked with --json in its main situations: only JSON on standard output, of the shape that is published for it, and the exit code. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ALL_COMMANDS } from '../../bin/commands.ts';
import { hasTerminals } from '../bin/on-terminal.ts';
import { type Answer, openRoom, type Room } from './json-room.ts';
import { put, type Question, STORIES } from './json-stories.ts';
import { findShapeErrors, listedSchemas, nameOf } from './shapes.ts';

// Outside of /tmp, which every sandbox may write: the doctor objects to a guard there.
const scratch = mkdtempSync('/var/tmp/codex-guard-json-');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Commands that print something else, and why. */
const EXCEPT: Readonly<Record<string, string>> = {
  'policy schema': 'its answer is a JSON Schema, with or without --json',
};
/** Shapes that are seen, by the commands that print them; '' = in a file. */
const seen = new Map<string, Set<string>>();

function note(shape: string, by: string): void {
  seen.set(shape, (seen.get(shape) ?? new Set()).add(by));
}

/** The values on standard output: one, or one a line. */
function readAnswers(stdout: string, shape: string): readonly unknown[] {
  return shape === 'check-case'
    ? stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [JSON.parse(stdout)];
}

function commandOf({ words }: Question): string {
  const known = ALL_COMMANDS.find(({ name }) => words.join(' ').startsWith(`${name} `));
  return known?.name ?? '';
}

function check(question: Question, { exitCode, stdout, stderr }: Answer): void {
  const label = `${question.words.join(' ')}\n${stderr}`;
  expect(exitCode, label).toBe(question.exit);
  for (const value of readAnswers(stdout, question.shape)) {
    expect(nameOf(value), label).toBe(question.shape);
    expect(findShapeErrors(value), label).toEqual([]);
    if (question.shape === 'error') expect((value as { exitCode: number }).exitCode).toBe(exitCode);
  }
  note(question.shape, commandOf(question));
}

/** What codex-guard keeps in its home has a published shape as well. */
function checkFiles({ guardHome }: Room): void {
  const read = (folder: string) => {
    try {
      return readdirSync(join(guardHome, folder)).map((name) => join(guardHome, folder, name));
    } catch {
      return [];
    }
  };
  const grants = read('grants').filter((path) => /\/[0-9a-f]{8}[^/]*\.json$/.test(path));
  const trust = read('.').filter((path) => path.endsWith('/trust.json'));
  const lines = read('audit').flatMap((path) => readFileSync(path, 'utf8').trim().split('\n'));
  for (const text of [...[...grants, ...trust].map((path) => readFileSync(path, 'utf8')), ...lines]) {
    expect(findShapeErrors(JSON.parse(text)), text).toEqual([]);
    note(nameOf(JSON.parse(text)) ?? '', '');
  }
}

describe.each(STORIES.map((story) => [story.about, story] as const))('%s', (_, { plot, onTerminal }) => {
  it.skipIf(onTerminal && !hasTerminals)(
    'answers in the published shapes',
    { timeout: 120_000 },
    async () => {
      const room = openRoom(scratch);
      let last: Answer = { exitCode: null, stdout: '', stderr: '' };
      for (const part of plot) {
        if (typeof part === 'function') await part(room, last);
        else {
          last = await put(room, part, last);
          check(part, last);
        }
        checkFiles(room);
      }
    },
  );
});

describe('all together', () => {
  it('show every published shape', () => {
    const missing = listedSchemas().filter((name) => !seen.has(name));
    expect(missing).toEqual(hasTerminals ? [] : ['allow', 'grant']);
  });

  it.each(ALL_COMMANDS.map(({ name, options }) => [name, options] as const))(
    'show an answer and an error of %s, or there is a reason not to',
    (name, options) => {
      expect(options).toHaveProperty('json');
      const shapes = [...seen].filter(([, by]) => by.has(name)).map(([shape]) => shape);
      if (EXCEPT[name] === undefined) expect(shapes.filter((shape) => shape !== 'error')).not.toEqual([]);
      else expect(shapes.filter((shape) => shape !== 'error')).toEqual([]);
    },
  );
});
