import { openFiles } from '../../../workspace.ts';

export type Files = Readonly<Record<string, string | object>>;

/** Returns what is found in a project with these files, as `rule package`, with the manifest if it is not the root's. */
export async function found(files: Files): Promise<readonly string[]> {
  const texts = new Map(
    Object.entries(files).map(([path, text]) => [
      path,
      typeof text === 'string' ? text : JSON.stringify(text),
    ]),
  );
  const workspace = await openFiles(texts);
  return ['unused-dependency', 'missing-dependency'].flatMap((rule) =>
    workspace.findings(rule).map(({ uri, package: name, data }) => {
      const path = uri.slice('file:///workspace/'.length);
      const kind = (data as { kind: string }).kind;
      return `${path === 'package.json' ? '' : `${path} `}${kind} ${name}`;
    }),
  );
}

/** A project that declares packages, with one source that uses none of them. */
export function declaring(names: readonly string[], files: Files, more: object = {}): Files {
  const dependencies = Object.fromEntries(names.map((name) => [name, '^1.0.0']));
  return { 'package.json': { private: true, ...more, dependencies }, 'src/index.js': 'start();', ...files };
}
