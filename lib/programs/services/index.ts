/** All pages for what runs later, longer, or with more rights. */

import type { Page } from '../page.ts';
import { pages as schedule } from './schedule.ts';
import { pages as system } from './system.ts';

export const pages: readonly Page[] = [...schedule, ...system];
