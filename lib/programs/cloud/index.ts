/** All pages for clouds, hosting services and keepers of secrets. */

import type { Page } from '../page.ts';
import { pages as providers } from './providers.ts';
import { pages as vaults } from './vaults.ts';

export const pages: readonly Page[] = [...providers, ...vaults];
