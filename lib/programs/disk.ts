/** All pages for disks, volumes and the machine's power. */

import { pages as format } from './disk/format.ts';
import { pages as power } from './disk/power.ts';
import { pages as volumes } from './disk/volumes.ts';
import type { Page } from './page.ts';

export const pages: readonly Page[] = [...format, ...volumes, ...power];
