/** All pages for programs that work on files of this machine. */

import type { Page } from '../page.ts';
import { pages as copy } from './copy.ts';
import { pages as create } from './create.ts';
import { pages as environment } from './environment.ts';
import { pages as find } from './find.ts';
import { pages as list } from './list.ts';
import { pages as mode } from './mode.ts';
import { pages as pagers } from './pagers.ts';
import { pages as queries } from './queries.ts';
import { pages as readers } from './readers.ts';
import { pages as remove } from './remove.ts';
import { pages as search } from './search.ts';
import { pages as sed } from './sed.ts';
import { pages as split } from './split.ts';

export const pages: readonly Page[] = [
  ...remove,
  ...copy,
  ...create,
  ...mode,
  ...list,
  ...readers,
  ...search,
  ...sed,
  ...split,
  ...find,
  ...queries,
  ...pagers,
  ...environment,
];
