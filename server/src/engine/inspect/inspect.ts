/** Reading the code of packages: a bundle of its own, as it needs a parser of JavaScript. */
export { newCapabilities } from '../../core/know/capabilities/record.ts';
export { inspectJson } from '../../core/show/report/inspect/inspect-json.ts';
export { inspectText } from '../../core/show/report/inspect/inspect-text.ts';
export { codeOfEntry, newCodeOf, updatedCode } from './code-changes.ts';
export {
  knownRecord,
  recordOfBytes,
  recordOfFolder,
  recordOfInstalled,
  recordOfTarball,
} from './code-records.ts';
export { inspectPackage } from './inspect-package.ts';
export { installedCodes } from './installed-codes.ts';
