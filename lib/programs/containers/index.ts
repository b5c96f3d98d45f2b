/** All pages for containers, clusters and the programs that make machines. */

import type { Page } from '../page.ts';
import { pages as cluster } from './cluster.ts';
import { pages as docker } from './docker.ts';
import { pages as provision } from './provision.ts';

export const pages: readonly Page[] = [...docker, ...cluster, ...provision];
