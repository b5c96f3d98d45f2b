/** The last look at everything that a command prints: no provider's token leaves through standard output or standard error. */

import { redactSecrets } from '../lib/api.ts';
import type { Terminal } from './command.ts';

/** The same terminal, which prints no tokens. What merely looks random stays: digests and policies are printed to be used. */
export function withoutSecrets(terminal: Terminal): Terminal {
  const { out, err, ask } = terminal;
  return {
    ...terminal,
    out: (text) => out(redactOutput(text)),
    err: (text) => err(redact(text)),
    ...(ask === undefined ? {} : { ask: (question: string) => ask(redact(question)) }),
  };
}

function redact(text: string): string {
  return redactSecrets(text, { only: 'deny' });
}

/** JSON stays JSON: of a document that holds a secret each text is redacted by itself. */
function redactOutput(text: string): string {
  const redacted = redact(text);
  if (redacted === text || !/^\s*[{[]/.test(text)) return redacted;
  try {
    const indent = text.includes('\n') ? 2 : undefined;
    const printed = JSON.stringify(mapTexts(JSON.parse(text), redact), null, indent);
    return redact(printed) === printed ? printed : redacted;
  } catch {
    return redacted;
  }
}

/** A JSON value with every text of it replaced. */
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}
