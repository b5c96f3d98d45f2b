/** The pages of interpreters: which of their words are code, which are script files, and when they wait for input. */

import { pages as node } from './interpreters/node.ts';
import { pages as others } from './interpreters/others.ts';
import { pages as python } from './interpreters/python.ts';
import { pages as scripts } from './interpreters/scripts.ts';
import type { Page } from './page.ts';

export const pages: readonly Page[] = [...python, ...node, ...scripts, ...others];
