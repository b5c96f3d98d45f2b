/** Finds the guard folders of a repository and loads what they declare, without the generated registry. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { AnyGuard } from '../../lib/kit/define-guard.ts';

/** Ids of the folders in `lib/guards`, sorted. */
export function findGuardIds(root: string): readonly string[] {
  return readdirSync(join(root, 'lib/guards'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, 'lib/guards', entry.name, 'guard.ts')))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Bundles the guards in memory and imports them. The registry cannot be used: it may name a guard that is gone.
 *
 * @throws Error when a folder's guard has another id
 */
export async function loadGuards(root: string, ids: readonly string[]): Promise<readonly AnyGuard[]> {
  const lines = ids.map((id, at) => `export { default as g${at} } from './lib/guards/${id}/guard.ts';`);
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    target: 'node20',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const module: Record<string, AnyGuard> = await import(`data:text/javascript;base64,${code}`);
  return ids.map((id, at) => {
    const guard = module[`g${at}`];
    if (guard?.id !== id)
      throw new Error(`lib/guards/${id}/guard.ts declares the guard ${String(guard?.id)}`);
    return guard;
  });
}
