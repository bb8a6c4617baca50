/** All of `verify` that is loaded only when somebody asks for it; it is a bundle of its own. */
export { verifyJson } from '../../core/show/report/verify/verify-json.ts';
export { verifyText } from '../../core/show/report/verify/verify-text.ts';
export { verifyCard } from '../../core/show/verify/verify-card.ts';
export { auditSignatures } from './audit-signatures.ts';
export { verifyPackage } from './verify-package.ts';
