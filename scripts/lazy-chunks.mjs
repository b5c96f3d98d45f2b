/** Bundles modules that few steps need into files of their own, loaded when one of their functions is first called. */
import { join } from 'node:path';
import { build } from 'esbuild';

/** Modules that export functions only. Their packages (acorn, lezer) cost more to load than all else that a hook does. */
export const CHUNKS = {
  javascript: 'lib/programs/code/javascript/reader.ts',
  python: 'lib/programs/code/python/reader.ts',
  scripts: 'lib/programs/code/script/readers.ts',
};

/** Puts loaders in the place of the modules; bundles stand one folder below the chunks' parent: dist/hooks, dist/chunks. */
export const lazyChunks = {
  name: 'lazy-chunks',
  setup(bundler) {
    const filter = new RegExp(
      `(?:${Object.values(CHUNKS)
        .map((path) => path.replaceAll('.', '\\.'))
        .join('|')})$`,
    );
    bundler.onResolve({ filter: /^\.\.\/chunks\// }, ({ path }) => ({ path, external: true }));
    bundler.onLoad({ filter }, async ({ path }) => {
      const [name] = Object.entries(CHUNKS).find(([, source]) => path.endsWith(source));
      const file = `../chunks/${name}.cjs`;
      const names = await exportsOf(path);
      return {
        contents: names
          .map((one) => `export const ${one} = (...values) => require('${file}').${one}(...values);`)
          .join('\n'),
      };
    });
  },
};

async function exportsOf(path) {
  const { metafile } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    packages: 'external',
    write: false,
    metafile: true,
    outdir: 'out',
  });
  return Object.values(metafile.outputs)[0].exports;
}

/** Builds the chunks into `<outdir>/chunks` with the options of the other bundles. */
export function buildChunks(options) {
  return build({
    ...options,
    entryPoints: CHUNKS,
    outdir: join(options.outdir ?? 'dist', 'chunks'),
  });
}
