/** A verified run for people, for GitHub's step summary, and as SARIF. */

import { markdownCode, markdownTable, markdownText } from '../../report/markdown.ts';
import { buildSarif, type SarifResult, type SarifRule } from '../../report/sarif.ts';
import { ISSUES, type IssueKind } from './issues.ts';
import type { Decision, Issue, VerifyReport } from './verify-run.ts';

/** Lines of one kind that are printed; the JSON has all. */
const MAX_SHOWN = 10;
const LEVELS = { error: 'error', gap: 'warning', note: 'note' } as const;

/** The report as plain text. @param reasons why it fails; empty when it is good */
export function printRun(report: VerifyReport, reasons: readonly string[]): string {
  return [
    ...headline(report),
    ...list('denied', report.denied.map(decisionText)),
    ...list('warned', report.warned.map(decisionText)),
    ...groups(report.issues).flatMap(({ kind, issues }) => [
      `${ISSUES[kind].severity}: ${ISSUES[kind].message} (${issues.length})`,
      ...shown(
        issues.flatMap(({ what }) => (what === undefined ? [] : [`    ${what}`])),
        '    ',
      ),
    ]),
    '',
    ...(reasons.length === 0 ? ['good'] : reasons.map((reason) => `fails: ${reason}`)),
  ].join('\n');
}

function headline({
  session,
  client,
  threads,
  calls,
  fired,
  policy,
  audit,
}: VerifyReport): readonly string[] {
  const agents = threads > 1 ? `, ${threads - 1} sub-agent${threads === 2 ? '' : 's'}` : '';
  const events = Object.entries(fired).map(([event, count]) => `${event} ${count}`);
  const seals =
    audit.records === 0
      ? 'no audit records'
      : audit.verified
        ? 'audit trail holds'
        : 'audit trail does NOT hold';
  return [
    `session ${session}${client === undefined ? '' : `, codex ${client}`}${agents}`,
    `calls: ${describeCalls(calls)}`,
    `fired: ${events.length === 0 ? 'nothing' : events.join(', ')}`,
    `policy ${policy.digests.map((digest) => digest.slice(0, 12)).join(', ') || 'unknown'}${policy.mode === undefined ? '' : `, mode ${policy.mode}`}; ${seals}`,
  ];
}

function describeCalls({ total, judged, unrecorded, blind, empty }: VerifyReport['calls']): string {
  const parts = [
    `${judged} of ${total} judged`,
    ...(unrecorded > 0 ? [`${unrecorded} without a record`] : []),
    ...(blind > 0 ? [`${blind} that no hook sees`] : []),
    ...(empty > 0 ? [`${empty} that ran nothing`] : []),
  ];
  return parts.join(', ');
}

function decisionText({ guards, message, what, enforced }: Decision): string {
  return `[${guards.join(', ')}] ${message}${what === undefined ? '' : `: ${what}`}${enforced ? '' : ' (not enforced)'}`;
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0
    ? []
    : [
        `${title} (${lines.length})`,
        ...shown(
          lines.map((line) => `    ${line}`),
          '    ',
        ),
      ];
}

function shown(lines: readonly string[], indent: string): readonly string[] {
  const rest = lines.length - MAX_SHOWN;
  return rest > 0 ? [...lines.slice(0, MAX_SHOWN), `${indent}and ${rest} more`] : lines;
}

function groups(
  issues: readonly Issue[],
): readonly { readonly kind: IssueKind; readonly issues: readonly Issue[] }[] {
  const kinds = (Object.keys(ISSUES) as IssueKind[]).filter((kind) =>
    issues.some((each) => each.kind === kind),
  );
  return kinds.map((kind) => ({ kind, issues: issues.filter((each) => each.kind === kind) }));
}

/** Markdown for `$GITHUB_STEP_SUMMARY`. */
export function printRunMarkdown(report: VerifyReport, reasons: readonly string[]): string {
  const { denied, warned, issues } = report;
  const decisions = [
    ...denied.map((one) => ['denied', one] as const),
    ...warned.map((one) => ['warned', one] as const),
  ];
  const parts = [
    `## codex-guard: ${reasons.length === 0 ? 'the run is covered' : 'the run fails'}`,
    reasons.map((reason) => `- **${markdownText(reason)}**`).join('\n'),
    headline(report)
      .map((line) => `- ${markdownText(line)}`)
      .join('\n'),
    markdownTable(
      ['verdict', 'guard', 'what', 'why'],
      decisions
        .slice(0, 5 * MAX_SHOWN)
        .map(([verdict, { guards, what = '', message, enforced }]) => [
          `${verdict}${enforced ? '' : ' (not enforced)'}`,
          markdownText(guards.join(', ')),
          markdownCode(what),
          markdownText(message),
        ]),
    ),
    markdownTable(
      ['', 'coverage', 'times', 'for example'],
      groups(issues).map(({ kind, issues: same }) => [
        ISSUES[kind].severity,
        markdownText(ISSUES[kind].message),
        String(same.length),
        markdownCode(same[0]?.what ?? ''),
      ]),
    ),
    report.audit.seal === undefined ? '' : `Last seal: ${markdownCode(report.audit.seal)}`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A denial is about the policy as much as about anything, and code hosts take no finding without a place. */
const PLACE = { path: '.codex/guard.jsonc', line: 1 } as const;

/** SARIF 2.1.0, ready for `JSON.stringify`. @param version of this program */
export function buildRunSarif(
  report: VerifyReport,
  reasons: readonly string[],
  version: string,
): Readonly<Record<string, unknown>> {
  const guardRules: readonly SarifRule[] = [
    ...new Set([...report.denied, ...report.warned].flatMap(({ guards }) => guards)),
  ].map((guard) => ({ id: guard, description: `The guard ${guard} spoke.` }));
  const decided =
    (level: 'error' | 'warning') =>
    (one: Decision): SarifResult => ({
      rule: one.guards[0] ?? 'guard-failure',
      level,
      message: decisionText(one),
      place: PLACE,
      fingerprints: { 'step/v1': `${one.guards.join()}:${one.what ?? one.event}` },
      properties: { record: one.record, event: one.event, time: one.time },
    });
  return buildSarif({
    tool: { name: 'codex-guard', version },
    rules: [
      ...guardRules,
      ...groups(report.issues).map(({ kind }) => ({
        id: kind,
        description: `${ISSUES[kind].message}.`,
        help: ISSUES[kind].help,
        level: LEVELS[ISSUES[kind].severity],
      })),
    ],
    results: [
      ...report.denied.map(decided('error')),
      ...report.warned.map(decided('warning')),
      ...report.issues.map(({ kind, severity, message, what, where }) => ({
        rule: kind,
        level: LEVELS[severity],
        message: what === undefined ? message : `${message}: ${what}`,
        place: PLACE,
        fingerprints: { 'step/v1': `${kind}:${what ?? ''}` },
        properties: where === undefined ? {} : { where },
      })),
    ],
    complete: report.rollouts.length > 0,
    notices: reasons.map((message) => ({ level: 'error', message })),
    properties: { session: report.session, calls: report.calls, policy: report.policy },
  });
}
