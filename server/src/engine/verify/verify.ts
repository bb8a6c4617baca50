/** All of `verify` that is loaded only when somebody asks for it; it is a bundle of its own. */
export { verifyJson } from '../../core/report/verify-json.ts';
export { verifyText } from '../../core/report/verify-text.ts';
export { verifyCard } from '../../core/verify/verify-card.ts';
export { auditSignatures } from './audit-signatures.ts';
export { verifyPackage } from './verify-package.ts';
