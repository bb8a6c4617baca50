import { testProvedCells } from './test-proved-cells.ts';

testProvedCells('bun', 40);
