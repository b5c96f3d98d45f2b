/** Finds the policy file of an npm package from where it is named. Reads package.json files; runs nothing of the package. */

import { dirname, join } from 'node:path';
import type { HostView } from '../types/host.ts';

/** A policy file inside an installed package. */
export interface PackageFile {
  readonly path: string;
  /** Folder of the package. */
  readonly root: string;
}

const MAX_BYTES = 1024 * 1024;
/** More folders than any real path has. */
const MAX_STEPS = 64;
/** Where the policy is when package.json has no `codexGuard`. */
const USUAL_FILES = ['guard.jsonc', 'index.jsonc'];

/** True for the name of an npm package, with or without scope. */
export function isPackageName(name: string): boolean {
  return /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/i.test(name);
}

/**
 * Looks through `node_modules` of `from` and the folders above it, up to and including `ceiling`.
 *
 * @param from absolute folder
 * @returns the file, a clause that says what is wrong with the package, or undefined when it is not installed
 */
export function findPackageFile(
  host: Pick<HostView, 'readFile' | 'pathKind'>,
  name: string,
  from: string,
  ceiling: string | undefined,
): PackageFile | string | undefined {
  let folder = from;
  for (let step = 0; step < MAX_STEPS; step++) {
    const root = join(folder, 'node_modules', name);
    const manifest = host.readFile(join(root, 'package.json'), MAX_BYTES);
    if (manifest !== undefined) return readManifest(host, root, manifest);
    const above = dirname(folder);
    if (above === folder || folder === ceiling) return undefined;
    folder = above;
  }
  return undefined;
}

function readManifest(
  host: Pick<HostView, 'pathKind'>,
  root: string,
  manifest: string,
): PackageFile | string {
  let named: unknown;
  try {
    named = (JSON.parse(manifest) as { codexGuard?: unknown } | null)?.codexGuard;
  } catch {
    return 'has a package.json that is no JSON';
  }
  if (named === undefined) {
    const usual = USUAL_FILES.map((file) => join(root, file)).find((path) => host.pathKind(path) === 'file');
    return usual === undefined
      ? 'has no `codexGuard` in package.json and no guard.jsonc'
      : { path: usual, root };
  }
  if (typeof named !== 'string' || /^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|:/.test(named))
    return 'has a `codexGuard` in package.json that is no path inside it';
  return { path: join(root, named), root };
}
