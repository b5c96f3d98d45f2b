/** The generated head of a guard's README: what it is, its options, its examples. */

import type { AnyGuard, Example, OptionSpec } from '../../lib/kit/define-guard.ts';
import type { RunMode } from '../../lib/kit/host-facts.ts';
import { redactSecrets } from '../../lib/secrets/redact-secrets.ts';
import { printTable } from './marked.ts';

/** Longer lists are cut in the table; the guard's source has them whole. */
const MAX_SHOWN = 6;

const RISKS: Readonly<Record<AnyGuard['risk'], string>> = {
  1: 'read-only',
  2: 'workspace change',
  3: 'running commands',
  4: 'network',
  5: 'deletion or sensitive',
};

/** Markdown between the markers of `lib/guards/<id>/README.md`. */
export function printGuardHead(guard: AnyGuard): string {
  const head = [
    `**${guard.title}**`,
    printTable([
      ['level where a policy says nothing', 'risk tier', 'events'],
      [`\`${guard.level}\``, `${guard.risk} (${RISKS[guard.risk]})`, guard.events.join(', ')],
    ]),
    printOptions(guard),
    '## Examples',
    'All of them are executed by the tests.',
    printExamples('Denied', guard.examples.deny),
    printExamples('Passed', guard.examples.pass),
  ].join('\n\n');
  // Examples make tokens when they run; in a file they would be tokens.
  return redactSecrets(head);
}

function printOptions(guard: AnyGuard): string {
  const options = Object.entries(guard.options);
  if (options.length === 0) return '## Options\n\nNone.';
  const rows = options.map(([name, spec]) => [
    `\`${name}\``,
    spec.about,
    printDefault(spec),
    printStricter(spec),
  ]);
  return `## Options\n\n${printTable([['option', 'meaning', 'default', 'stricter is'], ...rows])}`;
}

function printDefault(spec: OptionSpec): string {
  const { default: value } = spec;
  if (typeof value !== 'object') return `\`${String(value)}\``;
  if (value.length === 0) return 'none';
  const shown = value.slice(0, MAX_SHOWN).map((entry) => `\`${entry}\``);
  const rest = value.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function printStricter(spec: OptionSpec): string {
  switch (spec.type) {
    case 'strings':
    case 'globs':
      return spec.direction === 'permission' ? 'a shorter list' : 'a longer list';
    case 'number':
      return spec.tighter;
    case 'boolean':
      return `\`${String(spec.tighter)}\``;
    case 'choice':
      return `the later of ${spec.choices.map((choice) => `\`${choice}\``).join(', ')}`;
  }
}

function printExamples(heading: string, examples: readonly Example[]): string {
  const shown = examples.map(printExample).join('\n');
  return `${heading}:\n\n\`\`\`sh\n${shown}\n\`\`\``;
}

/** One or more lines: what happens, then `#` and what is special about it. */
function printExample(example: Example): string {
  if (typeof example === 'string') return example;
  const what =
    example.command ??
    (example.patch === undefined ? undefined : summarize(example.patch)) ??
    (example.mcp
      ? `# MCP ${example.mcp.server}/${example.mcp.tool} ${JSON.stringify(example.mcp.args)}`
      : '');
  const text = example.text === undefined ? '' : `# ${example.event ?? 'text'}: ${example.text}`;
  const notes = [
    example.event !== undefined && example.text === undefined ? `at ${example.event}` : '',
    example.branch === undefined ? '' : `on branch ${example.branch}`,
    example.files === undefined ? '' : `with ${Object.keys(example.files).join(', ')}`,
    example.mode === undefined ? '' : printMode(example.mode),
    example.options === undefined ? '' : `options ${JSON.stringify(example.options)}`,
  ].filter((note) => note !== '');
  const lines = [what, text].filter((line) => line !== '').join('\n');
  if (notes.length === 0) return lines;
  if (lines === '') return `# ${notes.join(', ')}`;
  return lines.includes('\n') ? `# ${notes.join(', ')}\n${lines}` : `${lines}   # ${notes.join(', ')}`;
}

/** How the session runs: `bypassPermissions on ci-7 at 23`. */
function printMode({ permission, machine, hour }: Partial<RunMode>): string {
  return [
    permission ?? '',
    machine === undefined ? '' : `on ${machine}`,
    hour === undefined ? '' : `at ${hour} o'clock`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}

/** A patch in one line: `apply_patch: add src/a.ts (+2 −0), delete b.ts`. */
function summarize(patch: string): string {
  const files = patch.split(/^\*\*\* (?=(?:Add|Update|Delete) File: )/m).slice(1);
  const parts = files.map((file) => {
    const [, op = '', path = ''] = /^(\w+) File: (.*)/.exec(file) ?? [];
    const count = (sign: string) => file.split('\n').filter((line) => line.startsWith(sign)).length;
    return `${op.toLowerCase()} ${path}${op === 'Delete' ? '' : ` (+${count('+')} −${count('-')})`}`;
  });
  return `apply_patch: ${parts.join(', ')}`;
}
