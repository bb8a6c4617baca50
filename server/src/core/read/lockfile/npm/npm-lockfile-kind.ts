export type NpmLockfileKind = 'package-lock' | 'npm-shrinkwrap';
