/** Host names and addresses: one spelling for each, what kind it is, and whether a policy entry means it. No I/O. */

import type { Word } from '../types/text.ts';

/** What an address is for, as far as its number or name tells. */
export type HostClass = 'public' | 'loopback' | 'private' | 'link-local' | 'metadata' | 'invalid';

export interface Host {
  /** Lower case, no final dot, IPv4 as dotted quad, IPv6 in brackets and shortest form, IDNA as `xn--`. */
  readonly name: string;
  readonly class: HostClass;
  readonly isAddress: boolean;
}

const LOOPBACK_NAME = /^(?:(?:[^/]*\.)?localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)$/;

/** Cloud metadata services by name (AWS, GCP, Azure, Alibaba, Oracle, Kubernetes-style aliases). */
const METADATA_NAMES: ReadonlySet<string> = new Set([
  'metadata',
  'metadata.google.internal',
  'metadata.goog',
  'metadata.azure.com',
  'metadata.azure.internal',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'metadata.oraclecloud.com',
  'instance-data',
  'instance-data.ec2.internal',
]);
const METADATA_ADDRESSES: ReadonlySet<string> = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '192.0.0.192',
  '168.63.129.16',
  '[fd00:ec2::254]',
  '[fd00:ec2::23]',
  '[fd20:ce::254]',
]);

/**
 * One spelling for a host: case, final dot, IDNA and the odd IPv4 forms (`2130706433`, `0x7f.1`, `127.1`) folded.
 *
 * @param text host without scheme, user or port; IPv6 with or without brackets and zone
 */
export function normalizeHost(text: string): Host {
  const bare = text.trim().toLowerCase();
  const v6 = /^\[?([0-9a-f:.]*:[0-9a-f:.]*)(?:%[^\]]*)?\]?$/.exec(bare);
  const name = parseHostname(v6 ? `[${v6[1]}]` : bare)?.replace(/\.$/, '');
  if (name === undefined || name === '' || /[*?\s]/.test(bare))
    return { name: bare, class: 'invalid', isAddress: false };
  if (name.startsWith('[')) {
    const mapped = mappedIPv4(name);
    if (mapped) return { name: mapped, class: classOfIPv4(mapped), isAddress: true };
    return { name, class: classOfIPv6(name), isAddress: true };
  }
  if (/^\d+\.\d+\.\d+\.\d+$/.test(name)) return { name, class: classOfIPv4(name), isAddress: true };
  return { name, class: classOfName(name), isAddress: false };
}

/** The WHATWG host parser does IDNA, percent codes and every IPv4 form that resolvers take. */
function parseHostname(host: string): string | undefined {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    return undefined;
  }
}

function classOfName(name: string): HostClass {
  if (LOOPBACK_NAME.test(name)) return 'loopback';
  if (METADATA_NAMES.has(name)) return 'metadata';
  if (!name.includes('.') || /\.(?:local|internal|lan|intranet|corp|home|home\.arpa)$/.test(name))
    return 'private';
  return 'public';
}

function classOfIPv4(address: string): HostClass {
  if (METADATA_ADDRESSES.has(address)) return 'metadata';
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (a === 127 || address === '0.0.0.0') return 'loopback';
  if (a === 169 && b === 254) return 'link-local';
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return 'private';
  if (a === 100 && b >= 64 && b < 128) return 'private';
  if (a === 0 || a >= 224 || (a === 192 && b === 0) || (a === 198 && (b === 18 || b === 19)))
    return 'private';
  return 'public';
}

function classOfIPv6(name: string): HostClass {
  if (METADATA_ADDRESSES.has(name)) return 'metadata';
  if (name === '[::1]' || name === '[::]') return 'loopback';
  if (/^\[fe[89ab]/.test(name)) return 'link-local';
  if (/^\[f[cd]/.test(name) || /^\[ff/.test(name)) return 'private';
  return 'public';
}

/** The IPv4 address inside `::ffff:…` and `64:ff9b::…`; the URL parser writes it as two hexadecimal groups. */
function mappedIPv4(name: string): string | undefined {
  const match = /^\[(?:::ffff:|64:ff9b::|::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(name);
  if (!match) return undefined;
  const [high, low] = [Number.parseInt(match[1] as string, 16), Number.parseInt(match[2] as string, 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * True when a policy entry means a host: `example.com`, `*.example.com` (exactly one label more), `**.example.com` (the
 * domain itself and everything below), `*` (every public host), `10.0.*.*`; each with an optional `:port`.
 * An entry of wildcards only never means loopback, private or metadata hosts: those have to be spelled out.
 */
export function matchesHost(entry: string, host: Host, port: number | undefined): boolean {
  const portPart = /:(\d+|\*)$/.exec(entry);
  const isBareIPv6 = !entry.startsWith('[') && (entry.match(/:/g)?.length ?? 0) > 1;
  const hasPort = portPart !== null && !isBareIPv6;
  if (hasPort && portPart[1] !== '*' && Number(portPart[1]) !== port) return false;
  const pattern = (hasPort ? entry.slice(0, portPart.index) : entry).toLowerCase();
  if (/^\*+$/.test(pattern)) return host.class === 'public';
  if (!pattern.includes('*')) {
    const plain = normalizeHost(pattern);
    return plain.class !== 'invalid' && plain.name === host.name;
  }
  const labels = pattern.split('.');
  if (labels.every((label) => /^\*+$/.test(label)) && host.class !== 'public') return false;
  if (labels[0] === '**') {
    const below = labels.slice(1);
    const parts = host.name.split('.');
    return parts.length >= below.length && labelsMatch(below, parts.slice(parts.length - below.length));
  }
  return labelsMatch(labels, host.name.split('.'));
}

function labelsMatch(entry: readonly string[], host: readonly string[]): boolean {
  return (
    entry.length === host.length &&
    entry.every((label, i) => {
      if (label === '*') return true;
      const star = label.indexOf('*');
      const part = host[i] as string;
      if (star < 0) return label === part;
      const [head, tail] = [label.slice(0, star), label.slice(star + 1)];
      return part.length >= head.length + tail.length && part.startsWith(head) && part.endsWith(tail);
    })
  );
}

/**
 * The host in a word of which only a part is known, such as `https://$TOKEN@example.com/x` or `$DATA.example.com`;
 * an unknown label in front is written as `unknown`. Undefined when what is known does not tell the domain.
 */
export function findKnownHost(word: Word): string | undefined {
  if (word.text !== undefined) return word.text;
  const hole = '\u0000';
  const whole = (word.pieces ?? [null]).map((piece) => piece ?? hole).join('');
  const authority = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)/i.exec(whole)?.[1] ?? '';
  // scp-like `user@host:path`; a port is cut the same way.
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:[^:\]]*$/, '');
  const last = host.lastIndexOf(hole);
  if (last < 0) return host === '' ? undefined : host;
  const tail = host.slice(last + 1);
  return /^\.[^.]+\..*[^.]/.test(tail) ? `unknown${tail}` : undefined;
}

/** The host of a git remote's URL or scp-like address; undefined for a local path. */
export function findRemoteHost(url: string): string | undefined {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1];
  if (authority !== undefined)
    return authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '') || undefined;
  return /^(?:[^@/:]+@)?(\[[^\]]+\]|[^/:]+):(?!\/\/)/.exec(url)?.[1];
}
