/** Prints the proof of `doctor --live` for people. */

import type { LiveReport } from '../lib/api.ts';
import { paint } from './show-verdict.ts';

type Scene = LiveReport['scenes'][number];

const COLOURS = { stopped: 'pass', open: 'deny', broken: 'deny', unproved: 'deny', off: 'warn' } as const;
/** Characters of a reason: the rest is in the JSON. */
const MAX_REASON = 220;

/** The whole report as text. */
export function printLive(report: LiveReport, colour: boolean): string {
  const { scenes, causes, uncovered, silenced } = report;
  const stopped = scenes.filter(({ state }) => state === 'stopped').length;
  const last = report.ok
    ? `${stopped} of ${scenes.length} stopped, in ${(report.durationMs / 1000).toFixed(1)} s`
    : `NOT PROTECTED: ${stopped} of ${scenes.length} stopped`;
  return [
    `Asked ${report.codex}${report.tools === undefined ? '' : ` (${report.tools} tools)`}, policy ${report.policy.digest.slice(0, 12)}, mode ${report.policy.mode}`,
    '',
    ...scenes.flatMap((scene) => printScene(scene, colour)),
    '',
    paint(last, report.ok ? 'pass' : 'deny', colour),
    ...causes.flatMap(({ what, fix }) => [`  ${what}`, `    fix: ${fix}`]),
    ...(silenced === 0
      ? []
      : ['', `${silenced} hooks of others did nothing here; they run in your sessions.`]),
    '',
    'No hook sees:',
    ...uncovered.map((text) => `  - ${text}`),
  ].join('\n');
}

function printScene(scene: Scene, colour: boolean): readonly string[] {
  const by = scene.guards.length === 0 ? '' : `  by ${scene.guards.join(', ')} at ${scene.event}`;
  const times = [
    ...(scene.hookMs === undefined ? [] : [`judged in ${scene.hookMs} ms`]),
    ...(scene.state !== 'stopped' || scene.wallMs === undefined ? [] : [`${scene.wallMs} ms in all`]),
  ];
  const first = `${paint(scene.state.padEnd(8), COLOURS[scene.state], colour)}  ${scene.title}${by}${times.length === 0 ? '' : ` (${times.join(', ')})`}`;
  return [
    first,
    ...(scene.detail === undefined ? [] : [`            ${scene.detail}`]),
    ...(scene.reason === undefined ? [] : [`            the model was told: ${cut(scene.reason)}`]),
  ];
}

function cut(text: string): string {
  return text.length > MAX_REASON ? `${text.slice(0, MAX_REASON)}…` : text;
}
