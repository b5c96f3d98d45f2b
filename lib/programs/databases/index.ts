/** All pages for databases. */

import type { Page } from '../page.ts';
import { pages as clients } from './clients.ts';
import { pages as postgresTools } from './postgres-tools.ts';
import { pages as stores } from './stores.ts';

export const pages: readonly Page[] = [...clients, ...postgresTools, ...stores];
