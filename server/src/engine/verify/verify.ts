/** The parts of `verify` that are loaded only on request, as a bundle of their own. */
export { formatPackage, packageAnswer } from '../../core/show/report/mcp/package-answer.ts';
export { verifyJson } from '../../core/show/report/verify/verify-json.ts';
export { verifyMarkdown } from '../../core/show/report/verify/verify-markdown.ts';
export { verifyText } from '../../core/show/report/verify/verify-text.ts';
export { verifyCard } from '../../core/show/verify/verify-card.ts';
export { auditSignatures } from './audit-signatures.ts';
export { packageFiles } from './package-files.ts';
export { verifyPackage } from './verify-package.ts';
