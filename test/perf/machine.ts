/** The machine that a figure was measured on, in one line. */

import { cpus, loadavg } from 'node:os';

/** Node's version, processor, cores and load. */
export function describeMachine(): string {
  const [load = 0] = loadavg();
  return `node ${process.version}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores, load ${load.toFixed(1)}`;
}

/** The middle one of some figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
