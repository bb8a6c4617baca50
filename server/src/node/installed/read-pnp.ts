import { isAbsolute, join, resolve } from 'node:path';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asList, asObject, asText, member } from '../../core/know/registry/documents/json-value.ts';
import { readBoundedText } from '../files/read-bounded.ts';
import type { WalkedPackage } from './walk-installed.ts';

const MAX_MAP = 64 * 1024 * 1024;
const MAX_TEXT = 4096;

/** Returns the packages in the map of a Plug'n'Play install; undefined without one. Nothing is run. */
export async function readPnp(root: string): Promise<readonly WalkedPackage[] | undefined> {
  const data = asObject(await mapIn(root));
  if (data === undefined) return undefined;
  const packages: WalkedPackage[] = [];
  for (const each of asList(member(data, 'packageRegistryData'))) {
    const [given, versions] = asList(each);
    const name = asText(given, MAX_TEXT);
    if (name === undefined) continue;
    for (const one of asList(versions)) {
      const [reference, about] = asList(one);
      const from = asText(reference, MAX_TEXT) ?? '';
      const location = asText(member(asObject(about), 'packageLocation'), MAX_TEXT);
      const isLink = asText(member(asObject(about), 'linkType'), MAX_TEXT) === 'SOFT';
      const version = (/(?:^|#)npm:([^#:]+)$/.exec(from) ??
        /(?:^|#)patch:.*::version=([^&]+)/.exec(from))?.[1];
      // Links without a version are members, and folders that something depends on by path.
      if (location === undefined || (version === undefined && isLink)) continue;
      const directory = withoutVirtual(isAbsolute(location) ? location : resolve(root, location));
      packages.push({
        ...{ path: location, folder: name, name, version, directory },
        ...{ linkedTo: undefined, isBrought: false },
      });
    }
  }
  return packages;
}

/** `a/__virtual__/<hash>/2/b` stands for `b` in the folder two above `a`: a package with its own peers. */
function withoutVirtual(path: string): string {
  const match = /^(.*?)[/\\](?:__virtual__|\$\$virtual)[/\\][^/\\]+[/\\](\d{1,2})[/\\](.*)$/.exec(path);
  if (match === null) return path;
  const [, start = '', up = '0', rest = ''] = match;
  return resolve(start, ...Array.from({ length: Number(up) }, () => '..'), rest);
}

async function mapIn(root: string): Promise<unknown> {
  const read = (name: string) =>
    readBoundedText(join(root, name), { maxBytes: MAX_MAP }).catch(() => undefined);
  // The text is one of JSON, in single quotes and with a backslash at the end of each line. Without it, the program reads
  // the file beside it.
  const program = (await read('.pnp.cjs')) ?? '';
  const begin = /RAW_RUNTIME_STATE =\s*'/.exec(program);
  if (begin === null) return parseJson((await read('.pnp.data.json')) ?? '');
  const rest = program.slice(begin.index + begin[0].length);
  const text = rest.slice(0, /';\r?\n/.exec(rest)?.index ?? 0);
  return parseJson(text.replace(/\\(\r?\n|[^\r\n])/g, '$1'));
}
