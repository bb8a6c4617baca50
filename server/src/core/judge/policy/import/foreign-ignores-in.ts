import { specOf } from '../../../read/manager/managers.ts';
import type { ForeignIgnore } from '../../../read/policy-file/import/foreign-ignore.ts';
import { pnpmIgnoresIn, pnpmIgnoresOf } from '../../../read/policy-file/import/pnpm-ignores.ts';
import { yarnIgnoresIn } from '../../../read/policy-file/import/yarn-ignores.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import type { Project } from '../../../read/project/project.ts';
import type { ForeignFile } from './edit-foreign-ignore.ts';

/** What a file of the project leaves out of an audit; settings of a package manager only where the project uses that one. */
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

/** The file as edits of its entries need it. */
export function foreignFileOf(file: CheckedFile): ForeignFile {
  const isYaml = file.kind === 'pnpmWorkspace' || file.kind === 'yarnrc';
  return isYaml ? { text: file.text, settings: file.settings } : { text: file.text };
}
