import { specOf } from '../../../read/manager/managers.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import { pnpmIgnoresIn, pnpmIgnoresOf } from '../../../read/policy-file/import/pnpm-ignores.ts';
import { yarnIgnoresIn } from '../../../read/policy-file/import/yarn-ignores.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import type { Project } from '../../../read/project/project.ts';
import type { ForeignFile } from './edit-foreign-ignore.ts';

/** Returns the audit exclusions in a file of the project; settings of a package manager only if the project uses it. */
export function foreignIgnoresIn(
  file: CheckedFile,
  { manager, rootManifest }: Pick<Project, 'manager' | 'rootManifest'>,
): readonly ForeignIgnore[] {
  const { settingsKind } = specOf(manager).files;
  switch (file.kind) {
    case 'auditIgnores':
      return file.ignores;
    case 'pnpmWorkspace':
      return settingsKind === file.kind ? pnpmIgnoresIn(file) : [];
    case 'manifest':
      return settingsKind === 'pnpmWorkspace' && file.uri === rootManifest?.uri ? pnpmIgnoresOf(file) : [];
    case 'yarnrc':
      return settingsKind === file.kind ? yarnIgnoresIn(file) : [];
    default:
      return [];
  }
}

/** Returns the file in the form needed to edit its entries. */
export function foreignFileOf(file: CheckedFile): ForeignFile {
  const isYaml = file.kind === 'pnpmWorkspace' || file.kind === 'yarnrc';
  return isYaml ? { text: file.text, settings: file.settings } : { text: file.text };
}
