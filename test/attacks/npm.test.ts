import { testProvedCells } from './test-proved-cells.ts';

testProvedCells('npm', 120);
