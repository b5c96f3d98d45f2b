/** A verdict for people. */

import type { Finding, Verdict } from '../lib/api.ts';

const COLOUR = { deny: 31, warn: 33, note: 36, pass: 32 } as const;

/** Paints text when colours are wanted. */
export function paint(text: string, colour: keyof typeof COLOUR, wanted: boolean): string {
  return wanted ? `\u001b[${COLOUR[colour]}m${text}\u001b[0m` : text;
}

/** Outcome, then each finding with what to do instead. */
export function showVerdict(verdict: Verdict, colour: boolean): string {
  const lines = [paint(verdict.outcome, verdict.outcome, colour)];
  for (const finding of verdict.findings) lines.push(...showFinding(finding, colour));
  for (const failure of verdict.failures)
    lines.push(`${paint('failure', 'deny', colour)} ${failure.owner}: ${failure.message}`);
  return lines.join('\n');
}

/** `level [guard] message` and its remedy. */
function showFinding(finding: Finding, colour: boolean): string[] {
  return [
    `  ${paint(finding.level, finding.level, colour)} [${finding.guard}] ${finding.message}`,
    `       Instead: ${finding.remedy}`,
  ];
}

/**
 * A text of an agent for a person's eyes: control, invisible and bidirectional characters are spelled out, so that nothing can
 * hide or paint over a part of it. Line ends stay.
 */
export function showForeign(text: string): string {
  return text.replace(
    /[^\P{C}\n]|[\u2028\u2029]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
