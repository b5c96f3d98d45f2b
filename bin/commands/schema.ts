/** `codex-guard schema`: the JSON Schemas of what the command line prints with --json and keeps on the disk. */

import { chooseWord } from '../choose.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { bundleSchema, listSchemas, readSchema } from '../schemas.ts';

export const schemaCommand: CommandSpec = {
  name: 'schema',
  usage: '[NAME]',
  words: 1,
  about: 'List the shapes of JSON answers and records, or print one as JSON Schema.',
  options: { json: { type: 'boolean', about: 'print JSON' } },
  examples: [
    ['schema', 'every shape with a line on what prints or keeps it'],
    ['schema check > check.schema.json', 'one of them, whole: JSON Schema, draft-07'],
  ],
  run: (args, terminal) => {
    const [name] = args.positionals;
    const names = listSchemas();
    if (name === undefined) {
      const schemas = names.map((each) => {
        const { $id: id, title, description: about } = readSchema(each);
        return { name: each, id, title, about };
      });
      const width = Math.max(...names.map((each) => each.length));
      terminal.out(
        args.flag('json')
          ? JSON.stringify({ schema: 'codex-guard/schema-list/v1', schemas }, null, 2)
          : schemas.map((each) => `${each.name.padEnd(width)}  ${each.title}`).join('\n'),
      );
      return EXIT.fine;
    }
    // People may paste what stands in the field `schema`.
    const wanted = /^codex-guard\/([a-z-]+)\/v1$/.exec(name)?.[1] ?? name;
    const known = chooseWord('schema', wanted, names, 'codex-guard schema lists them');
    terminal.out(JSON.stringify(bundleSchema(known), null, 2));
    return EXIT.fine;
  },
};
