/** What calls do that contact other hosts: the net effects, and the words that stand for what leaves. */

import type { NetEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { net } from '../effects.ts';
import { readForgeApi } from '../forge/api.ts';
import { type ForgeFields, readJsonFields, textWithGaps } from '../forge/fields.ts';
import type { Action, Site } from './machine.ts';
import { pick, type Slot } from './slots.ts';
import * as v from './value.ts';

export interface Connection {
  readonly host?: Slot;
  readonly port?: Slot;
  readonly scheme?: string;
  readonly method?: string;
  /** What leaves with it. */
  readonly body?: readonly Slot[];
  readonly op?: NetEffect['op'];
}

/** Contacts the host of a URL, `host:port`, host, or `(host, port)` pair. */
export function connects(to: Connection = {}): Action {
  return (site) => {
    const target = pick(site, to.host ?? 0) ?? v.UNKNOWN;
    const bodies = (to.body ?? []).map((slot) => pick(site, slot)).filter((one) => one !== undefined);
    contact(site, target, bodies, to);
    return v.ref(`${site.path}()`, { args: site.args, source: { from: 'net' }, text: target });
  };
}

/** The net effects of a contact; `bodies` leave with it, and so does what is secret in the target itself. */
export function contact(site: Site, target: v.Value, bodies: readonly v.Value[], to: Connection = {}): void {
  const { near, sink } = site.machine;
  const secret = v.sourceOf(target);
  const leaving = secret && secret.from !== 'net' ? [...bodies, v.unknownFrom(secret)] : bodies;
  const sends = leaving.flatMap((body) => sent(site, body));
  for (const one of v.optionsOf(target)) {
    const [host, portValue] =
      one.kind === 'list' ? one.items : [one, to.port === undefined ? undefined : pick(site, to.port)];
    const url = v.wordOf(host ?? v.UNKNOWN, near);
    if (to.method !== undefined && to.method !== 'GET')
      for (const effect of readForgeApi(to.method, textWithGaps(url), fieldsOf(bodies), near.span))
        sink.effect(effect);
    const port = v.knownNumber(portValue) ?? Number(v.knownText(portValue) || Number.NaN);
    sink.effect(
      net(url, {
        ...(to.op ? { op: to.op } : {}),
        ...(Number.isInteger(port) ? { port } : {}),
        ...(to.scheme ? { scheme: to.scheme } : {}),
        ...(to.method ? { method: to.method } : {}),
        ...(sends.length > 0 ? { op: 'upload', sends } : {}),
      }),
    );
  }
}

/** The fields of a request's bodies, as far as they are written out. */
function fieldsOf(bodies: readonly v.Value[]): ForgeFields {
  const fields: Record<string, string | undefined> = {};
  for (const body of bodies) {
    if (body.kind === 'dictionary')
      for (const [name, value] of body.entries) fields[name] = v.knownText(value);
    else Object.assign(fields, readJsonFields(v.knownText(body) ?? ''));
  }
  return fields;
}

/** The words that stand for content that leaves; the environment in it counts as shown. */
function sent(site: Site, body: v.Value): readonly Word[] {
  const { near, machine } = { near: site.machine.near, machine: site.machine };
  const source = v.sourceOf(body);
  if (source?.from === 'file') {
    const path = machine.place(source.path);
    return [
      path.text === undefined
        ? { ...path, pieces: ['@', ...(path.pieces ?? [null])] }
        : { ...path, text: `@${path.text}` },
    ];
  }
  if (source?.from === 'env')
    machine.env(source.name === undefined ? 'dump' : 'read', source.name, { shown: true });
  const parts =
    body.kind === 'dictionary' ? [...body.entries.values()] : body.kind === 'list' ? body.items : [body];
  return parts.slice(0, 50).map((part) => v.wordOf(part, near));
}
