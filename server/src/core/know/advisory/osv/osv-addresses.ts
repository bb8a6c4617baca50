/** OSV's web service. It is asked only where the user says so, and about public names only. */
export const OSV_API = 'https://api.osv.dev/';

/** All of OSV's records about npm packages. Fetched only on the user's word; no name is sent for it. */
export const OSV_DUMP = 'https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip';
