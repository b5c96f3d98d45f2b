/** Takes secrets out of what a verdict says, before anybody reads or keeps it. Decides nothing. */

import type { Finding, Verdict } from '../types/verdict.ts';

type Redact = (text: string) => string;

/**
 * A verdict that shows no secret: file names, hosts and branches come from the agent's text, and a secret can be in any of them.
 *
 * @param redact takes the secrets out of a text
 */
export function redactVerdict(verdict: Verdict, redact: Redact): Verdict {
  const texts = textsOf(verdict).join('\n');
  // One look at all of them is quicker than one at each, and mostly there is nothing.
  if (texts === '' || redact(texts) === texts) return verdict;
  return {
    ...verdict,
    findings: verdict.findings.map((finding) => redactFinding(finding, redact)),
    failures: verdict.failures.map(({ owner, message }) => ({ owner, message: redact(message) })),
    ...(verdict.lifted === undefined
      ? {}
      : { lifted: verdict.lifted.map((lifted) => ({ ...lifted, message: redact(lifted.message) })) }),
  };
}

function textsOf({ findings, failures, lifted = [] }: Verdict): readonly string[] {
  return [
    ...findings.flatMap(({ message, remedy, subject = {} }) => [message, remedy, ...Object.values(subject)]),
    ...failures.map(({ message }) => message),
    ...lifted.map(({ message }) => message),
  ];
}

function redactFinding(finding: Finding, redact: Redact): Finding {
  const { message, remedy, subject } = finding;
  return {
    ...finding,
    message: redact(message),
    remedy: redact(remedy),
    ...(subject === undefined
      ? {}
      : {
          subject: Object.fromEntries(Object.entries(subject).map(([key, value]) => [key, redact(value)])),
        }),
  };
}
