import semver from 'semver';
export const bump = (version, subjects) => semver.inc(version, /BREAKING|!:/.test(subjects) ? 'major' : /^feat/m.test(subjects) ? 'minor' : 'patch');
