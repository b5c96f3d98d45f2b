/** The registry of program pages: base name → page. A new family is one import and one entry here. */

import { pages as agents } from './agents.ts';
import { pages as applyPatch } from './apply-patch.ts';
import { pages as archive } from './archive.ts';
import { pages as buildTools } from './build-tools/index.ts';
import { pages as cloud } from './cloud/index.ts';
import { pages as containers } from './containers/index.ts';
import { pages as coreutils } from './coreutils/index.ts';
import { pages as credentials } from './credentials.ts';
import { pages as databases } from './databases/index.ts';
import { pages as diffPatch } from './diff-patch.ts';
import { pages as disk } from './disk.ts';
import { pages as editors } from './editors.ts';
import { pages as forge } from './forge/index.ts';
import { pages as git } from './git/index.ts';
import { pages as interpreters } from './interpreters.ts';
import { pages as keepers } from './keepers.ts';
import { pages as network } from './network/index.ts';
import { pages as packages } from './packages/index.ts';
import type { Page } from './page.ts';
import { pages as secretStores } from './secret-stores.ts';
import { pages as services } from './services/index.ts';
import { pages as shellBuiltins } from './shell-builtins.ts';
import { pages as shellEnvironments } from './shell-environments.ts';
import { pages as shells } from './shells.ts';
import { pages as tasks } from './tasks/index.ts';
import { pages as tellers } from './tellers.ts';
import { pages as textFilters } from './text-filters.ts';
import { pages as textRunners } from './text-runners.ts';
import { pages as vcs } from './vcs/index.ts';

const FAMILIES: readonly (readonly Page[])[] = [
  agents,
  applyPatch,
  archive,
  buildTools,
  cloud,
  containers,
  coreutils,
  credentials,
  databases,
  diffPatch,
  disk,
  editors,
  forge,
  git,
  interpreters,
  keepers,
  network,
  packages,
  secretStores,
  services,
  shellBuiltins,
  shellEnvironments,
  shells,
  tasks,
  tellers,
  textFilters,
  textRunners,
  vcs,
];

/** What was found before: a text mostly starts few programs, and some of them often. */
const found = new Map<string, Page | undefined>();

/** The page of a program, by its base name; undefined when no page knows it. */
export function findPage(name: string): Page | undefined {
  if (found.has(name)) return found.get(name);
  // `python3.11`, `node20`, `gcc-12`: the version is no part of the name.
  const page = findNamed(name) ?? findNamed(name.replace(/-?\d[\d.]*$/, ''));
  found.set(name, page);
  return page;
}

/** The last page with a name. Looking at all of them is quicker than an index that a hook makes for one or two programs. */
function findNamed(name: string): Page | undefined {
  for (let family = FAMILIES.length - 1; family >= 0; family -= 1) {
    const pages = FAMILIES[family] ?? [];
    for (let at = pages.length - 1; at >= 0; at -= 1) if (pages[at]?.names.includes(name)) return pages[at];
  }
  return undefined;
}

/** All pages, for tests and documentation. */
export function allPages(): readonly Page[] {
  return FAMILIES.flat();
}
