/** All pages for runners whose tasks stand in files of their own. */

import type { Page } from '../page.ts';
import { pages as commitChecks } from './commit-checks.ts';
import { pages as pythonProjects } from './python-projects.ts';
import { pages as sourceRunners } from './source-runners.ts';
import { pages as taskfile } from './taskfile.ts';
import { pages as toolkits } from './toolkits.ts';
import { pages as tox } from './tox.ts';
import { pages as workspaces } from './workspaces.ts';

export const pages: readonly Page[] = [
  ...commitChecks,
  ...pythonProjects,
  ...sourceRunners,
  ...taskfile,
  ...toolkits,
  ...tox,
  ...workspaces,
];
