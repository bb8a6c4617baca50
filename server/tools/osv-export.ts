/** Prints the URL of OSV's full export for npm, which `npm run advisories -- --from <zip>` reads. */
import { OSV_DUMP } from '../src/core/know/advisory/osv/osv-url.ts';

console.log(OSV_DUMP);
