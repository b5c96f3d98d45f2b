/** Prints a diagnosis for people: what holds, then what is wrong, each with what to do. */

import type { DoctorFinding, Report } from '../lib/api.ts';
import type { Fixed } from './mend.ts';
import { paint } from './show-verdict.ts';

const COLOURS = { error: 'deny', warning: 'warn', info: 'note', ok: 'pass' } as const;
const TRUST_WORDS: Readonly<Record<string, string>> = {
  managed: 'managed',
  trusted: 'yes',
  untrusted: 'NO',
  modified: 'NO (changed)',
  disabled: 'OFF',
  dropped: 'NO (not loaded)',
};

/** The whole report as text. */
export function printReport(report: Report, fixed: readonly Fixed[], colour: boolean, now: number): string {
  return [
    ...printHead(report),
    '',
    ...printEvents(report, colour, now),
    '',
    'Ten production checks',
    ...printProduction(report, colour),
    ...printFixed(fixed),
    ...printFindings(report, colour),
    '',
    printSum(report, colour),
  ].join('\n');
}

function printHead({ version, codex, codexHome, policy }: Report): string[] {
  const client = codex.version === undefined ? 'no client asked' : `codex ${codex.version}`;
  const level = policy.level === undefined ? '' : `${policy.level}, `;
  return [
    `codex-guard ${version}, ${client}, ${codexHome}`,
    `policy: ${level}${policy.mode}, digest ${policy.digest.slice(0, 12)}`,
  ];
}

function printEvents({ events, trustFrom, switchedOff }: Report, colour: boolean, now: number): string[] {
  const width = Math.max(...events.map(({ event }) => event.length));
  const rows = events.map(({ event, wired, trust, lastFired }) => {
    const isGood = switchedOff === undefined && (trust === 'trusted' || trust === 'managed');
    const words = trust === undefined ? '-' : (TRUST_WORDS[trust] ?? trust);
    const fired = lastFired === undefined ? 'never' : sayAge(now - lastFired);
    const cells = [wired.length > 0 ? 'yes' : 'NO', words.padEnd(15)];
    return `  ${event.padEnd(width)}  ${paint(cells[0]?.padEnd(5) ?? '', wired.length > 0 ? 'pass' : 'deny', colour)}  ${paint(cells[1] ?? '', isGood ? 'pass' : 'deny', colour)}  ${fired}`;
  });
  return [
    `  ${''.padEnd(width)}  wired  trusted          last fired`,
    ...rows,
    ...(switchedOff === undefined ? [] : [paint(`  all switched off by ${switchedOff}`, 'deny', colour)]),
    `  trust ${trustFrom === 'client' ? 'as the client says' : 'reckoned from config.toml'}`,
  ];
}

function printProduction({ production }: Report, colour: boolean): string[] {
  const width = Math.max(...production.map(({ id }) => id.length));
  return production.map(
    ({ id, status, state }) =>
      `  ${paint(status.padEnd(7), COLOURS[status], colour)}  ${id.padEnd(width)}  ${state}`,
  );
}

function printFixed(fixed: readonly Fixed[]): string[] {
  if (fixed.length === 0) return [];
  return [
    '',
    'Mended',
    ...fixed.flatMap(({ id, done }) =>
      done.map(({ what, backup }) => `  ${id}: ${what}${backup === undefined ? '' : ` (before: ${backup})`}`),
    ),
  ];
}

/** Errors and warnings whole; advice on one line each. */
function printFindings({ findings }: Report, colour: boolean): string[] {
  const grave = findings.filter(({ severity }) => severity !== 'info');
  const advice = findings.filter(({ severity }) => severity === 'info');
  return [
    ...(grave.length === 0 ? [] : ['', ...grave.flatMap((finding) => printFinding(finding, colour))]),
    ...(advice.length === 0
      ? []
      : ['', 'Advice', ...advice.map(({ id, title, fix }) => `  [${id}] ${title}: ${fix}`)]),
  ];
}

function printFinding({ id, severity, title, detail, fix }: DoctorFinding, colour: boolean): string[] {
  return [
    `${paint(severity, COLOURS[severity], colour)} [${id}] ${title}`,
    `    ${detail}`,
    `    fix: ${fix}`,
  ];
}

function printSum({ ok, findings, checks }: Report, colour: boolean): string {
  const count = (severity: DoctorFinding['severity'], one: string, many: string): string => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return `${number} ${number === 1 ? one : many}`;
  };
  const text = `${checks} checks: ${count('error', 'error', 'errors')}, ${count('warning', 'warning', 'warnings')}, ${count('info', 'piece of advice', 'pieces of advice')}`;
  return paint(ok ? text : `NOT PROTECTED as wired. ${text}`, ok ? 'pass' : 'deny', colour);
}

/** `3 min ago`. @param ms milliseconds */
export function sayAge(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}
