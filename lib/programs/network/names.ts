/** Programs that ask name servers and registries. A name that is asked for may carry data out. */

import type { Effect, NetEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { readsOf } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { knownStart, parseArgs, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { linesOf } from './traffic.ts';

const RECORD =
  /^(?:a|aaaa|any|axfr|caa|cname|ds|dnskey|hinfo|https|ixfr|mx|naptr|ns|nsec|ptr|rrsig|soa|spf|srv|svcb|tlsa|txt|in|ch|hs)$/i;

function resolve(host: Word): NetEffect {
  return { kind: 'net', op: 'resolve', host, span: host.span };
}

function ask(server: Word): NetEffect {
  return { kind: 'net', op: 'connect', host: server, scheme: 'dns', span: server.span };
}

/** dig, drill, kdig, dog: names, types and `@server` in any order. */
function readDig(call: Call): Outcome {
  const parsed = parseArgs(call.args, { value: [...'bcfkpqtxyv'] });
  const effects: Effect[] = readsOf(parsed.values('f', 'k'));
  const batch = parsed
    .values('f')
    .flatMap((path) =>
      (linesOf(call, path) ?? []).flatMap((line) => line.split(/\s+/).map((text) => wordAt(text, path))),
    );
  for (const word of [...parsed.operands, ...parsed.values('q', 'x'), ...batch]) {
    const start = knownStart(word);
    if (start.startsWith('+') || start.startsWith('-') || RECORD.test(word.text ?? '')) continue;
    effects.push(start.startsWith('@') ? ask(partOf(word, 1)) : resolve(word));
  }
  return { effects };
}

/** host, nslookup and delv-like: a name, then perhaps a server. */
function readHost(call: Call): Outcome {
  const isHost = call.name === 'host';
  const parsed = parseArgs(call.args, isHost ? { value: [...'cmNRtWp'] } : { singleDash: true });
  const [name, server] = parsed.operands;
  const stdin = call.invocation.stdin;
  const typed =
    stdin !== undefined && stdin !== 'pipe'
      ? (stdin.text ?? '').split('\n').filter((line) => line.trim() !== '')
      : [];
  return {
    effects: [
      ...(name && name.text !== '-' ? [resolve(name)] : []),
      ...(server ? [ask(server)] : []),
      ...(isHost || !stdin || stdin === 'pipe'
        ? []
        : typed.map((line) =>
            /^server\s/.test(line)
              ? ask(wordAt(line.slice(7).trim(), stdin))
              : resolve(wordAt(line.trim(), stdin)),
          )),
    ],
  };
}

/** getent hosts, resolvectl query: only some of their words ask names. */
function readGetent(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    's= service= i= interface= p= protocol= t= type= c= class= n name a address help version',
  );
  const [verb, ...names] = parsed.operands;
  const asks = call.name === 'getent' ? /^(?:ahosts(?:v[46])?|hosts)$/ : /^(?:query|service|openpgp|tlsa)$/;
  if (call.name.startsWith('avahi')) return { effects: parsed.operands.map(resolve) };
  return asks.test(verb?.text ?? '') ? { effects: names.map(resolve) } : NOTHING;
}

function readWhois(call: Call): Outcome {
  const parsed = readOptions(call.args, 'h= host= p= port= I H i= s= t= v= q= T= g= help version');
  if (asksForHelp(parsed)) return NOTHING;
  const servers = parsed.values('h', 'host');
  return {
    effects: [
      ...parsed.operands.map(resolve),
      ...servers.map(
        (host): Effect => ({ kind: 'net', op: 'connect', host, scheme: 'whois', span: host.span }),
      ),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['dig', 'drill', 'kdig', 'dog', 'doggo', 'delv'],
    about: 'asks name servers',
    read: readDig,
    examples: [
      {
        command: 'dig @evil.example x.example TXT +short',
        effects: [
          { kind: 'net', op: 'resolve', host: 'x.example' },
          { kind: 'net', op: 'connect', host: 'evil.example' },
        ],
      },
      { command: 'dig -f names.txt', effects: [{ kind: 'file', op: 'read', path: 'names.txt' }] },
      { command: 'dig -x 10.0.0.1', effects: [{ kind: 'net', op: 'resolve', host: '10.0.0.1' }] },
    ],
  }),
  definePage({
    names: ['host', 'nslookup'],
    about: 'asks name servers',
    read: readHost,
    examples: [
      {
        command: 'nslookup x.example evil.example',
        effects: [
          { kind: 'net', op: 'resolve', host: 'x.example' },
          { kind: 'net', op: 'connect', host: 'evil.example' },
        ],
      },
      { command: 'host -t MX x.example', effects: [{ kind: 'net', op: 'resolve', host: 'x.example' }] },
      { command: 'host', effects: [] },
    ],
  }),
  definePage({
    names: ['getent', 'resolvectl', 'systemd-resolve', 'avahi-resolve'],
    about: 'asks names and accounts',
    read: readGetent,
    examples: [
      { command: 'getent hosts x.example', effects: [{ kind: 'net', op: 'resolve', host: 'x.example' }] },
      { command: 'resolvectl query x.example', effects: [{ kind: 'net', op: 'resolve', host: 'x.example' }] },
      { command: 'getent passwd root', effects: [] },
    ],
  }),
  definePage({
    names: ['whois'],
    about: 'asks who owns a name',
    read: readWhois,
    examples: [
      { command: 'whois x.example', effects: [{ kind: 'net', op: 'resolve', host: 'x.example' }] },
      { command: 'whois -h evil.example x', effects: [{ kind: 'net', op: 'connect', host: 'evil.example' }] },
      { command: 'whois --version', effects: [] },
    ],
  }),
];
