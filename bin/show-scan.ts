/** A scan for people, for programs and for code hosts. Shows no secret: rule, place, length, public prefix and fingerprint only. */

import { buildSarif, type SecretHit, type SecretScan } from '../lib/api.ts';
import { paint } from './show-verdict.ts';

declare const __VERSION__: string;

const ADVICE = 'Take the value out, and revoke it if it was ever shared.';

/** Lines of findings and one of totals. */
export function showScan(scan: SecretScan, colour: boolean): string {
  const { findings } = scan;
  const counted = `${plural(scan.files, 'file')}, ${(scan.characters / 1e6).toFixed(1)} MB`;
  const allowed = scan.allowed > 0 ? `; ${scan.allowed} allowed` : '';
  const binary = scan.binary > 0 ? `; ${plural(scan.binary, 'file')} not text` : '';
  const total = `${findings.length === 0 ? 'no secrets' : plural(findings.length, 'secret')} in ${counted}${allowed}${binary}`;
  return [
    ...findings.map((hit) => showHit(hit, colour)),
    paint(total, findings.length === 0 ? 'pass' : 'deny', colour),
    ...(findings.length === 0 ? [] : [ADVICE]),
  ].join('\n');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function showHit(hit: SecretHit, colour: boolean): string {
  const place = `${plainPath(hit.path ?? '-')}:${hit.line}:${hit.column}`;
  const shape = `${hit.length} characters${hit.prefix === '' ? '' : ` from ${hit.prefix}…`}`;
  const name = hit.fingerprint === undefined ? '' : `, fingerprint ${hit.fingerprint}`;
  return `${place}: ${paint(hit.tier, hit.tier, colour)} ${hit.rule} (${hit.provider}, ${shape}${name})`;
}

/** Control characters in a file's name would reach the terminal. */
function plainPath(path: string): string {
  return path.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '?');
}

/** `codex-guard/scan/v1`. */
export function scanJson(scan: SecretScan): object {
  const { findings, unseen, problems, files, characters, allowed, binary } = scan;
  return {
    schema: 'codex-guard/scan/v1',
    complete: unseen.length === 0,
    findings: findings.map(describeHit),
    files,
    characters,
    binary,
    allowed,
    unseen,
    problems,
  };
}

function describeHit({
  rule,
  provider,
  tier,
  path,
  line,
  column,
  length,
  prefix,
  fingerprint,
  commit,
}: SecretHit) {
  return {
    rule,
    provider,
    tier,
    ...(path === undefined ? {} : { path }),
    ...(commit === undefined ? {} : { commit }),
    line,
    column,
    length,
    prefix,
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

/** A SARIF log. */
export function scanLog(scan: SecretScan): object {
  const rules = new Map(scan.findings.map((hit) => [hit.rule, hit]));
  return buildSarif({
    tool: { name: 'codex-guard', version: __VERSION__ },
    rules: [...rules].map(([id, { provider, tier }]) => ({
      id,
      description: `A secret of ${provider}`,
      help: ADVICE,
      level: tier === 'deny' ? 'error' : 'warning',
      tags: ['security', 'secret'],
    })),
    results: scan.findings.map((hit) => ({
      rule: hit.rule,
      level: hit.tier === 'deny' ? 'error' : 'warning',
      message: `a secret (${hit.provider}, ${hit.length} characters) stands here`,
      place: { path: hit.path ?? 'stdin', line: hit.line, column: hit.column },
      ...(hit.fingerprint === undefined ? {} : { fingerprints: { 'codexGuardSecret/v1': hit.fingerprint } }),
      properties: { provider: hit.provider, length: hit.length, prefix: hit.prefix },
    })),
    complete: scan.unseen.length === 0,
    notices: [
      ...scan.unseen.map((message) => ({ level: 'error' as const, message })),
      ...scan.problems.map((message) => ({ level: 'warning' as const, message })),
    ],
  });
}
