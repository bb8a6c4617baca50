/** Writes server/docs/lockfile-formats.md: `node test/formats/run.ts`. */
import { writeFileSync } from 'node:fs';
import { allCells } from './all-cells.ts';
import { faultOf, formatsPage } from './formats-page.ts';
import { PAGE } from './page-path.ts';

const cells = await allCells();
for (const cell of cells) {
  const fault = faultOf(cell);
  if (fault !== undefined) console.log(fault);
}
writeFileSync(PAGE, formatsPage(cells));
