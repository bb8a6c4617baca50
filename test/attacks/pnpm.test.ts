import { testProvedCells } from './test-proved-cells.ts';

testProvedCells('pnpm', 60);
