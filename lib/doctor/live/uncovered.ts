/** What no hook covers, as Codex stands: told with every proof, so that nobody takes a green one for more than it is. */

import type { Toolset } from '../../codex/toolset.ts';

/** Observed on Codex 0.169.0. */
const ALWAYS: readonly string[] = [
  'text typed into a running session (write_stdin): only the command that opened it was judged',
  'output of a command that is still running, until its last part',
  'output beyond about 40 KB: hooks see its two ends only',
  'hosted tools (web search), which run on the provider’s side',
  'commands that you type yourself with !',
  'results of MCP tools that report an error',
  'what an allowed program does inside: make, test suites, compiled binaries',
];

const CODE_MODE: readonly string[] = [
  'what a script of the model prints: in code mode it gets whole outputs, and hooks see each call, not the script',
];

/** @param mode how the client's model calls tools; undefined when that did not come out */
export function uncoveredBy(mode: Toolset['mode'] | undefined): readonly string[] {
  return mode === 'classic' ? ALWAYS : [...ALWAYS, ...CODE_MODE];
}
