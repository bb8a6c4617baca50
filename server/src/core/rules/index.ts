import { duplicateDependency } from './duplicate-dependency.ts';
import { exoticDependency } from './exotic-dependency.ts';
import { exoticTransitiveDependency } from './exotic-transitive-dependency.ts';
import { gitDependencyUnpinned } from './git-dependency-unpinned.ts';
import { insecureUrl } from './insecure-url.ts';
import { installScriptUnreviewed } from './install-script-unreviewed.ts';
import { invalidSpecifier } from './invalid-specifier.ts';
import { lockfileCorrupt } from './lockfile-corrupt.ts';
import { lockfileEntryMismatch } from './lockfile-entry-mismatch.ts';
import { lockfileForeignSource } from './lockfile-foreign-source.ts';
import { lockfileIntegrityMismatch } from './lockfile-integrity-mismatch.ts';
import { lockfileIntegrityMissing } from './lockfile-integrity-missing.ts';
import { lockfileLegacyFormat } from './lockfile-legacy-format.ts';
import { lockfileMissing } from './lockfile-missing.ts';
import { lockfileMultiple } from './lockfile-multiple.ts';
import { lockfileOutOfSync } from './lockfile-out-of-sync.ts';
import { lockfileScriptFlagMismatch } from './lockfile-script-flag-mismatch.ts';
import { overrideInvalid } from './override-invalid.ts';
import { packageManagerUnpinned } from './package-manager-unpinned.ts';
import { policyFileInvalid } from './policy-file-invalid.ts';
import type { Rule } from './rule.ts';
import { scopeRegistryMissing } from './scope-registry-missing.ts';
import { typosquatName } from './typosquat-name.ts';
import { unboundedRange } from './unbounded-range.ts';

/** Every rule there is, by id. */
export const RULES: readonly Rule[] = [
  packageManagerUnpinned,
  invalidSpecifier,
  gitDependencyUnpinned,
  exoticDependency,
  exoticTransitiveDependency,
  duplicateDependency,
  overrideInvalid,
  typosquatName,
  unboundedRange,
  lockfileCorrupt,
  lockfileEntryMismatch,
  lockfileForeignSource,
  lockfileIntegrityMissing,
  lockfileIntegrityMismatch,
  lockfileScriptFlagMismatch,
  lockfileOutOfSync,
  lockfileMultiple,
  lockfileLegacyFormat,
  installScriptUnreviewed,
  insecureUrl,
  scopeRegistryMissing,
  lockfileMissing,
  policyFileInvalid,
];
