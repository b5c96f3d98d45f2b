/** Where a database client connects to: hosts in options, environment and URLs. Knows no query language. */

import type { Effect, NetEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { net } from '../effects.ts';
import { knownStart } from '../options.ts';
import type { Call } from '../page.ts';

export interface Server {
  /** As an option gives it. */
  readonly host?: Word | undefined;
  /** A name, a URL or a `host=… dbname=…` string. */
  readonly database?: Word | undefined;
  readonly port?: Word | undefined;
}

/** True for a word that is, or starts like, a connection URL. */
export function isUrl(word: Word): boolean {
  return /^[a-z][a-z0-9+.-]{1,30}:\/\//i.test(knownStart(word));
}

/** Connections that a client makes; none when it stays on the machine's own socket. */
export function connectTo(call: Call, server: Server, scheme: string): readonly Effect[] {
  const { host, database } = server;
  if (database !== undefined && isUrl(database)) {
    const found = net(database, { scheme });
    if (found.host.text !== '') return [found];
  }
  const inString = /(?:^|\s)host(?:addr)?\s*=\s*'?([^\s']+)/.exec(database?.text ?? '')?.[1];
  const word =
    database !== undefined && inString !== undefined
      ? { ...database, text: inString }
      : (host ?? environmentHost(call));
  if (word === undefined || word.text?.startsWith('/')) return [];
  if (isUrl(word)) return [net(word, { scheme })];
  return word.text === undefined
    ? [connection(word, scheme, server.port)]
    : word.text
        .split(',')
        .filter((text) => text !== '')
        .map((text) => connection({ ...word, text }, scheme, server.port));
}

function connection(host: Word, scheme: string, port: Word | undefined): NetEffect {
  const number = /^\d{1,5}$/.test(port?.text ?? '') ? Number(port?.text) : undefined;
  return {
    kind: 'net',
    op: 'connect',
    host,
    scheme,
    ...(number === undefined ? {} : { port: number }),
    span: host.span,
  };
}

const HOST_VARIABLE = /^(?:PGHOST|PGHOSTADDR|MYSQL_HOST|CLICKHOUSE_HOST|CQLSH_HOST|SQLCMDSERVER)$/;

function environmentHost(call: Call): Word | undefined {
  return call.invocation.assignments.findLast(({ name }) => HOST_VARIABLE.test(name))?.value;
}

/** Name of the database, without the rest of a URL or a connection string; undefined when it is not said. */
export function databaseName(word: Word | undefined): Word | undefined {
  if (word?.text === undefined || word.text === '') return undefined;
  const inString = /(?:^|\s)dbname\s*=\s*'?([^\s']+)/.exec(word.text)?.[1];
  if (inString !== undefined) return { ...word, text: inString, glob: false };
  if (!isUrl(word)) return word.text.includes('=') ? undefined : { ...word, glob: false };
  const name = /^[^:]+:\/\/[^/?#]*\/([^/?#]+)/.exec(word.text)?.[1];
  return name === undefined ? undefined : { ...word, text: name, glob: false };
}
