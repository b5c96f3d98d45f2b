/** All pages for programs that pack, unpack and compress. */

import { pages as compress } from './archive/compress.ts';
import { pages as libraries } from './archive/libraries.ts';
import { pages as tar } from './archive/tar.ts';
import { pages as zip } from './archive/zip.ts';
import type { Page } from './page.ts';

export const pages: readonly Page[] = [...tar, ...zip, ...libraries, ...compress];
