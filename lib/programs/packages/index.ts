/** All pages for package managers. */

import type { Page } from '../page.ts';
import { pages as composer } from './composer.ts';
import { pages as conda } from './conda.ts';
import { pages as jvm } from './jvm.ts';
import { pages as languages } from './languages.ts';
import { pages as node } from './node.ts';
import { pages as plain } from './plain-managers.ts';
import { pages as publishers } from './publishers.ts';
import { pages as python } from './python.ts';
import { pages as ruby } from './ruby.ts';
import { pages as system } from './system.ts';
import { pages as toolchains } from './toolchains.ts';

export const pages: readonly Page[] = [
  ...node,
  ...publishers,
  ...python,
  ...conda,
  ...toolchains,
  ...ruby,
  ...jvm,
  ...languages,
  ...composer,
  ...system,
  ...plain,
];
