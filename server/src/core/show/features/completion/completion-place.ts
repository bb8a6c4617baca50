import { specOfYarnrc } from '../../../read/manager/managers.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import { jsonPlace } from './json-place.ts';
import type { CompletionPlace } from './place.ts';
import { yamlPlace } from './yaml-place.ts';

/** Returns undefined if no dependency is being typed. */
export function completionPlace(file: CheckedFile, offset: number): CompletionPlace | undefined {
  switch (file.kind) {
    case 'manifest':
      return jsonPlace(file.text, offset);
    case 'pnpmWorkspace':
      return yamlPlace(file.text, offset);
    case 'yarnrc':
      return specOfYarnrc(file).specifiers.catalogsIn === file.kind
        ? yamlPlace(file.text, offset)
        : undefined;
    default:
      return undefined;
  }
}
