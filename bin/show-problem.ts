/** A mistake in a policy file for people: place, what is wrong, the line with a mark below it, and how to mend it. */

import { readFileSync } from 'node:fs';
import type { PolicyProblem } from '../lib/api.ts';
import { paint } from './show-verdict.ts';

/** Longest part of a line that is shown. */
const WIDTH = 110;

export function showProblem(problem: PolicyProblem, colour: boolean): string {
  const { severity, message, file, line, column = 1, hint } = problem;
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return [
    `${paint(severity, severity === 'error' ? 'deny' : 'warn', colour)} ${place}: ${message}`,
    ...(line === undefined ? [] : showLine(file, line, column)),
    ...(hint === undefined ? [] : [`  hint: ${hint}`]),
  ].join('\n');
}

/** The line and a mark under the column; nothing when the file is no file that can be read. */
function showLine(file: string, line: number, column: number): readonly string[] {
  let text: string | undefined;
  try {
    text = readFileSync(file, 'utf8')
      .replace(/^\uFEFF/, '')
      .split('\n')[line - 1];
  } catch {
    return []; // a preset, or a file that is gone
  }
  if (text === undefined) return [];
  // A tab is as wide in the line as in the blanks before the mark; other control characters would act on the terminal.
  const safe = text.replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, ' ');
  const from = Math.max(0, column - 1 - WIDTH + 20);
  const number = String(line);
  const before = safe.slice(from, column - 1).replace(/[^\t]/g, ' ');
  return [
    `  ${number} | ${safe.slice(from, from + WIDTH).trimEnd()}`,
    `  ${' '.repeat(number.length)} | ${before}^`,
  ];
}
