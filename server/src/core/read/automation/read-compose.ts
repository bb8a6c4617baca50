import { memberOf, membersOf } from '../config/tree/config-tree.ts';
import { parseYamlTree } from '../config/tree/parse-yaml-tree.ts';
import type { Uri } from '../text/paths/uri.ts';
import { type Automation, type ImageUse, NO_PARTS } from './automation.ts';

/** Reads the images of a compose file. Its commands run in a container that somebody starts by hand. Never throws. */
export function readCompose(uri: Uri, text: string): Automation {
  const { root, problems } = parseYamlTree(text);
  const images = membersOf(memberOf(root, 'services')?.value).flatMap(({ value }): readonly ImageUse[] => {
    const image = memberOf(value, 'image')?.value;
    // With `build`, the image is the name of the result.
    if (image?.type !== 'scalar' || memberOf(value, 'build') !== undefined) return [];
    return [{ image: { value: image.text, span: image.span }, place: 'image' }];
  });
  return { kind: 'automation', ...NO_PARTS, system: 'compose', uri, text, problems, images };
}
