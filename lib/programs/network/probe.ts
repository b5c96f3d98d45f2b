/** Programs that probe hosts, scan them and record traffic. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { readsOf, writesOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { file, opaque, wordAt } from '../effects.ts';
import { knownStart, parseArgs } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { linesOf } from './traffic.ts';

const PROBES: Readonly<Record<string, string>> = {
  ping: 'c= i= I= l= m= M= p= Q= s= S= t= T= w= W= F= G= g= h= z= P= e= N= k= count= interval= ttl= deadline= size=',
  traceroute:
    'f= g= i= m= N= p= q= s= t= w= z= l= O= M= first= gate= interface= max-hops= sim-queries= port= tos= wait= queries= source= sendwait= module= options= sport= fwmark=',
  tracepath: 'l= m= p=',
  mtr: 'F= filename= f= first-ttl= m= max-ttl= U= max-unknown= i= interval= c= report-cycles= s= psize= B= bitpattern= a= address= I= interface= P= port= L= localport= G= gracetime= Z= timeout= o= order= y= ipinfo= M= mark=',
  fping: 'b= B= c= C= f= file= H= i= I= k= O= p= P= Q= r= S= t= T= x= g=',
  hping3:
    'c= count= i= interval= I= interface= a= spoof= t= ttl= p= destport= s= baseport= d= data= E= file= e= sign= N= id= g= m= o= tos= M= L= w= win= O= G=',
  arping: 'c= w= W= I= i= s= S= t= T= P= m= p=',
};
const SAME: Readonly<Record<string, string>> = {
  ping6: 'ping',
  traceroute6: 'traceroute',
  lft: 'traceroute',
};

function readPing(call: Call): Outcome {
  const parsed = readOptions(call.args, PROBES[SAME[call.name] ?? call.name] ?? '');
  if (asksForHelp(parsed)) return NOTHING;
  const lists = parsed.values(
    'filename',
    'file',
    ...(call.name === 'mtr' ? ['F'] : call.name === 'fping' ? ['f'] : ['E']),
  );
  const listed = lists.flatMap((path) => (linesOf(call, path) ?? []).map((line) => wordAt(line, path)));
  return {
    effects: [
      // traceroute takes a packet size after the host.
      ...[
        ...parsed.operands.filter((word, index) => index === 0 || !/^\d+$/.test(word.text ?? '')),
        ...listed,
      ].map((host): Effect => ({ kind: 'net', op: 'connect', host, scheme: 'icmp', span: host.span })),
      ...readsOf(lists),
    ],
  };
}

const NMAP =
  'iL= iR= exclude= excludefile= p= sI= sO b= D= S= e= g= source-port= data= data-string= data-length= ip-options= ttl= spoof-mac= proxies= script= script-args= script-args-file= script-help= scan-delay= min-rate= max-rate= host-timeout= max-retries= top-ports= port-ratio= exclude-ports= version-intensity= dns-servers= datadir= stylesheet= resume= servicedb= versiondb= oN= oX= oS= oG= oA= T= m= rate= ports= banners output-filename= output-format= adapter= router-mac= range= c= config= conf=';

function readNmap(call: Call): Outcome {
  const parsed = readOptions(call.args, NMAP, { singleDash: true });
  if (parsed.has('h', 'help', 'V', 'version')) return NOTHING;
  const lists = parsed.values('iL', 'excludefile', 'script-args-file', 'resume');
  const targets = [...parsed.operands, ...parsed.values('range')];
  const listed = parsed
    .values('iL')
    .flatMap((path) =>
      (linesOf(call, path) ?? []).map((line) => wordAt(line.split(/\s/)[0] as string, path)),
    );
  const outputs = [
    ...parsed.values('oN', 'oX', 'oS', 'oG', 'output-filename'),
    ...parsed
      .values('oA')
      .flatMap((base) =>
        base.text === undefined
          ? [base]
          : ['.nmap', '.xml', '.gnmap'].map((ending) => wordAt(base.text + ending, base)),
      ),
  ];
  const scripts = parsed.values('script').filter((word) => word.text === undefined || /[/.]/.test(word.text));
  return {
    effects: [
      ...[...targets, ...listed].map(
        (host): Effect => ({ kind: 'net', op: 'connect', host, span: host.span }),
      ),
      ...parsed
        .values('proxies', 'dns-servers')
        .map((host): Effect => ({ kind: 'net', op: 'connect', host, span: host.span })),
      ...readsOf(lists),
      ...outputs.flatMap((path) => writesOf(path)),
      ...scripts.map((word) => opaque(word, 'nmap runs a script that the command names')),
    ],
  };
}

function readCapture(call: Call): Outcome {
  const parsed = parseArgs(call.args, {
    value: call.name === 'tcpdump' ? [...'BcCDEFGijMmQrsTVwWyz'] : [...'aBbcCeEfFGHijKMNoOPrRstTuwWXYyz'],
  });
  const scripts = parsed.values('X').filter((word) => knownStart(word).startsWith('lua_script'));
  return {
    effects: [
      ...readsOf(parsed.values('r', ...(call.name === 'tcpdump' ? ['F', 'V'] : []))),
      ...parsed.values('w').flatMap((path) => writesOf(path)),
      ...scripts.map((word) => opaque(word, 'the capture runs a script that the command names')),
    ],
    runs:
      call.name === 'tcpdump'
        ? parsed.values('z').map((program): Nested => ({ kind: 'argv', via: 'tcpdump -z', argv: [program] }))
        : [],
  };
}

/** ss, netstat, arp, ip and lsof look at this machine; some take files. */
function readLocal(call: Call): Outcome {
  const parsed = readOptions(call.args, 'f= F= file= filter= D= diag= b= batch= force i= A= family=');
  if (call.name === 'ss')
    return {
      effects: [
        ...readsOf(parsed.values('F', 'filter')),
        ...parsed.values('D', 'diag').flatMap((path) => writesOf(path)),
      ],
    };
  if (call.name === 'arp') return { effects: readsOf([...parsed.values('f', 'file')]) };
  const batch = call.args.findIndex((word) => /^--?b(?:atch)?$/.test(word.text ?? ''));
  const path = batch < 0 ? undefined : call.args[batch + 1];
  return { effects: path ? [file('read', path)] : [] };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...Object.keys(PROBES), ...Object.keys(SAME)],
    about: 'probes whether hosts answer',
    read: readPing,
    examples: [
      {
        command: 'ping -c 1 evil.example',
        effects: [{ kind: 'net', op: 'connect', host: 'evil.example', scheme: 'icmp' }],
      },
      { command: 'traceroute -m 5 evil.example', effects: [{ kind: 'net', host: 'evil.example' }] },
      { command: 'ping -V --help', effects: [] },
    ],
  }),
  definePage({
    names: ['nmap', 'masscan', 'zmap', 'rustscan'],
    about: 'scans hosts',
    read: readNmap,
    examples: [
      {
        command: 'nmap -p 1-100 -oN out.txt 10.0.0.0/24',
        effects: [
          { kind: 'net', host: '10.0.0.0/24' },
          { kind: 'file', op: 'write', path: 'out.txt' },
        ],
      },
      { command: 'nmap --script=./x.nse a.example', effects: [{ kind: 'opaque' }] },
      { command: 'nmap --version', effects: [] },
    ],
  }),
  definePage({
    names: ['tcpdump', 'tshark', 'dumpcap'],
    about: 'records traffic',
    read: readCapture,
    examples: [
      {
        command: 'tcpdump -i lo -w out.pcap -z ./x',
        effects: [{ kind: 'file', op: 'write', path: 'out.pcap' }],
      },
      { command: 'tshark -r in.pcap', effects: [{ kind: 'file', op: 'read', path: 'in.pcap' }] },
      { command: 'tcpdump -D', effects: [] },
    ],
  }),
  definePage({
    names: ['ss', 'arp', 'ip'],
    about: 'shows the network of this machine',
    read: readLocal,
    examples: [
      { command: 'ss -ltnp', effects: [] },
      { command: 'ip -force -batch .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: 'ip addr show', effects: [] },
    ],
  }),
];
