/** All pages for databases: clients, the tools beside them, migrations. */

import type { Page } from '../page.ts';
import { pages as clients } from './clients.ts';
import { pages as consoles } from './consoles.ts';
import { pages as migrations } from './migrations.ts';
import { pages as mongo } from './mongo.ts';
import { pages as postgresTools } from './postgres-tools.ts';
import { pages as redis } from './redis.ts';
import { pages as serverTools } from './server-tools.ts';

export const pages: readonly Page[] = [
  ...clients,
  ...consoles,
  ...migrations,
  ...mongo,
  ...postgresTools,
  ...redis,
  ...serverTools,
];
