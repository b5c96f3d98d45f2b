/** All pages for programs that talk to other machines. */

import type { Page } from '../page.ts';
import { pages as curl } from './curl.ts';
import { pages as download } from './download.ts';
import { pages as ftp } from './ftp.ts';
import { pages as httpie } from './httpie.ts';
import { pages as mail } from './mail.ts';
import { pages as names } from './names.ts';
import { pages as probe } from './probe.ts';
import { pages as rsync } from './rsync.ts';
import { pages as sockets } from './sockets.ts';
import { pages as ssh } from './ssh.ts';
import { pages as tls } from './tls.ts';
import { pages as transfer } from './transfer.ts';
import { pages as wget } from './wget.ts';

export const pages: readonly Page[] = [
  ...curl,
  ...wget,
  ...httpie,
  ...download,
  ...sockets,
  ...tls,
  ...ssh,
  ...transfer,
  ...rsync,
  ...ftp,
  ...names,
  ...probe,
  ...mail,
];
