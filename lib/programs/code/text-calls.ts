/** What functions on texts and lists give, for the dialects' tables; path-texts.ts has those on paths. None of them touches anything outside. */

import type { Word } from '../../types/text.ts';
import { option, pick, type Slot } from './actions.ts';
import type { Action, Site } from './machine.ts';
import * as v from './value.ts';

export * from './path-texts.ts';

/** Longest list or text that is made by counting. */
const MAX_COUNT = 4096;

/** Gives what stands in a slot. */
export function passes(slot: Slot = 0): Action {
  return (site) => pick(site, slot) ?? v.UNKNOWN;
}

/** Gives nothing that carries content: a length, a type, a truth. */
export const isHarmless: Action = () => v.UNKNOWN;

export function constant(value: v.Value): Action {
  return () => value;
}

/** A text made of the known stretches of another. */
export function changesText(change: (known: string, site: Site) => string, slot: Slot = 'self'): Action {
  return (site) =>
    v.eachOption(pick(site, slot) ?? v.UNKNOWN, (one) => {
      const pieces = v.piecesOf(one);
      return v.textOf(pieces.map((piece) => (typeof piece === 'string' ? change(piece, site) : piece)));
    });
}

/** A value made of a text that is wholly known. */
export function decodes(decode: (known: string, site: Site) => v.Value | undefined, slot: Slot = 0): Action {
  return (site) =>
    v.eachOption(pick(site, slot) ?? v.UNKNOWN, (one) => {
      const known = v.knownText(one);
      const decoded = known === undefined ? undefined : decode(known, site);
      return decoded ?? v.unknownFrom(v.sourceOf(one));
    });
}

export const replacesText: Action = (site) => {
  const from = v.knownText(pick(site, 0));
  const to = v.knownText(pick(site, 1));
  if (from === undefined || to === undefined || from === '') {
    return v.unknownFrom(site.self && v.sourceOf(site.self));
  }
  return changesText((known) => known.replaceAll(from, to))(site);
};

/** Splits at a text; without one, at blanks. */
export function splits(slot: Slot = 'self', separator: Slot = 0): Action {
  return decodes((known, site) => {
    const at = v.knownText(pick(site, separator));
    const parts = at === undefined ? known.trim().split(/\s+/) : known.split(at);
    return v.list(parts.map(v.text));
  }, slot);
}

/** The items of a list with a text between them. */
export function joinsItems(items: Slot, separator: Slot, standard = ''): Action {
  return (site) =>
    v.combine(
      [pick(site, items) ?? v.UNKNOWN, pick(site, separator) ?? v.text(standard)],
      ([all, between]) => {
        if (all?.kind !== 'list') return all?.kind === 'text' ? all : v.unknownFrom(all && v.sourceOf(all));
        const rest = all.open ? [v.UNKNOWN] : [];
        return v.join(
          [...all.items, ...rest].flatMap((item, at) => (at === 0 ? [item] : [between as v.Value, item])),
        );
      },
    );
}

export function decodesBase64(slot: Slot = 0): Action {
  return decodes((known) => v.text(Buffer.from(known, 'base64').toString('utf8')), slot);
}

export function decodesHex(slot: Slot = 0): Action {
  return decodes(
    (known) => v.text(Buffer.from(known.replace(/[^0-9a-f]/gi, ''), 'hex').toString('utf8')),
    slot,
  );
}

export function rot13(known: string): string {
  return known.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base);
  });
}

/** Characters from their numbers: one a position, or a list of them. */
export const fromCodes: Action = (site) => {
  const codes = site.args.positional.flatMap((one) => (one.kind === 'list' ? one.items : [one]));
  return v.combine(codes, (row) =>
    v.textOf(
      row.map((code) => {
        const number = v.knownNumber(code);
        return number !== undefined && number >= 0 && number <= 0x10ffff
          ? String.fromCodePoint(number)
          : v.UNKNOWN;
      }),
    ),
  );
};

export function fromCodesOf(value: v.Value): v.Value {
  return v.eachOption(value, (one) => {
    const number = v.knownNumber(one);
    return number !== undefined && number >= 0 && number <= 0x10ffff
      ? v.text(String.fromCodePoint(number))
      : v.UNKNOWN;
  });
}

/** The words that a program was given, as a list. */
export function argumentsOf(words: readonly Word[] | undefined): v.List {
  if (!words) return v.list([], true);
  return v.list(
    words.map((word) =>
      v.textOf(
        word.text !== undefined ? [word.text] : (word.pieces ?? [null]).map((piece) => piece ?? v.UNKNOWN),
      ),
    ),
  );
}

export function reverses(slot: Slot): Action {
  return (site) =>
    v.eachOption(pick(site, slot) ?? v.UNKNOWN, (one) => {
      if (one.kind === 'list') return v.list([...one.items].reverse(), one.open);
      const known = v.knownText(one);
      return known === undefined ? v.unknownFrom(v.sourceOf(one)) : v.text([...known].reverse().join(''));
    });
}

/** A part of a text or list; ends count from the back when negative. */
export function sliceOf(of: v.Value, from: number | undefined, to: number | undefined, step = 1): v.Value {
  return v.eachOption(of, (one) => {
    const known = v.knownText(one);
    const items = one.kind === 'list' ? one.items : known === undefined ? undefined : [...known].map(v.text);
    if (!items || items.length > v.MAX_ITEMS) return v.unknownFrom(v.sourceOf(one));
    const part =
      step < 0 && from === undefined && to === undefined ? [...items].reverse() : items.slice(from, to);
    const width = Math.max(1, Math.abs(step));
    const chosen = part.filter((_, at) => at % width === 0);
    return known === undefined ? v.list(chosen) : v.join(chosen);
  });
}

export function slices(slot: Slot = 'self'): Action {
  return (site) =>
    sliceOf(pick(site, slot) ?? v.UNKNOWN, v.knownNumber(pick(site, 0)), v.knownNumber(pick(site, 1)));
}

/** A text or list several times. */
export function repeat(value: v.Value, times: v.Value): v.Value {
  return v.combine([value, times], ([one, count]) => {
    const number = v.knownNumber(count);
    if (number === undefined || number < 0 || number > MAX_COUNT)
      return v.unknownFrom(one && v.sourceOf(one));
    if (one?.kind === 'list') return v.list(Array.from({ length: number }, () => one.items).flat());
    return v.join(Array.from({ length: number }, () => one as v.Value));
  });
}

/** `%s`-like places filled with values, one after the other. */
export function fillPercent(format: v.Value, values: v.Value): v.Value {
  return v.combine([format, values], ([pattern, given]) => {
    const known = v.knownText(pattern);
    if (known === undefined || given === undefined) return v.unknownFrom(pattern && v.sourceOf(pattern));
    const fillers = given.kind === 'list' ? [...given.items] : [given];
    const parts = known.split(/(%(?:\([^)]{0,80}\))?[-+ #0-9.]{0,12}[sdirxXufgeqoc%])/);
    return v.join(
      parts.map((part, at) => {
        if (at % 2 === 0) return v.text(part);
        if (part === '%%') return v.text('%');
        const name = /^%\(([^)]*)\)/.exec(part)?.[1];
        if (name !== undefined)
          return (given.kind === 'dictionary' ? given.entries.get(name) : undefined) ?? v.UNKNOWN;
        const next = fillers.shift() ?? v.UNKNOWN;
        if (part.endsWith('c') && v.knownNumber(next) !== undefined) return fromCodesOf(next);
        return part.endsWith('s') || next.kind !== 'text' ? next : v.unknownFrom(v.sourceOf(next));
      }),
    );
  });
}

/** `{}`, `{0}` and `{name}` filled with what a call gives. */
export function fillBraces(format: v.Value, args: v.Args): v.Value {
  return v.eachOption(format, (one) => {
    const known = v.knownText(one);
    if (known === undefined) return v.unknownFrom(v.sourceOf(one));
    let next = 0;
    const parts = known.split(/(\{\{|\}\}|\{[^{}]*\})/);
    return v.join(
      parts.map((part, at) => {
        if (at % 2 === 0) return v.text(part);
        if (part.length === 2 && part[0] === part[1]) return v.text(part[0] as string);
        const field = (/^\{([^:!.[}]*)/.exec(part)?.[1] ?? '').trim();
        if (field === '') return args.positional[next++] ?? v.UNKNOWN;
        return (/^\d+$/.test(field) ? args.positional[Number(field)] : args.named.get(field)) ?? v.UNKNOWN;
      }),
    );
  });
}

/** Calls a function with each item; gives what comes out, in order. */
export function mapItems(site: Site, callback: v.Value | undefined, items: v.Value): v.Value {
  if (!callback) return v.UNKNOWN;
  const result = site.machine.call(callback, {
    positional: [site.machine.elements(items)],
    named: new Map(),
  });
  const made = result.kind === 'either' && result.loop !== undefined ? result.options : [result];
  const isWhole = items.kind === 'list' && items.open !== true;
  return v.list(made, !isWhole);
}

/** Calls the function in one slot with each item of another. */
export function mapsItems(callback: Slot, items: Slot): Action {
  return (site) => mapItems(site, pick(site, callback), pick(site, items) ?? v.UNKNOWN);
}

/** The same, for what only looks at the items and gives some of them back. */
export function choosesItems(callback: Slot, items: Slot): Action {
  return (site) => {
    const of = pick(site, items) ?? v.UNKNOWN;
    mapItems(site, pick(site, callback), of);
    return of.kind === 'list' ? v.list(of.items, true) : of;
  };
}

/** A list of lists, item by item. */
export const zips: Action = (site) => {
  const all = site.args.positional;
  if (!all.every((one) => one.kind === 'list')) return v.unknownFrom(v.sourceOf(v.list(all)));
  const length = Math.min(...all.map((one) => one.items.length));
  return v.list(Array.from({ length }, (_, at) => v.list(all.map((one) => one.items[at] ?? v.UNKNOWN))));
};

export const enumerates: Action = (site) => {
  const [of] = site.args.positional;
  return of?.kind === 'list'
    ? v.list(
        of.items.map((item, at) => v.list([v.scalar(at), item])),
        of.open,
      )
    : v.list([v.list([v.UNKNOWN, of ? site.machine.elements(of) : v.UNKNOWN])], true);
};

/** A list of what is given: of a list its items, of a text its characters. */
export const listsItems: Action = (site) =>
  v.eachOption(site.args.positional[0] ?? v.list([]), (one) => {
    if (one.kind === 'list') return one;
    const items = site.machine.elements(one);
    return items.kind === 'unknown' ? items : v.list(v.optionsOf(items));
  });

/** A dictionary of another, or of named arguments. */
export const dictionary: Action = (site) => {
  const [of] = site.args.positional;
  if (of && of.kind !== 'dictionary') return undefined;
  return { kind: 'dictionary', entries: new Map([...(of?.entries ?? []), ...site.args.named]) };
};

/** The entry for a key, or what stands in its place. */
export const getsEntry: Action = (site) => {
  const key = v.knownText(pick(site, 0));
  const found =
    site.self?.kind === 'dictionary' && key !== undefined ? site.self.entries.get(key) : undefined;
  return (
    found ??
    (site.self
      ? v.either([v.unknownFrom(v.sourceOf(site.self)), ...site.args.positional.slice(1, 2)])
      : undefined)
  );
};

/** An object that stands for the text in a slot, and whose methods are known by this call's name. */
export function standsFor(make: (site: Site) => v.Value): Action {
  return (site) => v.eachOption(make(site), (text) => v.ref(`${site.path}()`, { text, args: site.args }));
}

/** True when an option of the call is set. */
export function hasOption(site: Site, name: string): boolean {
  return v.isTrue(option(site, name));
}
