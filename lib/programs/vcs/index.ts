/** Version control beside git itself: what reaches the same remotes, or destroys the same work. */

import type { Page } from '../page.ts';
import { pages as central } from './central.ts';
import { pages as localFirst } from './local-first.ts';
import { pages as releases } from './releases.ts';
import { pages as screens } from './screens.ts';
import { pages as stacks } from './stacks.ts';

export const pages: readonly Page[] = [...central, ...localFirst, ...releases, ...screens, ...stacks];
