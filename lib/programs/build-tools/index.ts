/** All pages for build tools and task runners. */

import type { Page } from '../page.ts';
import { pages as just } from './just.ts';
import { pages as make } from './make.ts';
import { pages as runners } from './runners.ts';
import { pages as taskFiles } from './task-files.ts';

export const pages: readonly Page[] = [...make, ...just, ...runners, ...taskFiles];
