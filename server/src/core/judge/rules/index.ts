import type { Rule } from '../check/rule.ts';
import { auditIgnoreInvalid } from './audit-ignore-invalid.ts';
import { authConfigUnsafe } from './auth-config-unsafe.ts';
import { builtInReplacement } from './built-in-replacement.ts';
import { ciAuditMissing } from './ci-audit-missing.ts';
import { ciDangerousTrigger } from './ci-dangerous-trigger.ts';
import { ciPublishHardening } from './ci-publish-hardening.ts';
import { ciReferenceUnpinned } from './ci-reference-unpinned.ts';
import { ciUnlockedInstall } from './ci-unlocked-install.ts';
import { ciUnpinnedExec } from './ci-unpinned-exec.ts';
import { configKeyUnknown } from './config-key-unknown.ts';
import { configRunsCode } from './config-runs-code.ts';
import { confusableCharacters } from './confusable-characters.ts';
import { controlMissing } from './control-missing.ts';
import { dependencyAddedInPatch } from './dependency-added-in-patch.ts';
import { dependencyConfusion } from './dependency-confusion.ts';
import { deprecatedDependency } from './deprecated-dependency.ts';
import { duplicateDependency } from './duplicate-dependency.ts';
import { editorAutorunFile } from './editor-autorun-file.ts';
import { enginesMismatch } from './engines-mismatch.ts';
import { exoticDependency } from './exotic-dependency.ts';
import { exoticTransitiveDependency } from './exotic-transitive-dependency.ts';
import { freshVersion } from './fresh-version.ts';
import { gitDependencyUnpinned } from './git-dependency-unpinned.ts';
import { insecureUrl } from './insecure-url.ts';
import { installCodeChanged } from './install-code-changed.ts';
import { installScriptAdded } from './install-script-added.ts';
import { installScriptSuspicious } from './install-script-suspicious.ts';
import { installScriptUnreviewed } from './install-script-unreviewed.ts';
import { installScriptsUnrestricted } from './install-scripts-unrestricted.ts';
import { installSourceChanged } from './install-source-changed.ts';
import { installedMismatch } from './installed-mismatch.ts';
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
import { lockfileRegistryMismatch } from './lockfile-registry-mismatch.ts';
import { lockfileScriptFlagMismatch } from './lockfile-script-flag-mismatch.ts';
import { lockfileSourceMismatch } from './lockfile-source-mismatch.ts';
import { maintainerAlert } from './maintainer-alert.ts';
import { maliciousVersion } from './malicious-version.ts';
import { misleadingAlias } from './misleading-alias.ts';
import { missingDependency } from './missing-dependency.ts';
import { newPackage } from './new-package.ts';
import { outdatedDependency } from './outdated-dependency.ts';
import { overrideInvalid } from './override-invalid.ts';
import { packageManagerUnpinned } from './package-manager-unpinned.ts';
import { packageNotFound } from './package-not-found.ts';
import { plaintextToken } from './plaintext-token.ts';
import { policyApprovalMissing } from './policy-approval-missing.ts';
import { policyDeniedDependency } from './policy-denied-dependency.ts';
import { policyFileInvalid } from './policy-file-invalid.ts';
import { protectionWeakened } from './protection-weakened.ts';
import { provenanceDowngrade } from './provenance-downgrade.ts';
import { provenanceRepositoryMismatch } from './provenance-repository-mismatch.ts';
import { publishTargetUnguarded } from './publish-target-unguarded.ts';
import { publisherChanged } from './publisher-changed.ts';
import { releaseAgeGateMissing } from './release-age-gate-missing.ts';
import { reservedName } from './reserved-name.ts';
import { sbomStale } from './sbom-stale.ts';
import { scopeRegistryMissing } from './scope-registry-missing.ts';
import { scriptPolicyIneffective } from './script-policy-ineffective.ts';
import { secretInBuildFile } from './secret-in-build-file.ts';
import { shadowedCommand } from './shadowed-command.ts';
import { signatureUnverified } from './signature-unverified.ts';
import { suspiciousCode } from './suspicious-code.ts';
import { suspiciousRelease } from './suspicious-release.ts';
import { tlsVerificationDisabled } from './tls-verification-disabled.ts';
import { typosquatName } from './typosquat-name.ts';
import { unboundedRange } from './unbounded-range.ts';
import { unusedDependency } from './unused-dependency.ts';
import { versionUnavailable } from './version-unavailable.ts';
import { vulnerableDependency } from './vulnerable-dependency.ts';

/** All rules, by id. */
export const RULES: readonly Rule[] = [
  packageManagerUnpinned,
  installSourceChanged,
  invalidSpecifier,
  gitDependencyUnpinned,
  exoticDependency,
  exoticTransitiveDependency,
  duplicateDependency,
  overrideInvalid,
  typosquatName,
  confusableCharacters,
  misleadingAlias,
  packageNotFound,
  newPackage,
  reservedName,
  dependencyConfusion,
  maliciousVersion,
  vulnerableDependency,
  versionUnavailable,
  unboundedRange,
  enginesMismatch,
  freshVersion,
  publisherChanged,
  maintainerAlert,
  suspiciousRelease,
  suspiciousCode,
  dependencyAddedInPatch,
  deprecatedDependency,
  outdatedDependency,
  unusedDependency,
  missingDependency,
  builtInReplacement,
  signatureUnverified,
  provenanceDowngrade,
  provenanceRepositoryMismatch,
  lockfileCorrupt,
  lockfileEntryMismatch,
  lockfileForeignSource,
  lockfileIntegrityMissing,
  lockfileIntegrityMismatch,
  lockfileRegistryMismatch,
  lockfileScriptFlagMismatch,
  lockfileSourceMismatch,
  shadowedCommand,
  lockfileOutOfSync,
  installedMismatch,
  lockfileMultiple,
  sbomStale,
  lockfileLegacyFormat,
  installScriptSuspicious,
  installScriptAdded,
  installScriptUnreviewed,
  installScriptsUnrestricted,
  scriptPolicyIneffective,
  installCodeChanged,
  insecureUrl,
  tlsVerificationDisabled,
  plaintextToken,
  authConfigUnsafe,
  protectionWeakened,
  releaseAgeGateMissing,
  configKeyUnknown,
  configRunsCode,
  scopeRegistryMissing,
  publishTargetUnguarded,
  lockfileMissing,
  ciUnlockedInstall,
  policyDeniedDependency,
  ciUnpinnedExec,
  ciReferenceUnpinned,
  ciDangerousTrigger,
  secretInBuildFile,
  policyApprovalMissing,
  controlMissing,
  ciPublishHardening,
  editorAutorunFile,
  ciAuditMissing,
  policyFileInvalid,
  auditIgnoreInvalid,
];
